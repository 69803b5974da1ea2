"""Bank holidays against a second reckoning, which knows the proclamations."""

from __future__ import annotations

from datetime import date

import holidays
import pytest

from desktop_app.rules.bank_holidays import bank_holidays


@pytest.mark.parametrize("year", range(2019, 2036))
def test_as_the_package_holidays_has_them(year: int) -> None:
    weekend = {5, 6}
    theirs = {day for day in holidays.country_holidays("GB", subdiv="ENG", years=year) if day.weekday() not in weekend}
    assert set(bank_holidays(year)) == theirs
    assert list(bank_holidays(year)) == sorted(bank_holidays(year))


def test_christmas_on_a_weekend() -> None:
    later, sooner = bank_holidays(2022), bank_holidays(2021)
    assert (later[date(2022, 12, 26)], later[date(2022, 12, 27)]) == ("Boxing Day", "Christmas Day")
    assert (sooner[date(2021, 12, 27)], sooner[date(2021, 12, 28)]) == ("Christmas Day", "Boxing Day")
    assert bank_holidays(2020)[date(2020, 5, 8)] == "Early May bank holiday"
    assert date(2020, 5, 4) not in bank_holidays(2020)
