"""How wide the columns of a report's table are: what is in them decides, and what is left goes to the words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop_app.documents.page import MEASURE
from desktop_app.documents.table import DENSE, GAP, Column, Setting
from desktop_app.documents.type import Face, Type, clean
from desktop_app.domain.report import ReportColumn, TableBlock, Unit, Value
from desktop_app.rules.report_values import is_number, written

SIZES = (8.8, 8.0, 7.2, 6.4, 5.6)
"""Sizes of type to be tried, the largest first."""
AIR, MOST_AIR = 0.6, 16.0
"""How much of the room that is left goes to the columns of numbers, and the most that one of them gets."""
SHORT = 60.0
"""Words of a cell are broken into lines, but a column of words is no narrower than this if what is in it is wider."""


def columns_of(block: TableBlock, type_: Type) -> tuple[list[Column], Setting]:
    """The columns, and the largest setting in which the table has room on the page."""
    room = MEASURE - GAP * (len(block.columns) - 1)
    setting = DENSE
    for size in SIZES:
        setting = replace(DENSE, size=size, lead=size * 1.43, heading_size=min(DENSE.heading_size, size))
        widths = _widths(block, type_, setting, room)
        if widths:
            return _made(block.columns, widths), setting
    return _made(block.columns, [one.share for one in block.columns]), setting


def _made(columns: Sequence[ReportColumn], widths: Sequence[float]) -> list[Column]:
    return [Column(one.heading, width, right=is_number(one.unit)) for one, width in zip(columns, widths, strict=True)]


def _widths(block: TableBlock, type_: Type, setting: Setting, room: float) -> list[float]:
    """The width of each column in points; nothing where they have no room."""
    strong = bool(block.strong)
    whole = [_widest(one, _cells(block, place), type_, setting, strong) for place, one in enumerate(block.columns)]
    words = [place for place, one in enumerate(block.columns) if one.unit is Unit.TEXT]
    left = room - sum(whole)
    if left >= 0:
        share = sum(block.columns[place].share for place in words)
        others = left * (AIR if words else 1.0) / max(1, len(whole) - len(words))
        others = min(others, MOST_AIR) if words else others
        rest = left - others * (len(whole) - len(words))
        return [
            width + (rest * block.columns[place].share / share if place in words else others)
            for place, width in enumerate(whole)
        ]
    least = [min(whole[place], max(SHORT, _longest_word(block, place, type_, setting))) for place in words]
    spare = room - sum(width for place, width in enumerate(whole) if place not in words) - sum(least)
    if spare < 0:
        return []
    want = [whole[place] - one for place, one in zip(words, least, strict=True)]
    given = {place: one + spare * more / sum(want) for place, one, more in zip(words, least, want, strict=True)}
    return [given.get(place, width) for place, width in enumerate(whole)]


def _cells(block: TableBlock, place: int) -> list[Value]:
    return [row[place] for row in block.rows]


def _widest(column: ReportColumn, cells: Sequence[Value], type_: Type, setting: Setting, strong: bool) -> float:
    """The widest value, or word of the heading; a heading of a column of words is best on one line."""
    face = type_.bold if strong else type_.regular
    heading = clean(column.heading)
    head = max((type_.regular.width(one, setting.heading_size) for one in heading.split()), default=0.0)
    if column.unit is Unit.TEXT:
        head = type_.regular.width(heading, setting.heading_size)
    return max(head, *(_width(written(one, column.unit), face, setting.size) for one in cells), 8.0) + 0.5


def _width(text: str, face: Face, size: float) -> float:
    return max(face.width(line, size) for line in clean(text).split("\n"))


def _longest_word(block: TableBlock, place: int, type_: Type, setting: Setting) -> float:
    column = block.columns[place]
    words = {word for value in _cells(block, place) for word in clean(written(value, column.unit)).split()}
    return max((type_.bold.width(word, setting.size) for word in words), default=0.0) + 0.5
