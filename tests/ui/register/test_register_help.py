"""What a cell can be asked: which code it needs, and what it has been. And fills that keep what stands."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop_app.actions.log import log
from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.staff import Role
from tests.support.clock import StillClock
from tests.support.schools import SmallSchool
from tests.ui.register.conftest import FRIDAY_AM, THURSDAY_PM, Registers, open_registers
from ui.register.history import NOTHING
from ui.theme import Theme


def test_two_answers_write_the_code(registers: Registers) -> None:
    registers.press("?")
    bar = registers.page.questions.coding
    assert bar.words == "Where is the child?"
    assert bar.hasFocus()
    assert bar.choices[2] == "Ill, or at an appointment"
    registers.press("3")
    assert bar.words == "Which is it?"
    assert bar.choices == ("too ill to attend, in body or mind: I", "a medical or dental appointment: M")
    assert registers.code("Abara") == ""
    registers.press("2")
    assert registers.code("Abara") == "M"
    assert registers.pressed == 3
    assert registers.here == ("Achterberg", FRIDAY_AM)
    assert registers.page.grid.hasFocus()
    assert not bar.isVisible()


def test_present_finds_the_stroke_of_the_half(registers: Registers) -> None:
    registers.put("Abara", THURSDAY_PM)
    registers.press("?", "1", "1")
    assert registers.code("Abara", THURSDAY_PM) == "\\"


def test_a_code_that_needs_a_note_still_asks_for_it(registers: Registers) -> None:
    registers.press("?", "2", "6", *"Forest school", "Return")
    mark = registers.on_disk("Abara")
    assert mark is not None
    assert (mark.code, mark.note) == ("B", "Forest school")


def test_late_still_asks_for_the_time(registers: Registers, clock: StillClock) -> None:
    clock.set(2026, 11, 20, 9, 10)
    registers.press("?", "1", "2", "Return")
    assert registers.code("Abara") == "U"


def test_escape_and_other_keys_write_nothing(registers: Registers) -> None:
    registers.press("?", "I", "9", "Escape")
    assert registers.code("Abara") == ""
    assert registers.page.grid.hasFocus()
    registers.press("?", "3", "Escape")
    assert registers.code("Abara") == ""


def test_where_nothing_can_be_marked_nothing_is_asked(registers: Registers) -> None:
    registers.press("Alt+Right", "?")
    assert "in the future" in registers.said
    assert not registers.page.questions.coding.isVisible()


def test_the_history_of_a_cell_has_every_version(registers: Registers) -> None:
    registers.put("Abara", THURSDAY_PM)
    registers.press("N", "Up", "O", "1", "Up", "Shift+F2", *"rang at ten", "Return", "Ctrl+Shift+H")
    panel = registers.page.history
    assert panel.isVisible()
    first, second, third = panel.texts
    assert first.splitlines()[0].startswith("N, ")
    assert first.splitlines()[1] == "Fri 20 Nov 08:50, Dr A Rahman, Headteacher"
    assert len(first.splitlines()) == 2
    assert second.splitlines()[0].startswith("N → O, ")
    assert second.splitlines()[2] == "Amended after the register had closed; reason: Parent gave the reason"
    assert third.splitlines()[2].endswith("note: rang at ten")
    registers.press("Escape")
    assert not panel.isVisible()
    assert registers.page.grid.hasFocus()


def test_the_history_follows_the_cursor_and_the_key_closes_it(registers: Registers) -> None:
    registers.press("Ctrl+Shift+H")
    panel = registers.page.history
    assert panel.texts == ()
    assert NOTHING in [label.text() for label in panel.findChildren(type(panel._whose))]
    registers.page.grid.setFocus()
    registers.press("I", "Up")
    assert panel.texts[0].startswith("I, ")
    registers.press("Ctrl+Z")
    assert panel.texts[1].splitlines()[0] == "I → made blank"
    assert panel.texts[1].splitlines()[2] == "By undoing"
    registers.press("Ctrl+Shift+H")
    assert not panel.isVisible()


def test_who_may_not_read_histories_is_told(thirty: SmallSchool, qtbot: QtBot, theme: Theme) -> None:
    staff = replace(thirty.context.staff, role=Role.TEACHER, classes=("4B",))
    thirty.context = replace(thirty.context, staff=staff, alone=False)
    desk = open_registers(qtbot, thirty, theme)
    desk.press("Ctrl+Shift+H")
    assert not desk.page.history.isVisible()
    assert "may not" in desk.said
    desk.close()


def test_a_fill_keeps_what_stands_and_says_so(registers: Registers) -> None:
    registers.press("I", "M")
    registers.put("Abara")
    registers.press("Shift+Down", "Shift+Down", "Shift+Down", "Ctrl+D")
    names = ("Abara", "Achterberg", "Ahmed", "Baptiste")
    assert [registers.code(name) for name in names] == ["I", "M", "I", "I"]
    assert registers.said == "2 marks filled with I; 1 cell kept as it is, Shift as well writes over. Ctrl+Z to undo"
    registers.press("Ctrl+Z")
    assert [registers.code(name) for name in names] == ["I", "M", "", ""]


def test_with_shift_a_fill_goes_over_what_stands(registers: Registers) -> None:
    registers.press("I", "M")
    registers.put("Abara")
    registers.press("Shift+Down", "Shift+Down", "Ctrl+Shift+D")
    names = ("Abara", "Achterberg", "Ahmed")
    assert [registers.code(name) for name in names] == ["I", "I", "I"]
    registers.press("Ctrl+Z")
    assert [registers.code(name) for name in names] == ["I", "M", ""]


def test_a_fill_with_nothing_to_do_says_why(registers: Registers) -> None:
    registers.press("I", "M", "Up", "Ctrl+D")
    assert registers.code("Achterberg") == "M"
    assert "1 cell kept as it is, Shift as well writes over." in registers.said
    registers.press("Ctrl+Shift+D")
    assert registers.code("Achterberg") == "I"


def test_ctrl_enter_goes_over_with_shift_too(registers: Registers) -> None:
    registers.press("I", "M")
    registers.put("Abara")
    registers.press("Ctrl+Space", "Ctrl+Return")
    assert [registers.code(name) for name in ("Achterberg", "Young")] == ["M", "I"]
    registers.press("Ctrl+Shift+Return")
    assert registers.code("Achterberg") == "I"


def test_a_fill_over_a_closed_register_asks_its_reason_and_is_undone_as_an_amendment(registers: Registers) -> None:
    registers.put("Abara", THURSDAY_PM)
    registers.press("I", "M")
    registers.put("Abara", THURSDAY_PM)
    registers.press("Shift+Down", "Ctrl+Shift+D", "3")
    assert registers.code("Achterberg", THURSDAY_PM) == "I"
    registers.press("Ctrl+Z")
    rows = registers.history("Achterberg", THURSDAY_PM)
    assert [(row.code, row.amends) for row in rows] == [("M", False), ("I", True), ("M", True)]
    assert all(row.reason for row in rows[1:])


def test_an_o_for_illness_waits_until_each_parent_is_warned(registers: Registers) -> None:
    """Practice 33: the reason is recorded, and each parent warned before any O."""
    child = registers.pupils["Abara"]
    why = {"why": "Ill on every Monday", "warned": "no"}
    log(
        registers.context,
        NewEntry(EntryKind.ILLNESS_DOUBTED, registers.context.now(), (child,), "reason recorded", details=why),
    )
    registers.press("?", "7")
    bar = registers.page.questions.coding
    assert not [one for one in bar.choices if one.endswith(": O")]
    assert any("Illness is doubted" in label.text() for label in bar.findChildren(QLabel))
