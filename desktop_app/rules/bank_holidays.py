"""Bank holidays in England and Wales: days worth asking about in a school calendar, never added to one by themselves.

Source: Banking and Financial Dealings Act 1971, section 1 and schedule 1, with the royal proclamations that moved or
added days (2020, 2022, 2023), as listed on GOV.UK.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

SATURDAY, SUNDAY = 5, 6
MOVED: Mapping[date, date] = {
    date(2020, 5, 4): date(2020, 5, 8),
    date(2022, 5, 30): date(2022, 6, 2),
}
"""Days that a proclamation moved: from, to."""

ADDED: Mapping[date, str] = {
    date(2022, 6, 3): "Platinum Jubilee bank holiday",
    date(2022, 9, 19): "the State Funeral of Queen Elizabeth II",
    date(2023, 5, 8): "the Coronation bank holiday",
}
"""Days that a proclamation added."""


def bank_holidays(year: int) -> dict[date, str]:
    """The bank holidays of a calendar year (2019 and later), in order, with their names."""
    sunday = easter(year)
    christmas = _weekday_from(date(year, 12, 25))
    boxing = _weekday_from(date(year, 12, 26))
    if boxing == christmas:
        christmas = date(year, 12, 27)
        boxing = date(year, 12, 28) if date(year, 12, 25).weekday() == SATURDAY else date(year, 12, 26)
    days = {
        _weekday_from(date(year, 1, 1)): "New Year’s Day",
        sunday - timedelta(days=2): "Good Friday",
        sunday + timedelta(days=1): "Easter Monday",
        _monday_from(date(year, 5, 1)): "Early May bank holiday",
        _monday_from(date(year, 5, 25)): "Spring bank holiday",
        _monday_from(date(year, 8, 25)): "Summer bank holiday",
        christmas: "Christmas Day",
        boxing: "Boxing Day",
    }
    moved = {MOVED.get(day, day): name for day, name in days.items()}
    return dict(sorted((moved | {day: name for day, name in ADDED.items() if day.year == year}).items()))


def easter(year: int) -> date:
    """Easter Sunday (Gregorian), by the reckoning of Meeus, Jones and Butcher."""
    century, rest = divmod(year, 100)
    golden = year % 19
    correction = (8 * century + 13) // 25
    epact = (19 * golden + century - century // 4 - correction + 15) % 30
    offset = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    shift = (golden + 11 * epact + 22 * offset) // 451
    month, day = divmod(epact + offset - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def _weekday_from(day: date) -> date:
    """The day itself, or the Monday after the weekend it falls in."""
    return day + timedelta(days=max(0, 7 - day.weekday())) if day.weekday() >= SATURDAY else day


def _monday_from(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)
