"""A term of plain presence, with other codes where they are given."""

from __future__ import annotations

from datetime import date

from desktop_app.domain.marks import NewMark
from desktop_app.domain.sessions import Half, Session
from tests.support.referrals import calendar_of
from tests.support.schools import SmallSchool

FRIDAY = date(2026, 11, 20)


def fill(school: SmallSchool, codes: dict[int, dict[Session, str]], last: date = FRIDAY) -> None:
    """Plain presence for everybody, and other codes where they are given (empty: none)."""
    sessions = calendar_of(school.context).sessions(date(2026, 9, 1), last)
    with school.context.store.writing(school.context.deed("marks")) as writing:
        writing.marks.add(
            NewMark(key, one.day, one.half, code)
            for key in school.pupils.values()
            for one in sessions
            if (code := codes.get(key, {}).get(one, "/" if one.half is Half.AM else "\\"))
        )


def some(school: SmallSchool, first: date, number: int, code: str) -> dict[Session, str]:
    """So many sessions with a code, from a day on."""
    return dict.fromkeys(calendar_of(school.context).sessions(first, date(2027, 7, 21))[:number], code)
