"""When the school is open: sessions worked out from the calendar's periods and the days of the week it meets.

A session is half of a meeting day inside a term and outside every holiday, INSET day and closure, ends inclusive.
No bank holiday is added by itself: the school's own calendar decides.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from desktop_app.domain.school import Period, PeriodKind
from desktop_app.domain.sessions import HALVES, Half, Session

OUTSIDE_TERMS = "outside every term"
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class _Scope:
    """The sessions of everybody to whom the same periods apply, and why each other session of the terms is closed."""

    sessions: tuple[Session, ...]
    positions: tuple[int, ...]
    closed: dict[tuple[date, Half], str]
    open_days: dict[Half, frozenset[date]]

    def reach(self, first: date, last: date) -> slice:
        """Where the sessions from `first` to `last` lie."""
        return slice(
            bisect_left(self.positions, _position(first, Half.AM)),
            bisect_right(self.positions, _position(last, Half.PM)),
        )


class SchoolWeek(NamedTuple):
    """A school week: its Monday, and its first day with a session."""

    monday: date
    first: date


class SchoolCalendar:
    """The calendar of one school, for ever as it was made; what is worked out from it is kept.

    Ask for a class and year group and the periods meant for them count; ask for neither and the answer is that of the
    school as a whole: open where it is open for anybody, so a closure for one class alone does not close it.
    """

    def __init__(self, periods: Sequence[Period], weekdays: str) -> None:
        """Take the periods, and the mask of the days the school meets (seven characters, Monday first, `1` meets)."""
        in_order = sorted(periods, key=lambda period: (period.start, period.end, period.id))
        self._periods = tuple(period for period in in_order if not period.kind.unexpected)
        self._unexpected = tuple(period for period in in_order if period.kind.unexpected)
        self._weekdays = weekdays
        self._scopes: dict[tuple[Period, ...], _Scope] = {}
        self._scope_of: dict[tuple[str, str], _Scope] = {}
        self._not_open_to_all: dict[tuple[date, date], tuple[date, ...]] = {}

    @staticmethod
    def monday(day: date) -> date:
        """The Monday of the week `day` falls in."""
        return day - timedelta(days=day.weekday())

    @staticmethod
    def friday(day: date) -> date:
        """The Friday of the week that `day` falls in."""
        return SchoolCalendar.monday(day) + timedelta(days=4)

    def closed(self, session: Session, class_name: str = "", year: str = "") -> str | None:
        """Why there is no session then, in words such as `INSET day: Safeguarding`; None where the school is open."""
        scope = self._scope(class_name, year)
        if session.day in scope.open_days[session.half]:
            return None
        if not self._meets(session.day):
            return f"a {DAY_NAMES[session.day.weekday()]}"
        return scope.closed.get((session.day, session.half), OUTSIDE_TERMS)

    @property
    def has_unexpected(self) -> bool:
        """Whether there was any unexpected closure at all."""
        return bool(self._unexpected)

    def unexpected(self, session: Session, class_name: str, year: str) -> Period | None:
        """The unexpected closure over a session that was due, for a class and year group; that of the whole site before
        that of a part. It takes no session away: each pupil has its code (Y4, Y3)."""
        found = [
            period
            for period in self._unexpected
            if period.start <= session.day <= period.end
            and period.half in (None, session.half)
            and _applies(period, class_name, year)
        ]
        return min(found, key=lambda period: period.kind is not PeriodKind.SITE_CLOSED, default=None)

    def sessions(self, first: date, last: date, class_name: str = "", year: str = "") -> tuple[Session, ...]:
        """The sessions from `first` to `last`, both inclusive, in order."""
        scope = self._scope(class_name, year)
        return scope.sessions[scope.reach(first, last)]

    def count(self, first: date, last: date, class_name: str = "", year: str = "") -> int:
        """How many sessions there are from `first` to `last`, both inclusive."""
        reach = self._scope(class_name, year).reach(first, last)
        return max(0, reach.stop - reach.start)

    def open_days(self, half: Half, class_name: str = "", year: str = "") -> frozenset[date]:
        """Every day on which that half is a session: for asking about very many days at once."""
        return self._scope(class_name, year).open_days[half]

    def school_days(self, first: date, last: date) -> tuple[date, ...]:
        """The days from `first` to `last`, both inclusive, on which there is at least one session for anybody."""
        days = self._school_days
        return days[bisect_left(days, first) : bisect_right(days, last)]

    def not_open_to_all(self, first: date, last: date) -> tuple[date, ...]:
        """The days from `first` to `last`, both inclusive, on which the school, or some class or year of it, has a half
        with no session."""
        found = self._not_open_to_all.get((first, last))
        if found is None:
            some = [period for period in self._periods if period.years or period.classes]
            days = (first + timedelta(days=number) for number in range((last - first).days + 1))
            whole = self._scope("", "").open_days
            found = self._not_open_to_all[first, last] = tuple(
                day
                for day in days
                if any(day not in whole[half] for half in HALVES)
                or any(period.start <= day <= period.end for period in some)
            )
        return found

    def school_weeks(self, last: date, n: int) -> tuple[date, ...]:
        """The Mondays of the `n` school weeks that end with the week of `last`, in order; fewer where the calendar has
        no more.

        A school week is a Monday to Sunday with at least one session, so the weeks reach over holidays; where the week
        of `last` is none, they end with the one before.
        Source: "Working together to improve school attendance", national framework for penalty notices.
        """
        return self._mondays[: bisect_right(self._mondays, last)][-n:]

    def weeks_until(self, last: date) -> tuple[SchoolWeek, ...]:
        """Every school week that had a session by the end of `last`, in order."""
        return self._weeks[: bisect_right(self._weeks, last, key=lambda week: week.first)]

    @cached_property
    def _school_days(self) -> tuple[date, ...]:
        whole = self._scope("", "")
        return tuple(sorted(whole.open_days[Half.AM] | whole.open_days[Half.PM]))

    @cached_property
    def _mondays(self) -> tuple[date, ...]:
        return tuple(week.monday for week in self._weeks)

    @cached_property
    def _weeks(self) -> tuple[SchoolWeek, ...]:
        by_monday = groupby(self._school_days, self.monday)
        return tuple(SchoolWeek(monday, next(days)) for monday, days in by_monday)

    def _meets(self, day: date) -> bool:
        return self._weekdays[day.weekday()] == "1"

    def _scope(self, class_name: str, year: str) -> _Scope:
        scope = self._scope_of.get((class_name, year))
        if scope is None:
            periods = tuple(period for period in self._periods if _applies(period, class_name, year))
            scope = self._scopes.get(periods)
            if scope is None:
                scope = self._scopes[periods] = self._work_out(periods)
            self._scope_of[class_name, year] = scope
        return scope

    def _work_out(self, periods: tuple[Period, ...]) -> _Scope:
        terms = [period for period in periods if period.kind is PeriodKind.TERM]
        closings = [period for period in periods if period.kind.closes]
        opened = {moment for term in terms for moment in _moments(term)}
        closed = {moment: _words(closing) for closing in closings for moment in _moments(closing)}
        moments = sorted(moment for moment in opened if moment not in closed and self._meets(moment[0]))
        return _Scope(
            sessions=tuple(Session(day, half) for day, half in moments),
            positions=tuple(_position(day, half) for day, half in moments),
            closed=closed,
            open_days={half: frozenset(day for day, of in moments if of is half) for half in HALVES},
        )


def _position(day: date, half: Half) -> int:
    return 2 * day.toordinal() + half.ordinal


def _moments(period: Period) -> Iterable[tuple[date, Half]]:
    halves = HALVES if period.half is None else (period.half,)
    for number in range((period.end - period.start).days + 1):
        day = period.start + timedelta(days=number)
        for half in halves:
            yield day, half


def _applies(period: Period, class_name: str, year: str) -> bool:
    """Whether a period counts for a class and year group; for neither, only a term meant for some of them does."""
    if not period.years and not period.classes:
        return True
    if not class_name and not year:
        return period.kind is PeriodKind.TERM
    return _among(year, period.years) or _among(class_name, period.classes)


def _among(text: str, names: Sequence[str]) -> bool:
    return bool(text) and text.casefold() in (name.casefold() for name in names)


def _words(period: Period) -> str:
    """What a closing period is called where a session is refused."""
    if period.kind is PeriodKind.INSET:
        return f"INSET day: {period.name}" if period.name else "an INSET day"
    return period.name or ("a holiday" if period.kind is PeriodKind.HOLIDAY else "a closure")
