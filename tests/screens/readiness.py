"""The scenes of readiness: the lines of a referral with what meets them and what to do, and what was considered."""

from __future__ import annotations

from datetime import timedelta

from desktop_app.actions.cases import cases
from desktop_app.domain.bundle import DoAt
from desktop_app.domain.evidence import SignedOf
from tests.screens.camera import Camera
from tests.screens.hands import press
from ui.cases.page import CasesPage
from ui.main_window import MainWindow


def at_referral(camera: Camera, key: str) -> tuple[MainWindow, CasesPage]:
    """The referral of that key of the first case, on the page."""
    window = camera.desk.window
    assert window is not None
    page = window.page("cases")
    assert isinstance(page, CasesPage)
    window.go("cases", pupil=cases(window.context)[0].pupil.id, referral=True)
    page.case.referral.choose(key)
    return window, page


def readiness(camera: Camera) -> None:
    """A referral for a notice, line by line, and the form of something considered."""
    window, page = at_referral(camera, "penalty-notice")
    camera.take("readiness", window)
    page.case.referral.choose("prosecution-sheet")
    lines = page.case.model.lines
    asked = next(row for row, one in enumerate(lines) if one.do is not None and one.do.at is DoAt.CONSIDER)
    page.case.readiness.setFocus()
    page.case.readiness.setCurrentIndex(page.case.model.index(asked, 0))
    press("Return")
    camera.take("readiness-considered", window)
    press("Escape", "Escape")


def relying(camera: Camera) -> None:
    """The sessions the certificate relies on: some taken away, and some too old on the day in court."""
    window, page = at_referral(camera, "prosecution")
    page.case.asked.laying.set_date(page.case.plan.request.on + timedelta(days=120) if page.case.plan else None)
    page.case.changed.emit()
    page.case.first_focus().setFocus()
    press("s", "Ctrl+End", "Space", "Up", "Up", "Space", *["Up"] * 14, "Space", "Up", "Up", "Up", "Space")
    camera.take("sessions-relied-on", window)
    press("Escape")
    camera.take("sessions-relied-on-back", window)
    press("Escape")


def signing(camera: Camera) -> None:
    """The forms of what is signed on paper: the certificate, and a witness’s statement."""
    window, page = at_referral(camera, "penalty-notice")
    for of in (SignedOf.CERTIFICATE, SignedOf.STATEMENT):
        page.case.sign_asked.emit(of.value)
        camera.take(f"signing-{of.value}", window)
        press("Escape")
