"""Pictures as facts: drawn once, by `documents/charts.py`, for the screen, the PDF and the workbook alike.

Every value is exact; None: there is none (no session, or nothing was published). No picture says anything by colour
alone: series differ in line or hatching, cells carry their number, and each picture has its numbers as a table.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Series:
    """One line or one set of bars: its name, and a value for each category. `ours`: it is the school's own, and drawn
    strongest. Values of the census and of the daily collection never share a series."""

    name: str
    values: tuple[Fraction | None, ...]
    ours: bool = True


@dataclass(frozen=True, slots=True)
class Milestone:
    """A mark on a line: at which category (from 0), and what was done then (a letter, a meeting, a step)."""

    at: int
    text: str


@dataclass(frozen=True, slots=True)
class LineChart:
    """Values over time; `unit` is what one is of (`%`, `sessions`). `low`: drawn half as high, beside other things.
    `each` says what a category is (the heading of the first column of its numbers); where they are weeks, `weeks` are
    their Mondays, of which there may be fewer."""

    title: str
    unit: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    milestones: tuple[Milestone, ...] = ()
    low: bool = False
    each: str = ""
    weeks: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class BarChart:
    """Values side by side: groups, bands, reasons. `each` as of a line."""

    title: str
    unit: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    each: str = ""


@dataclass(frozen=True, slots=True)
class HeatChart:
    """A grid of values, such as weekday by week: `values[row][column]`. `worst` is the end that is drawn darkest: True
    where a high value is a bad one (absence), False where a low one is (attendance). `each` and `weeks` as of a line,
    of the rows."""

    title: str
    unit: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: tuple[tuple[Fraction | None, ...], ...]
    worst: bool = True
    each: str = ""
    weeks: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class DaySquare:
    """One day of a year's calendar: the codes of its halves (empty: none) and whether each was an absence or late.
    `am` and `pm` are `present`, `late`, `authorised`, `unauthorised`, `not-counted`, `blank` or `closed`."""

    day: date
    am: str
    pm: str
    am_code: str = ""
    pm_code: str = ""


@dataclass(frozen=True, slots=True)
class CalendarChart:
    """A school year of one child as a calendar: weeks from left to right, days from Monday down."""

    title: str
    days: tuple[DaySquare, ...]


Chart = LineChart | BarChart | HeatChart | CalendarChart
