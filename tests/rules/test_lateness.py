"""L or U from the time a child arrived: registers from 08:45 to 08:55 and from 13:00 to 13:30."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from desktop_app.domain.errors import Refused, StillToCome
from desktop_app.domain.school import Phase, RegisterTimes, School, SchoolType
from desktop_app.domain.sessions import Half, Session
from desktop_app.rules.lateness import default_arrival, late_of

SCHOOL = School(
    "Marsh Lane",
    "knowsley",
    SchoolType.MAINTAINED,
    Phase.PRIMARY,
    RegisterTimes(time(8, 45), time(8, 55)),
    RegisterTimes(time(13, 0), time(13, 30)),
)
AM, PM = Session(date(2026, 11, 20), Half.AM), Session(date(2026, 11, 20), Half.PM)

EVENING = datetime(2026, 11, 20, 18, 0)


@pytest.mark.parametrize(
    ("session", "code", "typed", "found"),
    [
        (AM, "L", "08:50", ("L", 5)),
        (AM, "L", "5", ("L", 5)),
        (AM, "L", "9:10", ("U", 25)),
        (AM, "L", "9.10", ("U", 25)),
        (AM, "L", "910", ("U", 25)),
        (AM, "L", "0910", ("U", 25)),
        (AM, "L", "25", ("U", 25)),
        (AM, "U", "8:50", ("L", 5)),
        (AM, "L", "8:55", ("L", 10)),
        (AM, "L", "8:56", ("U", 11)),
        (AM, "L", "8:45", ("L", None)),
        (AM, "L", "", ("L", None)),
        (AM, "U", "", ("U", None)),
        (AM, "L", "0", ("L", 0)),
        (PM, "L", "13:20", ("L", 20)),
        (PM, "L", "1:20", ("L", 20)),
        (PM, "L", "1:40", ("U", 40)),
    ],
)
def test_the_time_decides(session: Session, code: str, typed: str, found: tuple[str, int | None]) -> None:
    late = late_of(SCHOOL, session, code, typed, EVENING)
    assert (late.code, late.minutes) == found
    assert bool(late.words) is (late.code != code)


def test_the_closing_minute_falls_on_the_side_the_school_says() -> None:
    assert late_of(SCHOOL, AM, "L", "8:55", EVENING, closing_minute_late=False).code == "U"


def test_why_it_is_another_code_is_said() -> None:
    assert late_of(SCHOOL, AM, "L", "9:10", EVENING).words == (
        "U, not L: 09:10 is after the register closed at 08:55. A code for the reason goes first."
    )


@pytest.mark.parametrize(
    ("session", "typed", "words"),
    [
        (AM, "8:40", "before the register opens at 08:45: the child is present"),
        (AM, "12:30", "after the end of the session at 12:00"),
        (AM, "300", "13:45 is after the end of the session"),
        (PM, "12:30", "before the register opens at 13:00"),
        (AM, "9:75", "is not a time"),
        (AM, ":", "is not a time"),
    ],
)
def test_a_time_at_which_nobody_comes_late_is_refused(session: Session, typed: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        late_of(SCHOOL, session, "L", typed, EVENING)


@pytest.mark.parametrize("typed", ["9:40", "55", "12:30"])
def test_a_time_that_has_not_come_yet_is_refused_and_now_is_named(typed: str) -> None:
    with pytest.raises(StillToCome, match="is still to come: it is 08:50 now"):
        late_of(SCHOOL, AM, "L", typed, datetime(2026, 11, 20, 8, 50, 30))


def test_the_present_minute_has_come_and_every_minute_of_a_former_day() -> None:
    assert late_of(SCHOOL, AM, "L", "8:50", datetime(2026, 11, 20, 8, 50)).minutes == 5
    assert late_of(SCHOOL, AM, "L", "9:40", datetime(2026, 11, 21, 8, 50)).code == "U"


@pytest.mark.parametrize(
    ("now", "offered"),
    [
        (datetime(2026, 11, 20, 8, 40), ""),
        (datetime(2026, 11, 20, 8, 45), ""),
        (datetime(2026, 11, 20, 8, 50), "08:50"),
        (datetime(2026, 11, 20, 9, 10), "09:10"),
        (datetime(2026, 11, 20, 12, 0), ""),
        (datetime(2026, 11, 23, 8, 50), ""),
    ],
)
def test_now_is_offered_where_a_child_can_come_late_now(now: datetime, offered: str) -> None:
    assert default_arrival(SCHOOL, AM, now) == offered
