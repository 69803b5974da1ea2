"""The gate by real keys: locked, opened by the same person or another, nothing seen meanwhile, half-typed work kept."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from desktop_app.actions.idle_lock import set_lock_after
from desktop_app.domain.progress import Progress
from desktop_app.domain.rights import Right
from tests.support.people import FIRST, PAT, VALE, with_people
from tests.support.schools import PASSWORD, SmallSchool
from tests.support.windows import Desk
from ui.cases.preview import Preview
from ui.gate import Gate
from ui.memory import Memory
from ui.places import PLACES
from ui.plans.page import PlanPage
from ui.school_menu import SchoolMenu

Sign = Callable[[str, str], None]


@pytest.fixture
def desk(school: SmallSchool, open_at, tmp_path: Path) -> Desk:
    school.context = with_people(school.context, PAT, VALE)
    found = open_at("registers", *PLACES)
    menu = SchoolMenu(found.window, Memory(tmp_path))
    gate = Gate(found.window)
    gate.setObjectName("gate")
    menu.locking.connect(gate.lock)
    menu.switching.connect(gate.switch)
    return found


def gate_of(desk: Desk) -> Gate:
    found = desk.window.findChild(Gate, "gate")
    assert isinstance(found, Gate)
    return found


@pytest.fixture
def sign(desk: Desk, qtbot: QtBot) -> Sign:
    """Types a name and a password at the gate, and waits until it was looked at."""

    def _sign(user: str, password: str) -> None:
        page = gate_of(desk).page
        page.user.setFocus()
        desk.type(user)
        desk.press("Return")
        desk.type(password)
        desk.press("Return")
        qtbot.waitUntil(lambda: not desk.window.covered or page.field.has_fault)

    return _sign


def seen(desk: Desk) -> str:
    """Every word of the window that can be read."""
    return " ".join(label.text() for label in desk.window.findChildren(QLabel) if label.isVisible())


def test_a_locked_screen_shows_no_name_and_no_key_of_the_window_works(desk: Desk, school: SmallSchool) -> None:
    assert "Dr A Rahman" in seen(desk)
    desk.press("Ctrl+L")
    assert desk.window.covered
    words = seen(desk)
    for name in ("Rahman", "Moss", "Vale", *school.pupils):
        assert name not in words
    assert not desk.window.page("registers").isVisible()
    for key in ("Ctrl+3", "F7", "F8", "Ctrl+K", "F6", "F1", "Alt+S", "Escape"):
        desk.press(key)
    assert desk.window.covered
    assert desk.window.place == "registers"
    assert desk.focus is gate_of(desk).page.password


def test_the_same_person_is_back_at_once_where_they_were(desk: Desk, sign: Sign) -> None:
    desk.window.go("plan")
    plan = desk.window.page("plan")
    assert isinstance(plan, PlanPage)
    plan.note.setFocus()
    desk.type("dent")
    desk.press("Ctrl+L")
    sign("", PASSWORD)
    assert not desk.window.covered
    assert desk.focus is plan.note
    desk.type("ist")
    assert plan.note.text() == "dentist"
    desk.press("Ctrl+3")
    assert desk.window.place == "pupils", "the keys work again"


def test_a_wrong_password_opens_nothing(desk: Desk, sign: Sign) -> None:
    desk.press("Ctrl+L")
    sign("", "wrong")
    assert gate_of(desk).page.field.fault.text() == "⚠ The user name or the password is not right."
    assert desk.window.covered
    sign("pat", PASSWORD)
    assert desk.window.covered
    assert desk.window.context.staff.name == "Dr A Rahman"


def test_restricted_notes_are_closed_while_nobody_is_there(desk: Desk, school: SmallSchool, sign: Sign) -> None:
    assert school.context.store.opens_sealed
    desk.press("Ctrl+L")
    assert not school.context.store.opens_sealed
    sign("", PASSWORD)
    assert school.context.store.opens_sealed


def test_somebody_else_sees_what_their_role_may_see_and_signs_what_they_do(desk: Desk, sign: Sign) -> None:
    desk.window.go("cases")
    desk.press("Ctrl+Shift+U")
    assert desk.focus is gate_of(desk).page.user
    sign("vale", FIRST)
    window = desk.window
    assert window.context.staff.name == "Ms T Vale"
    assert window.context.store.user == "vale"
    assert not window.context.store.opens_sealed
    assert window.place != "cases"
    assert "Ms T Vale" in seen(desk)
    assert "Rahman" not in seen(desk)
    desk.press("Ctrl+4")
    assert window.place != "cases"
    assert not window.context.may(Right.READ_CASE)
    menu = {action.text() for action in window.menu.actions()}
    assert "People and roles …" not in menu
    assert "Lock the screen" in menu


def test_half_typed_work_waits_for_whoever_typed_it(desk: Desk, sign: Sign) -> None:
    desk.window.go("plan")
    first = desk.window.page("plan")
    assert isinstance(first, PlanPage)
    first.note.setFocus()
    desk.type("secret of the head")
    desk.window.drafts[(1,)] = "half a call"
    desk.press("Ctrl+Shift+U")
    sign("pat", FIRST)
    other = desk.window.page("plan")
    assert isinstance(other, PlanPage)
    assert (desk.window.place, other.note.text(), dict(desk.window.drafts)) == ("plan", "", {})
    assert not first.isVisible()
    desk.press("Ctrl+Shift+U")
    sign("head", PASSWORD)
    assert desk.window.page("plan") is first
    assert desk.focus is first.note
    assert first.note.text() == "secret of the head"
    assert desk.window.drafts == {(1,): "half a call"}


def test_it_locks_by_itself_after_the_minutes_the_school_says(desk: Desk, sign: Sign) -> None:
    gate = gate_of(desk)
    set_lock_after(desk.context, "5")
    gate.touched = time.monotonic() - 4 * 60
    gate.look()
    assert not desk.window.covered
    gate.touched = time.monotonic() - 5 * 60
    handle = desk.window.windowHandle()
    QTest.keyClick(handle, Qt.Key.Key_Shift)
    gate.look()
    assert not desk.window.covered, "a key was touched"
    gate.touched = time.monotonic() - 5 * 60
    gate.look()
    assert desk.window.covered
    sign("", PASSWORD)
    gate.look()
    assert not desk.window.covered


def test_names_that_were_hidden_do_not_shut_the_gate_for_good(desk: Desk, sign: Sign) -> None:
    gate, focus = gate_of(desk), desk.focus
    desk.press("Ctrl+H")
    assert desk.window.curtain.isVisible()
    gate.touched = time.monotonic() - 3600
    gate.look()
    assert desk.window.covered
    assert desk.window.curtain.isHidden()
    assert desk.focus is gate.page.password
    desk.press("Ctrl+H")
    assert desk.focus is gate.page.password
    assert "Rahman" not in seen(desk)
    sign("", PASSWORD)
    assert not desk.window.covered
    assert desk.focus is focus
    desk.press("Ctrl+H")
    assert desk.window.curtain.isVisible()
    desk.press("Ctrl+H", "Ctrl+3")
    assert (desk.window.curtain.isHidden(), desk.window.place) == (True, "pupils")
    desk.press("Ctrl+1", "F6")
    assert desk.window.place == "today"
    assert desk.window.rail.isAncestorOf(desk.focus), "every key of the window works again"


def test_work_that_ends_behind_the_gate_leaves_every_key_alive(desk: Desk, sign: Sign, qtbot: QtBot) -> None:
    window, over, done = desk.window, False, list[object]()

    def work() -> Iterator[Progress]:
        while not over:
            yield Progress(0, 0, "on and on")

    focus = desk.focus
    window.run_held(work(), "Working", done.append)
    gate_of(desk).lock()
    over = True
    qtbot.waitUntil(lambda: bool(done))
    desk.press("Ctrl+3")
    assert window.place == "registers", "the end of the work opens nothing"
    sign("", PASSWORD)
    assert not window.covered
    assert desk.focus is focus
    for key, place in (("Ctrl+3", "pupils"), ("Ctrl+1", "today"), ("Ctrl+2", "registers")):
        desk.press(key)
        assert window.place == place
    desk.press("F6")
    assert window.rail.isAncestorOf(desk.focus)
    desk.press("Ctrl+K")
    assert desk.focus is window.find_field


def test_work_that_goes_elsewhere_behind_the_gate_takes_no_key_from_it(desk: Desk, sign: Sign, qtbot: QtBot) -> None:
    window, over, done = desk.window, False, list[object]()

    def work() -> Iterator[Progress]:
        while not over:
            yield Progress(0, 0, "on and on")

    def end(_: object) -> None:
        window.go("plan")
        done.append(True)

    window.run_held(work(), "Working", end)
    gate_of(desk).lock()
    desk.type("cop")
    over = True
    qtbot.waitUntil(lambda: bool(done))
    assert desk.focus is gate_of(desk).page.password
    desk.type("per")
    assert gate_of(desk).page.password.text() == "copper"
    sign("", PASSWORD)
    assert window.place == "plan"
    assert desk.focus is window.page("plan").first_focus()


def test_work_that_begins_behind_the_gate_is_not_left_by_a_key_once_it_is_open(desk: Desk, sign: Sign) -> None:
    desk.press("Ctrl+L")
    desk.window.hold(True)
    sign("", PASSWORD)
    desk.press("Ctrl+3")
    assert desk.window.place == "registers"
    desk.window.hold(False)
    desk.press("Ctrl+3")
    assert desk.window.place == "pupils"


def test_the_roll_call_alone_is_reached_from_the_gate_and_leads_back_to_it(desk: Desk) -> None:
    desk.press("Ctrl+L", "F12")
    assert "Roll-call" in seen(desk)
    for key in ("Ctrl+3", "F7", "Alt+S"):
        desk.press(key)
    assert "Roll-call" in seen(desk)
    assert "Dr A Rahman" not in seen(desk)
    desk.press("Escape")
    assert desk.window.covered
    assert desk.focus is gate_of(desk).page.password
    desk.press("F12", "F12")
    assert "Roll-call" not in seen(desk)
    assert desk.focus is gate_of(desk).page.password


def test_no_list_of_names_leaves_the_locked_screen_on_paper_or_as_a_file(desk: Desk, monkeypatch) -> None:
    drawn: list[object] = []
    monkeypatch.setattr("ui.rollcall.page.roll_call_paper", drawn.append)
    desk.press("Ctrl+L", "F12", "p")
    assert "No paper over the locked screen" in seen(desk)
    for key in ("Ctrl+S", "Ctrl+P", "P", "Return"):
        desk.press(key)
    assert drawn == []
    assert not [one for one in desk.window.findChildren(Preview) if one.isVisible()]
    assert not [one for one in desk.window.findChildren(QAbstractButton) if one.isVisible() and "paper" in one.text()]
    assert "Roll-call" in seen(desk)
    desk.press("F12", "F12")
    assert "No paper over the locked screen" not in seen(desk), "said of what was asked, not for ever"


def test_a_person_whose_roles_changed_meanwhile_begins_afresh_but_keeps_the_drafts(desk: Desk, sign: Sign) -> None:
    desk.press("Ctrl+Shift+U")
    sign("pat", FIRST)
    desk.window.go("pupils")
    listed = desk.window.page("pupils")
    desk.window.drafts[(1,)] = "half a call"
    desk.press("Ctrl+Shift+U")
    sign("head", PASSWORD)
    with desk.window.context.store.writing(desk.window.context.deed("test")) as writing:
        writing.book.put(PAT.__class__(2, "Pat Moss", "Office manager", PAT.role, "pat"))
    desk.press("Ctrl+Shift+U")
    sign("pat", FIRST)
    assert desk.window.page("pupils") is not listed
    assert desk.window.drafts == {(1,): "half a call"}


def test_taking_over_reads_one_password_and_makes_one_page(desk: Desk, sign: Sign, monkeypatch) -> None:
    """Beyond the password itself the work is one page: counted, for a clock would measure the machine."""
    made: list[str] = []
    page = desk.window.page
    monkeypatch.setattr(desk.window, "page", lambda place: (made.append(place), page(place))[1])
    desk.press("Ctrl+Shift+U")
    sign("pat", FIRST)
    assert made == ["registers"]


def test_what_was_said_to_one_person_is_not_left_for_the_next(desk: Desk, sign: Sign) -> None:
    desk.window.say("Hamza Chaudhry: spoke, Ms K Chaudhry")
    desk.press("Ctrl+Shift+U")
    sign("vale", FIRST)
    assert "Chaudhry" not in desk.said
