"""The calendar made for demo schools: plausible in any year, and closed on bank holidays."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from desktop_app.domain.school import PeriodKind
from desktop_app.rules.bank_holidays import bank_holidays
from desktop_app.rules.calendar import SchoolCalendar
from desktop_app.rules.demo_calendar import school_year


@pytest.mark.parametrize("start", range(2019, 2070))
def test_a_school_year_has_190_days_and_ends_in_late_july(start):
    periods = school_year(start)
    days = SchoolCalendar(periods, "1111100").school_days(date(start, 9, 1), date(start + 1, 8, 31))
    assert len(days) == 190
    assert days[0] <= date(start, 9, 8)
    assert date(start + 1, 7, 15) <= days[-1] <= date(start + 1, 7, 26)
    assert not set(days) & (bank_holidays(start).keys() | bank_holidays(start + 1).keys())


@pytest.mark.parametrize("start", range(2019, 2070))
def test_every_break_is_named_and_terms_do_not_overlap(start):
    periods = school_year(start)
    terms = [period for period in periods if period.kind is PeriodKind.TERM]
    assert [term.start for term in terms] == sorted(term.start for term in terms)
    assert all(one.end < following.start for one, following in pairwise(terms))
    covered = {
        period.start + timedelta(days=n) for period in periods for n in range((period.end - period.start).days + 1)
    }
    whole = {terms[0].start + timedelta(days=n) for n in range((terms[-1].end - terms[0].start).days + 1)}
    assert not whole - covered
    assert sum(period.kind is PeriodKind.INSET for period in periods) == 5
