"""The governors’ report by day and by moment: a half term is in it once its last session was over, and never before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from desktop_app.actions.reports.governors import governors
from desktop_app.actions.reports.making import REPORTS, make_report
from desktop_app.actions.reports.spec import Asked
from desktop_app.context import Context, as_aware
from desktop_app.domain.errors import Refused
from tests.support.clock import StillClock
from tests.support.schools import make_school

LAST = date(2026, 10, 23)
"""The Friday on which the first half of the autumn term ends."""
SATURDAY = date(2026, 10, 24)


@pytest.fixture
def since_summer(tmp_path: Path, house, rulebook, clock: StillClock) -> Iterator[Context]:
    """A school whose book was begun before the school year."""
    clock.set(2026, 8, 25, 9, 0)
    context = make_school(house, tmp_path / "school.rollbook", rulebook, clock)
    clock.set(2026, 11, 26, 9, 0)
    yield context
    context.store.close()


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        ((2026, 10, 9, 23, 59), False),
        ((2026, 10, 16, 16, 0), False),
        ((2026, 10, 23, 9, 0), False),
        ((2026, 10, 23, 17, 0), True),
        ((2026, 10, 24, 12, 0), True),
        ((2026, 11, 26, 9, 0), True),
    ],
)
def test_two_moments_in_one_half_term_cannot_be_taken_from_one_another(
    moment: tuple[int, int, int, int, int], told: bool, since_summer: Context
) -> None:
    """The later day that is asked for brings no half term in that was not over by the moment that is read."""
    report = make_report(since_summer, "governors", Asked(SATURDAY, as_at=as_aware(datetime(*moment))))
    assert report.subtitle.startswith("Autumn 1 of 2026/27") is told
    assert ("No half term of these days is over yet" in repr(report)) is not told


def test_the_last_afternoon_itself_must_be_over(since_summer: Context, clock: StillClock) -> None:
    clock.set(2026, 10, 23, 11, 0)
    assert not make_report(since_summer, "governors", Asked(LAST)).subtitle.startswith("Autumn 1")
    clock.set(2026, 10, 23, 17, 0)
    assert make_report(since_summer, "governors", Asked(LAST)).subtitle.startswith("Autumn 1")


def test_a_half_term_that_runs_is_not_told_by_asking_for_a_day_after_it(since_summer: Context) -> None:
    now = governors(since_summer, Asked(date(2026, 11, 26)))
    assert governors(since_summer, Asked(date(2027, 3, 1))).subtitle == now.subtitle


@pytest.mark.parametrize("key", [one.key for one in REPORTS])
def test_no_report_is_made_of_a_day_still_to_come(key: str, since_summer: Context) -> None:
    with pytest.raises(Refused, match="Fri 27 Nov 2026 is still to come"):
        make_report(since_summer, key, Asked(date(2026, 11, 27)))
