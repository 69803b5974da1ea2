"""Draws the cells of the register. It runs for every cell of every key press, so it only draws what is ready."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygon
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from ui.register.faces import ChipFace, Face, Faces
from ui.register.model import BAND, SESSIONS, RegisterModel
from ui.theme import Theme
from ui.tokens import RADIUS_CHIP, RING, TextRole

EAR = 9
"""The side of the corner triangle that says "minutes", in device-independent pixels."""
PLANNED_HALF = 9
"""Half the length of the dashes under a letter that is only planned."""
DAY_RULE = 2
FIGURE_PAD = 10


class Cursor(Protocol):
    """What the drawing asks of the grid."""

    cursor_row: int
    cursor_column: int
    has_range: bool
    today: frozenset[int]

    def is_selected(self, row: int, column: int) -> bool: ...
    def is_active(self) -> bool: ...


class MarkDelegate(QStyledItemDelegate):
    """Letter first, fill second: every mark can be read without its colour."""

    def __init__(self, theme: Theme, model: RegisterModel, cursor: Cursor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._cursor = cursor
        self._model = model
        self._faces = Faces(theme, model)
        self.make_ready()

    def make_ready(self) -> None:
        """Take colours and fonts from the theme again."""
        theme = self._theme
        self._faces.forget()
        self._surface = theme.colour("surface")
        self._line = theme.colour("line")
        self._day_rule = theme.colour("strong_line")
        self._accent = theme.colour("accent")
        self._ink, self._second = theme.colour("ink"), theme.colour("second")
        self._tint = QColor(self._accent)
        self._tint.setAlpha(38)
        self._ring = _square_pen(self._accent)
        self._hatch = QBrush(self._day_rule, Qt.BrushStyle.BDiagPattern)
        self._body, self._small = theme.font(TextRole.BODY), theme.font(TextRole.SECONDARY_STRONG)
        self._baseline = _baseline(theme, TextRole.BODY)
        self._mark_baseline = self._baseline if self._model.day < 0 else _baseline(theme, TextRole.PAGE_TITLE)
        self._small_baseline = _baseline(theme, TextRole.SECONDARY_STRONG)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row, column = index.row(), index.column()
        rect: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        if column >= SESSIONS:
            self._beside(painter, rect, index)
            return
        left, top, width, height = rect.getRect()  # pyright: ignore[reportGeneralTypeIssues]
        face = self._faces.of(row, column)
        painter.fillRect(rect, self._line)
        morning = column % 2 == 0
        today = column in self._cursor.today
        if morning and column == self._model.day:
            self._alone(painter, rect, face, today=today)
        elif morning:
            painter.fillRect(left, top, DAY_RULE, height, self._accent if today else self._day_rule)
            painter.fillRect(left + DAY_RULE, top, width - DAY_RULE - 1, height - 1, face.fill)
        else:
            edge = DAY_RULE if today else 1 if column == SESSIONS - 1 else 0
            painter.fillRect(left, top, width - edge, height - 1, face.fill)
            if today:
                painter.fillRect(left + width - DAY_RULE, top, DAY_RULE, height, self._accent)
        if face.hatched:
            painter.fillRect(left + DAY_RULE, top, width - DAY_RULE - 1, height - 1, self._hatch)
        if face.text:
            painter.setFont(face.font)
            painter.setPen(face.ink)
            painter.drawText(left + width // 2 + face.left, top + height // 2 + self._mark_baseline, face.text)
        if face.extra:
            self._extra(painter, rect, face)
        cursor = self._cursor
        if cursor.has_range and cursor.is_selected(row, column):
            painter.fillRect(rect, self._tint)
        if row == cursor.cursor_row and column == cursor.cursor_column:
            painter.setPen(self._ring if cursor.is_active() else self._second)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(3 if morning else 1, 1, -2, -2))

    def _alone(self, painter: QPainter, rect: QRect, face: Face, *, today: bool) -> None:
        """The ground of a morning in the day view, where no afternoon closes the frame of the day."""
        rule = self._accent if today else self._day_rule
        painter.fillRect(rect, rule)
        painter.fillRect(rect.adjusted(DAY_RULE, 0, -DAY_RULE if today else -1, 0), self._line)
        painter.fillRect(rect.adjusted(DAY_RULE, 0, -DAY_RULE if today else -1, -1), face.fill)

    def _extra(self, painter: QPainter, rect: QRect, face: Face) -> None:
        right, top, foot = rect.right(), rect.top(), rect.bottom() - 1
        if face.boxed:
            painter.setPen(_square_pen(face.ink))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(3, 2, -3, -3))
        if face.planned:
            middle = rect.center().x() + 1
            painter.setPen(QPen(face.ink, 1, Qt.PenStyle.DashLine))
            painter.drawLine(middle - PLANNED_HALF, foot - 3, middle + PLANNED_HALF, foot - 3)
        painter.setPen(Qt.PenStyle.NoPen)
        if face.minutes:
            painter.setBrush(face.ink)
            painter.drawPolygon(QPolygon([QPoint(right - EAR, top), QPoint(right, top), QPoint(right, top + EAR)]))
        if face.note:
            low = EAR - 2
            painter.setBrush(self._second)
            painter.drawPolygon(QPolygon([QPoint(right - low, foot), QPoint(right, foot), QPoint(right, foot - low)]))

    def _beside(self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        if index.column() > BAND:
            self._words(painter, rect, str(index.data() or ""))
        else:
            self._figure(painter, rect, index.row(), index.column())

    def _figure(self, painter: QPainter, rect: QRect, row: int, column: int) -> None:
        left, top, width, height = rect.getRect()  # pyright: ignore[reportGeneralTypeIssues]
        painter.fillRect(rect, self._line)
        painter.fillRect(left, top, width, height - 1, self._surface)
        figure = self._faces.figure(row)
        if column == BAND:
            if figure.chip is not None:
                self._chip(painter, left + FIGURE_PAD, top + height // 2, width - FIGURE_PAD - 4, figure.chip)
            return
        painter.setFont(self._body)
        painter.setPen(self._ink if figure.known else self._second)
        painter.drawText(left + width - FIGURE_PAD - figure.width, top + height // 2 + self._baseline, figure.rate)

    def _words(self, painter: QPainter, rect: QRect, words: str) -> None:
        """What the day view says beside a mark."""
        left, top, width, height = rect.getRect()  # pyright: ignore[reportGeneralTypeIssues]
        painter.fillRect(rect, self._line)
        painter.fillRect(left, top, width, height - 1, self._surface)
        if words:
            painter.setFont(self._body)
            painter.setPen(self._ink)
            shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, width - 2 * FIGURE_PAD)
            painter.drawText(left + FIGURE_PAD, top + height // 2 + self._baseline, shown)

    def _chip(self, painter: QPainter, left: int, middle: int, room: int, chip: ChipFace) -> None:
        width = min(chip.width, room)
        box = QRectF(left + 0.5, middle - chip.height // 2 + 0.5, width - 1, chip.height - 1)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setPen(chip.outline)
        painter.setBrush(chip.fill if chip.fill is not None else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, RADIUS_CHIP, RADIUS_CHIP)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setFont(self._small)
        painter.setPen(chip.ink)
        text = chip.text
        if width < chip.width:
            text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width - self._theme.space(3))
        painter.drawText(QPointF(left + self._theme.space(2), middle + self._small_baseline), text)


def _square_pen(colour: QColor) -> QPen:
    pen = QPen(colour, RING)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    return pen


def _baseline(theme: Theme, role: TextRole) -> int:
    """How far under the middle of a row the line of its letters lies."""
    metrics = theme.metrics(role)
    return (metrics.ascent() - metrics.descent()) // 2
