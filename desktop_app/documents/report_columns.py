"""How wide the columns of a report's table are: what is in them decides, and what is left goes to the words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from desktop_app.documents.page import LANDSCAPE, PORTRAIT, Size
from desktop_app.documents.table import DENSE, GAP, Column, Setting
from desktop_app.documents.type import Face, Type, clean
from desktop_app.domain.report import ReportColumn, TableBlock, Unit, Value
from desktop_app.rules.report_values import is_number, written

SIZES = {PORTRAIT: (8.8, 8.0), LANDSCAPE: (8.8, 8.0, 7.5)}
"""Sizes of type to be tried on a page, the largest first; none is smaller than the last, to be read."""
CLOSE = (7.5,)
"""The size of type on a page that is set closer."""
AIR, MOST_AIR = 0.6, 16.0
"""How much of the room that is left goes to the columns of numbers, and the most that one of them gets."""
SHORT = {PORTRAIT: 90.0, LANDSCAPE: 60.0}
"""Words of a cell are broken into lines, but a column of words is no narrower than this if what is in it is wider."""
NAME = 130.0
"""The same of the first column, which says what a line is about."""


def page_for(blocks: Iterable[TableBlock], type_: Type) -> Size:
    """The way the pages are turned: across where a table has no room on an upright one in letters to be read."""
    fits = all(_fitting(one, type_, PORTRAIT) for one in blocks if one.rows)
    return PORTRAIT if fits else LANDSCAPE


def parted(block: TableBlock, type_: Type, size: Size) -> list[TableBlock]:
    """The table, or the same with its columns spread over several, each with the first of them, where it has no room on
    the page."""
    if _fitting(block, type_, size) or len(block.columns) < 4:
        return [block]
    half = (len(block.columns) + 1) // 2
    left, right = range(half), (0, *range(half, len(block.columns)))
    first = replace(_only(block, left), note="")
    second = replace(_only(block, right), title=f"{block.title} (continued)")
    return [*parted(first, type_, size), *parted(second, type_, size)]


def columns_of(block: TableBlock, type_: Type, size: Size, air: float = 1.0) -> tuple[list[Column], Setting]:
    """The columns, and the largest setting in which the table has room on the page; the smallest, where in none, or
    where the page is set closer."""
    found = _fitting(block, type_, size, SIZES[size] if air == 1.0 else CLOSE)
    if found is None:
        found = [one.share for one in block.columns], _setting(SIZES[size][-1])
    widths, setting = found
    return _made(block.columns, widths), replace(setting, pad=setting.pad * air)


def _fitting(
    block: TableBlock, type_: Type, size: Size, sizes: Sequence[float] = ()
) -> tuple[list[float], Setting] | None:
    room = size.measure - GAP * (len(block.columns) - 1)
    for letters in sizes or SIZES[size]:
        setting = _setting(letters)
        widths = _widths(block, type_, setting, room, SHORT[size])
        if widths:
            return widths, setting
    return None


def _setting(size: float) -> Setting:
    return replace(DENSE, size=size, lead=size * 1.43, heading_size=min(DENSE.heading_size, size))


def _only(block: TableBlock, places: Sequence[int]) -> TableBlock:
    return replace(
        block,
        columns=tuple(block.columns[one] for one in places),
        rows=tuple(tuple(row[one] for one in places) for row in block.rows),
    )


def _made(columns: Sequence[ReportColumn], widths: Sequence[float]) -> list[Column]:
    return [Column(one.heading, width, right=is_number(one.unit)) for one, width in zip(columns, widths, strict=True)]


def _widths(block: TableBlock, type_: Type, setting: Setting, room: float, short: float) -> list[float]:
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
    least = [
        min(whole[place], max(short if place else NAME, _longest_word(block, place, type_, setting))) for place in words
    ]
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
