"""Runs of school days at their edges: a timetable of the child's own, compulsory age, closures, months' ends, leavers."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from desktop_app.domain.people import Pattern, PatternKind
from desktop_app.domain.rulebook import Rulebook
from desktop_app.domain.sessions import Half, Session
from desktop_app.rules.triggers.facts import Watched
from tests.support.watching import coded, look, met, sessions

MONDAY = date(2026, 9, 7)
MORNINGS, DUAL = "1010101010", "1111110000"


def on_timetable(rulebook: Rulebook, week: str, outside: str, days: int, **more: object) -> Watched:
    """A child with so many days of O in the sessions of its own week, and another code outside them."""
    kind = PatternKind.PART_TIME if outside == "C2" else PatternKind.DUAL
    pattern = Pattern(1, 1, kind, week, date(2026, 9, 2), date(2027, 7, 21))
    mine = [one for one in sessions(MONDAY, 400) if week[2 * one.day.weekday() + one.half.ordinal] == "1"]
    kept = sorted({one.day for one in mine})[:days]
    on = kept[-1]
    codes = {one: "O" if one in mine else outside for one in sessions(MONDAY, 400) if one.day <= on}
    return look(rulebook, {**codes, **more.pop("also", {})}, on, patterns=[pattern], **more)  # type: ignore[arg-type, dict-item]


@pytest.mark.parametrize(("week", "outside"), [(MORNINGS, "C2"), (DUAL, "D"), ("0101010101", "C2")])
@pytest.mark.parametrize(("key", "needed"), [("continuous-absence", 10), ("attendance-return", 10), ("long-absence", 20)])
def test_who_has_a_timetable_and_never_comes_is_listed(
    rulebook: Rulebook, week: str, outside: str, key: str, needed: int
) -> None:
    assert not met(on_timetable(rulebook, week, outside, needed - 1), key)
    (found,) = met(on_timetable(rulebook, week, outside, needed), key)
    assert {one.code for one in found.sessions} == {"O"}


def test_a_mark_outside_the_timetable_on_the_day_itself_ends_nothing(rulebook: Rulebook) -> None:
    """At noon the morning is over, and C2 stands in the afternoon that the child does not come to."""
    ten = on_timetable(rulebook, MORNINGS, "C2", 10)
    now = datetime.combine(ten.watch.on, datetime.min.time()).replace(hour=15, minute=40)
    assert met(on_timetable(rulebook, MORNINGS, "C2", 10, now=now), "continuous-absence")
    came = {Session(ten.watch.on, Half.AM): "/"}
    assert not met(on_timetable(rulebook, MORNINGS, "C2", 10, now=now, also=came), "continuous-absence")


def test_c2_of_a_timetable_is_no_leave_that_ended(rulebook: Rulebook) -> None:
    """A leave that ended, and then ten days of mornings missed: the C2 of the afternoons is not another leave."""
    leave = coded(sessions(date(2026, 9, 3), 4), "C")
    assert met(on_timetable(rulebook, MORNINGS, "C2", 10, also=leave), "leave-ended")
