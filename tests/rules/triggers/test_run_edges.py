"""Runs of school days at their edges: a timetable of the child's own, compulsory age, and closures."""

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
@pytest.mark.parametrize(("key", "needed"), [("continuous-absence", 10), ("attendance-return", 10)])
def test_who_has_a_timetable_and_never_comes_is_listed(
    rulebook: Rulebook, week: str, outside: str, key: str, needed: int
) -> None:
    assert not met(on_timetable(rulebook, week, outside, needed - 1), key)
    (found,) = met(on_timetable(rulebook, week, outside, needed), key)
    assert {one.code for one in found.sessions} == {"O"}


@pytest.mark.parametrize(("outside", "listed"), [("", True), ("O", True), ("C2", False), ("D", False), ("/", False)])
def test_the_ground_of_twenty_days_is_broken_by_any_code_outside_the_timetable(
    rulebook: Rulebook, outside: str, listed: bool
) -> None:
    """As deletion from the roll has it: what nobody marked there is no school day of the child."""
    few = on_timetable(rulebook, MORNINGS, outside, 19, present=False)
    assert not met(few, "long-absence")
    found = met(on_timetable(rulebook, MORNINGS, outside, 20, present=False), "long-absence")
    assert bool(found) is listed
    once = on_timetable(rulebook, MORNINGS, "", 24, present=False, also={Session(date(2026, 9, 14), Half.PM): outside})
    assert bool(met(once, "long-absence")) is listed


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


@pytest.mark.parametrize(("born", "key", "days", "listed"), [
    (date(2022, 2, 14), "attendance-return", 30, False),   # four years old
    (date(2022, 2, 14), "continuous-absence", 30, False),
    (date(2022, 2, 14), "long-absence", 30, False),
    (date(2022, 2, 14), "no-contact", 30, True),           # silence is followed up whatever the age
    (date(2009, 10, 14), "continuous-absence", 30, False), # of age for leaving since June
    (date(2009, 10, 14), "long-absence", 30, False),
    (date(2018, 2, 14), "continuous-absence", 10, True),
])  # fmt: skip
def test_returns_name_nobody_outside_compulsory_age(
    rulebook: Rulebook, born: date, key: str, days: int, listed: bool
) -> None:
    run = sessions(MONDAY, 2 * days)
    child = look(rulebook, coded(run, "N"), run[-1].day, born=born, starts=date(2025, 9, 2))
    assert bool(met(child, key)) is listed


@pytest.mark.parametrize("key", ["continuous-absence", "attendance-return"])
def test_days_before_compulsory_age_do_not_count(rulebook: Rulebook, key: str) -> None:
    """Born on 10 October 2021: of compulsory school age from 31 December 2026; absent from 14 December."""
    run = [one for one in sessions(date(2026, 12, 14), 60) if one.day <= date(2027, 1, 18)]
    since = sorted({one.day for one in run if one.day >= date(2026, 12, 31)})
    for on in since:
        child = look(rulebook, coded([one for one in run if one.day <= on], "O"), on, born=date(2021, 10, 10))
        found = met(child, key)
        assert bool(found) is (since.index(on) >= 9), on
        assert not found or found[0].sessions[0].day == since[0]


def test_the_last_friday_in_june_ends_the_days_that_count(rulebook: Rulebook) -> None:
    """Sixteen in the school year: of compulsory age till 25 June 2027, and not on the Monday after."""
    run = [one for one in sessions(date(2027, 6, 7), 60) if one.day <= date(2027, 6, 28)]
    born = date(2010, 10, 14)
    till = {one: "O" for one in run if one.day <= date(2027, 6, 25)}
    assert met(look(rulebook, till, date(2027, 6, 25), born=born), "continuous-absence")
    assert not met(look(rulebook, coded(run, "O"), date(2027, 6, 28), born=born), "continuous-absence")


@pytest.mark.parametrize("code", ["Y3", "Y4"])
@pytest.mark.parametrize(("key", "needed"), [("continuous-absence", 10), ("attendance-return", 10), ("no-contact", 11)])
def test_a_closure_without_warning_is_stepped_over(rulebook: Rulebook, key: str, needed: int, code: str) -> None:
    run = sessions(MONDAY, 2 * needed + 2)
    shut = coded(run, "N") | coded(run[8:10], code)
    (found,) = met(look(rulebook, shut, run[-1].day), key)
    assert found.since == run[-1].day
    assert len(found.sessions) == 2 * needed
    assert not met(look(rulebook, {one: shut[one] for one in run[:-2]}, run[-3].day), key)
    half = coded(run[:-2], "N") | {run[9]: code}
    assert met(look(rulebook, half, run[-3].day), key), "the morning before the snow was missed like any other day"
    last = coded(run[:-2], "N") | coded(run[-2:], code)
    assert met(look(rulebook, last, run[-1].day), key), "closed today: it lasts"


@pytest.mark.parametrize("code", ["Y3", "Y4"])
def test_the_ground_of_twenty_days_is_broken_by_a_closure(rulebook: Rulebook, code: str) -> None:
    run = sessions(MONDAY, 42)
    assert met(look(rulebook, coded(run, "N"), run[-1].day), "long-absence")
    assert not met(look(rulebook, coded(run, "N") | {run[9]: code}, run[-1].day), "long-absence")
