"""What was changed after its register had closed: from the week and from a child, by real keys, to a file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop_app.actions.register import write
from desktop_app.actions.register_checks import Edit
from desktop_app.domain.progress import Changes
from desktop_app.domain.sessions import Half, Session
from desktop_app.domain.staff import Role
from tests.support.clock import StillClock
from tests.support.reading_pdf import read_pdf
from tests.support.schools import SmallSchool
from tests.support.weeks import FRIDAY, MONDAY, amended_week
from tests.support.windows import Desk
from ui.changes.model import ChangesModel
from ui.changes.page import ChangesPage
from ui.pupils.page import PupilsPage
from ui.register.page import RegisterPage
from ui.week.page import WeekPage


@pytest.fixture
def desk(school: SmallSchool, clock: StillClock, open_at) -> Desk:
    """A whole week with three amendments; Friday, four o'clock."""
    amended_week(school, clock)
    return open_at("week", WeekPage, ChangesPage, RegisterPage, PupilsPage)


def page(desk: Desk) -> ChangesPage:
    found = desk.window.page("changes")
    assert isinstance(found, ChangesPage)
    return found


def lines(desk: Desk) -> list[str]:
    desk.wait()
    model = page(desk).model
    return [" | ".join(model.index(row, column).data() for column in range(3)) for row in range(model.rowCount())]


def drawn(desk: Desk, qtbot: QtBot, path: Path) -> str:
    """Save what is shown, and read it back."""
    qtbot.waitUntil(lambda: page(desk).first_focus() is page(desk).preview.sheet)
    page(desk).preview.save_to(path)
    return " ".join(read_pdf(path.read_bytes()).text.split())


def test_from_the_week_to_a_report_on_the_disk_and_back(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    desk.press("Ctrl+P")
    assert desk.window.place == "changes"
    assert (page(desk).reader.reading, page(desk).card.aside.text(), page(desk).model.lines) == (True, "reading …", ())
    assert lines(desk) == [
        "Doyle, Ryan 4B | Mon 16 Nov AM | L → L",
        "Kaya, Çağla 4B | Mon 16 Nov AM | I → M",
        "Kaya, Çağla 4B | Mon 16 Nov AM | M → C",
    ]
    assert page(desk).model.index(1, 3).data() == "Letter from the hospital"
    assert page(desk).model.index(1, 4).data() == "Wed 18 Nov 2026, 10:05\nDr A Rahman, Headteacher"
    desk.press("Ctrl+P")
    said = drawn(desk, qtbot, tmp_path / "changes.pdf")
    assert "Class 4B: 3 amendments" in said
    desk.press("Escape")
    assert desk.window.place == "changes"
    desk.press("Escape")
    assert desk.window.place == "week"


def test_from_a_child_only_that_child_is_told_of(desk: Desk, school: SmallSchool) -> None:
    desk.window.go("pupils", pupil=school.pupils["Doyle"])
    desk.press("h")
    assert lines(desk) == ["Doyle, Ryan 4B | Mon 16 Nov AM | L → L"]
    assert page(desk).whose.currentText() == "Ryan Doyle"
    assert page(desk).model.index(0, 3).data() == "=read from the sheet at the gate (minutes late: 4, now 9)"
    page(desk).whose.setFocus()
    desk.press("Down")
    assert page(desk).whose.currentText() == "The whole school"
    assert len(lines(desk)) == 3
    desk.press("Escape")
    assert desk.window.place == "pupils"


def test_a_register_is_printed_of_a_class_and_of_nobody_else(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    desk.press("Ctrl+P", "Ctrl+R")
    assert "Choose the class" in desk.said
    page(desk).whose.setFocus()
    desk.press("Down", "Ctrl+R")
    assert "Register of class 4B" in drawn(desk, qtbot, tmp_path / "register.pdf")


def test_the_lines_are_saved_as_rows(desk: Desk, tmp_path: Path) -> None:
    desk.press("Ctrl+P")
    desk.wait()
    target = tmp_path / "rows.xlsx"
    page(desk).save_rows(target)
    assert str(target) in desk.said
    assert openpyxl.load_workbook(target).active.max_row == 4
    page(desk).save_rows(tmp_path / "nowhere" / "rows.xlsx")
    assert "cannot be written" in desk.said


def test_what_is_asked_while_it_is_read_is_all_done_and_another_reading_loses_none(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "rows.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    with desk.worker_held():
        desk.press("Ctrl+P", "Ctrl+S", "Ctrl+P")
        desk.window.announce(Changes(marks=True))
        assert not target.exists()
    assert openpyxl.load_workbook(target).active.max_row == 4
    assert "Class 4B: 3 amendments" in drawn(desk, qtbot, tmp_path / "changes.pdf")


def test_days_that_are_none_are_said_and_the_list_stays(desk: Desk) -> None:
    desk.press("Ctrl+P")
    first = page(desk).first
    first.setFocus()
    first.selectAll()
    desk.type("31 June")
    desk.press("Return")
    assert "Write both days" in desk.said
    assert len(lines(desk)) == 3
    first.selectAll()
    desk.type("21/11/2026")
    desk.press("Return")
    assert "is before the first" in desk.said
    first.selectAll()
    desk.type("17/11/2026")
    desk.press("Return")
    desk.wait()
    assert page(desk).none.isVisible()


def test_enter_goes_to_the_register_and_a_new_amendment_is_shown(desk: Desk, school: SmallSchool) -> None:
    desk.press("Ctrl+P")
    desk.wait()
    desk.press("Return")
    assert desk.window.place == "registers"
    desk.window.go("changes", day=MONDAY)
    changes = write(school.context, [Edit(school.pupils["Abara"], Session(FRIDAY, Half.AM), "I")], "mother rang")
    desk.window.announce(changes[1] if isinstance(changes, tuple) else changes)
    assert lines(desk)[0] == "Abara, Tobi 4B | Fri 20 Nov AM | / → I"


def test_whoever_may_not_read_the_history_stays_where_they_are(school: SmallSchool, clock: StillClock, open_at) -> None:
    amended_week(school, clock)
    staff = replace(school.context.staff, role=Role.OFFICE)
    school.context = replace(school.context, staff=staff, alone=False)
    desk = open_at("week", WeekPage, ChangesPage, PupilsPage)
    desk.press("Ctrl+P")
    assert (desk.window.place, "may not read the history of marks" in desk.said) == ("week", True)
    desk.window.go("pupils", pupil=school.pupils["Doyle"])
    desk.press("h")
    assert desk.window.place == "pupils"


def test_the_model_is_a_model(desk: Desk) -> None:
    model = ChangesModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    desk.press("Ctrl+P")
    desk.wait()
    model.show_lines(page(desk).model.lines)
    assert "L was amended to L" in model.data(model.index(0, 0), 11)
