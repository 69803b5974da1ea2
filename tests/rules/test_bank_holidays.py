"""Bank holidays against a second source, and those that were proclaimed."""

from __future__ import annotations

from datetime import date

import holidays
import pytest

from desktop_app.rules.bank_holidays import bank_holidays


@pytest.mark.parametrize("year", range(2019, 2051))
def test_they_are_those_of_a_second_source(year: int) -> None:
    second = holidays.country_holidays("GB", subdiv="ENG", years=year)
    assert list(bank_holidays(year)) == sorted(day for day in second if day.weekday() < 5 and day.year == year)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2020, 5, 8), "Early May bank holiday"),
        (date(2022, 6, 2), "Spring bank holiday"),
        (date(2022, 6, 3), "Platinum Jubilee bank holiday"),
        (date(2026, 12, 28), "Boxing Day"),
        (date(2027, 12, 27), "Christmas Day"),
        (date(2028, 1, 3), "New Year’s Day"),
    ],
)
def test_moved_and_added_days(day: date, name: str) -> None:
    assert bank_holidays(day.year)[day] == name
