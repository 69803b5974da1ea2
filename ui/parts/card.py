"""A card: a white box with a title, an aside at its right, and a body."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.parts.paint import rounded
from ui.parts.text import Label
from ui.theme import Theme
from ui.tokens import RADIUS_CARD, TextRole


class Line(QWidget):
    """A hairline, horizontal, in the colour of lines."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedHeight(1)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), self._theme.colour("line"))


class Card(QFrame):
    """A card. `flush` bodies reach its edges (tables); others have the card's padding."""

    def __init__(self, theme: Theme, title: str = "", aside: str = "", *, flush: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(1, 1, 1, 1)
        self._outer.setSpacing(0)
        self.title = Label(theme, title, TextRole.CARD_TITLE)
        self.aside = Label(theme, aside, TextRole.SECONDARY, "second")
        self._head = QWidget()
        self._head.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._head_row = QHBoxLayout(self._head)
        pad = theme.space(3.5)
        self._head_row.setContentsMargins(pad, theme.space(2.5), pad, theme.space(2.5))
        self._head_row.setSpacing(theme.space(2))
        self._head_row.addWidget(self.title)
        self._head_row.addStretch(1)
        self._head_row.addWidget(self.aside)
        self._line = Line(theme)
        self._outer.addWidget(self._head)
        self._outer.addWidget(self._line)
        self._head.setVisible(bool(title))
        self._line.setVisible(bool(title))
        self.body = QVBoxLayout()
        self.body.setSpacing(theme.space(2))
        if flush:
            self.body.setContentsMargins(0, 0, 0, RADIUS_CARD - 2)  # a table has square corners, a card round ones
        else:
            self.body.setContentsMargins(pad, theme.space(3), pad, theme.space(3))
        self._outer.addLayout(self.body, 1)
        theme.changed.connect(self.update)

    def set_title(self, title: str) -> None:
        """Change the title; an empty one takes the heading away."""
        self.title.setText(title)
        self._head.setVisible(bool(title))
        self._line.setVisible(bool(title))

    def set_aside(self, aside: str) -> None:
        """Change what stands at the right of the title."""
        self.aside.setText(aside)

    def hug(self, height: int) -> None:
        """Be no taller than a body of this height needs."""
        around = self._head.sizeHint().height() + 1 if self._line.isVisibleTo(self) else 0
        margins = self.body.contentsMargins()
        self.setMaximumHeight(height + around + margins.top() + margins.bottom() + 2)

    def add_beside_title(self, widget: QWidget) -> None:
        """Put a chip straight after the title."""
        self._head_row.insertWidget(self._head_row.indexOf(self.title) + 1, widget)

    def add_action(self, widget: QWidget) -> None:
        """Put a button at the far right of the heading."""
        self._head_row.addWidget(widget)

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(QSize(120, 40))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        rounded(painter, self.rect(), RADIUS_CARD, self._theme.colour("surface"), self._theme.colour("line"))


def row_of(*widgets: QWidget, spacing: int = 8, stretch: bool = True) -> QHBoxLayout:
    """Widgets side by side, kept to the left unless `stretch` is false."""
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(spacing)
    for widget in widgets:
        row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
    if stretch:
        row.addStretch(1)
    return row
