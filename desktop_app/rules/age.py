"""Compulsory school age, decided for each day by itself.

Source: Education Act 1996 section 8. The prescribed days are 31 December, 31 March and 31 August (SI 1998/1607); the
school leaving date is the last Friday in June (SI 1997/1970).
"""

from __future__ import annotations

from datetime import date, timedelta

from desktop_app.domain.sessions import school_year_end

BEGINS_AT = 5
ENDS_AT = 16
PRESCRIBED_DAYS = ((3, 31), (8, 31), (12, 31))
FRIDAY = 4


def compulsory_from(date_of_birth: date) -> date:
    """The first day of compulsory school age: the prescribed day on or next after the fifth birthday."""
    fifth = _birthday(date_of_birth, BEGINS_AT)
    return next(day for month, last in PRESCRIBED_DAYS if (day := date(fifth.year, month, last)) >= fifth)


def compulsory_until(date_of_birth: date) -> date:
    """The last day of compulsory school age: the last Friday in June of the school year in which the child is 16."""
    june_ends = date(school_year_end(_birthday(date_of_birth, ENDS_AT)).year, 6, 30)
    return june_ends - timedelta(days=(june_ends.weekday() - FRIDAY) % 7)


def compulsory(date_of_birth: date, day: date) -> bool:
    """Whether a child born on `date_of_birth` is of compulsory school age on `day`."""
    return compulsory_from(date_of_birth) <= day <= compulsory_until(date_of_birth)


def over_compulsory(date_of_birth: date, day: date) -> bool:
    """Whether a child born on `date_of_birth` is above compulsory school age on `day`."""
    return day > compulsory_until(date_of_birth)


def of_nursery_age(date_of_birth: date, day: date) -> bool:
    """Whether a child may still be in nursery education on `day`: below compulsory school age, or in the school year in
    which it is five (a child whose start was put off)."""
    return day < compulsory_from(date_of_birth) or day <= school_year_end(_birthday(date_of_birth, BEGINS_AT))


def _birthday(date_of_birth: date, age: int) -> date:
    year = date_of_birth.year + age
    if (date_of_birth.month, date_of_birth.day) == (2, 29):
        # Falls on 1 March in other years; no prescribed day lies between, so nothing turns on it.
        return date(year, 3, 1) if year % 4 or (year % 100 == 0 and year % 400) else date(year, 2, 29)
    return date_of_birth.replace(year=year)
