"""The course of one penalty notice: what may follow what, and in which order its days lie.

Source: the Education (Penalty Notices) (England) Regulations 2007 regulations 5 to 9, as amended by SI 2024/210: to be
paid within 28 days, no proceedings before that, and an unpaid one is prosecuted or withdrawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from desktop_app.domain.casework import PenaltyLaw
from desktop_app.domain.entries import Entry
from desktop_app.domain.notices import Notice, NoticeState
from desktop_app.domain.people import Pupil
from desktop_app.rules.display import date_year
from desktop_app.rules.notices import due_days

ASKED, ISSUED, PAID, UNPAID = NoticeState.ASKED, NoticeState.ISSUED, NoticeState.PAID, NoticeState.UNPAID
PROSECUTED, WITHDRAWN = NoticeState.PROSECUTED, NoticeState.WITHDRAWN
REFUSED, DECIDED_AGAINST = NoticeState.REFUSED, NoticeState.DECIDED_AGAINST

OUTCOMES: Mapping[NoticeState, str] = {
    ASKED: "asked",
    ISSUED: "issued",
    PAID: "paid",
    UNPAID: "unpaid",
    PROSECUTED: "prosecuted",
    WITHDRAWN: "withdrawn",
    REFUSED: "refused",
    DECIDED_AGAINST: "decided against",
}
"""The outcome of the entry by which a notice comes to a state."""
FOLLOWS: Mapping[NoticeState, tuple[NoticeState, ...]] = {
    ASKED: (ISSUED, REFUSED, DECIDED_AGAINST),
    ISSUED: (PAID, UNPAID, PROSECUTED, WITHDRAWN),
    UNPAID: (PAID, PROSECUTED, WITHDRAWN),
    PAID: (WITHDRAWN,),
}
"""What may follow. What is not here is the end: neither a withdrawn notice nor a refused one comes back."""


def fault_of_step(before: Notice | None, after: Notice, pupil: Pupil, law: PenaltyLaw, on: date) -> str:
    """What speaks against the next entry of a notice, in a sentence; empty where nothing does. `before` None: it is the
    first entry, of a notice known from elsewhere; `on` is the day of what is recorded now."""
    return _order(before, after) or _days(before, after, pupil, on) or _too_soon(before, after, law, on)


def _order(before: Notice | None, after: Notice) -> str:
    if before is None or (before.state is after.state and before.issued is not None and before.received is None):
        return ""
    if before.state is after.state and after.received != before.received:
        return f"It was received on {date_year(before.received)} already." if before.received else ""
    if after.state in FOLLOWS.get(before.state, ()):
        return ""
    was, wanted = OUTCOMES[before.state], OUTCOMES[after.state]
    able = " or ".join(OUTCOMES[one] for one in FOLLOWS.get(before.state, ()))
    then = f"it can be {able}" if able else "that is its end"
    return f"That notice was {was}, so it cannot be {wanted} now: {then}."


def _days(before: Notice | None, after: Notice, pupil: Pupil, on: date) -> str:
    """The days in their order: asked for, issued, received, paid."""
    if before is not None and before.state is ASKED and on < before.said:
        return f"It was asked for on {date_year(before.said)}: what came of it cannot be of {date_year(on)}."
    issued, received, paid = after.issued, after.received, after.paid
    if issued is None:
        return ""
    was_issued = f"It was issued on {date_year(issued)}"
    if issued < pupil.date_of_birth:
        return "It cannot have been issued before the child was born: look at the year again."
    if on < issued:
        return f"{was_issued}: what came of it cannot be of {date_year(on)}."
    if received is not None and received < issued:
        return f"{was_issued}: it cannot have been received on {date_year(received)}."
    return _paid_first(received, paid)


def _paid_first(received: date | None, paid: date | None) -> str:
    if received is None or paid is None or received <= paid:
        return ""
    return f"It was received on {date_year(received)}: it cannot have been paid on {date_year(paid)}."


def _too_soon(before: Notice | None, after: Notice, law: PenaltyLaw, on: date) -> str:
    """Nobody can say before its last day that it was not paid, and no proceedings begin before."""
    if before is None or before.state is after.state or after.state not in (UNPAID, PROSECUTED):
        return ""
    days = due_days(after, law)
    if days is not None and on <= days[1]:
        return f"It can be paid until {date_year(days[1])}: what came of it is known from the day after."
    return ""


def fault_of_undoing(entries: Iterable[Entry], undone: Entry) -> str:
    """What speaks against taking one entry of a notice back, in a sentence: the newest goes first."""
    root = undone.adds_to or undone.id
    later = [
        one
        for one in entries
        if one.adds_to == root and one.kind is undone.kind and one.id > undone.id and not one.withdrawn
    ]
    if not later:
        return ""
    newest = max(later, key=lambda one: one.id)
    since = f"{newest.outcome}, {date_year(newest.happened_at.date())}"
    return f"Something was recorded of that notice since ({since}): take that back first."
