"""A week of the school year by real keys: admission, registers, the hatch, a plan, an amendment, a leaver, the week
signed off, in one window with every place in it; and what is on the disk afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app import paths
from desktop_app.actions.settle import settle
from desktop_app.actions.week import week
from desktop_app.domain.marks import MarkChange
from desktop_app.domain.people import Pupil
from desktop_app.domain.sessions import HALVES, Half, Session
from tests.support.admitting import admit_by_keys
from tests.support.clock import StillClock
from tests.support.schools import SmallSchool
from tests.support.windows import Desk, open_desk
from ui.hatch.page import HatchPage
from ui.memory import Memory
from ui.places import PLACES
from ui.plans.page import PlanPage
from ui.school_menu import SchoolMenu
from ui.theme import SchemeChoice, Theme

MONDAY = date(2026, 11, 16)
DAYS = [MONDAY + timedelta(days=number) for number in range(5)]
LAST_DAY = "27/11/2026"


@pytest.fixture
def clock(clock: StillClock) -> StillClock:
    """Monday, a quarter to nine, before anything is recorded."""
    clock.set(MONDAY.year, MONDAY.month, MONDAY.day, 8, 46)
    return clock


@pytest.fixture
def desk(qapp: QApplication, qtbot: QtBot, school: SmallSchool, tmp_path: Path) -> Iterator[Desk]:
    """The window, with every place and the menu."""
    theme = Theme(qapp, paths.resources(), SchemeChoice.LIGHT)
    opened = open_desk(qtbot, school.context, theme, PLACES, "today")
    SchoolMenu(opened.window, Memory(tmp_path))
    yield opened
    opened.close()
    theme.deleteLater()


def test_a_week_is_lived_by_keys_alone(desk: Desk, school: SmallSchool, clock: StillClock) -> None:
    admit(desk)
    for day in DAYS:
        clock.set(day.year, day.month, day.day, 8, 50)
        take_morning(desk, day)
        if day == MONDAY:
            late_at_the_hatch(desk, clock)
            plan_the_dentist(desk)
        if day == DAYS[1]:
            give_mondays_reason(desk)
        if day == DAYS[3]:
            take_off_the_roll(desk)
        clock.set(day.year, day.month, day.day, 13, 2)
        desk.press("Ctrl+2", "F9")
        clock.set(day.year, day.month, day.day, 15, 40)
        settle(desk.context)
    desk.window.go("week")
    desk.wait()
    desk.press("Ctrl+Return")
    assert week(desk.context, MONDAY).signed_off, desk.said
    as_it_stands(desk)
    register_is_locked(desk)


def admit(desk: Desk) -> None:
    """A seventh child, from this morning."""
    desk.press("Ctrl+3")
    admit_by_keys(desk)
    assert desk.said.startswith("Ines Zamora is on the admission register from Mon 16 Nov 2026.")


def take_morning(desk: Desk, day: date) -> None:
    """Everybody is present but, on Monday, Kaya and Doyle."""
    desk.press("Ctrl+2")
    if day == MONDAY:
        desk.press("Ctrl+F", "k", "a", "Return", "N", "Ctrl+F", "d", "o", "Return", "N")
    desk.press("F9")
    assert "marked present" in desk.said


def late_at_the_hatch(desk: Desk, clock: StillClock) -> None:
    """Kaya comes after the register has closed."""
    clock.set(MONDAY.year, MONDAY.month, MONDAY.day, 9, 10)
    desk.press("F8", "k", "a", "y", "Return", "l", "1")
    hatch = desk.window.page("hatch")
    assert isinstance(hatch, HatchPage)
    assert hatch.said.text() == "✓ 09:10: U, 25 minutes late"
    desk.press("Escape")


def plan_the_dentist(desk: Desk) -> None:
    """Abara is at the dentist on Wednesday afternoon."""
    desk.press("F7")
    desk.type("aba")
    desk.press("Tab")
    desk.type("M")
    page = desk.window.page("plan")
    assert isinstance(page, PlanPage)
    for _ in range(12):
        desk.press("Tab")
        if desk.focus is page.note:
            break
        if desk.focus in (page.form.first, page.form.last):
            desk.press("Ctrl+A")
            desk.type("18/11/2026")
        elif desk.focus in (page.form.first_half, page.form.last_half):
            desk.press("Down")
    desk.type("dentist")
    desk.press("Ctrl+Return")
    assert page.said.text() == "✓ Planned for 1 child"


def give_mondays_reason(desk: Desk) -> None:
    """Doyle was ill: his mother rang on Tuesday, so the closed register changes with a reason."""
    desk.press("Ctrl+2", "Ctrl+F", "d", "o", "Return", "Home", "I", "1")
    assert "The first mark stays on record" in desk.said


def take_off_the_roll(desk: Desk) -> None:
    """Bielak moves to another school, whose last day here is in the next week."""
    desk.press("Ctrl+K")
    desk.type("bie")
    desk.press("Return", "r", "Tab", "Ctrl+A")
    desk.type(LAST_DAY)
    desk.press("Tab", "Space", "Tab", "Space")
    desk.press("Ctrl+Return")
    assert "leaves the roll: Registered at another school, last day Fri 27 Nov 2026" in desk.said


def as_it_stands(desk: Desk) -> None:
    """What the week left in the file: every session of every child, and the history behind the two that changed."""
    with desk.context.store.reading() as reading:
        pupils = {one.surname: one for one in reading.book.all(Pupil)}
        codes = {(m.pupil, Session(m.day, m.half)): m.code for m in reading.marks.between(DAYS[0], DAYS[-1])}
        history = {name: reading.marks.history(pupils[name].id, MONDAY, MONDAY) for name in ("Doyle", "Kaya")}
    apart = {
        (pupils["Kaya"].id, Session(MONDAY, Half.AM)): "U",
        (pupils["Doyle"].id, Session(MONDAY, Half.AM)): "I",
        (pupils["Abara"].id, Session(DAYS[2], Half.PM)): "M",
    }
    expected = {
        (pupil.id, Session(day, half)): "/" if half is Half.AM else "\\"
        for pupil in pupils.values() for day in DAYS for half in HALVES
    }  # fmt: skip
    assert codes == expected | apart
    assert [(one.code, one.amends) for one in mornings(history["Doyle"])] == [("N", False), ("I", True)]
    assert [one.code for one in mornings(history["Kaya"])] == ["N", "U"]
    assert pupils["Bielak"].leaving_day == date(2026, 11, 27)
    assert desk.context.store.check().ok


def mornings(changes: list[MarkChange]) -> list[MarkChange]:
    """The changes to a morning session."""
    return [one for one in changes if one.half is Half.AM]


def register_is_locked(desk: Desk) -> None:
    """A week signed off opens for the head alone, and only with a reason."""
    desk.press("Ctrl+2", "Ctrl+F", "d", "o", "Return", "N")
    with desk.context.store.reading() as reading:
        doyle = next(one for one in reading.book.all(Pupil) if one.surname == "Doyle")
        assert all(one.code != "N" for one in reading.marks.between(DAYS[-1], DAYS[-1], [doyle.id]))
