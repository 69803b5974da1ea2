"""The desk before a school is open, over a real house, in a home folder of the test's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout
from pytestqt.qtbot import QtBot

from db.house import House
from desktop_app.domain.rulebook import Rulebook
from tests.support.clock import StillClock
from tests.support.windows import place_of
from ui.app import Desk
from ui.importing.page import ImportPage
from ui.opening import Roof
from ui.parts.inputs import LineEdit
from ui.shell import Page, Shell
from ui.theme import Theme


class BarePage(Page):
    """A place with nothing in it but an input."""

    place, title, icon = "today", "Today", "clock"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.edit = LineEdit(self.theme)
        QVBoxLayout(self).addWidget(self.edit)

    def first_focus(self) -> LineEdit:
        return self.edit


def press(*keys: str) -> None:
    """Press keys where the keyboard is."""
    for key in keys:
        target = QApplication.focusWidget()
        assert target is not None, f"nobody has the keyboard for {key}"
        control = Qt.KeyboardModifier.ControlModifier if key.startswith("Ctrl+") else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(target, Qt.Key[f"Key_{key.removeprefix('Ctrl+')}"], control)


def type_in(text: str) -> None:
    """Type text where the keyboard is."""
    QTest.keyClicks(QApplication.focusWidget(), text)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Where schools and what the window remembers are kept."""
    made = tmp_path / "home"
    made.mkdir()
    return made


@pytest.fixture
def desk(qtbot: QtBot, house: House, rulebook: Rulebook, clock: StillClock, theme: Theme, home: Path) -> Iterator[Desk]:
    made = Desk(Roof(house, rulebook, clock), theme, home, (place_of(BarePage), place_of(ImportPage)))
    made.begin(None, demo=False)
    qtbot.waitExposed(made.start)
    made.start.activateWindow()
    qtbot.waitUntil(made.start.isActiveWindow)
    yield made
    made.finish()
