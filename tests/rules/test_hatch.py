"""Lunt's Heath's own times: taken at 08:45, closed at 08:55; the reason before the code; nobody picked from two."""

from __future__ import annotations

from datetime import date, time

import pytest

from desktop_app.domain.people import Pupil
from desktop_app.domain.school import Phase, RegisterTimes, School, SchoolType
from desktop_app.domain.sessions import Half, Session
from desktop_app.rules.hatch import REASONS, arrival, matching, same_name

SCHOOL = School(
    "Marsh Lane", "england", SchoolType.MAINTAINED, Phase.PRIMARY,
    RegisterTimes(time(8, 45), time(8, 55)), RegisterTimes(time(13, 15), time(13, 30)),
    am_ends=time(12), pm_ends=time(15, 15),
)  # fmt: skip
AM, PM = Session(date(2026, 11, 20), Half.AM), Session(date(2026, 11, 20), Half.PM)
OVERSLEPT, DOCTOR, ILL, TRANSPORT = REASONS[:4]


@pytest.mark.parametrize(("session", "at", "reason", "code", "minutes"), [
    (AM, time(8, 44), OVERSLEPT, "", None),
    (AM, time(8, 45), OVERSLEPT, "L", 1),
    (AM, time(8, 50), OVERSLEPT, "L", 5),
    (AM, time(8, 55), OVERSLEPT, "L", 10),
    (AM, time(8, 56), OVERSLEPT, "U", 11),
    (AM, time(9, 10), OVERSLEPT, "U", 25),
    (AM, time(9, 10), DOCTOR, "M", None),
    (AM, time(8, 50), DOCTOR, "L", 5),
    (AM, time(9, 10), ILL, "I", None),
    (AM, time(9, 10), TRANSPORT, "Y1", None),
    (AM, time(12, 0), OVERSLEPT, "", None),
    (AM, time(12, 0), DOCTOR, "M", None),
    (PM, time(13, 30), OVERSLEPT, "L", 15),
    (PM, time(13, 31), OVERSLEPT, "U", 16),
    (PM, time(15, 15), OVERSLEPT, "", None),
])  # fmt: skip
def test_a_late_arrival(session: Session, at: time, reason, code: str, minutes: int | None) -> None:
    found = arrival(SCHOOL, session, at, reason, closing_minute_late=True)
    assert (found.code, found.minutes) == (code, minutes)
    assert bool(found.why) == (code == "")


def test_the_closing_minute_falls_on_the_side_the_school_says() -> None:
    assert arrival(SCHOOL, AM, time(8, 55), OVERSLEPT, closing_minute_late=False).code == "U"
    assert arrival(SCHOOL, AM, time(8, 54), OVERSLEPT, closing_minute_late=False).code == "L"


def child(number: int, surname: str, forename: str, **more: str) -> Pupil:
    return Pupil(number, surname, forename, date(2018, 2, 14), date(2022, 9, 5), **more)


CHILDREN = (
    child(1, "Smith", "Jayden"), child(2, "Smithson", "Jayden"), child(3, "Łęcki", "Çağla", used_forename="Cal"),
    child(4, "O’Brien", "Saoirse"), child(5, "Smith-Jones", "Ivy"),
)  # fmt: skip


@pytest.mark.parametrize(("typed", "found"), [
    ("ja", []),
    ("jay", [1, 2]),
    ("jay smithson", [2]),
    ("smi jay", [1, 2]),
    ("lec", [3]),
    ("cag", [3]),
    ("cal", [3]),
    ("bri", [4]),
    ("o'br", [4]),
    ("jon", [5]),
    ("xyz", []),
])  # fmt: skip
def test_a_child_is_found_by_what_its_names_begin_with(typed: str, found: list[int]) -> None:
    assert [one.id for one in matching(CHILDREN, typed)] == found


def test_the_same_name_in_another_dress() -> None:
    assert same_name("Łucja  Bielak", "lucja bielak")
    assert not same_name("Łucja Bielak", "Lucja Bielakowa")
