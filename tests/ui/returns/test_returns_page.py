"""The place of returns by real keys: checked line by line, made, saved, put down as sent; and the way from Today."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from pytestqt.qtbot import QtBot

from desktop_app.actions.returns.making import made_of
from desktop_app.domain.entries import EntryKind
from desktop_app.domain.returns import ReturnKind
from desktop_app.domain.staff import Role
from tests.support.clock import StillClock
from tests.support.keyboard import all_taken
from tests.support.people import in_role
from tests.support.returns import TODAY, excluded, made_now, with_absences
from tests.support.schools import SmallSchool
from tests.support.windows import Desk
from ui.pupils.page import PupilsPage
from ui.reports.page import ReportsPage
from ui.return_keys import RETURNS
from ui.returns.kept import read_checks
from ui.returns.model import Checks, State
from ui.returns.page import ReturnsPage
from ui.today.due_card import DueCard
from ui.today.page import TodayPage

LEAST_WIDTH = 1366 - 168


@pytest.fixture
def away(school: SmallSchool, clock: StillClock) -> SmallSchool:
    clock.set(2026, 11, 20, 16, 0)
    return with_absences(school)


@pytest.fixture
def desk(away: SmallSchool, open_at, qtbot: QtBot) -> Desk:
    found = open_at("returns", TodayPage, ReturnsPage, PupilsPage, ReportsPage)
    qtbot.waitUntil(lambda: page(found).model.rowCount() == 1)
    found.wait()
    return found


def page(desk: Desk) -> ReturnsPage:
    found = desk.window.page("returns")
    assert isinstance(found, ReturnsPage)
    return found


def states(desk: Desk) -> list[State]:
    return [one.state for one in page(desk).model.lines]


def choose(desk: Desk, kind: ReturnKind) -> None:
    """Go to a return by keys."""
    order = [*ReturnKind]
    steps = order.index(kind) - order.index(page(desk).left.kind or ReturnKind.ATTENDANCE)
    for _ in range(abs(steps)):
        desk.press("Ctrl+PageDown" if steps > 0 else "Ctrl+PageUp")
    desk.wait()


def test_what_waits_is_said_and_a_line_says_what_it_rests_on(desk: Desk) -> None:
    here = page(desk)
    waits = {one.spec.kind: one.waits for one in here.left.model.lines}
    assert waits[ReturnKind.ATTENDANCE] == ("November 2026: 1 child, by Mon 30 Nov.",)
    assert waits[ReturnKind.SUSPENSION] == ("1 child to report, overdue since Tue 17 Nov.",)
    assert waits[ReturnKind.NEW_PUPIL] == ()
    spoken = [here.left.model.spoken(one) for one in here.left.model.lines]
    assert "Attendance return. November 2026: 1 child, by Mon 30 Nov." in spoken
    assert "New pupil return. Nothing waits." in spoken
    assert here.header.subtitle.text() == "November 2026 · 4 still to be reported"
    (line,) = here.model.lines
    assert line.head.startswith("Abara, Tobi  4B")
    assert "15 school days in a row coded O" in line.under
    assert "By Mon 30 Nov." in line.under
    assert here.basis.text().startswith("30 sessions: Mon 2 Nov 2026 AM O")
    assert "regulation 13" in here.basis.text()
    assert "share its attendance with the Department for Education each day" in here.left.sharing.text()
    assert desk.focus is here.list


def test_checked_made_saved_and_sent_without_the_mouse(desk: Desk, away: SmallSchool, tmp_path: Path) -> None:
    here = page(desk)
    desk.press("Ctrl+Return")
    desk.wait()
    assert "has not been checked: Tobi Abara" in desk.said
    assert not made_of(away.context)
    desk.press("Space")
    assert states(desk) == [State.KEEP]
    desk.press("Space", "Ctrl+A")
    assert states(desk) == [State.KEEP]
    desk.press("Ctrl+Return")
    desk.wait()
    (made,) = made_of(away.context)
    assert desk.said.startswith("Made and kept, for Knowsley Council.")
    assert desk.focus is here.made
    assert states(desk) == [State.MADE]
    assert here.minimumSizeHint().width() <= LEAST_WIDTH, "it fits beside the rail of a window of 1366"
    assert "Not sent yet" in here.made_model.text(here.made_model.lines[0], 0)
    here.save_to(tmp_path / "return.xlsx")
    here.save_to(tmp_path / "return.pdf")
    assert "Children" in load_workbook(tmp_path / "return.xlsx").sheetnames
    assert "Abara, Tobi" in PdfReader(tmp_path / "return.pdf").pages[0].extract_text()
    desk.press("t")
    assert desk.focus is here.asking.words
    desk.press("Return")
    assert "Say how it was sent" in here.asking.field.fault.text()
    desk.type("secure e-mail")
    desk.press("Tab")
    desk.type("KN-17")
    desk.press("Return")
    desk.wait()
    (sent,) = made_of(away.context)
    assert sent.id == made.id
    assert sent.sent is not None
    assert (sent.sent.how, sent.sent.reference, sent.sent.day) == ("secure e-mail", "KN-17", TODAY)
    assert states(desk) == [State.TOLD]
    desk.press("t")
    assert "sent already" in desk.said
    with away.context.store.reading() as reading:
        assert any(one.kind is EntryKind.DECISION for one in reading.entries.of(away.pupils["Abara"]))


def test_left_out_and_added_with_a_reason(desk: Desk, away: SmallSchool) -> None:
    here = page(desk)
    desk.press("x", "Return")
    assert "Say why the child is left out" in here.asking.field.fault.text()
    desk.press("Escape")
    assert states(desk) == [State.CHECK]
    desk.press("x")
    desk.type("The officer knows")
    desk.press("Return")
    assert states(desk) == [State.OUT]
    assert "Left out: The officer knows." in here.model.lines[0].under
    desk.press("a")
    assert desk.focus is here.asking.child
    desk.type("zzz")
    desk.press("Return")
    desk.type("agreed with the officer")
    desk.press("Return")
    assert "no child is called so" in here.asking.field.fault.text()
    here.asking.child.clear()
    here.asking.child.setFocus()
    desk.type("Kaya")
    desk.press("Return")
    assert states(desk) == [State.OUT, State.HAND]
    desk.press("Ctrl+Return")
    desk.wait()
    (made,) = made_of(away.context)
    assert [(one.pupil, one.why) for one in made.lines] == [(away.pupils["Kaya"], "agreed with the officer")]
    assert [reason for _, reason in made.left_out] == ["The officer knows"]


def test_what_was_said_outlives_the_place_and_goes_once_it_is_made(desk: Desk, away: SmallSchool) -> None:
    here = page(desk)
    desk.press("x")
    desk.type("The officer knows")
    desk.press("Return")
    desk.window.go("today")
    desk.window.go("returns")
    desk.wait()
    assert states(desk) == [State.OUT]
    assert read_checks(away.context, ReturnKind.ATTENDANCE, TODAY).left_out == here.checks.left_out
    assert read_checks(away.context, ReturnKind.SICKNESS, TODAY) == Checks()
    desk.press("Ctrl+Return")
    desk.wait()
    assert made_of(away.context)
    assert read_checks(away.context, ReturnKind.ATTENDANCE, TODAY) == Checks()


def test_another_return_another_month_and_back(desk: Desk) -> None:
    here = page(desk)
    choose(desk, ReturnKind.SICKNESS)
    (line,) = here.model.lines
    assert "Sefton" not in line.under, "regulation 13 knows the school’s authority alone"
    assert "lives in another authority. Regulation 13 sends this to the school’s" in here.doubts.text()
    desk.press("Ctrl+Left")
    desk.wait()
    assert here.header.subtitle.text().startswith("October 2026")
    assert here.model.rowCount() == 0
    assert "Nobody in October 2026" in here.nobody.title.text()
    desk.press("Ctrl+Right")
    desk.wait()
    assert here.model.rowCount() == 1
    desk.press("Ctrl+Right")
    assert "December 2026 is still to come" in desk.said


def test_two_authorities_are_made_at_once_and_one_is_taken_back(desk: Desk, away: SmallSchool) -> None:
    here = page(desk)
    excluded(away)
    choose(desk, ReturnKind.SUSPENSION)
    desk.press("Ctrl+A", "Ctrl+Return")
    desk.wait()
    assert here.made_model.rowCount() == 2
    desk.press("Ctrl+Delete")
    desk.type("wrong month")
    desk.press("Return")
    desk.wait()
    assert [one.withdrawn for one in made_of(away.context)] == ["wrong month", ""]
    desk.press("F5")
    desk.press("F5")
    assert desk.focus is here.list


def test_enter_goes_to_the_child_and_c_to_the_census(desk: Desk, away: SmallSchool) -> None:
    desk.press("c")
    assert desk.window.stack.currentWidget() is desk.window.page("reports")
    desk.window.go("returns")
    desk.wait()
    desk.press("Return")
    assert desk.window.stack.currentWidget() is desk.window.page("pupils")


def test_today_leads_to_the_return_that_is_due(desk: Desk, away: SmallSchool, qtbot: QtBot) -> None:
    made_now(away.context, ReturnKind.SUSPENSION)
    desk.window.go("today")
    found = desk.window.page("today")
    assert isinstance(found, TodayPage)
    card = found.findChild(DueCard)
    assert card is not None
    qtbot.waitUntil(lambda: any(one.place == "returns" for one in card.model.lines), timeout=15_000)
    lines = [one for one in card.model.lines if one.place == "returns"]
    whats = [(one.what, one.more) for one in lines]
    assert ("Attendance return: 10 school days unauthorised", "Tobi Abara · by Mon 30 Nov") in whats
    assert any("made for Knowsley Council, not sent" in more for _, more in whats)
    row = card.model.lines.index(next(one for one in lines if "Sickness" in one.what))
    card.view.setCurrentIndex(card.model.index(row, 0))
    card.view.setFocus()
    desk.press("Return")
    desk.wait()
    assert desk.window.stack.currentWidget() is desk.window.page("returns")
    assert page(desk).left.kind is ReturnKind.SICKNESS


def test_every_key_is_taken(desk: Desk) -> None:
    def put_back(_: str) -> None:
        desk.window.go("returns")
        desk.wait()

    all_taken(desk, [one for one in RETURNS if one.keys not in (("S",), ("C",))], put_back)


def test_who_may_only_read_is_told(away: SmallSchool, open_at, qtbot: QtBot) -> None:
    away.context = in_role(away.context, Role.DSL)
    desk = open_at("returns", TodayPage, ReturnsPage)
    qtbot.waitUntil(lambda: page(desk).model.rowCount() == 1)
    desk.press("Space", "Ctrl+Return")
    desk.wait()
    assert not made_of(away.context)
    assert "may not" in desk.said
