"""Keys pressed while a case is read, right after a deed: every one is carried out, in its order."""

from __future__ import annotations

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.actions.case_page import case_page, proposals_of
from desktop_app.actions.casework import move, open_at
from desktop_app.domain.entries import EntryKind
from desktop_app.domain.progress import Changes
from tests.support.courses import course, opened_case, press_at_a_line_done_meanwhile
from tests.support.schools import SmallSchool
from tests.support.windows import Desk, open_desk
from ui.cases.page import CasesPage
from ui.pupils.page import PupilsPage
from ui.theme import Theme


def given(school: SmallSchool, case: int) -> list[str]:
    """The tasks of the case that a person typed."""
    return [one.task.text for one in case_page(school.context, case).owed if one.task.text.startswith("Meet")]


def test_a_whole_form_typed_ahead_is_kept_letter_for_letter(desk: Desk, halton: SmallSchool) -> None:
    case = opened_case(desk, halton)
    with desk.worker_held():
        desk.window.announce(Changes(entries=True))
        desk.press("t")
        desk.type("Meet him at the gate, by 8.40")
        desk.press("Ctrl+Return")
        assert given(halton, case) == []
    assert given(halton, case) == ["Meet him at the gate, by 8.40"]
    assert desk.said.startswith("Task kept")


def test_keys_after_a_deed_that_was_itself_typed_ahead_wait_for_the_next_reading(
    desk: Desk, halton: SmallSchool
) -> None:
    case = opened_case(desk, halton)
    with desk.worker_held():
        desk.window.announce(Changes(entries=True))
        for words in ("Meet his mother", "Meet the bus"):
            desk.press("t")
            desk.type(words)
            desk.press("Ctrl+Return")
        desk.press("t", "Escape", "s")
    assert given(halton, case) == ["Meet his mother", "Meet the bus"]
    view = course(desk)
    assert view.panel.isVisible()
    assert view.panel.values().of["kind"] == EntryKind.BARRIER, "the last key opened what it opens"


def test_a_way_out_of_the_case_waits_behind_what_waits_already(desk: Desk, halton: SmallSchool) -> None:
    case = opened_case(desk, halton)
    with desk.worker_held():
        desk.window.announce(Changes(entries=True))
        desk.press("t")
        desk.type("Meet Abdul B")
        desk.press("Ctrl+Return", "b")
        assert course_shown(desk)
    assert given(halton, case) == ["Meet Abdul B"]
    assert not course_shown(desk), "and only then to the referral"


def course_shown(desk: Desk) -> bool:
    """Whether the case is in sight, read or not."""
    page = desk.window.page("cases")
    assert isinstance(page, CasesPage)
    return page.course.isVisible()


def test_what_was_typed_for_a_line_that_is_gone_opens_no_other_form(desk: Desk, halton: SmallSchool) -> None:
    press_at_a_line_done_meanwhile(desk, halton, "Return", "x", "Tab", "m", "Ctrl+Return")
    view = course(desk)
    assert desk.said == "⚠ No form opened, so what was typed for it was not taken: look at what stands there now."
    with desk.worker_held():
        desk.window.announce(Changes(entries=True))
        desk.press("t")
    assert view.panel.isVisible(), "and the next key is taken as ever"


def test_a_line_that_is_gone_is_said(desk: Desk, halton: SmallSchool) -> None:
    case = opened_case(desk, halton)
    line = course(desk).list.current()
    assert line is not None
    with desk.worker_held():
        move(halton.context, case, "formal.improvement", "no better", "the family", despite="falling")
        desk.window.announce(Changes(entries=True))
        desk.press("Return")
    assert desk.said == f"{line.title}: that is done meanwhile, or no longer what comes next."


@pytest.mark.parametrize("away", ["pupils", "cases"])
def test_keys_of_a_case_that_was_left_are_carried_out_nowhere(
    halton: SmallSchool, theme: Theme, qtbot: QtBot, away: str
) -> None:
    child = halton.pupils["Doyle"]
    case, _ = open_at(halton.context, child, proposals_of(halton.context, child)[0].step, on=date(2026, 10, 16))
    desk = open_desk(qtbot, halton.context, theme, [CasesPage, PupilsPage], "cases")
    desk.window.go("cases", pupil=child)
    view = course(desk)
    with desk.worker_held():
        desk.window.announce(Changes(entries=True))
        desk.press("t")
        desk.type("Meet")
        desk.window.go(away, **({"pupil": child} if away == "pupils" else {}))
    assert desk.window.place == away
    assert view.panel.isHidden()
    desk.window.go("cases", pupil=child)
    desk.wait()
    assert view.panel.isHidden(), "nor once somebody comes back"
    assert given(halton, case) == []
    desk.close()
