"""A class with two weeks of marks, for reports whose figures can be reckoned by hand."""

from __future__ import annotations

from datetime import date, datetime

from desktop_app.domain.marks import NewMark
from desktop_app.domain.sessions import HALVES, Half
from tests.support.clock import StillClock
from tests.support.schools import SmallSchool

LAST_WEEK, THIS_WEEK = date(2026, 11, 9), date(2026, 11, 16)
FRIDAY = date(2026, 11, 20)


def mark_two_weeks(school: SmallSchool, clock: StillClock) -> SmallSchool:
    """All present but Tobi ill on the second Monday and Ryan without reason on the Tuesday morning after it; the
    register of the second Thursday afternoon was never taken. Friday, four o'clock."""
    days = [date(2026, 11, day) for day in (9, 10, 11, 12, 13, 16, 17, 18, 19, 20)]
    marks: list[NewMark] = []
    for day in days:
        for half in HALVES:
            if (day, half) == (date(2026, 11, 19), Half.PM):
                continue
            for surname, one in school.pupils.items():
                code = "/" if half is Half.AM else "\\"
                if surname == "Abara" and day == THIS_WEEK:
                    code = "I"
                if surname == "Doyle" and (day, half) == (date(2026, 11, 17), Half.AM):
                    code = "N"
                marks.append(NewMark(one, day, half, code))
    clock.local = datetime(2026, 11, 20, 16, 0)
    with school.context.store.writing(school.context.deed("marks")) as writing:
        writing.marks.add(marks)
    return school
