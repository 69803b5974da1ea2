"""What is wrong with a timetable of fewer than all sessions, in words, before it is made.

Sources: SI 2024/208 regulation 11 (part-time timetables: agreed with a parent the pupil lives with, for a pupil of
compulsory school age, times and dates agreed) and "Working together to improve school attendance" (temporary, with a
plan, reviews and an end date; the social worker is told, and the authority where there is an EHCP).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop_app.domain.codes import Code
from desktop_app.domain.people import Flag, FlagKind, Pattern, PatternKind, Pupil
from desktop_app.rules.age import compulsory
from desktop_app.rules.display import date_year

SESSIONS_A_WEEK = 10
TO_BE_TOLD: Mapping[FlagKind, str] = {
    FlagKind.SOCIAL_WORKER: "the social worker",
    FlagKind.CHILD_IN_NEED: "the social worker",
    FlagKind.CHILD_PROTECTION: "the social worker",
    FlagKind.LOOKED_AFTER: "the social worker and the virtual school",
    FlagKind.EHCP: "the authority that keeps the EHC plan",
}


def mask_fault(expected: str) -> str | None:
    """Why ten characters are no week; None where they are."""
    if len(expected) != SESSIONS_A_WEEK or set(expected) - {"0", "1"}:
        return "The sessions of a week are ten characters, Monday morning to Friday afternoon: 1 expected, 0 not."
    return "Every session is expected: that is no timetable of its own." if "0" not in expected else None


def timetable_fault(
    pattern: Pattern, pupil: Pupil, flags: Sequence[Flag], others: Sequence[Pattern], codes: Mapping[str, Code]
) -> str | None:
    """Why a timetable cannot be set for a pupil; None where it can."""
    if fault := mask_fault(pattern.expected):
        return fault
    if pattern.last is not None and pattern.last < pattern.first:
        return f"It ends ({date_year(pattern.last)}) before it begins ({date_year(pattern.first)})."
    if pattern.first < pupil.starting_day:
        return f"{pupil.name} starts only on {date_year(pupil.starting_day)}."
    if other := next((one for one in others if one.id != pattern.id and _meet(one, pattern)), None):
        return f"{pupil.name} has a timetable from {date_year(other.first)} already: end that first."
    return _KINDS[PatternKind(pattern.kind)](pattern, pupil, flags, codes)


def _part_time(pattern: Pattern, pupil: Pupil, flags: Sequence[Flag], codes: Mapping[str, Code]) -> str | None:
    del codes
    first, last = pattern.first.isoformat(), pattern.last.isoformat() if pattern.last else ""
    told = {TO_BE_TOLD[one.kind] for one in flags if one.kind in TO_BE_TOLD and one.holds(pattern.first)}
    faults = (
        (
            not compulsory(pupil.date_of_birth, pattern.last or pattern.first),
            f"{pupil.name} is not of compulsory school age then: that is the nursery timetable (X), not part-time.",
        ),
        (pattern.last is None, "A part-time timetable is temporary: give its last day."),
        (
            not (pattern.agreed_with.strip() and pattern.agreed_on),
            "Say with which parent it was agreed, and on which day.",
        ),
        (
            not pattern.purpose.strip(),
            "Say what it is for: a part-time timetable is in the pupil’s interest, never to manage behaviour.",
        ),
        (not pattern.reviews, "Give at least one review date."),
        (
            any(not first <= day <= last for day in pattern.reviews),
            "Each review lies between the first and the last day.",
        ),
        (bool(told) and not pattern.told.strip(), f"Say when {' and '.join(sorted(told))} was told."),
    )
    return next((words for wrong, words in faults if wrong), None)


def _nursery(pattern: Pattern, pupil: Pupil, flags: Sequence[Flag], codes: Mapping[str, Code]) -> str | None:
    del flags, codes
    if compulsory(pupil.date_of_birth, pattern.first):
        return (
            f"X is never for a pupil of compulsory school age, and {pupil.name} is: agree a part-time timetable (C2)."
        )
    return None


def _dual(pattern: Pattern, pupil: Pupil, flags: Sequence[Flag], codes: Mapping[str, Code]) -> str | None:
    del pupil, flags, codes
    return None if pattern.provider.strip() else "Say which other school the pupil is registered at."


def _alternative(pattern: Pattern, pupil: Pupil, flags: Sequence[Flag], codes: Mapping[str, Code]) -> str | None:
    del pupil, flags
    code = codes.get(pattern.code)
    if code is None or not code.elsewhere:
        return "Give the code of the provision: K where the authority arranged it, B where the school did."
    if not pattern.provider.strip():
        return "Say who provides it."
    return None if pattern.note.strip() else "Say what kind of provision it is: its nature is recorded."


_KINDS = {
    PatternKind.PART_TIME: _part_time,
    PatternKind.NURSERY: _nursery,
    PatternKind.DUAL: _dual,
    PatternKind.ALTERNATIVE: _alternative,
}


def _meet(one: Pattern, other: Pattern) -> bool:
    return (one.last is None or other.first <= one.last) and (other.last is None or one.first <= other.last)
