"""The day view: one session as a list, under the same keys."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from desktop_app.domain.sessions import Half, Session
from tests.ui.register.conftest import FRIDAY_AM, FRIDAY_PM, THURSDAY_PM, Registers
from ui.register.columns import fit_day, row_height
from ui.register.model import BAND, COLUMNS, MEANS, MINUTES, NOTE, SESSIONS
from ui.register.weeks import school_day
from ui.theme import Theme
from ui.tokens import TextRole


def columns_shown(registers: Registers) -> list[int]:
    grid = registers.page.grid
    return [column for column in range(COLUMNS) if not grid.isColumnHidden(column)]


def test_one_key_there_and_one_back(registers: Registers) -> None:
    grid = registers.page.grid
    assert columns_shown(registers) == [*range(SESSIONS), SESSIONS, BAND]
    low = grid.rowHeight(0)
    registers.press("F4")
    assert columns_shown(registers) == [8, MEANS, MINUTES, NOTE]
    assert grid.rowHeight(0) == low * 3 // 2
    assert registers.page.view_button.text() == "Week"
    assert grid.hasFocus()
    assert registers.here == ("Abara", FRIDAY_AM)
    registers.press("F4")
    assert columns_shown(registers) == [*range(SESSIONS), SESSIONS, BAND]
    assert grid.rowHeight(0) == low


def test_marks_are_made_by_the_same_keys_and_say_what_they_are(registers: Registers) -> None:
    registers.press("F4", "I", "L", "5", "Return", "B", *"Forest school", "Return", "Space")
    names = ("Abara", "Achterberg", "Ahmed", "Baptiste")
    assert [registers.code(name) for name in names] == ["I", "L", "B", "/"]
    model = registers.page.desk.model
    assert [model.index(row, MINUTES).data() for row in range(4)] == ["", "5 min", "", ""]
    assert [model.index(row, NOTE).data() for row in range(4)] == ["", "", "Forest school", ""]
    assert model.index(0, MEANS).data().startswith("Illness")
    said = model.index(2, NOTE).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Zoya Ahmed, note: Forest school"
    registers.press("F9")
    assert registers.said == "26 marked present, 0 blank. Count heads: 28. Ctrl+Z to undo"
    registers.press("Ctrl+F", "y", "o", "Return")
    assert registers.here == ("Young", FRIDAY_AM)


def test_left_and_right_are_the_other_sessions(registers: Registers) -> None:
    registers.press("F4", "Right")
    assert registers.here == ("Abara", FRIDAY_PM)
    assert columns_shown(registers) == [9, MEANS, MINUTES, NOTE]
    registers.press("Left", "Left", "Down")
    assert registers.here == ("Achterberg", THURSDAY_PM)
    assert columns_shown(registers) == [7, MEANS, MINUTES, NOTE]


def test_days_turn_over_the_weekend_and_the_buttons_name_them(registers: Registers) -> None:
    registers.press("F4", "Alt+Left")
    assert registers.here[1] == Session(date(2026, 11, 19), Half.AM)
    assert registers.page.weeks._before.text() == "‹ Wed 18 Nov"
    registers.press("Alt+Right", "Alt+Right")
    assert registers.here[1] == Session(date(2026, 11, 23), Half.AM)
    registers.press("Alt+Left")
    assert registers.here == ("Abara", FRIDAY_AM)
    assert registers.page.weeks._after.text() == "Mon 23 Nov ›"
    assert school_day(date(2026, 11, 23), -1) == date(2026, 11, 20)


def test_another_class_is_shown_by_day_too(registers: Registers) -> None:
    registers.press("F4", "Ctrl+PageDown")
    assert registers.page.header.title.text() == "Class 5A"
    assert columns_shown(registers) == [8, MEANS, MINUTES, NOTE]


def test_nothing_is_written_where_nobody_sees_it(registers: Registers) -> None:
    registers.put("Abara", THURSDAY_PM)
    registers.press("I")
    registers.put("Abara")
    registers.press("M", "Up", "F4", "Shift+Space", "Delete")
    assert registers.code("Abara") == ""
    assert registers.code("Abara", THURSDAY_PM) == "I"
    registers.press("Space", "Ctrl+Space", "Ctrl+Return")
    assert registers.code("Young", THURSDAY_PM) == ""


def test_a_tap_on_what_is_said_puts_the_cursor_there(registers: Registers, qtbot: QtBot) -> None:
    registers.press("F4")
    grid = registers.page.grid
    there = grid.visualRect(registers.page.desk.model.index(4, NOTE)).center()
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=there)
    assert registers.here == ("Bielak", FRIDAY_AM)


def test_the_model_keeps_qt_s_rules_in_the_day_view(registers: Registers) -> None:
    model = registers.page.desk.model
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    registers.press("F4", "I", "Right", "M", "Ctrl+Z", "Ctrl+PageDown", "Alt+Left", "F4")
    assert model.columnCount() == COLUMNS


def test_the_day_view_fits_a_small_window(theme: Theme) -> None:
    for room in (700, 980, 1366):
        widths = fit_day(theme, room, 230)
        assert widths.columns[8] > theme.metrics(TextRole.PAGE_TITLE).horizontalAdvance("Y7?") + 12
        shown = (widths.columns[8], *widths.columns[MEANS:])
        assert widths.names + sum(shown) <= max(room, 700)
    assert row_height(theme, day=True) > row_height(theme, day=False)
