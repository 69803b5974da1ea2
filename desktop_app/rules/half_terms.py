"""The half terms of a calendar: what lies between two breaks of more than a week, inside each term.

Source: the rhythm in which schools look at attendance (half-termly, termly and yearly: Lunt’s Heath, policy 9.1).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from desktop_app.domain.school import Period, PeriodKind, School
from desktop_app.domain.sessions import Half, Session, school_year_name
from desktop_app.rules.calendar import SchoolCalendar
from desktop_app.rules.register import session_past

BREAK = timedelta(days=7)
"""School days further apart than this lie in two half terms: a long weekend parts none, a week's holiday does."""


@dataclass(frozen=True, slots=True)
class HalfTerm:
    """One half term, from its first school day to its last. `name` is `Autumn 1`; `year` the school year."""

    name: str
    year: str
    first: date
    last: date


def half_terms(periods: Iterable[Period], calendar: SchoolCalendar, first: date, last: date) -> tuple[HalfTerm, ...]:
    """The half terms that have a school day from `first` to `last`, whole, in order."""
    terms = sorted((one for one in periods if one.kind is PeriodKind.TERM), key=lambda one: (one.start, one.end))
    found: list[HalfTerm] = []
    for term in dict.fromkeys((one.start, one.end) for one in terms):
        for number, days in enumerate(_stretches(calendar.school_days(*term)), start=1):
            name = f"{_season(term[0])} {number}"
            found.append(HalfTerm(name, school_year_name(days[0]), days[0], days[-1]))
    return tuple(one for one in found if one.first <= last and first <= one.last)


def half_term_of(halves: Iterable[HalfTerm], day: date) -> HalfTerm | None:
    """The half term that a day falls in; in a holiday, the one before it."""
    begun = [one for one in halves if one.first <= day]
    return max(begun, key=lambda one: one.first, default=None)


def day_over(school: School, on: date, moment: datetime) -> date:
    """The day up to which the sessions are over, of those up to `on`: as known by a moment, none that ends after it."""
    today = moment.date()
    ended = session_past(school, Session(today, Half.PM), moment)
    return min(on, today if ended else today - timedelta(days=1))


def over_by(halves: Iterable[HalfTerm], on: date, first: date | None = None) -> tuple[HalfTerm, ...]:
    """The whole half terms of what the public is told on a day (`day_over`): of those that are over, that of `first`
    and all after it; where no first day is given, those of the school year of the newest. The same on every day until
    another one is over."""
    over = sorted((one for one in halves if one.last <= on), key=lambda one: one.first)
    if first is None:
        return tuple(one for one in over if one.year == over[-1].year)
    return tuple(one for one in over if one.last >= first)


def same_part(now: HalfTerm, on: date, then: HalfTerm, calendar: SchoolCalendar) -> tuple[date, date]:
    """The days of an earlier half term as far as `now` had come by a day: whole where it was over, else up to the same
    day of the same school week."""
    if on >= now.last:
        return then.first, then.last
    weeks, mondays = (
        sorted({calendar.monday(day) for day in calendar.school_days(*days)})
        for days in ((now.first, on), (then.first, then.last))
    )
    if not 0 < len(weeks) <= len(mondays):
        return then.first, then.last
    return then.first, min(then.last, mondays[len(weeks) - 1] + (on - calendar.monday(on)))


def _stretches(days: Sequence[date]) -> list[list[date]]:
    found: list[list[date]] = []
    for day in days:
        if found and day - found[-1][-1] <= BREAK:
            found[-1].append(day)
        else:
            found.append([day])
    return found


def _season(start: date) -> str:
    if start.month >= 8:
        return "Autumn"
    return "Spring" if start.month <= 3 else "Summer"
