"""A grid of shades with a number in each cell, and a school year as a calendar."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from desktop_app.documents.ink import SMALL, TINY, Ink, Sheet
from desktop_app.documents.type import Type, clean
from desktop_app.domain.charts import CalendarChart, DaySquare, HeatChart
from desktop_app.domain.report import Unit
from desktop_app.rules.calendar import SchoolCalendar
from desktop_app.rules.chart_table import STATES
from desktop_app.rules.display import DAYS, MONTHS
from desktop_app.rules.report_values import NONE, unit_of, written

ROW = 14.5
DARKEST = 0.92
LEAST_TYPE = 5.2
WIDEST_DAY, DAY_HEIGHT = 17.0, 17.0
NO_DAYS = "There is no school day in it yet."


def draw_heat(chart: HeatChart, width: float, ink: Ink, type_: Type) -> Any:
    """The grid. The worse a cell, the darker; what stands in each cell is its number."""
    unit = unit_of(chart.unit)
    rows = [type_.regular.fit(clean(one), SMALL, width * 0.3) for one in chart.rows]
    left = max((type_.regular.width(one, SMALL) for one in rows), default=0.0) + 7.0
    cell = (width - left) / max(1, len(chart.columns))
    headings = [clean(one) for one in chart.columns]
    widest = max((type_.regular.width(one, TINY) for one in headings), default=0.0)
    every = 1 if widest + 4 <= cell else max(1, int((widest + 4) / cell) + 1)
    sheet = Sheet(width, 14.0 + len(rows) * ROW + 20.0, ink, type_)
    known = [value for row in chart.values for value in row if value is not None]
    ends = (min(known), max(known)) if known else (Fraction(0), Fraction(0))
    for place in range(0, len(headings), every):
        if every > 1 and left + (place + 0.5) * cell + widest > width:
            continue
        sheet.text(
            left + (place + 0.5) * cell, 9.0, headings[place], size=TINY, colour=ink.second,
            anchor="middle" if every == 1 else "start",
        )  # fmt: skip
    size, decimals = _fits(chart, unit, cell, type_)
    for number, (name, values) in enumerate(zip(rows, chart.values, strict=True)):
        y = 14.0 + number * ROW
        sheet.text(left - 7, y + 10.2, name, anchor="end")
        for place, value in enumerate(values):
            share = _share(value, ends, worst=chart.worst)
            x = left + place * cell
            shade = sheet.shade(share * DARKEST)
            sheet.box(x, y, cell, ROW, fill=shade, stroke=ink.hairline, line=0.4)
            words = NONE if value is None else _number(value, unit, decimals)
            colour = ink.second if value is None else sheet.on(shade)
            sheet.text(x + cell / 2, y + 7.2 + size * 0.36, words, size=size, colour=colour, anchor="middle")
    _heat_key(sheet, chart, unit, known, left)
    return sheet.drawing


def draw_calendar(chart: CalendarChart, width: float, ink: Ink, type_: Type) -> Any:
    """Weeks from left to right, days from Monday down, the morning over the afternoon, and a key of what each means."""
    days = {one.day: one for one in chart.days}
    if not days:
        sheet = Sheet(width, 30.0, ink, type_)
        sheet.text(0, 20, NO_DAYS, colour=ink.second)
        return sheet.drawing
    first = SchoolCalendar.monday(min(days))
    weeks = (max(days) - first).days // 7 + 1
    rows = max(5, max(one.weekday() for one in days) + 1)
    left = 24.0
    cell = min(WIDEST_DAY, (width - left) / weeks)
    sheet = Sheet(width, 14.0 + rows * (DAY_HEIGHT + 1.5) + 22.0, ink, type_)
    for row in range(rows):
        sheet.text(
            left - 5, 14.0 + row * (DAY_HEIGHT + 1.5) + 11.0, DAYS[row], size=TINY, colour=ink.second, anchor="end"
        )
    _months(sheet, first, weeks, left, cell)
    for day, square in days.items():
        x = left + ((day - first).days // 7) * cell
        y = 14.0 + day.weekday() * (DAY_HEIGHT + 1.5)
        _day(sheet, square, x, y, cell - 1.2)
    x = left
    for state in ("present", "late", "authorised", "unauthorised", "not-counted", "blank"):
        _half(sheet, state, "", x, sheet.height - 12.0, 10.0, 8.0)
        sheet.text(x + 14, sheet.height - 5.2, STATES[state], size=TINY, colour=ink.second)
        x += 26 + type_.regular.width(STATES[state], TINY)
    return sheet.drawing


def _share(value: Fraction | None, ends: tuple[Fraction, Fraction], *, worst: bool) -> float:
    """How dark: 0 the best value there is, 1 the worst."""
    low, high = ends
    if value is None or low == high:
        return 0.0
    share = float((value - low) / (high - low))
    return share if worst else 1.0 - share


def _fits(chart: HeatChart, unit: Unit, cell: float, type_: Type) -> tuple[float, bool]:
    """The size of the numbers and whether they have their decimal: the cell decides, alike for all of them."""
    values = [value for row in chart.values for value in row if value is not None]
    for decimals in (True, False):
        widest = max((type_.regular.width(_number(one, unit, decimals), 1.0) for one in values), default=1.0)
        size = min(SMALL, (cell - 2.0) / widest)
        if size >= LEAST_TYPE:
            return size, decimals
    return LEAST_TYPE - 0.6, False


def _number(value: Fraction, unit: Unit, decimals: bool) -> str:
    """The number without its sign of per cent, which the key has."""
    words = written(value, unit).removesuffix("%")
    if decimals:
        return words
    return written(int(value + Fraction(1, 2)), Unit.COUNT) if value >= 0 else words


def _heat_key(sheet: Sheet, chart: HeatChart, unit: Unit, known: list[Fraction], left: float) -> None:
    y = sheet.height - 14.0
    if not known:
        sheet.text(left, y + 8, NO_DAYS, size=TINY, colour=sheet.ink.second)
        return
    best, worst = (min(known), max(known)) if chart.worst else (max(known), min(known))
    x = left
    for share, value in ((0.0, best), (DARKEST, worst)):
        sheet.box(x, y, 14.0, 8.0, fill=sheet.shade(share), stroke=sheet.ink.second, line=0.4)
        words = written(value, unit)
        sheet.text(x + 18, y + 6.8, words, size=TINY, colour=sheet.ink.second)
        x += 30 + sheet.type.regular.width(words, TINY)
    told = "Numbers are per cent; the stronger the shade, the worse."
    told = told if unit is Unit.PERCENT else "The stronger the shade, the worse."
    sheet.text(x, y + 6.8, told, size=TINY, colour=sheet.ink.second)


def _months(sheet: Sheet, first: date, weeks: int, left: float, cell: float) -> None:
    month = 0
    for week in range(weeks):
        monday = first + timedelta(days=7 * week)
        shown = (monday + timedelta(days=4)).month
        if shown != month and week < weeks - 1:
            sheet.text(left + week * cell, 9.0, MONTHS[shown - 1][:3], size=TINY, colour=sheet.ink.second)
            month = shown


def _day(sheet: Sheet, square: DaySquare, x: float, y: float, width: float) -> None:
    half = DAY_HEIGHT / 2
    _half(sheet, square.am, square.am_code, x, y, width, half)
    _half(sheet, square.pm, square.pm_code, x, y + half, width, half)


def _half(sheet: Sheet, state: str, code: str, x: float, y: float, width: float, height: float) -> None:
    """Half a day: white present, a bar at the foot late, slanted authorised, solid unauthorised, grey not counted, a
    cross no mark; nothing where there was no school. Its code stands in it."""
    ink = sheet.ink
    if state == "closed":
        return
    fill: Mapping[str, Any] = {"unauthorised": ink.strong, "not-counted": sheet.shade(0.18)}
    sheet.box(x, y, width, height, fill=fill.get(state, ink.paper), stroke=ink.second, line=0.4)
    if state == "late":
        sheet.box(x, y + height - 2.2, width, 2.2, fill=ink.strong)
    elif state == "authorised":
        sheet.hatch(x, y, width, height, 3.4)
    elif state == "blank":
        sheet.line(x, y, x + width, y + height, colour=ink.second)
        sheet.line(x, y + height, x + width, y, colour=ink.second)
    if code and state != "present":
        size = min(6.4, (width - 1) / max(sheet.type.bold.width(code, 1.0), 0.1))
        if state == "authorised":
            wide = sheet.type.bold.width(code, size) + 1.6
            sheet.box(x + (width - wide) / 2, y + 1.2, wide, height - 2.4, fill=ink.paper)
        colour = ink.paper if state == "unauthorised" else ink.text
        lift = 1.0 if state == "late" else 0.0
        sheet.text(
            x + width / 2,
            y + height / 2 + size * 0.36 - lift,
            code,
            size=size,
            bold=True,
            colour=colour,
            anchor="middle",
        )
