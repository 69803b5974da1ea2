"""Leavers, suspensions and part-time timetables; the authorities of a child; what cannot be said of a line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from desktop_app.actions.returns.book import national_returns
from desktop_app.domain.entries import EntryKind
from desktop_app.domain.people import Pattern, PatternKind, Pupil
from desktop_app.domain.returns import Checked, GoesTo, ListedLine, ReturnKind, ReturnLine
from desktop_app.domain.rulebook import Rulebook
from desktop_app.domain.school import SchoolType
from desktop_app.rules.daily_sharing import DUTY, INDEPENDENT, daily_sharing
from desktop_app.rules.returns.authorities import Authorities, same, to_whom
from desktop_app.rules.returns.checking import added_fault, checked_fault
from desktop_app.rules.returns.keeping import details_of_made, made_returns
from desktop_app.rules.returns.roll_lines import (
    deletion_line,
    home_education_line,
    missing_line,
    part_time_line,
    suspension_lines,
    with_the_class,
)
from tests.support.watching import calendar_of, coded, entry, look, sessions

RYAN = Pupil(1, "Doyle", "Ryan", date(2018, 2, 14), date(2022, 9, 5))
LEAVES = replace(RYAN, leaving_day=date(2026, 11, 27), leaving_ground="home-education")
SAID = entry(EntryKind.DELETION, datetime(2026, 11, 18, 9), note="Ms K Doyle, 16 November")


def test_a_deletion_is_due_before_the_name_goes(rulebook: Rulebook) -> None:
    ground = rulebook.grounds["home-education"]
    (line,) = deletion_line(LEAVES, ground, SAID)
    assert (line.since, line.due) == (date(2026, 11, 18), date(2026, 11, 27))
    assert (line.about["ground"], line.about["to"]) == ("Educated otherwise than at school", date(2026, 11, 27))
    (at_once,) = home_education_line(LEAVES, ground, SAID)
    assert (at_once.since, at_once.due) == (date(2026, 11, 18), date(2026, 11, 18))
    assert "Ms K Doyle, 16 November" in at_once.why
    for other in (RYAN, replace(LEAVES, leaving_ground="not-of-age-left")):
        assert not [*deletion_line(other, None, None), *home_education_line(other, None, None)]


@pytest.mark.parametrize(("ground", "school", "missing"), [
    ("twenty-days", "", 1), ("twenty-days", "Hale Road Primary", 0), ("another-school", "", 0), ("moved-away", "", 1),
])  # fmt: skip
def test_who_left_and_is_nowhere_known(rulebook: Rulebook, ground: str, school: str, missing: int) -> None:
    child = replace(LEAVES, leaving_ground=ground, next_school=school)
    assert len([*missing_line(child, rulebook.grounds[ground], SAID)]) == missing


@pytest.mark.parametrize(("leaving", "year", "whole"), [
    (date(2027, 7, 21), "6", True), (date(2027, 8, 31), "6", True), (date(2027, 7, 20), "6", False),
    (date(2027, 7, 21), "5", False), (date(2027, 7, 21), "", False),
])  # fmt: skip
def test_the_most_senior_class_at_the_end_of_its_last_term(leaving: date, year: str, whole: bool) -> None:
    assert with_the_class(calendar_of(), leaving, year, "6") is whole


def test_each_suspension_is_told_at_once(rulebook: Rulebook) -> None:
    """Friday and Monday are one; a day in school parts them from the next."""
    row = sessions(date(2026, 11, 6), 10)
    out = coded([*row[:4], *row[8:]], "E")
    found = [*suspension_lines(look(rulebook, out, date(2026, 11, 20)))]
    assert [(one.since, one.due, len(one.sessions)) for one in found] == [
        (date(2026, 11, 6), date(2026, 11, 6), 4), (date(2026, 11, 12), date(2026, 11, 12), 2),
    ]  # fmt: skip
    gone = look(rulebook, {}, date(2026, 11, 20))
    gone = replace(gone, pupil=replace(gone.pupil, leaving_day=date(2026, 11, 13), leaving_ground="excluded"))
    assert ["Permanently excluded" in one.why for one in suspension_lines(gone)] == [True]


def test_a_part_time_timetable_with_its_hours() -> None:
    part = Pattern(9, 1, PatternKind.PART_TIME, "1010101010", date(2026, 11, 2), date(2026, 12, 18), hours="12")
    line = part_time_line(part)
    assert "5 of 10 sessions, 12 hours a week" in line.why
    assert "not written down" in part_time_line(replace(part, hours="", last=None)).why
    assert (line.about["hours"], line.about["to"]) == ("12", date(2026, 12, 18))


@pytest.mark.parametrize(("to", "child", "number", "names"), [
    (("school",), Authorities("Halton Borough Council", "Sefton"), "", ("Halton Borough Council",)),
    (("school", "home"), Authorities("Halton Borough Council", "Sefton"), "", ("Halton Borough Council", "Sefton")),
    (("school", "home"), Authorities("Halton Borough Council", "Halton"), "", ("Halton Borough Council",)),
    (("school", "home"), Authorities("Halton Borough Council", "876"), "876", ("Halton Borough Council",)),
    (("school", "home"), Authorities("Halton Borough Council"), "", ("Halton Borough Council",)),
    (("plan",), Authorities("Halton Borough Council", "Sefton", "Wirral", has_plan=True), "", ("Wirral",)),
    (("plan",), Authorities("Halton Borough Council", "Sefton", has_plan=True), "", ("Sefton",)),
    (("plan",), Authorities("Halton Borough Council"), "", ("Halton Borough Council",)),
    (("school", "home"), Authorities("Halton", "Sefton", care="Wirral"), "", ("Halton", "Sefton", "Wirral")),
    (("school",), Authorities("Halton", "Sefton", care="Wirral"), "", ("Halton",)),
    (("school", "care"), Authorities("Halton", "Sefton", care="Wirral", cared_for=True), "", ("Halton", "Wirral")),
    (("school", "care"), Authorities("Halton", "Sefton"), "", ("Halton",)),
    (("school", "care"), Authorities("Halton", "Sefton", cared_for=True), "", ("Halton", "Sefton")),
])  # fmt: skip
def test_the_four_authorities(to: tuple[str, ...], child: Authorities, number: str, names: tuple[str, ...]) -> None:
    assert to_whom([GoesTo(one) for one in to], child, number) == names


def test_an_unwritten_authority_of_a_plan_is_said() -> None:
    plan = (GoesTo.PLAN,)
    assert "Sefton is taken" in Authorities("Halton", "Sefton", has_plan=True).doubt(plan)
    assert not Authorities("Halton", "Sefton", "Wirral", has_plan=True).doubt(plan)
    assert not Authorities("Halton", "Sefton").doubt(plan)
    care = (GoesTo.CARE,)
    assert "looks after the child is not written down" in Authorities("Halton", cared_for=True).doubt(care)
    assert not Authorities("Halton", care="Wirral", cared_for=True).doubt(care)
    assert same("Knowsley", "Knowsley Metropolitan Borough Council")
    assert not same("Halton", "Wirral")


LINE = ReturnLine("a:1", 1, "ten days", "law", date(2026, 11, 6), date(2026, 11, 30))
OWED = (ListedLine(LINE, RYAN, "4B", overdue=False),)


@pytest.mark.parametrize(("checked", "words"), [
    (Checked(), "1 line has not been checked: Ryan Doyle"),
    (Checked(kept=frozenset({"1/a:1"})), ""),
    (Checked(left_out={"1/a:1": "told by telephone"}), ""),
    (Checked(left_out={"1/a:1": " "}), "Say why Ryan Doyle is left out"),
    (Checked(kept=frozenset({"1/a:1"}), left_out={"1/a:1": "no"}), "both kept and left out"),
    (Checked(kept=frozenset({"1/b:1"})), "The list has changed"),
])  # fmt: skip
def test_every_line_is_kept_or_left_out_with_a_reason(checked: Checked, words: str) -> None:
    fault = checked_fault(national_returns()[ReturnKind.ATTENDANCE], OWED, checked)
    assert words in fault
    assert bool(fault) is bool(words)


def test_a_return_of_nobody_is_a_monthly_one_alone() -> None:
    assert not checked_fault(national_returns()[ReturnKind.ATTENDANCE], (), Checked())
    assert checked_fault(national_returns()[ReturnKind.SICKNESS], (), Checked()) == "There is nobody to report."


@pytest.mark.parametrize(("child", "reason", "words"), [
    (RYAN, "agreed", ""), (RYAN, "  ", "Say why Ryan Doyle is added"),
    (replace(RYAN, date_of_birth=date(2022, 2, 14)), "agreed", "not of compulsory school age"),
    (replace(RYAN, starting_day=date(2026, 12, 1)), "agreed", "has not started"),
])  # fmt: skip
def test_who_may_be_added_by_hand(child: Pupil, reason: str, words: str) -> None:
    fault = added_fault(national_returns()[ReturnKind.ATTENDANCE], child, reason, date(2026, 11, 20), (), ())
    assert words in fault
    assert bool(fault) is bool(words)
    assert "already" in added_fault(national_returns()[ReturnKind.ATTENDANCE], RYAN, "x", date(2026, 11, 20), (1,), ())


def test_what_is_kept_is_read_back_as_it_was(rulebook: Rulebook) -> None:
    child = look(rulebook, coded(sessions(date(2026, 11, 6), 4), "E"), date(2026, 11, 20))
    (line,) = suspension_lines(child)
    month = date(2026, 11, 30)
    details = details_of_made(ReturnKind.SUSPENSION, month, "Sefton", [line], [(LINE, "told")], month)
    (made,) = made_returns([entry(EntryKind.RETURN, datetime(2026, 11, 20, 9), details=details)])
    assert made.lines == (replace(line, about={}),)
    assert made.left_out == ((LINE, "told"),)
    assert (made.kind, made.authority, made.due, made.sent) == (ReturnKind.SUSPENSION, "Sefton", month, None)


@pytest.mark.parametrize("kind", [*SchoolType])
@pytest.mark.parametrize("here", [True, False])
def test_daily_sharing_is_said_by_type(kind: SchoolType, here: bool) -> None:
    words = daily_sharing(kind, is_register=here)
    assert words.startswith(INDEPENDENT if kind is SchoolType.INDEPENDENT else DUTY)
