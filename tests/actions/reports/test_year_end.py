"""The year’s summary: like weeks beside like weeks, and nothing said of persistent absence before it can be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from desktop_app.actions.figures import Grouping, figures
from desktop_app.actions.reports.making import make_report
from desktop_app.actions.reports.spec import Asked
from desktop_app.context import Context
from desktop_app.domain.charts import LineChart
from desktop_app.domain.report import ChartBlock, FiguresBlock, Report, TableBlock
from desktop_app.domain.sessions import school_year_start
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
    chart = next(one.chart for one in report.blocks if isinstance(one, ChartBlock) and isinstance(one.chart, LineChart))
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
