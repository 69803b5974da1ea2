"""A pack opened as text: set in letters of one width, with the number of each line, and found in."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontDatabase, QPainter, QPaintEvent, QResizeEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QWidget

from ui.parts.inputs import NoteEdit
from ui.theme import Theme


class Numbers(QWidget):
    """The numbers at the left of the lines."""

    def __init__(self, text: TextEditor) -> None:
        super().__init__(text)
        self._text = text

    def sizeHint(self) -> QSize:
        return QSize(self._text.gutter, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._text.paint_numbers(QPainter(self), event.rect())


class TextEditor(NoteEdit):
    """Plain text of many lines. Tab leaves it."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme, lines=12)
        self.setAccessibleName(name)
        self.setLineWrapMode(NoteEdit.LineWrapMode.NoWrap)
        self.numbers = Numbers(self)
        self.blockCountChanged.connect(self._make_room)
        self.updateRequest.connect(lambda _rect, _dy: self.numbers.update())
        self._restyle()
        self._make_room()

    @property
    def gutter(self) -> int:
        """How wide the numbers are."""
        return self.fontMetrics().horizontalAdvance("9" * (len(str(self.blockCount())) + 1)) + self.theme.space(2)

    def find_next(self, words: str, *, back: bool = False) -> bool:
        """Go to the next place that says this, from the other end where there is none further on."""
        flags = QTextDocument.FindFlag.FindBackward if back else QTextDocument.FindFlag(0)
        if self.find(words, flags):
            return True
        before = self.textCursor()
        self.moveCursor(QTextCursor.MoveOperation.End if back else QTextCursor.MoveOperation.Start)
        if self.find(words, flags):
            return True
        self.setTextCursor(before)
        return False

    def go_to_line(self, number: int) -> None:
        """Put the keyboard's place at the start of a line, counted from 1."""
        block = self.document().findBlockByNumber(max(0, number - 1))
        if block.isValid():
            self.setTextCursor(QTextCursor(block))
            self.centerCursor()

    def paint_numbers(self, painter: QPainter, area: QRect) -> None:
        """Draw the numbers of the lines in sight; that of the present one stronger."""
        painter.fillRect(area, self.theme.colour("raised"))
        painter.setFont(self.font())
        present = self.textCursor().blockNumber()
        block = self.firstVisibleBlock()
        while block.isValid():
            box = self.blockBoundingGeometry(block).translated(self.contentOffset())
            if box.top() > area.bottom():
                return
            painter.setPen(self.theme.colour("ink" if block.blockNumber() == present else "third"))
            where = QRect(0, round(box.top()), self.gutter - self.theme.space(1), round(box.height()))
            painter.drawText(
                where, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{block.blockNumber() + 1}"
            )
            block = block.next()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        inside = self.contentsRect()
        self.numbers.setGeometry(QRect(inside.left(), inside.top(), self.gutter, inside.height()))

    def _make_room(self) -> None:
        self.setViewportMargins(self.gutter, 0, 0, 0)

    def _slant(self) -> None:
        """Its letters stay as they are, empty or not."""

    def _restyle(self) -> None:
        super()._restyle()
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(self.theme.font().pixelSize())
        self.setFont(font)
        if hasattr(self, "numbers"):
            self.numbers.update()
