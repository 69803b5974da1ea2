"""When a register waits, is taken, and has closed."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from desktop_app.domain.school import Phase, RegisterTimes, School, SchoolType
from desktop_app.domain.sessions import Half, Session
from desktop_app.rules.register import Stage, day_fault, in_future, register_closed, stage, taking_begun, times_fault

SCHOOL = School(
    "Marsh Lane",
    "knowsley",
    SchoolType.MAINTAINED,
    Phase.PRIMARY,
    RegisterTimes(time(8, 45), time(9, 15)),
    RegisterTimes(time(13, 0), time(13, 15)),
)
FRIDAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("half", "now", "expected"),
    [
        (Half.AM, datetime(2026, 11, 19, 23, 59, 59), Stage.FUTURE),
        (Half.AM, datetime(2026, 11, 20, 0, 0), Stage.WAITING),
        (Half.AM, datetime(2026, 11, 20, 8, 44, 59), Stage.WAITING),
        (Half.AM, datetime(2026, 11, 20, 8, 45), Stage.TAKING),
        (Half.AM, datetime(2026, 11, 20, 9, 15), Stage.TAKING),
        (Half.AM, datetime(2026, 11, 20, 9, 15, 59), Stage.TAKING),
        (Half.AM, datetime(2026, 11, 20, 9, 16), Stage.CLOSED),
        (Half.PM, datetime(2026, 11, 20, 9, 16), Stage.WAITING),
        (Half.PM, datetime(2026, 11, 20, 13, 15), Stage.TAKING),
        (Half.PM, datetime(2026, 11, 20, 13, 16), Stage.CLOSED),
        (Half.PM, datetime(2026, 11, 21, 0, 0), Stage.CLOSED),
    ],
)
def test_stages(half: Half, now: datetime, expected: Stage) -> None:
    session = Session(FRIDAY, half)
    assert stage(SCHOOL, session, now) is expected
    assert register_closed(SCHOOL, session, now) is (expected is Stage.CLOSED)
    assert in_future(SCHOOL, session, now) is (expected is Stage.FUTURE)
    assert taking_begun(SCHOOL, session, now) is (expected in (Stage.TAKING, Stage.CLOSED))


@pytest.mark.parametrize(
    ("opens", "closes", "says"),
    [
        (time(8, 45), time(9, 15), None),
        (time(8, 45), time(8, 46), None),
        (time(8, 45), time(9, 16), "at most 30 minutes: close it before 09:16"),
        (time(8, 45), time(8, 45), "cannot close at 08:45"),
        (time(9, 15), time(8, 45), "opened only at 09:15"),
    ],
)
def test_times_of_a_register(opens: time, closes: time, says: str | None) -> None:
    fault = times_fault(RegisterTimes(opens, closes), 30)
    assert fault is None if says is None else says in (fault or "")


def test_the_afternoon_register_comes_after_the_morning_one() -> None:
    morning = RegisterTimes(time(8, 45), time(9, 15))
    assert day_fault(morning, RegisterTimes(time(13, 0), time(13, 15)), 30) is None
    assert "at most 30 minutes" in (day_fault(morning, RegisterTimes(time(13, 0), time(14, 0)), 30) or "")
    swapped = day_fault(RegisterTimes(time(13, 0), time(13, 15)), morning, 30)
    assert swapped == "The afternoon register cannot open at 08:45: the morning’s closes only at 13:15."
