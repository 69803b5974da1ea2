"""Reading the pictures of a child, as now or as at a past moment."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

from desktop_app.actions.child_record import check_day, roll_of
from desktop_app.actions.habits import read_record
from desktop_app.actions.needs import needs
from desktop_app.context import Context
from desktop_app.domain.charts import Chart
from desktop_app.domain.rights import Right
from desktop_app.domain.sessions import school_year_end
from desktop_app.rules.expected import due_sessions
from desktop_app.rules.pictures import (
    attendance_by_week,
    reasons,
    tally,
    weekday_by_half,
    year_calendar,
)


@needs(Right.READ_PUPIL)
def child_pictures(context: Context, pupil: int, on: date, as_at: datetime | None = None) -> tuple[Chart, ...]:
    """A child's year as a calendar, its weeks with what was done, the heat of its weekdays and its reasons, up to `on`.
    Raises `Refused` as `habits` does."""
    check_day(on, context.moment(as_at))
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
