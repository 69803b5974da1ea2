"""Draws the cells of the register. It runs for every cell of every key press, so all it needs is made ready before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPen, QPolygon
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from desktop_app.actions.register_page import Cell, ColumnState, Row
from desktop_app.rules.display import percent
from ui.parts.chip import paint_chip
from ui.register.model import BAND, SESSIONS, RegisterModel
from ui.theme import Theme
from ui.tokens import RING, MarkLook, TextRole

EAR = 9
"""The side of the corner triangle that says "minutes", in device-independent pixels."""
DAY_RULE = 2


class Cursor(Protocol):
    """What the drawing asks of the grid."""

    cursor_row: int
    cursor_column: int
    has_range: bool
    today: frozenset[int]

    def is_selected(self, row: int, column: int) -> bool: ...
    def is_active(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class _Letter:
    """A code ready to be drawn: where its letter stands from the middle of a cell, and in what."""

    text: str
    font: QFont
    ink: QColor
    fill: QColor | None
    left: int
    boxed: bool


class MarkDelegate(QStyledItemDelegate):
    """Letter first, fill second: every mark can be read without its colour."""

    def __init__(self, theme: Theme, model: RegisterModel, cursor: Cursor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = model
        self._cursor = cursor
        self._letters: dict[tuple[str, str], _Letter] = {}
        self.make_ready()

    def make_ready(self) -> None:
        """Take colours and fonts from the theme again."""
        theme = self._theme
        self._letters.clear()
        self._surface = theme.colour("surface")
        self._ahead = theme.colour("page")
        self._soft = theme.colour("soft")
        self._line = theme.colour("line")
        self._day_rule = theme.colour("strong_line")
        self._accent = theme.colour("accent")
        self._second = theme.colour("second")
        self._ring = QPen(self._accent, RING)
        self._ring.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        self._hatch = QBrush(self._day_rule, Qt.BrushStyle.BDiagPattern)
        self._body = theme.font(TextRole.BODY)
        metrics = theme.metrics(TextRole.BODY)
        self._baseline = (metrics.ascent() - metrics.descent()) // 2 + 1

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row, column = index.row(), index.column()
        rect: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        if column >= SESSIONS:
            self._figure(painter, rect, self._model.row_at(row), column)
            return
        cell = self._model.cell_at(row, column)
        typed = self._model.waiting_at(row, column)
        letter = self._waiting(typed) if typed else self._letter(column, cell)
        self._ground(painter, rect, row, column, cell, letter)
        if letter is not None:
            self._draw(painter, rect, letter)
        if cell.mark is not None and not typed:
            self._corners(painter, rect, cell, letter)
        self._lines(painter, rect, column)
        if row == self._cursor.cursor_row and column == self._cursor.cursor_column:
            self._draw_ring(painter, rect)

    def _ground(
        self, painter: QPainter, rect: QRect, row: int, column: int, cell: Cell, letter: _Letter | None
    ) -> None:
        fill = letter.fill if letter is not None and letter.fill is not None else self._surface
        if fill is self._surface and self._model.still_to_come(column):
            fill = self._ahead
        painter.fillRect(rect, fill)
        state = self._model.columns[column].state
        if cell.why and state is not ColumnState.NO_SCHOOL and state is not ColumnState.FUTURE:
            painter.fillRect(rect, self._hatch)
        if self._cursor.has_range and self._cursor.is_selected(row, column):
            tint = QColor(self._accent)
            tint.setAlpha(38)
            painter.fillRect(rect, tint)

    def _letter(self, column: int, cell: Cell) -> _Letter | None:
        if cell.mark is not None:
            return self._ready(cell.mark.code, "mark")
        if cell.planned:
            return self._ready(cell.planned, "planned")
        if self._model.columns[column].state is ColumnState.NO_SCHOOL:
            return self._ready("#", "closed")
        return None

    def _waiting(self, typed: str) -> _Letter:
        return self._ready(f"{typed}…", "waiting")

    def _ready(self, text: str, manner: str) -> _Letter:
        found = self._letters.get((text, manner))
        if found is None:
            found = self._letters[text, manner] = self._make(text, self._look(text, manner))
        return found

    def _look(self, text: str, manner: str) -> MarkLook:
        code = self._model.codes.get(text)
        match manner:
            case "mark":
                return self._theme.mark(None, code)
            case "planned":
                return self._theme.mark(None, code, planned=True)
            case "closed":
                return self._theme.closed_look()
            case _:
                return MarkLook("", self._theme.palette.second, italic=True)

    def _make(self, text: str, look: MarkLook) -> _Letter:
        font = self._theme.font(TextRole.STRONG if look.bold else TextRole.BODY)
        font.setItalic(look.italic)
        width = self._theme.metrics(TextRole.STRONG if look.bold else TextRole.BODY).horizontalAdvance(text)
        fill = self._theme.colour(look.fill) if look.fill else None
        return _Letter(text, font, self._theme.colour(look.text), fill, -(width // 2), look.boxed)

    def _draw(self, painter: QPainter, rect: QRect, letter: _Letter) -> None:
        middle = rect.center()
        painter.setPen(letter.ink)
        painter.setFont(letter.font)
        painter.drawText(middle.x() + letter.left + 1, middle.y() + self._baseline, letter.text)
        if letter.boxed:
            pen = QPen(letter.ink, RING)
            pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(3, 2, -3, -3))

    def _corners(self, painter: QPainter, rect: QRect, cell: Cell, letter: _Letter | None) -> None:
        mark = cell.mark
        if mark is None or letter is None or (mark.minutes is None and not mark.note):
            return
        painter.setPen(Qt.PenStyle.NoPen)
        if mark.minutes is not None:
            right, top = rect.right(), rect.top()
            painter.setBrush(letter.ink)
            painter.drawPolygon(QPolygon([QPoint(right - EAR, top), QPoint(right, top), QPoint(right, top + EAR)]))
        if mark.note:
            right, foot = rect.right(), rect.bottom()
            painter.setBrush(self._second)
            painter.drawPolygon(
                QPolygon([QPoint(right - EAR + 2, foot), QPoint(right, foot), QPoint(right, foot - EAR + 2)])
            )

    def _lines(self, painter: QPainter, rect: QRect, column: int) -> None:
        left, top, width, height = rect.left(), rect.top(), rect.width(), rect.height()
        painter.fillRect(left, top + height - 1, width, 1, self._line)
        today = column in self._cursor.today
        if column % 2 == 0:
            painter.fillRect(left, top, DAY_RULE, height, self._accent if today else self._day_rule)
            painter.fillRect(left + width - 1, top, 1, height, self._line)
        elif today:
            painter.fillRect(left + width - DAY_RULE, top, DAY_RULE, height, self._accent)
        elif column == SESSIONS - 1:
            painter.fillRect(left + width - 1, top, 1, height, self._line)

    def _draw_ring(self, painter: QPainter, rect: QRect) -> None:
        inner = rect.adjusted(3, 1, -2, -2) if self._cursor.cursor_column % 2 == 0 else rect.adjusted(1, 1, -2, -2)
        if self._cursor.is_active():
            painter.setPen(self._ring)
        else:
            painter.setPen(self._second)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(inner)

    def _figure(self, painter: QPainter, rect: QRect, row: Row, column: int) -> None:
        painter.fillRect(rect, self._surface)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, self._line)
        if column == BAND:
            paint_chip(painter, rect.adjusted(10, 0, -4, -1), self._theme, row.band)
            return
        rate = row.figures.attendance
        painter.setFont(self._body)
        painter.setPen(self._second if rate is None else self._theme.colour("ink"))
        area = rect.adjusted(0, 0, -10, -1)
        painter.drawText(
            area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, "–" if rate is None else percent(rate)
        )
