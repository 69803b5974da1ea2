"""A case at a glance in a window, for the tests that work it by keys."""

from __future__ import annotations

from typing import TypeVar

from desktop_app.actions.case_page import cases_of
from desktop_app.actions.casework import move
from desktop_app.domain.progress import Changes
from tests.support.schools import SmallSchool
from tests.support.windows import Desk
from ui.cases.course_view import CourseView
from ui.cases.page import CasesPage
from ui.parts.inputs import Choice
from ui.today.page import TodayPage

Shown = TypeVar("Shown", TodayPage, CasesPage)


def course(desk: Desk) -> CourseView:
    """The case, which is read beside the window."""
    desk.wait()
    page = desk.window.page("cases")
    assert isinstance(page, CasesPage)
    assert page.course.isVisible()
    return page.course


def opened_case(desk: Desk, school: SmallSchool) -> int:
    """Open the case on what is proposed: Enter, then Ctrl+Enter."""
    desk.wait()
    desk.press("Return", "Ctrl+Return")
    desk.wait()
    (case,) = cases_of(school.context, school.pupils["Doyle"])
    return case.id


def titles(desk: Desk) -> list[str]:
    return [line.proposal.title for line in course(desk).model.lines if not line.done]


def choose(desk: Desk, words: str) -> None:
    """Choose by what the list of the field says, as the arrow keys would."""
    field = desk.focus
    assert isinstance(field, Choice)
    row = next(number for number in range(field.count()) if words in field.itemText(number))
    field.setCurrentIndex(row)


def page_of(desk: Desk, kind: type[Shown]) -> Shown:
    found = desk.window.findChild(kind)
    assert found is not None
    return found


def press_at_a_line_done_meanwhile(desk: Desk, halton: SmallSchool, *keys: str) -> None:
    """Press keys at the first line of a case while it is read anew and that line is done by another: none of them does
    it again, and no form is opened."""
    case = opened_case(desk, halton)
    view = course(desk)
    line = view.list.current()
    assert line is not None
    with desk.worker_held():
        move(halton.context, case, "formal.improvement", "no better", "the family", despite="falling")
        desk.window.announce(Changes(entries=True))
        desk.press(*keys)
    assert line.title not in titles(desk)
    assert not view.panel.isVisible()
    assert not view.log_panel.isVisible()
