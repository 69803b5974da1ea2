"""Slim scroll bars, a rounded handle on nothing; and what scrolls a page that is larger than its window."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QFrame,
    QScrollArea,
    QScrollBar,
    QStackedLayout,
    QStackedWidget,
    QStyle,
    QStyleOptionSlider,
    QWidget,
)

from ui.parts.paint import rounded
from ui.theme import Theme

_THICK = 12
NEAR = 80
"""What has the keyboard so near an end of its page brings that end into sight, in device-independent pixels: the title
above it, the keys below."""


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


class Pages(QStackedWidget):
    """Pages behind one another. It asks for no more room than the one in front needs."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(self.updateGeometry)

    def minimumSizeHint(self) -> QSize:
        page = self.currentWidget()
        return page.minimumSizeHint().expandedTo(page.minimumSize()) if page is not None else QSize()

    def heightForWidth(self, width: int) -> int:
        """The least height, not the best one: a page scrolls only where it cannot shrink further."""
        page = self.currentWidget()
        return _least_height(page, width) if page is not None else 0


def _least_height(page: QWidget, width: int) -> int:
    layout = page.layout()
    if isinstance(layout, QStackedLayout) and (front := layout.currentWidget()) is not None:
        return _least_height(front, width)
    if layout is not None and layout.hasHeightForWidth():
        return layout.totalMinimumHeightForWidth(width)
    return page.minimumSizeHint().height()


class PageScroll(QScrollArea):
    """Lets a page be larger than the window where it cannot shrink further, and follows the keyboard over it."""

    def __init__(self, theme: Theme, pages: Pages) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        slim_bars(self, theme, "page")
        self._pages = pages
        self.setWidget(pages)

    def to_start(self) -> None:
        """Show the head of the page."""
        self.verticalScrollBar().setValue(0)
        self.horizontalScrollBar().setValue(0)

    def follow(self, now: QWidget | None) -> None:
        """Bring into sight what Tab has given the keyboard to, and the end of its page where that is near."""
        if now is None or not self._pages.isAncestorOf(now):
            return
        around = now.parentWidget()
        while around is not None and around is not self:
            if isinstance(around, QScrollArea):  # a part of the page that scrolls by itself
                _bring_into_sight(around, now)
            around = around.parentWidget()
        _bring_into_sight(self, now)


def _bring_into_sight(area: QScrollArea, widget: QWidget) -> None:
    page, bar = area.widget(), area.verticalScrollBar()
    if page is None:
        return
    area.ensureWidgetVisible(widget, 0, area.fontMetrics().height())
    top = widget.mapTo(page, widget.rect().topLeft()).y()
    if widget.height() >= area.viewport().height() - NEAR:
        return
    if top < NEAR:
        bar.setValue(0)
    elif page.height() - top - widget.height() < NEAR:
        bar.setValue(bar.maximum())
