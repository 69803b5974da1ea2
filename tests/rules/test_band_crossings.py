"""Both sides of each edge of a crossing, on counts."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from desktop_app.domain.figures import Figures
from desktop_app.domain.rulebook import Rulebook
from desktop_app.rules.crossings import crossed, end_of_last_week, is_better, too_early


def counted(attended: int, possible: int) -> Figures:
    return Figures(possible, attended, possible - attended, 0, 0, 0, {})


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ((38, 40), (38, 41), ("good", "monitor")),  # exactly 95 % is good
        ((38, 40), (57, 60), None),
        ((37, 40), (37, 41), None),
        ((91, 100), (91, 101), None),  # 90.099 %
        ((91, 101), (91, 102), ("monitor", "persistent")),  # 89.2 %
        ((90, 100), (91, 101), ("persistent", "monitor")),  # exactly 90 % is persistent
        ((90, 100), (90, 100), None),
        ((50, 100), (51, 101), ("severe", "serious")),  # exactly 50 % is severe
        ((39, 39), (30, 60), None),  # 39 sessions: too early
        ((40, 40), (40, 60), ("good", "serious")),
    ],
)
def test_a_band_is_crossed_on_counts(
    rulebook: Rulebook, before: tuple[int, int], after: tuple[int, int], expected: tuple[str, str] | None
) -> None:
    bands = rulebook.packs["knowsley"].bands
    found = crossed(counted(*before), counted(*after), bands, 40)
    assert (found and (found[0].key, found[1].key)) == expected


def test_too_early_is_below_the_number_and_never_at_it() -> None:
    assert [too_early(counted(n, n), 40) for n in (0, 39, 40, 41)] == [True, True, False, False]
    assert too_early(counted(0, 0), 0)


@given(st.integers(0, 400), st.integers(0, 400), st.integers(0, 60), st.integers(0, 60))
def test_down_is_down(rulebook: Rulebook, came: int, missed: int, more_came: int, more_missed: int) -> None:
    bands = rulebook.packs["sefton"].bands
    found = crossed(
        counted(came, came + missed), counted(came + more_came, came + missed + more_came + more_missed), bands, 1
    )
    if found is None:
        return
    before = Fraction(came, came + missed)
    after = Fraction(came + more_came, came + missed + more_came + more_missed)
    assert is_better(*found, bands) is (after > before)
    assert more_missed > 0 or is_better(*found, bands)


@pytest.mark.parametrize(
    ("today", "friday"),
    [
        (date(2026, 11, 16), date(2026, 11, 13)),
        (date(2026, 11, 20), date(2026, 11, 13)),
        (date(2026, 11, 21), date(2026, 11, 13)),
        (date(2026, 11, 22), date(2026, 11, 13)),
        (date(2026, 11, 23), date(2026, 11, 20)),
    ],
)
def test_last_week_ended_on_a_friday(today: date, friday: date) -> None:
    assert end_of_last_week(today) == friday


def test_the_number_of_sessions_is_in_the_rulebook(rulebook: Rulebook) -> None:
    assert rulebook.too_early.value == 40
    assert rulebook.too_early.source
