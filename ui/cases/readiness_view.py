"""The readiness list: a chip with shape and word, the requirement, and under it what was found."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from desktop_app.domain.bundle import Finding
from ui.cases.readiness_model import FINDING_ROLE, STATE_TONES, STATE_WORDS, Column, Index, ReadinessModel
from ui.parts.chip import chip_size, chip_text, paint_tag
from ui.parts.paint import focus_ring
from ui.parts.scroll import slim_bars
from ui.theme import Theme
from ui.tokens import TextRole

PAD = 10
WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class ReadinessView(QTableView):
    """Read with the arrow keys; letters are the page's."""

    def __init__(self, theme: Theme, model: ReadinessModel) -> None:
        super().__init__()
        self._theme = theme
        self._model = model
        self.setModel(model)
        self.setItemDelegate(_FindingDelegate(theme, self))
        self.setAccessibleName("What the authority looks for, and whether it is there")
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        slim_bars(self, theme)
        model.modelReset.connect(self._lay_out)
        theme.changed.connect(self._lay_out)
        self.selectionModel().currentRowChanged.connect(lambda: self.viewport().update())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isprintable() and event.text().strip():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._model.rowCount():
            self.setCurrentIndex(self._model.index(0, 0))
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        widest = max(
            chip_size(self._theme, chip_text(words, self._theme.tone(STATE_TONES[state]))).width()
            for state, words in STATE_WORDS.items()
        )
        self.setColumnWidth(Column.STATE, widest + 2 * PAD)
        self.setColumnWidth(Column.WHAT, max(200, self.viewport().width() - widest - 2 * PAD))
        self.resizeRowsToContents()
        self.viewport().update()


class _FindingDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: ReadinessView) -> None:
        super().__init__(parent)
        self._theme = theme
        self._view = parent

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        finding: Finding = index.data(FINDING_ROLE)
        rect: QRect = option.rect
        current = index.row() == self._view.currentIndex().row()
        painter.save()
        if current:
            painter.fillRect(rect, self._theme.colour("soft"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), self._theme.colour("line"))
        area = rect.adjusted(PAD, self._air, -PAD, -self._air)
        if index.column() == Column.STATE:
            pair = self._theme.tone(STATE_TONES[finding.state])
            paint_tag(painter, area, self._theme, STATE_WORDS[finding.state], pair)
        else:
            used = self._write(painter, area, finding.title, TextRole.STRONG, "ink")
            self._write(painter, area.adjusted(0, used, 0, 0), finding.says, TextRole.BODY, "second")
        if current and self._view.hasFocus():
            painter.setClipRect(rect)
            whole = QRect(0, rect.top(), self._view.horizontalHeader().length(), rect.height())
            focus_ring(painter, whole, self._theme, 2)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option
        finding: Finding = index.data(FINDING_ROLE)
        width = self._view.columnWidth(Column.WHAT) - 2 * PAD
        height = self._height(TextRole.STRONG, finding.title, width) + self._height(TextRole.BODY, finding.says, width)
        return QSize(width, height + 2 * self._air)

    @property
    def _air(self) -> int:
        return self._theme.space(1.5)

    def _write(self, painter: QPainter, area: QRect, text: str, role: TextRole, ink: str) -> int:
        painter.setFont(self._theme.font(role))
        painter.setPen(self._theme.colour(ink))
        painter.drawText(area, WRAP, text)
        return self._height(role, text, area.width())

    def _height(self, role: TextRole, text: str, width: int) -> int:
        room = QRect(0, 0, max(1, width), 10_000)
        return self._theme.metrics(role).boundingRect(room, WRAP, text).height() if text else 0
