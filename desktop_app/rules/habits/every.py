"""Every pattern of a child, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from desktop_app.domain.habits import Habit, HabitKind
from desktop_app.rules.habits.family import with_siblings
from desktop_app.rules.habits.lateness import lateness
from desktop_app.rules.habits.reasons import illness_spells, same_reasons
from desktop_app.rules.habits.record import ChildRecord
from desktop_app.rules.habits.steps import after_steps
from desktop_app.rules.habits.weekly import beside_holidays, beside_weekends, halves, weekdays
from desktop_app.rules.habits.weeks import broken_weeks, decline, first_weeks

RULES: Mapping[HabitKind, Callable[[ChildRecord], tuple[Habit, ...]]] = {
    HabitKind.DECLINE: decline,
    HabitKind.WEEKDAY: weekdays,
    HabitKind.HALF: halves,
    HabitKind.BESIDE_WEEKEND: beside_weekends,
    HabitKind.BESIDE_HOLIDAY: beside_holidays,
    HabitKind.FIRST_WEEK: first_weeks,
    HabitKind.BROKEN_WEEKS: broken_weeks,
    HabitKind.WITH_SIBLING: with_siblings,
    HabitKind.SAME_REASON: same_reasons,
    HabitKind.ILLNESS_SPELLS: illness_spells,
    HabitKind.LATENESS: lateness,
    HabitKind.AFTER_STEP: after_steps,
}
"""Each kind with its rule."""


def habits_of(record: ChildRecord) -> tuple[Habit, ...]:
    """Every pattern found."""
    return tuple(habit for rule in RULES.values() for habit in rule(record))
