"""A class's week lived through the register, with amendments made after it had closed."""

from __future__ import annotations

from datetime import date, timedelta

from desktop_app.actions.clock import say_clock_is_right
from desktop_app.actions.register import fill_present, write
from desktop_app.actions.register_checks import Edit
from desktop_app.context import Context
from desktop_app.domain.sessions import HALVES, Half, Session
from tests.support.clock import StillClock
from tests.support.schools import SmallSchool

MONDAY, FRIDAY = date(2026, 11, 16), date(2026, 11, 20)
AM = Session(MONDAY, Half.AM)


def fill_week(context: Context, clock: StillClock, monday: date = MONDAY) -> None:
    """Everybody of 4B whose box is blank is present all week; then it is Friday, a quarter to four."""
    for day in (monday + timedelta(days=n) for n in range(5)):
        clock.set(day.year, day.month, day.day, 13, 10)
        for half in HALVES:
            fill_present(context, "4B", Session(day, half))
    last = monday + timedelta(days=4)
    clock.set(last.year, last.month, last.day, 15, 45)


def amended_week(school: SmallSchool, clock: StillClock) -> SmallSchool:
    """Kaya's Monday: N and then I while the register was open; on Wednesday I becomes M, on Thursday M becomes C. Doyle
    has one amendment, of minutes alone. It is Friday, four o'clock."""
    kaya, doyle = school.pupils["Kaya"], school.pupils["Doyle"]
    clock.set(2026, 11, 16, 8, 50)
    say_clock_is_right(school.context)
    write(school.context, [Edit(kaya, AM, "N")])
    write(school.context, [Edit(kaya, AM, "I"), Edit(doyle, AM, "L", 4)])
    fill_week(school.context, clock)
    clock.set(2026, 11, 18, 10, 5)
    write(school.context, [Edit(kaya, AM, "M")], "Letter from the hospital")
    clock.set(2026, 11, 19, 16, 30)
    write(school.context, [Edit(kaya, AM, "C")], "Leave was granted after all")
    write(school.context, [Edit(doyle, AM, "L", 9)], "=read from the sheet at the gate")
    clock.set(2026, 11, 20, 16, 0)
    return school
