"""The index of a document beside its pages: Enter goes to the page of the line."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from ui.cases.pdf import IndexPlace
from ui.parts.lines import PAD, Index, LineDelegate, LinesModel, OpeningView
from ui.theme import Theme
from ui.tokens import TextRole

NUMBER = 34
"""The width of the page’s number, in device-independent pixels."""


class IndexModel(LinesModel[IndexPlace]):
    """Bookmarks as lines."""

    def __init__(self) -> None:
        super().__init__(("Title", "Page"))

    def text(self, line: IndexPlace, column: int) -> str:
        return line.title if column == 0 else str(line.page + 1)

    def spoken(self, line: IndexPlace) -> str:
        return f"{line.title}, page {line.page + 1}"


class IndexList(OpeningView):
    """A title and a page to each bookmark."""

    def __init__(self, theme: Theme, model: IndexModel) -> None:
        super().__init__(theme, model, "Index")
        self.setItemDelegate(_PlaceDelegate(self))

    def widths(self) -> Mapping[int, int]:
        page = NUMBER + 2 * PAD
        return {0: max(80, self.viewport().width() - page), 1: page}


class _PlaceDelegate(LineDelegate[IndexPlace]):
    def paint_cell(self, painter: QPainter, area: QRect, line: IndexPlace, index: Index) -> None:
        if index.column() == 0:
            inset = area.adjusted(PAD * line.level, 0, 0, 0)
            self.write(painter, inset, line.title, _role(line), "second" if line.level else "ink")
        else:
            self.write(painter, area, str(line.page + 1), TextRole.SECONDARY, "second")

    def height(self, line: IndexPlace, column: int) -> int:
        words = line.title if column == 0 else str(line.page + 1)
        return self.tall(_role(line), words, self.room(column) - (PAD * line.level if column == 0 else 0))


def _role(line: IndexPlace) -> TextRole:
    return TextRole.SECONDARY if line.level else TextRole.BODY
