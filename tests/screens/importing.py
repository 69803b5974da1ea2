"""The scenes of importing."""

from __future__ import annotations

from tests.screens.camera import Camera
from tests.screens.given import PUPILS_TO_TAKE, PUPILS_WITH_FAULTS
from tests.screens.hands import until
from ui.importing.page import ImportPage


def bringing_in(camera: Camera) -> None:
    """The import page, with what cannot be taken."""
    window = camera.desk.window
    assert window is not None
    file = camera.school.parent / "pupils.csv"
    file.write_text(PUPILS_WITH_FAULTS, encoding="utf-8")
    window.go("import", kind="pupils")
    camera.take("import", window)
    page = window.page("import")
    assert isinstance(page, ImportPage)
    page.read(file)
    until(lambda: window.runner.still)
    camera.take("import-faults", window)
    file.write_text(PUPILS_TO_TAKE, encoding="utf-8")
    page.read(file)
    until(lambda: window.runner.still)
    page.apply()
    until(lambda: window.runner.still)
    window.go("import", kind="marks")
    camera.take("import-before", window)
