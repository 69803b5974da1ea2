"""Who was below the national average last year: on counts, of one's own classes, nobody of whom too little is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction

import pytest

from desktop_app.actions.target_list import target_list
from desktop_app.actions.targets import set_target
from desktop_app.context import as_aware
from desktop_app.domain.people import Pupil
from desktop_app.domain.staff import Role
from desktop_app.domain.targets import Target
from tests.support.clock import StillClock
from tests.support.people import in_role
from tests.support.referrals import calendar_of
from tests.support.schools import SmallSchool
from tests.support.two_years import LAST_YEAR, TODAY, fill_two_years


@pytest.fixture(autouse=True)
def _two_years(school: SmallSchool, clock: StillClock) -> None:
    clock.set(2026, 11, 20, 16, 0)
    fill_two_years(school)


def test_those_below_englands_average_are_listed(school: SmallSchool) -> None:
    found = target_list(school.context, TODAY)
    assert (found.first, found.last) == LAST_YEAR
    assert found.average == 100 - Fraction(528, 100)
    assert found.says == (
        "Held against England: the full year 2025/26, primary schools, from the daily attendance data."
    )
    (kaya,) = found.pupils
    assert (kaya.name, kaya.class_name, kaya.has_target) == ("Kaya, Çağla", "4B", False)
    assert kaya.figures.attendance is not None
    assert kaya.figures.attendance < found.average
    assert kaya.one_day == Fraction(200, calendar_of(school.context).count(date(2026, 9, 1), date(2027, 8, 31)))
    set_target(school.context, school.pupils["Kaya"], Target(Fraction(95), TODAY))
    assert target_list(school.context, TODAY).pupils[0].has_target


def test_leavers_late_joiners_and_other_classes_are_not(school: SmallSchool) -> None:
    assert target_list(in_role(school.context, Role.TEACHER, "5A"), TODAY).pupils == ()
    assert target_list(in_role(school.context, Role.TEACHER, "4B"), TODAY).pupils
    with school.context.store.writing(school.context.deed("roll")) as writing:
        kaya = writing.book.get(Pupil, school.pupils["Kaya"])
        assert kaya is not None
        writing.book.put(replace(kaya, starting_day=date(2026, 7, 13)))  # seven days of last year
    assert target_list(school.context, TODAY).pupils == ()


def test_of_an_older_moment_it_says_what_was_known(school: SmallSchool, clock: StillClock) -> None:
    moment = as_aware(datetime(2026, 11, 20, 17))
    clock.set(2026, 11, 20, 18, 0)
    told = target_list(school.context, TODAY, moment)
    set_target(school.context, school.pupils["Kaya"], Target(Fraction(95), TODAY))
    assert target_list(school.context, TODAY, moment) == told
    assert target_list(school.context, TODAY, as_aware(datetime(2020, 1, 1))).pupils == ()
