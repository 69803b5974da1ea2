"""Patterns in a child's or a class's attendance, each with the sessions it rests on. Not to be taken for `Pattern`, the
weekly timetable of a pupil."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desktop_app.domain.triggers import Seen


class HabitKind(StrEnum):
    """What kinds of pattern are looked for."""

    WEEKDAY = "weekday"
    HALF = "half"
    BESIDE_WEEKEND = "beside-weekend"
    BESIDE_HOLIDAY = "beside-holiday"
    FIRST_WEEK = "first-week"
    BROKEN_WEEKS = "broken-weeks"
    WITH_SIBLING = "with-sibling"
    LATENESS = "lateness"
    SAME_REASON = "same-reason"
    ILLNESS_SPELLS = "illness-spells"
    DECLINE = "decline"
    AFTER_STEP = "after-step"


@dataclass(frozen=True, slots=True)
class Habit:
    """One pattern found: a plain sentence with its numbers, and the sessions it rests on."""

    kind: HabitKind
    says: str
    sessions: tuple[Seen, ...]
