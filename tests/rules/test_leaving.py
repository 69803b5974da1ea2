"""Who may leave the roll on what ground: ages, days in a row, leave that ended, and the law that is coming."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from desktop_app.domain.marks import Mark
from desktop_app.domain.people import FlagKind
from desktop_app.domain.rulebook import Coming, Ground, GroundAge, Rulebook
from desktop_app.domain.school import SchoolType
from desktop_app.domain.sessions import HALVES, Half, Session
from desktop_app.rules.leaving import (
    RETURN,
    Answers,
    Record,
    absent_days,
    days_fault,
    leaving_fault,
    open_grounds,
    warnings,
    with_asks,
)
from tests.support.schools import pupil

FIRST = date(2026, 9, 1)
TODAY = date(2026, 11, 20)
MAINTAINED = SchoolType.MAINTAINED
CHILD = pupil("Kaya", "Çağla")
SOCIAL_WORKER = "The social worker was told"
TWENTY = Ground("twenty", "Absent twenty school days", "…", "regs", absent_days=20)
LEAVE = Ground("leave", "Did not return from leave", "…", "regs", days_after_leave=10)


def whole_days(count: int) -> list[Session]:
    return [Session(FIRST + timedelta(days=n), half) for n in range(count) for half in HALVES]


def marks_of(sessions: list[Session], codes: list[str | None]) -> list[Mark]:
    return [Mark(1, one.day, one.half, code) for one, code in zip(sessions, codes, strict=False) if code is not None]


@pytest.mark.parametrize(
    ("born", "compulsory", "other"),
    [
        (date(2022, 3, 1), False, True),
        (date(2021, 11, 20), False, True),  # five today: of compulsory age from 31 December only
        (date(2018, 2, 14), True, False),
        (date(2010, 2, 14), False, True),  # beyond the last Friday in June of the year in which it was 16
    ],
)
def test_the_age_on_the_day_decides_which_grounds_are_open(
    rulebook: Rulebook, born: date, compulsory: bool, other: bool
) -> None:
    found = {one.key for one in open_grounds(rulebook.grounds, replace(CHILD, date_of_birth=born), TODAY, MAINTAINED)}
    assert ("home-education" in found) is compulsory
    assert ("not-of-age-left" in found) is other
    assert {"death", "excluded"} <= found


@pytest.mark.parametrize(("born", "last", "open_to"), [
    (date(2018, 2, 14), TODAY, set()),
    (date(2022, 3, 1), TODAY, {"nursery-ends"}),
    (date(2022, 4, 30), date(2027, 7, 21), {"nursery-ends"}),  # five in the summer, in nursery education till then
    (date(2021, 4, 30), TODAY, set()),
    (date(2011, 2, 14), date(2027, 6, 24), set()),
    (date(2011, 2, 14), date(2027, 6, 25), {"over-age"}),  # the last Friday in June: the next session is beyond it
    (date(2009, 2, 14), TODAY, {"over-age"}),
])  # fmt: skip
def test_the_grounds_at_the_ends_of_schooling_are_for_those_ages(
    rulebook: Rulebook, born: date, last: date, open_to: set[str]
) -> None:
    child, grounds = replace(CHILD, date_of_birth=born), rulebook.grounds
    found = {one.key for one in open_grounds(grounds, child, last, MAINTAINED)}
    assert found & {"nursery-ends", "over-age"} == open_to
    for key in ("nursery-ends", "over-age"):
        ground = with_asks(grounds[key], ())
        fault = leaving_fault(child, ground, Answers(last, frozenset(ground.asks)), TODAY, Record((), ()), MAINTAINED)
        assert (fault is None) is (key in open_to)


@pytest.mark.parametrize(("school", "here"), [
    (SchoolType.MAINTAINED, {"fees-unpaid"}),
    (SchoolType.ACADEMY, {"fees-unpaid"}),
    (SchoolType.INDEPENDENT, {"ceased-independent"}),
    (SchoolType.NON_MAINTAINED_SPECIAL, {"ceased-independent"}),
])  # fmt: skip
def test_some_grounds_are_of_a_type_of_school(rulebook: Rulebook, school: SchoolType, here: set[str]) -> None:
    found = {one.key for one in open_grounds(rulebook.grounds, CHILD, TODAY, school)}
    assert found & {"fees-unpaid", "ceased-independent"} == here
    for key in ("fees-unpaid", "ceased-independent"):
        ground = with_asks(rulebook.grounds[key], ())
        fault = leaving_fault(CHILD, ground, Answers(TODAY, frozenset(ground.asks)), TODAY, Record((), ()), school)
        assert ("school of this type" not in (fault or "")) is (key in here)


def test_the_grounds_are_those_of_the_regulation_in_its_order(rulebook: Rulebook) -> None:
    listed = [one.source.rpartition("regulation ")[2] for one in rulebook.grounds.values()]
    assert listed == [f"9(1)({letter})" for letter in "abcdefghijklmno"] + ["9(3)"]
    assert all(one.meaning and one.title for one in rulebook.grounds.values())
    assert [one.key for one in rulebook.grounds.values() if one.absent_days == 20] == ["twenty-days"]
    assert [one.key for one in rulebook.grounds.values() if one.days_after_leave == 10] == ["leave-not-returned"]


@given(st.lists(st.sampled_from(["G", "N", "O", "I", "/", "L", "Y7", None]), max_size=60), st.integers(0, 1))
def test_the_run_is_that_of_a_naive_count(codes: list[str | None], first_half: int) -> None:
    """Days of two sessions, the first perhaps of one; a gap breaks the run as any other code does."""
    sessions = whole_days(len(codes))[first_half : first_half + len(codes)]
    by_day: dict[date, list[str | None]] = {}
    for session, code in zip(sessions, codes, strict=True):
        by_day.setdefault(session.day, []).append(code)
    run = 0
    for day in sorted(by_day, reverse=True):
        if not all(code is not None and code in "GNO" for code in by_day[day]):
            break
        run += 1
    assert absent_days(Record(sessions, marks_of(sessions, codes))) == run


@given(st.integers(0, 25), st.sampled_from(["I", "/", "Y7", "D", "E", None]), st.integers(0, 45))
def test_any_other_code_among_the_last_twenty_days_breaks_them(count: int, other: str | None, at: int) -> None:
    sessions = whole_days(count)
    codes: list[str | None] = ["GNO"[n % 3] for n in range(len(sessions))]
    if at < len(codes):
        codes[at] = other
    whole = count >= 20 and (at >= len(codes) or at // 2 < count - 20)
    assert (days_fault(TWENTY, Record(sessions, marks_of(sessions, codes))) is None) is whole


def test_a_child_seen_since_breaks_them_though_the_day_is_not_over() -> None:
    sessions = whole_days(20)
    marks = marks_of(sessions, ["O"] * 40)
    assert absent_days(Record(sessions, marks)) == 20
    today = FIRST + timedelta(days=20)
    due, to_come = [*sessions, *(Session(today, half) for half in HALVES)], {Session(today, Half.PM)}
    for code, run in (("N", 20), ("/", 0), ("C2", 0)):
        assert absent_days(Record(due, [*marks, Mark(1, today, Half.AM, code)], to_come=to_come)) == run


@pytest.mark.parametrize(("outside", "run"), [
    (None, 20),  # not expected and not marked: no school day of the child
    ("O", 20),
    ("C2", 0),
    ("D", 0),
    ("X", 0),
    ("/", 0),
])  # fmt: skip
def test_outside_the_timetable_nothing_is_missed_and_any_other_code_breaks_them(outside: str | None, run: int) -> None:
    sessions = whole_days(20)
    mornings = frozenset(one for one in sessions if one.half is Half.AM)
    marks = marks_of(sessions, ["O", outside] * 20)
    assert absent_days(Record(sessions, marks, mornings)) == run
    once = [mark for mark in marks if mark.half is Half.AM or mark.day == FIRST + timedelta(days=4)]
    assert absent_days(Record(sessions, once, mornings)) == (run or 15)


def test_a_mark_where_no_session_is_breaks_nothing() -> None:
    sessions = whole_days(20)
    closed = Mark(1, FIRST + timedelta(days=40), Half.AM, "#")
    assert absent_days(Record(sessions, [*marks_of(sessions, ["O"] * 40), closed])) == 20


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        (["O"] * 24, "No leave of absence"),
        (["C"] * 4 + ["O"] * 20, None),
        (["C"] * 4 + ["O"] * 18, "9 school days in a row are coded G, N or O since the leave ended on Wed 2 Sep 2026"),
        (["C"] * 4 + ["I", "I"] + ["O"] * 20, "there is a session that is not coded G, N or O"),
        (["C"] * 3 + ["/"] + ["O"] * 20, None),  # back for the afternoon on which the leave ended, and never again
        (["C"] * 4 + ["O"] * 19 + [None], "there is a session that is not coded G, N or O"),
    ],
)
def test_ten_days_after_the_leave_ended(codes: list[str | None], words: str | None) -> None:
    sessions = whole_days(len(codes) // 2)
    found = days_fault(LEAVE, Record(sessions, marks_of(sessions, codes)))
    assert (found is None) if words is None else (words in (found or ""))


@pytest.mark.parametrize(
    ("changed", "last", "answered", "marked", "words"),
    [
        ({}, TODAY, True, None, None),
        ({}, TODAY + timedelta(days=30), True, None, None),
        ({}, TODAY - timedelta(days=1), True, None, "never deleted backwards"),
        ({"starting_day": date(2026, 12, 1)}, TODAY, True, None, "starts only on Tue 1 Dec 2026"),
        ({"leaving_day": TODAY}, TODAY, True, None, "has left already"),
        ({}, TODAY, True, TODAY + timedelta(days=3), "a mark of Mon 23 Nov 2026"),
        ({}, TODAY, False, None, "Not yet: “The other school has confirmed"),
        ({"date_of_birth": date(2022, 3, 1)}, TODAY, True, None, "not a ground for a pupil of this age"),
    ],
)
def test_what_stands_against_leaving(
    rulebook: Rulebook, changed: dict, last: date, answered: bool, marked: date | None, words: str | None
) -> None:
    ground = with_asks(rulebook.grounds["another-school"], ())
    answers = Answers(last, frozenset(ground.asks if answered else ()))
    marks = [Mark(1, marked, Half.AM, "/")] if marked else []
    found = leaving_fault(replace(CHILD, **changed), ground, answers, TODAY, Record((), marks), MAINTAINED)
    assert (found is None) if words is None else (words in (found or ""))


def test_words_are_asked_for_where_the_ground_needs_them(rulebook: Rulebook) -> None:
    ground = with_asks(rulebook.grounds["home-education"], ())
    answers = Answers(TODAY, frozenset(ground.asks), "  ")
    assert "say so in words" in (leaving_fault(CHILD, ground, answers, TODAY, Record((), ()), MAINTAINED) or "")
    said = replace(answers, evidence="Ms K Kaya, letter of 18 November")
    assert leaving_fault(CHILD, ground, said, TODAY, Record((), ()), MAINTAINED) is None


@pytest.mark.parametrize(
    ("flags", "told"),
    [
        ((), ()),
        ((FlagKind.CHILD_PROTECTION, FlagKind.FSM), (SOCIAL_WORKER,)),
        ((FlagKind.LOOKED_AFTER,), ("The Virtual School was told",)),
        ((FlagKind.EHCP, FlagKind.CHILD_IN_NEED), (SOCIAL_WORKER, "The authority that keeps the EHCP was told")),
    ],
)  # fmt: skip
def test_who_has_to_know_depends_on_the_flags(flags: tuple[FlagKind, ...], told: tuple[str, ...]) -> None:
    assert with_asks(TWENTY, flags).asks == (*told, RETURN)


def test_a_law_that_is_coming_is_told_by_date() -> None:
    known = date(2026, 11, 21)
    ground = Ground(
        "home", "…", "…", "regs", GroundAge.COMPULSORY, (), "Always.", coming=Coming("Consent.", "act", known)
    )
    always, coming = warnings(ground, TODAY)
    assert always == "Always."
    assert coming == "Consent. Known on 21 November 2026: this was not in force. Ask the authority how it stands today."
    dated = replace(ground, coming=Coming("Consent.", "act", known, date(2027, 9, 1)))
    assert "is in force from 1 September 2027" in warnings(dated, TODAY)[1]
    assert warnings(dated, date(2027, 9, 1))[1] == "Consent."
    assert warnings(TWENTY, TODAY) == ()
