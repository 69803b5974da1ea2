"""The panel of a form: which keys it keeps, and that it outlives what had the keyboard before."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.support.windows import Put
from ui.parts.panel import Panel
from ui.theme import Theme


class Form(Panel):
    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "A form")
        self.saves = 0
        self.typed = QLineEdit()
        self.form.addWidget(self.typed)

    def save(self) -> None:
        self.saves += 1


def opened(put: Put, theme: Theme) -> tuple[QWidget, QPushButton, Form]:
    before, form = QPushButton("before"), Form(theme)
    page = put(before, form)
    before.setFocus()
    form.open_with(form.typed)
    return page, before, form


def test_closing_is_no_fault_where_what_had_the_keyboard_is_gone(put: Put, theme: Theme) -> None:
    _page, before, form = opened(put, theme)
    shiboken6.delete(before)
    form.close_panel()
    assert form.isHidden()


def test_either_enter_saves_with_control_and_letters_stay_in_the_form(put: Put, qtbot: QtBot, theme: Theme) -> None:
    page, _before, form = opened(put, theme)
    reached: list[str] = []
    page.keyPressEvent = lambda event: reached.append(event.text())
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        qtbot.keyClick(form, key, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(form, Qt.Key.Key_N)
    assert form.saves == 2
    assert not "".join(reached)
