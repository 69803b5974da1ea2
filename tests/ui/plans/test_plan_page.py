"""Planning by real keys: a child or a class, what the code asks for, and refusals in words."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.actions.planned import planned_of
from desktop_app.actions.plans import plan
from desktop_app.domain.school import Period, PeriodKind, Plan
from desktop_app.domain.sessions import Half
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
    return tuple(one.plan for one in planned_of(desk.context, school.pupils[surname]))


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


def test_what_is_closed_unexpectedly_is_said(desk: Desk, school: SmallSchool) -> None:
    with school.context.store.writing(school.context.deed("set up")) as writing:
        writing.book.put(Period(0, PeriodKind.SITE_CLOSED, "snow", FRIDAY, FRIDAY, Half.PM))
    desk.type("kay")
    page(desk).code.choose("M")
    desk.press("Ctrl+Return")
    said = page(desk).said.text()
    assert said == "✓ Planned for 1 child; closed unexpectedly, so not planned: Fri 20 Nov 2026 PM"


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


def test_several_children_and_a_class_each_once(desk: Desk, school: SmallSchool) -> None:
    desk.type("kaya, Doyle")
    page(desk).code.choose("V")
    desk.press("Ctrl+Return")
    assert page(desk).said.text() == "✓ Planned for 2 children"
    desk.type("4b; kaya")
    page(desk).form.first.set_date(date(2026, 11, 24))
    page(desk).form.last.set_date(date(2026, 11, 24))
    desk.press("Ctrl+Return")
    assert page(desk).said.text() == "✓ Planned for 6 children"


@pytest.mark.parametrize(("code", "first", "last", "why"), [
    ("I", "20/11/2026", "23/11/2026", "has M planned already on Mon 23 Nov 2026: change or end that first"),
    ("I", "26/10/2026", "30/10/2026", "the school is closed"),
    ("I", "24/11/2026", "23/11/2026", "before it begins"),
    ("I", "31/31", "23/11/2026", "that is not a day"),
])  # fmt: skip
def test_overlaps_and_closures_are_refused_and_nothing_changes(
    desk: Desk, school: SmallSchool, code: str, first: str, last: str, why: str
) -> None:
    monday = date(2026, 11, 23)
    plan(desk.context, Plan(0, 0, "M", monday, Half.AM, monday, Half.PM), [school.pupils["Kaya"]])
    with desk.context.store.reading() as reading:
        before = reading.chain_head
    desk.type("4b")
    page(desk).code.choose(code)
    for line, words in ((page(desk).form.first, first), (page(desk).form.last, last)):
        line.setFocus()
        line.selectAll()
        desk.type(words)
    desk.press("Ctrl+Return")
    assert why in page(desk).said.text()
    with desk.context.store.reading() as reading:
        assert reading.chain_head == before
