"""The school beside its authority and England, from marks of two school years."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

import pytest

from desktop_app.actions.benchmarks import import_benchmarks, set_comparators
from desktop_app.actions.comparison import absence_shape, absence_trend, compare, comparisons
from desktop_app.context import as_aware
from desktop_app.domain.comparison import Collection, PeriodOf, Published
from desktop_app.domain.errors import NotAllowed, Refused
from desktop_app.domain.marks import NewMark
from desktop_app.domain.sessions import Half
from desktop_app.domain.staff import Role
from tests.support.benchmarks import ENGLAND, KNOWSLEY, figures_file
from tests.support.clock import StillClock
from tests.support.people import in_role
from tests.support.referrals import calendar_of
from tests.support.running import finish
from tests.support.schools import SmallSchool
from tests.support.two_years import LAST_YEAR, TODAY, fill_two_years


@pytest.fixture(autouse=True)
def _two_years(school: SmallSchool, clock: StillClock) -> None:
    clock.set(2026, 11, 20, 16, 0)
    fill_two_years(school)


def test_the_last_whole_year_stands_beside_the_same_of_authority_and_england(school: SmallSchool) -> None:
    found = compare(school.context, TODAY)
    assert found.period is PeriodOf.YEAR
    assert [(one.area, one.phase, one.school_year) for one in found.published] == [
        ("Knowsley", "Primary", "2025/26"),
        ("England", "Primary", "2025/26"),
    ]
    calendar = calendar_of(school.context)
    days = calendar.school_days(*LAST_YEAR)
    missed = 2 * sum(day.weekday() == 4 for day in days)
    assert found.absence == Fraction(100 * missed, 6 * 2 * len(days))
    assert (found.persistent, found.severe) == (Fraction(100, 6), 0)


def test_the_year_so_far_is_held_against_nothing_and_no_line_is_mixed(school: SmallSchool) -> None:
    to_date, daily, census = comparisons(school.context, TODAY)
    assert (to_date.period, to_date.published, to_date.absence) == (PeriodOf.YEAR_TO_DATE, (), 0)
    assert {one.collection for one in daily.published} == {Collection.DAILY}
    assert {one.collection for one in census.published} == {Collection.CENSUS}
    assert daily.absence == census.absence


def test_as_at_it_is_the_same_to_the_last_digit(school: SmallSchool, clock: StillClock, tmp_path: Path) -> None:
    moment = as_aware(datetime(2026, 11, 20, 17))
    clock.set(2026, 11, 20, 18, 0)
    told = comparisons(school.context, TODAY, moment)
    clock.set(2027, 3, 1, 9, 0)
    finish(import_benchmarks(school.context, figures_file(tmp_path / "new.csv", ENGLAND, KNOWSLEY), dry_run=False))
    with school.context.store.writing(school.context.deed("amended")) as writing:
        writing.marks.add([NewMark(school.pupils["Doyle"], date(2026, 7, 20), Half.AM, "O", reason="found out")])
    assert comparisons(school.context, TODAY, moment) == told
    later = compare(school.context, TODAY)
    assert later.absence is not None
    assert compare(school.context, TODAY, moment).absence != later.absence
    assert [one.absence for one in later.published] == [Fraction(33, 5), Fraction(53, 10)]
    with pytest.raises(Refused, match="Nothing of the school had been recorded"):
        compare(school.context, TODAY, as_aware(datetime(2020, 1, 1)))


def test_rows_that_the_school_typed_stand_last(school: SmallSchool) -> None:
    trust = Published("2025/26", PeriodOf.YEAR, "Our trust", "Primary", "All pupils", Collection.DAILY, "its report",
                      Fraction(11, 2))  # fmt: skip
    set_comparators(school.context, [trust])
    assert [one.area for one in compare(school.context, TODAY).published] == ["Knowsley", "England", "Our trust"]


def test_a_governor_may_compare_and_a_supply_teacher_may_not(school: SmallSchool) -> None:
    assert compare(in_role(school.context, Role.GOVERNOR), TODAY).published
    with pytest.raises(NotAllowed):
        compare(in_role(school.context, Role.SUPPLY, "4B"), TODAY)


def test_the_shape_stands_beside_englands_and_names_nobody(school: SmallSchool) -> None:
    chart = absence_shape(school.context, TODAY)
    assert chart is not None
    ours, england = chart.series
    assert (chart.categories[0], chart.categories[-1]) == ("0 to under 5%", "50% or more")
    assert ours.name == "Ours, the full year 2025/26"
    assert sum(value or 0 for value in ours.values) == 100
    assert ours.values[0] == Fraction(500, 6)
    assert (england.name, england.ours) == ("England, the full year 2022/23", False)
    assert england.values[0] == Fraction(5612, 100)
    assert absence_shape(school.context, TODAY, public=True) is None  # six pupils
    assert absence_shape(in_role(school.context, Role.GOVERNOR), TODAY) is None
    assert absence_shape(in_role(school.context, Role.TEACHER, "2W"), TODAY) is None
    assert absence_shape(in_role(school.context, Role.READ_ONLY), TODAY) == chart
    assert absence_shape(school.context, TODAY, as_aware(datetime(2020, 1, 1))) is None


def test_the_trend_has_a_line_for_each_area_and_collection(school: SmallSchool) -> None:
    chart = absence_trend(school.context, TODAY)
    assert chart.categories == ("2023/24", "2024/25", "2025/26")
    named = {one.name: one.values for one in chart.series}
    assert named["Ours"][:2] == (None, None)
    assert named["Knowsley (daily data)"] == (None, Fraction(646, 100), Fraction(669, 100))
    assert named["England (daily data)"] == (None, Fraction(525, 100), Fraction(528, 100))
    assert named["England (census)"] == (Fraction(11, 2), None, None)
    assert [one.ours for one in chart.series] == [True, False, False, False]
