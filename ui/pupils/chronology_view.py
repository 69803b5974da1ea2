"""The chronology as it reads: date, kind, what was done, by whom; additions under their entry, withdrawals struck."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from desktop_app.domain.entries import Entry
from ui.parts.paint import focus_ring
from ui.parts.scroll import slim_bars
from ui.pupils.chronology_model import LINE_ROLE, ChronologyLine, ChronologyModel, Column, Index
from ui.theme import Theme
from ui.tokens import TextRole

PAD = 10
WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class ChronologyView(QTableView):
    """One line is current; A adds to it, W withdraws it. It decides neither: it says which was asked."""

    add_asked = Signal(object)
    withdraw_asked = Signal(object)

    def __init__(self, theme: Theme, model: ChronologyModel) -> None:
        super().__init__()
        self._theme = theme
        self._model = model
        self.setModel(model)
        self.setItemDelegate(_LineDelegate(theme, self))
        self.setAccessibleName("Chronology, newest first")
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
        self.setWordWrap(True)
        model.modelReset.connect(self._lay_out)
        theme.changed.connect(self._lay_out)
        self.selectionModel().currentRowChanged.connect(lambda: self.viewport().update())

    def entry(self) -> Entry | None:
        """The entry of the current line."""
        line: ChronologyLine | None = self.currentIndex().data(LINE_ROLE) if self.currentIndex().isValid() else None
        return line.entry if line else None

    def pick(self, entry: int) -> None:
        """Make an entry's line current."""
        row = self._model.row_of(entry)
        if row is not None:
            self.setCurrentIndex(self._model.index(row, 0))
            self.scrollTo(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        entry = self.entry()
        asked = {"a": self.add_asked, "w": self.withdraw_asked}.get(event.text().lower())
        if asked is not None and entry is not None and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            asked.emit(entry)
        elif event.text().isprintable() and event.text().strip():
            event.ignore()  # the page's own letters
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
        metrics = self._theme.metrics()
        strong = self._theme.metrics(TextRole.STRONG)
        widths = {
            Column.WHEN: metrics.horizontalAdvance("Wed 30 Nov 2026") + 2 * PAD,
            Column.KIND: strong.horizontalAdvance("Text message") + 2 * PAD,
            Column.AUTHOR: metrics.averageCharWidth() * 16 + PAD,
        }
        widths[Column.WHAT] = max(200, self.viewport().width() - sum(widths.values()))
        for column, width in widths.items():
            self.setColumnWidth(column, width)
        self.resizeRowsToContents()
        self.viewport().update()


class _LineDelegate(QStyledItemDelegate):
    """Paints one cell of a line; the ring goes round the whole line."""

    def __init__(self, theme: Theme, parent: ChronologyView) -> None:
        super().__init__(parent)
        self._theme = theme
        self._view = parent

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: ChronologyLine = index.data(LINE_ROLE)
        rect: QRect = option.rect
        current = index.row() == self._view.currentIndex().row()
        painter.save()
        if current:
            painter.fillRect(rect, self._theme.colour("soft"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), self._theme.colour("line"))
        self._paint_text(painter, rect.adjusted(PAD, self._air, -PAD, -self._air), line, Column(index.column()))
        painter.restore()
        if current and self._view.hasFocus():
            whole = QRect(0, rect.top(), self._view.horizontalHeader().length(), rect.height())
            painter.save()
            painter.setClipRect(rect)
            focus_ring(painter, whole, self._theme, 2)
            painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option
        line: ChronologyLine = index.data(LINE_ROLE)
        width = self._view.columnWidth(index.column()) - 2 * PAD
        if index.column() != Column.WHAT:
            return QSize(width, self._theme.metrics().height() + 2 * self._air)
        height = _height(self._theme.metrics(), line.what, width)
        if line.beneath:
            height += _height(self._theme.metrics(TextRole.SECONDARY), line.beneath, width) + 2
        return QSize(width, height + 2 * self._air)

    @property
    def _air(self) -> int:
        return self._theme.space(1.5)

    def _paint_text(self, painter: QPainter, area: QRect, line: ChronologyLine, column: Column) -> None:
        if column is Column.WHEN:
            self._write(painter, area, "" if line.under else line.when, TextRole.BODY, "second", struck=line.struck)
        elif column is Column.KIND:
            kind = "↳ Added" if line.under else line.kind
            self._write(painter, area, kind, TextRole.STRONG, "second" if line.under else "ink", struck=line.struck)
        elif column is Column.AUTHOR:
            self._write(painter, area, line.author, TextRole.BODY, "second", wrap=False)
        else:
            used = self._write(painter, area, line.what, TextRole.BODY, "ink", struck=line.struck)
            below = area.adjusted(0, used + 2, 0, 0)
            self._write(painter, below, line.beneath, TextRole.SECONDARY, "second")

    def _write(
        self,
        painter: QPainter,
        area: QRect,
        text: str,
        role: TextRole,
        ink: str,
        *,
        struck: bool = False,
        wrap: bool = True,
    ) -> int:
        """Write text at the top of `area` and return the height it took."""
        font = self._theme.font(role)
        font.setStrikeOut(struck)
        painter.setFont(font)
        painter.setPen(self._theme.colour("third" if struck else ink))
        if not wrap:
            text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, WRAP, text)
        return _height(painter.fontMetrics(), text, area.width())


def _height(metrics: QFontMetrics, text: str, width: int) -> int:
    return metrics.boundingRect(QRect(0, 0, max(1, width), 10_000), WRAP, text).height() if text else 0
