"""Attendance contracts, folded from their entries.

Source: Anti-social Behaviour Act 2003 section 19 and "Working together to improve school attendance": a contract holds
what the parent agrees to do, the support that the school or the authority agrees to give, and the parent's statement
that they agree. It is no condition of anything and nobody is punished for breaking it; that it was broken is evidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from desktop_app.domain.casework import Formal
from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.notices import Contract

FIRST, LAST, PART, ENDED = "first", "last", "part.", "ended"
"""The details of a contract: its days, both inclusive, and its parts, `part.1` to `part.3` in the order of the law."""
KEPT, NOT_KEPT = "kept", "not kept"
DECIDED = "decided"
"""The outcome by which what the authority decided about a broken contract is kept."""
BROKEN, GOES_ON, ENDS_IT = "broken", "the authority decided that it goes on", "the authority decided that it ends"
OTHERWISE = (
    "If attendance is no better: consider an education supervision order (Alt+4) before any prosecution, and whether a "
    "Notice to Improve (Alt+2) or a notice (Alt+1) is right."
)
WEEKS = 12
"""Weeks where a pack says nothing. Source: Sefton's strategy, twelve weeks as a rule; elsewhere the school's choice."""


def weeks_of(formal: Formal) -> int:
    """For how many weeks a contract is made as a rule there."""
    return formal.contract.weeks if formal.contract else WEEKS


def last_day(first: date, weeks: int) -> date:
    """The last day of a contract of so many weeks that begins on a day."""
    return first + timedelta(days=7 * weeks - 1)


def contracts(entries: Iterable[Entry]) -> tuple[Contract, ...]:
    """Every contract that was made, the oldest first, with what was checked of it. What was withdrawn is not told."""
    found: dict[int, Contract] = {}
    for entry in sorted(entries, key=lambda one: one.id):
        if entry.withdrawn is not None:
            continue
        if entry.kind is EntryKind.CONTRACT and entry.adds_to is None and FIRST in entry.details:
            found[entry.id] = _made(entry)
        elif entry.adds_to in found:
            found[entry.adds_to] = _changed(found[entry.adds_to], entry)
    return tuple(found.values())


def _made(entry: Entry) -> Contract:
    parts = tuple(entry.details.get(f"{PART}{number}", "") for number in (1, 2, 3))
    first, last = (date.fromisoformat(entry.details[key]) for key in (FIRST, LAST))
    return Contract(entry.id, entry.pupils[0], entry.persons, first, last, parts)


def _changed(contract: Contract, entry: Entry) -> Contract:
    day = entry.happened_at.date()
    if entry.kind is EntryKind.CONTRACT_CHECK:
        return replace(contract, checks=(*contract.checks, (day, entry.outcome == KEPT, entry.note)))
    if entry.kind is EntryKind.CONTRACT_BROKEN:
        decided = entry.outcome == DECIDED
        what = (ENDS_IT if ENDED in entry.details else GOES_ON) if decided else BROKEN
        ended = date.fromisoformat(entry.details[ENDED]) if ENDED in entry.details else contract.ended
        later = (*contract.later, (day, what, entry.note))
        return replace(contract, broken=what != GOES_ON, ended=ended, later=later)
    if entry.kind is EntryKind.CONTRACT and ENDED in entry.details:
        later = (*contract.later, (day, "ended", entry.note))
        return replace(contract, ended=date.fromisoformat(entry.details[ENDED]), later=later)
    return contract


def check_due(contract: Contract, after: date) -> date | None:
    """The day by which a contract is checked next, after a day on which it was made or checked: three times in its
    weeks, the last time on its last day. None: it is over.

    Source: ours; Sefton asks that what is not kept is recorded, and says no rhythm.
    """
    if after >= contract.last:
        return None
    third = ((contract.last - contract.first).days + 1) // 3
    return min(after + timedelta(days=max(third, 1)), contract.last)


def what_next(contract: Contract, day: date) -> str:
    """What comes after a contract that was broken or has run out, in words; empty while it is kept.

    Source: Sefton's strategy, section 9: the authority decides whether a contract that is not kept is still of use, or
    another course is taken, and the decision and its reasons are recorded; an order is considered before prosecution.
    """
    if contract.broken and contract.ended is None:
        return (
            "It was broken. Ask the authority whether it is still of use, and record what it decided and why "
            f"(Check how it is kept). {OTHERWISE}"
        )
    if contract.broken:
        return f"It was broken and has ended. {OTHERWISE}"
    if contract.ended is None and contract.last < day:
        return f"It has run out. Look at what the attendance shows since it began. {OTHERWISE}"
    return ""


def missing_parts(parts: Sequence[str], required: Sequence[str]) -> tuple[str, ...]:
    """Those of the required parts that are empty or not there, in the law's words."""
    said = [*parts, *("" for _ in required)]
    return tuple(part for part, words in zip(required, said, strict=False) if not words.strip())


def runs(contract: Contract, day: date) -> bool:
    """Whether a contract stands on a day: not before its first and not after its last, and not ended by then."""
    last = contract.last if contract.ended is None else min(contract.last, contract.ended)
    return contract.first <= day <= last
