"""Help by keyboard: F1 in each place, and back to where the keyboard was with everything half typed still there."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from tests.support.schools import SmallSchool
from tests.support.windows import Desk
from ui.cases.page import CasesPage
from ui.help.view import HelpView
from ui.memory import Memory
from ui.pupils.page import PupilsPage
from ui.register.page import RegisterPage
from ui.school_menu import SchoolMenu
from ui.theme import SchemeChoice


def view(desk: Desk) -> HelpView:
    assert desk.window.help.view is not None
    return desk.window.help.view


def registers(desk: Desk) -> RegisterPage:
    desk.window.go("registers", class_name="4B")
    page = desk.window.page("registers")
    assert isinstance(page, RegisterPage)
    return page


def text(desk: Desk) -> str:
    return view(desk).reading.toPlainText().replace("\xa0", " ")


@pytest.mark.parametrize("place", ["today", "registers", "pupils", "cases", "import"])
@pytest.mark.parametrize("back", ["Escape", "F1"])
def test_f1_opens_the_section_of_the_place_and_gives_the_keyboard_back(desk: Desk, place: str, back: str) -> None:
    desk.window.go(place)
    before = desk.focus
    desk.press("F1")
    assert view(desk).section.key == place
    assert desk.focus is view(desk).reading
    assert view(desk).isVisible()
    assert view(desk).geometry() == desk.window.sight.geometry()
    desk.press(back)
    assert desk.window.help.view is None
    assert desk.focus is before
    assert desk.window.place == place


def test_the_log_form_has_a_section_of_its_own_and_keeps_what_was_typed(desk: Desk, busy: SmallSchool) -> None:
    desk.window.go("pupils", pupil=busy.pupils["Doyle"])
    desk.press("l")
    page = desk.window.page("pupils")
    assert isinstance(page, PupilsPage)
    assert page.child.log_panel.isVisible()
    before = desk.focus
    desk.press("F1")
    assert view(desk).section.key == "log"
    desk.press("Escape")
    assert desk.focus is before
    assert page.child.log_panel.isVisible()


def test_a_letter_that_waits_in_the_register_goes_on_waiting(desk: Desk) -> None:
    page = registers(desk)
    row, column = page.grid.cursor_row, page.grid.cursor_column
    desk.press("y", "F1")
    assert page.desk.model.waiting_at(row, column) == "Y"
    desk.press("Escape", "3")
    assert page.desk.model.cell_at(row, column).mark is not None
    assert page.desk.model.cell_at(row, column).mark.code == "Y3"  # pyright: ignore[reportOptionalMemberAccess]


def test_a_reason_half_typed_is_still_asked_for(desk: Desk, busy: SmallSchool, clock) -> None:
    page = registers(desk)
    clock.set(2026, 11, 20, 11, 0)
    page.desk.read_again()
    row = page.desk.model.place_of(busy.pupils["Doyle"])
    assert row is not None
    page.grid.put_cursor(row, 8)
    desk.press("m")
    desk.type("Mother")
    assert desk.focus is page.reason.line
    desk.press("F1", "F1")
    assert desk.focus is page.reason.line
    desk.type(" rang")
    desk.press("Return")
    assert page.desk.model.cell_at(row, 8).mark.code == "M"  # pyright: ignore[reportOptionalMemberAccess]
    assert "Mother rang" in desk.said


def test_letters_search_from_anywhere_and_escape_goes_back_a_step(desk: Desk) -> None:
    desk.press("F1", "d")
    desk.type("entist")
    assert desk.focus is view(desk).typed
    assert "Medical or dental appointment" in text(desk)
    assert "Illness" not in text(desk)
    desk.press("Down")
    assert desk.focus is view(desk).reading
    desk.press("Backspace")
    assert view(desk).typed.text() == "dentis"
    desk.press("Escape")
    assert view(desk).typed.text() == ""
    assert view(desk).section.key == "today"
    desk.press("Escape")
    assert desk.window.help.view is None


def test_a_search_that_finds_nothing_says_so(desk: Desk) -> None:
    desk.press("F1")
    desk.type("quagga")
    assert "Nothing found for “quagga”" in text(desk)


def test_the_sections_are_gone_through_by_keys_and_back(desk: Desk) -> None:
    desk.press("F1", "Ctrl+PageDown")
    assert view(desk).section.key == "registers"
    desk.press("Ctrl+PageUp", "Ctrl+PageUp")
    assert view(desk).section.key == "door"
    desk.press("Alt+Left")
    assert view(desk).section.key == "today"


def test_the_list_of_sections_shows_each_as_it_is_reached(desk: Desk) -> None:
    desk.press("F1")
    for _ in range(8):  # past the links of the text, from the last to the first
        if desk.focus is view(desk).reading:
            desk.press("Shift+Backtab")
    assert desk.focus is view(desk).table
    desk.press("Down", "Down")
    assert view(desk).section.key == "codes"
    desk.press("Return")
    assert desk.focus is view(desk).reading


def test_a_link_goes_to_its_section_by_keyboard(desk: Desk) -> None:
    desk.window.go("registers")
    desk.press("F1", "Tab", "Return")
    assert view(desk).section.key == "codes"
    assert desk.focus is view(desk).reading
    desk.press("Alt+Left")
    assert view(desk).section.key == "registers"


def test_tab_goes_round_within_the_help(desk: Desk) -> None:
    desk.press("F1")
    met: set[str] = set()
    for _ in range(12):
        desk.press("Tab")
        assert view(desk).isAncestorOf(desk.focus)
        met.add(desk.focus.accessibleName() or desk.focus.property("text"))
    assert {"Search the help", "Sections of the help", "Help: Today", "Close"} <= met


def test_going_to_another_place_closes_the_help(desk: Desk) -> None:
    desk.press("F1", "Ctrl+3")
    assert desk.window.help.view is None
    assert desk.window.place == "pupils"
    assert desk.focus is desk.window.page("pupils").first_focus()


def test_the_list_of_places_can_be_reached_and_left_again(desk: Desk) -> None:
    desk.press("F1", "F6")
    assert desk.window.rail.isAncestorOf(desk.focus)
    assert desk.window.help.view is not None
    desk.press("F1")
    assert desk.window.help.view is None


def test_keys_of_the_page_underneath_do_nothing(desk: Desk) -> None:
    desk.window.go("import")
    desk.press("F1", "Ctrl+O", "Ctrl+Return")
    assert desk.window.help.view is not None
    assert desk.focus is view(desk).reading
    page = registers(desk)
    desk.press("F1", "F9")
    assert all(row.cells[8].mark is None for row in page.desk.model.rows if row.pupil.surname == "Kaya")


def test_help_is_in_the_school_menu(desk: Desk, tmp_path) -> None:
    SchoolMenu(desk.window, Memory(tmp_path))
    action = next(action for action in desk.window.menu.actions() if action.text().startswith("Help"))
    assert action.text() == "Help\tF1"
    before = desk.focus
    action.trigger()
    assert view(desk).section.key == "today"
    desk.press("F1")
    assert desk.focus is before


def test_in_a_narrow_window_the_sections_are_a_choice(desk: Desk, qtbot: QtBot) -> None:
    desk.window.resize(640, 480)
    desk.press("F1")
    assert view(desk).choice.isVisible()
    assert not view(desk).table.isVisible()
    desk.press("Ctrl+PageDown")
    assert view(desk).choice.currentText() == "Registers"
    desk.window.resize(1366, 768)
    qtbot.waitUntil(view(desk).table.isVisible)
    assert not view(desk).choice.isVisible()
    assert view(desk).geometry() == desk.window.sight.geometry()


def test_the_help_follows_the_scheme(desk: Desk) -> None:
    desk.press("F1")
    light = view(desk).reading.grab().toImage().pixelColor(8, 200)
    desk.window.theme.choose(SchemeChoice.DARK)
    dark = view(desk).reading.grab().toImage().pixelColor(8, 200)
    assert light.lightness() > 200
    assert dark.lightness() < 60


def test_everything_in_the_help_has_a_name(desk: Desk) -> None:
    desk.press("F1")
    for widget in (view(desk), view(desk).typed, view(desk).choice, view(desk).table, view(desk).reading):
        assert widget.accessibleName()
    assert QAccessible.queryAccessibleInterface(view(desk).reading).text(QAccessible.Text.Name) == "Help: Today"


def test_nothing_is_fetched_for_the_text(desk: Desk) -> None:
    desk.press("F1")
    pane = view(desk).reading
    pane.setHtml('<img src="file:///etc/hostname"><a href="https://example.org">out</a>')
    assert pane.loadResource(2, "file:///etc/hostname") is None
    pane.anchorClicked.emit("https://example.org/codes")
    assert view(desk).section.key == "today"


def test_where_the_keyboard_was_is_gone_the_page_takes_it(desk: Desk, busy: SmallSchool) -> None:
    desk.window.go("cases", pupil=busy.pupils["Doyle"], referral=True)
    page = desk.window.page("cases")
    assert isinstance(page, CasesPage)
    page.case.referral.setFocus()
    desk.press("F1")
    page.case.referral.setEnabled(False)
    desk.press("Escape")
    assert desk.focus is page.case.first_focus()
