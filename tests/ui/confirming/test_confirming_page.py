"""Saying who arrived elsewhere by real keys: a place at once, a child at a time, and what is left to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtTest import QAbstractItemModelTester

from desktop_app.actions.arrivals import set_phone
from desktop_app.actions.plans import plan
from desktop_app.actions.timetables import set_timetable
from desktop_app.domain.people import Pattern
from desktop_app.domain.school import ClosedWeek, Plan
from desktop_app.domain.sessions import Half
from desktop_app.domain.staff import Role
from tests.support.clock import StillClock
from tests.support.schools import SmallSchool
from tests.support.tasks import tasks_due
from tests.support.windows import Desk
from ui.confirming.model import ConfirmModel
from ui.confirming.page import ConfirmingPage
from ui.places import PLACES
from ui.today.page import TodayPage

FRIDAY = date(2026, 11, 20)


@pytest.fixture
def desk(school: SmallSchool, open_at) -> Desk:
    """Three on a trip, one at a provider, one at the other school; Friday, ten to nine."""
    context, pupils = school.context, school.pupils
    trip = Plan(0, 0, "V", FRIDAY, Half.AM, FRIDAY, Half.PM, note="museum")
    plan(context, trip, [pupils[one] for one in ("Kaya", "Doyle", "Abara")])
    more = {"code": "K", "provider": "Hope Farm", "note": "animal care"}
    set_timetable(context, Pattern(0, pupils["Bielak"], "alternative", "1111111100", FRIDAY, **more))  # type: ignore[arg-type]
    set_timetable(context, Pattern(0, pupils["Chaudhry"], "dual", "1111111100", FRIDAY, provider="Oak School"))
    set_phone(context, "Hope Farm", "0151 496 0123")
    return open_at("confirming", TodayPage, ConfirmingPage)


def page(desk: Desk) -> ConfirmingPage:
    found = desk.window.page("confirming")
    assert isinstance(found, ConfirmingPage)
    return found


def shown(desk: Desk) -> list[str]:
    return [page(desk).model.spoken(line) for line in page(desk).model.lines]


def marks(school: SmallSchool, surname: str) -> list[tuple[str, str]]:
    with school.context.store.reading() as reading:
        return [(one.code, one.note) for one in reading.marks.between(FRIDAY, FRIDAY, [school.pupils[surname]])]


def test_the_places_stand_there_with_whom_to_ask(desk: Desk) -> None:
    assert shown(desk) == [
        "D Oak School, 1 child, Fri 20 Nov AM, no number known, D stands; say if not arrived",
        "Chaudhry, Hamza 4B",
        "K Hope Farm: animal care, 1 child, Fri 20 Nov AM, 0151 496 0123, no mark until confirmed",
        "Bielak, Łucja 4B",
        "V museum, 3 children, Fri 20 Nov AM, no mark until confirmed",
        "Abara, Tobi 4B",
        "Doyle, Ryan 4B",
        "Kaya, Çağla 4B",
    ]


def test_one_did_not_go_and_one_chord_confirms_the_rest(desk: Desk, school: SmallSchool) -> None:
    desk.press("End", "n")
    assert [one for one, _ in marks(school, "Kaya")] == ["N"]
    assert "Çağla Kaya, museum" in desk.said
    desk.press("Ctrl+Return")
    assert "Say first who told you" in desk.said
    assert marks(school, "Doyle") == []
    desk.type("Ms T Vale")
    desk.press("Ctrl+Return")
    kept = [("V", "museum (arrived: Ms T Vale, own staff, there with them)")]
    assert marks(school, "Doyle") == marks(school, "Abara") == kept
    assert [one for one, _ in marks(school, "Kaya")] == ["N"]
    assert "2 children, museum" in desk.said


def test_one_child_at_a_time_and_no_name_carried_over(desk: Desk, school: SmallSchool) -> None:
    desk.press("End", "a")
    desk.type("Ms T Vale")
    desk.press("Return", "a")
    assert [one for one, _ in marks(school, "Kaya")] == ["V"]
    assert marks(school, "Doyle") == []
    desk.press("Up", "/", "i")
    assert [one for one, _ in marks(school, "Abara")] == ["/"]
    assert [one for one, _ in marks(school, "Doyle")] == ["I"]
    assert len(shown(desk)) == 4
    assert page(desk).name.text() == ""


def test_no_reply_is_kept_and_asked_again(desk: Desk, school: SmallSchool) -> None:
    desk.press("Down", "Down", "r")
    assert marks(school, "Bielak") == []
    assert shown(desk)[3] == "Bielak, Łucja 4B, no reply 08:50"
    assert [one.text for one in tasks_due(school.context, FRIDAY)] == [
        "Ask again who arrived, Fri 20 Nov, morning: Hope Farm, 0151 496 0123"
    ]
    desk.press("a")
    desk.type("Mr B Hay")
    desk.press("Return", "a")
    assert marks(school, "Bielak") == [("K", "Hope Farm: animal care (arrived: Mr B Hay, told by the provider)")]
    assert tasks_due(school.context, FRIDAY) == ()


def test_not_at_the_other_school(desk: Desk, school: SmallSchool) -> None:
    desk.press("Down", "i")
    assert "the other school records the absence" in desk.said
    assert tasks_due(school.context, FRIDAY) == ()
    desk.press("n")
    assert marks(school, "Chaudhry") == []
    assert "D stands" in desk.said
    assert len(tasks_due(school.context, FRIDAY)) == 1
    desk.press("Escape")
    assert desk.window.place == "today"


def test_when_all_is_said_nobody_is_left(desk: Desk, school: SmallSchool) -> None:
    for _ in range(3):
        desk.press("Home", "n")
    assert shown(desk) == []
    assert page(desk).nobody.isVisible()
    assert not page(desk).all.isEnabled()
    desk.press("Escape")
    assert desk.window.place == "today"


def test_a_week_that_was_signed_off_asks_why_in_the_same_place(school: SmallSchool, open_at) -> None:
    context, last = school.context, date(2026, 11, 13)
    plan(context, Plan(0, 0, "V", last, Half.AM, last, Half.AM, note="museum"), [school.pupils["Kaya"]])
    with context.store.writing(context.deed("set up")) as writing:
        writing.book.put(ClosedWeek(0, date(2026, 11, 9), ""))
    desk: Desk = open_at("confirming", TodayPage, ConfirmingPage)
    desk.press("a")
    desk.type("Ms T Vale")
    desk.press("Return", "a")
    assert page(desk).reason.isVisible()
    desk.press("Escape")
    assert not page(desk).reason.isVisible()
    assert desk.window.place == "confirming"
    desk.press("a")
    desk.type("the list came late")
    desk.press("Return")
    with context.store.reading() as reading:
        assert [one.code for one in reading.marks.between(last, last, [school.pupils["Kaya"]])] == ["V"]
    assert not page(desk).reason.isVisible()


def test_whoever_only_reads_changes_nothing(school: SmallSchool, desk: Desk, open_at, clock: StillClock) -> None:
    reader = replace(school.context, staff=replace(school.context.staff, role=Role.READ_ONLY), alone=False)
    school.context = reader
    other: Desk = open_at("confirming", *PLACES)
    other.press("n")
    assert "may not take registers" in other.said
    assert marks(school, "Chaudhry") == []
    other.press("Escape")
    assert other.window.place == "registers"


def test_the_model_is_a_model(desk: Desk) -> None:
    model = ConfirmModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_lines(page(desk).model.lines)
    assert model.rowCount() == 8
