"""Handing what is to be seen to on to somebody else, by real keys."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.domain.entries import Task
from desktop_app.domain.staff import Role, Staff
from tests.support.people import in_role
from tests.support.schools import SmallSchool
from tests.support.windows import Desk
from ui.today.page import TodayPage

FRIDAY = date(2026, 11, 20)


@pytest.fixture
def people(school: SmallSchool) -> dict[str, int]:
    """A safeguarding lead, and a teacher of another class."""
    with school.context.store.writing(school.context.deed("set up")) as writing:
        writing.book.put(Task(0, school.pupils["Kaya"], "chase", FRIDAY, None, "Ring the home"))
        return {
            name: writing.book.put(Staff(0, name, "Staff", role, name.lower(), classes=classes))
            for name, role, classes in (("Hand", Role.DSL, ()), ("Zed", Role.TEACHER, ("6A",)))
        }


def page(desk: Desk) -> TodayPage:
    found = desk.window.page("today")
    assert isinstance(found, TodayPage)
    return found


def owner(school: SmallSchool) -> int | None:
    with school.context.store.reading() as reading:
        (task,) = reading.book.all(Task)
    return task.owner


def test_a_key_and_a_name_hand_a_task_on(school: SmallSchool, people: dict[str, int], open_at) -> None:  # type: ignore[no-untyped-def]
    desk: Desk = open_at("today", TodayPage)
    due = page(desk).due
    due.view.setFocus()
    desk.press("g")
    assert desk.focus is due.handing.whom
    assert "Ring the home" in due.handing.field.help.text()
    desk.type("Zed")
    desk.press("Return")
    assert "Zed does not see the tasks of this child" in due.handing.field.fault.text()
    assert owner(school) is None
    desk.press("Home", "Down")
    assert due.handing.whom.currentText() == "Hand, Staff"
    desk.press("Return")
    assert owner(school) == people["Hand"]
    assert desk.focus is due.view
    assert "Hand has it now" in desk.said
    assert "for Hand" in due.model.lines[0].more
    desk.press("g", "Escape")
    assert not due.handing.isVisible()
    assert owner(school) == people["Hand"]
    desk.press("g", "End", "Return")
    assert owner(school) is None


def test_one_question_at_a_time(school: SmallSchool, people: dict[str, int], open_at) -> None:  # type: ignore[no-untyped-def]
    desk: Desk = open_at("today", TodayPage)
    due = page(desk).due
    due.view.setFocus()
    desk.press("d")
    due.view.setFocus()
    desk.press("g")
    assert (due.closing.isVisible(), due.handing.isVisible()) == (False, True)
    due.view.setFocus()
    desk.press("d")
    assert (due.closing.isVisible(), due.handing.isVisible()) == (True, False)


def test_who_may_not_log_hands_nothing_on(school: SmallSchool, people: dict[str, int], open_at) -> None:  # type: ignore[no-untyped-def]
    school.context = in_role(school.context, Role.READ_ONLY)
    desk: Desk = open_at("today", TodayPage)
    due = page(desk).due
    if due.isVisible():
        due.view.setFocus()
        desk.press("g")
        assert not due.handing.isVisible()
        assert desk.said.startswith("⚠ ")
    assert owner(school) is None
