"""Weekdays, halves, weekends and holidays: on both sides of each edge, and how seldom chance alone is named."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from desktop_app.domain.habits import HabitKind
from desktop_app.domain.people import Flag, FlagKind
from desktop_app.domain.rulebook import Rulebook
from desktop_app.domain.sessions import Half
from desktop_app.rules.habits.every import habits_of
from desktop_app.rules.habits.weekly import beside_holidays, beside_weekends, halves, weekdays
from tests.support.habits import OPEN, child, days, missed

MONDAYS = ("09-07", "09-14", "09-21", "09-28", "10-05")
OTHERS = ("09-09", "10-07", "11-12")


def test_five_mondays_of_eight_days_are_named_and_four_are_not(rulebook: Rulebook) -> None:
    (habit,) = weekdays(child(rulebook, missed(*MONDAYS, *OTHERS)))
    assert habit.kind is HabitKind.WEEKDAY
    assert habit.says == "Mondays: 5 of the 8 days missed are Mondays. 10 of the 52 school days were."
    assert [one.day for one in habit.sessions if one.half is Half.AM] == list(days(*MONDAYS))
    assert len(habit.sessions) == 10
    assert weekdays(child(rulebook, missed(*MONDAYS[:4], "09-10", *OTHERS))) == ()


def test_three_days_are_no_pattern_however_rare(rulebook: Rulebook) -> None:
    assert weekdays(child(rulebook, missed(*MONDAYS[:3]))) == ()
    assert len(weekdays(child(rulebook, missed(*MONDAYS[:4])))) == 1


def test_a_day_counts_once_whether_one_half_or_both_are_missed(rulebook: Rulebook) -> None:
    told = dict.fromkeys(days(*MONDAYS[:4]), ("O", ""))
    (habit,) = weekdays(child(rulebook, told))
    assert "4 of the 4 days missed" in habit.says
    assert len(habit.sessions) == 4


def test_illness_while_a_medical_need_is_on_record_is_named(rulebook: Rulebook) -> None:
    told = {**missed(*MONDAYS[:4], code="O"), **missed(MONDAYS[0], code="I")}
    flag = Flag(1, 1, FlagKind.MEDICAL, "asthma", date(2026, 9, 1))
    (habit,) = weekdays(child(rulebook, told, medical=(flag,)))
    assert habit.says.endswith(" 2 of these sessions are illness or appointments while a medical need is on record.")
    assert "asthma" not in habit.says
    (before,) = weekdays(child(rulebook, told, medical=(Flag(1, 1, FlagKind.MEDICAL, "", date(2026, 10, 1)),)))
    assert "medical" not in before.says


SINGLES = ("09-08", "09-15", "09-24", "10-02", "10-07", "10-15")


@pytest.mark.parametrize(("number", "named"), [(5, False), (6, True)])
def test_six_mornings_by_themselves_are_named(rulebook: Rulebook, number: int, named: bool) -> None:
    told = dict.fromkeys(days(*SINGLES[:number]), ("O", ""))
    found = halves(child(rulebook, {**told, **missed("11-03", "11-04")}))
    assert bool(found) is named
    if named:
        assert found[0].says == "Mornings: on 6 of the 6 days of which one half was missed, it was the morning."
        assert {one.half for one in found[0].sessions} == {Half.AM}


def test_a_day_with_one_session_says_nothing_of_halves(rulebook: Rulebook) -> None:
    told = dict.fromkeys(days(*SINGLES), ("O", "X"))
    assert halves(child(rulebook, told)) == ()


def test_weekends_want_both_their_sides(rulebook: Rulebook) -> None:
    (habit,) = beside_weekends(child(rulebook, missed("09-11", "09-14", "09-18", "10-05", "10-09")))
    assert habit.says.startswith("Beside weekends: 5 of the 5 days missed are the last before or the first after a")
    assert beside_weekends(child(rulebook, missed("09-11", "09-18", "09-25", "10-09", "10-16"))) == ()
    assert beside_weekends(child(rulebook, missed("09-11", "09-14", "09-16", "09-22", "10-08"))) == ()


def test_the_days_at_half_term(rulebook: Rulebook) -> None:
    (habit,) = beside_holidays(child(rulebook, missed("10-23", "11-02", "09-16")))
    assert habit.says == (
        "Beside holidays: 2 of the 3 days missed are the last before or the first after a holiday. "
        "2 of the 52 school days were."
    )
    assert {one.day for one in habit.sessions} == set(days("10-23", "11-02"))
    assert beside_holidays(child(rulebook, missed("10-23", "11-03", "09-16"))) == ()


def test_chance_alone_is_seldom_named(rulebook: Rulebook) -> None:
    """Five hundred children who miss days at random: each kind of pattern is named for at most one in twenty."""
    chance, all_days = Random(20261120), OPEN.school_days(date(2026, 9, 1), date(2026, 11, 20))
    counts = dict.fromkeys((weekdays, halves, beside_weekends, beside_holidays), 0)
    for _ in range(500):
        told = {}
        for day in chance.sample(all_days, chance.randint(3, 14)):
            told[day] = chance.choice([("O", "O"), ("O", ""), ("", "O")])
        record = child(rulebook, told)
        for rule in counts:
            counts[rule] += bool(rule(record))
    assert all(number <= 25 for number in counts.values()), counts
    assert sum(counts.values()) > 0


def test_who_misses_nothing_has_no_pattern(rulebook: Rulebook) -> None:
    assert habits_of(child(rulebook, {})) == ()
    assert habits_of(child(rulebook, {}, held=())) == ()
