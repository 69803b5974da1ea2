"""Signed pages from the case: the draft as a Word file, the scan kept, and what is refused said in the form."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from reportlab.pdfgen.canvas import Canvas

from desktop_app import paths
from desktop_app.actions.bundle import plan
from desktop_app.actions.signing import signed_pages
from desktop_app.domain.bundle import BundlePlan, DoAt, Finding, Readiness
from desktop_app.domain.evidence import SignedOf
from tests.support.clock import StillClock
from tests.support.referrals import Story, tell_story
from tests.support.schools import SmallSchool
from tests.support.windows import Desk
from ui.cases.deed_panel import DeedPanel, Form
from ui.cases.page import CasesPage
from ui.cases.signing import NO_FILE, signing, witness_names
from ui.parts.inputs import Choice
from ui.pupils.page import PupilsPage
from ui.shell import Shell


@pytest.fixture
def story(school: SmallSchool, clock: StillClock) -> Story:
    clock.set(2026, 11, 20, 16, 5)
    return tell_story(school)


@pytest.fixture
def desk(story: Story, open_at) -> Desk:
    return open_at("cases", CasesPage, PupilsPage)


@pytest.fixture
def panel(desk: Desk) -> DeedPanel:
    made = DeedPanel(shell_of(desk))
    made.setParent(desk.window.page("cases"))
    return made


def shell_of(desk: Desk) -> Shell:
    found = desk.window.page("cases")
    assert isinstance(found, CasesPage)
    return found.shell


def planned(desk: Desk, story: Story) -> BundlePlan:
    return plan(desk.context, story.request)


def choose(form: Form, key: str, value: object) -> None:
    editor = dict(form.fields)[key].editor
    assert isinstance(editor, Choice)
    editor.choose(value)


def scan(path: Path) -> Path:
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=(595, 842), invariant=1)
    canvas.drawString(60, 400, "SIGNED")
    canvas.showPage()
    canvas.save()
    path.write_bytes(stream.getvalue())
    return path


def test_the_scan_of_a_certificate_is_kept_with_the_child(
    desk: Desk, panel: DeedPanel, story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = scan(tmp_path / "signed.pdf")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    panel.open_form(signing(shell_of(desk), panel, planned(desk, story), SignedOf.CERTIFICATE))
    panel.save()
    assert panel.isHidden()
    (kept,) = signed_pages(desk.context, story.request)
    assert (kept.of, kept.why_not, kept.attachment.shown_name) == (SignedOf.CERTIFICATE, "", "signed.pdf")


def test_no_file_chosen_and_a_file_that_is_none_are_said_and_keep_nothing(
    desk: Desk, panel: DeedPanel, story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel.open_form(signing(shell_of(desk), panel, planned(desk, story), SignedOf.CERTIFICATE))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    panel.save()
    assert not panel.isHidden()
    assert NO_FILE in desk.said
    words = tmp_path / "signed.txt"
    words.write_text("I sign", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(words), ""))
    panel.save()
    assert not panel.isHidden()
    assert "no scan of a signed page" in desk.said
    assert signed_pages(desk.context, story.request) == ()


def test_the_draft_of_a_statement_is_saved_and_its_pages_kept_for_the_witness(
    desk: Desk, panel: DeedPanel, story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    suggested: list[str] = []

    def save(*words: str) -> tuple[str, str]:
        suggested.append(words[2])
        return str(tmp_path / "statement"), ""

    (name, *_) = witness_names(shell_of(desk), story.request)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", save)
    form = signing(shell_of(desk), panel, planned(desk, story), SignedOf.STATEMENT)
    panel.open_form(form)
    choose(form, "witness", name)
    panel.save()
    assert (tmp_path / "statement.docx").read_bytes().startswith(b"PK")
    assert "Doyle" not in suggested[0]
    path = scan(tmp_path / "signed.pdf")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    form = signing(shell_of(desk), panel, planned(desk, story), SignedOf.STATEMENT)
    panel.open_form(form)
    choose(form, "ask", "keep")
    choose(form, "witness", name)
    panel.save()
    (kept,) = signed_pages(desk.context, story.request)
    assert (kept.of, kept.witness) == (SignedOf.STATEMENT, name)


def test_the_line_of_readiness_opens_the_form_and_the_line_is_met_after(
    desk: Desk, story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.window.go("cases", pupil=story.pupil, referral=True)
    page = desk.window.page("cases")
    assert isinstance(page, CasesPage)
    page.case.referral.choose("penalty-notice")

    def line() -> Finding:
        planned = page.case.plan
        assert planned is not None
        return next(one for one in planned.findings if one.do is not None and one.do.at is DoAt.SIGN)

    found = line()
    page.case.line_asked.emit(found)
    assert page.case.panel.isVisible()
    path = scan(tmp_path / "signed.pdf")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    desk.press("Ctrl+Return")
    assert page.case.panel.isHidden()
    assert page.case.plan is not None
    assert next(one for one in page.case.plan.findings if one.key == found.key).state is Readiness.MET


@pytest.mark.parametrize("of", [SignedOf.CERTIFICATE, SignedOf.DECLARATION])
def test_what_the_headteacher_signs_is_said_alike_in_the_form_and_in_the_help(
    desk: Desk, panel: DeedPanel, story: Story, of: SignedOf
) -> None:
    """The declaration in a bundle begins “I, the headteacher of”."""
    assert signing(shell_of(desk), panel, planned(desk, story), of).about.startswith("The headteacher")
    text = (paths.resources() / "help" / "72-documents.md").read_text(encoding="utf-8")
    (said,) = [one for one in text.split("\n\n") if one.startswith(f"**{of.words.capitalize()}")]
    assert "The headteacher signs it" in said or "The headteacher reads every line" in said
