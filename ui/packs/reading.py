"""Text that is read, set in the type scale: headings, sentences, points and sources in grey."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QTextEdit

from ui.packs.words import Look, Said
from ui.parts.paint import focus_ring
from ui.parts.scroll import slim_bars
from ui.theme import Theme
from ui.tokens import TextRole

ROLES = {
    Look.HEADING: (TextRole.PAGE_TITLE, "ink", 5.0, 0.0),
    Look.TITLE: (TextRole.CARD_TITLE, "ink", 3.5, 0.0),
    Look.TEXT: (TextRole.BODY, "ink", 1.0, 0.0),
    Look.POINT: (TextRole.BODY, "ink", 0.5, 4.0),
    Look.SOURCE: (TextRole.SECONDARY, "second", 0.5, 0.0),
}
"""How each look is set: role, ink, room above, room at the left."""


class ReadingText(QTextEdit):
    """Scrolls by the arrows and the page keys; its text can be copied. Tab leaves it."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._said: tuple[Said, ...] = ()
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(name)
        self.document().setDocumentMargin(theme.space(4))
        self.viewport().setAutoFillBackground(False)
        slim_bars(self, theme)
        theme.changed.connect(self._write)

    def show_said(self, said: Sequence[Said]) -> None:
        """Show these lines, from the first."""
        self._said = tuple(said)
        self._write()
        self.verticalScrollBar().setValue(0)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            focus_ring(QPainter(self.viewport()), self.viewport().rect(), self._theme, 2)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def _write(self) -> None:
        self.clear()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for number, line in enumerate(self._said):
            role, ink, above, left = ROLES[line.look]
            block, letters = QTextBlockFormat(), QTextCharFormat()
            block.setTopMargin(self._theme.space(above) if number else 0)
            block.setLeftMargin(self._theme.space(left))
            letters.setFont(self._theme.font(role))
            letters.setForeground(self._theme.colour(ink))
            if number:
                cursor.insertBlock(block, letters)
            else:
                cursor.setBlockFormat(block)
                cursor.setCharFormat(letters)
            mark = {Look.POINT: "•  ", Look.SOURCE: "Source: "}.get(line.look, "")
            cursor.insertText(mark + line.words, letters)
        cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)
