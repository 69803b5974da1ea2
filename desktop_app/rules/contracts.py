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
        return replace(contract, broken=True)
    if entry.kind is EntryKind.CONTRACT and ENDED in entry.details:
        return replace(contract, ended=date.fromisoformat(entry.details[ENDED]))
    return contract


def missing_parts(parts: Sequence[str], required: Sequence[str]) -> tuple[str, ...]:
    """Those of the required parts that are empty or not there, in the law's words."""
    said = [*parts, *("" for _ in required)]
    return tuple(part for part, words in zip(required, said, strict=False) if not words.strip())


def runs(contract: Contract, day: date) -> bool:
    """Whether a contract stands on a day: not before its first and not after its last, and not ended by then."""
    last = contract.last if contract.ended is None else min(contract.last, contract.ended)
    return contract.first <= day <= last
