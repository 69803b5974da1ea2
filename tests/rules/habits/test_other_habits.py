"""Siblings, lateness, reasons, illness, and attendance after what was done: on both sides of each edge."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from desktop_app.domain.marks import Mark
from desktop_app.domain.people import Flag, FlagKind
from desktop_app.domain.rulebook import Rulebook
from desktop_app.rules.casework.facts import course_of
from desktop_app.rules.casework.working import working
from desktop_app.rules.effect import sides
from desktop_app.rules.habits.every import habits_of
from desktop_app.rules.habits.family import with_siblings
from desktop_app.rules.habits.lateness import days_lost, lateness, minutes_of_day
from desktop_app.rules.habits.reasons import illness_spells, same_reasons
from desktop_app.rules.habits.record import SiblingRecord, Step, spells
from desktop_app.rules.habits.steps import after_steps, effects
from tests.support.habits import FIRST, ON, OPEN, SCHOOL, child, days, held_of, missed


def sibling(rulebook: Rulebook, *texts: str) -> tuple[SiblingRecord, ...]:
    return (SiblingRecord("Tobi", held_of(rulebook, missed(*texts))),)


def test_three_days_missed_with_a_brother(rulebook: Rulebook) -> None:
    told = missed("09-10", "09-22", "10-08", "11-05")
    (habit,) = with_siblings(child(rulebook, told, siblings=sibling(rulebook, "09-10", "09-22", "10-08", "11-12")))
    assert habit.says == (
        "With Tobi: 3 of the 4 days missed were missed by both. Tobi missed 4 of the 52 days on which both could come."
    )
    assert {one.day for one in habit.sessions} == set(days("09-10", "09-22", "10-08"))
    assert with_siblings(child(rulebook, told, siblings=sibling(rulebook, "09-10", "09-22", "11-12"))) == ()


def test_days_on_which_the_brother_could_not_come_are_not_looked_at(rulebook: Rulebook) -> None:
    told = missed("09-10", "09-22", "10-08", "11-05")
    brother = SiblingRecord("Tobi", tuple(one for one in held_of(rulebook, told) if one.day < date(2026, 10, 1)))
    assert with_siblings(child(rulebook, told, siblings=(brother,))) == ()


def test_minutes_late_by_month_and_what_they_come_to_in_a_year(rulebook: Rulebook) -> None:
    told = {
        **dict.fromkeys(days("09-10"), ("L10", "")),
        **dict.fromkeys(days("10-06", "10-13"), ("L15", "")),
        **dict.fromkeys(days("11-10", "11-12"), ("L20", "U30")),
    }
    record = child(rulebook, told)
    assert minutes_of_day(SCHOOL) == 360
    year = 2 * len(OPEN.school_days(FIRST, date(2027, 8, 31)))
    assert days_lost(record) == Fraction(140 * year, 104 * 360)
    (habit,) = lateness(record)
    assert habit.says == (
        "Late 7 times, 140 minutes: September 10, October 30 and November 100, rising month by month. "
        "At this rate 1.5 days of teaching are lost in the year."
    )
    assert len(habit.sessions) == 7


def test_lateness_wants_three_times_and_says_where_no_minutes_stand(rulebook: Rulebook) -> None:
    twice = dict.fromkeys(days("09-10", "09-11"), ("L10", ""))
    assert lateness(child(rulebook, twice)) == ()
    (habit,) = lateness(child(rulebook, twice | dict.fromkeys(days("09-14"), ("L", ""))))
    assert habit.says.startswith("Late 3 times, 20 minutes: September 20, October 0 and November 0. 1 of them has no")
    (silent,) = lateness(child(rulebook, dict.fromkeys(days("09-10", "09-11", "09-14"), ("L", ""))))
    assert "At this rate" not in silent.says


@pytest.mark.parametrize(("third", "rises"), [("L30", True), ("L10", False)])
def test_rising_is_by_minutes_for_the_sessions_there_were(rulebook: Rulebook, third: str, rises: bool) -> None:
    """November, up to the 20th, has two thirds of October's sessions: 15 minutes would be as many for its length."""
    told = {
        **dict.fromkeys(days("09-10"), ("L5", "")),
        **dict.fromkeys(days("10-06"), ("L20", "")),
        **dict.fromkeys(days("11-10"), (third, "")),
    }
    (habit,) = lateness(child(rulebook, told))
    assert ("rising" in habit.says) is rises


APART = ("09-08", "09-16", "09-24", "10-01")


@pytest.mark.parametrize(("number", "named"), [(3, False), (4, True)])
def test_one_reason_on_four_occasions(rulebook: Rulebook, number: int, named: bool) -> None:
    found = same_reasons(child(rulebook, missed(*APART[:number], code="M")))
    assert bool(found) is named
    if named:
        assert found[0].says.startswith("Same reason: M, ")
        assert found[0].says.endswith(", on 4 separate occasions, 8 sessions in all.")


@pytest.mark.parametrize("code", ["N", "U"])
def test_no_reason_is_no_reason(rulebook: Rulebook, code: str) -> None:
    assert same_reasons(child(rulebook, missed(*APART, "10-07", code=code))) == ()


def test_a_weekend_parts_no_occasion(rulebook: Rulebook) -> None:
    """Friday and Monday are one occasion, so four days here are two."""
    assert same_reasons(child(rulebook, missed("09-11", "09-14", "09-18", "09-21", code="I"))) == ()


def test_the_same_words_on_three_occasions(rulebook: Rulebook) -> None:
    told = {**missed("09-08", "09-16", code="I"), **missed("10-01", code="M")}
    notes = dict(zip(days("09-08", "09-16", "10-01"), ("Tummy ache", "tummy  ache.", "tummy ache"), strict=True))
    (habit,) = same_reasons(child(rulebook, told, notes=notes))
    assert habit.says == "Same words: “Tummy ache”, on 3 separate occasions, 6 sessions in all."
    assert same_reasons(child(rulebook, missed("09-08", "09-16", code="I"), notes=notes)) == ()


def test_illness_spells_and_their_lengths(rulebook: Rulebook) -> None:
    told = {**missed("09-11", "09-14", "09-30", code="I"), **dict.fromkeys(days("10-15"), ("I", ""))}
    (habit,) = illness_spells(child(rulebook, told))
    assert habit.says == "Illness: 3 spells of 2, 1 and ½ days, 3½ days in all; nothing was attended within a spell."
    assert illness_spells(child(rulebook, missed("09-11", "09-30", code="I"))) == ()
    flag = Flag(1, 1, FlagKind.MEDICAL, "", FIRST)
    (agreed,) = illness_spells(child(rulebook, told, medical=(flag,)))
    assert "7 of these sessions are illness" in agreed.says


@pytest.mark.parametrize(("sessions", "named"), [(9, False), (10, True)])
def test_one_spell_of_five_days_is_long(rulebook: Rulebook, sessions: int, named: bool) -> None:
    told = {
        **missed("09-10", "09-11", "09-14", "09-15", code="I"),
        date(2026, 9, 16): ("I", "I" if sessions == 10 else ""),
    }
    found = illness_spells(child(rulebook, told))
    assert bool(found) is named
    assert not named or found[0].says.startswith("Illness: 1 spell of 5 days, 5 days in all")


def test_many_spells_are_counted_by_their_length(rulebook: Rulebook) -> None:
    told = {**missed(*APART, "10-08", code="I"), **missed("11-03", "11-04", code="I")}
    (habit,) = illness_spells(child(rulebook, told))
    assert habit.says.startswith("Illness: 6 spells of 1 day (5 times) and 2 days (once), 7 days in all")


CODES = st.sampled_from(["", "I", "X", "O"])


@given(st.lists(st.tuples(CODES, CODES), min_size=1, max_size=15))
def test_spells_agree_with_a_string_cut_where_somebody_came(rulebook: Rulebook, told: list[tuple[str, str]]) -> None:
    """X is in no figure, so it parts nothing; O is no illness, so it does."""
    all_days = OPEN.school_days(FIRST, ON)
    held = held_of(rulebook, dict(zip(all_days, told, strict=False)), all_days[len(told) - 1])
    line = "".join(one.code.key if one.code.key in "IXO" else "/" for one in held).replace("X", "")
    naive = [len(part) for part in line.replace("O", "/").split("/") if part]
    assert [len(spell) for spell in spells(held, ["I"])] == naive


def test_attendance_before_and_after_a_letter(rulebook: Rulebook) -> None:
    """Before: 21 September to Friday 16 October (40 sessions); after: from Tuesday 20 October on."""
    told = missed("09-08", "09-15", "09-22", "09-29", "10-06", "10-13", "11-05")
    step = Step(date(2026, 10, 19), "Letter")
    (habit,) = after_steps(child(rulebook, told, steps=(step, step)))
    assert habit.says == (
        "Letter on Mon 19 Oct 2026: 80.0% (32 of 40) in the 20 school days before, 94.7% (36 of 38) in up to 20 "
        "after: better by 14.7 points."
    )
    assert len(habit.sessions) == 10
    (effect,) = effects(child(rulebook, told, steps=(step,)))
    assert effect.change == Fraction(3600, 38) - 80


@pytest.mark.parametrize(("on", "told"), [(date(2026, 11, 13), False), (date(2026, 11, 16), True)])
def test_two_weeks_must_have_passed_before_anything_is_said(rulebook: Rulebook, on: date, told: bool) -> None:
    (habit,) = after_steps(child(rulebook, {}, on, steps=(Step(date(2026, 11, 2), "Meeting"),)))
    assert ("too early to say" in habit.says) is not told
    assert habit.says.endswith("after: the same.") is told


def test_the_day_of_the_step_itself_is_on_neither_side(rulebook: Rulebook) -> None:
    (effect,) = effects(child(rulebook, missed("10-19"), steps=(Step(date(2026, 10, 19), "Letter"),)))
    assert not any(one.absent for one in (*effect.before, *effect.after))


def test_twenty_school_days_after_and_no_more(rulebook: Rulebook) -> None:
    """From 15 September the twentieth school day is 12 October."""
    (effect,) = effects(child(rulebook, {}, steps=(Step(date(2026, 9, 14), "Letter"),)))
    assert effect.after[-1].day == date(2026, 10, 12)


def test_the_patterns_the_case_and_the_report_look_at_the_same_days(rulebook: Rulebook) -> None:
    """One child, one letter: all three count the same sessions on both sides."""
    told, step = missed("09-08", "09-22", "10-06", "11-05", "11-12"), date(2026, 10, 19)
    record = child(rulebook, told, steps=(Step(step, "Letter"),))
    (effect,) = effects(record)
    both = sides(record.calendar, step, record.on)
    assert both == ((effect.before[0].day, effect.before[-1].day), (effect.after[0].day, effect.after[-1].day))
    marks = [Mark(1, one.day, one.half, one.code.key) for one in record.held]
    of_case = working(course_of(marks, rulebook.codes), step, record.on)
    counted = [(sum(not one.absent for one in side), len(side)) for side in (effect.before, effect.after)]
    assert [(one.attended, one.possible) for one in (of_case.before, of_case.lately)] == counted


@given(st.dictionaries(st.sampled_from(OPEN.school_days(FIRST, ON)), st.tuples(CODES, CODES)))
def test_every_session_listed_is_one_of_the_childs_own(rulebook: Rulebook, told: dict[date, tuple[str, str]]) -> None:
    record = child(rulebook, told, steps=(Step(date(2026, 10, 7), "Home visit"),))
    own = {one.seen for one in record.held if one.absent}
    for habit in habits_of(record):
        assert set(habit.sessions) <= own
        assert habit.says.endswith(".")
