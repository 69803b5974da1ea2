"""What becomes of the pages when the person at the desk may suddenly do more, or less."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from desktop_app.domain.progress import Changes
from desktop_app.domain.staff import Role
from tests.support.people import PAT, VALE, with_people
from tests.support.schools import SmallSchool
from tests.support.windows import Desk
from ui.places import PLACES
from ui.plans.page import PlanPage
from ui.pupils.page import PupilsPage

CHANGED = Changes(book=True)


@pytest.fixture
def desk(school: SmallSchool, open_at: Callable[..., Desk]) -> Desk:
    school.context = with_people(school.context, PAT, VALE)
    return open_at("plan", *PLACES)


def change(desk: Desk, **what: object) -> None:
    """The person at the desk is written down otherwise, and the window hears of it."""
    context = desk.window.context
    with context.store.writing(context.deed("test")) as writing:
        writing.book.put(replace(context.staff, **what))
    desk.window.announce(CHANGED)


def test_pages_built_for_other_rights_are_made_anew_when_they_are_next_gone_to(desk: Desk) -> None:
    window = desk.window
    plan = window.page("plan")
    assert isinstance(plan, PlanPage)
    desk.press("Ctrl+3")
    pupils = window.page("pupils")
    window.drafts[(1,)] = "half a call"
    window.go("plan")
    plan.note.setFocus()
    desk.type("dent")
    change(desk, role=Role.ATTENDANCE_LEAD)
    assert window.page("plan") is plan, "the page in sight stays until it is left"
    desk.type("ist")
    assert plan.note.text() == "dentist"
    desk.press("F12", "F12")
    assert desk.focus is plan.note, "the roll-call was only glanced at"
    desk.press("Ctrl+3")
    assert window.page("pupils") is not pupils
    assert window.stack.indexOf(pupils) < 0
    assert desk.focus is window.page("pupils").first_focus()
    window.go("plan")
    assert window.page("plan") is not plan
    assert window.drafts == {(1,): "half a call"}
    again = window.page("pupils")
    desk.press("Ctrl+3", "Ctrl+1", "Ctrl+3")
    assert window.page("pupils") is again, "once is enough"


def test_a_right_that_was_taken_away_is_not_offered_any_more(desk: Desk) -> None:
    desk.press("Ctrl+3")
    pupils = desk.window.page("pupils")
    assert isinstance(pupils, PupilsPage)
    assert pupils.listing.admit.isEnabled()
    desk.press("Ctrl+1")
    change(desk, role=Role.TEACHER, classes=("4B",))
    desk.press("Ctrl+3")
    pupils = desk.window.page("pupils")
    assert isinstance(pupils, PupilsPage)
    assert not pupils.listing.admit.isEnabled()


def test_a_page_stays_where_only_the_name_changed(desk: Desk) -> None:
    desk.press("Ctrl+3")
    pupils = desk.window.page("pupils")
    desk.press("Ctrl+1")
    change(desk, name="Dr A Rahman-Lee", position="Executive head")
    desk.press("Ctrl+3")
    assert desk.window.page("pupils") is pupils
    assert desk.window.rail.name.text() == "Dr A Rahman-Lee"


def test_somebody_who_may_no_longer_be_there_is_taken_home_to_a_page_made_for_them(desk: Desk) -> None:
    window = desk.window
    desk.press("Ctrl+2")
    registers = window.page("registers")
    desk.press("Ctrl+4")
    assert window.place == "cases"
    change(desk, role=Role.SUPPLY, classes=("4B",))
    assert window.place == "registers"
    assert window.page("registers") is not registers
    desk.press("Ctrl+4")
    assert window.place == "registers"
