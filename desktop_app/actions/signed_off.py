"""Weeks that were signed off, and registers long closed: who may still change them by another deed than a mark.

A plan, a timetable, an admission or a move reaches into them as surely as a mark does: what stands by itself becomes
one at once, and whoever is expected anew leaves a gap.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta

from desktop_app.actions.roll import Roll, read_roll
from desktop_app.context import Context
from desktop_app.domain.errors import Refused
from desktop_app.domain.rights import Right
from desktop_app.domain.school import ClosedWeek
from desktop_app.domain.sessions import HALVES, Session
from desktop_app.ports import BookReading
from desktop_app.rules.calendar import SchoolCalendar
from desktop_app.rules.display import session_words
from desktop_app.rules.rights import amend_days

WEEK = 7


def signed_off(book: BookReading) -> frozenset[date]:
    """The Mondays of the weeks that were signed off."""
    return frozenset(one.monday for one in book.all(ClosedWeek))


def check_weeks(context: Context, book: BookReading, days: Iterable[date]) -> None:
    """A week that was signed off changes only at the hands of whoever may change it at all. Raises `NotAllowed`."""
    closed = signed_off(book)
    if any(SchoolCalendar.monday(day) in closed for day in days):
        context.require(Right.AMEND_CLOSED_WEEK)


def check_back(session: Session, context: Context) -> None:
    """Refuse a session that is further back than the present user changes registers; never one of today or to come."""
    ago = (context.today() - session.day).days
    if ago <= 0:
        return
    context.require(Right.AMEND)
    days = amend_days(context.staff, alone=context.alone)
    if days is not None and ago > days:
        back = f"{days} days back" if days else "on the same day"
        raise Refused(
            f"{session_words(session)} is too long ago: {context.staff.name} changes registers {back}. "
            "Ask the attendance lead."
        )


def check_signed_off(context: Context, book: BookReading, before: Roll, pupils: Collection[int]) -> None:
    """Asked inside a deed that has written: whether anything in a signed-off week is other than in the roll `before`.
    Raises `NotAllowed`, and the deed is undone."""
    if not context.may(Right.AMEND_CLOSED_WEEK):
        days = [monday + timedelta(days=n) for monday in signed_off(book) for n in range(WEEK)]
        check_weeks(context, book, (one.day for one in _changed(context, before, read_roll(book), pupils, days)))


def check_reach(context: Context, book: BookReading, before: Roll, pupils: Collection[int], first: date) -> None:
    """As `check_signed_off`, of a deed that may write marks from `first` on: neither does it reach further back than
    the present user changes registers. Raises `Refused` too."""
    check_signed_off(context, book, before, pupils)
    span = (context.today() - first).days
    days = [first + timedelta(days=n) for n in range(max(0, span))]
    oldest = next(_changed(context, before, read_roll(book), pupils, days), None)
    if oldest is not None:
        check_back(oldest, context)


def _changed(
    context: Context, before: Roll, after: Roll, pupils: Collection[int], days: Iterable[date]
) -> Iterator[Session]:
    """The sessions of some days of which the register asks or says something else by the new roll, the oldest first."""
    for day in sorted(days):
        for half in HALVES:
            at = Session(day, half)
            if any(_says(context, before, key, at) != _says(context, after, key, at) for key in pupils):
                yield at


def _says(context: Context, roll: Roll, pupil: int, at: Session) -> tuple[str, str, bool, str] | None:
    """The class and year group, whether a mark is missed there, and what stands by itself; None where no mark can."""
    if pupil not in roll.pupils or roll.why_not(pupil, at) is not None:
        return None
    place = roll.place(pupil, at.day)
    stands = roll.standing(pupil, at, context.rulebook.codes)
    class_name, year = (place.class_name, place.year) if place else ("", "")
    return (class_name, year, roll.expects(pupil, at), stands.code if stands else "")
