"""The scenes of figures: a number explained, groups, and the groups of a child."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from tests.screens.hands import press
from ui.main_window import MainWindow


def figures(take: Callable[[str, QWidget], None], window: MainWindow, pupil: int) -> None:
    """Play them, beginning and ending on no form."""
    window.go("pupils", pupil=pupil)
    press("F4")
    take("pupil-explained", window)
    press("F4", "g")
    take("pupil-groups", window)
    press("Escape")
    window.go("explain", by="group", key="fsm")
    take("explain", window)
    window.go("groups")
    take("groups", window)
    press("Ctrl+N")
    take("groups-adding", window)
    press("Escape")
