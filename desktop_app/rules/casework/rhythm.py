"""The rhythm of casework: the day on which something is due, by the school's calendar.

What falls on a day without school is due on the last school day before, never later (practice: Knowsley’s reviews). A
week of a level is seven calendar days, as the pack says; a school week is any week with a session. A half term or a
term is counted to the same school week and weekday of a later one, or to its last day where that is shorter.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from desktop_app.domain.cases import Pause
from desktop_app.domain.casework import Interval, Unit
from desktop_app.domain.school import Period, PeriodKind
from desktop_app.rules.calendar import SchoolCalendar
from desktop_app.rules.half_terms import half_terms

ONE_DAY = timedelta(days=1)
Stretch = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A school's days: the calendar, every school day in order, and the first and last school day of each half term
    and each term."""

    calendar: SchoolCalendar
    days: tuple[date, ...]
    halves: tuple[Stretch, ...]
    terms: tuple[Stretch, ...]

    def due(self, start: date, interval: Interval, pauses: Iterable[Pause] = ()) -> date:
        """The last day on which something is in time that is asked within so much of `start`; days on which the case
        was paused do not count."""
        return self.on_school_day(start, self.raw(_moved(start, pauses), interval))

    def raw(self, start: date, interval: Interval) -> date:
        """The day itself that lies so much after `start`, whether or not there is school on it."""
        return _ADD[interval.unit](self, start, interval.value)

    def on_school_day(self, start: date, day: date) -> date:
        """The last school day up to `day`. Where none lies between `start` and `day`, the first one after `start`:
        nothing is due before it began. Where the calendar has none at all after that, the day itself."""
        before = self.calendar.school_days(start, day)
        if before:
            return before[-1]
        return next((one for one in self.days if one >= start), day)

    def back(self, day: date, n: int) -> date:
        """The first of the `n` school days before a day; the day itself where there are none."""
        before = [one for one in self.days if one < day]
        return before[-n:][0] if before else day


def rhythm_of(periods: Sequence[Period], calendar: SchoolCalendar) -> Rhythm:
    """The rhythm of a school with that calendar."""
    terms = sorted({(one.start, one.end) for one in periods if one.kind is PeriodKind.TERM})
    if not terms:
        return Rhythm(calendar, (), (), ())
    days = calendar.school_days(terms[0][0], max(end for _, end in terms))
    halves = half_terms(periods, calendar, date.min, date.max)
    spans = [calendar.school_days(*term) for term in terms]
    return Rhythm(
        calendar,
        days,
        tuple(sorted({(one.first, one.last) for one in halves})),
        tuple((span[0], span[-1]) for span in spans if span),
    )


def paused_days(start: date, pauses: Iterable[Pause]) -> int:
    """How many days after `start` the case was not worked; of a pause that still runs, until its planned end."""
    return sum(max(0, ((one.ended or one.until) - max(start, one.since)).days) for one in pauses)


def _moved(start: date, pauses: Iterable[Pause]) -> date:
    return start + timedelta(days=paused_days(start, pauses))


def _days(rhythm: Rhythm, start: date, n: int) -> date:
    del rhythm
    return start + timedelta(days=n)


def _weeks(rhythm: Rhythm, start: date, n: int) -> date:
    del rhythm
    return start + timedelta(weeks=n)


def _months(rhythm: Rhythm, start: date, n: int) -> date:
    del rhythm
    years, month = divmod(start.month - 1 + n, 12)
    year, month = start.year + years, month + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def _school_days(rhythm: Rhythm, start: date, n: int) -> date:
    after = [one for one in rhythm.days if one > start]
    if not after:
        return start + timedelta(days=n)
    return after[min(n, len(after)) - 1]


def _school_weeks(rhythm: Rhythm, start: date, n: int) -> date:
    """The same weekday of the n-th school week after that of `start`."""
    monday = SchoolCalendar.monday(start)
    after = sorted({SchoolCalendar.monday(one) for one in rhythm.days if one > monday + timedelta(days=6)})
    if not after:
        return start + timedelta(weeks=n)
    return after[min(n, len(after)) - 1] + (start - monday)


def _half_terms(rhythm: Rhythm, start: date, n: int) -> date:
    return _later(rhythm, rhythm.halves, start, n, timedelta(weeks=7))


def _terms(rhythm: Rhythm, start: date, n: int) -> date:
    return _later(rhythm, rhythm.terms, start, n, timedelta(weeks=14))


def _later(rhythm: Rhythm, stretches: Sequence[Stretch], start: date, n: int, about: timedelta) -> date:
    """The same school week and weekday of the n-th stretch after the one `start` lies in or follows."""
    begun = [place for place, (first, _) in enumerate(stretches) if first <= start]
    if not begun or begun[-1] + n >= len(stretches):
        return min(start + about * n, max(stretches[-1][1], start)) if stretches else start + about * n
    now, then = stretches[begun[-1]], stretches[begun[-1] + n]
    place = min(start, now[1])
    weeks = _mondays(rhythm, now)
    of_then = _mondays(rhythm, then)
    week = weeks.index(SchoolCalendar.monday(place))
    if week >= len(of_then):
        return then[1]
    return max(then[0], min(then[1], of_then[week] + (place - SchoolCalendar.monday(place))))


def _mondays(rhythm: Rhythm, stretch: Stretch) -> list[date]:
    """The Mondays of the weeks of a stretch, those without a session too where they lie between."""
    found = {SchoolCalendar.monday(one) for one in rhythm.calendar.school_days(*stretch)}
    first, last = min(found), max(found)
    return [first + timedelta(weeks=number) for number in range((last - first).days // 7 + 1)]


_ADD: Mapping[Unit, Callable[[Rhythm, date, int], date]] = {
    Unit.DAYS: _days,
    Unit.SCHOOL_DAYS: _school_days,
    Unit.WEEKS: _weeks,
    Unit.SCHOOL_WEEKS: _school_weeks,
    Unit.HALF_TERMS: _half_terms,
    Unit.TERMS: _terms,
    Unit.MONTHS: _months,
}
