"""A class's week as an item model: ten sessions, the figures to date and their band, and what the day view says beside
a mark. It only looks up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop_app.actions.register_page import Cell, Column, ColumnState, RegisterPage, Row
from desktop_app.domain.codes import Code
from desktop_app.domain.marks import Mark
from desktop_app.rules.display import percent, short_date
from ui.register.words import cell_words, column_words, late_words, means_words, note_words, state_words, worth_showing

Index = QModelIndex | QPersistentModelIndex
SESSIONS = 10
TO_DATE = SESSIONS
BAND = SESSIONS + 1
MEANS, MINUTES, NOTE = SESSIONS + 2, SESSIONS + 3, SESSIONS + 4
COLUMNS = SESSIONS + 5
TITLES = {TO_DATE: "To date", BAND: "Band", MEANS: "What it is", MINUTES: "Late", NOTE: "Note"}
NO_INDEX = QModelIndex()
TO_READ = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
TO_MARK = TO_READ | Qt.ItemFlag.ItemIsSelectable


class RegisterModel(QAbstractTableModel):
    """The rows of one page of the register. Nothing is edited through it: a mark is written first and shown after."""

    def __init__(self, codes: Mapping[str, Code], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.codes = codes
        self.page: RegisterPage | None = None
        self._columns: tuple[Column, ...] = ()
        self._rows: list[Row] = []
        self._places: dict[int, int] = {}
        self._waiting: tuple[int, int, str] | None = None
        self.day = -1

    def show_day(self, column: int) -> None:
        """Show one session alone, with what its marks say; -1: the week again."""
        if column != self.day:
            self.day = column
            if self._rows:
                self.dataChanged.emit(self.index(0, MEANS), self.index(len(self._rows) - 1, NOTE))

    def show_page(self, page: RegisterPage | None) -> None:
        """Show another page, or the same one with other pupils in it."""
        self.beginResetModel()
        self.page = page
        self._columns = page.columns if page else ()
        self._rows = list(page.rows) if page else []
        self._places = {row.pupil.id: place for place, row in enumerate(self._rows)}
        self._waiting = None
        self.endResetModel()

    def put_page(self, page: RegisterPage) -> None:
        """Show the same page as it was read again; keeps the cursor where the pupils are the same."""
        if [row.pupil.id for row in page.rows] != [row.pupil.id for row in self._rows] or not self.same_week(page):
            self.show_page(page)
            return
        self.page = page
        self._columns = page.columns
        self._rows = list(page.rows)
        self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, COLUMNS - 1))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, COLUMNS - 1)

    def put_rows(self, rows: Sequence[Row]) -> None:
        """Show rows of this page as they were read again."""
        for row in rows:
            place = self._places[row.pupil.id]
            self._rows[place] = row
            self.dataChanged.emit(self.index(place, 0), self.index(place, COLUMNS - 1))

    def put_column(self, place: int, column: Column) -> None:
        """Show who marked a session last."""
        self._columns = (*self._columns[:place], column, *self._columns[place + 1 :])

    def same_week(self, page: RegisterPage) -> bool:
        """Whether a page is of the class and week that are shown."""
        return self.page is not None and (page.class_name, page.monday) == (self.page.class_name, self.page.monday)

    def wait(self, row: int, column: int, typed: str) -> None:
        """Show a letter that waits for its number; nothing is written yet."""
        self._waiting = (row, column, typed)
        self._cell_changed(row, column)

    def stop_waiting(self) -> tuple[int, int, str] | None:
        """Take the waiting letter away, and say where it was."""
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self._cell_changed(waiting[0], waiting[1])
        return waiting

    @property
    def has_waiting(self) -> bool:
        """Whether a letter waits anywhere."""
        return self._waiting is not None

    def waiting_at(self, row: int, column: int) -> str:
        """The letter that waits in a cell; empty for none."""
        waiting = self._waiting
        return waiting[2] if waiting is not None and waiting[0] == row and waiting[1] == column else ""

    @property
    def rows(self) -> Sequence[Row]:
        """The rows as they stand."""
        return self._rows

    @property
    def columns(self) -> tuple[Column, ...]:
        """The sessions as they stand."""
        return self._columns

    def row_at(self, row: int) -> Row:
        """One pupil's row."""
        return self._rows[row]

    def cell_at(self, row: int, column: int) -> Cell:
        """One cell of a session."""
        return self._rows[row].cells[column]

    def seen_at(self, row: int, column: int) -> Mark | str:
        """The mark that is shown in a cell, to be handed along with what is written there; empty: none."""
        return self.cell_at(row, column).mark or ""

    def place_of(self, pupil: int) -> int | None:
        """The row number of a pupil, or None."""
        return self._places.get(pupil)

    def first_blank(self, column: int) -> int | None:
        """The first pupil of a session who could be marked and is not."""
        cells = ((place, row.cells[column]) for place, row in enumerate(self._rows))
        return next((place for place, cell in cells if cell.mark is None and not cell.why), None)

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() or not self._columns else COLUMNS

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return TO_MARK if index.column() < SESSIONS else TO_READ

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if column >= SESSIONS:
            return self._beside(self._rows[row], column, role)
        if role == Qt.ItemDataRole.DisplayRole:
            return self.shown_at(row, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            one = self._rows[row]
            return cell_words(one.pupil, self._columns[column].session, one.cells[column], self.codes)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(self._rows[row].cells[column])
        return None

    def shown_at(self, row: int, column: int) -> str:
        """What stands in a cell: the waiting letter, the mark's code, what stands by a plan (with `?` where
        a person has to confirm it), or `#` on a closed day."""
        if typed := self.waiting_at(row, column):
            return f"{typed}…"
        cell = self._rows[row].cells[column]
        if cell.mark is not None:
            return cell.mark.code
        if cell.planned:
            return f"{cell.planned}?" if cell.confirm else cell.planned
        return "#" if self._columns[column].state is ColumnState.NO_SCHOOL else ""

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Vertical:
            return self._name(section, role) if 0 <= section < len(self._rows) else None
        if not 0 <= section < COLUMNS or not self._columns:
            return None
        if section >= SESSIONS:
            return TITLES[section] if role == Qt.ItemDataRole.DisplayRole else None
        column = self._columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{short_date(column.session.day)} {column.session.half.value}"
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return column_words(column)
        return None

    def _name(self, row: int, role: int) -> str | None:
        pupil = self._rows[row].pupil
        if role == Qt.ItemDataRole.DisplayRole:
            return pupil.list_name
        return pupil.name if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole) else None

    def _beside(self, row: Row, column: int, role: int) -> str | None:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if column < MEANS:
            return self._figure(row, column, role)
        cell = row.cells[self.day] if self.day >= 0 else Cell(None, "")
        shown = (means_words, late_words, note_words)[column - MEANS](cell, self.codes)
        if role == Qt.ItemDataRole.DisplayRole:
            return shown
        return f"{row.pupil.name}, {TITLES[column].lower()}: {shown or 'nothing'}"

    def _figure(self, row: Row, column: int, role: int) -> str:
        shown = percent(row.figures.attendance) if column == TO_DATE else (row.band.title if row.band else "")
        if role == Qt.ItemDataRole.DisplayRole:
            return shown
        return f"{row.pupil.name}, {'attendance to date' if column == TO_DATE else 'band'}: {shown or 'none'}"

    def _tip(self, cell: Cell) -> str | None:
        """Rich text on purpose: a note that looks like mark-up must be shown as it was typed."""
        if cell.mark is None and not worth_showing(cell):
            return None
        return f"<p>{escape(state_words(cell, self.codes))}</p>"

    def _cell_changed(self, row: int, column: int) -> None:
        changed = self.index(row, column)
        self.dataChanged.emit(changed, changed)
