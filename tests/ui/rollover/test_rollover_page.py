"""The roll-over by real keys: it is seen before it is done, and done at the second Ctrl+Enter."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.domain.people import Membership, Pupil
from tests.support.clock import StillClock
from tests.support.newcomers import head
from tests.support.schools import SmallSchool, pupil
from tests.support.windows import Desk
from ui.pupils.page import PupilsPage
from ui.rollover.page import RolloverPage

LAST = date(2027, 7, 21)


@pytest.fixture
def desk(school: SmallSchool, clock: StillClock, open_at) -> Desk:
    with school.context.store.writing(school.context.deed("set up")) as writing:
        for number, (surname, forename) in enumerate([("Old", "Max"), ("Ray", "Ida")]):
            key = writing.book.put(pupil(surname, forename, 50 + number, date_of_birth=date(2016, 1, 1)))
            writing.book.put(Membership(0, key, "6P", "6", date(2026, 9, 1)))
            school.pupils[surname] = key
    clock.set(2027, 7, 14, 15, 40)
    return open_at("new-year", RolloverPage, PupilsPage)


def page(desk: Desk) -> RolloverPage:
    found = desk.window.page("new-year")
    assert isinstance(found, RolloverPage)
    return found


def classes(desk: Desk, day: date) -> dict[str, int]:
    with desk.context.store.reading() as reading:
        here = {one.id for one in reading.book.all(Pupil) if one.on_roll(day)}
        held = [one.class_name for one in reading.book.all(Membership) if one.holds(day) and one.pupil in here]
    return {name: held.count(name) for name in held}


def test_it_is_offered_seen_and_done(desk: Desk, school: SmallSchool) -> None:
    shown = page(desk)
    assert (shown.first.date(), shown.last.date()) == (date(2027, 9, 1), LAST)
    assert shown.moving.text() == "6 from 4B to 5B, year 5"
    assert [tick.text() for tick in shown.leavers.values()] == ["Old, Max, 6P", "Ray, Ida, 6P"]
    before = head(school)
    desk.press("Tab", "Tab")
    assert desk.focus is shown.groups.inputs()[0]
    desk.focus.selectAll()  # type: ignore[attr-defined]
    desk.type("5A")
    assert shown.moving.text() == "6 from 4B to 5A, year 5"
    desk.press("Ctrl+Return")
    assert "6 children move on Wed 1 Sep 2027, 2 leave after Wed 21 Jul 2027" in shown.said.text()
    assert head(school) == before
    desk.press("Ctrl+Return")
    assert "Max Old: Not yet: “The other school has confirmed" in shown.said.text()
    assert head(school) == before
    shown.asks[0].setFocus()
    desk.press("Space", "Ctrl+Return")
    assert head(school) == before
    desk.press("Ctrl+Return")
    assert shown.said.text().startswith("✓ Done. 6 children move")
    assert classes(desk, date(2027, 9, 1)) == {"5A": 6}
    assert classes(desk, LAST) == {"4B": 6, "6P": 2}


def test_a_leaver_who_is_not_ticked_stays(desk: Desk, school: SmallSchool) -> None:
    shown = page(desk)
    shown.leavers[school.pupils["Ray"]].setFocus()
    desk.press("Space")
    shown.asks[0].setFocus()
    desk.press("Space", "Ctrl+Return")
    assert "1 leaves after Wed 21 Jul 2027" in shown.said.text()
    assert "1 stays as they are" in shown.said.text()
    desk.press("Ctrl+Return")
    with desk.context.store.reading() as reading:
        stays, leaves = (reading.book.get(Pupil, school.pupils[name]) for name in ("Ray", "Old"))
    assert stays is not None
    assert leaves is not None
    assert (stays.leaving_day, leaves.leaving_day) == (None, LAST)


def test_what_is_changed_after_the_first_time_is_asked_again(desk: Desk, school: SmallSchool) -> None:
    shown = page(desk)
    shown.asks[0].setChecked(True)
    before = head(school)
    desk.press("Ctrl+Return")
    shown.last.setFocus()
    shown.last.selectAll()
    desk.type("22/7/2027")
    desk.press("Ctrl+Return")
    assert "Thu 22 Jul 2027" in shown.said.text()
    assert head(school) == before


@pytest.mark.parametrize(("year", "why"), [("", "which year group"), ("five", "no year group")])
def test_a_year_group_that_is_none_is_said_at_once(desk: Desk, school: SmallSchool, year: str, why: str) -> None:
    line = page(desk).groups.line(("4B", "4"))[1]
    line.setFocus()
    line.selectAll()
    desk.press("Delete")
    desk.type(year)
    assert why in page(desk).said.text()
    before = head(school)
    desk.press("Ctrl+Return", "Ctrl+Return")
    assert head(school) == before
    desk.press("Escape")
    assert desk.window.place == "pupils"
