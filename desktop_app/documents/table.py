"""Tables that run over pages: the column headings are repeated, and no heading stands alone at the foot of a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from desktop_app.documents.flow import HEADING_ROOM, Flow
from desktop_app.documents.page import BLACK, LEFT, SECOND, TOP
from desktop_app.documents.type import Face, clean

GAP = 10.0
OVER = 41.0
"""How much room the heading of a table takes under another heading."""


class Span(NamedTuple):
    """Text in a cell that begins on a line of its own. `quiet` is set in the second grey."""

    text: str
    bold: bool = False
    quiet: bool = False


Cell = str | Sequence[Span]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its share of the width, and whether its cells end at its right edge or are bold."""

    heading: str
    share: float
    right: bool = False
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row of cells. `shade` fills it with a grey (1 is none)."""

    cells: Sequence[Cell]
    shade: float = 1.0


@dataclass(frozen=True, slots=True)
class Setting:
    """How a table is set: size of type, distance of lines, space above and below a row, all in points."""

    size: float = 10.0
    lead: float = 15.0
    pad: float = 3.4
    heading_size: float = 8.6


ROOMY = Setting()
DENSE = Setting(size=8.8, lead=12.6, pad=3.4, heading_size=8.2)
TAIL = 3
"""So many of the last rows stand on the page of what must not be parted from the table."""


class _Run(NamedTuple):
    """A line of a cell, ready to be placed."""

    text: str
    face: Face
    grey: float


class _Place(NamedTuple):
    """Where a column stands."""

    x: float
    width: float
    column: Column


class Table:
    """A table being set on a flow."""

    def __init__(self, flow: Flow, columns: Sequence[Column], setting: Setting = ROOMY) -> None:
        self._flow = flow
        self._setting = setting
        self._places = _placed(columns, flow.size.measure)
        self._heads = [_heading(flow, place, setting.heading_size) for place in self._places]
        self._headed = any(column.heading for column in columns)
        lines = max(map(len, self._heads), default=1)
        self._head_height = setting.heading_size * (0.3 + 1.2 * lines) + 6.0 if self._headed else 0.0

    def draw(
        self, rows: Iterable[Row], heading: str = "", *, over: str = "", whole: bool = False, after: float = 0.0
    ) -> None:
        """Set the rows, under a heading of the flow where one is given, and that under another one, `over`; `whole` on
        one page wherever it can be. The last of them leave room for `after` points, so that what follows the table
        never stands without any of it."""
        prepared = [
            (row, [self._runs(cell, place) for cell, place in zip(row.cells, self._places, strict=True)])
            for row in rows
        ]
        heights = [self._height(cells) for _, cells in prepared]
        room = self._flow.size.bottom - TOP - HEADING_ROOM - self._head_height - (OVER if over else 0.0)
        keep = sum(heights) if whole and sum(heights) <= room else min(heights[0], 8 * self._setting.lead)
        tail = sum(heights[-TAIL:]) + after
        if after and len(heights) <= TAIL:
            keep = tail
        if over:
            self._flow.heading(over, OVER + self._head_height + keep)
        if heading:
            self._flow.heading(heading, self._head_height + keep)
        else:
            self._flow.need(self._head_height + keep)
        self._head()
        for place, ((row, cells), height) in enumerate(zip(prepared, heights, strict=True)):
            if after and place and place == len(heights) - TAIL and self._flow.room < tail:
                self._over()
            self._row(row, cells, height)

    def _runs(self, cell: Cell, place: _Place) -> list[_Run]:
        type_ = self._flow.type
        spans = (Span(cell, place.column.bold),) if isinstance(cell, str) else cell
        runs: list[_Run] = []
        for span in spans:
            face = type_.bold if span.bold else type_.regular
            grey = SECOND if span.quiet else BLACK
            runs += [_Run(line, face, grey) for line in face.wrap(clean(span.text), self._setting.size, place.width)]
        return runs

    def _height(self, cells: Sequence[Sequence[_Run]]) -> float:
        return max(map(len, cells)) * self._setting.lead + 2 * self._setting.pad

    def _head(self) -> None:
        flow = self._flow
        if not self._headed:
            return
        size = self._setting.heading_size
        foot = flow.y + self._head_height - 0.5 * size - 4.6
        for (x, width, column), lines in zip(self._places, self._heads, strict=True):
            draw = flow.page.text_right if column.right else flow.page.text
            at = x + width if column.right else x
            for number, line in enumerate(reversed(lines)):
                draw(at, foot - number * 1.2 * size, line, flow.type.regular, size, SECOND)
        flow.y += self._head_height
        flow.page.across(flow.y, grey=0.45)

    def _row(self, row: Row, cells: list[list[_Run]], height: float) -> None:
        """One row; one that is longer than what is left of the page goes to the next, or over it if longer still."""
        flow, setting = self._flow, self._setting
        if height > flow.room and height <= flow.size.bottom - TOP - self._head_height:
            self._over()
        line, count = 0, max(map(len, cells))
        while line < count:
            fit = int((flow.room - 2 * setting.pad) // setting.lead)
            if fit < 1:
                self._over()
                continue
            self._lines(row, [cell[line : line + fit] for cell in cells], min(fit, count - line))
            line += fit
            if line < count:
                self._over()

    def _lines(self, row: Row, cells: Sequence[Sequence[_Run]], count: int) -> None:
        flow, setting = self._flow, self._setting
        height = count * setting.lead + 2 * setting.pad
        page = flow.page
        if row.shade < 1.0:
            page.fill(LEFT, flow.y, flow.size.measure, height, row.shade)
        base = flow.y + setting.pad + setting.lead * 0.73
        for (x, width, column), runs in zip(self._places, cells, strict=True):
            for number, run in enumerate(runs):
                y = base + number * setting.lead
                if column.right:
                    page.text_right(x + width, y, run.text, run.face, setting.size, run.grey)
                else:
                    page.text(x, y, run.text, run.face, setting.size, run.grey)
        flow.y += height
        page.across(flow.y)

    def _over(self) -> None:
        self._flow.new_page()
        self._head()


def _heading(flow: Flow, place: _Place, size: float) -> list[str]:
    """A column's heading: on one line where it has no room to be broken between words, else over several lines."""
    heading = clean(place.column.heading)
    widest = max((flow.type.regular.width(word, size) for word in heading.split()), default=0.0)
    return flow.type.regular.wrap(heading, size, place.width) if widest <= place.width else [heading]


def _placed(columns: Sequence[Column], measure: float) -> list[_Place]:
    """Columns by their shares of the measure, with a gap between them."""
    room = measure - GAP * (len(columns) - 1)
    whole = sum(column.share for column in columns)
    places: list[_Place] = []
    x = LEFT
    for column in columns:
        width = room * column.share / whole
        places.append(_Place(x, width, column))
        x += width + GAP
    return places
