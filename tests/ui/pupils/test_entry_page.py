"""An entry opened in full: what it holds, its files shown inside the window, copies saved, files added later."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel
from reportlab.pdfgen.canvas import Canvas

from desktop_app.actions.attachments import NewFile, attachments_of, checked_file
from desktop_app.actions.log import log, withdraw
from desktop_app.actions.pupils import pupil_page
from desktop_app.domain.entries import EntryKind, NewEntry
from tests.support.referrals import Story, tell_story
from tests.support.schools import SmallSchool
from tests.support.windows import Desk
from ui.pupils.chronology_model import ChronologyModel, lines_of
from ui.pupils.entry_page import EntryPage
from ui.pupils.entry_words import said_of
from ui.pupils.file_view import MOST_ACROSS, picture
from ui.pupils.page import PupilsPage


@pytest.fixture
def story(school: SmallSchool) -> Story:
    return tell_story(school)


@pytest.fixture
def entry(school: SmallSchool, story: Story) -> int:
    """A meeting with a PDF of two pages, a picture, a text, a Word file and a PDF that is none."""
    said = NewEntry(
        EntryKind.MEETING,
        datetime(2026, 11, 20, 8, 0),
        (story.pupil,),
        "Held",
        (story.mother,),
        "Mornings are hardest.",
        {"meeting": "school-meeting", "next": "2026-12-11", "opinion": "She was tired."},
    )
    docx = NewFile("plan.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK")
    files = [
        checked_file("plan.pdf", two_pages()),
        checked_file("card.png", png(60, 40)),
        checked_file("message.txt", b"She was up at six <b>and</b> cross."),
        docx,
        NewFile("broken.pdf", "application/pdf", b"%PDF-1.7 nothing more"),
    ]
    return log(school.context, said, files)[0]


@pytest.fixture
def desk(story: Story, entry: int, open_at) -> Desk:
    opened = open_at("pupils", PupilsPage)
    opened.window.go("pupils", pupil=story.pupil)
    pupils(opened).child.chronology.pick(entry)
    opened.press("Return")
    return opened


def two_pages() -> bytes:
    made = BytesIO()
    sheet = Canvas(made)
    for words in ("Attendance plan", "Signed by both"):
        sheet.drawString(72, 720, words)
        sheet.showPage()
    sheet.save()
    return made.getvalue()


def png(width: int, height: int) -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#204060"))
    kept = QBuffer()
    kept.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(kept, "PNG")
    return kept.data().data()


def pupils(desk: Desk) -> PupilsPage:
    page = desk.window.page("pupils")
    assert isinstance(page, PupilsPage)
    return page


def shown(desk: Desk) -> EntryPage:
    page = pupils(desk).entry
    assert page.isVisible()
    return page


def words_in(page: EntryPage) -> list[str]:
    return [label.text() for label in page._scroll.findChildren(QLabel) if not label.isHidden()]


def test_enter_opens_the_entry_with_everything_it_holds(desk: Desk) -> None:
    said = words_in(shown(desk))
    pairs = dict(zip(said[::2], said[1::2], strict=True))
    assert pairs["What came of it"] == "Held"
    assert pairs["With"] == "Karen Doyle"
    assert pairs["Note: the facts"] == "Mornings are hardest."
    assert pairs["Which meeting"] == "School attendance meeting"
    assert pairs["Next meeting"] == "11 December 2026"
    assert pairs["What Dr A Rahman thinks, apart from the facts"] == "She was tired."
    assert "by Dr A Rahman" in pairs["Recorded"]


def test_a_pdf_is_turned_and_a_picture_and_a_text_are_shown_in_the_window(desk: Desk) -> None:
    page = shown(desk)
    assert desk.focus is page.files
    assert page.view.stack.currentWidget() is page.view.sheet
    assert page.view.sheet.accessibleDescription().strip() == "Attendance plan"
    desk.press("Return", "PageDown")
    assert page.view.sheet.accessibleDescription().strip() == "Signed by both"
    desk.press("Escape")
    assert desk.focus is page.files
    desk.press("Down")
    assert page.view.sheet.accessibleDescription() == "Picture card.png"
    assert not page.view.sheet._sheet.pixmap().isNull()
    desk.press("Down")
    assert page.view.stack.currentWidget() is page.view.words
    assert page.view.words.toPlainText() == "She was up at six <b>and</b> cross."
    assert page.view.words.isReadOnly()


def test_what_cannot_be_shown_says_how_to_look_at_it(desk: Desk) -> None:
    page = shown(desk)
    desk.press("Down", "Down", "Down")
    assert page._shown.accessibleName() or page.files.line().about == "plan.docx"
    assert page.view.stack.currentWidget() is page.view.nothing
    desk.press("Down")
    assert page.files.line().about == "broken.pdf"
    assert page.view.stack.currentWidget() is page.view.nothing


def test_a_copy_is_saved_byte_for_byte(desk: Desk, tmp_path: Path) -> None:
    desk.press("Down")
    shown(desk).save_copy(tmp_path / "copy.png")
    assert (tmp_path / "copy.png").read_bytes() == png(60, 40)
    assert desk.said == f"Saved: {tmp_path / 'copy.png'}"
    shown(desk).save_copy(tmp_path / "no folder" / "copy.png")
    assert desk.said.startswith("⚠")


def test_a_file_is_attached_later_and_shown_at_once(desk: Desk, story: Story, entry: int, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("from the nurse")
    (tmp_path / "setup.exe").write_bytes(b"MZ")
    shown(desk).attach([tmp_path / "setup.exe"])
    assert desk.said.startswith("⚠")
    shown(desk).attach([tmp_path / "note.txt"])
    assert desk.said == "Attached: note.txt."
    assert shown(desk).view.words.toPlainText() == "from the nurse"
    assert attachments_of(desk.context, story.pupil)[entry][-1].shown_name == "note.txt"
    desk.press("Escape")
    assert desk.focus is pupils(desk).child.chronology
    assert "note.txt" in pupils(desk).child.chronology_model.lines[0].files


def test_escape_goes_back_to_the_entry_and_lets_the_file_go(desk: Desk, entry: int) -> None:
    page = shown(desk)
    desk.press("Escape")
    assert pupils(desk).child.isVisible()
    found = pupils(desk).child.chronology.entry()
    assert found is not None
    assert found.id == entry
    assert page._file is None
    assert page.view._pdf is None


def test_a_withdrawn_entry_is_read_and_takes_no_file(desk: Desk, entry: int) -> None:
    desk.window.announce(withdraw(desk.context, entry, "logged twice"))
    page = shown(desk)
    assert page._attach.isHidden()
    assert words_in(page)[-2:] == ["Withdrawn by Dr A Rahman", "logged twice"]


def test_an_entry_without_files_has_no_room_for_them(desk: Desk, story: Story) -> None:
    desk.press("Escape", "Down", "Return")
    page = shown(desk)
    assert page._beside.isHidden()
    assert page._copy.isHidden()
    assert desk.focus is page._scroll
    desk.press("Escape")
    assert pupils(desk).child.isVisible()


def test_the_place_asked_for_again_is_the_list(desk: Desk) -> None:
    desk.window.go("pupils")
    assert pupils(desk).listing.isVisible()


def test_a_line_tells_details_files_and_opinion_to_a_screen_reader(
    school: SmallSchool, story: Story, entry: int
) -> None:
    page = pupil_page(school.context, story.pupil)
    model = ChronologyModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_lines(lines_of(page.chronology, 2026, said_of(school.context, page)))
    assert tester.model().rowCount() == len(page.chronology)
    line = model.lines[model.row_of(entry) or 0]
    assert line.files == "Attached: plan.pdf, card.png, message.txt, plan.docx, broken.pdf"
    for words in (line.opinion, line.files, "Next meeting: 11 December 2026"):
        assert words in line.spoken


def test_a_picture_is_held_no_larger_than_is_of_use(qapp) -> None:
    wide = picture(png(MOST_ACROSS * 2, 20))
    assert (wide.width(), wide.height()) == (MOST_ACROSS, 10)
    assert picture(b"\x89PNG\r\n\x1a\nnothing").isNull()
