"""The selected cells of the register: choosing whole rows and sessions, and giving many cells one mark. A fill leaves
the marks that stand, unless it is told to go `over` them."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QItemSelectionModel
from PySide6.QtWidgets import QTableView

from ui.register.desk import Desk
from ui.register.fill import Fill, Place, clearing, down, right, selected
from ui.register.model import SESSIONS


class Block:
    """Reads the selection of the grid and hands what is to be written to the desk."""

    def __init__(self, grid: QTableView, desk: Desk) -> None:
        self._grid = grid
        self._desk = desk
        self._model = desk.model

    def select_row(self) -> None:
        """The whole week of the pupil the cursor is on; the cursor stays."""
        row, _ = self._cursor()
        self._select(range(row, row + 1), self._shown())

    def select_session(self) -> None:
        """The whole class in the session the cursor is in; the cursor stays."""
        _, column = self._cursor()
        self._select(range(len(self._model.rows)), range(column, column + 1))

    def fill_down(self, *, over: bool = False) -> None:
        """The top marks of the selection go down; of one row, the marks above it."""
        self._do(down(self._model, self._cells(), over=over))

    def fill_right(self, *, over: bool = False) -> None:
        """The leftmost marks of the selection go right; of one column, the marks at its left."""
        self._do(right(self._model, self._cells(), over=over))

    def fill_selected(self, *, over: bool = False) -> None:
        """The mark under the cursor goes to every selected cell."""
        self._do(selected(self._model, self._cells(), self._cursor(), over=over))

    def clear(self) -> None:
        """Every selected cell becomes blank."""
        self._do(clearing(self._model, self._cells()))

    def _shown(self) -> range:
        """The sessions in sight: nothing is written where nobody sees it."""
        day = self._model.day
        return range(SESSIONS) if day < 0 else range(day, day + 1)

    def _cursor(self) -> Place:
        current = self._grid.currentIndex()
        return current.row(), current.column()

    def _select(self, rows: range, columns: range) -> None:
        first, last = self._model.index(rows[0], columns[0]), self._model.index(rows[-1], columns[-1])
        chosen = QItemSelection(first, last)
        self._grid.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _cells(self) -> list[Place]:
        chosen = self._grid.selectionModel().selectedIndexes()
        shown = self._shown()
        cells = sorted((index.row(), index.column()) for index in chosen if index.column() in shown)
        return cells or [self._cursor()]

    def _do(self, fill: Fill) -> None:
        page = self._model.page
        if page is not None and page.read_only:
            self._desk.refuse(self._desk.why_not(*self._cursor()))
        elif fill.edits:
            self._desk.write(fill.edits, fill.text, told=fill.told)
        else:
            self._desk.refuse(fill.words)
