"""Compulsory school age, day by day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from desktop_app.rules.age import compulsory, compulsory_from, compulsory_until


@pytest.mark.parametrize(
    ("born", "begins", "ends"),
    [
        (date(2021, 10, 10), date(2026, 12, 31), date(2038, 6, 25)),
        (date(2021, 12, 31), date(2026, 12, 31), date(2038, 6, 25)),
        (date(2022, 1, 1), date(2027, 3, 31), date(2038, 6, 25)),
        (date(2022, 3, 31), date(2027, 3, 31), date(2038, 6, 25)),
        (date(2022, 4, 1), date(2027, 8, 31), date(2038, 6, 25)),
        (date(2022, 8, 31), date(2027, 8, 31), date(2038, 6, 25)),
        (date(2022, 9, 1), date(2027, 12, 31), date(2039, 6, 24)),
        (date(2009, 9, 1), date(2014, 12, 31), date(2026, 6, 26)),
        (date(2010, 8, 31), date(2015, 8, 31), date(2026, 6, 26)),
        (date(2010, 9, 1), date(2015, 12, 31), date(2027, 6, 25)),
        (date(2012, 2, 29), date(2017, 3, 31), date(2028, 6, 30)),
        (date(2020, 2, 29), date(2025, 3, 31), date(2036, 6, 27)),
    ],
)
def test_from_when_and_until_when(born: date, begins: date, ends: date) -> None:
    assert compulsory_from(born) == begins
    assert compulsory_until(born) == ends
    assert not compulsory(born, begins - timedelta(days=1))
    assert compulsory(born, begins)
    assert compulsory(born, ends)
    assert not compulsory(born, ends + timedelta(days=1))


def test_of_ten_sessions_six_before_the_day_four_count() -> None:
    born = date(2021, 10, 10)
    sessions = [date(2026, 12, 16), date(2026, 12, 17), date(2026, 12, 18), date(2027, 1, 4), date(2027, 1, 5)]
    assert sum(2 * compulsory(born, day) for day in sessions) == 4


@given(st.dates(date(1990, 1, 1), date(2080, 12, 31)))
def test_it_begins_at_five_and_ends_on_a_friday_in_june_at_sixteen(born: date) -> None:
    begins, ends = compulsory_from(born), compulsory_until(born)
    assert (begins.month, begins.day) in {(3, 31), (8, 31), (12, 31)}
    assert 5 * 365 <= (begins - born).days <= 5 * 366 + 153
    assert (ends.month, ends.weekday()) == (6, 4)
    assert (ends + timedelta(days=7)).month == 7
    assert 15 * 365 + 295 < (ends - born).days < 16 * 366 + 304
