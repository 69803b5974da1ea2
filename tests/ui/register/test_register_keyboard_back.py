"""The keyboard is never lost: whatever takes it away gives it back to the grid."""

from __future__ import annotations

from dataclasses import replace

from desktop_app.actions.register import write
from desktop_app.actions.register_checks import Edit
from desktop_app.domain.sessions import Session
from tests.ui.register.conftest import FRIDAY_AM, THURSDAY_PM, Registers
from ui.register.weeks import WEEK


def test_escape_in_find_gives_the_keyboard_back(registers: Registers) -> None:
    registers.press("Ctrl+K", "k", "e", "Escape")
    assert registers.focus is registers.page.grid
    registers.press("Shift+Backtab")
    before = registers.focus
    registers.press("Ctrl+K", "Ctrl+K", "Escape")
    assert registers.focus is before


def test_escape_in_find_goes_to_the_page_where_nothing_had_the_keyboard(registers: Registers) -> None:
    registers.press("l", "Ctrl+K", "Escape")
    assert registers.focus is registers.page.grid, "the field in the cell is there no more"
    registers.window.find_field.setFocus()
    registers.press("Escape")
    assert registers.focus is registers.page.grid


def test_another_week_takes_a_question_away_and_the_grid_has_the_keyboard(registers: Registers) -> None:
    registers.put("Abara", THURSDAY_PM)
    registers.press("Space", "Up", "N")
    assert registers.page.reason.line.hasFocus()
    registers.press("Alt+Left")
    assert registers.focus is registers.page.grid
    assert not registers.page.reason.isVisible()
    assert registers.here == ("Abara", Session(THURSDAY_PM.day - WEEK, THURSDAY_PM.half))
    registers.press("Alt+Right", "?", "Alt+Left")
    assert registers.focus is registers.page.grid
    assert not registers.page.questions.coding.isVisible()
    assert registers.code("Abara", THURSDAY_PM) == "\\"


def test_another_week_leaves_a_choice_between_two_marks(registers: Registers) -> None:
    other = replace(registers.context, staff=replace(registers.context.staff, name="Pat Oduya"))
    write(other, [Edit(registers.pupils["Abara"], FRIDAY_AM, "M")])
    registers.press("I")
    assert registers.page.questions.clash.hasFocus()
    registers.press("Alt+Left")
    assert registers.focus is registers.page.grid
    assert not registers.page.questions.clash.isVisible()
    assert registers.code("Abara") == "M"


def test_the_history_gives_the_keyboard_back_to_the_grid_wherever_it_was(registers: Registers) -> None:
    registers.press("?", "Ctrl+Shift+H", "Escape")
    assert registers.focus is registers.page.grid
    registers.press("Escape", "Shift+Backtab")
    assert registers.focus is not registers.page.grid
    registers.press("Ctrl+Shift+H", "Escape")
    assert registers.focus is registers.page.grid
