"""The scenes of the hatch."""

from __future__ import annotations

from PySide6.QtTest import QTest

from desktop_app.domain.people import Pupil
from tests.screens.camera import Camera
from tests.screens.hands import press
from ui.hatch.page import HatchPage


def hatch(camera: Camera) -> None:
    """The hatch: empty, a child, the reasons, signing out."""
    window = camera.desk.window
    assert window is not None
    with window.context.store.reading() as reading:
        today = window.context.today()
        child = next(one for one in reading.book.all(Pupil) if one.on_roll(today))
    window.go("hatch")
    camera.take("hatch", window)
    page = window.page("hatch")
    assert isinstance(page, HatchPage)
    QTest.keyClicks(page.name, f"{child.forename} {child.surname}")
    press("Return", "l")
    camera.take("hatch-reasons", window)
    press("Escape")
    QTest.keyClicks(page.name, f"{child.forename} {child.surname}")
    press("Return", "o")
    QTest.keyClicks(page.leaving.reason, "dentist")
    press("Return")
    QTest.keyClicks(page.leaving.by, "Una Bell")
    press("Return")
    camera.take("hatch-leaving", window)
    press("Escape", "Escape")
