"""Late by the school's own times, those of one policy: taken 08:45, closed 08:55; afternoon closed 13:30."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given, strategies as st

from desktop_app.domain.school import Phase, RegisterTimes, School, SchoolType
from desktop_app.domain.sessions import Half, Session
from desktop_app.rules.register import arrival_code, ends_fault

SCHOOL = School(
    "Marsh Lane",
    "knowsley",
    SchoolType.MAINTAINED,
    Phase.PRIMARY,
    RegisterTimes(time(8, 45), time(8, 55)),
    RegisterTimes(time(13, 15), time(13, 30)),
)
DAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("half", "at", "minute_late", "minute_absent"),
    [
        (Half.AM, time(8, 44, 59), None, None),
        (Half.AM, time(8, 45), "L", "L"),
        (Half.AM, time(8, 50), "L", "L"),
        (Half.AM, time(8, 54, 59), "L", "L"),
        (Half.AM, time(8, 55), "L", "U"),
        (Half.AM, time(8, 55, 59), "L", "U"),
        (Half.AM, time(8, 56), "U", "U"),
        (Half.AM, time(9, 10), "U", "U"),
        (Half.AM, time(11, 59), "U", "U"),
        (Half.AM, time(12, 0), None, None),
        (Half.PM, time(13, 14), None, None),
        (Half.PM, time(13, 29), "L", "L"),
        (Half.PM, time(13, 30), "L", "U"),
        (Half.PM, time(13, 31), "U", "U"),
        (Half.PM, time(15, 29), "U", "U"),
        (Half.PM, time(15, 30), None, None),
    ],
)
def test_the_policy_s_own_times(half: Half, at: time, minute_late: str | None, minute_absent: str | None) -> None:
    session = Session(DAY, half)
    assert arrival_code(SCHOOL, session, at) == minute_late
    assert arrival_code(SCHOOL, session, at, closing_minute_late=False) == minute_absent


@given(st.times(), st.sampled_from(list(Half)), st.booleans())
def test_l_then_u_then_neither_and_never_back(at: time, half: Half, minute_late: bool) -> None:
    """Through a day the code goes from nothing to L, to U, to nothing; the setting moves only the closing minute."""
    session, times = Session(DAY, half), SCHOOL.times(half)
    code = arrival_code(SCHOOL, session, at, closing_minute_late=minute_late)
    minute = at.replace(second=0, microsecond=0)
    assert (code is None) is (minute < times.opens or minute >= SCHOOL.ends(half))
    if minute != times.closes:
        assert code == arrival_code(SCHOOL, session, at, closing_minute_late=not minute_late)
    if code == "L":
        assert minute <= times.closes
    if code == "U":
        assert minute >= times.closes


@pytest.mark.parametrize(
    ("am_ends", "pm_ends", "says"),
    [
        (None, None, None),
        (time(12, 15), time(15, 15), None),
        (time(8, 55), None, "The morning cannot end at 08:55"),
        (time(13, 16), None, "the afternoon register opens at 13:15"),
        (None, time(13, 30), "The afternoon cannot end at 13:30"),
    ],
)
def test_the_ends_of_sessions(am_ends: time | None, pm_ends: time | None, says: str | None) -> None:
    fault = ends_fault(replace(SCHOOL, am_ends=am_ends, pm_ends=pm_ends))
    assert fault is None if says is None else says in (fault or "")
