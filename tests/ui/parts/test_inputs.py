"""Inputs, fields, buttons and panels, by real keys."""

from datetime import date, time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.domain.school import SchoolType
from tests.support.windows import Put
from ui.parts.buttons import Button, IconButton
from ui.parts.empty import EmptyState
from ui.parts.field import Field
from ui.parts.hints import KeyHints
from ui.parts.inputs import Choice, DateEdit, LineEdit, NoteEdit, Tick, TimeEdit
from ui.parts.panel import Panel
from ui.parts.text import Label
from ui.theme import Theme

TODAY = date(2026, 11, 20)


def test_a_date_is_typed_as_people_type_it_and_shown_in_full_when_left(put: Put, theme: Theme) -> None:
    edit, after = DateEdit(theme, lambda: TODAY), LineEdit(theme)
    put(edit, after)
    edit.setFocus()
    QTest.keyClicks(edit, "3/11")
    QTest.keyClick(edit, Qt.Key.Key_Tab)
    assert edit.date() == date(2026, 11, 3)
    assert edit.text() == "Tue 3 Nov 2026"


def test_a_date_says_when_it_has_changed_and_none_when_it_is_no_date(put: Put, theme: Theme, qtbot: QtBot) -> None:
    edit = DateEdit(theme, lambda: TODAY, TODAY)
    put(edit)
    edit.setFocus()
    edit.selectAll()
    with qtbot.waitSignal(edit.date_changed) as heard:
        QTest.keyClicks(edit, "x")
    assert heard.args == [None]
    edit.selectAll()
    QTest.keyClicks(edit, "yesterda")
    with qtbot.waitSignal(edit.date_changed) as heard:
        QTest.keyClicks(edit, "y")
    assert heard.args == [date(2026, 11, 19)]


def test_a_time_is_shown_on_the_24_hour_clock_when_left(put: Put, theme: Theme) -> None:
    edit, after = TimeEdit(theme), LineEdit(theme)
    put(edit, after)
    edit.setFocus()
    QTest.keyClicks(edit, "2.15pm")
    after.setFocus()
    assert edit.text() == "14:15"
    assert edit.time() == time(14, 15)
    edit.setText("25:00")
    assert edit.time() is None


def test_tab_leaves_a_note(put: Put, theme: Theme) -> None:
    note, after = NoteEdit(theme), LineEdit(theme)
    put(note, after)
    note.setFocus()
    QTest.keyClicks(note, "a")
    QTest.keyClick(note, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is after
    assert note.toPlainText() == "a"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_button_that_has_the_keyboard_is_pressed(put: Put, theme: Theme, key: Qt.Key) -> None:
    pressed: list[str] = []
    plain, icon = Button(theme, "Open"), IconButton(theme, "close", "Close")
    put(plain, icon)
    plain.clicked.connect(lambda: pressed.append("Button"))
    icon.clicked.connect(lambda: pressed.append("IconButton"))
    for button in (plain, icon):
        button.setFocus()
        QTest.keyClick(button, key)
    assert pressed == ["Button", "IconButton"]


def test_a_choice_is_chosen_by_its_value(theme: Theme, qtbot: QtBot) -> None:
    choice = Choice(theme)
    qtbot.addWidget(choice)
    choice.add("One", 1)
    choice.add("Two", 2)
    choice.choose(2)
    assert choice.value() == 2
    choice.choose("no such")
    assert choice.value() == 2


def test_space_ticks(put: Put, theme: Theme) -> None:
    tick = Tick(theme, "Left a message")
    put(tick)
    tick.setFocus()
    QTest.keyClick(tick, Qt.Key.Key_Space)
    assert tick.isChecked()
    QTest.mouseClick(tick, Qt.MouseButton.LeftButton)
    assert not tick.isChecked()


def test_a_field_names_its_input_and_says_its_fault_in_words(put: Put, theme: Theme) -> None:
    edit = LineEdit(theme)
    field = Field(theme, "Name of the school", edit, "As on the sign.")
    put(field)
    assert edit.accessibleName() == "Name of the school"
    assert edit.accessibleDescription() == "As on the sign."
    field.set_fault("The school needs a name.")
    assert field.fault.isVisible()
    assert edit.fault
    assert edit.accessibleDescription() == "The school needs a name."
    field.set_fault("")
    assert not field.fault.isVisible()
    assert not field.has_fault
    assert edit.accessibleDescription() == "As on the sign."


def test_a_buttons_key_presses_it(put: Put, theme: Theme, qtbot: QtBot) -> None:
    button = Button(theme, "Fill blanks present", key="F9", primary=True)
    bench = put(button)
    with qtbot.waitSignal(button.clicked):
        QTest.keyClick(bench, Qt.Key.Key_F9)
    button.setEnabled(False)
    with qtbot.assertNotEmitted(button.clicked, wait=30):
        QTest.keyClick(bench, Qt.Key.Key_F9)


def test_a_key_that_is_only_shown_presses_nothing(put: Put, theme: Theme, qtbot: QtBot) -> None:
    button = Button(theme, "Log", key="L", bind=False)
    bench = put(button)
    with qtbot.assertNotEmitted(button.clicked, wait=30):
        QTest.keyClick(bench, Qt.Key.Key_L)
    assert button.accessibleDescription() == "L"


def test_an_icon_alone_has_words(theme: Theme, qtbot: QtBot) -> None:
    button = IconButton(theme, "close", "Take this row away")
    qtbot.addWidget(button)
    assert button.accessibleName() == "Take this row away"
    assert button.toolTip() == "Take this row away"


def test_a_panel_takes_the_keyboard_and_gives_it_back(put: Put, theme: Theme, qtbot: QtBot) -> None:
    before, inside = LineEdit(theme), LineEdit(theme)
    panel = Panel(theme, "Log", width=300)
    panel.form.addWidget(inside)
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.addWidget(before)
    row.addWidget(panel)
    put(holder)
    before.setFocus()
    panel.open_with(inside)
    assert QApplication.focusWidget() is inside
    panel.set_fault("Say what came of it.")
    assert panel.fault.isVisible()
    with qtbot.waitSignal(panel.closed):
        QTest.keyClick(inside, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert QApplication.focusWidget() is before


def test_text_is_never_read_as_markup(theme: Theme, qtbot: QtBot) -> None:
    label = Label(theme, "<b>Ryan</b>")
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText


def test_hints_tell_a_screen_reader_what_they_show(theme: Theme, qtbot: QtBot) -> None:
    hints = KeyHints(theme, [("Space", "present"), ("L", "then minutes")], "Type a code")
    qtbot.addWidget(hints)
    assert hints.accessibleDescription() == "Type a code; Space: present; L: then minutes"


def test_parts_open_no_windows_of_their_own(theme: Theme, qtbot: QtBot, qapp: QApplication) -> None:
    def shown() -> int:
        return sum(widget.isVisible() for widget in qapp.topLevelWidgets())

    before = shown()
    made = [
        EmptyState(theme, "check", "All done", "98%"),
        Field(theme, "A", LineEdit(theme), "help"),
        Panel(theme, "P"),
    ]
    assert shown() == before
    for widget in made:
        qtbot.addWidget(widget)


def test_a_choice_gives_back_the_very_value_it_was_given(theme: Theme, qtbot: QtBot) -> None:
    choice = Choice(theme)
    qtbot.addWidget(choice)
    choice.add("Academy", SchoolType.ACADEMY)
    assert choice.value() is SchoolType.ACADEMY
    choice.clear()
    assert choice.value() is None
    choice.add("Special", SchoolType.SPECIAL)
    assert choice.value() is SchoolType.SPECIAL


@pytest.mark.parametrize("pressed", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_both_enter_keys_press_a_button_bound_to_one(put: Put, theme: Theme, qtbot: QtBot, pressed: Qt.Key) -> None:
    button = Button(theme, "Make the school", key="Ctrl+Return")
    bench = put(button)
    with qtbot.waitSignal(button.clicked, timeout=500):
        QTest.keyClick(bench, pressed, Qt.KeyboardModifier.ControlModifier)
    assert button.key == "Ctrl+Enter"
