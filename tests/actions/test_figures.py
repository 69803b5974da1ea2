"""Figures of a small school, held against a naive reckoning of the same marks."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from desktop_app.actions.figures import FigureRow, Grouping, figures
from desktop_app.actions.register import write
from desktop_app.actions.register_checks import Edit
from desktop_app.context import as_aware
from desktop_app.domain.people import Membership, Pupil
from desktop_app.domain.school import Period, PeriodKind
from desktop_app.domain.sessions import HALVES, Half, Session
from tests.support.clock import StillClock
from tests.support.schools import SmallSchool

FIRST, LAST = date(2026, 11, 9), date(2026, 11, 20)
SESSIONS = [Session(date(2026, 11, day), half) for day in (9, 10, 11, 12, 13, 16, 17, 18, 19, 20) for half in HALVES]
ATTENDED = {"/", "\\", "L", "V", "P", "W", "B", "K"}
AUTHORISED = {"I", "M", "C", "C1", "C2", "J1", "S", "T", "R", "E"}
UNAUTHORISED = {"G", "N", "O", "U"}
OUTSIDE = {"D", "X", "Q", "Y1", "Y2", "Y3", "Y4", "Y5", "Y6", "Y7"}
CODES = sorted((ATTENDED | AUTHORISED | UNAUTHORISED | OUTSIDE) - {"X"})
"""Every code a child of compulsory age can have."""


def _correct(school: SmallSchool, pupil: int, **facts: date) -> None:
    with school.context.store.writing(school.context.deed("roll")) as writing:
        child = writing.book.get(Pupil, pupil)
        assert child is not None
        writing.book.put(replace(child, **facts))  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def _after_school(school: SmallSchool, clock: StillClock) -> None:
    """Every session of the period has been: none of them is still to come."""
    clock.set(2026, 11, 20, 16, 0)


def _row(school: SmallSchool, surname: str, first: date = FIRST, last: date = LAST) -> FigureRow:
    rows = figures(school.context, first, last)
    return next(row for row in rows if row.pupil is not None and row.pupil.id == school.pupils[surname])


def _edit(pupil: int, session: Session, code: str) -> Edit:
    if code in "/\\":
        code = "/" if session.half is Half.AM else "\\"
    return Edit(pupil, session, code, note="at the museum" if code in {"K", "B", "Y7"} else "")


def _naive(codes: list[str]) -> tuple[int, int, int, int, int, int, bool | None, bool | None]:
    attended = sum(code in ATTENDED for code in codes)
    authorised = sum(code in AUTHORISED for code in codes)
    unauthorised = sum(code in UNAUTHORISED for code in codes)
    possible = attended + authorised + unauthorised
    absent = authorised + unauthorised
    return (
        possible,
        attended,
        authorised,
        unauthorised,
        codes.count("L") + codes.count("U"),
        len(SESSIONS) - len(codes),
        (absent >= possible * 0.1 - 1e-9) if possible else None,
        (absent >= possible * 0.5) if possible else None,
    )


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000))
def test_figures_agree_with_a_naive_reckoning(school: SmallSchool, seed: int) -> None:
    dice = random.Random(seed)
    codes: dict[str, list[str]] = {}
    edits: list[Edit] = []
    for surname, pupil in school.pupils.items():
        with school.context.store.reading() as reading:
            known = {(mark.day, mark.half): mark.code for mark in reading.marks.between(FIRST, LAST, [pupil])}
        for session in SESSIONS:
            if dice.random() < 0.7:
                code = dice.choice([*CODES, "/", "/", "/", "/", "I", "O"])
                edits.append(_edit(pupil, session, code))
                known[session.day, session.half] = edits[-1].code
        codes[surname] = list(known.values())
    write(school.context, edits, "a second look at the paper register")
    for surname, of_pupil in codes.items():
        row = _row(school, surname)
        f = row.figures
        told = (f.possible, f.attended, f.authorised, f.unauthorised, f.late, f.unmarked, row.persistent, row.severe)
        assert told == _naive(of_pupil)
        assert f.codes == {code: of_pupil.count(code) for code in set(of_pupil)}
    whole = figures(school.context, FIRST, LAST, Grouping.SCHOOL)[0]
    every = [_row(school, surname) for surname in codes]
    assert whole.figures.possible == sum(row.figures.possible for row in every)
    assert whole.persistent == sum(row.persistent is True for row in every)
    assert whole.pupils == len(codes)
    if whole.figures.possible:
        assert whole.figures.attendance == Fraction(100 * whole.figures.attended, whole.figures.possible)


def test_nobody_marked_means_no_percentage_and_no_band(school: SmallSchool) -> None:
    row = _row(school, "Doyle")
    assert (row.figures.attendance, row.band, row.persistent, row.severe) == (None, None, None, None)
    assert row.figures.unmarked == len(SESSIONS)


def test_sessions_to_come_are_not_unmarked(school: SmallSchool) -> None:
    assert _row(school, "Doyle", last=date(2026, 12, 18)).figures.unmarked == len(SESSIONS)


def test_a_mark_where_the_calendar_closed_later_is_not_counted(school: SmallSchool) -> None:
    context = school.context
    pupil = school.pupils["Doyle"]
    write(context, [Edit(pupil, session, "O") for session in SESSIONS[:4]])
    assert _row(school, "Doyle").figures.unauthorised == 4
    with context.store.writing(context.deed("calendar")) as writing:
        writing.book.put(Period(0, PeriodKind.CLOSURE, "burst pipe", date(2026, 11, 9), date(2026, 11, 9)))
    row = _row(school, "Doyle")
    assert (row.figures.unauthorised, row.figures.possible, row.figures.unmarked) == (2, 2, len(SESSIONS) - 4)


def test_a_closure_for_one_class_counts_for_that_class_alone(school: SmallSchool) -> None:
    context = school.context
    for surname in ("Doyle", "Kaya"):
        write(context, [Edit(school.pupils[surname], SESSIONS[0], "/")])
    with context.store.writing(context.deed("calendar")) as writing:
        kaya = next(one for one in writing.book.all(Membership) if one.pupil == school.pupils["Kaya"])
        writing.book.put(replace(kaya, class_name="5A", year="5"))
        closed = Period(0, PeriodKind.CLOSURE, "no heating", FIRST, FIRST, classes=("5A",))
        writing.book.put(closed)
    assert _row(school, "Doyle").figures.possible == 1
    assert _row(school, "Kaya").figures.possible == 0


def test_marks_before_a_corrected_starting_day_are_not_counted(school: SmallSchool) -> None:
    context = school.context
    pupil = school.pupils["Doyle"]
    write(context, [Edit(pupil, session, "O") for session in SESSIONS[:4]])
    _correct(school, pupil, starting_day=date(2026, 11, 10))
    row = _row(school, "Doyle")
    assert (row.figures.unauthorised, row.figures.unmarked) == (2, len(SESSIONS) - 4)


def test_a_register_that_has_not_begun_leaves_nobody_unmarked(school: SmallSchool, clock: StillClock) -> None:
    clock.set(2026, 11, 20, 12, 59)
    assert _row(school, "Doyle").figures.unmarked == len(SESSIONS) - 1
    write(school.context, [Edit(school.pupils["Doyle"], SESSIONS[-1], "M")])
    assert _row(school, "Doyle").figures.unmarked == len(SESSIONS) - 1
    clock.set(2026, 11, 20, 13, 0)
    assert (_row(school, "Doyle").figures.unmarked, _row(school, "Kaya").figures.unmarked) == (19, 20)
    clock.set(2026, 11, 20, 8, 44)
    assert _row(school, "Kaya").figures.unmarked == len(SESSIONS) - 2


def test_figures_as_at_a_past_moment(school: SmallSchool, clock: StillClock) -> None:
    clock.set(2026, 11, 20, 8, 50)
    write(school.context, [Edit(school.pupils["Doyle"], SESSIONS[0], "N")])
    clock.set(2026, 11, 20, 11, 0)
    write(school.context, [Edit(school.pupils["Doyle"], SESSIONS[0], "I")], "mother rang: ill")
    then = figures(school.context, FIRST, LAST, as_at=as_aware(datetime(2026, 11, 20, 10, 0)))
    row = next(row for row in then if row.pupil is not None and row.pupil.id == school.pupils["Doyle"])
    assert row.figures.codes == {"N": 1}
    assert _row(school, "Doyle").figures.codes == {"I": 1}


def test_figures_as_at_a_past_moment_are_those_it_showed_though_days_have_gone_by(
    school: SmallSchool, clock: StillClock
) -> None:
    end = date(2026, 12, 18)
    clock.set(2026, 11, 20, 9, 0)
    shown = figures(school.context, FIRST, end)
    then = as_aware(datetime(2026, 11, 20, 9, 0))
    clock.set(2026, 12, 18, 15, 0)
    assert figures(school.context, FIRST, end, as_at=then) == shown
    assert _row(school, "Doyle", last=end).figures.unmarked == len(SESSIONS) + 40


def test_a_leaver_is_counted_to_the_leaving_day_in_the_class_they_left(school: SmallSchool) -> None:
    context = school.context
    pupil = school.pupils["Doyle"]
    write(context, [Edit(pupil, session, "O") for session in SESSIONS[:4]])
    _correct(school, pupil, leaving_day=date(2026, 11, 11))
    row = _row(school, "Doyle")
    assert (row.class_name, row.figures.possible, row.figures.unmarked) == ("4B", 4, 2)
    assert not any(one.pupil and one.pupil.id == pupil for one in figures(context, date(2026, 11, 12), LAST))
