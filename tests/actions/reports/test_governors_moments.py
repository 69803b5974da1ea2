"""The governors’ report by day and by moment: a half term is in it once its last session was over, and never before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

import pytest

from desktop_app.actions.comparison import compare
from desktop_app.actions.reports.governors import governors
from desktop_app.actions.reports.making import REPORTS, make_report
from desktop_app.actions.reports.spec import Asked
from desktop_app.context import Context, as_aware
from desktop_app.domain.errors import Refused
from desktop_app.domain.marks import NewMark
from desktop_app.domain.people import Membership, Pupil
from desktop_app.domain.sessions import HALVES, Half
from desktop_app.rules.suppression import rounded
from tests.support.clock import StillClock
from tests.support.report_text import tables_of
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


@pytest.mark.parametrize(("gone", "told"), [(3, False), (11, True), (0, True)])
def test_the_comparable_absence_is_told_also_where_the_rates_would_give_the_youngest_away(
    gone: int, told: bool, since_summer: Context, clock: StillClock
) -> None:
    """Twelve in Reception are too young for the DfE: of those `gone` the persistently absent are the difference."""
    clock.set(2026, 12, 18, 17, 0)
    born = [date(2018, 2, 14)] * 30 + [date(2022, 6, 1)] * 12
    with since_summer.store.writing(since_summer.deed("set up")) as writing:
        ids = writing.book.put_many(
            Pupil(0, f"Surname{n}", f"Forename{n}", day, date(2026, 9, 1)) for n, day in enumerate(born)
        )
        years = ["4"] * 30 + ["R"] * 12
        writing.book.put_many(
            Membership(0, one, "4B", year, date(2026, 9, 1)) for one, year in zip(ids, years, strict=True)
        )
        away = {*ids[:14], *ids[30 : 30 + gone]}
        writing.marks.add(
            NewMark(one, day, half, "I" if one in away and day.day == 9 else "/" if half is Half.AM else "\\")
            for one in ids
            for day in (date(2026, 11, day) for day in (9, 10, 11, 12, 13))
            for half in HALVES
        )
    on = date(2026, 12, 18)
    tables = tables_of(make_report(since_summer, "governors", Asked(on)))
    beside = next(one for one in tables if one.title.startswith("Beside"))
    ours = compare(since_summer, on, comparable=True)
    assert beside.rows[0][1] == rounded(ours.absence)
    assert (ours.persistent_pupils, ours.absence) != (14 + gone, compare(since_summer, on, comparable=False).absence)
    assert beside.rows[0][2:] == ((rounded(ours.persistent), Fraction(0)) if told else ("not told", "not told"))
    assert "would give so few away" in beside.note or told
