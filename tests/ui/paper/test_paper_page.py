"""Paper by real keys: what was asked for is drawn, looked at, printed and saved; the pack of the morning by itself."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from desktop_app.actions.continuity import arrange_continuity, continuity
from desktop_app.actions.register import fill_present
from desktop_app.domain.progress import Progress
from desktop_app.domain.sessions import Half, Session
from desktop_app.domain.staff import Role
from tests.support.clock import StillClock
from tests.support.people import in_role
from tests.support.schools import SmallSchool
from tests.support.windows import Desk
from ui.memory import Memory
from ui.morning import Morning
from ui.paper.page import BLANK, PaperPage
from ui.register.page import RegisterPage
from ui.school_menu import SchoolMenu
from ui.week.page import WeekPage

PASSWORD = "marble-otter-lantern"


@pytest.fixture
def desk(school: SmallSchool, tmp_path: Path, open_at) -> Desk:
    fill_present(school.context, "4B", Session(date(2026, 11, 20), Half.AM))
    found = open_at("week", WeekPage, PaperPage, RegisterPage)
    SchoolMenu(found.window, Memory(tmp_path))
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "drawer"
    made.mkdir()
    return made


def page(desk: Desk) -> PaperPage:
    found = desk.window.page("paper")
    assert isinstance(found, PaperPage)
    return found


def drawn(desk: Desk, qtbot: QtBot) -> None:
    desk.press("Ctrl+P")
    qtbot.waitUntil(page(desk).preview.isVisible, timeout=20_000)


def test_blank_registers_are_drawn_looked_at_and_saved(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    desk.press("Ctrl+Shift+P")
    assert desk.window.place == "paper"
    assert page(desk).kind.value() == BLANK
    desk.press("Tab")
    desk.type("4b")
    drawn(desk, qtbot)
    assert "Register of class 4B" in page(desk).preview.sheet.accessibleDescription()
    target = tmp_path / "registers.pdf"
    page(desk).preview.save_to(target)
    text = PdfReader(target).pages[0].extract_text()
    assert "Abara, Tobi" in text
    assert "/" not in text.replace("20/11/2026", "").replace("20/11/", ""), "no mark stands on a blank sheet"
    desk.press("Escape")
    assert desk.focus is page(desk).kind
    desk.press("Escape")
    assert desk.window.place == "registers"


def test_filled_registers_and_contacts_are_other_pages(desk: Desk, qtbot: QtBot) -> None:
    desk.press("Ctrl+Shift+P", "Down")
    drawn(desk, qtbot)
    assert "No mark of these registers was amended" in page(desk).preview.sheet.accessibleDescription()
    desk.press("Escape", "Down", "Down")
    drawn(desk, qtbot)
    assert "07700 900001" in page(desk).preview.sheet.accessibleDescription()


def test_only_what_the_person_may_print_is_offered(school: SmallSchool, open_at) -> None:
    school.context = in_role(school.context, Role.INSPECTOR)
    kinds = page(open_at("paper", WeekPage, PaperPage, RegisterPage)).kind
    assert [kinds.itemText(n).split()[0] for n in range(kinds.count())] == ["Registers,", "Registers,", "Roll-call"]


def test_what_cannot_be_drawn_is_said_and_nothing_is_shown(desk: Desk) -> None:
    desk.press("Ctrl+Shift+P", "Tab")
    desk.type("9Z")
    desk.press("Ctrl+P")
    assert page(desk).fault.text() == "⚠ There is nobody in 9Z on 20 November 2026."
    assert not page(desk).preview.isVisible()
    page(desk).day.setText("32/13")
    desk.press("Ctrl+P")
    assert page(desk).fault.text().startswith("⚠ That is not a day.")


def test_the_whole_pack_is_printed_and_not_saved_without_its_password(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    desk.press("Ctrl+Shift+P", "End")
    drawn(desk, qtbot)
    desk.press("Ctrl+S")
    assert "only in the folder" in desk.said
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    page(desk).preview.print_on(printer)
    qtbot.waitUntil(lambda: "sent to the printer" in desk.said, timeout=20_000)
    assert len(PdfReader(tmp_path / "printed.pdf").pages) == 4


def test_drawing_can_be_cancelled(desk: Desk, qtbot: QtBot) -> None:
    go_on = threading.Event()

    def before() -> Iterator[Progress]:
        """Something else that the worker has to do first, so that the drawing cannot be over before it is cancelled."""
        yield Progress(0, 1, "waiting")
        go_on.wait(20)

    desk.window.runner.start(before(), lambda _: None, lambda _: None, lambda _: None)
    desk.press("Ctrl+Shift+P", "End", "Ctrl+P")
    page(desk).strip.cancel.click()
    go_on.set()
    qtbot.waitUntil(lambda: desk.window.runner.still, timeout=20_000)
    assert page(desk)._job is None
    assert not page(desk).preview.isVisible()


def test_the_head_arranges_the_pack_and_it_is_made_by_itself(desk: Desk, qtbot: QtBot, folder: Path) -> None:
    Morning(desk.window)
    desk.press("Ctrl+Shift+P")
    card = page(desk).pack
    assert "Nobody has said yet" in card.state.text()
    assert not card.now.isEnabled()
    card.folder.setFocus()
    desk.type(str(folder))
    desk.press("Tab")
    desk.type(PASSWORD)
    desk.press("Tab")
    desk.type("marble-otter-lanterm")
    card.keep.setFocus()
    desk.press("Space")
    assert card.said.text() == "⚠ The two passwords are not the same."
    card.again.setText(PASSWORD)
    card.keep.setFocus()
    desk.press("Space")
    qtbot.waitUntil(lambda: "Continuity pack made" in desk.said, timeout=20_000)
    (made,) = folder.iterdir()
    assert PdfReader(made).decrypt(PASSWORD)
    assert card.state.text() == "✓ Made on 20 November 2026 at 08:50"
    assert card.password.text() == ""
    made.unlink()
    page(desk).kind.setFocus()
    desk.press("Ctrl+M")
    qtbot.waitUntil(made.exists, timeout=20_000)


def test_a_pack_that_could_not_be_made_stays_said_until_it_is(
    desk: Desk, qtbot: QtBot, folder: Path, clock: StillClock
) -> None:
    arrange_continuity(desk.context, folder, PASSWORD)
    folder.rmdir()
    morning = Morning(desk.window)
    with qtbot.waitSignal(morning.ended, timeout=20_000):
        morning.look()
    assert "The continuity pack was not made. The folder" in desk.window.banner.words.text()
    assert "is not there" in continuity(desk.context).failed
    desk.press("Ctrl+Shift+P")
    assert page(desk).pack.state.text().startswith("⚠ Not made, 20/11/2026 08:50: The folder")
    assert desk.window.banner.isVisible()
    folder.mkdir()
    desk.press("Ctrl+M")
    qtbot.waitUntil(lambda: not desk.window.banner.isVisible(), timeout=20_000)
    assert len(list(folder.iterdir())) == 1
    assert clock.local.hour == 8
