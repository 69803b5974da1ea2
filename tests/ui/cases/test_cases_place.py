"""Cases by keyboard: readiness before anything is printed, opening a case, building, looking, saving, printing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from desktop_app.actions.bundle import plan
from desktop_app.actions.cases import cases, open_case
from desktop_app.domain.bundle import Readiness
from desktop_app.domain.entries import EntryKind
from tests.support.referrals import Story, tell_story
from tests.support.schools import SmallSchool
from tests.support.windows import Desk
from ui.cases.page import CasesPage
from ui.cases.pdf import PdfPages, print_pages
from ui.cases.readiness_model import ReadinessModel, counted
from ui.parts.lines import LINE_ROLE
from ui.pupils.page import PupilsPage


@pytest.fixture
def story(school: SmallSchool) -> Story:
    return tell_story(school)


@pytest.fixture
def desk(story: Story, open_at) -> Desk:
    return open_at("cases", CasesPage, PupilsPage)


def place(desk: Desk) -> CasesPage:
    page = desk.window.page("cases")
    assert isinstance(page, CasesPage)
    return page


def build_it(desk: Desk, qtbot: QtBot) -> None:
    desk.press("b")
    qtbot.waitUntil(place(desk).preview.isVisible, timeout=20_000)


def test_the_model_keeps_qts_rules(school: SmallSchool, story: Story) -> None:
    model = ReadinessModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    planned = plan(school.context, story.request)
    model.show_lines(planned.findings)
    assert model.rowCount() == len(planned.findings) > 5
    model.show_lines(())
    assert tester.model().rowCount() == 0


def test_readiness_says_each_line_in_a_word_and_why(desk: Desk, story: Story) -> None:
    desk.window.go("cases", pupil=story.pupil, referral=True)
    planned = plan(desk.context, place(desk).case.request() or story.request)
    model = place(desk).case.model
    shown = [model.index(row, 0).data(LINE_ROLE) for row in range(model.rowCount())]
    assert tuple(shown) == planned.findings
    lacking = next(number for number, found in enumerate(shown) if found.state is Readiness.MISSING)
    spoken = model.index(lacking, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith(f"Missing: {shown[lacking].title}. {shown[lacking].says}")
    do = shown[lacking].do
    assert do is not None
    assert spoken.endswith(f"→ {do.says}")
    assert place(desk).case.card.aside.text() == counted(planned.findings)


def test_a_pupil_is_found_by_a_few_letters_and_a_case_opened(desk: Desk, story: Story) -> None:
    desk.press("n")
    desk.type("doy rya")
    desk.press("Return")
    assert place(desk).course.isVisible()
    desk.press("b")
    case = place(desk).case
    assert case.isVisible()
    assert case.header.title.text() == "Ryan Doyle"
    desk.press("o")
    assert case.header.title.text() == "Ryan Doyle · case"
    (row,) = [one for one in cases(desk.context) if one.referral == case.request().referral]  # type: ignore[union-attr]
    assert (row.pupil.id, row.opened) == (story.pupil, date(2026, 11, 20))
    assert case._open.isHidden()
    desk.press("Escape", "Escape")
    assert place(desk).listing.table.selected().pupil.id == story.pupil


def test_enter_on_an_open_case_shows_its_referral(desk: Desk, story: Story) -> None:
    _entry, changes = open_case(desk.context, story.pupil, story.request.referral)
    desk.window.announce(changes)
    place(desk).listing.table.setFocus()
    desk.press("Return", "b")
    request = place(desk).case.request()
    assert request is not None
    assert (request.pupil, request.referral, request.first) == (story.pupil, story.request.referral, date(2026, 9, 1))


def test_the_bundle_is_built_looked_at_page_by_page_and_saved(
    desk: Desk, story: Story, qtbot: QtBot, tmp_path: Path
) -> None:
    desk.window.go("cases", pupil=story.pupil, referral=True)
    build_it(desk, qtbot)
    preview = place(desk).preview
    count = len(preview._pages)  # type: ignore[arg-type]
    assert count > 5
    assert preview.header.subtitle.text().startswith(f"Page 1 of {count}")
    assert "Ryan Doyle" in preview.sheet.accessibleDescription()
    desk.press("PageDown", "PageDown", "PageUp")
    assert preview.sheet.number == 1
    desk.press("End")
    assert preview.sheet.number == count - 1
    desk.press("PageDown", "Home")
    assert preview.sheet.number == 0
    whole = preview.sheet.sheet_size
    desk.press("w")
    wide = preview.sheet.sheet_size
    assert wide.width() > whole.width()
    desk.press("-")
    assert preview.sheet.sheet_size.width() < wide.width()
    desk.press("f")
    assert preview.sheet.sheet_size == whole
    target = tmp_path / "bundle.pdf"
    preview.save_to(target)
    assert len(PdfReader(target).pages) == count
    assert "Ryan Doyle" in PdfReader(target).pages[0].extract_text()
    assert list(tmp_path.glob("*.part")) == []
    desk.press("Escape")
    assert place(desk).case.isVisible()
    assert "not saved" not in desk.said


def test_nothing_of_an_unsaved_bundle_stays_on_the_disk(
    desk: Desk, story: Story, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "scratch"))
    (tmp_path / "scratch").mkdir()
    desk.window.go("cases", pupil=story.pupil, referral=True)
    build_it(desk, qtbot)
    assert list((tmp_path / "scratch").iterdir()) == []
    desk.press("Escape")
    assert desk.said == "RB-2026-0001 was not saved or printed. It is kept: M lists the bundles made."


def test_a_folder_that_cannot_be_written_is_said_and_the_bundle_stays(
    desk: Desk, story: Story, qtbot, tmp_path
) -> None:
    desk.window.go("cases", pupil=story.pupil, referral=True)
    build_it(desk, qtbot)
    place(desk).preview.save_to(tmp_path / "nowhere" / "bundle.pdf")
    assert "bundle.pdf cannot be written: No such file or directory" in desk.said
    assert place(desk).preview.isVisible()


def test_the_pages_are_painted_on_the_printer(desk: Desk, story: Story, qtbot: QtBot, tmp_path: Path) -> None:
    desk.window.go("cases", pupil=story.pupil, referral=True)
    build_it(desk, qtbot)
    paper = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    paper.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    paper.setOutputFileName(str(tmp_path / "printed.pdf"))
    paper.setFromTo(2, 3)
    place(desk).preview.print_on(paper)
    qtbot.waitUntil(lambda: desk.said == "2 pages sent to the printer.", timeout=20_000)
    printed = PdfReader(tmp_path / "printed.pdf")
    assert len(printed.pages) == 2
    images = PdfPages((tmp_path / "printed.pdf").read_bytes())
    ink = images.image(0, 0.5).convertToFormat(images.image(0, 0.5).format())
    assert any(ink.pixelColor(x, y).lightness() < 128 for x in range(0, ink.width(), 2) for y in range(ink.height()))


def test_a_bundle_that_is_left_while_it_prints_is_printed_to_its_end(
    desk: Desk, story: Story, qtbot: QtBot, tmp_path: Path
) -> None:
    desk.window.go("cases", pupil=story.pupil, referral=True)
    build_it(desk, qtbot)
    paper = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    paper.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    paper.setOutputFileName(str(tmp_path / "printed.pdf"))
    preview = place(desk).preview
    built = preview._built
    assert built is not None
    preview.print_on(paper)
    preview.leave()
    assert "was not saved" not in desk.said
    qtbot.waitUntil(lambda: desk.said == f"{built.pages} pages sent to the printer.", timeout=20_000)
    assert len(PdfReader(tmp_path / "printed.pdf").pages) == built.pages
    assert preview.strip.isHidden()


def test_cancelling_a_print_ends_it_after_the_page_at_hand(desk: Desk, story: Story, qtbot, tmp_path: Path) -> None:
    desk.window.go("cases", pupil=story.pupil, referral=True)
    build_it(desk, qtbot)
    built = place(desk).preview._built
    assert built is not None
    paper = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    paper.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    paper.setOutputFileName(str(tmp_path / "printed.pdf"))
    work = print_pages(built.content, paper, 0, built.pages - 1)
    next(work)
    next(work)
    work.close()
    assert len(PdfReader(tmp_path / "printed.pdf").pages) == 1


def test_another_day_plans_again_and_a_day_that_is_none_is_said(desk: Desk, story: Story) -> None:
    desk.window.go("cases", pupil=story.pupil, referral=True)
    case = place(desk).case
    case.on.setFocus()
    desk.press("Ctrl+A")
    desk.type("16 10")
    request = case.request()
    assert request is not None
    assert (request.on, request.first) == (date(2026, 10, 16), date(2026, 9, 1))
    assert case.plan is not None
    assert case.plan.request == request
    desk.press("Ctrl+A")
    desk.type("someday")
    assert case.request() is None
    assert case._fields["on"].has_fault
    desk.press("Ctrl+A")
    desk.type("25/11/2026")
    assert case._refused.isVisible()
    assert not case._build_button.isEnabled()


def test_something_missing_is_logged_from_the_case_and_readiness_follows(desk: Desk, story: Story) -> None:
    desk.window.go("cases", pupil=story.pupil, referral=True)
    before = place(desk).case.plan
    desk.press("l", "m", "Space", "Tab", "Tab", "Tab", "Tab", "Tab", "h", "Ctrl+Return")
    with desk.context.store.reading() as reading:
        newest = max(reading.entries.of(story.pupil), key=lambda entry: entry.id)
    assert (newest.kind, newest.outcome) == (EntryKind.MEETING, "Held")
    assert place(desk).case.plan != before
    assert place(desk).case.readiness.hasFocus()


def test_p_leads_to_the_pupils_page(desk: Desk, story: Story) -> None:
    desk.window.go("cases", pupil=story.pupil, referral=True)
    desk.press("p")
    assert desk.window.place == "pupils"
    desk.press("c")
    assert desk.window.place == "cases"
    assert place(desk).course.pupil == story.pupil


def test_no_case_says_what_to_do(desk: Desk, school: SmallSchool, open_at) -> None:
    with school.context.store.reading() as reading:
        opened = [one for one in reading.entries.all() if one.kind is EntryKind.CASE_OPENED]
    with school.context.store.writing(school.context.deed("withdraw")) as writing:
        for entry in opened:
            writing.entries.withdraw(entry.id, "test")
    place(desk).refresh(None)
    assert place(desk).listing.empty.isVisible()


def test_a_referral_that_the_type_of_school_may_not_make_is_not_offered(desk: Desk, story: Story) -> None:
    desk.window.go("cases", pupil=story.pupil, referral=True)
    desk.wait()
    page = desk.window.page("cases")
    assert isinstance(page, CasesPage)
    offered = [page.case.asked.referral.itemText(n) for n in range(page.case.asked.referral.count())]
    assert "Statutory referral (Level 3)" in offered
    with desk.context.store.reading() as reading:
        pack = desk.context.pack(reading.book.school())
    independent = next(one for one in pack.referrals if one.key == "independent")
    assert independent.title not in offered
