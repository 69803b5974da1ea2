"""When something is due, by the school's calendar: by table, and never outside term."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from desktop_app.domain.cases import Pause
from desktop_app.domain.casework import Interval, Unit
from desktop_app.domain.entries import EntryKind
from desktop_app.rules.calendar import SchoolCalendar
from desktop_app.rules.casework.rhythm import rhythm_of
from tests.rules.casework.test_fold import entry
from tests.support.schools import CALENDAR

RHYTHM = rhythm_of(CALENDAR, SchoolCalendar(CALENDAR, "1111100"))


def of(number: int, unit: Unit) -> Interval:
    return Interval(number, unit, "handbook")


@pytest.mark.parametrize(
    ("start", "interval", "due"),
    [
        # Calendar weeks, as the Knowsley pack says; a review in a holiday is due the last school day before.
        (date(2026, 9, 14), of(3, Unit.WEEKS), date(2026, 10, 5)),
        (date(2026, 10, 5), of(3, Unit.WEEKS), date(2026, 10, 23)),
        (date(2026, 12, 18), of(1, Unit.WEEKS), date(2026, 12, 18)),
        (date(2026, 12, 7), of(6, Unit.WEEKS), date(2027, 1, 18)),
        (date(2026, 10, 2), of(1, Unit.DAYS), date(2026, 10, 2)),
        (date(2026, 10, 2), of(3, Unit.DAYS), date(2026, 10, 5)),
        (date(2026, 10, 22), of(5, Unit.SCHOOL_DAYS), date(2026, 11, 5)),
        (date(2026, 10, 20), of(1, Unit.SCHOOL_WEEKS), date(2026, 11, 3)),
        (date(2026, 10, 20), of(2, Unit.SCHOOL_WEEKS), date(2026, 11, 10)),
        (date(2026, 10, 30), of(1, Unit.MONTHS), date(2026, 11, 30)),
        (date(2027, 1, 29), of(1, Unit.MONTHS), date(2027, 2, 26)),
        (date(2026, 9, 30), of(1, Unit.MONTHS), date(2026, 10, 23)),
        # The same school week and weekday of the next half term; its last day where that is shorter.
        (date(2026, 9, 8), of(1, Unit.HALF_TERMS), date(2026, 11, 10)),
        (date(2026, 10, 20), of(1, Unit.HALF_TERMS), date(2026, 12, 18)),
        (date(2026, 11, 16), of(1, Unit.HALF_TERMS), date(2027, 1, 18)),
        (date(2026, 9, 8), of(1, Unit.TERMS), date(2027, 1, 12)),
        # Opened in a holiday: nothing is due before it began.
        (date(2026, 10, 26), of(3, Unit.DAYS), date(2026, 11, 2)),
        # Beyond the calendar that is known: its last day, never later.
        (date(2027, 7, 12), of(6, Unit.WEEKS), date(2027, 7, 21)),
        (date(2027, 7, 12), of(1, Unit.HALF_TERMS), date(2027, 7, 21)),
    ],
)
def test_days_by_the_calendar(start: date, interval: Interval, due: date) -> None:
    assert RHYTHM.due(start, interval) == due


def test_days_of_a_pause_do_not_count() -> None:
    paused = entry(2, EntryKind.CASE_PAUSED, datetime(2026, 9, 21, 9, 0))
    pause = Pause(paused, "Bereavement", date(2026, 9, 21), date(2026, 10, 5), date(2026, 9, 28))
    assert RHYTHM.due(date(2026, 9, 14), of(3, Unit.WEEKS), [pause]) == date(2026, 10, 12)
    before = Pause(paused, "Bereavement", date(2026, 9, 1), date(2026, 9, 20), date(2026, 9, 16))
    assert RHYTHM.due(date(2026, 9, 14), of(3, Unit.WEEKS), [before]) == date(2026, 10, 7)


@given(st.dates(date(2026, 8, 20), date(2027, 7, 21)), st.integers(1, 12), st.sampled_from(Unit))
def test_a_due_day_is_a_school_day_and_never_after_the_day_itself(start: date, number: int, unit: Unit) -> None:
    interval = of(number, unit)
    due, raw = RHYTHM.due(start, interval), RHYTHM.raw(start, interval)
    assert due in RHYTHM.days
    assert due >= start
    if RHYTHM.calendar.school_days(start, raw):
        assert due <= raw
        assert not RHYTHM.calendar.school_days(due + timedelta(days=1), raw)


@given(st.dates(date(2026, 9, 2), date(2027, 7, 1)), st.integers(1, 8), st.sampled_from(Unit))
def test_more_of_a_unit_is_never_sooner(start: date, number: int, unit: Unit) -> None:
    assert RHYTHM.due(start, of(number, unit)) <= RHYTHM.due(start, of(number + 1, unit))


def test_without_a_calendar_the_day_itself() -> None:
    bare = rhythm_of((), SchoolCalendar((), "1111100"))
    for unit in Unit:
        assert bare.due(date(2026, 9, 14), of(1, unit)) > date(2026, 9, 14)
