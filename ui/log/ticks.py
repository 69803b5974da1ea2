"""Ticks of the log form that are made anew for each child: with whom it was, and whom else it is about."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout

from ui.parts.inputs import Tick
from ui.theme import Theme


def fill_ticks(theme: Theme, column: QVBoxLayout, old: Mapping[int, Tick], words: Mapping[int, str]) -> dict[int, Tick]:
    """Ticks with these words in the place of the old ones."""
    for tick in old.values():
        column.removeWidget(tick)
        tick.hide()
        tick.deleteLater()
    made = {key: Tick(theme, text) for key, text in words.items()}
    for tick in made.values():
        tick.setToolTip(tick.text())
        tick.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        column.addWidget(tick)
        tick.show()  # a widget added to a visible parent stays hidden until it is told
    return made
