"""A plausible English school calendar for any year, for the demo school. Real schools bring their own.

The rules are ours, chosen to give what the published calendars of north-west authorities mostly have: 195 weekdays of
which five are INSET days.
"""

from __future__ import annotations

from collections.abc import Iterator, Set as AbstractSet
from datetime import date, timedelta

from desktop_app.domain.school import Period, PeriodKind
from desktop_app.rules.bank_holidays import bank_holidays, easter

MONDAY, TUESDAY, WEDNESDAY, FRIDAY, SATURDAY = 0, 1, 2, 4, 5
DAYS_OF_A_YEAR = 195
EARLY_EASTER = (4, 2)
MIDDLE_EASTER = (4, 12)
ONE_DAY = timedelta(days=1)


def school_year(start: int) -> tuple[Period, ...]:
    """The calendar of the school year that begins in September of `start`: terms, holidays within and between them,
    INSET days, and the bank holidays on which a term day falls."""
    autumn = _autumn_starts(start)
    autumn_half = _monday_on_or_before(date(start, 10, 31))
    autumn_ends = _friday_on_or_before(date(start, 12, 22))
    spring = autumn_ends + timedelta(days=17)
    spring_half = spring + timedelta(days=42)
    spring_ends, summer = _easter_holiday(start + 1)
    summer_half = _monday_on_or_before(date(start + 1, 5, 31))
    closed = bank_holidays(start) | bank_holidays(start + 1)
    halves = {day for half in (autumn_half, spring_half, summer_half) for day in _week(half)}
    before = [*_weekdays(autumn, autumn_ends), *_weekdays(spring, spring_ends)]
    used = sum(day not in halves and day not in closed for day in before)
    summer_ends = _nth_school_day(summer, DAYS_OF_A_YEAR - used, halves | closed.keys())
    terms = ((autumn, autumn_ends), (spring, spring_ends), (summer, summer_ends))
    weeks_after = (autumn_half + timedelta(days=7), summer_half + timedelta(days=7))
    insets = (autumn, weeks_after[0], _nth_school_day(spring, 1, closed.keys()), weeks_after[1], summer_ends)
    return (
        *(_period(PeriodKind.TERM, name, *ends) for name, ends in zip(_term_names(start), terms, strict=True)),
        _period(PeriodKind.HOLIDAY, "autumn half term", autumn_half, autumn_half + timedelta(days=4)),
        _period(PeriodKind.HOLIDAY, "Christmas holiday", autumn_ends + ONE_DAY, spring - ONE_DAY),
        _period(PeriodKind.HOLIDAY, "spring half term", spring_half, spring_half + timedelta(days=4)),
        _period(PeriodKind.HOLIDAY, "Easter holiday", spring_ends + ONE_DAY, summer - ONE_DAY),
        _period(PeriodKind.HOLIDAY, "summer half term", summer_half, summer_half + timedelta(days=4)),
        _period(PeriodKind.HOLIDAY, "summer holiday", summer_ends + ONE_DAY, _autumn_starts(start + 1) - ONE_DAY),
        *(_period(PeriodKind.INSET, "staff training", day, day) for day in insets),
        *(
            _period(PeriodKind.CLOSURE, name, day, day)
            for day, name in sorted(closed.items())
            if day not in halves and any(first <= day <= last for first, last in terms)
        ),
    )


def _term_names(start: int) -> tuple[str, str, str]:
    return (f"autumn term {start}", f"spring term {start + 1}", f"summer term {start + 1}")


def _autumn_starts(year: int) -> date:
    first = date(year, 9, 1)
    return first if first.weekday() in (TUESDAY, WEDNESDAY) else _monday_on_or_after(first)


def _easter_holiday(year: int) -> tuple[date, date]:
    """The last day of the spring term and the first of the summer term: two weeks apart, about Easter."""
    sunday = easter(year)
    if (sunday.month, sunday.day) <= EARLY_EASTER:
        return sunday - timedelta(days=3), sunday + timedelta(days=15)
    if (sunday.month, sunday.day) <= MIDDLE_EASTER:
        return sunday - timedelta(days=9), sunday + timedelta(days=8)
    return sunday - timedelta(days=16), sunday + timedelta(days=2)


def _nth_school_day(first: date, count: int, without: AbstractSet[date]) -> date:
    day, left = first - ONE_DAY, count
    while left:
        day += ONE_DAY
        left -= day.weekday() < SATURDAY and day not in without
    return day


def _period(kind: PeriodKind, name: str, start: date, end: date) -> Period:
    return Period(id=0, kind=kind, name=name, start=start, end=end)


def _week(monday: date) -> list[date]:
    return [monday + timedelta(days=n) for n in range(5)]


def _weekdays(first: date, last: date) -> Iterator[date]:
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return (day for day in days if day.weekday() < SATURDAY)


def _monday_on_or_after(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)


def _monday_on_or_before(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _friday_on_or_before(day: date) -> date:
    return day - timedelta(days=(day.weekday() - FRIDAY) % 7)
