"""A report as facts: what the screen, the PDF and the workbook all show, so that no two of them can disagree.

A value is kept exact. How it is rounded and written follows from the `Unit` of its column, in one place
(`rules/report_values.py`), whichever page it lands on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction

from desktop_app.domain.charts import Chart

Value = str | int | Fraction | date | None
"""What stands in a cell. None: there is no such figure (no session was possible, nothing was published)."""


class Unit(StrEnum):
    """What a value is, and so how it is written."""

    TEXT = "text"
    COUNT = "count"
    PERCENT = "percent"
    """A `Fraction` of 0 to 100."""
    POINTS = "points"
    """A difference of two percentages, in percentage points, with its sign."""
    DAY = "day"
    MOMENT = "moment"
    """A day with the time of it, school local time."""


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """A column of a report's table: its heading, what its values are, and its share of the width."""

    heading: str
    unit: Unit = Unit.TEXT
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table. Each row has one value for each column; `strong` names the rows (from 0) that are totals. `empty` is the
    sentence that stands in its place where it has no row, `note` what is said under it. `pupils` has, for each row,
    the id of the child it is about (0: none), so that the screen can open it."""

    title: str
    columns: tuple[ReportColumn, ...]
    rows: tuple[tuple[Value, ...], ...]
    note: str = ""
    empty: str = "Nothing to show."
    strong: frozenset[int] = frozenset()
    pupils: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph, under a heading where it has one."""

    text: str
    heading: str = ""


@dataclass(frozen=True, slots=True)
class BigFigure:
    """One figure to be read from afar: its name, value and unit, and the sentence that says what it is held against."""

    name: str
    value: Value
    unit: Unit = Unit.PERCENT
    says: str = ""


@dataclass(frozen=True, slots=True)
class FiguresBlock:
    """A few big figures side by side. `fresh`: on paper they begin a new page, since what follows goes to somebody
    else."""

    figures: tuple[BigFigure, ...]
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class ChartBlock:
    """A picture, which carries its numbers as a table (`rules/chart_table.py`)."""

    chart: Chart


Block = TableBlock | TextBlock | FiguresBlock | ChartBlock


@dataclass(frozen=True, slots=True)
class Report:
    """A report, ready to be shown, printed or put in a workbook.

    `counts` says who and what is counted (all on roll, or as the DfE does). `public`: it names no child, and every
    group in it is ten or more, or joined with others, so that none can be told by subtraction. `handed_on`: it names
    children and is made to be given to others who work with them. `one_page`: it is a summary, set closer where it
    would go over a page. `pupil` is the child it is about, 0 where it is about many. `as_at` (school local time) is the
    moment up to which the record was read.
    """

    key: str
    title: str
    subtitle: str
    school: str
    as_at: datetime
    counts: str
    blocks: Sequence[Block]
    public: bool = False
    pupil: int = 0
    handed_on: bool = False
    one_page: bool = False
