"""How figures, dates and times are read: half up, never to even, and for display only."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from desktop_app.domain.sessions import Half, Session
from desktop_app.rules.display import (
    clock_time,
    date_year,
    happened_time,
    long_date,
    percent,
    session_words,
    short_date,
)


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (None, 1, "no sessions"),
        (Fraction(0), 1, "0.0%"),
        (Fraction(100), 1, "100.0%"),
        (Fraction(8125, 100), 1, "81.3%"),
        (Fraction(8195, 100), 1, "82.0%"),
        (Fraction(9004, 100), 1, "90.0%"),
        (Fraction(9005, 100), 1, "90.1%"),
        (Fraction(9995, 100), 1, "100.0%"),
        (Fraction(200, 3), 2, "66.67%"),
        (Fraction(1, 200), 2, "0.01%"),
        (Fraction(945, 10), 0, "95%"),
    ],
)
def test_percentages(value: Fraction | None, places: int, text: str) -> None:
    assert percent(value, places) == text


@given(st.integers(0, 3000), st.integers(1, 3000), st.integers(0, 3))
def test_rounding_is_half_up(attended: int, possible: int, places: int) -> None:
    value = Fraction(100 * min(attended, possible), possible)
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    expected = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    assert percent(value, places) == f"{expected}%"


def test_dates_and_times() -> None:
    day = date(2026, 11, 24)
    assert short_date(day) == "Tue 24 Nov"
    assert date_year(day) == "Tue 24 Nov 2026"
    assert long_date(date(2026, 5, 1)) == "1 May 2026"
    assert session_words(Session(day, Half.AM)) == "Tue 24 Nov, morning"
    assert session_words(Session(day, Half.PM)) == "Tue 24 Nov, afternoon"
    assert clock_time(time(8, 5)) == "08:05"
    assert clock_time(datetime(2026, 11, 24, 10, 42, 59)) == "10:42"


def test_the_last_second_of_a_day_is_a_day_without_a_time() -> None:
    assert happened_time(datetime(2026, 11, 24, 23, 59, 59)) == ""
    assert happened_time(datetime(2026, 11, 24, 23, 59, 59, 999999)) == ""
    assert happened_time(datetime(2026, 11, 24, 23, 59)) == "23:59"
    assert happened_time(datetime(2026, 11, 24, 0, 0)) == "00:00"
