"""Lists of lines that are painted by hand: several cells of wrapped text to a line, one line current, one ring round
it. A place says what its cells hold, how wide they are and how one is painted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from ui.parts.paint import WRAP, focus_ring, text_height
from ui.parts.scroll import slim_bars
from ui.theme import Theme
from ui.tokens import TextRole

Index = QModelIndex | QPersistentModelIndex
L = TypeVar("L")
LINE_ROLE = Qt.ItemDataRole.UserRole + 1
PAD = 10


class LinesModel(QAbstractTableModel, Generic[L]):
    """Lines as cells. It only looks up."""

    def __init__(self, headings: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._headings = tuple(headings)
        self._lines: tuple[L, ...] = ()

    def text(self, line: L, column: int) -> str:
        """What a cell says."""
        raise NotImplementedError

    def spoken(self, line: L) -> str:
        """The whole line, for a screen reader."""
        raise NotImplementedError

    def hint(self, line: L) -> str | None:
        """What is shown where the mouse rests; None: nothing."""
        del line

    @property
    def lines(self) -> tuple[L, ...]:
        """Every line, in the order given."""
        return self._lines

    def show_lines(self, lines: Sequence[L]) -> None:
        """Show these lines instead of the present ones."""
        self.beginResetModel()
        self._lines = tuple(lines)
        self.endResetModel()

    def line(self, row: int) -> L | None:
        """The line in that row, or None."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._headings)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headings[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.line(index.row()) if index.isValid() else None
        if line is None:
            return None
        match role:
            case _ if role == LINE_ROLE:
                return line
            case Qt.ItemDataRole.DisplayRole:
                return self.text(line, index.column())
            case Qt.ItemDataRole.AccessibleTextRole:
                return self.spoken(line)
            case Qt.ItemDataRole.ToolTipRole:
                return self.hint(line)
            case _:
                return None


class LinesView(QTableView):
    """Read with the arrow keys; what is typed is the page's. Columns are laid out again with the room there is.
    `line_moved` says that another line is current."""

    line_moved = Signal()

    def __init__(self, theme: Theme, model: LinesModel[Any], name: str) -> None:
        super().__init__()
        self.theme = theme
        self.setModel(model)
        self.setAccessibleName(name)
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        slim_bars(self, theme)
        model.modelReset.connect(self._lay_out)
        theme.changed.connect(self._lay_out)
        self.selectionModel().currentRowChanged.connect(self.moved)

    def widths(self) -> Mapping[int, int]:
        """The width of each column, by its number, in the room there is."""
        raise NotImplementedError

    def moved(self) -> None:
        """Another line became current."""
        self.viewport().update()
        self.line_moved.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isprintable() and event.text().strip():
            event.ignore()  # the page's own letters
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.model().rowCount():
            self.setCurrentIndex(self.model().index(0, 0))
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        for column, width in self.widths().items():
            self.setColumnWidth(column, width)
        self.resizeRowsToContents()
        self.viewport().update()


class OpeningView(LinesView):
    """Enter or a double click opens the line: `opened` hands it out."""

    opened = Signal(object)

    def __init__(self, theme: Theme, model: LinesModel[Any], name: str) -> None:
        super().__init__(theme, model, name)
        self._model = model
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.doubleClicked.connect(lambda index: self.opened.emit(model.line(index.row())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        line = self._model.line(self.currentIndex().row())
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and line is not None and not event.modifiers():
            self.opened.emit(line)
        else:
            super().keyPressEvent(event)


class LineDelegate(QStyledItemDelegate, Generic[L]):
    """Paints one cell of a line, its ground, the rule under it, and the ring round the whole line."""

    def __init__(self, view: LinesView) -> None:
        super().__init__(view)
        self._theme = view.theme
        self._view = view

    def paint_cell(self, painter: QPainter, area: QRect, line: L, index: Index) -> None:
        """Paint what a cell holds within `area`."""
        raise NotImplementedError

    def height(self, line: L, column: int) -> int:
        """The height of what a cell holds."""
        raise NotImplementedError

    def ruled(self, line: L) -> bool:
        """Whether a rule closes the line."""
        del line
        return True

    def is_current(self, index: Index) -> bool:
        """Whether the cell is of the current line."""
        return index.row() == self._view.currentIndex().row()

    def room(self, column: int) -> int:
        """The width in which a cell of a column may write."""
        return self._view.columnWidth(column) - 2 * PAD

    def tall(self, role: TextRole, text: str, width: int) -> int:
        """The height of text in a role, wrapped in a width."""
        return text_height(self._theme.metrics(role), text, width)

    def write(self, painter: QPainter, area: QRect, text: str, role: TextRole, ink: str) -> int:
        """Write text, wrapped, at the top of `area`; the height it took."""
        painter.setFont(self._theme.font(role))
        painter.setPen(self._theme.colour(ink))
        painter.drawText(area, WRAP, text)
        return self.tall(role, text, area.width())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: L = index.data(LINE_ROLE)
        rect: QRect = option.rect
        painter.save()
        if self.is_current(index):
            painter.fillRect(rect, self._theme.colour("soft"))
        if self.ruled(line):
            painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), self._theme.colour("line"))
        air = self._theme.space(1.5)
        self.paint_cell(painter, rect.adjusted(PAD, air, -PAD, -air), line, index)
        if self.is_current(index) and self._view.hasFocus():
            left = self._view.columnViewportPosition(0)
            painter.setClipRect(rect)
            focus_ring(
                painter, QRect(left, rect.top(), self._view.horizontalHeader().length(), rect.height()), self._theme, 2
            )
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option
        height = self.height(index.data(LINE_ROLE), index.column())
        return QSize(self._view.columnWidth(index.column()), height + 2 * self._theme.space(1.5) + 1)
