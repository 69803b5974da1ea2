"""The form's text: what is wrong with it, field by field, and the school it asks for."""

from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest

from desktop_app.domain.school import Period, PeriodKind, Phase, RegisterTimes, SchoolType
from desktop_app.domain.sessions import Half
from desktop_app.domain.staff import Role
from ui.start.draft import (
    TypedPeriod,
    TypedSchool,
    file_name,
    form_faults,
    new_school_of,
    offered_closures,
    read_calendar,
)

MIDDLE = date(2027, 2, 15)
TERM, HOLIDAY = PeriodKind.TERM, PeriodKind.HOLIDAY
ROWS = (
    TypedPeriod(TERM, "autumn term", "2/9", "18 Dec"),
    TypedPeriod(HOLIDAY, "half term", "26/10/2026", "30/10/2026"),
    TypedPeriod(TERM, "spring term", "", ""),
    TypedPeriod(TERM, "summer term", "12/4", "21/7"),
)


@pytest.fixture
def typed(tmp_path: Path) -> TypedSchool:
    return TypedSchool(
        name=" Marsh Lane Primary ",
        la="sefton",
        type=SchoolType.ACADEMY,
        phase=Phase.PRIMARY,
        is_register=False,
        dfe_number="341 2001",
        am=("8.45", "915"),
        pm=("1pm", "13:15"),
        rows=ROWS,
        closed_on=(date(2027, 5, 3),),
        headteacher="Dr A Rahman",
        staff_name="Pat Oduya",
        position="Office manager",
        role=Role.OFFICE,
        user="pat",
        password="velvet-harbour-ninety-crane",
        again="velvet-harbour-ninety-crane",
        path=str(tmp_path / "marsh-lane.rollbook"),
    )


def test_a_whole_form_asks_for_the_school_it_describes(typed: TypedSchool) -> None:
    assert form_faults(typed, MIDDLE, 30) == {}
    asked = new_school_of(typed, MIDDLE)
    assert asked.name == "Marsh Lane Primary"
    assert asked.dfe_number == "341/2001"
    assert asked.am == RegisterTimes(time(8, 45), time(9, 15))
    assert asked.pm == RegisterTimes(time(13, 0), time(13, 15))
    assert not asked.is_register
    assert asked.periods == (
        Period(0, TERM, "autumn term", date(2026, 9, 2), date(2026, 12, 18)),
        Period(0, HOLIDAY, "half term", date(2026, 10, 26), date(2026, 10, 30)),
        Period(0, TERM, "summer term", date(2027, 4, 12), date(2027, 7, 21)),
        Period(0, HOLIDAY, "Early May bank holiday", date(2027, 5, 3), date(2027, 5, 3)),
    )


@pytest.mark.parametrize(
    ("field", "value", "where", "word"),
    [
        ("name", "  ", "name", "name"),
        ("dfe_number", "12", "dfe_number", "three digits"),
        ("am", ("08:45", ""), "am", "opens"),
        ("am", ("08:45", "10:00"), "am", "30 minutes"),
        ("pm", ("13:15", "13:00"), "pm", "cannot close"),
        ("rows", (), "calendar", "at least one term"),
        ("rows", (ROWS[1],), "calendar", "at least one term"),
        ("rows", (TypedPeriod(TERM, "autumn term", "31/9", "18/12"),), "calendar", "“autumn term” is not a date"),
        ("rows", (TypedPeriod(TERM, "autumn term", "", "18/12"),), "calendar", "first day of “autumn term” is missing"),
        ("rows", (TypedPeriod(TERM, "autumn term", "18/12", "2/9"),), "calendar", "ends before it begins"),
        ("staff_name", "", "staff_name", "who you are"),
        ("user", " ", "user", "sign in"),
        ("password", "short", "password", "12 characters"),
        ("again", "velvet-harbour-ninety-cran", "again", "not the same"),
        ("path", "", "path", "kept"),
        ("path", "/no/such/folder/school.rollbook", "path", "not there"),
    ],
)
def test_each_fault_is_said_beside_its_field(
    typed: TypedSchool, field: str, value: object, where: str, word: str
) -> None:
    broken = replace(typed, **{field: value})  # type: ignore[arg-type]
    faults = form_faults(broken, MIDDLE, 30)
    assert word in faults[where]
    assert set(faults) <= {where, "again"}


def test_a_file_that_is_there_is_never_written_over(typed: TypedSchool) -> None:
    Path(typed.path).write_bytes(b"a school")
    assert "exists already" in form_faults(typed, MIDDLE, 30)["path"]


def test_bank_holidays_inside_a_term_are_offered_and_not_those_the_school_is_closed_on() -> None:
    offered = dict(offered_closures(ROWS, MIDDLE))
    assert offered == {
        date(2027, 5, 3): "Early May bank holiday",
        date(2027, 5, 31): "Spring bank holiday",
    }
    closed = TypedPeriod(HOLIDAY, "summer half term", "31/5", "4/6")
    assert date(2027, 5, 31) not in dict(offered_closures((*ROWS, closed), MIDDLE))
    assert offered_closures((TypedPeriod(TERM, "t", "32/1", ""),), MIDDLE) == ()


def test_a_row_from_a_file_keeps_what_the_table_does_not_show() -> None:
    kept = Period(0, PeriodKind.CLOSURE, "polls", date(2027, 5, 6), date(2027, 5, 6), Half.AM, ("1",), ("1A",))
    row = TypedPeriod(PeriodKind.CLOSURE, "polling day", "Thu 6 May 2027", "Thu 6 May 2027", kept)
    assert read_calendar([row], MIDDLE) == (replace(kept, name="polling day"),)


def test_a_single_day_needs_only_its_first_day() -> None:
    (period,) = read_calendar([TypedPeriod(PeriodKind.INSET, "INSET", "4/1", "")], MIDDLE)
    assert (period.start, period.end) == (date(2027, 1, 4), date(2027, 1, 4))


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("St Mary's C of E", "st-mary-s-c-of-e.rollbook"),
        ("Saint Thérèse", "saint-therese.rollbook"),
        ("Academy " * 20, "academy-academy-academy-academy-academy-academy.rollbook"),
        ("", "school.rollbook"),
        ("../etc", "etc.rollbook"),
    ],
)
def test_the_file_is_named_after_the_school(name: str, file: str) -> None:
    assert file_name(name) == file
