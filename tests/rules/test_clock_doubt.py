"""When the computer's clock is doubted: before the last entry, long after it in term, and on a day without school."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from desktop_app.rules.calendar import SchoolCalendar
from desktop_app.rules.clock_doubt import CLEARLY, SLACK, Doubt, clock_doubt
from tests.support.schools import CALENDAR

SCHOOL = SchoolCalendar(CALENDAR, "1111100")
FRIDAY = datetime(2026, 11, 20, 8, 50)
SUNDAY = datetime(2026, 11, 22, 8, 50)
MOMENTS = st.datetimes(datetime(2026, 9, 1), datetime(2027, 7, 31))


@pytest.mark.parametrize(
    ("now", "last", "kind", "blocks"),
    [
        (FRIDAY, None, None, False),
        (FRIDAY, datetime(2026, 11, 19, 15, 30), None, False),
        (FRIDAY, datetime(2026, 11, 20, 8, 55), None, False),
        (FRIDAY, datetime(2026, 11, 20, 8, 56), Doubt.BEFORE, False),
        (FRIDAY, datetime(2026, 11, 20, 9, 50), Doubt.BEFORE, False),
        (FRIDAY, datetime(2026, 11, 20, 9, 51), Doubt.BEFORE, True),
        (FRIDAY, datetime(2030, 1, 1, 9, 0), Doubt.BEFORE, True),
        (FRIDAY, datetime(2026, 11, 13, 8, 50), None, False),
        (FRIDAY, datetime(2026, 11, 13, 8, 49), Doubt.AHEAD, True),
        (datetime(2027, 1, 4, 8, 0), datetime(2026, 12, 18, 16, 0), None, False),
        (datetime(2027, 1, 5, 8, 0), datetime(2026, 12, 18, 16, 0), Doubt.AHEAD, True),
        (SUNDAY, None, Doubt.NO_SCHOOL, False),
        (SUNDAY, datetime(2026, 11, 20, 16, 0), Doubt.NO_SCHOOL, False),
        (SUNDAY, datetime(2026, 11, 19, 16, 0), Doubt.NO_SCHOOL, False),
        (SUNDAY, datetime(2026, 11, 18, 16, 0), Doubt.NO_SCHOOL, True),
        (datetime(2026, 10, 28, 8, 50), datetime(2026, 10, 23, 16, 0), Doubt.NO_SCHOOL, False),
        (SUNDAY, datetime(2026, 11, 24, 9, 0), Doubt.BEFORE, True),
    ],
)
def test_what_is_doubted(now: datetime, last: datetime | None, kind: Doubt | None, blocks: bool) -> None:
    found = clock_doubt(now, last, last, SCHOOL)
    assert (found.kind if found else None) is kind
    assert bool(found and found.blocks) is blocks


def test_an_entry_of_today_does_not_hide_that_no_register_was_taken_for_weeks() -> None:
    found = clock_doubt(FRIDAY, FRIDAY, datetime(2026, 10, 1, 9, 0), SCHOOL)
    assert found is not None
    assert found.kind is Doubt.AHEAD


def test_it_is_said_in_a_sentence_with_both_moments() -> None:
    found = clock_doubt(FRIDAY, datetime(2026, 11, 23, 9, 5), None, SCHOOL)
    assert found is not None
    assert "Fri 20 Nov 2026, 08:50" in found.words
    assert "Mon 23 Nov 2026, 09:05" in found.words
    sunday = clock_doubt(SUNDAY, None, None, SCHOOL)
    assert sunday is not None
    assert "Sun 22 Nov 2026 (a Sunday)" in sunday.words


@pytest.mark.parametrize(
    ("said", "doubted"),
    [
        (SUNDAY - timedelta(minutes=5), False),
        (SUNDAY, False),
        (SUNDAY - timedelta(days=1), True),
        (SUNDAY + timedelta(hours=3), True),
    ],
)
def test_what_was_said_holds_for_the_day(said: datetime, doubted: bool) -> None:
    assert (clock_doubt(SUNDAY, None, None, SCHOOL, said) is not None) is doubted


@given(MOMENTS, MOMENTS, MOMENTS)
def test_no_word_of_today_hides_a_clock_before_the_last_entry(now: datetime, last: datetime, said: datetime) -> None:
    found = clock_doubt(now, last, last, SCHOOL, said)
    assert (found is not None and found.kind is Doubt.BEFORE) is (last - now > SLACK)
    if found is not None and found.kind is Doubt.BEFORE:
        assert found.blocks is (last - now > CLEARLY)


@given(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=7)))
def test_within_a_week_only_the_day_itself_is_doubted(last: datetime, later: timedelta) -> None:
    found = clock_doubt(last + later, last, last, SCHOOL)
    assert found is None or found.kind is Doubt.NO_SCHOOL
