"""Reading the patterns in a child's attendance this school year."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from desktop_app.actions.child_record import check_day, held_sessions, roll_of, year_of
from desktop_app.actions.families import read_families
from desktop_app.actions.needs import needs
from desktop_app.actions.own_children import sees_child
from desktop_app.actions.roll import Roll
from desktop_app.context import Context
from desktop_app.domain.entries import EntryKind
from desktop_app.domain.habits import Habit
from desktop_app.domain.people import Flag, FlagKind
from desktop_app.domain.rights import Right
from desktop_app.domain.school import Period, PeriodKind
from desktop_app.ports import Reading
from desktop_app.rules.chronology import sealed
from desktop_app.rules.effect import days_before
from desktop_app.rules.habits.every import habits_of
from desktop_app.rules.habits.record import ChildRecord, SiblingRecord, Step

STEP_KINDS = (
    EntryKind.LETTER,
    EntryKind.MEETING,
    EntryKind.HOME_VISIT,
    EntryKind.CASE_OPENED,
    EntryKind.TARGET,
    EntryKind.DECISION,
)
"""What may change how a child attends; calls and notes are too many and too small."""
ONE_DAY = timedelta(days=1)


@needs(Right.READ_PUPIL)
def habits(context: Context, pupil: int, on: date, as_at: datetime | None = None) -> tuple[Habit, ...]:
    """The patterns of a child in the school year of `on`, up to that day. Brothers and sisters are only those whom the
    present user sees, steps only for those who may read the log. Raises `Refused` for an unknown or unseen child, and
    for a day to come."""
    check_day(on, context.moment(as_at))
    with context.store.reading(as_at) as reading:
        roll = roll_of(context, reading, pupil)
        return habits_of(read_record(context, reading, roll, pupil, on))


def read_record(context: Context, reading: Reading, roll: Roll, pupil: int, on: date) -> ChildRecord:
    """All that patterns are read from, inside one reading."""
    child = roll.pupils[pupil]
    year, until = year_of(child, on)
    earlier = days_before(roll.calendar, year)
    begins = min([year, *earlier[:1]])
    family = sorted(one for one in read_families(reading.book, until).siblings(pupil) if sees_child(context, roll, one))
    held = held_sessions(context, reading, roll, [pupil, *family], begins, until)
    book = reading.book
    return ChildRecord(
        on=until,
        first=year,
        calendar=roll.calendar,
        school=roll.school,
        held=held[pupil],
        terms=tuple(one for one in book.all(Period) if one.kind is PeriodKind.TERM and year <= one.start <= until),
        siblings=tuple(SiblingRecord(roll.pupils[key].forename, held[key]) for key in family if held[key]),
        steps=_steps(context, reading, pupil, year, until),
        medical=tuple(one for one in book.all(Flag) if one.pupil == pupil and one.kind is FlagKind.MEDICAL),
    )


def _steps(context: Context, reading: Reading, pupil: int, first: date, last: date) -> tuple[Step, ...]:
    if not context.may(Right.READ_LOG):
        return ()
    entries = reading.entries.of(pupil)
    by_id = {one.id: one for one in entries}
    return tuple(
        Step(one.happened_at.date(), one.kind.label)
        for one in entries
        if one.kind in STEP_KINDS
        and one.withdrawn is None
        and one.adds_to is None
        and not one.restricted
        and not sealed(one, by_id)
        and first <= one.happened_at.date() <= last
    )
