"""Reading the pictures of a child, a class or the school, as now or as at a past moment."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

from desktop_app.actions.child_record import check_day, moment_of, roll_of
from desktop_app.actions.habits import read_record
from desktop_app.actions.needs import needs
from desktop_app.actions.roll import Roll, read_roll
from desktop_app.context import Context
from desktop_app.domain.charts import Chart
from desktop_app.domain.rights import Right
from desktop_app.domain.sessions import Half, Session, school_year_end
from desktop_app.ports import Reading
from desktop_app.rules.expected import due_sessions
from desktop_app.rules.habits.record import Held
from desktop_app.rules.pictures import (
    attendance_by_week,
    reasons,
    tally,
    weekday_by_half,
    weekday_by_week,
    year_calendar,
)


@needs(Right.READ_PUPIL)
def child_pictures(context: Context, pupil: int, on: date, as_at: datetime | None = None) -> tuple[Chart, ...]:
    """A child's year as a calendar, its weeks with what was done, the heat of its weekdays and its reasons, up to `on`.
    Raises `Refused` as `habits` does."""
    check_day(on, moment_of(context.now(), as_at))
    with context.store.reading(as_at) as reading:
        roll = roll_of(context, reading, pupil)
        record = read_record(context, reading, roll, pupil, on)
    child = roll.pupils[pupil]
    of_year = [one for one in record.held if one.day >= record.first]
    ends = school_year_end(record.first)
    opened = frozenset(due_sessions(child, roll.memberships.get(pupil, ()), roll.calendar, record.first, ends))
    days = sorted({session.day for session in opened} | {one.day for one in of_year})
    first, last = (days[0], days[-1]) if days else (record.first, record.on)
    tallies = tally(of_year)
    return (
        year_calendar("The year, every session", first, last, of_year, opened),
        attendance_by_week("Attendance by week", {child.name: tallies}, record.steps),
        weekday_by_half("Absence by weekday and half", tallies),
        reasons("Reasons for absence", Counter(one.code.key for one in of_year), context.rulebook.codes),
    )


@needs(Right.READ_FIGURES)
def group_pictures(
    context: Context, first: date, last: date, class_name: str = "", as_at: datetime | None = None
) -> tuple[Chart, ...]:
    """The same of a class, or of the whole school: weekday by week, weekday by half, reasons, and attendance by week.
    It names nobody; of a small class a reader may still know the child, so that public pages ask for the school."""
    with context.store.reading(as_at) as reading:
        roll = read_roll(reading.book)
        held = _held(context, reading, roll, first, last, class_name)
    tallies = tally(held)
    return (
        weekday_by_week("Absence by weekday and week", tallies),
        weekday_by_half("Absence by weekday and half", tallies),
        reasons("Reasons for absence", Counter(one.code.key for one in held), context.rulebook.codes),
        attendance_by_week("Attendance by week", {class_name or roll.school.name: tallies}),
    )


def _held(context: Context, reading: Reading, roll: Roll, first: date, last: date, class_name: str) -> list[Held]:
    """The marks of everybody, or of those who were in a class on the day. Where a mark can stand is worked out once for
    each pupil, since a year of a school has a hundred thousand of them."""
    pupils = None if not class_name else [one.id for one in roll.in_class(class_name, first, last)]
    codes = context.rulebook.codes
    due: dict[int, frozenset[tuple[date, Half]]] = {}
    found: list[Held] = []
    for mark in reading.marks.between(first, last, pupils):
        key = mark.pupil
        if key not in due:
            sessions = due_sessions(roll.pupils[key], roll.memberships.get(key, ()), roll.calendar, first, last)
            due[key] = frozenset(
                (one.day, one.half) for one in sessions if not class_name or _in(roll, key, one, class_name)
            )
        if (mark.day, mark.half) in due[key]:
            found.append(Held(mark.day, mark.half, codes[mark.code]))
    return found


def _in(roll: Roll, pupil: int, session: Session, class_name: str) -> bool:
    place = roll.place(pupil, session.day)
    return place is not None and place.class_name == class_name
