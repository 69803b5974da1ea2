"""A window with the place Registers in it, over a real store: class 4B of thirty and class 5A of six."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app import paths
from desktop_app.context import Context
from desktop_app.domain.marks import Mark, MarkChange
from desktop_app.domain.sessions import Half, Session
from tests.support.clock import StillClock
from tests.support.schools import SmallSchool, fill_school
from ui.main_window import MainWindow
from ui.register.page import RegisterPage
from ui.runner import Runner
from ui.theme import SchemeChoice, Theme

THIRTY = (
    ("Abara", "Tobi"), ("Achterberg", "Femke"), ("Ahmed", "Zoya"), ("Baptiste", "Noah"), ("Bielak", "Łucja"),
    ("Brierley", "Jack"), ("Chaudhry", "Hamza"), ("Cooper", "Isla"), ("Đặng", "Minh"), ("Doyle", "Ryan"),
    ("Evans", "Carys"), ("Farrell", "Niamh"), ("Georgiou", "Leo"), ("Hartley", "Summer"), ("Iqbal", "Aisha"),
    ("Jones", "Alfie"), ("Kaya", "Çağla"), ("Kelly", "Finn"), ("Lewis", "Poppy"), ("Mensah", "Kofi"),
    ("Nowak", "Zofia"), ("O'Brien", "Wilhelmina"), ("Petrov", "Anya"), ("Quinn", "Erin"), ("Rahman", "Yusuf"),
    ("Smith", "Jayden"), ("Taylor", "Ella"), ("Usman", "Bilal"), ("Wright", "Maisie"), ("Young", "Oscar"),
)  # fmt: skip
SIX = (("Adams", "Bea"), ("Bell", "Cyd"), ("Clark", "Dan"), ("Davis", "Eve"), ("Ellis", "Fay"), ("Frost", "Gus"))
FRIDAY_AM = Session(date(2026, 11, 20), Half.AM)
FRIDAY_PM = Session(date(2026, 11, 20), Half.PM)
THURSDAY_PM = Session(date(2026, 11, 19), Half.PM)
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


@dataclass
class Registers:
    """The window, the page, and what is on the disk."""

    window: MainWindow
    page: RegisterPage
    context: Context
    pupils: dict[str, int]
    pressed: list[str] = field(default_factory=list[str])

    def press(self, *keys: str) -> None:
        """Press keys where the keyboard is, one event each: `I`, `Ctrl+F`, `Return`. A chord is one key."""
        for key in keys:
            self.pressed.append(key)
            modifiers, name = Qt.KeyboardModifier.NoModifier, key
            for word, modifier in (("Ctrl+", CTRL), ("Shift+", SHIFT), ("Alt+", ALT)):
                if name.startswith(word):
                    modifiers, name = modifiers | modifier, name.removeprefix(word)
            target = QApplication.focusWidget()
            assert target is not None, "nobody has the keyboard"
            if len(name) == 1:
                QTest.keyClick(target, name, modifiers)
            else:
                QTest.keyClick(target, Qt.Key[f"Key_{name}"], modifiers)

    def put(self, surname: str, session: Session = FRIDAY_AM) -> None:
        """Put the cursor on a pupil's session, as a click would."""
        row = self.page.desk.model.place_of(self.pupils[surname])
        assert row is not None
        self.page.grid.put_cursor(row, 2 * session.day.weekday() + session.half.ordinal)

    def on_disk(self, surname: str, session: Session = FRIDAY_AM) -> Mark | None:
        """The mark that stands in the store."""
        with self.context.store.reading() as reading:
            return reading.marks.at(self.pupils[surname], session)

    def code(self, surname: str, session: Session = FRIDAY_AM) -> str:
        """The code that stands in the store; empty for none."""
        mark = self.on_disk(surname, session)
        return mark.code if mark else ""

    def history(self, surname: str, session: Session = FRIDAY_AM) -> list[MarkChange]:
        """Everything ever written for that session."""
        with self.context.store.reading() as reading:
            return reading.marks.history(self.pupils[surname], session.day, session.day)

    @property
    def shown(self) -> str:
        """What the cell under the cursor shows."""
        grid = self.page.grid
        return self.page.desk.model.shown_at(grid.cursor_row, grid.cursor_column)

    @property
    def here(self) -> tuple[str, Session]:
        """Whose session the cursor is on."""
        grid, model = self.page.grid, self.page.desk.model
        return model.row_at(grid.cursor_row).pupil.surname, model.columns[grid.cursor_column].session

    @property
    def said(self) -> str:
        """What the status line says."""
        return self.window.status.words.text()

    @property
    def saved(self) -> str:
        """When the status line says it was saved last."""
        return self.window.status.saved.text()


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = Theme(qapp, paths.resources(), SchemeChoice.LIGHT)
    yield made
    made.deleteLater()


@pytest.fixture
def thirty(empty_school: SmallSchool) -> SmallSchool:
    """4B of thirty, 5A of six."""
    empty_school.pupils.update(fill_school(empty_school.context, THIRTY, "4B"))
    empty_school.pupils.update(fill_school(empty_school.context, SIX, "5A"))
    return empty_school


def open_registers(qtbot: QtBot, school: SmallSchool, theme: Theme) -> Registers:
    """Show the window at Registers, with the keyboard in the grid."""
    window = MainWindow(school.context, theme, Runner(), [RegisterPage])
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    window.go("registers")
    page = window.page("registers")
    assert isinstance(page, RegisterPage)
    qtbot.waitUntil(page.grid.hasFocus)
    return Registers(window, page, school.context, school.pupils)


@pytest.fixture
def registers(qtbot: QtBot, thirty: SmallSchool, theme: Theme) -> Registers:
    return open_registers(qtbot, thirty, theme)


@pytest.fixture
def still(clock: StillClock) -> StillClock:
    return clock
