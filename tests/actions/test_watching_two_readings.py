"""The list is worked out between two short readings: what is saved between them is not lost, nor half of it told."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from desktop_app.actions.watching import due, look_through
from desktop_app.domain.marks import NewMark
from desktop_app.domain.sessions import Half, Session
from desktop_app.domain.triggers import TriggerKind
from tests.actions.test_watching import fill, of, some
from tests.support.clock import StillClock
from tests.support.schools import SmallSchool

FRIDAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _after_school(school: SmallSchool, clock: StillClock) -> None:
    clock.set(2026, 11, 20, 16, 0)


def test_what_is_saved_between_the_two_readings_begins_it_anew(school: SmallSchool) -> None:
    """Nine sessions when everybody was read, and ten when the few were: a save in between never waits, and counts."""
    context, doyle = school.context, school.pupils["Doyle"]
    absent = some(school, date(2026, 11, 9), 9, "O")
    fill(school, {doyle: absent})
    assert not of(due(context, FRIDAY), TriggerKind.PENALTY_THRESHOLD)
    begun: list[int] = []

    def save() -> None:
        with context.store.writing(context.deed("mark")) as writing:
            writing.marks.add([NewMark(doyle, FRIDAY, Half.PM, "O", amends=True)])

    def on_begin(*_: object) -> None:
        if threading.current_thread() is threading.main_thread():
            begun.append(1)
            if len(begun) == 2:
                saving = threading.Thread(target=save)
                saving.start()
                saving.join(10)
                assert not saving.is_alive(), "the save waits for the list"

    event.listen(Engine, "begin", on_begin)
    try:
        found = due(context, FRIDAY)
    finally:
        event.remove(Engine, "begin", on_begin)
    assert len(begun) == 4, "two readings, and two more"
    (penalty,) = of(found, TriggerKind.PENALTY_THRESHOLD)
    assert len(penalty.sessions) == 10


def test_a_gap_of_today_alone_is_told_without_the_years_marks(school: SmallSchool, clock: StillClock) -> None:
    doyle, kaya = school.pupils["Doyle"], school.pupils["Kaya"]
    noon = Session(FRIDAY, Half.PM)
    fill(school, {doyle: {Session(FRIDAY, Half.AM): "", noon: ""}, kaya: {noon: ""}})
    clock.set(2026, 11, 20, 11, 0)
    (found,) = of(due(school.context, FRIDAY), TriggerKind.REGISTER_MISSING)
    assert [(one.day, one.half) for one in found.sessions] == [(FRIDAY, Half.AM)]
    assert "1 child has no mark" in found.says
    clock.set(2026, 11, 20, 16, 0)
    (later,) = of(due(school.context, FRIDAY), TriggerKind.REGISTER_MISSING)
    assert "up to 2 children have no mark" in later.says
    assert len(later.sessions) == 2


def test_both_directions_come_of_one_look(school: SmallSchool) -> None:
    doyle, kaya = school.pupils["Doyle"], school.pupils["Kaya"]
    rising = some(school, date(2026, 9, 7), 5, "I")
    fill(school, {doyle: some(school, date(2026, 11, 16), 8, "I"), kaya: rising})
    found = look_through(school.context, FRIDAY)
    assert {one.pupil for one in of(found.triggers, TriggerKind.BAND_CROSSED)} == {doyle}
    assert all(one.better for one in found.risen)
    assert {one.pupil.id for one in found.risen} == {kaya}
