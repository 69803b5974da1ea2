"""A page of cards that scrolls: its title, then two columns of cards, one below the other where the room is narrow."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from ui.parts.flow import Columns
from ui.parts.scroll import slim_bars
from ui.theme import Theme

NARROW = 980
"""In a narrower page the columns are one, in device-independent pixels."""


class CardsScroll(QScrollArea):
    """Call `fit` with the width of the page when it changes."""

    def __init__(self, theme: Theme, header: QWidget, left: Sequence[QWidget], right: QWidget) -> None:
        super().__init__()
        space = theme.space
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(space(5), space(4), space(5), space(3))
        column.setSpacing(space(3))
        column.addWidget(header)
        self._columns = Columns(space(3), NARROW)
        cards = QVBoxLayout()
        cards.setSpacing(space(3))
        for card in left:
            cards.addWidget(card)
        cards.addStretch(1)
        self._columns.addLayout(cards, 1)
        self._columns.addWidget(right, 1)
        column.addLayout(self._columns)
        column.addStretch(1)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        slim_bars(self, theme, "page")

    def fit(self, width: int) -> None:
        """Set the cards side by side or one below the other, as a page of that width asks for."""
        self._columns.fit(width)
