"""Slim scroll bars: a rounded handle on nothing, so that a list ends where its card ends."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar, QStyle, QStyleOptionSlider, QWidget

from ui.parts.paint import rounded
from ui.theme import Theme

_THICK = 12


class ScrollBar(QScrollBar):
    """A scroll bar without arrows; its handle is a rounded bar on the colour of what it scrolls."""

    def __init__(self, theme: Theme, orientation: Qt.Orientation, ground: str) -> None:
        super().__init__(orientation)
        self._theme = theme
        self._ground = ground
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(_THICK, 40) if self.orientation() == Qt.Orientation.Vertical else QSize(40, _THICK)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        handle = self.style().subControlRect(
            QStyle.ComplexControl.CC_ScrollBar, option, QStyle.SubControl.SC_ScrollBarSlider, self
        )
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour(self._ground))
        if self.maximum() > self.minimum():
            slim = handle.adjusted(3, 2, -3, -2)
            ink = "second" if self.isSliderDown() or self.underMouse() else "control_line"
            rounded(painter, slim, 3, self._theme.colour(ink), None)


def slim_bars(area: QAbstractScrollArea, theme: Theme, ground: str = "surface") -> None:
    """Give a scrolling view our scroll bars, on the colour it stands on."""
    area.setVerticalScrollBar(ScrollBar(theme, Qt.Orientation.Vertical, ground))
    area.setHorizontalScrollBar(ScrollBar(theme, Qt.Orientation.Horizontal, ground))
    area.setCornerWidget(QWidget())  # else the style draws a box where the two meet
