"""How the values of a report are written, and the numbers of a picture as a table."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from desktop_app.domain.charts import (
    BarChart,
    CalendarChart,
    DaySquare,
    HeatChart,
    LineChart,
    Milestone,
    Series,
)
from desktop_app.domain.report import Unit
from desktop_app.rules.chart_table import chart_table
from desktop_app.rules.report_values import written


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (None, Unit.PERCENT, "–"),
        (Fraction(9225, 100), Unit.PERCENT, "92.3%"),
        (Fraction(92249, 1000), Unit.PERCENT, "92.2%"),
        (90, Unit.PERCENT, "90.0%"),
        (Fraction(5, 100), Unit.POINTS, "+0.1"),
        (Fraction(-5, 100), Unit.POINTS, "-0.1"),
        (Fraction(-4, 100), Unit.POINTS, "0.0"),
        (Fraction(-125, 100), Unit.POINTS, "-1.3"),
        (0, Unit.COUNT, "0"),
        (1234567, Unit.COUNT, "1,234,567"),
        (Fraction(7, 2), Unit.COUNT, "3.5"),
        (date(2026, 11, 24), Unit.DAY, "Tue 24 Nov 2026"),
        ("4B", Unit.TEXT, "4B"),
        ("none", Unit.PERCENT, "none"),
    ],
)
def test_a_value_is_written_as_people_read_it(value: object, unit: Unit, words: str) -> None:
    assert written(value, unit) == words  # type: ignore[arg-type]


def test_lines_give_a_row_for_each_category_with_what_was_done_then() -> None:
    chart = LineChart(
        "Attendance after each step",
        "%",
        ("week 1", "week 2"),
        (Series("Tobi", (Fraction(80), None)), Series("School", (Fraction(95), Fraction(96)), ours=False)),
        (Milestone(1, "letter"), Milestone(1, "meeting")),
    )
    table = chart_table(chart)
    assert [one.heading for one in table.columns] == ["", "Tobi", "School", "What was done"]
    assert table.rows == (("week 1", Fraction(80), Fraction(95), ""), ("week 2", None, Fraction(96), "letter; meeting"))
    assert table.columns[1].unit is Unit.PERCENT


def test_bars_and_grids_keep_every_number() -> None:
    bars = chart_table(BarChart("By reason", "sessions", ("I", "M"), (Series("", (Fraction(3), Fraction(1))),)))
    assert bars.rows == (("I", Fraction(3)), ("M", Fraction(1)))
    assert bars.columns[1].unit is Unit.COUNT
    heat = HeatChart("By day", "%", ("Mon", "Tue"), ("AM", "PM"), ((Fraction(5), None), (Fraction(6), Fraction(7))))
    assert chart_table(heat).rows == (("Mon", Fraction(5), None), ("Tue", Fraction(6), Fraction(7)))


def test_weeks_are_real_days_in_the_numbers_of_a_picture() -> None:
    """One week more than there are Mondays, as where the year before had one more, keeps its words."""
    weeks = (date(2026, 8, 31), date(2026, 9, 7))
    values = (Fraction(90), None, Fraction(95))
    line = LineChart(
        "Weeks", "%", ("31 Aug", "7 Sep", "week 3"), (Series("Ours", values),), each="Week of", weeks=weeks
    )
    table = chart_table(line)
    assert (table.columns[0].heading, table.columns[0].unit) == ("Week of", Unit.DAY)
    assert [row[0] for row in table.rows] == [*weeks, "week 3"]
    heat = HeatChart("Days", "%", ("31 Aug", "7 Sep"), ("Mon",), ((Fraction(5),), (None,)), weeks=weeks)
    assert [row[0] for row in chart_table(heat).rows] == list(weeks)


def test_a_calendar_says_every_day_that_is_not_plain_presence() -> None:
    days = (
        DaySquare(date(2026, 9, 3), "present", "present", "/", "\\"),
        DaySquare(date(2026, 9, 4), "authorised", "late", "I", "L"),
        DaySquare(date(2026, 9, 5), "closed", "closed"),
        DaySquare(date(2026, 9, 7), "blank", "present", "", "\\"),
    )
    table = chart_table(CalendarChart("The year", days))
    assert table.rows == (
        (date(2026, 9, 4), "I, authorised absence", "L, late"),
        (date(2026, 9, 7), "no mark", "present"),
    )
