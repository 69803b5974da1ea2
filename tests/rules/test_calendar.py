"""The calendar against a second, naive reckoning, and the words in which it refuses."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from desktop_app.domain.school import Period, PeriodKind
from desktop_app.domain.sessions import HALVES, Half, Session
from desktop_app.rules.calendar import SchoolCalendar, SchoolWeek

AM, PM = Half.AM, Half.PM
TERM, HOLIDAY, INSET, CLOSURE, SITE_CLOSED, PART_CLOSED = PeriodKind
WEEK = "1111100"


def period(kind: PeriodKind, start: date, end: date, name: str = "", **narrowed) -> Period:
    return Period(0, kind, name, start, end, **narrowed)


PERIODS = (
    period(TERM, date(2026, 9, 2), date(2026, 12, 18), "autumn term"),
    period(TERM, date(2027, 1, 4), date(2027, 3, 25), "spring term"),
    period(HOLIDAY, date(2026, 10, 26), date(2026, 10, 30), "half term"),
    period(INSET, date(2026, 9, 2), date(2026, 9, 2), "Safeguarding"),
    period(INSET, date(2026, 11, 6), date(2026, 11, 6)),
    period(CLOSURE, date(2026, 12, 18), date(2026, 12, 18), "Closes at noon", half=PM),
    period(CLOSURE, date(2026, 11, 20), date(2026, 11, 20), "Polling", classes=("4B",)),
    period(HOLIDAY, date(2026, 9, 3), date(2026, 9, 4), "staggered start", years=("R", "N1")),
)
CALENDAR = SchoolCalendar(PERIODS, WEEK)


@pytest.mark.parametrize(
    ("day", "half", "words"),
    [
        (date(2026, 9, 1), AM, "outside every term"),
        (date(2026, 9, 2), AM, "INSET day: Safeguarding"),
        (date(2026, 9, 3), AM, None),
        (date(2026, 9, 5), AM, "a Saturday"),
        (date(2026, 9, 6), PM, "a Sunday"),
        (date(2026, 10, 26), AM, "half term"),
        (date(2026, 10, 30), PM, "half term"),
        (date(2026, 11, 2), AM, None),
        (date(2026, 11, 6), AM, "an INSET day"),
        (date(2026, 12, 18), AM, None),
        (date(2026, 12, 18), PM, "Closes at noon"),
        (date(2026, 12, 21), AM, "outside every term"),
        (date(1900, 1, 1), AM, "outside every term"),
    ],
)
def test_why_the_school_is_closed(day: date, half: Half, words: str | None) -> None:
    assert CALENDAR.closed(Session(day, half)) == words


def test_a_closure_for_one_class_closes_that_class_alone() -> None:
    session = Session(date(2026, 11, 20), AM)
    assert CALENDAR.closed(session, "4B", "4") == "Polling"
    assert CALENDAR.closed(session, "4b", "4") == "Polling"
    assert CALENDAR.closed(session, "4A", "4") is None
    assert CALENDAR.closed(session) is None


def test_a_holiday_for_one_year_group_closes_that_year_alone() -> None:
    session = Session(date(2026, 9, 3), AM)
    assert CALENDAR.closed(session, "Ash", "R") == "staggered start"
    assert CALENDAR.closed(session, "Oak", "1") is None


def test_a_term_for_one_year_group_opens_the_school_for_it_alone() -> None:
    nursery = SchoolCalendar([period(TERM, date(2026, 9, 7), date(2026, 9, 11), "nursery", years=("N1",))], WEEK)
    session = Session(date(2026, 9, 7), AM)
    assert nursery.closed(session, "Seeds", "N1") is None
    assert nursery.closed(session, "Oak", "1") == "outside every term"
    assert nursery.closed(session) is None


def test_a_calendar_of_nothing_is_never_open() -> None:
    empty = SchoolCalendar([], WEEK)
    assert empty.sessions(date(2026, 1, 1), date(2026, 12, 31)) == ()
    assert empty.closed(Session(date(2026, 11, 20), AM)) == "outside every term"
    assert empty.school_weeks(date(2026, 11, 20), 10) == ()


def test_a_range_that_ends_before_it_begins_has_no_sessions() -> None:
    assert CALENDAR.sessions(date(2026, 11, 20), date(2026, 11, 9)) == ()
    assert CALENDAR.count(date(2026, 11, 20), date(2026, 11, 9)) == 0


def test_a_school_may_meet_on_other_days() -> None:
    sunday_school = SchoolCalendar(PERIODS, "1111001")
    assert sunday_school.closed(Session(date(2026, 11, 15), AM)) is None
    assert sunday_school.closed(Session(date(2026, 11, 13), AM)) == "a Friday"


@pytest.mark.parametrize("day", [date(2026, 11, 16) + timedelta(days=n) for n in range(7)])
def test_the_monday_of_a_week(day: date) -> None:
    assert SchoolCalendar.monday(day) == date(2026, 11, 16)


@pytest.mark.parametrize(
    ("last", "weeks", "first"),
    [
        (date(2026, 11, 20), 1, date(2026, 11, 16)),
        (date(2026, 11, 22), 2, date(2026, 11, 9)),
        (date(2026, 11, 6), 2, date(2026, 10, 19)),  # half term is no school week
        (date(2026, 11, 20), 10, date(2026, 9, 7)),
        (date(2027, 1, 4), 3, date(2026, 12, 7)),  # over Christmas
        (date(2026, 12, 28), 1, date(2026, 12, 14)),  # in a holiday: the last school week before
        (date(2026, 9, 3), 10, date(2026, 8, 31)),  # the week of two days is one; before it there is none
    ],
)
def test_windows_of_school_weeks(last: date, weeks: int, first: date) -> None:
    assert CALENDAR.school_weeks(last, weeks)[0] == first


def test_there_are_no_more_school_weeks_than_the_calendar_has() -> None:
    assert CALENDAR.school_weeks(date(2026, 9, 20), 10) == (date(2026, 8, 31), date(2026, 9, 7), date(2026, 9, 14))
    assert CALENDAR.school_weeks(date(2010, 6, 28), 10) == ()


def test_a_school_week_has_come_once_its_first_session_has() -> None:
    first = SchoolWeek(date(2026, 8, 31), date(2026, 9, 3))
    assert CALENDAR.weeks_until(date(2026, 9, 2)) == ()
    assert CALENDAR.weeks_until(date(2026, 9, 3)) == (first,)
    assert CALENDAR.weeks_until(date(2026, 9, 8)) == (first, SchoolWeek(date(2026, 9, 7), date(2026, 9, 7)))


def test_school_days() -> None:
    assert CALENDAR.school_days(date(2026, 10, 22), date(2026, 11, 3)) == (
        date(2026, 10, 22),
        date(2026, 10, 23),
        date(2026, 11, 2),
        date(2026, 11, 3),
    )


FIRST = date(2026, 8, 24)
DAYS = st.integers(0, 120).map(lambda n: FIRST + timedelta(days=n))
NAMES = st.lists(st.sampled_from(["4A", "4B", "R", "4"]), max_size=2).map(tuple)
PERIOD = st.builds(
    lambda kind, a, b, half, years, classes: Period(0, kind, "x", min(a, b), max(a, b), half, years, classes),
    st.sampled_from(PeriodKind),
    DAYS,
    DAYS,
    st.sampled_from([None, AM, PM]),
    NAMES,
    NAMES,
)


def naively_open(periods: list[Period], weekdays: str, session: Session, class_name: str, year: str) -> bool:
    """Asks every period in turn, as a person with the paper calendar would."""
    planned = [p for p in periods if not p.kind.unexpected]
    meant = [p for p in planned if (not p.years and not p.classes) or year in p.years or class_name in p.classes]
    then = [p for p in meant if p.start <= session.day <= p.end and p.half in (None, session.half)]
    terms = [p for p in then if p.kind is TERM]
    return bool(terms) and len(terms) == len(then) and weekdays[session.day.weekday()] == "1"


@given(
    periods=st.lists(PERIOD, max_size=6),
    weekdays=st.sampled_from(["1111100", "1111111", "0111110"]),
    ends=st.tuples(DAYS, DAYS),
    who=st.sampled_from([("4A", "4"), ("4B", "4"), ("Ash", "R")]),
)
def test_sessions_are_those_of_a_naive_reckoning(
    periods: list[Period], weekdays: str, ends: tuple[date, date], who: tuple[str, str]
) -> None:
    calendar = SchoolCalendar(periods, weekdays)
    first, last = min(ends), max(ends)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    every = [Session(day, half) for day in days for half in HALVES]
    naive = [session for session in every if naively_open(periods, weekdays, session, *who)]
    assert list(calendar.sessions(first, last, *who)) == naive
    assert calendar.count(first, last, *who) == len(naive)
    assert [session for session in every if calendar.closed(session, *who) is None] == naive
    assert [session for session in every if session.day in calendar.open_days(session.half, *who)] == naive
