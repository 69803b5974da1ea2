"""One key shows whom to find, over half-typed work, and back again to exactly where one was."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from desktop_app.actions.hatch import sign_out
from desktop_app.actions.paper import roll_call_paper
from desktop_app.actions.register import write
from desktop_app.actions.register_checks import Edit
from desktop_app.cli.answers import finish
from desktop_app.domain.sessions import Half, Session
from desktop_app.domain.staff import Role
from tests.support.clock import StillClock
from tests.support.schools import SmallSchool
from tests.support.windows import Desk
from ui.hatch.page import HatchPage
from ui.memory import Memory
from ui.places import PLACES
from ui.rollcall.page import RollCallPage
from ui.school_menu import SchoolMenu
from ui.week.page import WeekPage

AM = Session(date(2026, 11, 20), Half.AM)


@pytest.fixture
def desk(school: SmallSchool, clock: StillClock, tmp_path: Path, open_at) -> Desk:
    pupils = school.pupils
    write(
        school.context, [Edit(pupils["Kaya"], AM, "N"), Edit(pupils["Doyle"], AM, "/"), Edit(pupils["Abara"], AM, "I")]
    )
    clock.set(2026, 11, 20, 10, 5)
    sign_out(school.context, pupils["Doyle"], "dentist", "")
    found = open_at("week", WeekPage, RollCallPage, HatchPage)
    SchoolMenu(found.window, Memory(tmp_path))
    return found


def shown(desk: Desk) -> str:
    page = desk.window.page("roll-call")
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def test_f12_over_half_typed_work_and_back(desk: Desk) -> None:
    page = desk.window.page("week")
    assert isinstance(page, WeekPage)
    page.note.setFocus()
    desk.type("half a no")
    desk.press("F12")
    assert desk.window.place == "roll-call"
    assert "4 children to be found" in shown(desk)
    assert "⚠ Kaya, Çağla: not accounted for" in shown(desk)
    assert "Not in school: Abara, Tobi; Doyle, Ryan (signed out 10:05)" in shown(desk)
    assert "dentist" not in shown(desk)
    assert not desk.window.rail.isVisible()
    desk.press("F12")
    assert desk.window.place == "week"
    assert desk.focus is page.note
    assert page.note.text() == "half a no"
    desk.type("te")
    assert page.note.text() == "half a note"


def test_escape_goes_back_too(desk: Desk) -> None:
    desk.press("F12", "Escape")
    assert desk.window.place == "week"
    assert desk.window.rail.isVisible()


def test_one_key_puts_it_on_paper(desk: Desk, school: SmallSchool, tmp_path: Path) -> None:
    """Also while something else is at work, and for somebody who may print nothing else."""
    desk.press("F12", "p")
    page = desk.window.page("roll-call")
    assert isinstance(page, RollCallPage)
    assert page.preview.isVisible()
    assert "Kaya, Çağla – not accounted for" in page.preview.sheet.accessibleDescription().replace("\r\n", " ")
    assert "dentist" not in page.preview.sheet.accessibleDescription()
    target = tmp_path / "roll.pdf"
    page.preview.save_to(target)
    assert "4 children to be found" in PdfReader(target).pages[0].extract_text()
    desk.press("Escape")
    assert page.area.isVisible()
    assert desk.focus is page.area
    desk.press("p", "F12")
    assert desk.window.place == "week"
    desk.press("F12")
    assert page.area.isVisible()
    guest = replace(school.context, staff=replace(school.context.staff, role=Role.GOVERNOR), alone=False)
    assert finish(roll_call_paper(guest)).pages == 1


def test_it_is_made_anew_each_time(desk: Desk, school: SmallSchool) -> None:
    desk.press("F12", "F12")
    write(school.context, [Edit(school.pupils["Kaya"], AM, "/")], "found in the library")
    desk.press("F12")
    assert "Kaya, Çağla: not" not in shown(desk)
    assert replace(school.context).alone


class WindowsShown(QObject):
    """Notes every widget that is shown as a window of its own, however shortly."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[QObject] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt’s name
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.found.append(watched)
        return False


def test_it_opens_no_window_of_its_own(open_at) -> None:
    desk = open_at("today", *PLACES)
    watch, application = WindowsShown(), QApplication.instance()
    assert application is not None
    application.installEventFilter(watch)
    desk.window.glance("roll-call")
    application.removeEventFilter(watch)
    assert watch.found == []
