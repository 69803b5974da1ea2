"""The early-call list by real keys: put on, rung with the call card, taken off; the line on Today."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.actions.early_calls import put_on_list, spells_of
from desktop_app.actions.holds import put_hold
from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.sessions import Half, Session
from desktop_app.rules.chasing import Outcome
from tests.support.clock import StillClock
from tests.support.keyboard import bound, chord
from tests.support.schools import SmallSchool
from tests.support.windows import Desk
from ui.calling import keys
from ui.calling.page import EarlyCallsPage
from ui.calling.texts_page import TextsPage
from ui.pupils.page import PupilsPage
from ui.today.page import TodayPage

DAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _before_school(clock: StillClock) -> None:
    clock.set(2026, 11, 20, 8, 15)


def listed(school: SmallSchool, *names: str) -> None:
    for name in names:
        put_on_list(school.context, school.pupils[name], DAY, date(2026, 12, 11), "Late on most mornings.")


def page(desk: Desk) -> EarlyCallsPage:
    found = desk.window.page("early-calls")
    assert isinstance(found, EarlyCallsPage)
    return found


def calls(school: SmallSchool, name: str) -> list[Entry]:
    with school.context.store.reading() as reading:
        return [one for one in reading.entries.of(school.pupils[name]) if one.kind is EntryKind.PHONE_CALL]


def test_a_child_is_put_on_by_keys_rung_and_taken_off(school: SmallSchool, open_at) -> None:
    desk = open_at("early-calls", EarlyCallsPage, TodayPage)
    desk.wait()
    assert page(desk).empty.isVisible()
    desk.press("Ctrl+N")
    desk.type("Ryan Doyle")
    desk.press("Tab", "Tab", "Tab", "Ctrl+Return")
    assert "Say why" in desk.said
    desk.type("Late since half term.")
    desk.press("Ctrl+Return")
    desk.wait()
    assert desk.said == "Ryan Doyle is on the early-call list."
    assert page(desk).header.subtitle.text() == "1 child to ring · 1 on the list"
    page(desk).table.setFocus()
    desk.press("Return")
    assert page(desk).card.coming.hasFocus()
    assert not page(desk).card.outcomes[Outcome.NOT_SAFE].isVisible()
    desk.press("y")
    (call,) = calls(school, "Doyle")
    assert (call.outcome, call.note, call.details["early"]) == ("Spoke", "Said they are on the way.", "call")
    assert page(desk).card.isHidden()
    assert page(desk).model.rows[0].state == "✓ Reached"
    with school.context.store.reading() as reading:
        assert reading.marks.at(school.pupils["Doyle"], Session(DAY, Half.AM)) is None
    desk.press("Ctrl+Delete")
    desk.type("It helped.")
    desk.press("Return")
    desk.wait()
    assert spells_of(school.context, school.pupils["Doyle"])[0].why == "It helped."


def test_what_is_half_typed_is_there_again_after_the_window_is_gone(school: SmallSchool, open_at) -> None:
    listed(school, "Doyle")
    desk = open_at("early-calls", EarlyCallsPage)
    desk.wait()
    desk.press("Return", "s")
    desk.type("missed the bus")
    page(desk).card.keep()
    again = open_at("early-calls", EarlyCallsPage)
    again.wait()
    again.press("Return")
    assert page(again).card.said.text() == "missed the bus"


def test_a_call_goes_on_to_the_next_family_and_nobody_is_rung_who_is_held(school: SmallSchool, open_at) -> None:
    listed(school, "Abara", "Doyle", "Kaya")
    put_hold(school.context, school.pupils["Doyle"], DAY, None, "sealed words")
    desk = open_at("early-calls", EarlyCallsPage)
    desk.wait()
    desk.press("Return", "n")
    found = page(desk).card.family
    assert found is not None
    assert found.key == (school.pupils["Kaya"],)
    desk.press("y")
    assert page(desk).card.isHidden()
    held = next(row for row in page(desk).model.rows if row.pupil.id == school.pupils["Doyle"])
    assert (held.state, held.last) == ("See the DSL", "")
    page(desk).table.select_key(school.pupils["Doyle"])
    desk.press("Return")
    assert (desk.said, page(desk).card.isHidden()) == ("⚠ Do not call this family: see the DSL.", True)


def test_today_says_how_many_are_still_to_ring_until_noon(school: SmallSchool, open_at, clock: StillClock) -> None:
    listed(school, "Doyle", "Kaya")
    desk = open_at("today", TodayPage, EarlyCallsPage)
    found = desk.window.page("today")
    assert isinstance(found, TodayPage)
    assert found.due.model.lines[0].what == "2 children to ring before school"
    found.due.view.setFocus()
    found.due.view.setCurrentIndex(found.due.model.index(0, 0))
    desk.press("Return")
    desk.wait()
    desk.press("Return", "y")
    found.refresh(None)
    assert found.due.model.lines[0].what == "1 child to ring before school"
    clock.set(2026, 11, 20, 12, 0)
    found.refresh(None)
    assert not [line for line in found.due.model.lines if "before school" in line.what]


def test_every_key_that_is_named_is_bound(school: SmallSchool, open_at) -> None:
    listed(school, "Doyle")
    desk = open_at("early-calls", EarlyCallsPage, TextsPage, PupilsPage)
    desk.wait()
    for key in (one for one in keys.EARLY if one.keys[0].startswith("Ctrl+") and one.keys[0] != "Ctrl+Enter"):
        assert bound(page(desk), page(desk).table, chord(key.keys[0])), key
    desk.press("F2")
    assert desk.window.place == "pupils"
