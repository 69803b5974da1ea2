"""The numbers of a picture as a table: for a screen reader, for the page under it, and for the workbook beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from desktop_app.domain.charts import BarChart, CalendarChart, Chart, DaySquare, HeatChart, LineChart
from desktop_app.domain.report import ReportColumn, TableBlock, Unit, Value
from desktop_app.rules.report_values import unit_of

NO_NUMBERS = "There is nothing to draw."
PLAIN = frozenset({"present", "closed"})
STATES: Mapping[str, str] = {
    "present": "present",
    "late": "late",
    "authorised": "authorised absence",
    "unauthorised": "unauthorised absence",
    "not-counted": "not counted",
    "blank": "no mark",
    "closed": "no school",
}
"""What each state of half a day is called."""
ALL_PRESENT = "On every other school day the child was present in both halves."


def chart_table(chart: Chart) -> TableBlock:
    """Every number of a picture, and what was done when, as the rows of one table."""
    if isinstance(chart, HeatChart):
        return _heat(chart)
    if isinstance(chart, CalendarChart):
        return _calendar(chart)
    return _series(chart)


def _series(chart: LineChart | BarChart) -> TableBlock:
    unit = unit_of(chart.unit)
    milestones = chart.milestones if isinstance(chart, LineChart) else ()
    done: dict[int, list[str]] = {}
    for one in milestones:
        done.setdefault(one.at, []).append(one.text)
    columns = [_first(chart), *(ReportColumn(one.name, unit) for one in chart.series)]
    if done:
        columns.append(ReportColumn("What was done", share=2.0))
    rows: list[tuple[Value, ...]] = []
    names = _dated(chart.categories, chart.weeks if isinstance(chart, LineChart) else ())
    for place in range(len(chart.categories)):
        values: list[Value] = [names[place], *(one.values[place] for one in chart.series)]
        rows.append((*values, "; ".join(done.get(place, ()))) if done else tuple(values))
    return TableBlock(chart.title, tuple(columns), tuple(rows), empty=NO_NUMBERS)


def _first(chart: LineChart | BarChart | HeatChart) -> ReportColumn:
    """The column that says which category it is: weeks by their Monday, a real date."""
    weeks = not isinstance(chart, BarChart) and chart.weeks
    return ReportColumn(chart.each, Unit.DAY if weeks else Unit.TEXT, 1.8 if weeks else 1.4)


def _dated(names: Sequence[str], weeks: Sequence[date]) -> tuple[Value, ...]:
    return (*weeks, *names[len(weeks) :])


def _heat(chart: HeatChart) -> TableBlock:
    unit = unit_of(chart.unit)
    columns = (_first(chart), *(ReportColumn(one, unit) for one in chart.columns))
    names = _dated(chart.rows, chart.weeks)
    rows = tuple((name, *values) for name, values in zip(names, chart.values, strict=True))
    return TableBlock(chart.title, columns, rows, empty=NO_NUMBERS)


def _calendar(chart: CalendarChart) -> TableBlock:
    """Only the days on which something else than presence is to be said: a year of `present` is no help to anybody."""
    columns = (
        ReportColumn("Day", Unit.DAY),
        ReportColumn("Morning", share=1.6),
        ReportColumn("Afternoon", share=1.6),
    )
    rows = tuple(
        (one.day, _half(one.am, one.am_code), _half(one.pm, one.pm_code)) for one in chart.days if _to_say(one)
    )
    return TableBlock(chart.title, columns, rows, note=ALL_PRESENT, empty=ALL_PRESENT.replace("other ", ""))


def _to_say(day: DaySquare) -> bool:
    return not {day.am, day.pm} <= PLAIN


def _half(state: str, code: str) -> str:
    words = STATES[state]
    return f"{code}, {words}" if code and state != "present" else words
