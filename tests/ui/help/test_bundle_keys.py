"""Every key of what a bundle holds, of the sessions relied on, of a batch, of blacking a page, of those made, and of
checking a document does something."""

from __future__ import annotations

from datetime import date

from desktop_app.domain.marks import NewMark
from desktop_app.domain.sessions import HALVES
from tests.support.keyboard import all_taken, bound, chord
from tests.support.schools import SmallSchool
from tests.support.windows import Desk
from ui import case_keys
from ui.cases.page import CasesPage


def page_of(desk: Desk) -> CasesPage:
    page = desk.window.page("cases")
    assert isinstance(page, CasesPage)
    return page


def test_every_key_of_what_a_bundle_holds_and_of_those_made(desk: Desk, busy: SmallSchool) -> None:
    """With nothing chosen and nothing made, so that no dialog opens."""
    page = page_of(desk)

    def at_parts(_: str) -> None:
        desk.window.go("cases", pupil=busy.pupils["Doyle"], referral=True)
        page.case.parts.view.setFocus()

    all_taken(desk, case_keys.PARTS, at_parts)

    def at_made(_: str) -> None:
        desk.window.go("cases", pupil=busy.pupils["Doyle"], referral=True)
        page.bundling.show_made(busy.pupils["Doyle"], "Ryan Doyle")

    at_made("")
    desk.press("Escape")
    assert page.case.isVisible()

    def blacking(_: str) -> None:
        page._stack.setCurrentWidget(page.redact)
        page.redact.canvas.setFocus()

    all_taken(desk, case_keys.REDACT, blacking)


def test_every_key_of_checking_a_document(desk: Desk) -> None:
    desk.window.go("check")
    assert all(bound(desk.window, desk.focus, chord(name)) for name in ("Ctrl+O",))
    desk.press("Escape")
    assert desk.window.place != "check"


def test_every_key_of_the_sessions_relied_on(desk: Desk, school: SmallSchool) -> None:
    with school.context.store.writing(school.context.deed("mark")) as writing:
        writing.marks.add([NewMark(2, date(2026, 11, 18), half, "O") for half in HALVES])
    desk.window.go("cases", pupil=2, referral=True)
    page = page_of(desk)

    def put_back(_: str) -> None:
        page.case.first_focus().setFocus()
        page.case.relied_asked.emit()

    all_taken(desk, case_keys.RELIED, put_back)


def test_every_key_of_a_batch_of_bundles(desk: Desk) -> None:
    page = page_of(desk)

    def at_the_batch(_: str) -> None:
        page.batching.view.picker.close_panel()
        page.batching.begin([2], "")
        desk.wait()

    all_taken(desk, case_keys.BATCH, at_the_batch)
