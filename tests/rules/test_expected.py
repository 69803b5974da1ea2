"""Which sessions are expected of a pupil, against a naive reckoning and in the words of each refusal."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from desktop_app.domain.marks import Mark
from desktop_app.domain.people import Membership, Pattern, Pupil
from desktop_app.domain.school import Period, PeriodKind
from desktop_app.domain.sessions import HALVES, Half, Session
from desktop_app.rules.calendar import SchoolCalendar
from desktop_app.rules.expected import (
    due_marks,
    due_sessions,
    expected_count,
    expected_sessions,
    membership_on,
    why_not,
)

AM, PM = Half.AM, Half.PM
CALENDAR = SchoolCalendar(
    [
        Period(1, PeriodKind.TERM, "autumn", date(2026, 9, 2), date(2026, 12, 18)),
        Period(2, PeriodKind.HOLIDAY, "half term", date(2026, 10, 26), date(2026, 10, 30)),
        Period(3, PeriodKind.CLOSURE, "boiler", date(2026, 11, 3), date(2026, 11, 3), None, (), ("4B",)),
    ],
    "1111100",
)


def pupil(starts: date = date(2026, 9, 2), leaves: date | None = None) -> Pupil:
    return Pupil(1, "Doyle", "Ryan", date(2018, 2, 14), starts, leaving_day=leaves)


IN_4B = Membership(1, 1, "4B", "4", date(2026, 9, 2))
MORNINGS = Pattern(2, 1, "part-time", "1010101010", date(2026, 11, 9), date(2026, 11, 20))


@pytest.mark.parametrize(
    ("day", "half", "words"),
    [
        (date(2026, 9, 9), AM, "before the starting day, Thu 10 Sep 2026"),
        (date(2026, 9, 10), AM, None),
        (date(2026, 12, 4), PM, None),
        (date(2026, 12, 7), AM, "after leaving on Fri 4 Dec 2026"),
        (date(2026, 10, 28), AM, "half term"),
        (date(2026, 11, 3), AM, "boiler"),
        (date(2026, 11, 7), AM, "a Saturday"),
        (date(2026, 11, 10), AM, None),
        (date(2026, 11, 10), PM, "not expected then (part-time pattern)"),
        (date(2026, 11, 23), PM, None),
    ],
)
def test_why_a_session_is_not_expected(day: date, half: Half, words: str | None) -> None:
    child = pupil(date(2026, 9, 10), date(2026, 12, 4))
    assert why_not(child, [IN_4B], [MORNINGS], CALENDAR, Session(day, half)) == words


def test_without_patterns_a_mark_may_stand_outside_the_timetable() -> None:
    assert why_not(pupil(), [IN_4B], [], CALENDAR, Session(date(2026, 11, 10), PM)) is None


def test_of_two_classes_the_later_counts() -> None:
    moved = Membership(2, 1, "4A", "4", date(2026, 11, 2))
    assert membership_on([moved, IN_4B], date(2026, 10, 30)) == IN_4B
    assert membership_on([moved, IN_4B], date(2026, 11, 2)) == moved
    assert membership_on([moved], date(2026, 9, 2)) is None
    assert why_not(pupil(), [IN_4B, moved], [], CALENDAR, Session(date(2026, 11, 3), AM)) is None


def test_of_two_patterns_the_later_counts() -> None:
    full = Pattern(1, 1, "full-time", "1111111111", date(2026, 11, 16))
    assert why_not(pupil(), [IN_4B], [MORNINGS, full], CALENDAR, Session(date(2026, 11, 13), PM)) is not None
    assert why_not(pupil(), [IN_4B], [MORNINGS, full], CALENDAR, Session(date(2026, 11, 16), PM)) is None


@given(st.integers(-20, 60), st.integers(0, 120), st.integers(-10, 100), st.booleans())
def test_the_marks_that_stand_are_those_on_the_sessions_due(starts: int, stays: int, moves: int, leaves: bool) -> None:
    begin = date(2026, 9, 2)
    start = begin + timedelta(days=starts)
    child = pupil(start, start + timedelta(days=stays) if leaves else None)
    moved = Membership(2, 1, "4A", "4", begin + timedelta(days=moves))
    days = [begin + timedelta(days=number) for number in range(-30, 130)]
    marks = [Mark(1, day, half, "/", None, "") for day in days for half in HALVES]
    due = set(due_sessions(child, [IN_4B, moved], CALENDAR, days[0], days[-1]))
    wanted = [mark for mark in marks if Session(mark.day, mark.half) in due]
    assert due_marks(child, [IN_4B, moved], CALENDAR, marks) == wanted
    assert due_marks(child, [IN_4B, moved], CALENDAR, []) == []


def test_a_saturday_school_is_outside_every_pattern() -> None:
    saturdays = SchoolCalendar([Period(1, PeriodKind.TERM, "", date(2026, 9, 2), date(2026, 12, 18))], "1111110")
    assert why_not(pupil(), [IN_4B], [MORNINGS], saturdays, Session(date(2026, 11, 14), PM)) is None


FIRST = date(2026, 10, 12)
BROKEN = SchoolCalendar(
    [
        Period(1, PeriodKind.TERM, "autumn", date(2026, 9, 2), date(2026, 12, 18)),
        *(
            Period(2, PeriodKind.CLOSURE, "trip", day, day, None, (), ("4A",) if number % 2 else ("4B",))
            for number, day in enumerate(FIRST + timedelta(days=n) for n in range(50))
        ),
    ],
    "1111100",
)
"""A calendar in which the two classes meet on different days, so that the class of the day decides every session."""
DAYS = st.integers(0, 45).map(lambda n: FIRST + timedelta(days=n))
MEMBERSHIPS = st.lists(
    st.builds(
        lambda a, b, name, number: Membership(number, 1, name, "4", min(a, b), max(a, b)),
        DAYS,
        DAYS,
        st.sampled_from(["4A", "4B"]),
        st.integers(1, 9),
    ),
    max_size=3,
    unique_by=lambda member: member.id,
)
PATTERNS = st.lists(
    st.builds(
        lambda a, b, mask, number: Pattern(number, 1, "part-time", mask, min(a, b), max(a, b)),
        DAYS,
        DAYS,
        st.text("01", min_size=10, max_size=10),
        st.integers(1, 9),
    ),
    max_size=2,
    unique_by=lambda pattern: pattern.id,
)


@given(
    child=st.builds(lambda a, b: pupil(min(a, b), max(a, b)), DAYS, DAYS) | DAYS.map(pupil),
    memberships=MEMBERSHIPS,
    patterns=PATTERNS,
    ends=st.tuples(DAYS, DAYS),
)
def test_expected_sessions_are_those_with_no_reason_against_them(
    child: Pupil, memberships: list[Membership], patterns: list[Pattern], ends: tuple[date, date]
) -> None:
    first, last = min(ends), max(ends)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    every = [Session(day, half) for day in days for half in HALVES]
    naive = [s for s in every if why_not(child, memberships, patterns, BROKEN, s) is None]
    assert list(expected_sessions(child, memberships, patterns, BROKEN, first, last)) == naive
    assert expected_count(child, memberships, patterns, BROKEN, first, last) == len(naive)
