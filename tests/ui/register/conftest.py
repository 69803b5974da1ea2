"""A window with the place Registers in it, over a real store: class 4B of thirty and class 5A of six."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.domain.marks import Mark, MarkChange
from desktop_app.domain.sessions import Half, Session
from tests.support.schools import SmallSchool, fill_school
from tests.support.windows import Desk, open_desk
from ui.register.page import RegisterPage
from ui.theme import Theme

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


@dataclass
class Registers(Desk):
    """The window at Registers, and what is on the disk."""

    pupils: dict[str, int] = field(default_factory=dict[str, int])

    @property
    def page(self) -> RegisterPage:
        """The place Registers."""
        page = self.window.page("registers")
        assert isinstance(page, RegisterPage)
        return page

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
    def saved(self) -> str:
        """When the status line says it was saved last."""
        return self.window.status.saved.text()


@pytest.fixture
def thirty(empty_school: SmallSchool) -> SmallSchool:
    """4B of thirty, 5A of six."""
    empty_school.pupils.update(fill_school(empty_school.context, THIRTY, "4B"))
    empty_school.pupils.update(fill_school(empty_school.context, SIX, "5A"))
    return empty_school


def open_registers(qtbot: QtBot, school: SmallSchool, theme: Theme) -> Registers:
    """Show the window at Registers, with the keyboard in the grid. `Registers.close` ends it."""
    desk = open_desk(qtbot, school.context, theme, [RegisterPage], "registers")
    return Registers(desk.window, desk.context, pupils=school.pupils)


@pytest.fixture
def open_again(qtbot: QtBot, thirty: SmallSchool, theme: Theme) -> Iterator[Callable[[], Registers]]:
    """Opens the window when the school has been made ready; it is closed after the test."""
    opened: list[Registers] = []

    def _open() -> Registers:
        opened.append(open_registers(qtbot, thirty, theme))
        return opened[-1]

    yield _open
    for desk in opened:
        desk.close()


@pytest.fixture
def registers(open_again: Callable[[], Registers]) -> Registers:
    """The window over the school as it is."""
    return open_again()
