"""Targets in sentences that an office would say."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from desktop_app.domain.figures import NO_FIGURES, Figures
from desktop_app.domain.targets import Target
from desktop_app.rules.target_words import state_words, target_line
from desktop_app.rules.targets import state_of

TARGET = Target(Fraction(95), date(2026, 11, 9), date(2026, 12, 18), "Ms Kaya")


def counted(attended: int, possible: int) -> Figures:
    return Figures(possible, attended, 0, possible - attended, 0, 0, {})


def test_everything_that_can_be_said() -> None:
    state = state_of(TARGET, date(2026, 11, 20), counted(80, 100), counted(18, 20), 380, 40)
    assert target_line(state) == "Target 95% · not met, 18 of 20"
    assert state_words(state) == (
        "At least 95% from Mon 9 Nov 2026 to Fri 18 Dec 2026, agreed with Ms Kaya.",
        "Not met so far: 18 of 20 sessions, 90.0%.",
        "That is 10.0 points better than in this school year until then: 2.0 sessions more than at the former rate.",
        "Of the 40 sessions to come 1 may be missed.",
        "One day is 0.53% of this child’s school year.",
    )


@pytest.mark.parametrize(
    ("since", "to_come", "says"),
    [
        (counted(10, 20), 40, "It cannot be met any more, even if none of the 40 sessions to come is missed."),
        (counted(17, 20), 40, "None of the 40 sessions to come may be missed."),
        (counted(100, 100), 4, "It will be met whatever comes of the 4 sessions to come."),
    ],
)
def test_what_may_still_be_missed(since: Figures, to_come: int, says: str) -> None:
    assert says in state_words(state_of(TARGET, date(2026, 11, 20), NO_FIGURES, since, 380, to_come))


def test_of_one_session_nothing_is_said_but_what_may_be_missed() -> None:
    state = state_of(TARGET, date(2026, 11, 9), counted(80, 100), counted(1, 1), 380, 59)
    assert target_line(state) == "Target 95% · too early to say: 1 of 10 sessions"
    assert state_words(state)[1:] == (
        "Too early to say whether it is met: 1 of the 10 possible sessions that takes has been.",
        "Of the 59 sessions to come 3 may be missed.",
        "One day is 0.53% of this child’s school year.",
    )


def test_before_its_first_session_and_after_its_last_day() -> None:
    early = state_of(TARGET, date(2026, 11, 9), counted(80, 100), NO_FIGURES, 380, 60)
    assert target_line(early) == "Target 95% · too early to say: 0 of 10 sessions"
    assert "0 of the 10 possible sessions that takes have been." in " ".join(state_words(early))
    none = state_of(TARGET, date(2027, 1, 5), counted(95, 100), NO_FIGURES, 380, 0)
    assert target_line(none) == "Target 95% · it had no session"
    over = state_of(TARGET, date(2027, 1, 5), counted(95, 100), counted(57, 60), 380, 0)
    assert target_line(over) == "Target 95% · it was met, 57 of 60"
    assert "It was met: 57 of 60 sessions, 95.0%." in state_words(over)
    assert "That is as it was before." in state_words(over)
