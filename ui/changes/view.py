"""The list of amendments; a long reason takes the lines it needs."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from ui.changes.model import ChangesModel, Column, Line
from ui.parts.lines import PAD, Index, LineDelegate, OpeningView
from ui.theme import Theme
from ui.tokens import TextRole

ROLES = {Column.CHILD: TextRole.STRONG, Column.CODES: TextRole.STRONG}


class ChangesView(OpeningView):
    """Enter goes to the register of the line."""

    def __init__(self, theme: Theme, model: ChangesModel) -> None:
        super().__init__(theme, model, "Changes after the register had closed")
        self.setItemDelegate(_ChangeDelegate(self, model))

    def widths(self) -> Mapping[int, int]:
        character = self.theme.metrics().averageCharWidth()
        strong = self.theme.metrics(TextRole.STRONG)
        session = self.theme.metrics().horizontalAdvance("Wed 30 Nov AM") + 2 * PAD
        codes = strong.horizontalAdvance("blank → blank") + 2 * PAD
        rest = max(character * 60, self.viewport().width() - session - codes)
        child, by = rest * 7 // 24, rest * 8 // 24
        return {
            Column.CHILD: child,
            Column.SESSION: session,
            Column.CODES: codes,
            Column.REASON: rest - child - by,
            Column.BY: by,
        }


class _ChangeDelegate(LineDelegate[Line]):
    def __init__(self, view: ChangesView, model: ChangesModel) -> None:
        super().__init__(view)
        self._model = model

    def height(self, line: Line, column: int) -> int:
        return self.tall(self._role(column), self._model.text(line, column), self.room(column))

    def paint_cell(self, painter: QPainter, area: QRect, line: Line, index: Index) -> None:
        del line
        ink = "second" if index.column() == Column.BY else "ink"
        self.write(painter, area, str(index.data()), self._role(index.column()), ink)

    @staticmethod
    def _role(column: int) -> TextRole:
        return ROLES.get(Column(column), TextRole.BODY)
