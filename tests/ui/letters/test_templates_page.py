"""The templates of letters by real keys: changed, refused with the line, saved, in Word and back, as shipped again."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QShortcut, QTextCharFormat

from desktop_app.actions.letter_book import Picture
from desktop_app.actions.templates import picture, template
from desktop_app.domain.staff import Role
from tests.support.keyboard import names
from tests.support.people import in_role
from tests.support.schools import SmallSchool
from tests.support.windows import Desk
from ui import letter_keys
from ui.letters.page import LettersPage
from ui.templates.page import TemplatesPage


@pytest.fixture
def desk(open_at) -> Desk:
    found = open_at("letter-templates", TemplatesPage, LettersPage)
    page(found).list.select_key(("concern-1", "en"))
    return found


def page(desk: Desk) -> TemplatesPage:
    found = desk.window.page("letter-templates")
    assert isinstance(found, TemplatesPage)
    return found


def state(desk: Desk) -> str:
    found = page(desk).list.selected()
    return str(page(desk).model.columns[0].second(found))  # type: ignore[misc]


def test_a_letter_is_changed_and_saved_with_a_field_put_in(desk: Desk, school: SmallSchool) -> None:
    assert desk.focus is page(desk).list
    desk.press("Return", "Ctrl+End")
    desk.press("Return")
    desk.type("Ask for ")
    page(desk).editor.fields.choose("head")
    desk.press("Ctrl+I")
    desk.type(".")
    desk.press("Ctrl+S")
    kept = template(school.context, "concern-1", "en")
    assert kept is not None
    assert kept.own
    assert kept.body.endswith("Ask for [head].")
    assert state(desk) == "English · the school’s own"
    desk.press("Ctrl+Delete")
    assert state(desk) == "English · as shipped"
    assert "Ask for" not in page(desk).editor.text.toPlainText()


def test_an_unknown_field_is_underlined_and_refused_with_its_line(desk: Desk, school: SmallSchool) -> None:
    editor = page(desk).editor
    editor.text.setPlainText("Dear [parent names],\n\nask for [the techer].")
    desk.press("Return", "Ctrl+S")
    assert editor.says.text().startswith("⚠ Line 3: there is no field [the techer].")
    assert editor.text.textCursor().blockNumber() == 2
    formats = editor.text.document().findBlockByNumber(2).layout().formats()
    assert [one.format.underlineStyle() for one in formats] == [QTextCharFormat.UnderlineStyle.WaveUnderline]
    held = template(school.context, "concern-1", "en")
    assert held is not None
    assert not held.own


def test_what_is_changed_is_not_lost_by_going_to_another(desk: Desk) -> None:
    desk.press("Return")
    desk.type("X")
    page(desk).list.setFocus()
    desk.press("Down")
    assert "Save what you changed first" in desk.said
    assert page(desk).editor.touched
    desk.press("Escape")
    assert not page(desk).editor.touched
    before = page(desk).editor.words
    desk.press("Down")
    assert page(desk).editor.words != before


def test_the_page_with_a_made_up_child(desk: Desk) -> None:
    desk.press("Ctrl+P")
    desk.wait()
    assert page(desk).sheet.isVisible()
    assert "Saffron" in page(desk).sheet.accessibleDescription()
    desk.press("Escape")
    assert page(desk).editor.text.isVisible()


def test_a_letter_from_right_to_left_is_written_so(desk: Desk) -> None:
    page(desk).list.select_key(("concern-1", "ur"))
    option = page(desk).editor.text.document().defaultTextOption()
    assert option.textDirection() == Qt.LayoutDirection.RightToLeft


def test_out_to_word_and_in_again(desk: Desk, school: SmallSchool, tmp_path: Path) -> None:
    page(desk).put_word(tmp_path / "letter.docx")
    page(desk).take_word(tmp_path / "letter.docx")
    held = template(school.context, "concern-1", "en")
    assert held is not None
    assert held.word
    assert state(desk) == "English · the school’s own, a Word file"
    assert page(desk).editor.text.isReadOnly()
    (tmp_path / "program.docx").write_bytes(b"MZ\x90\x00 not a document")
    page(desk).take_word(tmp_path / "program.docx")
    assert "no Word document" in desk.said
    assert template(school.context, "concern-1", "en") == held


def test_what_is_no_picture_is_refused(desk: Desk, school: SmallSchool, tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(b"no picture")
    page(desk).take_picture(Picture.LOGO, tmp_path / "logo.png")
    assert desk.said.startswith("⚠ ")
    assert picture(school.context, Picture.LOGO) == b""


def a_picture(folder: Path, name: str) -> Path:
    made = QImage(60, 30, QImage.Format.Format_RGB32)
    made.fill(Qt.GlobalColor.darkCyan)
    assert made.save(str(folder / name))
    return folder / name


def test_the_logo_and_the_signature_are_taken_away_by_a_key(desk: Desk, school: SmallSchool, tmp_path: Path) -> None:
    found = page(desk)
    assert not found.no_logo.isVisible()
    desk.press("Alt+L")
    assert desk.said == "⚠ There is no such picture on the letters."
    for which in Picture:
        found.take_picture(which, a_picture(tmp_path, f"{which.value}.png"))
    assert found.pictures.text() == "On every letter: logo and signature"
    assert found.no_logo.isVisible()
    desk.press("Return", "Ctrl+End")
    desk.type(" half typed")
    desk.press("Alt+L")
    assert desk.said == "Letters go without the logo now."
    assert found.pictures.text() == "On every letter: signature"
    assert not found.no_logo.isVisible()
    assert found.editor.text.toPlainText().endswith("half typed")
    assert (picture(school.context, Picture.LOGO), bool(picture(school.context, Picture.SIGNATURE))) == (b"", True)
    desk.press("Alt+G")
    assert found.pictures.text() == "No logo and no signature yet"
    assert picture(school.context, Picture.SIGNATURE) == b""


def test_who_may_only_log_takes_no_picture_away(desk: Desk, school: SmallSchool, tmp_path: Path) -> None:
    page(desk).take_picture(Picture.LOGO, a_picture(tmp_path, "logo.png"))
    desk.window.take_over(in_role(school.context, Role.OFFICE))
    desk.window.go("letter-templates")
    assert not page(desk).no_logo.isEnabled()
    desk.press("Alt+L")
    assert desk.said.startswith("⚠ ")
    assert picture(school.context, Picture.LOGO)


def test_who_may_only_log_reads_them(school: SmallSchool, open_at) -> None:  # type: ignore[no-untyped-def]
    school.context = in_role(school.context, Role.OFFICE)
    desk = open_at("letter-templates", TemplatesPage)
    page(desk).list.select_key(("concern-1", "en"))
    assert page(desk).editor.text.toPlainText()
    assert page(desk).editor.text.isReadOnly()
    assert not page(desk).keep.isEnabled()


def test_every_key_of_the_templates_is_listed(desk: Desk) -> None:
    own = {one.key().toString() for one in page(desk).findChildren(QShortcut)}
    assert own <= names(letter_keys.TEMPLATES)
    assert len(own) == 8
