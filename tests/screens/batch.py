"""The scenes of a batch of bundles: marked cases, how ready each is, one left out, and what became of them."""

from __future__ import annotations

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.screens.camera import Camera
from tests.screens.hands import press, until
from ui.cases.page import CasesPage


def batch(camera: Camera) -> None:
    """Several cases for one referral."""
    window = camera.desk.window
    assert window is not None
    page = window.page("cases")
    assert isinstance(page, CasesPage)
    window.go("cases")
    page.listing.table.setFocus()
    press("Ctrl+Home", "Space", "Down", "Space", "Down", "Space", "Down", "Space")
    camera.take("batch-marked", window)
    press("b")
    until(lambda: window.runner.still)
    press("Down", "Space")
    QTest.keyClicks(QApplication.focusWidget(), "the meeting with the family comes first")
    camera.take("batch-leaving-out", window)
    press("Return")
    camera.take("batch", window)
    press("Ctrl+Return")
    until(lambda: window.runner.still)
    camera.take("batch-made", window)
    press("Escape")
