"""The parts a bundle will hold, in order, and those that are left out and why."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop_app.domain.bundle import PlannedPart
from ui.parts.card import Card, row_of
from ui.parts.chip import Chip
from ui.parts.scroll import slim_bars
from ui.parts.text import Label
from ui.theme import Theme
from ui.tokens import TextRole, Tone

COVER = "cover"


class PartsCard(Card):
    """It only shows."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "What it will hold", flush=True)
        self._theme = theme
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setAccessibleName("Parts of the bundle")
        self._scroll.viewport().setAutoFillBackground(False)
        slim_bars(self._scroll, theme)
        self.body.addWidget(self._scroll)

    def show_parts(self, parts: Sequence[PlannedPart]) -> None:
        """Show these parts instead of the present ones."""
        theme = self._theme
        inside = QWidget()
        column = QVBoxLayout(inside)
        pad = theme.space(3.5)
        column.setContentsMargins(pad, theme.space(2.5), pad, theme.space(2.5))
        column.setSpacing(theme.space(1.5))
        for number, part in enumerate((one for one in parts if one.drawn), start=_first_number(parts)):
            column.addWidget(Label(theme, f"{number}  {part.title}" if number else part.title, wrap=True))
        for part in parts:
            if not part.drawn:
                column.addSpacing(theme.space(1))
                column.addLayout(row_of(Chip(theme, "Left out", Tone.CAUTION)))
                column.addWidget(Label(theme, part.title, TextRole.STRONG, wrap=True))
                column.addWidget(Label(theme, part.why, TextRole.SECONDARY, "second", wrap=True))
        column.addStretch(1)
        self._scroll.setWidget(inside)
        inside.setAutoFillBackground(False)  # the area switches it on, which would hide the card's surface
        drawn = sum(part.drawn for part in parts)
        self.set_aside(f"{drawn} of {len(parts)} parts" if parts else "")


def _first_number(parts: Sequence[PlannedPart]) -> int:
    """As in the printed index: a cover stands before part 1 and has no number."""
    return 0 if parts and parts[0].kind == COVER else 1
