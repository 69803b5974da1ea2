"""Leave of absence by real keys: asked from the child’s page, decided, refused in words, taken back."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.actions.leave import leave_page
from desktop_app.domain.entries import EntryKind, Task
from desktop_app.domain.leave import LeaveState
from desktop_app.domain.people import Answer, Tie
from desktop_app.domain.school import Plan
from desktop_app.domain.sessions import Half
from desktop_app.domain.staff import Role
from tests.support.letters import AWAY, parent, reach
from tests.support.people import in_role
from tests.support.schools import SmallSchool
from tests.support.windows import Desk
from ui.leave.page import LeavePlace
from ui.letters.page import LettersPage
from ui.pupils.page import PupilsPage


@pytest.fixture
def brother(school: SmallSchool) -> int:
    """Ryan Doyle lives with Çağla Kaya’s mother."""
    context, doyle = school.context, school.pupils["Doyle"]
    with context.store.writing(context.deed("set up")) as writing:
        mother = next(one.person for one in writing.book.all(Tie) if one.pupil == school.pupils["Kaya"])
        writing.book.put(Tie(0, doyle, mother, "stepmother", Answer.NO, Answer.YES))
    return doyle


def place(desk: Desk) -> LeavePlace:
    found = desk.window.page("leave")
    assert isinstance(found, LeavePlace)
    return found


def ask(school: SmallSchool, open_at) -> tuple[Desk, LeavePlace]:  # type: ignore[no-untyped-def]
    """Come from the child’s page and type the request."""
    desk: Desk = open_at("pupils", PupilsPage, LeavePlace, LettersPage)
    desk.window.go("pupils", pupil=school.pupils["Kaya"])
    desk.press("v")
    page = place(desk)
    assert desk.focus is page.asking.first
    desk.type("30/11")
    page.asking.last.setFocus()
    desk.type("1/12")
    page.asking.reason.setFocus()
    desk.type("funeral in Lahore")
    return desk, page


def test_from_the_childs_page_to_a_granted_request(school: SmallSchool, brother: int, open_at) -> None:  # type: ignore[no-untyped-def]
    desk, page = ask(school, open_at)
    page.asking.siblings[brother].setChecked(True)
    desk.press("Ctrl+Return")
    assert [line.child.surname for line in page.model.lines] == ["Kaya", "Doyle"]
    assert desk.focus is page.list
    assert "for the same days: Ryan Doyle: Mon 30 Nov to Tue 1 Dec 2026" in page.deciding.before.text()
    desk.press("Return", "g", "Ctrl+Return")
    assert page.deciding.fault.text() == "⚠ Give the reasons: they stand in the letter to each parent."
    page.deciding.reasons.setFocus()
    desk.type("A grandmother died.")
    desk.press("Ctrl+Return")
    assert page.deciding.fault.text().startswith("⚠ Choose the ground")
    page.deciding.ground.choose("exceptional")
    desk.press("Ctrl+Return")
    with school.context.store.reading() as reading:
        (made,) = reading.book.all(Plan)
    assert (made.code, made.pupil, made.first) == ("C", school.pupils["Kaya"], date(2026, 11, 30))
    assert [line.request.state for line in page.model.lines] == [LeaveState.WAITING, LeaveState.GRANTED]
    assert desk.said.startswith("Decided: Çağla Kaya. Ctrl+Enter makes the letters; Esc leaves them")


def test_days_granted_in_part_are_typed(school: SmallSchool, open_at) -> None:  # type: ignore[no-untyped-def]
    desk, page = ask(school, open_at)
    desk.press("Ctrl+Return", "Return", "p")
    page.deciding.ground.choose("exceptional")
    page.deciding.parts.setFocus()
    desk.type("1/12 pm")
    page.deciding.reasons.setFocus()
    desk.type("The burial alone.")
    desk.press("Ctrl+Return")
    with school.context.store.reading() as reading:
        (made,) = reading.book.all(Plan)
    assert (made.first, made.first_half, made.last_half) == (date(2026, 12, 1), Half.PM, Half.PM)


def test_what_is_refused_is_said_and_nothing_is_lost(school: SmallSchool, open_at) -> None:  # type: ignore[no-untyped-def]
    desk, page = ask(school, open_at)
    page.asking.first.setText("19/11/2026")
    desk.press("Ctrl+Return")
    assert "asked late" in page.asking.fault.text()
    assert page.asking.reason.text() == "funeral in Lahore"
    assert leave_page(school.context).waiting == ()
    page.asking.late.setChecked(True)
    desk.press("Ctrl+Return")
    assert len(leave_page(school.context).waiting) == 1


def test_the_parent_takes_it_back(school: SmallSchool, open_at) -> None:  # type: ignore[no-untyped-def]
    desk, page = ask(school, open_at)
    desk.press("Ctrl+Return", "b")
    assert desk.focus is page.back
    desk.type("Ms K Kaya, by telephone")
    desk.press("Return")
    assert desk.focus is page.list
    assert [line.request.state for line in page.model.lines] == [LeaveState.TAKEN_BACK]
    desk.press("b")
    assert desk.said == "⚠ This request was taken back already."
    desk.press("d")
    assert desk.said == "⚠ This request was taken back already."
    desk.press("l")
    assert desk.said == "⚠ There is no decision to write about."


def test_a_name_that_two_children_have_is_not_guessed(school: SmallSchool, open_at) -> None:  # type: ignore[no-untyped-def]
    desk: Desk = open_at("leave", LeavePlace)
    page = place(desk)
    desk.press("Ctrl+N")
    assert desk.focus is page.asking.whose
    desk.type("zzz")
    desk.press("Return")
    assert page.asking.fault.text().startswith("⚠ “zzz”: no child is called so")
    page.asking.whose.clear()
    page.asking.whose.setFocus()
    desk.type("kay")
    desk.press("Return")
    assert [tick.text() for tick in page.asking.askers.values()] == ["Ms K Kaya, mother"]


def test_who_may_not_grant_leave_reads_who_does(school: SmallSchool, open_at) -> None:  # type: ignore[no-untyped-def]
    desk, page = ask(school, open_at)
    desk.press("Ctrl+Return")
    desk.window.take_over(in_role(school.context, Role.OFFICE))
    desk.window.go("leave")
    page = place(desk)
    assert not page.deciding.deciding
    assert page.deciding.head_only.isVisible()
    assert not page.deciding.keep.isVisible()


def decide(desk: Desk, page: LeavePlace, key: str, reasons: str) -> None:
    """Decide the current request in the form, as it is typed."""
    desk.press("Return", key)
    if key == "g":
        page.deciding.ground.choose("exceptional")
    page.deciding.reasons.setFocus()
    desk.type(reasons)
    desk.press("Ctrl+Return")
    desk.wait()


def logged(school: SmallSchool) -> list[EntryKind]:
    with school.context.store.reading() as reading:
        return [one.kind for one in reading.entries.of(school.pupils["Kaya"]) if one.kind is EntryKind.LETTER]


def open_tasks(school: SmallSchool) -> list[str]:
    with school.context.store.reading() as reading:
        return [one.text for one in reading.book.all(Task) if one.closed_by is None]


def test_one_key_makes_the_letters_of_the_decision(school: SmallSchool, open_at) -> None:  # type: ignore[no-untyped-def]
    reach(school.context)
    parent(school.context, school.pupils["Kaya"], "Mr D Kaya", address=AWAY)
    desk, page = ask(school, open_at)
    desk.press("Ctrl+Return")
    decide(desk, page, "r", "A holiday is no exceptional circumstance.")
    letters = desk.window.page("letters")
    assert isinstance(letters, LettersPage)
    assert [one.to for one in letters.planned.planned] == [("Ms K Kaya",), ("Mr D Kaya",)]
    assert letters.planned.sheet.isVisible()
    assert "A holiday is no exceptional circumstance." in letters.planned.planned[0].body
    assert logged(school) == []
    desk.press("Ctrl+Return")
    desk.wait()
    assert len(logged(school)) == 2
    assert open_tasks(school) == []
    desk.press("Escape")
    assert desk.focus is page.list
    line = page.list.line()
    assert line is not None
    assert line.request.state is LeaveState.REFUSED
    desk.press("l")
    assert "each was written to" in desk.said


def test_letters_left_for_later_are_made_with_l(school: SmallSchool, open_at) -> None:  # type: ignore[no-untyped-def]
    reach(school.context)
    desk, page = ask(school, open_at)
    desk.press("Ctrl+Return")
    decide(desk, page, "g", "A grandmother died.")
    desk.press("Escape")
    assert desk.focus is page.list
    assert open_tasks(school) == ["Write to Ms K Kaya: leave granted, Mon 30 Nov to Tue 1 Dec 2026"]
    assert desk.said.startswith("The letters are still to be written: L")
    desk.press("l")
    desk.wait()
    desk.press("Ctrl+Return")
    desk.wait()
    assert len(logged(school)) == 1
    assert open_tasks(school) == []


def test_more_is_known_and_it_is_decided_again(school: SmallSchool, open_at) -> None:  # type: ignore[no-untyped-def]
    reach(school.context)
    desk, page = ask(school, open_at)
    desk.press("Ctrl+Return")
    decide(desk, page, "r", "No reason was given.")
    desk.press("Escape")
    assert not page.deciding.deciding
    desk.press("d")
    assert page.deciding.decision.isVisible()
    desk.press("Escape")
    assert not page.deciding.decision.isVisible()
    desk.press("d", "g")
    page.deciding.ground.choose("exceptional")
    page.deciding.reasons.setFocus()
    desk.type("The order of service came.")
    desk.press("Ctrl+Return")
    desk.wait()
    assert leave_page(school.context).decided[0].request.state is LeaveState.GRANTED
    assert open_tasks(school) == ["Write to Ms K Kaya: leave granted, Mon 30 Nov to Tue 1 Dec 2026"]
    desk.press("Escape", "b")
    desk.type("Ms K Kaya, by telephone")
    desk.press("Return")
    assert open_tasks(school) == []
    with school.context.store.reading() as reading:
        assert reading.book.all(Plan) == ()


def test_who_may_not_grant_leave_does_not_decide_again(school: SmallSchool, open_at) -> None:  # type: ignore[no-untyped-def]
    reach(school.context)
    desk, page = ask(school, open_at)
    desk.press("Ctrl+Return")
    decide(desk, page, "r", "No reason was given.")
    desk.window.take_over(in_role(school.context, Role.OFFICE))
    desk.window.go("leave")
    page = place(desk)
    page.list.setFocus()
    desk.press("d")
    assert "may not grant leave" in desk.said
    assert not page.deciding.decision.isVisible()
