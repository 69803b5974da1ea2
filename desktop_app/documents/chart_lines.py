"""Lines over time, and bars side by side."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor, log10
from typing import Any, NamedTuple

from desktop_app.documents.ink import SMALL, TINY, Ink, Sheet
from desktop_app.documents.type import Type, clean
from desktop_app.domain.charts import BarChart, LineChart, Series
from desktop_app.rules.report_values import unit_of, written

PLOT, LOW = 165.0, 78.0
DASHES: tuple[tuple[float, ...], ...] = ((), (5, 2.5), (1.2, 2.2), (7, 2, 1.5, 2))
MOST_LABEL = 118.0
LEAD = 10.5
BAR, BAR_GAP, GROUP_GAP = 10.0, 1.5, 8.0
NOTHING = "There is nothing to draw yet."


class _Scale(NamedTuple):
    """An axis of values: its ends, its ticks, and where it lies on the sheet."""

    low: float
    high: float
    ticks: tuple[float, ...]
    start: float
    length: float

    def at(self, value: float | Fraction) -> float:
        """How far from the low end, in points."""
        return self.start + self.length * (float(value) - self.low) / (self.high - self.low)


def draw_lines(chart: LineChart, width: float, ink: Ink, type_: Type) -> Any:
    """Each series a line of its own kind with its name and last value at its end; a gap where there is no value."""
    plot = LOW if chart.low else PLOT
    notes = [f"{number}  {chart.categories[one.at]}: {one.text}" for number, one in enumerate(chart.milestones, 1)]
    said = [line for note in notes for line in type_.regular.wrap(clean(note), SMALL, width - 40)]
    top = 20.0 if notes else 9.0
    known = [value for one in chart.series for value in one.values if value is not None]
    if not known:
        return nothing(width, ink, type_)
    sheet = Sheet(width, top + plot + 20.0 + len(said) * LEAD + (4.0 if said else 0.0), ink, type_)
    unit = unit_of(chart.unit)
    ends = [_end(chart, one) for one in chart.series]
    right = max((min(MOST_LABEL, type_.bold.width(one, SMALL)) for one in ends), default=0.0) + 12.0
    scale = _scale(float(min(known)), float(max(known)), top + plot, -plot)
    ticks = [_tick(one, chart.unit) for one in scale.ticks]
    left = max(type_.regular.width(one, TINY) for one in ticks) + 7.0
    step = (width - left - right) / max(1, len(chart.categories) - 1)
    for value, words in zip(scale.ticks, ticks, strict=True):
        sheet.line(left, scale.at(value), width - right, scale.at(value))
        sheet.text(left - 5, scale.at(value) + 2.5, words, size=TINY, colour=ink.second, anchor="end")
    _below(sheet, chart.categories, left, step, top + plot + 11.0)
    for number, one in enumerate(chart.milestones, 1):
        x = left + one.at * step
        sheet.line(x, top - 8, x, top + plot, colour=ink.second, width=0.8, dash=(2, 2))
        sheet.text(x, top - 11, str(number), size=TINY, bold=True, anchor="middle")
    for number, one in sorted(enumerate(chart.series), key=lambda found: found[1].ours):
        _line(sheet, one, number, scale, left, step)
    places = [_last(one, scale) for one in chart.series]
    for number, y in _spread(places, top, top + plot):
        series = chart.series[number]
        words = type_.bold.fit(clean(series.name), SMALL, MOST_LABEL - 36)
        last = written(next((one for one in reversed(series.values) if one is not None), None), unit)
        sheet.text(width - right + 8, y + 2.8, f"{words} {last}", bold=series.ours)
    for number, line in enumerate(said):
        sheet.text(left, top + plot + 26.0 + number * LEAD, line, colour=ink.second)
    return sheet.drawing


def draw_bars(chart: BarChart, width: float, ink: Ink, type_: Type) -> Any:
    """Bars from left to right, one under the other, each with its number; more than one series has a key above."""
    series = chart.series
    key = 18.0 if len(series) > 1 else 4.0
    bars = len(series) * BAR + max(0, len(series) - 1) * BAR_GAP
    known = [value for one in series for value in one.values if value is not None]
    if not known:
        return nothing(width, ink, type_)
    names = [type_.regular.wrap(clean(one), SMALL, width * 0.32) for one in chart.categories]
    groups = [max(bars, len(lines) * LEAD) + GROUP_GAP for lines in names]
    sheet = Sheet(width, key + sum(groups) + 4.0, ink, type_)
    unit = unit_of(chart.unit)
    left = max(type_.regular.width(one, SMALL) for lines in names for one in lines) + 8.0
    room = max(type_.regular.width(written(one, unit), SMALL) for one in known) + 6.0
    low, high = min(0.0, float(min(known))), max(0.0, float(max(known)))
    scale = _Scale(low, high or 1.0, (), left + (room if low < 0 else 0), width - left - room * (2 if low < 0 else 1))
    if len(series) > 1:
        x = left
        for number, one in enumerate(series):
            _bar(sheet, x, 2.0, 14.0, BAR - 2, number)
            sheet.text(x + 18, 9.5, one.name, bold=one.ours)
            x += 30 + type_.bold.width(clean(one.name), SMALL)
    for place, lines in enumerate(names):
        middle = key + sum(groups[:place]) + (groups[place] - GROUP_GAP) / 2
        for number, line in enumerate(lines):
            sheet.text(left - 8, middle + 2.8 + (number - (len(lines) - 1) / 2) * LEAD, line, anchor="end")
        for number, one in enumerate(series):
            y = middle - bars / 2 + number * (BAR + BAR_GAP)
            _bar_of(sheet, one.values[place], number, scale, y, written(one.values[place], unit))
    base = scale.at(0)
    sheet.line(base, key - 2, base, sheet.height - 4, colour=ink.second, width=0.8)
    return sheet.drawing


def nothing(width: float, ink: Ink, type_: Type) -> Any:
    """What stands in the place of a picture that has no value."""
    sheet = Sheet(width, 24.0, ink, type_)
    sheet.text(0, 14, NOTHING, colour=ink.second)
    return sheet.drawing


def _bar_of(sheet: Sheet, value: Fraction | None, number: int, scale: _Scale, y: float, words: str) -> None:
    base = scale.at(0)
    end = base if value is None else scale.at(value)
    if abs(end - base) > 0.3:
        _bar(sheet, min(base, end), y, abs(end - base), BAR, number)
    before = value is not None and value < 0
    sheet.text(end - 4 if before else end + 4, y + 7.9, words, anchor="end" if before else "start")


def _bar(sheet: Sheet, x: float, y: float, width: float, height: float, number: int) -> None:
    """The first series solid, the second slanted, the third empty, the fourth slanted the other way and dense."""
    ink = sheet.ink
    kind = number % 4
    sheet.box(x, y, width, height, fill=ink.strong if kind == 0 else ink.paper, stroke=ink.strong)
    if kind in (1, 3):
        sheet.hatch(x, y, width, height, 4.0 if kind == 1 else 2.6, falling=kind == 3)


def _line(sheet: Sheet, series: Series, number: int, scale: _Scale, left: float, step: float) -> None:
    ink = sheet.ink
    colour = ink.strong if series.ours else ink.second
    width = 1.7 if series.ours else 1.1
    run: list[tuple[float, float]] = []
    runs = [run]
    for place, value in enumerate(series.values):
        if value is None:
            run = []
            runs.append(run)
            continue
        run.append((left + place * step, scale.at(value)))
    for points in runs:
        if len(points) > 1:
            sheet.path(points, colour, width, DASHES[number % len(DASHES)])
        few = len(series.values) <= 45
        for x, y in points if few else points[:1] + points[-1:]:
            sheet.marker(x, y, number, colour)


def _below(sheet: Sheet, categories: Sequence[str], left: float, step: float, y: float) -> None:
    """The names under the axis: as many as there is room for, the first one always."""
    widest = max((sheet.type.regular.width(clean(one), TINY) for one in categories), default=0.0)
    every = max(1, ceil((widest + 5.0) / max(step, 0.1)))
    for place in range(0, len(categories), every):
        anchor = "start" if place == 0 and widest / 2 > left else "middle"
        sheet.text(left + place * step, y, categories[place], size=TINY, colour=sheet.ink.second, anchor=anchor)


def _end(chart: LineChart, series: Series) -> str:
    last = next((one for one in reversed(series.values) if one is not None), None)
    return f"{clean(series.name)} {written(last, unit_of(chart.unit))}"


def _last(series: Series, scale: _Scale) -> float | None:
    value = next((one for one in reversed(series.values) if one is not None), None)
    return None if value is None else scale.at(value)


def _spread(places: Sequence[float | None], top: float, bottom: float) -> list[tuple[int, float]]:
    """Where the names at the ends of lines stand, so that none lies over another."""
    found = sorted((y, number) for number, y in enumerate(places) if y is not None)
    set_: list[tuple[int, float]] = []
    at = top - LEAD
    for y, number in found:
        at = max(y, at + LEAD)
        set_.append((number, at))
    over = max(0.0, at - bottom)
    return [(number, y - over) for number, y in set_]


def _scale(low: float, high: float, start: float, length: float) -> _Scale:
    """An axis between round numbers, with a tick at each of them."""
    span = (high - low) or max(abs(high), 1.0) * 0.1
    size = 10 ** floor(log10(span / 4))
    step = next(size * one for one in (1, 2, 5, 10) if span / (size * one) <= 5)
    first = floor(low / step + 1e-9)
    last = max(ceil(high / step - 1e-9), first + 1)
    return _Scale(first * step, last * step, tuple(one * step for one in range(first, last + 1)), start, length)


def _tick(value: float, unit: str) -> str:
    words = f"{value:.2f}".rstrip("0").rstrip(".")
    return f"{words}{'%' if unit == '%' else ''}"
