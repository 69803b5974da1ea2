"""Who is counted as the Department for Education counts: ages at the edges, and the second half of the summer term."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from desktop_app.domain.rulebook import Rulebook
from desktop_app.domain.school import Period, PeriodKind
from desktop_app.rules.calendar import SchoolCalendar
from desktop_app.rules.comparable import (
    age_before,
    last_counted,
    phase_of,
    school_years,
    second_half_of_summer,
    who_is_counted,
)
from tests.support.schools import CALENDAR

OPEN = SchoolCalendar(CALENDAR, "1111100")
FIRST, LAST = date(2026, 9, 1), date(2027, 8, 31)


@pytest.mark.parametrize(
    ("born", "age"),
    [
        (date(2021, 8, 31), 5),
        (date(2021, 9, 1), 4),
        (date(2011, 8, 31), 15),
        (date(2010, 9, 1), 15),
        (date(2010, 8, 31), 16),
        (date(2020, 2, 29), 6),
    ],
)
def test_the_age_is_that_of_31_august_before_the_year(born: date, age: int) -> None:
    assert age_before(born, FIRST) == age
    assert age_before(born, LAST) == age


@pytest.mark.parametrize(
    ("born", "year", "until"),
    [
        (date(2021, 9, 1), "R", None),  # four on 31 August: not collected with the rest
        (date(2021, 8, 31), "R", LAST),  # five on the day itself, put off by a year
        (date(2021, 8, 31), "1", LAST),
        (date(2021, 8, 31), "N2", None),  # nursery, whatever the age
        (date(2011, 9, 1), "10", LAST),  # fourteen
        (date(2011, 8, 31), "11", date(2027, 6, 6)),  # fifteen: to the Sunday that ends the half-term
        (date(2010, 9, 1), "11", date(2027, 6, 6)),
        (date(2010, 9, 1), "12", None),  # sixth form, whatever the age
        (date(2010, 8, 31), "11", None),  # sixteen
    ],
)
def test_who_is_counted_and_until_when(born: date, year: str, until: date | None, rulebook: Rulebook) -> None:
    assert last_counted(born, year, FIRST, LAST, OPEN, rulebook) == until


def test_of_a_pupil_of_fifteen_nothing_of_the_second_half_of_summer_counts(rulebook: Rulebook) -> None:
    born = date(2011, 3, 1)
    assert last_counted(born, "11", date(2027, 6, 7), LAST, OPEN, rulebook) is None
    assert last_counted(born, "11", date(2027, 6, 6), LAST, OPEN, rulebook) == date(2027, 6, 6)
    assert last_counted(born, "11", FIRST, date(2027, 5, 28), OPEN, rulebook) == date(2027, 5, 28)


@pytest.mark.parametrize(
    ("begin", "end", "resumes"),
    [
        (date(2027, 5, 31), date(2027, 6, 4), date(2027, 6, 7)),
        (date(2027, 5, 24), date(2027, 5, 28), date(2027, 5, 31)),
        (date(2027, 5, 24), date(2027, 6, 4), date(2027, 6, 7)),  # two weeks
        (date(2027, 5, 31), date(2027, 6, 7), date(2027, 6, 7)),  # an INSET day after it: the half begins all the same
        (date(2027, 5, 31), date(2027, 6, 1), date(2027, 6, 7)),  # no whole week: that of the bank holiday
    ],
)
def test_the_second_half_follows_the_week_without_school(begin: date, end: date, resumes: date) -> None:
    term = Period(1, PeriodKind.TERM, "summer", date(2027, 4, 12), date(2027, 7, 21))
    calendar = SchoolCalendar([term, Period(2, PeriodKind.HOLIDAY, "half term", begin, end)], "1111100")
    assert second_half_of_summer(calendar, date(2027, 2, 1)) == resumes


def test_a_period_is_cut_at_each_first_of_september() -> None:
    parts = list(school_years(date(2025, 3, 1), date(2027, 9, 1)))
    assert parts == [
        (date(2025, 3, 1), date(2025, 8, 31)),
        (date(2025, 9, 1), date(2026, 8, 31)),
        (date(2026, 9, 1), date(2027, 8, 31)),
        (date(2027, 9, 1), date(2027, 9, 1)),
    ]
    assert (
        sum((end - begin) // timedelta(days=1) + 1 for begin, end in parts)
        == (date(2027, 9, 2) - date(2025, 3, 1)).days
    )


def test_phases_and_words(rulebook: Rulebook) -> None:
    assert [phase_of(year) for year in ("N1", "R", "6", "7", "11", "12", "13")] == [
        *("Nursery", "Primary", "Primary", "Secondary", "Secondary", "Sixth form", "Sixth form"),
    ]
    assert "aged 5 to 15" in who_is_counted(rulebook, comparable=True)
    assert "Everyone on roll" in who_is_counted(rulebook, comparable=False)
