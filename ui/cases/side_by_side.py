"""A list with its form at its side; in a narrow window the form stands below, and both scroll."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from ui.parts.card import Card
from ui.parts.flow import Columns
from ui.parts.scroll import slim_bars
from ui.theme import Theme

SIDE = 340
NARROW = 640
"""Below this width, in device-independent pixels, the side stands below the list."""
QWIDGETSIZE_MAX = 16_777_215


class SideBySide(QScrollArea):
    """Call `fit` when the room changes. `list_units` is the least height of the list where it is stacked, in units of
    the theme."""

    def __init__(self, theme: Theme, main: Card, *side: QWidget, list_units: float = 60) -> None:
        super().__init__()
        self._theme, self._main, self._list_units = theme, main, list_units
        self.side = QWidget()
        beside = QVBoxLayout(self.side)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(theme.space(3))
        for number, widget in enumerate(side, start=1):
            beside.addWidget(widget, 1 if number == len(side) and number > 1 else 0)
        if len(side) == 1:
            beside.addStretch(1)
        self._columns = Columns(theme.space(3), NARROW)
        self._columns.addWidget(main, 1)
        self._columns.addWidget(self.side)
        inside = QWidget()
        inside.setLayout(self._columns)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        slim_bars(self, theme, "page")
        self.setWidget(inside)

    def fit(self, width: int) -> bool:
        """Lay out for a page of this width; true where it is narrow."""
        stacked = self._columns.fit(width)
        self.side.setMinimumWidth(0 if stacked else SIDE)
        self.side.setMaximumWidth(QWIDGETSIZE_MAX if stacked else SIDE)
        self._main.setMinimumHeight(self._theme.space(self._list_units) if stacked else 0)
        self._main.aside.setVisible(not stacked)
        return stacked
