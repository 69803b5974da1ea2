"""A table of a report as a list: each row is read whole, Enter opens the child it is about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy

from desktop_app.domain.report import ReportColumn, TableBlock, Unit, Value
from desktop_app.rules.report_values import is_number, written
from ui.parts.table import Column, DataTable, Kind, RowsModel
from ui.theme import Theme
from ui.tokens import TextRole

PAD = 10
LONGEST = 44
"""Characters of a column of words, beyond which it is shortened."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: its number, its values, whether it is a total, and the child it is about (0: none)."""

    number: int
    values: tuple[Value, ...]
    strong: bool
    pupil: int


class ReportTable(DataTable):
    """As high as its rows: the report scrolls, not the table. `explain` hands out a row whose figure is asked about."""

    explain = Signal(object)

    def __init__(self, theme: Theme, block: TableBlock) -> None:
        super().__init__(theme, block.title)
        self.block = block
        rows = [
            TableRow(number, values, number in block.strong, block.pupils[number] if block.pupils else 0)
            for number, values in enumerate(block.rows)
        ]
        columns = [_column(block, place) for place in range(len(block.columns))]
        model: RowsModel[TableRow] = RowsModel(columns, lambda row: row.number, self)
        model.set_rows(rows)
        self.show_model(model)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleDescription(block.note)
        self.clicked.connect(self._clicked)

    def _clicked(self, index: QModelIndex) -> None:
        """A click on a percentage asks how it is reached."""
        row = self.selected()
        if row is not None and self.block.columns[index.column()].unit is Unit.PERCENT:
            self.explain.emit(row)

    def sizeHint(self) -> QSize:
        bar = self.horizontalScrollBar().sizeHint().height()
        return QSize(self._theme.space(60), self.content_height(len(self.block.rows)) + bar)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.space(40), self.sizeHint().height())

    def _lay_columns(self) -> None:
        """Each column as wide as what is in it; what is left goes to the words, by their shares."""
        widths = [self._natural(place) for place in range(len(self.block.columns))]
        spare = self.viewport().width() - sum(widths)
        if spare > 0:
            words = [place for place, one in enumerate(self.block.columns) if not is_number(one.unit)] or [0]
            shares = sum(self.block.columns[place].share for place in words)
            for place in words:
                widths[place] += int(spare * self.block.columns[place].share / shares)
        for place, width in enumerate(widths):
            self.horizontalHeader().resizeSection(place, width)

    def _natural(self, place: int) -> int:
        of = self.block.columns[place]
        head = self._theme.metrics(TextRole.SECONDARY).horizontalAdvance(of.heading)
        plain, bold = self._theme.metrics(), self._theme.metrics(TextRole.STRONG)
        cells = (
            (bold if number in self.block.strong else plain).horizontalAdvance(written(row[place], of.unit))
            for number, row in enumerate(self.block.rows)
        )
        longest = plain.averageCharWidth() * LONGEST
        return max([head, *(min(cell, longest) for cell in cells)]) + 2 * PAD + 2

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.selected()
        if event.key() == Qt.Key.Key_F4 and row is not None:
            self.explain.emit(row)
            event.accept()
        else:
            super().keyPressEvent(event)


def _column(block: TableBlock, place: int) -> Column[TableRow]:
    of = block.columns[place]
    text = _reader(of, place)
    return Column(
        of.heading,
        text,
        Kind.NUMBER if is_number(of.unit) else Kind.TEXT,
        strong=lambda row: row.strong,
        spoken=lambda row: f"{of.heading}: {text(row)}" if of.heading else text(row),
    )


def _reader(of: ReportColumn, place: int) -> Callable[[TableRow], str]:
    return lambda row: written(row.values[place], of.unit)
