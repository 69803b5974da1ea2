"""First weeks, broken weeks, three worse in a row: on both sides of each edge, and against a naive reckoning."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from desktop_app.domain.rulebook import Rulebook
from desktop_app.rules.habits.weeks import broken_weeks, decline, first_weeks
from tests.support.habits import FIRST, ON, OPEN, Told, child, missed

WEDNESDAYS = ("10-14", "10-21", "11-04", "11-11")


def test_the_first_week_ends_with_its_sunday(rulebook: Rulebook) -> None:
    """Term begins on Thursday 3 September, after an INSET day."""
    (habit,) = first_weeks(child(rulebook, {date(2026, 9, 4): ("", "O"), date(2026, 9, 3): ("I", "")}))
    assert habit.says == "First week of term (autumn term): 2 of 4 sessions missed, 1 of them unauthorised."
    assert first_weeks(child(rulebook, missed("09-07"))) == ()
    (ill,) = first_weeks(child(rulebook, missed("09-03", code="I")))
    assert ill.says == "First week of term (autumn term): 2 of 4 sessions missed, all of them authorised."


def test_each_term_has_a_first_week_and_half_terms_have_none(rulebook: Rulebook) -> None:
    told = {**missed("09-04"), **missed("11-02"), **missed("01-05", code="I")}
    found = first_weeks(child(rulebook, told, date(2027, 1, 20)))
    assert [one.says.partition(":")[0] for one in found] == [
        "First week of term (autumn term)",
        "First week of term (spring term)",
    ]


@pytest.mark.parametrize(("weeks", "named"), [(2, False), (3, True)])
def test_three_broken_weeks_of_six(rulebook: Rulebook, weeks: int, named: bool) -> None:
    found = broken_weeks(child(rulebook, missed(*WEDNESDAYS[:weeks])))
    assert bool(found) is named
    if named:
        assert found[0].says == ("Broken weeks: in 3 of the last 6 school weeks some days were missed and others not.")
        assert len(found[0].sessions) == 6


def test_a_week_missed_whole_is_not_broken(rulebook: Rulebook) -> None:
    whole = [f"11-{number:02d}" for number in range(9, 14)]
    assert broken_weeks(child(rulebook, missed(*WEDNESDAYS[:2], *whole))) == ()


def test_a_week_that_runs_is_not_looked_at_yet(rulebook: Rulebook) -> None:
    told = missed(*WEDNESDAYS[:2], "11-18")
    assert broken_weeks(child(rulebook, told, date(2026, 11, 19))) == ()
    assert len(broken_weeks(child(rulebook, told, date(2026, 11, 20)))) == 1


WORSE = {**missed("11-02"), **missed("11-09", "11-10"), **missed("11-16", "11-17", "11-18")}


def test_three_weeks_each_worse(rulebook: Rulebook) -> None:
    (habit,) = decline(child(rulebook, WORSE))
    assert habit.says == (
        "Falling: 100.0%, 80.0%, 60.0%, 40.0% in the weeks from Mon 19 Oct to Mon 16 Nov, each of the last three worse "
        "than the one before."
    )
    assert len(habit.sessions) == 12
    assert decline(child(rulebook, WORSE | missed("10-19"))) == ()
    assert decline(child(rulebook, WORSE, date(2026, 11, 19))) == ()


def naive_decline(told: Told) -> bool:
    """Four weeks back from Friday 20 November, half term left out, session by session."""
    rates = []
    for monday in (date(2026, 10, 19), date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 16)):
        gone = 0
        for number in range(5):
            for code in told.get(monday + timedelta(days=number), ("", "")):
                gone += code == "O"
        rates.append(gone / 10)
    return rates[0] < rates[1] < rates[2] < rates[3]


def naive_broken(told: Told) -> int:
    number = 0
    for monday in ("10-05", "10-12", "10-19", "11-02", "11-09", "11-16"):
        first = date.fromisoformat(f"2026-{monday}")
        absent = [any(told.get(first + timedelta(days=n), ("", ""))) for n in range(5)]
        number += any(absent) and not all(absent)
    return number


ALL_DAYS = OPEN.school_days(FIRST, ON)
HALF = st.sampled_from(["", "", "O"])


@given(st.dictionaries(st.sampled_from(ALL_DAYS[-25:]), st.tuples(HALF, HALF), max_size=25))
def test_weeks_agree_with_a_naive_reckoning(rulebook: Rulebook, told: dict[date, tuple[str, str]]) -> None:
    record = child(rulebook, told)
    assert bool(decline(record)) is naive_decline(told)
    number = naive_broken(told)
    found = broken_weeks(record)
    assert bool(found) is (number >= 3)
    assert not found or f"in {number} of the last 6" in found[0].says
