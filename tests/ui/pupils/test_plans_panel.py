"""What is planned of a child, by real keys: changed, ended early, taken away, never touching a mark that was made."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtTest import QAbstractItemModelTester

from desktop_app.actions.planned import planned_of
from desktop_app.actions.plans import plan
from desktop_app.actions.settle import settle
from desktop_app.domain.school import Period, PeriodKind, Plan
from desktop_app.domain.sessions import Half
from desktop_app.domain.staff import Role
from tests.support.clock import StillClock
from tests.support.schools import SmallSchool
from tests.support.windows import Desk
from ui.memory import Memory
from ui.plans.page import PlanPage
from ui.pupils.page import PupilsPage
from ui.pupils.plans_list import PlansModel, days_words
from ui.pupils.plans_panel import PlansPanel
from ui.school_menu import SchoolMenu

THURSDAY, FRIDAY, MONDAY, TUESDAY = (date(2026, 11, day) for day in (19, 20, 23, 24))
LEAVE = {"asked_by": "Ms K Kaya", "asked_on": date(2026, 11, 2), "decided_by": "Dr A Rahman"}


def put(school: SmallSchool, code: str, first: date, last: date, *surnames: str, **more: object) -> None:
    wanted = Plan(0, 0, code, first, Half.AM, last, Half.PM, **more)  # type: ignore[arg-type]
    plan(school.context, wanted, [school.pupils[one] for one in surnames or ("Kaya",)])


@pytest.fixture
def desk(school: SmallSchool, open_at) -> Desk:
    """Ill from yesterday to Monday; leave in December; over half term nothing. Friday, ten to nine."""
    put(school, "I", THURSDAY, MONDAY, note="chickenpox")
    put(school, "C", date(2026, 12, 3), date(2026, 12, 4), decided_on=date(2026, 11, 5), **LEAVE)
    opened = open_at("pupils", PupilsPage, PlanPage)
    opened.window.go("pupils", pupil=school.pupils["Kaya"])
    return opened


def panel(desk: Desk) -> PlansPanel:
    page = desk.window.page("pupils")
    assert isinstance(page, PupilsPage)
    return page.child.beside.plans


def shown(desk: Desk) -> list[str]:
    return [panel(desk).model.spoken(line) for line in panel(desk).model.lines]


def kept(school: SmallSchool, surname: str = "Kaya") -> list[tuple[str, date, str]]:
    return [
        (one.plan.code, one.plan.last, one.plan.last_half.value)
        for one in planned_of(school.context, school.pupils[surname])
    ]


def marks(school: SmallSchool, day: date) -> list[str]:
    with school.context.store.reading() as reading:
        return [one.code for one in reading.marks.between(day, day, [school.pupils["Kaya"]])]


def head(school: SmallSchool) -> object:
    with school.context.store.reading() as reading:
        return reading.chain_head


def test_each_plan_says_where_it_stands(desk: Desk) -> None:
    desk.press("d")
    assert shown(desk) == [
        "to come: C  Leave in exceptional circumstances, Thu 3 Dec to Fri 4 Dec 2026, 2 school days",
        "now: I  chickenpox, Thu 19 Nov to Mon 23 Nov 2026, 3 school days, 2 of 6 marked",
    ]
    assert panel(desk).says.text() == (
        "Asked for by Ms K Kaya on Mon 2 Nov 2026; given by Dr A Rahman on Thu 5 Nov 2026."
    )
    assert not panel(desk).end.isEnabled()


def test_ended_now_the_child_is_expected_and_marks_stay(desk: Desk, school: SmallSchool, clock: StillClock) -> None:
    desk.press("d", "Down", "e")
    assert kept(school)[1] == ("I", FRIDAY, "AM")
    assert marks(school, THURSDAY) == ["I", "I"]
    assert "expected from now on" in desk.said
    clock.set(2026, 11, 23, 8, 0)
    settle(school.context)
    assert marks(school, FRIDAY) == ["I"]


def test_what_has_not_begun_is_not_ended(desk: Desk, school: SmallSchool) -> None:
    desk.press("d")
    before = head(school)
    desk.press("e")
    assert "It has not begun yet" in panel(desk).fault.text()
    assert head(school) == before


def test_taken_away_at_the_second_press_and_marks_stay(desk: Desk, school: SmallSchool) -> None:
    desk.press("d", "Down", "Delete")
    assert "second press" in panel(desk).fault.text()
    assert len(kept(school)) == 2
    desk.press("Up", "Down", "Delete")
    assert len(kept(school)) == 2
    desk.press("Delete")
    assert [code for code, _, _ in kept(school)] == ["C"]
    assert marks(school, THURSDAY) == ["I", "I"]


def test_changed_it_keeps_what_was_written(desk: Desk, school: SmallSchool) -> None:
    desk.press("d", "Down")
    form = panel(desk).plan_form
    form.code.choose("M")
    form.last.setFocus()
    form.last.selectAll()
    desk.type("24/11/2026")
    desk.press("Ctrl+Return")
    assert kept(school)[1] == ("M", TUESDAY, "PM")
    assert marks(school, THURSDAY) == ["I", "I"]
    assert "Marks that were made stay" in desk.said
    assert "2 of 8 marked, 2 otherwise" in shown(desk)[1]


def test_changed_over_an_unexpected_closure_it_says_so(desk: Desk, school: SmallSchool) -> None:
    with school.context.store.writing(school.context.deed("set up")) as writing:
        writing.book.put(Period(0, PeriodKind.SITE_CLOSED, "snow", TUESDAY, TUESDAY))
    desk.press("d", "Down")
    form = panel(desk).plan_form
    form.last.setFocus()
    form.last.selectAll()
    desk.type("24/11/2026")
    desk.press("Ctrl+Return")
    assert kept(school)[1][1] == TUESDAY
    assert "closed unexpectedly, so not planned: Tue 24 Nov 2026 AM and PM" in desk.said


@pytest.mark.parametrize(("typed", "why"), [
    ("3/12/2026", "has C planned already on Thu 3 Dec 2026 to Fri 4 Dec 2026: change or end that first"),
    ("18/11/2026", "before it begins"),
    ("40/11", "that is not a day"),
])  # fmt: skip
def test_what_does_not_fit_is_refused_and_nothing_changes(
    desk: Desk, school: SmallSchool, typed: str, why: str
) -> None:
    desk.press("d", "Down")
    before = head(school)
    panel(desk).plan_form.last.setFocus()
    panel(desk).plan_form.last.selectAll()
    desk.type(typed)
    desk.press("Ctrl+Return")
    assert why in panel(desk).fault.text()
    assert head(school) == before


def test_a_suspension_says_its_days(desk: Desk, school: SmallSchool) -> None:
    put(school, "E", date(2026, 12, 7), date(2026, 12, 14), note="letter of 4 December")
    desk.press("d")
    assert panel(desk).says.text() == ("Suspended for 6 school days. Education is arranged from the sixth school day.")
    assert [days_words(number) for number in (1, 2, 5)] == ["½ school day", "1 school day", "2½ school days"]


def test_f7_plans_another_for_this_child_and_esc_comes_back(desk: Desk, school: SmallSchool, tmp_path: Path) -> None:
    SchoolMenu(desk.window, Memory(tmp_path))
    desk.press("d", "F7")
    assert desk.window.place == "plan"
    page = desk.window.page("plan")
    assert isinstance(page, PlanPage)
    assert page.whose.text() == "Çağla Kaya"
    page.code.choose("R")
    page.form.first.setFocus()
    page.form.first.selectAll()
    desk.type("30/11/2026")
    page.form.last.setFocus()
    page.form.last.selectAll()
    desk.type("30/11/2026")
    desk.press("Ctrl+Return")
    assert kept(school)[1] == ("R", date(2026, 11, 30), "PM")
    desk.window.go("pupils", pupil=school.pupils["Kaya"])
    desk.press("F7", "Escape")
    assert desk.window.place == "pupils"


def test_of_a_child_without_plans_another_is_offered(desk: Desk, school: SmallSchool) -> None:
    desk.window.go("pupils", pupil=school.pupils["Doyle"])
    desk.press("d")
    assert panel(desk).nothing.isVisible()
    assert desk.focus is panel(desk).another
    desk.press("Return")
    assert desk.window.place == "plan"


def test_whoever_may_not_plan_sees_it_and_changes_nothing(school: SmallSchool, desk: Desk, open_at) -> None:
    teacher = replace(school.context.staff, role=Role.TEACHER, classes=("4B",))
    school.context = replace(school.context, staff=teacher, alone=False)
    other: Desk = open_at("pupils", PupilsPage)
    other.window.go("pupils", pupil=school.pupils["Kaya"])
    before = head(school)
    other.press("d")
    assert len(shown(other)) == 2
    assert not panel(other).keep.isVisible()
    other.press("Down", "e", "Delete", "Delete", "Ctrl+Return")
    assert "may not plan absences" in other.said
    other.press("Escape", "t", "Ctrl+Return")
    assert "may not plan absences" in other.said
    assert head(school) == before


def test_the_model_is_a_model(desk: Desk) -> None:
    desk.press("d")
    model = PlansModel(desk.context.rulebook.codes)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_lines(panel(desk).model.lines)
    assert model.rowCount() == 2
