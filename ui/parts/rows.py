"""One table model for every list: frozen rows, and columns that say how each is read. `data()` only looks up."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from enum import Enum, IntEnum, auto
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel, Qt

from desktop_app.domain.rulebook import Band
from desktop_app.rules.names import plain
from ui.tokens import Tone

R = TypeVar("R")
R_contra = TypeVar("R_contra", contravariant=True)
Index = QModelIndex | QPersistentModelIndex


class Roles(IntEnum):
    """What a delegate or proxy may ask of a cell beyond Qt's own roles."""

    SORT = Qt.ItemDataRole.UserRole + 1
    SECOND = Qt.ItemDataRole.UserRole + 2
    BAND = Qt.ItemDataRole.UserRole + 3
    TONE = Qt.ItemDataRole.UserRole + 4
    KEY = Qt.ItemDataRole.UserRole + 5
    STRONG = Qt.ItemDataRole.UserRole + 6
    BESIDE = Qt.ItemDataRole.UserRole + 7
    FILTER = Qt.ItemDataRole.UserRole + 8
    NAME = Qt.ItemDataRole.UserRole + 9


class Kind(Enum):
    """How a column is drawn."""

    TEXT = auto()
    NUMBER = auto()
    CHIP = auto()
    NAME = auto()
    """`Surname, Forename`, shown whole where there is room: columns that stretch give way to it."""


@dataclass(frozen=True, slots=True)
class Column(Generic[R_contra]):
    """A column of a list.

    `text` is what is read; `second` a line under it in grey; `beside` grey words after it on the same line;
    `band` or `tone` make a chip of the text; `sort` is the raw value to sort by (default: the text);
    `spoken` what a screen reader says where the text is not enough. `width` is in average characters; 0 stretches.
    """

    title: str
    text: Callable[[R_contra], str]
    kind: Kind = Kind.TEXT
    width: int = 0
    sort: Callable[[R_contra], Any] | None = None
    second: Callable[[R_contra], str] | None = None
    beside: Callable[[R_contra], str] | None = None
    band: Callable[[R_contra], Band | None] | None = None
    tone: Callable[[R_contra], Tone | None] | None = None
    strong: Callable[[R_contra], bool] | None = None
    spoken: Callable[[R_contra], str] | None = None


class RowsModel(QAbstractTableModel, Generic[R]):
    """Rows of facts under columns. `key` names a row for good, so that a selection outlives a refresh."""

    def __init__(
        self, columns: Sequence[Column[R]], key: Callable[[R], Hashable], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._key = key
        self._rows: tuple[R, ...] = ()

    @property
    def rows(self) -> tuple[R, ...]:
        """Every row, in the order given."""
        return self._rows

    def set_rows(self, rows: Sequence[R]) -> None:
        """Show other rows. Where they are the same in the same order, only their cells are said to have changed."""
        fresh = tuple(rows)
        same = [self._key(row) for row in fresh] == [self._key(row) for row in self._rows]
        if same and fresh:
            self._rows = fresh
            self.dataChanged.emit(self.index(0, 0), self.index(len(fresh) - 1, len(self.columns) - 1))
            return
        self.beginResetModel()
        self._rows = fresh
        self.endResetModel()

    def row_at(self, index: Index) -> R | None:
        """The row behind an index of this model, or None."""
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def index_of(self, key: Hashable) -> QModelIndex:
        """The first cell of the row with that key; invalid where there is none."""
        for number, row in enumerate(self._rows):
            if self._key(row) == key:
                return self.index(number, 0)
        return QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row_at(index)
        if row is None or index.column() >= len(self.columns):
            return None
        return _cell(self.columns[index.column()], row, role, self._key)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        return None


def _cell(column: Column[R], row: R, role: int, key: Callable[[R], Hashable]) -> Any:
    match role:
        case Qt.ItemDataRole.DisplayRole | Roles.FILTER:
            return column.text(row)
        case Qt.ItemDataRole.AccessibleTextRole:
            return column.spoken(row) if column.spoken else _said(column, row)
        case Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        case Roles.SORT:
            return column.sort(row) if column.sort else plain(column.text(row))
        case Roles.KEY:
            return key(row)
        case _:
            return _extra(column, row, role)


def _extra(column: Column[R], row: R, role: int) -> Any:
    asked: dict[int, Callable[[R], Any] | None] = {
        Roles.SECOND: column.second,
        Roles.BESIDE: column.beside,
        Roles.BAND: column.band,
        Roles.TONE: column.tone,
        Roles.STRONG: column.strong,
        Roles.NAME: (lambda _row: True) if column.kind is Kind.NAME else None,
    }
    reader = asked.get(role)
    return reader(row) if reader else None


def _said(column: Column[R], row: R) -> str:
    return ", ".join(_shown(column, row)) or f"no {column.title.lower()}".strip()


def _shown(column: Column[R], row: R) -> list[str]:
    words = [column.text(row)]
    words += [reader(row) for reader in (column.beside, column.second) if reader]
    return [word for word in words if word]


def _alignment(column: Column[Any]) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column.kind is Kind.NUMBER else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


class RowsProxy(QSortFilterProxyModel):
    """Sorts by raw values, blanks last, and keeps the rows that hold every word typed, case and accents aside."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words: tuple[str, ...] = ()
        self._keep: Callable[[Any], bool] | None = None
        self.setSortRole(Roles.SORT)
        self.setDynamicSortFilter(True)

    def set_words(self, typed: str) -> None:
        """Keep only the rows that hold each of these words."""
        self.beginFilterChange()
        self._words = tuple(plain(typed).split())
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def set_keep(self, keep: Callable[[Any], bool] | None) -> None:
        """Keep only the rows (the model's own facts) for which this holds; None: all."""
        self.beginFilterChange()
        self._keep = keep
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        model = self.sourceModel()
        if source_parent.isValid() or not isinstance(model, RowsModel):
            return True
        row: Any = model.rows[source_row]
        if self._keep is not None and not self._keep(row):
            return False
        if not self._words:
            return True
        text = plain(" ".join(word for column in model.columns for word in _shown(column, row)))
        return all(word in text for word in self._words)

    def lessThan(self, source_left: Index, source_right: Index) -> bool:
        left, right = source_left.data(Roles.SORT), source_right.data(Roles.SORT)
        if left is None or right is None:
            ascending = self.sortOrder() == Qt.SortOrder.AscendingOrder
            return (right is None and left is not None) == ascending and left is not right
        return bool(left < right)
