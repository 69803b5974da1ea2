"""The hatch by real keys: six of them for a late child, and nothing on the screen that others should not see."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QLabel, QWidget

from desktop_app.actions.register import write
from desktop_app.actions.register_checks import Edit
from desktop_app.domain.marks import Mark
from desktop_app.domain.sessions import Half, Session
from tests.support.clock import StillClock
from tests.support.schools import SmallSchool
from tests.support.windows import Desk
from ui.hatch.page import HatchPage
from ui.today.page import TodayPage

AM = Session(date(2026, 11, 20), Half.AM)


@pytest.fixture
def desk(school: SmallSchool, clock: StillClock, open_at) -> Desk:
    write(school.context, [Edit(school.pupils["Kaya"], AM, "N")])
    clock.set(2026, 11, 20, 9, 10)
    return open_at("hatch", HatchPage, TodayPage)


def page(desk: Desk) -> HatchPage:
    found = desk.window.page("hatch")
    assert isinstance(found, HatchPage)
    return found


def mark(desk: Desk, school: SmallSchool, surname: str) -> Mark | None:
    with desk.context.store.reading() as reading:
        return reading.marks.at(school.pupils[surname], AM)


def visible_text(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def test_a_late_child_takes_six_keys(desk: Desk, school: SmallSchool) -> None:
    desk.pressed = 0
    desk.press("k", "a", "y", "Return", "l", "1")
    found = mark(desk, school, "Kaya")
    assert found is not None
    assert (found.code, found.minutes) == ("U", 25)
    assert desk.pressed == 6
    assert page(desk).said.text() == "✓ 09:10: U, 25 minutes late"
    assert page(desk).child is None
    assert desk.focus is page(desk).name


def test_a_slip_only_when_it_is_wanted_and_only_of_the_last_child(desk: Desk, tmp_path: Path) -> None:
    page(desk).slips.save_to(tmp_path / "none.pdf")
    desk.press("k", "a", "y", "Return", "l", "1")
    assert "late slip" in page(desk).hints.accessibleDescription() + page(desk).hints.accessibleName()
    assert "Kaya" not in visible_text(desk.window)
    target = tmp_path / "slip.pdf"
    page(desk).slips.save_to(target)
    assert page(desk).said.text() == "✓ Slip saved"
    (sheet,) = PdfReader(target).pages
    text = sheet.extract_text()
    assert (round(sheet.mediabox.width), round(sheet.mediabox.height)) == (298, 420)
    for words in ("Çağla Kaya", "Class 4B", "09:10, 20 November 2026, 25 minutes late", "Overslept", "U: "):
        assert words in text, words
    page(desk)._forget.timeout.emit()
    assert page(desk).slips.slip is None
    assert not (tmp_path / "none.pdf").exists()


def test_a_mark_for_the_wrong_child_is_taken_back_at_once_and_is_on_record(desk: Desk, school: SmallSchool) -> None:
    desk.press("k", "a", "y", "Return", "l", "1")
    assert mark(desk, school, "Kaya").code == "U"  # type: ignore[union-attr]
    desk.press("Ctrl+Z")
    assert mark(desk, school, "Kaya").code == "N"  # type: ignore[union-attr]
    assert page(desk).said.text() == "✓ Taken back: what stood in the register before stands again"
    assert page(desk).slips.slip is None
    assert (desk.focus, page(desk).name.text()) == (page(desk).name, "")
    with desk.context.store.reading() as reading:
        made = reading.marks.history(school.pupils["Kaya"], AM.day, AM.day)
    assert [row.code for row in made] == ["N", "U", "N"]
    desk.press("Ctrl+Z")
    assert mark(desk, school, "Kaya").code == "N", "it is taken back once"  # type: ignore[union-attr]
    assert page(desk).name.text() == "", "no name comes back either"


def test_a_mark_is_taken_back_only_while_it_is_said_and_nobody_else_is_begun(desk: Desk, school: SmallSchool) -> None:
    desk.press("k", "a", "y", "Return", "l", "1", "d", "Ctrl+Z")
    assert mark(desk, school, "Kaya").code == "U", "the letter was taken back"  # type: ignore[union-attr]
    page(desk)._forget.timeout.emit()
    desk.press("Ctrl+Z")
    assert mark(desk, school, "Kaya").code == "U"  # type: ignore[union-attr]
    desk.press("d", "o", "y", "Return", "l", "1")
    write(school.context, [Edit(school.pupils["Doyle"], AM, "M")], "the mother rang")
    desk.press("Ctrl+Z")
    assert mark(desk, school, "Doyle").code == "M"  # type: ignore[union-attr]
    assert page(desk).said.text() == "⚠ A mark has changed again since, and stays as it is."


def test_a_reason_that_has_a_code_of_its_own(desk: Desk, school: SmallSchool) -> None:
    desk.press("k", "a", "y", "Return", "l", "2")
    found = mark(desk, school, "Kaya")
    assert found is not None
    assert found.code == "M"


def test_something_else_is_typed(desk: Desk, school: SmallSchool) -> None:
    desk.press("k", "a", "y", "Return", "l", "6")
    desk.press("Return")
    assert mark(desk, school, "Kaya").code == "N"  # type: ignore[union-attr]
    desk.type("locked out")
    desk.press("Return")
    assert mark(desk, school, "Kaya").note == "locked out"  # type: ignore[union-attr]


def test_nobody_elses_name_is_on_the_screen(desk: Desk, school: SmallSchool) -> None:
    assert not desk.window.rail.isVisible()
    assert not desk.window.status.isVisible()
    desk.press("d", "o", "y", "Return")
    shown = visible_text(desk.window)
    assert "Ryan Doyle" in shown
    assert not [name for name in ("Kaya", "Abara", "Bielak", "Ms K") if name in shown]
    desk.press("Escape")
    assert "Doyle" not in visible_text(desk.window)


def test_two_of_a_name_are_only_counted(desk: Desk, school: SmallSchool) -> None:
    with desk.context.store.writing(desk.context.deed("set up")) as writing:
        from tests.support.schools import pupil

        writing.book.put(pupil("Doyle", "Ryanne", 9))
    desk.type("rya")
    desk.press("Return")
    assert "2 children" in visible_text(desk.window)
    assert "Doyle" not in visible_text(desk.window)
    assert page(desk).child is None


def test_signing_out_with_a_stranger_needs_a_name_that_agreed(desk: Desk, school: SmallSchool) -> None:
    desk.press("k", "a", "y", "Return", "o")
    desk.type("dentist")
    desk.press("Return")
    desk.type("Una Bell")
    desk.press("Return")
    assert "not down to collect" in visible_text(desk.window)
    desk.type("Dr A Rahman")
    desk.press("Return")
    assert page(desk).said.text() == "✓ 09:10: signed out"
    desk.press("k", "a", "y", "Return")
    assert "signed out at 09:10" in page(desk).beside.text()
    desk.press("o")
    assert page(desk).said.text() == "✓ 09:10: signed in again"


def test_escape_leaves_an_empty_hatch_and_the_rail_is_back(desk: Desk) -> None:
    desk.press("k", "Escape")
    assert desk.window.place == "hatch"
    desk.press("Escape")
    assert desk.window.place == "today"
    assert desk.window.rail.isVisible()
