"""Lines of one cell that begin with a sign: the sign, what the line is in bold beside it, and the rest under that."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from ui.parts.lines import Index, L, LineDelegate
from ui.tokens import TextRole


class Signed(NamedTuple):
    """What a line shows, and the inks of its sign and of its head."""

    sign: str
    head: str
    under: str
    sign_ink: str = "accent"
    head_ink: str = "ink"


class SignedDelegate(LineDelegate[L]):
    """A place says what a line shows and how much room its signs take."""

    def signed(self, line: L) -> Signed:
        """What a line shows."""
        raise NotImplementedError

    def sign_width(self) -> int:
        """The room a sign takes, in pixels."""
        return 20

    def height(self, line: L, column: int) -> int:
        room, shown = self.room(column) - self.sign_width(), self.signed(line)
        return self.tall(TextRole.STRONG, shown.head, room) + self.tall(TextRole.SECONDARY, shown.under, room)

    def paint_cell(self, painter: QPainter, area: QRect, line: L, index: Index) -> None:
        del index
        shown = self.signed(line)
        self.write(painter, area, shown.sign, TextRole.STRONG, shown.sign_ink)
        beside = area.adjusted(self.sign_width(), 0, 0, 0)
        used = self.write(painter, beside, shown.head, TextRole.STRONG, shown.head_ink)
        self.write(painter, beside.adjusted(0, used, 0, 0), shown.under, TextRole.SECONDARY, "second")
