"""Did it work: the one stretch of school days that is held against another, wherever what followed a step is told.

The child’s patterns, the case and the reports for governors ask the same; so the same number answers everywhere. What
followed a step is not all its doing: attendance that was at its worst often rises by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from desktop_app.rules.calendar import SchoolCalendar

SIDE = 20
"""School days looked at before a step, and at most after it: four weeks of school. No authority’s pack and no guidance
gives a number; ours, so that one odd week on either side decides nothing."""
LEAST = 10
"""School days that must have passed since, before anything is said: two weeks."""
FAR = timedelta(days=120)
"""Twenty school days lie within it, whatever holidays there are."""
ONE_DAY = timedelta(days=1)


def days_before(calendar: SchoolCalendar, step: date) -> Sequence[date]:
    """The school days before a step that are looked at, the day itself not among them."""
    return calendar.school_days(step - FAR, step - ONE_DAY)[-SIDE:]


def days_after(calendar: SchoolCalendar, step: date, last: date) -> Sequence[date]:
    """The school days after a step, up to a day, that are looked at."""
    return calendar.school_days(step + ONE_DAY, min(last, step + FAR))[:SIDE]


def sides(calendar: SchoolCalendar, step: date, last: date) -> tuple[tuple[date, date], tuple[date, date]] | None:
    """The stretch of school days before a step and that after it, the day itself in neither; None while fewer than
    `LEAST` school days have passed since, or none was before."""
    before, after = days_before(calendar, step), days_after(calendar, step, last)
    if len(after) < LEAST or not before:
        return None
    return (before[0], before[-1]), (after[0], after[-1])
