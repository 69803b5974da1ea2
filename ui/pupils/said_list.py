"""Plain sentences as a list: what each is about in bold, the rest of it wrapped under it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QObject, QRect, QSize
from PySide6.QtGui import QPainter

from ui.parts.lines import Index, LineDelegate, LinesModel, OpeningView
from ui.theme import Theme
from ui.tokens import TextRole

LONG_HEAD = 60


class SaidLine(NamedTuple):
    """What a sentence is about, the sentence, and what it stands for."""

    about: str
    says: str
    what: object = None


def split(sentence: str, what: object = None) -> SaidLine:
    """A sentence whose beginning, up to a colon, says what it is about."""
    about, colon, rest = sentence.partition(": ")
    if not colon or len(about) > LONG_HEAD:
        return SaidLine("", sentence, what)
    return SaidLine(about, rest[:1].upper() + rest[1:], what)


class SaidModel(LinesModel[SaidLine]):
    """The sentences as lines of one cell."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(("Sentence",), parent)

    def text(self, line: SaidLine, column: int) -> str:
        del column
        return f"{line.about}: {line.says}" if line.about else line.says

    def spoken(self, line: SaidLine) -> str:
        return self.text(line, 0)


class SaidList(OpeningView):
    """Read with the arrows; Enter opens what a line stands for."""

    def __init__(self, theme: Theme, model: SaidModel, name: str) -> None:
        super().__init__(theme, model, name)
        self.said = model
        self.setItemDelegate(_Delegate(self))

    def line(self) -> SaidLine | None:
        """The current line."""
        return self.said.line(self.currentIndex().row())

    def widths(self) -> Mapping[int, int]:
        return {0: self.viewport().width()}

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.space(40), 4 * self.theme.row_height)


class _Delegate(LineDelegate[SaidLine]):
    def height(self, line: SaidLine, column: int) -> int:
        room = self.room(column)
        return self.tall(TextRole.STRONG, line.about, room) + self.tall(TextRole.BODY, line.says, room)

    def paint_cell(self, painter: QPainter, area: QRect, line: SaidLine, index: Index) -> None:
        del index
        used = self.write(painter, area, line.about, TextRole.STRONG, "ink")
        self.write(painter, area.adjusted(0, used, 0, 0), line.says, TextRole.BODY, "ink")
