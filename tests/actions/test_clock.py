"""A clock that cannot be right writes no mark of today; nothing is changed by the refusal."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from desktop_app.actions.arrivals import Answer, answer
from desktop_app.actions.chasing import Called, record_call
from desktop_app.actions.clock import CLOCK_RIGHT, doubt_of_clock, say_clock_is_right
from desktop_app.actions.keying import key_paper
from desktop_app.actions.plans import plan
from desktop_app.actions.register import fill_present, undo, write
from desktop_app.actions.register_checks import Edit
from desktop_app.actions.settle import settle, settling_due
from desktop_app.actions.today import today
from desktop_app.domain.clock import Recorded
from desktop_app.domain.errors import Refused
from desktop_app.domain.school import Plan, Setting
from desktop_app.domain.sessions import Half, Session
from desktop_app.rules.arrivals import Outcome
from desktop_app.rules.chasing import Outcome as Call
from desktop_app.rules.clock_doubt import Doubt
from desktop_app.rules.keying import OnPaper
from tests.support.clock import StillClock
from tests.support.schools import SmallSchool

FRIDAY, THURSDAY = date(2026, 11, 20), date(2026, 11, 19)


def head(school: SmallSchool) -> str:
    with school.context.store.reading() as reading:
        return reading.chain_head


def test_the_last_link_says_when_it_was_recorded(school: SmallSchool, clock: StillClock) -> None:
    clock.set(2026, 11, 20, 9, 0)
    write(school.context, [Edit(school.pupils["Kaya"], Session(FRIDAY, Half.AM), "I")])
    with school.context.store.reading() as reading:
        nine = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
        assert reading.book.recorded() == Recorded(nine, nine)
    clock.set(2026, 11, 20, 9, 30)
    with school.context.store.writing(school.context.deed("set up")) as writing:
        writing.book.put(Setting("x", "y"))
        assert writing.book.recorded() == Recorded(nine, nine)
    with school.context.store.reading() as reading:
        assert reading.book.recorded() == Recorded(nine + timedelta(minutes=30), nine), "a setting is no register"


def test_marks_of_today_are_refused_while_the_clock_is_before_the_last_entry(
    school: SmallSchool, clock: StillClock
) -> None:
    child = school.pupils["Kaya"]
    before = head(school)
    clock.set(2026, 11, 19, 8, 50)
    doubt = doubt_of_clock(school.context)
    assert doubt is not None
    assert doubt.kind is Doubt.BEFORE
    assert doubt.blocks
    with pytest.raises(Refused, match="clock says Thu 19 Nov 2026, 08:50, but the last"):
        write(school.context, [Edit(child, Session(THURSDAY, Half.AM), "/")])
    with pytest.raises(Refused, match="clock"):
        fill_present(school.context, "4B", Session(THURSDAY, Half.AM))
    assert head(school) == before


def test_an_hour_back_is_no_reason_to_refuse(school: SmallSchool, clock: StillClock) -> None:
    clock.set(2026, 11, 20, 7, 50)
    written, _ = write(school.context, [Edit(school.pupils["Kaya"], Session(FRIDAY, Half.AM), "I")])
    assert written[0].changed
    undo(school.context, written)


def test_who_looked_at_the_clock_may_say_that_it_is_right(school: SmallSchool, clock: StillClock) -> None:
    """The entry before was made with a clock four years ahead: nobody is to wait so long."""
    clock.set(2030, 11, 20, 8, 50)
    with school.context.store.writing(school.context.deed("set up")) as writing:
        writing.book.put(Setting("x", "y"))
    clock.set(2026, 11, 20, 8, 52)
    with pytest.raises(Refused, match="clock"):
        write(school.context, [Edit(school.pupils["Kaya"], Session(FRIDAY, Half.AM), "/")])
    say_clock_is_right(school.context)
    assert doubt_of_clock(school.context) is None
    write(school.context, [Edit(school.pupils["Kaya"], Session(FRIDAY, Half.AM), "/")])
    with school.context.store.reading() as reading:
        assert Setting(CLOCK_RIGHT, "2026-11-20T08:52:00") in reading.book.all(Setting)
        assert reading.marks.filled(Session(FRIDAY, Half.AM)) == {school.pupils["Kaya"]}


def test_a_sunday_is_said(school: SmallSchool, clock: StillClock) -> None:
    clock.set(2026, 11, 22, 9, 0)
    doubt = doubt_of_clock(school.context)
    assert doubt is not None
    assert doubt.kind is Doubt.NO_SCHOOL
    assert not doubt.blocks


def test_an_entry_under_the_wrong_clock_does_not_make_it_right(school: SmallSchool, clock: StillClock) -> None:
    clock.set(2026, 11, 19, 8, 50)
    with school.context.store.writing(school.context.deed("set up")) as writing:
        writing.book.put(Setting("x", "y"))
    doubt = doubt_of_clock(school.context)
    assert doubt is not None
    assert doubt.kind is Doubt.BEFORE


def test_nothing_settles_by_itself_while_the_clock_runs_ahead(school: SmallSchool, clock: StillClock) -> None:
    """A month ahead, a week of planned absences would become marks of days that are still to come."""
    child, last = school.pupils["Kaya"], date(2026, 12, 4)
    write(school.context, [Edit(school.pupils["Doyle"], Session(FRIDAY, Half.AM), "I")])
    with school.context.store.writing(school.context.deed("set up")) as writing:
        writing.book.put(Plan(0, child, "M", date(2026, 11, 30), Half.AM, last, Half.PM))
    clock.set(2026, 12, 16, 9, 0)
    before = head(school)
    assert not settling_due(school.context)
    assert not settle(school.context).marks
    with pytest.raises(Refused, match="though there was school between"):
        write(school.context, [Edit(child, Session(date(2026, 12, 16), Half.AM), "/")])
    assert head(school) == before
    say_clock_is_right(school.context)
    assert settle(school.context).marks
    with school.context.store.reading() as reading:
        assert len(reading.marks.with_code("M", FRIDAY, last)) == 10


def last_register(school: SmallSchool) -> datetime | None:
    with school.context.store.reading() as reading:
        return reading.book.recorded().register


def test_registers_keyed_from_paper_are_registers(school: SmallSchool, clock: StillClock) -> None:
    """A fortnight without the window, kept on paper and typed in each afternoon: the clock is not to be doubted."""
    write(school.context, [Edit(school.pupils["Doyle"], Session(FRIDAY, Half.AM), "I")])
    for number in range(3, 13):
        day = FRIDAY + timedelta(days=number)
        clock.set(day.year, day.month, day.day, 15, 0)
        if day.weekday() < 5:
            marks = {key: OnPaper("/") for key in school.pupils.values()}
            key_paper(school.context, "4B", Session(day, Half.AM), marks, "Ms T Vale", time(8, 50))
    assert doubt_of_clock(school.context) is None


def test_an_answer_and_a_call_that_make_marks_are_registers_and_those_that_make_none_are_not(
    school: SmallSchool, clock: StillClock
) -> None:
    child = school.pupils["Kaya"]
    trip = Plan(0, 0, "V", FRIDAY, Half.AM, FRIDAY, Half.PM, note="museum")
    write(school.context, [Edit(child, Session(FRIDAY, Half.AM), "N")])
    plan(school.context, trip, [school.pupils["Doyle"]])
    began = last_register(school)
    clock.set(2026, 11, 20, 9, 10)
    (family,) = today(school.context).calling
    assert family.dial is not None
    dialled = Called(family.key, family.dial.channel.id, Call.SPOKE, "will ring back")
    record_call(school.context, dialled)
    asked = Answer(Session(FRIDAY, Half.AM), (school.pupils["Doyle"],), Outcome.NO_REPLY, "Ms T Vale")
    answer(school.context, asked)
    assert last_register(school) == began
    clock.set(2026, 11, 20, 9, 20)
    record_call(school.context, replace(dialled, note="ill", code="I"))
    assert last_register(school) == datetime(2026, 11, 20, 9, 20, tzinfo=UTC)
    clock.set(2026, 11, 20, 9, 30)
    answer(school.context, replace(asked, outcome=Outcome.ARRIVED))
    assert last_register(school) == datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def test_where_another_system_is_the_register_a_long_silence_is_no_doubt(
    school: SmallSchool, clock: StillClock
) -> None:
    write(school.context, [Edit(school.pupils["Kaya"], Session(FRIDAY, Half.AM), "I")])
    with school.context.store.writing(school.context.deed("set up")) as writing:
        writing.book.put(replace(writing.book.school(), is_register=False))
    clock.set(2026, 12, 16, 9, 0)
    assert doubt_of_clock(school.context) is None
