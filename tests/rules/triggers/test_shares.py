"""Persistent and severe absence, the lines of a pack, improvement, EHC plans, and what comes with a date."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from desktop_app.domain.entries import EntryKind, Task
from desktop_app.domain.people import Flag, FlagKind
from desktop_app.domain.rulebook import Rulebook
from tests.support.watching import coded, entry, look, met, sessions

START = date(2026, 9, 3)
"""The first day with school of the autumn term of 2026."""
SINCE = sessions(START, 400)


@pytest.mark.parametrize(("key", "absent", "possible", "listed"), [
    ("persistent-absence", 4, 40, True),
    ("persistent-absence", 3, 40, False),
    ("persistent-absence", 9, 100, False),
    ("persistent-absence", 10, 100, True),
    ("persistent-absence", 10, 102, False),  # 90.2 %
    ("persistent-absence", 39, 39, False),   # too early to say
    ("severe-absence", 20, 40, True),
    ("severe-absence", 19, 40, False),
    ("severe-absence", 50, 102, False),
    ("neglect-factor", 25, 100, True),       # exactly 75 %
    ("neglect-factor", 25, 102, False),      # 75.5 %
    ("neglect-factor", 10, 40, True),
    ("level-one", 5, 100, False),            # exactly 95 %
    ("level-one", 6, 100, True),
    ("level-one", 39, 39, False),
])  # fmt: skip
def test_on_counts_and_not_on_rounded_percentages(
    rulebook: Rulebook, key: str, absent: int, possible: int, listed: bool
) -> None:
    odd = {SINCE[possible]: "Y4"} if possible % 2 else {}
    child = look(rulebook, coded(SINCE[:absent], ["I", "O"]) | odd, SINCE[possible - 1].day)
    assert child.figures.possible == possible
    found = met(child, key)
    assert bool(found) is listed
    assert not listed or f"{absent} of {possible} possible sessions" in found[0].says


def test_seventy_five_point_one_does_not_prompt(rulebook: Rulebook) -> None:
    """Of 262 possible sessions, 65 missed are 75.19 % attended, 66 are 74.8 %: none is a rounded 75."""
    on = SINCE[261].day
    assert not met(look(rulebook, coded(SINCE[:65], "O"), on), "neglect-factor")
    assert met(look(rulebook, coded(SINCE[:66], "O"), on), "neglect-factor")


def test_it_is_since_the_session_that_first_met_it(rulebook: Rulebook) -> None:
    absent = coded(SINCE[:4], "I")
    (found,) = met(look(rulebook, absent, SINCE[39].day), "persistent-absence")
    assert found.since == SINCE[39].day, "before forty possible sessions nothing is said"
    later = coded([*SINCE[60:66], *SINCE[70:74]], "O")
    (again,) = met(look(rulebook, later, SINCE[79].day), "persistent-absence")
    assert again.since == SINCE[71].day, "with the eighth missed of seventy-two"
    assert not met(look(rulebook, absent, SINCE[43].day), "persistent-absence")


def test_sessions_that_were_not_possible_are_left_out(rulebook: Rulebook) -> None:
    absent = coded(SINCE[:4], "I") | coded(SINCE[4:8], "Y4")
    assert not met(look(rulebook, absent, SINCE[41].day), "persistent-absence"), "38 possible: too early"
    assert met(look(rulebook, coded(SINCE[:5], "I") | coded(SINCE[5:9], "Y4"), SINCE[43].day), "persistent-absence")


def test_last_year_is_another_year(rulebook: Rulebook) -> None:
    assert not met(look(rulebook, coded(sessions(date(2026, 6, 1), 60), "O"), SINCE[49].day), "persistent-absence")


@pytest.mark.parametrize(("on", "lately", "listed"), [
    (date(2026, 11, 12), 0, False),  # not yet six weeks below it
    (date(2026, 11, 13), 3, True),
    (date(2026, 11, 13), 0, False),  # nothing missed in six weeks: that is improvement
])  # fmt: skip
def test_six_weeks_below_the_line_without_improvement(rulebook: Rulebook, on: date, lately: int, listed: bool) -> None:
    """Below 95 % once forty sessions were possible, on Wednesday 30 September: six weeks later is 11 November."""
    absent = coded(SINCE[:4], "O") | coded(sessions(date(2026, 10, 12), 2 * lately), "O")
    child = look(rulebook, absent, on)
    assert met(child, "level-one") or not listed
    assert bool(met(child, "no-improvement")) is listed


def test_the_six_weeks_begin_with_what_was_decided(rulebook: Rulebook) -> None:
    absent = coded(SINCE[:6], "O") | coded(sessions(date(2026, 10, 12), 10), "O")
    begun = entry(EntryKind.DECISION, datetime(2026, 10, 16, 9), "Level 1 begun", details={"trigger": "level-one"})
    on = date(2026, 11, 13)
    assert met(look(rulebook, absent, on), "no-improvement")
    assert not met(look(rulebook, absent, on, decisions=[begun]), "no-improvement")


@pytest.mark.parametrize(("missed", "plan", "listed"), [(2, True, False), (3, True, True), (3, False, False)])
def test_attendance_that_falls_with_an_ehc_plan(rulebook: Rulebook, missed: int, plan: bool, listed: bool) -> None:
    """Sixty sessions missed none; of the last six school weeks' 60, three are five points."""
    flags = [Flag(1, 1, FlagKind.EHCP, "", date(2026, 1, 1))] if plan else []
    on = date(2026, 12, 4)
    child = look(rulebook, coded(sessions(date(2026, 11, 23), missed), "I"), on, flags=flags)
    found = met(child, "ehcp-falling")
    assert bool(found) is listed
    assert not listed or ("95.0% in the last 6 school weeks and 100.0%" in found[0].says)


@pytest.mark.parametrize(("missed", "flag", "listed"), [
    (50, FlagKind.CHILD_PROTECTION, False),  # exactly 50 %: severely absent, and not below
    (51, FlagKind.CHILD_PROTECTION, True),
    (51, FlagKind.CHILD_IN_NEED, True),
    (51, FlagKind.EARLY_HELP, False),
    (51, None, False),
])  # fmt: skip
def test_below_half_attendance_is_part_of_the_plan_in_sefton(
    rulebook: Rulebook, missed: int, flag: FlagKind | None, listed: bool
) -> None:
    """Practice 36: “Where a child has school attendance below 50%”."""
    flags = [Flag(1, 1, flag, "", date(2026, 1, 1))] if flag else []
    child = look(rulebook, coded(SINCE[:missed], "I"), SINCE[99].day, la="sefton", flags=flags)
    assert met(child, "severe-absence")
    found = met(child, "social-care-plan")
    assert bool(found) is listed
    assert not listed or found[0].says.endswith("attendance is part of the child in need or child protection plan.")


@pytest.mark.parametrize(("missed", "listed"), [(15, True), (14, False)])
def test_early_help_must_be_in_place_in_sefton_at_eighty_five_exactly(
    rulebook: Rulebook, missed: int, listed: bool
) -> None:
    child = look(rulebook, coded(SINCE[:missed], "I"), SINCE[99].day, la="sefton")
    assert bool(met(child, "early-help")) is listed


@pytest.mark.parametrize(("born", "on", "due"), [
    (date(2021, 10, 10), date(2026, 12, 2), None),
    (date(2021, 10, 10), date(2026, 12, 3), date(2026, 12, 31)),
    (date(2021, 10, 10), date(2026, 12, 31), date(2026, 12, 31)),
    (date(2021, 10, 10), date(2027, 1, 1), None),
    (date(2011, 2, 14), date(2027, 5, 28), date(2027, 6, 25)),
    (date(2011, 2, 14), date(2027, 5, 27), None),
    (date(2011, 2, 14), date(2027, 6, 26), None),
])  # fmt: skip
def test_compulsory_age_beginning_and_ending(rulebook: Rulebook, born: date, on: date, due: date | None) -> None:
    found = met(look(rulebook, {}, on, born=born), "compulsory-age")
    assert [one.due for one in found] == ([due] if due else [])


@pytest.mark.parametrize(("due", "on", "listed", "overdue"), [
    (date(2026, 11, 20), date(2026, 11, 19), False, False),
    (date(2026, 11, 20), date(2026, 11, 20), True, False),
    (date(2026, 11, 20), date(2026, 11, 23), True, True),
    (date(2026, 10, 28), date(2026, 10, 23), True, False),  # in the half term: the last school day before
    (date(2026, 10, 28), date(2026, 10, 22), False, False),
])  # fmt: skip
def test_a_task_is_due_on_its_day(rulebook: Rulebook, due: date, on: date, listed: bool, overdue: bool) -> None:
    task = Task(1, 1, "timetable-review", due, None, "Review the timetable.")
    found = met(look(rulebook, {}, on, tasks=[task]), "review-due")
    assert bool(found) is listed
    assert not listed or ("It is overdue." in found[0].says) is overdue
    closed = Task(1, 1, "timetable-review", due, None, "Review the timetable.", closed_by=7)
    assert not met(look(rulebook, {}, on, tasks=[closed]), "review-due")
