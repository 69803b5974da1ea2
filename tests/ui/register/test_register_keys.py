"""The register by keyboard alone: real key events, a real store, and what is on the disk afterwards."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from desktop_app.domain.marks import Source
from desktop_app.domain.sessions import Half, Session
from tests.support.clock import StillClock
from tests.ui.register.conftest import FRIDAY_AM, FRIDAY_PM, THURSDAY_PM, Registers


def test_a_register_of_thirty_with_four_exceptions_takes_at_most_twenty_two_keys(registers: Registers) -> None:
    exceptions = {"Bielak": "I", "Doyle": "N", "Mensah": "M", "Smith": "L"}

    for surname, code in exceptions.items():
        registers.press("Ctrl+F", *surname[:2].lower(), "Return", code)
    registers.press("F9")

    assert registers.pressed <= 22
    assert {name: registers.code(name) for name in exceptions} == exceptions
    model = registers.page.desk.model
    fourth_class = [name for name, key in registers.pupils.items() if model.place_of(key) is not None]
    assert len(fourth_class) == 30
    assert all(registers.code(name) == "/" for name in fourth_class if name not in exceptions)
    for name in fourth_class:
        (only,) = registers.history(name)
        assert (only.code, only.source, only.amends) == (exceptions.get(name, "/"), Source.TYPED, False)
        assert only.author.name == "Dr A Rahman"
    assert registers.said == "26 marked present, 0 blank. Count heads: 27. Ctrl+Z to undo"
    assert registers.saved == "✓ Saved 08:50"


def test_it_opens_at_the_first_blank_of_the_session_at_hand(registers: Registers) -> None:
    assert registers.here == ("Abara", FRIDAY_AM)
    assert registers.saved == ""


def test_in_the_afternoon_it_opens_in_the_afternoon(registers: Registers, clock: StillClock) -> None:
    clock.set(2026, 11, 20, 13, 2)
    registers.window.go("registers")
    assert registers.here == ("Abara", FRIDAY_PM)


def test_a_code_is_written_and_the_cursor_goes_down(registers: Registers) -> None:
    registers.press("i", "M", "v")
    assert [registers.code(name) for name in ("Abara", "Achterberg", "Ahmed")] == ["I", "M", "V"]
    assert registers.here == ("Baptiste", FRIDAY_AM)


@pytest.mark.parametrize("key", ["Space", "/", "\\"])
def test_every_present_key_writes_the_right_mark_of_the_half(registers: Registers, key: str) -> None:
    registers.press(key)
    registers.put("Abara", THURSDAY_PM)
    registers.press(key)
    assert (registers.code("Abara"), registers.code("Abara", THURSDAY_PM)) == ("/", "\\")


def test_c_waits_for_its_number(registers: Registers) -> None:
    registers.press("c")
    assert registers.shown == "C…"
    assert registers.code("Abara") == ""
    registers.press("1", "y", "3", "j", "1")
    assert [registers.code(name) for name in ("Abara", "Achterberg", "Ahmed")] == ["C1", "Y3", "J1"]


def test_a_lone_c_is_written_when_the_cell_is_left(registers: Registers) -> None:
    registers.press("c", "Down")
    assert registers.code("Abara") == "C"
    assert registers.here == ("Achterberg", FRIDAY_AM)
    registers.press("c", "Return", "c", "i")
    assert [registers.code(name) for name in ("Achterberg", "Ahmed", "Baptiste")] == ["C", "C", "I"]


@pytest.mark.parametrize("letter", ["j", "y"])
def test_a_lone_j_or_y_is_refused_in_words(registers: Registers, letter: str) -> None:
    registers.press(letter, "Down")
    assert registers.code("Abara") == ""
    assert f"{letter.upper()} is not a whole code" in registers.said
    assert registers.shown == ""


def test_escape_takes_a_waiting_letter_away(registers: Registers) -> None:
    registers.press("c", "Escape", "Down")
    assert registers.code("Abara") == ""


def test_an_unknown_letter_is_refused_and_searches_for_nobody(registers: Registers) -> None:
    registers.press("f")
    assert registers.here == ("Abara", FRIDAY_AM)
    assert "“F” is not an attendance code" in registers.said
    registers.press("h")
    assert "H was withdrawn" in registers.said
    assert registers.code("Abara") == ""


def test_what_was_refused_is_not_said_any_longer_once_the_next_mark_stands(registers: Registers) -> None:
    registers.press("f")
    assert registers.said.startswith("⚠")
    registers.press("i")
    assert registers.said == ""
    registers.press("f", "l")
    assert registers.said.startswith("⚠"), "nothing is written yet"
    registers.press("5", "Return")
    assert registers.said == ""
    registers.press("f", "F9", "Ctrl+Z", "m")
    assert registers.said.startswith("Undone:"), "a plain sentence stays"


def test_l_asks_for_minutes_in_the_cell(registers: Registers, clock: StillClock) -> None:
    clock.set(2026, 11, 20, 8, 55)
    registers.press("l")
    assert registers.code("Abara") == ""
    registers.press("1", "0", "Return")
    mark = registers.on_disk("Abara")
    assert mark is not None
    assert (mark.code, mark.minutes) == ("L", 10)
    assert len(registers.history("Abara")) == 1
    assert registers.here == ("Achterberg", FRIDAY_AM)


@pytest.mark.parametrize("letter", ["l", "u"])
def test_escape_takes_l_and_u_back_whatever_was_typed_after_them(registers: Registers, letter: str) -> None:
    registers.press(letter, "Escape", letter, "5", "Escape", letter, "8", "3", "0", "Return", "Escape")
    assert registers.history("Abara") == []
    assert registers.said == "Nothing was written."
    assert registers.here == ("Abara", FRIDAY_AM)
    assert registers.focus is registers.page.grid


def test_escape_in_the_minutes_of_a_mark_leaves_it_as_it_stands(registers: Registers) -> None:
    registers.press("l", "5", "Return", "Up", "F2", "9", "Escape")
    (only,) = registers.history("Abara")
    assert (only.code, only.minutes) == ("L", 5)


def test_enter_alone_leaves_the_minutes_out(registers: Registers) -> None:
    registers.press("l", "Delete", "Return")
    mark = registers.on_disk("Abara")
    assert mark is not None
    assert (mark.code, mark.minutes) == ("L", None)


def test_undo_in_the_minutes_takes_the_l_back_before_it_is_written(registers: Registers) -> None:
    registers.press("l", "5", "Ctrl+Z")
    assert registers.history("Abara") == []
    assert registers.here == ("Abara", FRIDAY_AM)
    assert registers.page.grid.hasFocus()


def test_a_letter_after_l_belongs_to_the_next_pupil(registers: Registers) -> None:
    registers.press("l", "i", "l", "5", "Space")
    assert [registers.code(name) for name in ("Abara", "Achterberg", "Ahmed", "Baptiste")] == ["L", "I", "L", "/"]
    mark = registers.on_disk("Ahmed")
    assert mark is not None
    assert mark.minutes == 5


def test_no_minutes_are_not_minutes(registers: Registers) -> None:
    registers.press("l", "0", "Return")
    assert registers.code("Abara") == ""
    assert "Minutes late are a number from 1" in registers.said


@pytest.mark.parametrize("code", ["B", "K", "Y7"])
def test_a_code_that_needs_a_note_asks_for_it_in_the_cell(registers: Registers, code: str) -> None:
    registers.press(*code, "Return")
    assert registers.code("Abara") == ""
    assert "say in the note what it was" in registers.said
    registers.press(*"Forest school", "Return")
    mark = registers.on_disk("Abara")
    assert mark is not None
    assert (mark.code, mark.note) == (code, "Forest school")
    assert registers.here == ("Achterberg", FRIDAY_AM)


def test_escape_writes_no_mark_without_its_note(registers: Registers) -> None:
    registers.press("b", "x", "Escape")
    assert registers.code("Abara") == ""
    assert registers.page.grid.hasFocus()


def test_a_note_goes_with_a_mark_that_stands(registers: Registers) -> None:
    registers.press("Shift+F2")
    assert "Mark the session first" in registers.said
    registers.press("i", "Up", "Shift+F2", *"Sick in the night", "Return")
    mark = registers.on_disk("Abara")
    assert mark is not None
    assert (mark.code, mark.note) == ("I", "Sick in the night")


def test_minutes_of_a_standing_l_can_be_changed(registers: Registers) -> None:
    registers.press("l", "4", "Return", "Up", "F2", "9", "Return", "Ctrl+Z")
    mark = registers.on_disk("Abara")
    assert mark is not None
    assert mark.minutes == 4


def test_f9_before_taking_has_begun_is_refused_in_words(registers: Registers, clock: StillClock) -> None:
    clock.set(2026, 11, 20, 8, 40)
    registers.press("F9")
    assert "is taken from 08:45" in registers.said
    assert registers.code("Abara") == ""


def test_f9_fills_only_the_session_the_cursor_is_in(registers: Registers) -> None:
    registers.put("Abara", THURSDAY_PM)
    registers.press("F9")
    assert registers.code("Young", THURSDAY_PM) == "\\"
    assert registers.code("Young") == ""


def test_an_afternoon_may_be_marked_in_the_morning_but_not_tomorrow(registers: Registers) -> None:
    registers.put("Abara", FRIDAY_PM)
    registers.press("V")
    assert registers.code("Abara", FRIDAY_PM) == "V"
    registers.press("Alt+Right", "V")
    assert "in the future" in registers.said
    assert registers.code("Achterberg", Session(date(2026, 11, 27), Half.PM)) == ""


def test_a_closed_day_is_refused_in_words_and_looks_so(registers: Registers) -> None:
    registers.press(*["Alt+Left"] * 3)
    assert registers.here[1] == Session(date(2026, 10, 30), Half.AM)
    assert registers.shown == "#"
    registers.press("i")
    assert registers.said == "⚠ Fri 30 Oct, morning: half term. Nothing was written."
    assert registers.code("Abara", registers.here[1]) == ""
    registers.press("F9")
    assert "no register is taken (half term)" in registers.said


def test_fill_down_takes_the_mark_above(registers: Registers) -> None:
    registers.press("I", "Ctrl+D")
    assert registers.code("Achterberg") == "I"
    registers.put("Achterberg")
    registers.press("Shift+Down", "Shift+Down", "Ctrl+D")
    assert [registers.code(name) for name in ("Ahmed", "Baptiste", "Bielak")] == ["I", "I", ""]


def test_fill_right_writes_the_present_mark_of_the_other_half(registers: Registers) -> None:
    registers.put("Abara", Session(THURSDAY_PM.day, Half.AM))
    registers.press("Space", "Up", "Shift+Right", "Ctrl+R")
    assert registers.code("Abara", THURSDAY_PM) == "\\"


def test_ctrl_enter_gives_all_selected_the_mark_under_the_cursor(registers: Registers) -> None:
    registers.press("Shift+Down", "Shift+Down", "I")
    assert registers.here == ("Ahmed", FRIDAY_AM)
    registers.press("Ctrl+Return")
    assert [registers.code(name) for name in ("Abara", "Achterberg", "Ahmed", "Baptiste")] == ["I", "I", "I", ""]
    registers.press("Ctrl+Z")
    assert [registers.code(name) for name in ("Abara", "Achterberg", "Ahmed")] == ["", "", "I"]


def test_fill_with_nothing_above_is_refused_in_words(registers: Registers) -> None:
    registers.press("Ctrl+D")
    assert "no mark above" in registers.said


def test_delete_clears_an_open_register_only(registers: Registers) -> None:
    registers.press("I", "Up", "Delete")
    assert registers.code("Abara") == ""
    assert [row.code for row in registers.history("Abara")] == ["I", ""]
    registers.put("Abara", THURSDAY_PM)
    registers.press("I", "Up", "Delete")
    assert registers.code("Abara", THURSDAY_PM) == "I"
    assert "can be changed, with a reason, but not taken away" in registers.said
    assert not registers.page.reason.isVisible()


def test_undo_and_redo_name_the_change_and_write_it(registers: Registers) -> None:
    registers.press("I", "Ctrl+Z")
    assert registers.said == "Undone: I for Tobi Abara, Fri 20 Nov, morning. Ctrl+Y to redo"
    assert registers.code("Abara") == ""
    registers.press("Ctrl+Y")
    assert registers.code("Abara") == "I"
    registers.press("Ctrl+Z", "Ctrl+Z")
    assert registers.said == "There is nothing to undo."
    sources = [(row.code, row.source) for row in registers.history("Abara")]
    assert sources == [("I", Source.TYPED), ("", Source.UNDO), ("I", Source.UNDO), ("", Source.UNDO)]


def test_f9_is_one_deed_to_undo(registers: Registers) -> None:
    registers.press("F9", "Ctrl+Z")
    assert registers.code("Abara") == registers.code("Young") == ""
    assert registers.said.startswith("Undone: 30 marked present")


def test_undo_reaches_back_to_another_class(registers: Registers) -> None:
    registers.press("I", "Ctrl+PageDown", "Ctrl+Z")
    page = registers.page.desk.model.page
    assert page is not None
    assert page.class_name == "4B"
    assert registers.code("Abara") == ""


def test_find_jumps_to_a_pupil_in_the_same_session(registers: Registers) -> None:
    registers.press("Right", "Ctrl+F", "l", "u", "Return")
    assert registers.here == ("Bielak", FRIDAY_PM)
    assert registers.page.grid.hasFocus()


def test_find_steps_through_several_and_gives_up_on_escape(registers: Registers) -> None:
    registers.press("Ctrl+F", "k", "e", "Return", "Ctrl+F", "a", "Down", "Down", "Return")
    assert registers.here == ("Ahmed", FRIDAY_AM)
    registers.press("Ctrl+F", "z", "z", "Return")
    assert not registers.page.grid.hasFocus()
    registers.press("Escape")
    assert registers.page.grid.hasFocus()
    assert registers.here == ("Ahmed", FRIDAY_AM)


def test_moving(registers: Registers) -> None:
    steps = {
        "Return": ("Achterberg", FRIDAY_AM),
        "Shift+Return": ("Abara", FRIDAY_AM),
        "Home": ("Abara", Session(date(2026, 11, 16), Half.AM)),
        "End": ("Abara", FRIDAY_PM),
        "Right": ("Abara", FRIDAY_PM),
        "Ctrl+End": ("Young", FRIDAY_PM),
        "Ctrl+Home": ("Abara", Session(date(2026, 11, 16), Half.AM)),
        "Ctrl+Down": ("Young", Session(date(2026, 11, 16), Half.AM)),
        "Ctrl+Right": ("Young", FRIDAY_PM),
    }
    for key, there in steps.items():
        registers.press(key)
        assert registers.here == there, key


def test_weeks_and_classes_turn_and_keep_the_place(registers: Registers) -> None:
    registers.put("Doyle")
    registers.press("Alt+Left")
    assert registers.here == ("Doyle", Session(date(2026, 11, 13), Half.AM))
    registers.press("Alt+Right", "Ctrl+PageDown")
    assert registers.here == ("Adams", FRIDAY_AM)
    registers.press("Ctrl+PageUp")
    assert registers.here == ("Abara", FRIDAY_AM)


def test_tab_leaves_the_grid(registers: Registers) -> None:
    registers.press("Tab")
    assert not registers.page.grid.hasFocus()
    registers.press("Shift+Backtab")
    assert registers.page.grid.hasFocus()


def test_a_mark_is_on_the_disk_before_it_is_on_the_screen(registers: Registers) -> None:
    seen: list[str] = []
    registers.page.desk.model.dataChanged.connect(lambda *_: seen.append(registers.code("Abara")))
    registers.press("I")
    assert seen
    assert set(seen) == {"I"}


def test_the_pupils_own_page_is_a_chord_away(registers: Registers) -> None:
    wanted: list[int] = []
    registers.page.grid.pupil_wanted.disconnect()
    registers.page.grid.pupil_wanted.connect(wanted.append)
    registers.press("Alt+Return")
    assert wanted == [registers.pupils["Abara"]]


def test_a_click_on_a_name_or_a_session_keeps_the_other(registers: Registers, qtbot: QtBot) -> None:
    grid = registers.page.grid
    there = QPoint(20, grid.names.sectionViewportPosition(3) + 8)
    qtbot.mouseClick(grid.names.viewport(), Qt.MouseButton.LeftButton, pos=there)
    assert registers.here == ("Baptiste", FRIDAY_AM)
    there = QPoint(grid.days.sectionViewportPosition(7) + 8, 40)
    qtbot.mouseClick(grid.days.viewport(), Qt.MouseButton.LeftButton, pos=there)
    assert registers.here == ("Baptiste", THURSDAY_PM)


def test_whole_sessions_and_weeks_are_chosen_with_the_cursor_where_it_is(registers: Registers) -> None:
    registers.press("I", "Up", "Ctrl+Space", "Ctrl+Return")
    assert registers.here == ("Abara", FRIDAY_AM)
    assert {registers.code(name) for name in ("Abara", "Doyle", "Young")} == {"I"}
    registers.press("Escape", "Shift+Space", "Delete")
    assert registers.here == ("Abara", FRIDAY_AM)
    assert [registers.code(name) for name in ("Abara", "Achterberg")] == ["", "I"]


def test_letters_pressed_on_a_whole_column_stay_in_one_cell(registers: Registers) -> None:
    registers.press("Ctrl+Space", "M")
    assert registers.here == ("Abara", FRIDAY_AM)
    assert [registers.code(name) for name in ("Abara", "Achterberg")] == ["M", ""]
