"""Planning by real keys: a child or a class, what the code asks for, and refusals in words."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.actions.plans import plans_of
from desktop_app.domain.school import Plan
from tests.support.schools import SmallSchool
from tests.support.windows import Desk
from ui.plans.page import PlanPage
from ui.register.page import RegisterPage

FRIDAY = date(2026, 11, 20)


@pytest.fixture
def desk(school: SmallSchool, open_at) -> Desk:
    return open_at("plan", PlanPage, RegisterPage)


def page(desk: Desk) -> PlanPage:
    found = desk.window.page("plan")
    assert isinstance(found, PlanPage)
    return found


def planned(desk: Desk, school: SmallSchool, surname: str) -> tuple[Plan, ...]:
    return plans_of(desk.context, school.pupils[surname])


def test_an_appointment_of_one_child(desk: Desk, school: SmallSchool) -> None:
    desk.type("kay")
    page(desk).code.choose("M")
    page(desk).note.setFocus()
    desk.type("dentist")
    desk.press("Ctrl+Return")
    (one,) = planned(desk, school, "Kaya")
    assert (one.code, one.first, one.last, one.note) == ("M", FRIDAY, FRIDAY, "dentist")
    assert page(desk).said.text() == "✓ Planned for 1 child"
    assert desk.focus is page(desk).whose


def test_a_trip_of_a_class(desk: Desk, school: SmallSchool) -> None:
    desk.type("4b")
    page(desk).code.choose("V")
    desk.press("Ctrl+Return")
    assert page(desk).said.text() == "✓ Planned for 6 children"
    assert all(planned(desk, school, surname) for surname in school.pupils)


def test_leave_asks_who_asked_and_who_gave_it(desk: Desk, school: SmallSchool) -> None:
    assert not page(desk).for_leave.isVisible()
    desk.type("kaya")
    page(desk).code.choose("C")
    assert page(desk).for_leave.isVisible()
    desk.press("Ctrl+Return")
    assert "say who asked for it" in page(desk).said.text()
    assert planned(desk, school, "Kaya") == ()
    page(desk).asked_by.setText("Ms K Kaya")
    page(desk).decided_by.setText("Dr A Rahman")
    desk.press("Ctrl+Return")
    assert planned(desk, school, "Kaya")[0].decided_by == "Dr A Rahman"


def test_what_cannot_be_planned_is_not_offered(desk: Desk) -> None:
    choice, offered = page(desk).code, set[object]()
    for number in range(choice.count()):
        choice.setCurrentIndex(number)
        offered.add(choice.value())
    assert {"M", "I", "V", "C", "B", "T", "R", "E"} <= offered
    assert not offered & {"/", "\\", "L", "U", "N", "O", "X", "C2", "D", "#", "Y4", "H", "J"}


def test_a_name_that_is_nobodys_is_refused(desk: Desk, school: SmallSchool) -> None:
    desk.type("zzz")
    desk.press("Ctrl+Return")
    assert "No child and no class" in page(desk).said.text()
    desk.press("Escape")
    assert desk.window.place == "registers"
