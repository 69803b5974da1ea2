"""The year’s summary: like weeks beside like weeks, and nothing said of persistent absence before it can be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

import pytest

from desktop_app.actions.figures import Grouping, figures
from desktop_app.actions.group_figures import whole_school
from desktop_app.actions.reports.making import make_report
from desktop_app.actions.reports.spec import Asked
from desktop_app.context import Context
from desktop_app.domain.charts import BarChart, LineChart
from desktop_app.domain.report import ChartBlock, FiguresBlock, Report, TableBlock
from desktop_app.domain.sessions import school_year_start
from desktop_app.rules.display import tenth
from tests.support.demo_school import NOW, demo_school

ON = NOW.date()
"""Friday of the third week of the second half term."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory, house, rulebook) -> Iterator[Context]:
    context, _ = demo_school(house, tmp_path_factory.mktemp("demo"), rulebook)
    yield context
    context.store.close()


def half_terms(report: Report) -> TableBlock:
    return next(one for one in report.blocks if isinstance(one, TableBlock) and one.title == "Half terms")


def test_a_half_term_that_runs_stands_beside_the_same_weeks_of_last_year(demo: Context) -> None:
    report = make_report(demo, "year-end", Asked(ON))
    row = half_terms(report).rows[1]
    days = {one.day for one in _sessions(demo, date(2025, 10, 27), date(2025, 12, 31))}
    mondays = sorted({day - timedelta(days=day.weekday()) for day in days})
    until = mondays[2] + timedelta(days=4)
    assert until < max(days), "it was cut"
    (school,) = figures(demo, min(days), until, Grouping.SCHOOL)
    assert row[0] == "Autumn 2"
    assert row[3] == school.figures.attendance
    charts = [one.chart for one in report.blocks if isinstance(one, ChartBlock)]
    chart = next(one for one in charts if isinstance(one, LineChart) and one.title == "Attendance by half term")
    assert chart.series[1].values[1] == school.figures.attendance


def _sessions(context: Context, first: date, last: date):
    with context.store.reading() as reading:
        return reading.marks.between(first, last)


def test_the_first_weeks_of_a_half_term_say_nothing_of_persistent_absence(demo: Context) -> None:
    rows = half_terms(make_report(demo, "year-end", Asked(ON))).rows
    assert None not in rows[0][5:]
    assert rows[1][5:] == (None, None), "thirty sessions are too few"
    early = make_report(demo, "year-end", Asked(school_year_start(ON) + timedelta(days=11)))
    big = next(one for one in early.blocks if isinstance(one, FiguresBlock))
    assert [one.value for one in big.figures[1:3]] == [None, None]
    for block in early.blocks:
        if isinstance(block, TableBlock) and [one.heading for one in block.columns[-2:]] == [
            "Persistently absent",
            "Severely absent",
        ]:
            assert block.title.startswith("Beside") or {row[-2:] for row in block.rows} <= {(None, None)}, block.title


PICTURED = ("Absence over the years, full year", "Pupils by how much of their sessions they missed")


@pytest.mark.parametrize("key", ["calendar", "governors", "year-end"])
def test_the_trend_and_the_shape_of_absence_stand_beside_the_authoritys_and_englands(demo: Context, key: str) -> None:
    report = make_report(demo, key, Asked(ON))
    charts = {one.chart.title: one.chart for one in report.blocks if isinstance(one, ChartBlock)}
    trend, shape = (charts[title] for title in PICTURED)
    assert isinstance(trend, LineChart)
    names = [one.name for one in trend.series]
    assert names[0] == "Ours"
    assert any(one.startswith("Sefton") for one in names)
    assert any(one.startswith("England") for one in names)
    year = whole_school(demo, date(2025, 9, 1), date(2026, 8, 31), comparable=True).figures
    exact = Fraction(100 * year.absent, year.possible)
    assert trend.series[0].values[-1] == (tenth(exact) if key == "governors" else exact)
    assert isinstance(shape, BarChart)
    assert [one.ours for one in shape.series] == [True, False]
    bars = [one for one in charts.values() if one.title.startswith("Absence, full year") and isinstance(one, BarChart)]
    assert bool(bars) is (key != "governors")


def test_the_school_is_named_with_its_year_beside_others(demo: Context) -> None:
    for key in ("governors", "year-end"):
        blocks = make_report(demo, key, Asked(ON)).blocks
        beside = next(one for one in blocks if isinstance(one, TableBlock) and one.title.startswith("Beside others"))
        assert beside.rows[0][0] == "This school, 2025/26"
