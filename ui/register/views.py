"""The two views of the register: the week, and one session as a list. Both are the same grid with other columns."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractItemView, QTableView

from ui.register.columns import Widths, fit, fit_day
from ui.register.header import Corner, DayHeader, NameHeader
from ui.register.model import BAND, COLUMNS, SESSIONS, RegisterModel
from ui.theme import Theme

Move = QAbstractItemView.CursorAction


def target(model: RegisterModel, at: tuple[int, int], action: Move, *, ctrl: bool) -> tuple[int, int] | None:
    """Where a key moves the cursor: it keeps to the sessions. None where the table itself knows."""
    row, column = at
    match action:
        case Move.MoveHome:
            return 0 if ctrl else row, 0
        case Move.MoveEnd:
            return len(model.rows) - 1 if ctrl else row, SESSIONS - 1
        case Move.MoveRight | Move.MoveNext:
            return row, min(column + 1, SESSIONS - 1)
        case Move.MoveLeft | Move.MovePrevious:
            return row, max(column - 1, 0)
        case _:
            return None


class Views:
    """Shows the columns of a view and gives them, and the names, their widths for the room there is."""

    def __init__(
        self, theme: Theme, grid: QTableView, model: RegisterModel, names: NameHeader, days: DayHeader, corner: Corner
    ) -> None:
        self._theme = theme
        self._grid = grid
        self._model = model
        self._names = names
        self._days = days
        self._corner = corner

    def fit(self) -> None:
        """Hide what the view does not show, and give the rest its room."""
        page, pupils = self._model.page, len(self._model.rows)
        self._corner.setText("" if page is None else f"{page.class_name} · {pupils} pupil{'' if pupils == 1 else 's'}")
        room = self._grid.width() - self._grid.verticalScrollBar().sizeHint().width()
        wanted = max(self._names.wanted_width(), self._corner.sizeHint().width())
        widths: Widths = (fit if self._model.day < 0 else fit_day)(self._theme, room, wanted)
        self._names.setFixedWidth(widths.names)
        if self._days.count() != COLUMNS:
            return
        for column in range(COLUMNS):
            self._grid.setColumnHidden(column, not self._shows(column))
            if self._shows(column):
                self._grid.setColumnWidth(column, widths.columns[column])

    def _shows(self, column: int) -> bool:
        day = self._model.day
        if day < 0:
            return column <= BAND
        return column == day or column > BAND if column >= SESSIONS else column == day
