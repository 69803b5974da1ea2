"""Pictures as facts: each value against counting it by hand."""

from __future__ import annotations

from collections import Counter
from datetime import date
from fractions import Fraction

from hypothesis import given, strategies as st

from desktop_app.domain.charts import Milestone
from desktop_app.domain.rulebook import Rulebook
from desktop_app.domain.sessions import HALVES, Half, Session
from desktop_app.rules.habits.record import Step
from desktop_app.rules.pictures import (
    attendance_by_week,
    day_by_day,
    reasons,
    tally,
    weekday_by_half,
    year_calendar,
)
from tests.support.habits import FIRST, ON, OPEN, held_of, missed

CODES = st.sampled_from(["", "I", "O", "X", "L", "V"])
DAYS = OPEN.school_days(FIRST, ON)
TOLD = st.dictionaries(st.sampled_from(DAYS), st.tuples(CODES, CODES))


@given(TOLD, TOLD)
def test_heats_and_lines_against_counting_by_hand(
    rulebook: Rulebook, one: dict[date, tuple[str, str]], other: dict[date, tuple[str, str]]
) -> None:
    held = [*held_of(rulebook, one), *held_of(rulebook, other)]
    tallies = tally(held)
    by_half = weekday_by_half("Halves", tallies)
    for row in range(5):
        for column, half in enumerate(HALVES):
            cell = [each for each in held if each.day.weekday() == row and each.half is half and each.possible]
            gone = sum(each.absent for each in cell)
            assert by_half.values[row][column] == (Fraction(100 * gone, len(cell)) if cell else None)
    heat, line = day_by_day("Weeks", tallies), attendance_by_week("Line", {"4B": tallies})
    assert heat.rows == line.categories
    for number, name in enumerate(heat.rows):
        week = [
            each for each in held if f"{each.day.day - each.day.weekday()}" == name.split()[0] or _of(each.day, name)
        ]
        for row in range(5):
            cell = [each for each in week if each.day.weekday() == row and each.possible]
            gone = sum(each.absent for each in cell)
            assert heat.values[number][row] == (Fraction(100 * gone, len(cell)) if cell else None)


def _of(day: date, name: str) -> bool:
    monday = date.fromordinal(day.toordinal() - day.weekday())
    return name == f"{monday.day} {monday:%b}"


def test_the_line_has_what_was_done_at_its_week(rulebook: Rulebook) -> None:
    """A visit in half term stands at the week after it; one after the last week stands nowhere."""
    tallies = tally(held_of(rulebook, missed("11-16")))
    steps = (
        Step(date(2026, 9, 9), "Letter"),
        Step(date(2026, 10, 28), "Home visit"),
        Step(date(2026, 11, 20), "Meeting"),
        Step(date(2026, 11, 23), "Letter"),
    )
    line = attendance_by_week("Attendance by week", {"Ryan": tallies, "The school": {}}, steps)
    assert line.categories[:2] == ("31 Aug", "7 Sep")
    assert line.weeks[:2] == (date(2026, 8, 31), date(2026, 9, 7))
    assert line.categories[8:] == ("2 Nov", "9 Nov", "16 Nov")
    assert line.series[0].values[-1] == Fraction(80)
    assert [one.ours for one in line.series] == [True, False]
    assert set(line.series[1].values) == {None}
    assert line.milestones == (
        Milestone(1, "Letter, 9 Sep"),
        Milestone(8, "Home visit, 28 Oct"),
        Milestone(10, "Meeting, 20 Nov"),
    )


def test_reasons_are_absences_alone_the_most_first(rulebook: Rulebook) -> None:
    counts = Counter({"/": 90, "I": 4, "O": 6, "M": 4, "X": 3, "L": 2})
    chart = reasons("Reasons", counts, rulebook.codes)
    assert chart.categories[0].startswith("O ")
    assert {name.split()[0] for name in chart.categories} == {"O", "I", "M"}
    assert chart.series[0].values == (6, 4, 4)
    assert reasons("Reasons", {}, rulebook.codes).categories == ()


def test_a_calendar_has_every_weekday(rulebook: Rulebook) -> None:
    told = {date(2026, 11, 16): ("O", "I"), date(2026, 11, 17): ("L", "X"), date(2026, 11, 18): ("V", "")}
    held = held_of(rulebook, told, date(2026, 11, 18))
    opened = frozenset(OPEN.sessions(FIRST, date(2026, 11, 20)))
    chart = year_calendar("The year", FIRST, date(2026, 11, 22), held, opened)
    by_day = {one.day: one for one in chart.days}
    assert all(day.weekday() < 5 for day in by_day)
    assert (by_day[date(2026, 11, 16)].am, by_day[date(2026, 11, 16)].pm) == ("unauthorised", "authorised")
    assert (by_day[date(2026, 11, 17)].am, by_day[date(2026, 11, 17)].pm_code) == ("late", "X")
    assert by_day[date(2026, 11, 17)].pm == "not-counted"
    assert (by_day[date(2026, 11, 18)].am, by_day[date(2026, 11, 18)].pm) == ("present", "present")
    assert (by_day[date(2026, 11, 19)].am, by_day[date(2026, 10, 28)].am) == ("blank", "closed")
    assert Session(date(2026, 10, 28), Half.AM) not in opened


def test_nothing_to_draw() -> None:
    assert day_by_day("Weeks", {}).rows == ()
    assert weekday_by_half("Halves", {}).values == ()
    assert attendance_by_week("Line", {"4B": {}}).categories == ()
