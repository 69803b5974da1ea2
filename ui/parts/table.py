"""The table every list is shown in, and the delegate that draws its cells."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from ui.parts.chip import chip_size, chip_text, paint_tag
from ui.parts.paint import focus_ring
from ui.parts.rows import Column, Kind, Roles, RowsModel, RowsProxy
from ui.parts.scroll import slim_bars
from ui.parts.text import short_name
from ui.theme import Theme
from ui.tokens import Pair, TextRole, Tone

_PAD = 10
PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.KeypadModifier)
SORT_KEYS: Mapping[Qt.Key, tuple[int, Qt.SortOrder | None]] = {
    Qt.Key.Key_Left: (-1, None),
    Qt.Key.Key_Right: (1, None),
    Qt.Key.Key_Up: (0, Qt.SortOrder.AscendingOrder),
    Qt.Key.Key_Down: (0, Qt.SortOrder.DescendingOrder),
}
"""What Ctrl and an arrow do to the order: how many columns further, and which way."""


class ListDelegate(QStyledItemDelegate):
    """Draws a list's cells: text, a grey second line, grey words beside, numbers to the right, chips."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme = self._theme
        view = self.parent()
        rect: QRect = option.rect
        current = isinstance(view, DataTable) and view.row_is_current(index)
        if current:
            painter.fillRect(rect, theme.colour("soft"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.colour("line"))
        area = rect.adjusted(_PAD, 0, -_PAD, -1)
        pair = self._pair(index)
        text = index.data(Qt.ItemDataRole.DisplayRole) or ""
        if pair is not None:
            if text:
                paint_tag(painter, area, theme, text, pair)
        else:
            self._draw_text(painter, area, index, text)
        if current and isinstance(view, DataTable) and view.hasFocus():
            view.draw_row_ring(painter, rect)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        del option
        theme = self._theme
        text = index.data(Qt.ItemDataRole.DisplayRole) or ""
        pair = self._pair(index)
        width = (
            chip_size(theme, chip_text(text, pair)).width()
            if pair
            else theme.metrics(self._role(index)).horizontalAdvance(text)
        )
        beside = index.data(Roles.BESIDE)
        if beside:
            width += theme.metrics().horizontalAdvance(f" {beside}")
        lines = 2 if index.data(Roles.SECOND) else 1
        height = theme.row_height if lines == 1 else 2 * theme.metrics().height() + theme.space(2.5)
        return QSize(width + 2 * _PAD, height)

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """The whole text of a cell that had to be shortened."""
        rect: QRect = option.rect
        if index.isValid() and self.sizeHint(option, index).width() > rect.width():
            QToolTip.showText(event.globalPos(), str(index.data(Qt.ItemDataRole.DisplayRole)), view)
        else:
            QToolTip.hideText()
        return True

    def _pair(self, index: QModelIndex | QPersistentModelIndex) -> Pair | None:
        band = index.data(Roles.BAND)
        if band is not None:
            return self._theme.band(band.shape)
        tone = index.data(Roles.TONE)
        return self._theme.tone(Tone(tone)) if tone is not None else None  # Qt hands it back as bare text

    @staticmethod
    def _role(index: QModelIndex | QPersistentModelIndex) -> TextRole:
        return TextRole.STRONG if index.data(Roles.STRONG) else TextRole.BODY

    def _draw_text(self, painter: QPainter, area: QRect, index: QModelIndex | QPersistentModelIndex, text: str) -> None:
        theme = self._theme
        side = Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole) or Qt.AlignmentFlag.AlignLeft)
        second = index.data(Roles.SECOND)
        first = QRect(area)
        if second:
            half = theme.metrics().height()
            top = area.top() + max(0, (area.height() - 2 * half) // 2)
            first = QRect(area.left(), top, area.width(), half)
            below = QRect(area.left(), top + half, area.width(), half)
            self._draw_line(painter, below, str(second), TextRole.BODY, "second", side)
        role = self._role(index)
        beside = index.data(Roles.BESIDE)
        if index.data(Roles.NAME):
            metrics = theme.metrics(role)
            room = first.width() - (theme.metrics().horizontalAdvance(f" {beside}") + 2 if beside else 0)
            text = short_name(metrics, text, room)
        used = self._draw_line(painter, first, text, role, "ink", side)
        if beside:
            first.setLeft(first.left() + used + theme.metrics(role).horizontalAdvance(" "))
            self._draw_line(painter, first, str(beside), TextRole.BODY, "second", side)

    def _draw_line(
        self, painter: QPainter, area: QRect, text: str, role: TextRole, ink: str, side: Qt.AlignmentFlag
    ) -> int:
        painter.setFont(self._theme.font(role))
        painter.setPen(self._theme.colour(ink))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        flags = (side & Qt.AlignmentFlag.AlignHorizontal_Mask) | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(area, flags | Qt.TextFlag.TextSingleLine, shown)
        return painter.fontMetrics().horizontalAdvance(shown)


class Header(QHeaderView):
    """Column headings: grey words on the surface, a line below, and an arrow on the sorted one."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self.setHighlightSections(False)
        self.setSectionsClickable(True)
        self.setMinimumSectionSize(theme.space(6))

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._theme.row_height + self._theme.space(1))

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803 - Qt's name
        theme = self._theme
        painter.save()
        painter.fillRect(rect, theme.colour("surface"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.colour("strong_line"))
        text = str(self.model().headerData(logicalIndex, Qt.Orientation.Horizontal) or "")
        side = self.model().headerData(logicalIndex, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
        flags = Qt.AlignmentFlag(side) if side is not None else Qt.AlignmentFlag.AlignLeft
        sorted_here = self.isSortIndicatorShown() and self.sortIndicatorSection() == logicalIndex
        if sorted_here:
            text += " ▲" if self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder else " ▼"
        painter.setFont(theme.font(TextRole.SECONDARY_STRONG if sorted_here else TextRole.SECONDARY))
        painter.setPen(theme.colour("ink" if sorted_here else "second"))
        area = rect.adjusted(_PAD, 0, -_PAD, 0)
        painter.drawText(area, flags | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)
        painter.restore()


class DataTable(QTableView):
    """A read-only list: one row is current; arrows move, Enter or a double click opens it, Tab leaves.

    Give it a `RowsModel` with `show_model`; it sorts and filters through a `RowsProxy` when asked to. Ctrl and the
    arrows sort where it is sortable. Letters are left to the page.
    """

    opened = Signal(object)
    """The row (the model's own fact) that was opened with Enter or a double click."""
    current_row = Signal(object)
    """The row that became current, or None."""
    sorted_by = Signal(str)
    """It was sorted by the keyboard: a sentence that says by what, and which way."""

    def __init__(self, theme: Theme, name: str, *, sortable: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self._rows: RowsModel[Any] | None = None
        self.proxy = RowsProxy(self)
        self.setAccessibleName(name)
        self.setHorizontalHeader(Header(theme, self))
        self.verticalHeader().hide()
        self.setShowGrid(False)
        slim_bars(self, theme)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setItemDelegate(ListDelegate(theme, self))
        self.setSortingEnabled(sortable)
        self._sortable = sortable
        self.doubleClicked.connect(self._open)
        theme.changed.connect(self._restyle)

    def show_model(self, model: RowsModel[Any]) -> None:
        """Show these rows; column widths follow the columns."""
        self._rows = model
        self.proxy.setSourceModel(model)
        self.setModel(self.proxy)
        self.selectionModel().currentRowChanged.connect(self._moved)
        if self._sortable:
            self.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        model.modelReset.connect(self._row_heights)
        model.modelReset.connect(self._lay_columns)
        model.dataChanged.connect(self._row_heights)
        self._lay_columns()
        self._row_heights()

    def selected(self) -> Any:
        """The current row's fact, or None."""
        if self._rows is None:
            return None
        return self._rows.row_at(self.proxy.mapToSource(self.currentIndex()))

    def shown(self) -> tuple[Any, ...]:
        """The facts of the rows that are shown, in the order of the screen."""
        if self._rows is None:
            return ()
        places = (self.proxy.mapToSource(self.proxy.index(row, 0)) for row in range(self.proxy.rowCount()))
        return tuple(map(self._rows.row_at, places))

    def select_key(self, key: Hashable) -> bool:
        """Make the row with that key current; false where it is not shown."""
        if self._rows is None:
            return False
        index = self.proxy.mapFromSource(self._rows.index_of(key))
        if not index.isValid():
            return False
        self.setCurrentIndex(index)
        self.scrollTo(index)
        return True

    def row_is_current(self, index: QModelIndex | QPersistentModelIndex) -> bool:
        """Whether that cell is in the current row."""
        return self.currentIndex().isValid() and index.row() == self.currentIndex().row()

    def draw_row_ring(self, painter: QPainter, rect: QRect) -> None:
        """Draw this cell's part of the ring round the current row."""
        header = self.horizontalHeader()
        left = self.columnViewportPosition(header.logicalIndex(0))
        row = QRect(left, rect.top(), header.length(), rect.height())
        painter.save()
        painter.setClipRect(rect)
        focus_ring(painter, row, self._theme, 2)
        painter.restore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open(self.currentIndex())
            event.accept()
        elif self._sortable and event.modifiers() == Qt.KeyboardModifier.ControlModifier and event.key() in SORT_KEYS:
            self._sort_by_key(Qt.Key(event.key()))
        elif event.text().strip() and event.text().isprintable() and event.modifiers() in PLAIN:
            event.ignore()  # letters are the page's own keys
        else:
            super().keyPressEvent(event)

    def _sort_by_key(self, key: Qt.Key) -> None:
        """Ctrl and a sideways arrow: another column. Ctrl and up or down: which end first. Then the top."""
        header = self.horizontalHeader()
        column, order = header.sortIndicatorSection(), header.sortIndicatorOrder()
        step, chosen = SORT_KEYS[key]
        column = (column + step) % len(self._columns())
        order = chosen or order
        self.sortByColumn(column, order)
        self.setCurrentIndex(self.proxy.index(0, 0))
        self.scrollToTop()
        way = "lowest first" if order is Qt.SortOrder.AscendingOrder else "highest first"
        self.sorted_by.emit(f"Sorted by {self._columns()[column].title.lower()}, {way}.")

    def keyboardSearch(self, search: str) -> None:
        """Letters are the page's own business (type to filter); the view does not jump about."""
        del search

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.model() is not None and self.model().rowCount():
            self.setCurrentIndex(self.model().index(0, 0))
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_columns()

    def _moved(self, current: QModelIndex, previous: QModelIndex) -> None:
        del current, previous
        self.viewport().update()
        self.current_row.emit(self.selected())

    def _open(self, index: QModelIndex) -> None:
        if self._rows is not None and index.isValid():
            self.opened.emit(self._rows.row_at(self.proxy.mapToSource(index)))

    def _columns(self) -> tuple[Column[Any], ...]:
        return self._rows.columns if self._rows is not None else ()

    def _lay_columns(self) -> None:
        columns = self._columns()
        if not columns:
            return
        theme = self._theme
        widths = [theme.metrics().averageCharWidth() * column.width + 2 * _PAD for column in columns]
        loose = [number for number, column in enumerate(columns) if not column.width]
        taken = sum(width for number, width in enumerate(widths) if number not in loose)
        spare = max(0, self.viewport().width() - taken)
        for number, column in enumerate(columns):
            if column.kind is Kind.NAME and column.width:
                more = min(self._wanted_width(number) - widths[number], spare - len(loose) * theme.space(24))
                widths[number] += max(0, more)
                spare -= max(0, more)
        for number in loose:
            widths[number] = max(theme.space(24), spare // len(loose))
        header = self.horizontalHeader()
        for number, width in enumerate(widths):
            header.resizeSection(number, width)
        rest = self.viewport().width() - header.length()
        if rest > 0:
            last = len(columns) - 1
            header.resizeSection(last, header.sectionSize(last) + rest)

    def _wanted_width(self, column: int) -> int:
        """The width that shows every cell of a column whole."""
        delegate, option, model = self.itemDelegate(), QStyleOptionViewItem(), self.proxy.sourceModel()
        cells = (model.index(row, column) for row in range(model.rowCount()))
        return max((delegate.sizeHint(option, cell).width() for cell in cells), default=0)

    def _row_heights(self) -> None:
        columns = self._columns()
        theme = self._theme
        two_lines = any(column.second for column in columns)
        height = 2 * theme.metrics().height() + theme.space(2.5) if two_lines else theme.row_height
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)

    def _restyle(self) -> None:
        self._row_heights()
        self._lay_columns()
        self.viewport().update()
        self.horizontalHeader().viewport().update()

    def content_height(self, rows: int) -> int:
        """The height that shows so many rows without scrolling."""
        return self.horizontalHeader().sizeHint().height() + rows * self.verticalHeader().defaultSectionSize() + 2


__all__ = ["Column", "DataTable", "Header", "Kind", "ListDelegate", "Roles", "RowsModel", "RowsProxy"]
