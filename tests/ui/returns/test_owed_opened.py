"""A name entered or taken off the roll opens the return that is owed for it, filled, on the child’s own line."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook
from pytestqt.qtbot import QtBot

from desktop_app.actions.leaving import grounds_for, leave
from desktop_app.actions.returns.due import owed_of
from desktop_app.actions.returns.making import made_of, return_bytes
from desktop_app.domain.people import Pupil
from desktop_app.domain.returns import ReturnKind
from desktop_app.domain.staff import Role
from tests.support.admitting import admit_by_keys
from tests.support.clock import StillClock
from tests.support.people import in_role
from tests.support.schools import SmallSchool
from tests.support.windows import Desk
from ui.admission.page import AdmitPage
from ui.pupils.page import PupilsPage
from ui.returns.page import ReturnsPage
from ui.today.page import TodayPage

MONDAY, LAST = date(2026, 11, 16), date(2026, 11, 27)


@pytest.fixture
def desk(school: SmallSchool, clock: StillClock, open_at) -> Desk:
    clock.set(2026, 11, 16, 9, 30)
    return open_at("pupils", PupilsPage, AdmitPage, ReturnsPage, TodayPage)


def page(desk: Desk) -> ReturnsPage:
    found = desk.window.page("returns")
    assert isinstance(found, ReturnsPage)
    return found


def take_off(desk: Desk, qtbot: QtBot, school: SmallSchool, surname: str, place: int) -> None:
    """Off the roll by keys, on a ground by its place, with all that it asks for."""
    desk.window.go("pupils", pupil=school.pupils[surname])
    desk.press("r")
    found = desk.window.page("pupils")
    assert isinstance(found, PupilsPage)
    panel = found.child.beside.leaving
    panel.ground.setCurrentIndex(place)
    qtbot.waitUntil(lambda: all(tick.isVisible() for tick in panel.ticks))
    panel.last.setFocus()
    desk.press("Ctrl+A")
    desk.type("27/11/2026")
    for tick in panel.ticks:
        tick.setFocus()
        desk.press("Space")
    panel.next_school.setFocus()
    desk.type("Whitefield Primary")
    panel.evidence.setFocus()
    desk.type("A letter of 13 November")
    desk.press("Ctrl+Return")
    assert not panel.fault.text()
    desk.wait()


def rows_of(desk: Desk, kind: ReturnKind) -> list[tuple[object, ...]]:
    """The cells of the workbook that was made last."""
    made = made_of(desk.context, kind)[0]
    book = load_workbook(BytesIO(return_bytes(desk.context, made.files[0])))
    return [*book["Children"].iter_rows(values_only=True)]


def test_a_leaving_opens_the_deletion_return_on_the_child(desk: Desk, qtbot: QtBot, school: SmallSchool) -> None:
    take_off(desk, qtbot, school, "Abara", 0)
    take_off(desk, qtbot, school, "Kaya", 0)
    assert desk.window.place == "returns"
    here = page(desk)
    assert here.left.kind is ReturnKind.DELETION
    assert here.model.rowCount() == 2
    line = here.list.line()
    assert line is not None
    assert line.pupil.id == school.pupils["Kaya"]
    assert desk.focus is here.list
    assert "Deletion return, by Fri 27 Nov: Space keeps the line" in desk.said
    desk.press("Ctrl+A", "Ctrl+Return")
    desk.wait()
    (row,) = [one for one in rows_of(desk, ReturnKind.DELETION) if "Kaya, Çağla" in one]
    assert "Whitefield Primary" in row
    assert "Registered at another school" in row


def test_what_was_ticked_for_one_child_is_not_so_of_the_next(desk: Desk, qtbot: QtBot, school: SmallSchool) -> None:
    take_off(desk, qtbot, school, "Abara", 0)
    desk.window.go("pupils", pupil=school.pupils["Kaya"])
    desk.press("r", "Ctrl+Return")
    found = desk.window.page("pupils")
    assert isinstance(found, PupilsPage)
    panel = found.child.beside.leaving
    assert not any(tick.isChecked() for tick in panel.ticks)
    assert "The other school has confirmed" in panel.fault.text()
    with desk.context.store.reading() as reading:
        kaya = reading.book.get(Pupil, school.pupils["Kaya"])
    assert kaya is not None
    assert kaya.leaving_day is None


def test_a_leaving_that_owes_two_returns_says_both(desk: Desk, qtbot: QtBot, school: SmallSchool) -> None:
    grounds = [one.key for one in grounds_for(desk.context, school.pupils["Kaya"], LAST)]
    take_off(desk, qtbot, school, "Kaya", grounds.index("home-education"))
    kinds = {one.kind for one in owed_of(desk.context, school.pupils["Kaya"])}
    assert kinds == {ReturnKind.DELETION, ReturnKind.HOME_EDUCATION}
    assert page(desk).left.kind is ReturnKind.HOME_EDUCATION, "at once comes before the last day"
    assert desk.said.endswith("Owed too: Deletion return.")


def test_an_admission_opens_the_new_pupil_return_once_the_name_is_entered(desk: Desk) -> None:
    admit_by_keys(desk)
    desk.wait()
    here = page(desk)
    assert desk.window.place == "returns"
    assert here.left.kind is ReturnKind.NEW_PUPIL
    line = here.list.line()
    assert line is not None
    assert line.pupil.name == "Ines Zamora"
    assert "New pupil return, by Sat 21 Nov" in desk.said
    desk.press("Space", "Ctrl+Return")
    desk.wait()
    (row,) = [one for one in rows_of(desk, ReturnKind.NEW_PUPIL) if "Zamora, Ines" in one]
    assert "3 Marsh Lane" in row


def test_nothing_is_owed_to_whoever_could_not_make_it(school: SmallSchool, clock: StillClock) -> None:
    clock.set(2026, 11, 16, 9, 30)
    context, kaya = school.context, school.pupils["Kaya"]
    ground = grounds_for(context, kaya, LAST)[0]
    assert owed_of(context, kaya) == ()
    leave(context, kaya, ground.key, LAST, ground.asks, evidence="a letter")
    assert [one.kind for one in owed_of(context, kaya)] == [ReturnKind.DELETION]
    assert owed_of(context, school.pupils["Abara"]) == ()
    assert owed_of(in_role(context, Role.TEACHER, "4B"), kaya) == ()
    assert owed_of(in_role(context, Role.DSL), kaya) == ()


def test_a_list_that_comes_late_takes_the_keyboard_from_nobody(desk: Desk) -> None:
    desk.window.go("returns")
    desk.window.go("today")
    before = desk.focus
    desk.wait()
    assert desk.focus is before
