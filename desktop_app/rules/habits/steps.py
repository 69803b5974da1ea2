"""Attendance before and after what the school did: did it work?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from desktop_app.domain.habits import Habit, HabitKind
from desktop_app.domain.sessions import SUNDAY
from desktop_app.rules.calendar import SchoolCalendar
from desktop_app.rules.display import date_year, difference, percent
from desktop_app.rules.habits.numbers import STEP_SESSIONS, STEP_WEEKS, STEPS_SHOWN
from desktop_app.rules.habits.record import ChildRecord, Held, Step, attendance, week_of
from desktop_app.rules.habits.words import agreed, one_place

ONE_DAY = timedelta(days=1)
A_YEAR = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Effect:
    """A step with the sessions of the school weeks before and after it, which are all that it says of itself."""

    step: Step
    before: tuple[Held, ...]
    after: tuple[Held, ...]

    @property
    def change(self) -> Fraction | None:
        """After less before, in percentage points; None where either has too few sessions to say."""
        earlier, later = attendance(self.before), attendance(self.after)
        return None if earlier is None or later is None or not self.told else later - earlier

    @property
    def told(self) -> bool:
        """Whether enough came after it to say anything."""
        return len(self.after) >= STEP_SESSIONS and len(self.before) >= STEP_SESSIONS


def effects(record: ChildRecord) -> tuple[Effect, ...]:
    """What came before and after each of the newest steps, oldest first; steps of one day and kind count once."""
    steps = sorted({one for one in record.steps if one.day <= record.on})
    return tuple(_effect(record, one) for one in steps[-STEPS_SHOWN:])


def after_steps(record: ChildRecord) -> tuple[Habit, ...]:
    """Each step with the attendance before and since."""
    found: list[Habit] = []
    for one in effects(record):
        held = (*one.before, *one.after)
        missed = tuple(each for each in held if each.absent)
        says = f"{one.step.what} on {date_year(one.step.day)}: {_compared(one)}"
        found.append(Habit(HabitKind.AFTER_STEP, says + agreed(record, missed), tuple(each.seen for each in missed)))
    return tuple(found)


def _compared(effect: Effect) -> str:
    before, after = effect.before, effect.after
    if len(before) < STEP_SESSIONS:
        return "too few sessions before it to say."
    said = f"{_rate(before)} in the {STEP_WEEKS} school weeks before"
    if len(after) < STEP_SESSIONS:
        return f"{said}; too early to say what came of it."
    change = difference(attendance(after), attendance(before))
    if not change:
        return f"{said}, {_rate(after)} after: the same."
    return f"{said}, {_rate(after)} after: {'better' if change > 0 else 'worse'} by {one_place(abs(change))} points."


def _rate(held: Sequence[Held]) -> str:
    attended = sum(one.code.counts.attended for one in held)
    return f"{percent(attendance(held))} ({attended} of {len(held)})"


def _effect(record: ChildRecord, step: Step) -> Effect:
    earlier = record.calendar.school_weeks(step.day - ONE_DAY, STEP_WEEKS)
    before = record.between(earlier[0], step.day - ONE_DAY) if earlier else ()
    last = weeks_on(record.calendar, step.day + ONE_DAY, STEP_WEEKS)
    after = record.between(step.day + ONE_DAY, min(last, record.on)) if last is not None else ()
    return Effect(step, before, after)


def weeks_on(calendar: SchoolCalendar, first: date, number: int) -> date | None:
    """The last day of so many school weeks, of which the first is that of the first school day from `first` on; None
    where the calendar has none."""
    mondays = sorted({week_of(day) for day in calendar.school_days(first, first + A_YEAR)})[:number]
    return mondays[-1] + SUNDAY if mondays else None
