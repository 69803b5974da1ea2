"""Attendance before and after what the school did: did it work?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from desktop_app.domain.habits import Habit, HabitKind
from desktop_app.rules.display import date_year, difference, percent
from desktop_app.rules.effect import LEAST, SIDE, days_after, days_before
from desktop_app.rules.habits.numbers import STEP_SESSIONS, STEPS_SHOWN
from desktop_app.rules.habits.record import ChildRecord, Held, Step, attendance
from desktop_app.rules.habits.words import agreed, one_place


@dataclass(frozen=True, slots=True)
class Effect:
    """A step with the sessions of the school days before and after it, which are all that it says of itself; `days` are
    those that have passed since, at most as many as are looked at."""

    step: Step
    before: tuple[Held, ...]
    after: tuple[Held, ...]
    days: int

    @property
    def change(self) -> Fraction | None:
        """After less before, in percentage points; None where either has too few sessions to say."""
        earlier, later = attendance(self.before), attendance(self.after)
        return None if earlier is None or later is None or not self.told else later - earlier

    @property
    def told(self) -> bool:
        """Whether enough came after it to say anything."""
        return self.days >= LEAST and min(len(self.before), len(self.after)) >= STEP_SESSIONS


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
    said = f"{_rate(before)} in the {SIDE} school days before"
    if not effect.told:
        return f"{said}; too early to say what came of it."
    change = difference(attendance(after), attendance(before))
    since = f"{said}, {_rate(after)} in up to {SIDE} after"
    if not change:
        return f"{since}: the same."
    return f"{since}: {'better' if change > 0 else 'worse'} by {one_place(abs(change))} points."


def _rate(held: Sequence[Held]) -> str:
    attended = sum(one.code.counts.attended for one in held)
    return f"{percent(attendance(held))} ({attended} of {len(held)})"


def _effect(record: ChildRecord, step: Step) -> Effect:
    before, after = days_before(record.calendar, step.day), days_after(record.calendar, step.day, record.on)
    return Effect(
        step,
        record.between(before[0], before[-1]) if before else (),
        record.between(after[0], after[-1]) if after else (),
        len(after),
    )
