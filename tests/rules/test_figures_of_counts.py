"""Figures against a second, naive reckoning that knows the code table by itself."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from desktop_app.domain.figures import Figures
from desktop_app.domain.rulebook import Rulebook
from desktop_app.rules.bands import band_of, holds
from desktop_app.rules.figures import figures_of, meets, persistent, severe, threshold_words, total

ATTENDED = ["/", "\\", "L", "K", "V", "P", "W", "B", "J"]
AUTHORISED = ["C1", "M", "J1", "S", "C2", "C", "T", "R", "I", "E", "H"]
UNAUTHORISED = ["G", "N", "O", "U"]
OUTSIDE = ["D", "X", "Q", "Y1", "Y2", "Y3", "Y4", "Y5", "Y6", "Y7", "Y", "Z", "#"]
SESSIONS = st.lists(st.sampled_from(ATTENDED * 3 + AUTHORISED + UNAUTHORISED + OUTSIDE), max_size=60)


def of(attended: int, absent: int) -> Figures:
    return Figures(attended + absent, attended, absent, 0, 0, 0, {})


@given(marks=SESSIONS, unmarked=st.integers(0, 9))
def test_figures_are_those_of_a_naive_reckoning(rulebook: Rulebook, marks: list[str], unmarked: int) -> None:
    figures = figures_of(Counter(marks), unmarked, rulebook.codes)
    came = sum(mark in ATTENDED for mark in marks)
    allowed = sum(mark in AUTHORISED for mark in marks)
    not_allowed = sum(mark in UNAUTHORISED for mark in marks)
    assert (figures.attended, figures.authorised, figures.unauthorised) == (came, allowed, not_allowed)
    assert figures.possible == len(marks) - sum(mark in OUTSIDE for mark in marks)
    assert figures.absent == allowed + not_allowed
    assert figures.late == marks.count("L") + marks.count("U")
    assert figures.unmarked == unmarked
    assert sum(figures.codes.values()) == len(marks)
    if figures.possible:
        assert figures.attendance == 100 * Fraction(came, came + allowed + not_allowed)
    else:
        assert figures.attendance is None


@given(pupils=st.lists(SESSIONS, max_size=6))
def test_a_group_is_sum_over_sum(rulebook: Rulebook, pupils: list[list[str]]) -> None:
    parts = [figures_of(Counter(marks), number, rulebook.codes) for number, marks in enumerate(pupils)]
    everything = Counter(mark for marks in pupils for mark in marks)
    assert total(parts) == figures_of(everything, sum(range(len(pupils))), rulebook.codes)


def test_a_code_nobody_knows_is_a_fault_and_not_an_absence(rulebook: Rulebook) -> None:
    with pytest.raises(KeyError):
        figures_of({"A": 1}, 0, rulebook.codes)


@pytest.mark.parametrize(
    ("attended", "absent", "is_persistent", "is_severe"),
    [
        (0, 0, None, None),
        (1, 0, False, False),
        (0, 1, True, True),
        (90, 10, True, False),
        (9004, 996, False, False),  # 90.04 %, which prints as 90.0 %
        (9, 1, True, False),
        (91, 10, False, False),
        (50, 50, True, True),
        (501, 499, True, False),
        (1, 1, True, True),
    ],
)
def test_persistent_and_severe_on_counts(
    rulebook: Rulebook, attended: int, absent: int, is_persistent: bool | None, is_severe: bool | None
) -> None:
    figures = of(attended, absent)
    assert persistent(figures, rulebook) is is_persistent
    assert severe(figures, rulebook) is is_severe


@given(attended=st.integers(0, 500), absent=st.integers(0, 500))
def test_severe_is_persistent_too(rulebook: Rulebook, attended: int, absent: int) -> None:
    figures = of(attended, absent)
    if severe(figures, rulebook):
        assert persistent(figures, rulebook)


@given(attended=st.integers(0, 2000), absent=st.integers(0, 2000))
def test_every_figure_falls_in_exactly_one_band(rulebook: Rulebook, attended: int, absent: int) -> None:
    figures = of(attended, absent)
    for pack in rulebook.packs.values():
        band = band_of(figures, pack.bands)
        if figures.attendance is None:
            assert band is None
            continue
        assert [one for one in pack.bands if holds(one, figures.attendance)] == [band]


@given(attended=st.integers(0, 2000), absent=st.integers(0, 2000))
def test_no_band_says_otherwise_than_persistent_and_severe(rulebook: Rulebook, attended: int, absent: int) -> None:
    figures = of(attended, absent)
    for pack in rulebook.packs.values():
        band = band_of(figures, pack.bands)
        if band is not None:
            assert (band.key == "severe") is severe(figures, rulebook)
            assert (band.shape >= 3) is persistent(figures, rulebook)


def test_a_threshold_is_met_on_whole_numbers_and_told_as_people_say_it(rulebook: Rulebook) -> None:
    assert [threshold_words(one) for one in (rulebook.persistent, rulebook.severe)] == ["10% or more", "50% or more"]
    assert threshold_words(replace(rulebook.persistent, times=8)) == "12.5% or more"
    met = [(absent, possible) for possible in range(41) for absent in range(possible + 1)
           if meets(rulebook.persistent, absent, possible)]  # fmt: skip
    assert met == [
        (absent, possible)
        for possible in range(1, 41)
        for absent in range(possible + 1)
        if Fraction(absent, possible) >= Fraction(1, 10)
    ]
