"""Targets on both sides of their edges: whole numbers decide."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from desktop_app.domain.figures import NO_FIGURES, Figures
from desktop_app.domain.targets import Target
from desktop_app.rules.targets import (
    fault,
    is_met,
    kept_text,
    may_miss,
    one_day,
    percent_text,
    read_kept,
    read_percent,
    state_of,
)

NINETY_FIVE = Fraction(95)
FIRST = date(2026, 11, 9)


def counted(attended: int, possible: int) -> Figures:
    return Figures(possible, attended, 0, possible - attended, 0, 0, {})


@pytest.mark.parametrize(
    ("attended", "possible", "percent", "met"),
    [
        (19, 20, "95", True),
        (189, 200, "95", False),
        (190, 200, "95", True),
        (361, 380, "95", True),
        (360, 380, "95", False),
        (193, 200, "96.5", True),
        (192, 200, "96.5", False),
        (0, 0, "95", None),
        (200, 200, "100", True),
        (199, 200, "100", False),
    ],
)
def test_whole_numbers_decide(attended: int, possible: int, percent: str, met: bool | None) -> None:
    wanted = read_percent(percent)
    assert wanted is not None
    assert is_met(counted(attended, possible), wanted) is met


@pytest.mark.parametrize(
    ("expected", "percent"), [(400, Fraction(1, 2)), (380, Fraction(10, 19)), (378, Fraction(100, 189))]
)
def test_what_one_day_is_follows_from_the_childs_own_sessions(expected: int, percent: Fraction) -> None:
    assert one_day(expected) == percent
    assert one_day(0) is None
    assert f"{float(Fraction(10, 19)):.3f}" == "0.526"


@given(st.integers(0, 300), st.integers(0, 300), st.integers(0, 300), st.integers(1, 100))
def test_as_many_may_be_missed_and_not_one_more(attended: int, absent: int, to_come: int, percent: int) -> None:
    if not attended + absent + to_come:
        return
    wanted = Fraction(percent)
    free = may_miss(counted(attended, attended + absent), to_come, wanted)
    for missed in range(to_come + 1):
        in_the_end = counted(attended + to_come - missed, attended + absent + to_come)
        assert is_met(in_the_end, wanted) is (missed <= free)


def test_improvement_is_told_in_points_and_in_sessions() -> None:
    state = state_of(Target(NINETY_FIVE, FIRST), date(2026, 11, 20), counted(80, 100), counted(18, 20), 380, 200)
    assert (state.met, state.points, state.gained) == (False, Fraction(10), Fraction(2))
    assert state.one_day == Fraction(10, 19)
    assert state.may_miss == 11 - 2
    worse = state_of(Target(NINETY_FIVE, FIRST), date(2026, 11, 20), counted(95, 100), counted(18, 20))
    assert (worse.points, worse.gained) == (Fraction(-5), Fraction(-1))
    new = state_of(Target(NINETY_FIVE, FIRST), date(2026, 11, 20), NO_FIGURES, counted(18, 20))
    assert (new.points, new.gained) == (None, None)


@pytest.mark.parametrize(
    ("possible", "to_come", "pupils", "least", "early"),
    [
        (1, 60, 1, 10, True),
        (9, 52, 1, 10, True),
        (10, 51, 1, 10, False),
        (5, 1, 1, 6, True),  # a target of three days is judged when they have been
        (6, 0, 1, 6, False),
        (59, None, 6, 60, True),  # of a class: so many for each of its pupils
        (60, None, 6, 60, False),
    ],
)
def test_before_ten_sessions_it_is_too_early_to_say(
    possible: int, to_come: int | None, pupils: int, least: int, early: bool
) -> None:
    target = Target(Fraction(99), FIRST, date(2026, 12, 18))
    state = state_of(target, FIRST, counted(850, 1000), counted(possible, possible), 380, to_come, pupils)
    assert (state.least, state.too_early) == (least, early)
    assert state.met is (None if early else True)
    assert state.points == (Fraction(15) if possible >= 10 * pupils else None)
    over = state_of(target, date(2026, 12, 19), counted(850, 1000), counted(possible, possible), 380, 0, pupils)
    assert (over.met, over.too_early) == (True, False)


def test_a_former_rate_of_a_few_sessions_is_no_rate_to_be_better_than() -> None:
    state = state_of(Target(NINETY_FIVE, FIRST), FIRST, counted(3, 9), counted(18, 20))
    assert (state.points, state.gained) == (None, None)


def test_a_target_is_over_the_day_after_its_last() -> None:
    target = Target(NINETY_FIVE, FIRST, date(2026, 11, 20))
    assert [state_of(target, date(2026, 11, day), NO_FIGURES, NO_FIGURES).over for day in (20, 21)] == [False, True]
    assert not state_of(Target(NINETY_FIVE, FIRST), date(2027, 8, 31), NO_FIGURES, NO_FIGURES).over


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("95", "95"),
        ("96.5 %", "96.5"),
        ("96,25%", "96.25"),
        ("100", "100"),
        *((wrong, None) for wrong in ("0", "101", "95.123", "", "-5", "٩٥", "ninety")),
    ],
)
def test_how_a_percentage_is_typed(text: str, percent: str | None) -> None:
    found = read_percent(text)
    assert (None if found is None else percent_text(found)) == percent


@pytest.mark.parametrize(
    ("target", "says"),
    [
        (Target(NINETY_FIVE, FIRST, FIRST), ""),
        (Target(NINETY_FIVE, FIRST, date(2026, 11, 8)), "The target ends before it begins."),
        (Target(Fraction(0), FIRST), "A target is a percentage above 0"),
        (Target(Fraction(101), FIRST), "A target is a percentage above 0"),
        (Target(Fraction(2, 3), FIRST), "A target has at most two decimals."),
    ],
)
def test_what_no_target_can_be(target: Target, says: str) -> None:
    assert fault(target).startswith(says)
    assert bool(fault(target)) is bool(says)


@given(st.integers(1, 10_000), st.dates(), st.none() | st.dates())
def test_what_is_kept_is_read_again(hundredths: int, first: date, until: date | None) -> None:
    target = Target(Fraction(hundredths, 100), first, until)
    assert read_kept(kept_text(target)) == target


@pytest.mark.parametrize("text", ["", "95", "95;2026-11-09", "x;2026-11-09;", "95;soon;", "0;2026-11-09;"])
def test_what_cannot_be_read_is_no_target(text: str) -> None:
    assert read_kept(text) is None
