"""Education supervision orders of a child, folded from their entries.

Source: Children Act 1989 section 36 and Schedule 3: an order lasts a year unless the court says otherwise, may be
extended, more than once, by at most three years each time, its directions may be changed while it stands, and it ends
when the court discharges it or the child is no longer of compulsory school age.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.notices import Order

STATE, FIRST, LAST = "state", "first", "last"
"""The details of an entry of an order: what came of it, and its days, both inclusive."""
MADE, EXTENDED, VARIED, ENDED, CONSIDERED, APPLIED, REFUSED = (
    *("made", "extended", "varied", "ended"),
    *("considered", "applied for", "refused"),
)
STATES = (CONSIDERED, APPLIED, MADE, EXTENDED, VARIED, REFUSED, ENDED)
OF_ONE_THAT_STANDS = (EXTENDED, VARIED, ENDED)
"""What can only be done about an order that stands."""
LONGEST_EXTENSION = 3
"""In years. Source: Children Act 1989 Schedule 3 paragraph 15(5)."""


def orders(entries: Iterable[Entry]) -> tuple[Order, ...]:
    """The orders that were made, each with its last day as it is known now."""
    found: dict[int, Order] = {}
    for entry in sorted(entries, key=lambda one: one.id):
        if entry.kind is not EntryKind.SUPERVISION_ORDER or entry.withdrawn is not None:
            continue
        state, root = entry.details.get(STATE), entry.adds_to or entry.id
        if state == MADE and entry.pupils:
            found[root] = Order(entry.id, entry.pupils[0], _day(entry, FIRST), _day(entry, LAST))
        elif state in (EXTENDED, ENDED) and root in found:
            found[root] = replace(found[root], last=_day(entry, LAST))
    return tuple(found.values())


def _day(entry: Entry, key: str) -> date:
    return date.fromisoformat(entry.details[key])
