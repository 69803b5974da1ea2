"""A small school with marks of the school year before and of this one so far."""

from __future__ import annotations

from datetime import date

from desktop_app.domain.marks import NewMark
from desktop_app.domain.people import Membership
from desktop_app.domain.school import Period, PeriodKind
from desktop_app.domain.sessions import Half
from tests.support.referrals import calendar_of
from tests.support.schools import SmallSchool

TODAY = date(2026, 11, 20)
LAST_YEAR = (date(2025, 9, 1), date(2026, 8, 31))


def present(half: Half) -> str:
    """The present mark of a half."""
    return "/" if half is Half.AM else "\\"


def fill_two_years(school: SmallSchool) -> None:
    """Last year Kaya missed every Friday and nobody else a session; this year so far everybody was there."""
    with school.context.store.writing(school.context.deed("last year")) as writing:
        writing.book.put(Period(0, PeriodKind.TERM, "last year", date(2025, 9, 2), date(2026, 7, 21)))
        writing.book.put_many(
            Membership(0, one, "3B", "3", LAST_YEAR[0], LAST_YEAR[1]) for one in school.pupils.values()
        )
    sessions = calendar_of(school.context).sessions(LAST_YEAR[0], TODAY)
    with school.context.store.writing(school.context.deed("marks")) as writing:
        writing.marks.add(
            NewMark(key, one.day, one.half, "I" if _missed(surname, one.day) else present(one.half))
            for surname, key in school.pupils.items()
            for one in sessions
        )


def _missed(surname: str, day: date) -> bool:
    return surname == "Kaya" and day.weekday() == 4 and day < LAST_YEAR[1]
