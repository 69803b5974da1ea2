"""The year of one pupil as an item model: ten rows, Monday morning to Friday afternoon; a column a school week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop_app.actions.pupils import DayCell, YearDay
from desktop_app.domain.sessions import HALVES, Half, Session
from desktop_app.rules.calendar import SchoolCalendar
from desktop_app.rules.display import short_date

Index = QModelIndex | QPersistentModelIndex
CELL_ROLE = Qt.ItemDataRole.UserRole + 1
SESSION_ROLE = Qt.ItemDataRole.UserRole + 2
BREAK_ROLE = Qt.ItemDataRole.UserRole + 3
"""Of a column heading: true where a holiday lies between this week and the one before."""
SPOKEN_ROLES = (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
DAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri")
SESSIONS_A_WEEK = 10


class YearModel(QAbstractTableModel):
    """Each session of a school year. Weeks without any open session are left out, and shown as a break."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mondays: tuple[date, ...] = ()
        self._cells: dict[Session, DayCell] = {}

    def show_days(self, days: Sequence[YearDay]) -> None:
        """Show these days instead of the present ones."""
        self.beginResetModel()
        self._cells = {
            Session(day.day, half): cell for day in days for half, cell in ((Half.AM, day.am), (Half.PM, day.pm))
        }
        open_weeks = {
            SchoolCalendar.monday(session.day) for session, cell in self._cells.items() if cell.state != "closed"
        }
        self._mondays = tuple(sorted(open_weeks))
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if (parent is not None and parent.isValid()) or not self._mondays else SESSIONS_A_WEEK

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._mondays)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Vertical:
            if role == Qt.ItemDataRole.DisplayRole:
                return f"{DAY_NAMES[section // 2]} {HALVES[section % 2]}"
            return None
        if not 0 <= section < len(self._mondays):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return f"Week of {short_date(self._mondays[section])}"
        if role == BREAK_ROLE:
            return section > 0 and self._mondays[section] - self._mondays[section - 1] > timedelta(days=7)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        session = self._session(index)
        if role == SESSION_ROLE:
            return session
        cell = self._cells.get(session)
        if role == CELL_ROLE or cell is None:
            return cell
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.code
        return cell.words if role in SPOKEN_ROLES else None

    def monday(self, column: int) -> date:
        """The Monday of the week in that column."""
        return self._mondays[column]

    def place_of(self, session: Session) -> QModelIndex:
        """Where that session stands; an invalid index where its week is not shown."""
        monday = SchoolCalendar.monday(session.day)
        if monday not in self._mondays or session.day.weekday() >= len(DAY_NAMES):
            return QModelIndex()
        return self.index(session.day.weekday() * 2 + session.half.ordinal, self._mondays.index(monday))

    def latest_mark(self) -> QModelIndex:
        """The newest session with a mark; an invalid index where there is none."""
        marked = [session for session, cell in self._cells.items() if cell.state == "mark"]
        return self.place_of(max(marked)) if marked else QModelIndex()

    def _session(self, index: Index) -> Session:
        day = self._mondays[index.column()] + timedelta(days=index.row() // 2)
        return Session(day, HALVES[index.row() % 2])
