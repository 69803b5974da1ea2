"""The pane the help is read in: selectable text, its links go from section to section and nowhere else."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPalette, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QTextBrowser, QTextEdit

from ui.parts.paint import focus_ring
from ui.parts.scroll import slim_bars
from ui.theme import Theme

LINE = 104
"""The longest line, in average characters: longer ones are hard to read."""


class ReadingPane(QTextBrowser):
    """Read with the arrows and the page keys; Tab goes from link to link. Letters are the help's own."""

    section_asked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        slim_bars(self, theme)
        self.anchorClicked.connect(lambda url: self.section_asked.emit(url.path()))
        theme.changed.connect(self._restyle)
        self._restyle()

    def show_text(self, name: str, html: str) -> None:
        """Show this from its beginning; `name` says what it is."""
        self.setHtml(html)
        self.setAccessibleName(name)
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(0)

    def loadResource(self, type: int, name: QUrl | str) -> Any:  # noqa: A002 - Qt's own name
        """Nothing is fetched, from the disk or from elsewhere."""
        del type, name

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self.viewport())
            focus_ring(painter, self.viewport().rect(), self._theme, 4)
            painter.end()

    def _fit(self) -> None:
        longest = LINE * self._theme.metrics().averageCharWidth()
        self.setLineWrapColumnOrWidth(max(1, min(self.viewport().width(), longest)))

    def _restyle(self) -> None:
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Base, self._theme.colour("surface"))
        self.setPalette(palette)
        self.document().setDefaultFont(self._theme.font())
        self.document().setDocumentMargin(self._theme.space(4))
        self._fit()
