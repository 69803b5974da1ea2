"""Until when a bereavement is thought of: as long as a case rests for it, or so many days after it was said.

Source: Knowsley's handbook, a case may rest for at most six weeks after a bereavement; practice, point 9.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import date, timedelta

from desktop_app.domain.entries import Entry, EntryKind

WORD = "bereav"
"""The beginning of every word for it: the key of a pause or of a barrier."""
SAYS = (EntryKind.CASE_PAUSED, EntryKind.BARRIER, EntryKind.SUPPORT)
"""The kinds of entry that tell of one."""


def bereaved_until(entries: Iterable[Entry], days: int) -> date | None:
    """The last day on which a bereavement that the entries tell of is thought of; None where they tell of none."""
    found = [
        _until(one, days)
        for one in entries
        if one.kind in SAYS and one.withdrawn is None and any(WORD in said.casefold() for said in _words(one))
    ]
    return max(found, default=None)


def _words(entry: Entry) -> tuple[str, ...]:
    details = entry.details
    return (details.get("reason", ""), details.get("area", ""), details.get("what", ""), entry.outcome)


def _until(entry: Entry, days: int) -> date:
    with suppress(ValueError):
        return date.fromisoformat(entry.details.get("until", ""))
    return entry.happened_at.date() + timedelta(days=days)
