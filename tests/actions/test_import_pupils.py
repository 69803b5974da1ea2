"""Importing pupils and their parents into a real store: matching, changing, joining, refusing."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from desktop_app.actions.families import read_families
from desktop_app.actions.import_pupils import import_pupils
from desktop_app.domain.errors import Refused
from desktop_app.domain.imports import ImportReport
from desktop_app.domain.people import (
    Address,
    Answer,
    Channel,
    Flag,
    FlagKind,
    Membership,
    Person,
    Pupil,
    Tie,
)
from tests.support.files import csv_file, upn, xlsx_file
from tests.support.pupil_rows import KIM, MIA, RYAN
from tests.support.running import finish
from tests.support.schools import SmallSchool

TODAY = date(2026, 11, 20)
STARTED = date(2022, 9, 5)


def _file(school: SmallSchool, *rows: dict[str, Any], name: str = "pupils.csv") -> Path:
    head = list(dict.fromkeys(column for row in rows for column in row))
    return csv_file(school.path.with_name(name), [head, *([row.get(column, "") for column in head] for row in rows)])


def _import(school: SmallSchool, *rows: dict[str, Any], first: date = TODAY, path: Path | None = None) -> ImportReport:
    """Preview and apply; the two must say the same, and the preview must change nothing."""
    path = path or _file(school, *rows)
    head = _head(school)
    preview = finish(import_pupils(school.context, path, dry_run=True, first=first))
    assert _head(school) == head
    report = finish(import_pupils(school.context, path, dry_run=False, first=first))
    assert report == preview
    assert report.rows == report.added + report.changed + report.unchanged + report.skipped + report.rejected_total
    assert report.clean or _head(school) == head
    return report


def _head(school: SmallSchool) -> str:
    with school.context.store.reading() as reading:
        return reading.chain_head


def _all(school: SmallSchool, kind: type[Any]) -> tuple[Any, ...]:
    with school.context.store.reading() as reading:
        return reading.book.all(kind)


def _outcome(report: ImportReport) -> tuple[int, int, int, int]:
    return report.added, report.changed, report.unchanged, report.rejected_total


def test_a_first_import_holds_from_the_starting_day(empty_school: SmallSchool) -> None:
    report = _import(empty_school, {**RYAN, "FSM": "Yes", "SEN Status": "K", "EAL": "No", "Sex": "Male"})
    assert _outcome(report) == (1, 0, 0, 0)
    (pupil,) = _all(empty_school, Pupil)
    assert (pupil.legal_name, pupil.upn, pupil.admission_number, pupil.sex) == ("Ryan Doyle", upn(1), "101", "M")
    assert (pupil.starting_day, pupil.address) == (STARTED, Address(("7 Marsh Lane", "Bootle"), "L20 4AB"))
    (member,) = _all(empty_school, Membership)
    assert (member.pupil, member.class_name, member.year, member.first, member.last) == (
        pupil.id,
        "4B",
        "4",
        STARTED,
        None,
    )
    flags = _all(empty_school, Flag)
    assert {(flag.pupil, flag.kind, flag.first, flag.last) for flag in flags} == {
        (pupil.id, FlagKind.FSM, STARTED, None),
        (pupil.id, FlagKind.SEN_SUPPORT, STARTED, None),
    }


def test_one_link_with_the_file_as_its_reason(empty_school: SmallSchool) -> None:
    links = empty_school.context.store.check().links
    path = _file(empty_school, {**RYAN, **KIM}, MIA)
    _import(empty_school, path=path)
    sound = empty_school.context.store.check()
    assert (sound.ok, sound.links) == (True, links + 1)
    assert hashlib.sha256(path.read_bytes()).hexdigest() in _last_reason(empty_school)


def _last_reason(school: SmallSchool) -> str:
    """The reason of the newest link, as the audit chain keeps it."""
    engine = school.context.store._engine  # type: ignore[attr-defined]
    with engine.connect() as connection:
        return str(connection.exec_driver_sql("SELECT reason FROM link ORDER BY seq DESC LIMIT 1").scalar())


def test_the_same_file_again_changes_nothing(empty_school: SmallSchool) -> None:
    rows = ({**RYAN, **KIM, "FSM": "Yes", "Social Worker": "J Okoro"}, {**MIA, **KIM, "FSM": "No"})
    _import(empty_school, *rows)
    head = _head(empty_school)
    assert _outcome(_import(empty_school, *rows)) == (0, 0, 2, 0)
    assert _outcome(_import(empty_school, *rows, first=date(2023, 9, 1))) == (0, 0, 2, 0)
    assert _head(empty_school) == head


def test_blank_cells_and_missing_columns_take_nothing_away(empty_school: SmallSchool) -> None:
    _import(empty_school, {**RYAN, **KIM, "Sex": "M", "FSM": "Yes", "Leaving Date": "2027-07-21"})
    before = (_all(empty_school, Pupil), _all(empty_school, Flag), _all(empty_school, Tie), _all(empty_school, Channel))
    blank = {
        **RYAN,
        "Address": "",
        "Sex": "",
        "FSM": "",
        "Leaving Date": "",
        "Contact 1 Name": "",
        "Contact 1 Phone": "",
    }
    assert _outcome(_import(empty_school, blank)) == (0, 0, 1, 0)
    assert (
        _all(empty_school, Pupil), _all(empty_school, Flag), _all(empty_school, Tie), _all(empty_school, Channel)
    ) == before  # fmt: skip


def test_a_change_of_class_holds_from_the_day_named(empty_school: SmallSchool) -> None:
    _import(empty_school, RYAN)
    moved = {**RYAN, "Class": "5A", "Year Group": "5"}
    first = date(2026, 9, 1)
    assert _outcome(_import(empty_school, moved, first=first)) == (0, 1, 0, 0)
    assert _outcome(_import(empty_school, moved, first=first)) == (0, 0, 1, 0)
    members = sorted(_all(empty_school, Membership), key=lambda one: one.first)
    assert [(one.class_name, one.year, one.first, one.last) for one in members] == [
        ("4B", "4", STARTED, first - timedelta(days=1)),
        ("5A", "5", first, None),
    ]
    again = {**RYAN, "Class": "5C", "Year Group": "5"}
    assert _outcome(_import(empty_school, again, first=first)) == (0, 1, 0, 0)
    assert [(one.class_name, one.first) for one in _all(empty_school, Membership)] == [("4B", STARTED), ("5C", first)]


def test_a_change_before_the_pupil_came_holds_from_the_starting_day(empty_school: SmallSchool) -> None:
    _import(empty_school, RYAN)
    _import(empty_school, {**RYAN, "Class": "4C"}, first=date(2020, 9, 1))
    assert [(one.class_name, one.first, one.last) for one in _all(empty_school, Membership)] == [("4C", STARTED, None)]


def test_an_earlier_starting_day_takes_the_class_with_it(empty_school: SmallSchool) -> None:
    _import(empty_school, RYAN)
    _import(empty_school, {**RYAN, "Admission Date": "2022-01-10", "Class": "4C"})
    members = sorted(_all(empty_school, Membership), key=lambda one: one.first)
    assert [(one.class_name, one.first, one.last) for one in members] == [
        ("4B", date(2022, 1, 10), TODAY - timedelta(days=1)),
        ("4C", TODAY, None),
    ]


def test_flags_begin_and_end_on_the_day_named(empty_school: SmallSchool) -> None:
    _import(empty_school, {**RYAN, "FSM": "Yes", "SEN": "K", "Social Worker": "J Okoro"})
    change = {**RYAN, "FSM": "No", "SEN": "E", "EAL": "Yes", "Social Worker": "Yes"}
    assert _outcome(_import(empty_school, change, first=date(2026, 9, 1))) == (0, 1, 0, 0)
    before = date(2026, 8, 31)
    assert {(one.kind, one.value, one.first, one.last) for one in _all(empty_school, Flag)} == {
        (FlagKind.FSM, "", STARTED, before),
        (FlagKind.SEN_SUPPORT, "", STARTED, before),
        (FlagKind.SOCIAL_WORKER, "J Okoro", STARTED, None),
        (FlagKind.EHCP, "", date(2026, 9, 1), None),
        (FlagKind.EAL, "", date(2026, 9, 1), None),
    }
    _import(empty_school, {**RYAN, "EAL": "No"}, first=date(2026, 9, 1))
    assert FlagKind.EAL not in {one.kind for one in _all(empty_school, Flag)}


def test_an_ehcp_stands_in_place_of_sen_support(empty_school: SmallSchool) -> None:
    _import(empty_school, {**RYAN, "SEN": "K", "EHCP": "Yes"})
    assert [one.kind for one in _all(empty_school, Flag)] == [FlagKind.EHCP]


@pytest.mark.parametrize(
    "known_by",
    [
        {"UPN": upn(1), "Admission Number": ""},
        {"UPN": "", "Admission Number": "101"},
        {"UPN": "", "Admission Number": ""},
        {"UPN": "", "Admission Number": "", "Surname": "DOYLE", "Forename": "ryan"},
    ],
)
def test_matched_on_upn_then_number_then_name_and_birth(empty_school: SmallSchool, known_by: dict[str, str]) -> None:
    _import(empty_school, RYAN)
    report = _import(empty_school, {**RYAN, **known_by, "Class": "4C"})
    assert _outcome(report) == (0, 1, 0, 0)
    (pupil,) = _all(empty_school, Pupil)
    assert (pupil.upn, pupil.admission_number) == (upn(1), "101")


def test_a_temporary_upn_gives_way_and_a_namesake_does_not(empty_school: SmallSchool) -> None:
    temporary = "A3402001209" + "01A"
    with empty_school.context.store.writing(empty_school.context.deed("set up")) as writing:
        writing.book.put(Pupil(0, "Doyle", "Ryan", date(2018, 2, 14), STARTED, temporary))
    report = _import(empty_school, {**RYAN, "Admission Number": ""})
    assert _outcome(report) == (0, 1, 0, 0)
    assert "another UPN, which this one replaces" in report.warnings[0]
    namesake = _import(empty_school, {**RYAN, "UPN": upn(3), "Admission Number": "103"})
    assert _outcome(namesake) == (1, 0, 0, 0)
    assert "another child" in namesake.warnings[0]


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ({**RYAN, "Admission Number": "102"}, "Admission Number", "another pupil’s"),
        (
            {**RYAN, "UPN": upn(9), "Surname": "Kaya", "Forename": "Ela", "Date of Birth": "2019-01-01"},
            "Admission Number",
            "name or date of birth do not agree",
        ),
    ],
)
def test_a_row_that_means_two_pupils_is_rejected(
    empty_school: SmallSchool, row: dict[str, str], column: str, words: str
) -> None:
    _import(empty_school, RYAN, MIA)
    report = _import(empty_school, {**MIA, "Class": "2C"}, row)
    assert [(one.row, one.column) for one in report.rejected] == [(3, column)]
    assert words in report.rejected[0].why
    assert {one.class_name for one in _all(empty_school, Membership)} == {"4B", "2A"}


def test_a_later_row_about_the_same_pupil(empty_school: SmallSchool) -> None:
    report = _import(
        empty_school, RYAN, MIA, RYAN, {**RYAN, "Class": "4C"}, {**RYAN, "UPN": "", "Admission Number": ""}
    )
    assert (report.added, report.unchanged, [one.row for one in report.rejected]) == (2, 1, [5, 6])
    assert "Row 2 is about the same pupil" in report.rejected[0].why
    assert _all(empty_school, Pupil) == ()


def test_brothers_and_sisters_share_a_parent(empty_school: SmallSchool) -> None:
    kim = {**KIM, "Contact 1 Phone": "+44 7700 900123", "Contact 1 Email": "kim@example.org"}
    report = _import(empty_school, {**RYAN, **KIM}, {**MIA, **kim, "Contact 1 Name": "ms kim  doyle"})
    assert report.added == 2
    (person,) = _all(empty_school, Person)
    assert (person.full_name, person.address) == ("Ms Kim Doyle", Address(("7 Marsh Lane", "Bootle"), "L20 4AB"))
    assert [(one.value, one.priority) for one in _all(empty_school, Channel)] == [
        ("07700 900123", 1),
        ("kim@example.org", 1),
    ]
    ties = _all(empty_school, Tie)
    assert {(tie.person, tie.relationship, tie.responsibility, tie.lives_with) for tie in ties} == {
        (person.id, "mother", Answer.YES, Answer.YES)
    }
    with empty_school.context.store.reading() as reading:
        families = read_families(reading.book, TODAY)
    ryan, mia = _all(empty_school, Pupil)
    assert (families.siblings(ryan.id), families.siblings(mia.id)) == (frozenset({mia.id}), frozenset({ryan.id}))


def test_a_child_who_comes_later_joins_the_family(empty_school: SmallSchool) -> None:
    _import(empty_school, {**RYAN, **KIM})
    assert _outcome(_import(empty_school, {**MIA, **KIM})) == (1, 0, 0, 0)
    assert (len(_all(empty_school, Person)), len(_all(empty_school, Tie))) == (1, 2)


@pytest.mark.parametrize(
    ("more", "people"),
    [
        ({"Contact 1 Phone": "0151 496 0000", "Contact 1 Lives With": "No"}, 2),
        ({"Contact 1 Phone": "0151 496 0000"}, 1),
        ({"Contact 1 Phone": "", "Contact 1 Lives With": ""}, 2),
        ({"Contact 1 Phone": "", "Contact 1 Address": "7, MARSH LANE Bootle l20 4ab"}, 1),
        ({"Contact 1 Name": "Ms K Doyle"}, 2),
    ],
)
def test_one_person_or_two(empty_school: SmallSchool, more: dict[str, str], people: int) -> None:
    _import(empty_school, {**RYAN, **KIM}, {**MIA, **KIM, **more})
    assert len(_all(empty_school, Person)) == people


def test_contacts_of_one_child_with_one_name_stay_two(empty_school: SmallSchool) -> None:
    two = {
        "Contact 1 Name": "John Doyle", "Contact 1 Relationship": "father", "Contact 1 Phone": "07700 900001",
        "Contact 2 Name": "John Doyle", "Contact 2 Relationship": "grandfather", "Contact 2 Phone": "07700 900002",
    }  # fmt: skip
    _import(empty_school, {**RYAN, **two})
    assert _outcome(_import(empty_school, {**RYAN, **two})) == (0, 0, 1, 0)
    assert len(_all(empty_school, Person)) == 2
    again = _import(empty_school, {**RYAN, **two, "Contact 2 Phone": "07700 900001"})
    assert "two of the contacts are the same person" in again.warnings[0]


def test_a_new_number_goes_to_the_same_mother(empty_school: SmallSchool) -> None:
    _import(empty_school, {**RYAN, **KIM})
    changed = {
        **KIM,
        "Contact 1 Phone": "07700 900555",
        "Contact 1 Language": "Polish",
        "Contact 1 Relationship": "mum",
    }
    assert _outcome(_import(empty_school, {**RYAN, **changed})) == (0, 1, 0, 0)
    (person,) = _all(empty_school, Person)
    assert person.language == "Polish"
    assert [(one.value, one.priority) for one in _all(empty_school, Channel)] == [
        ("07700 900123", 1),
        ("07700 900555", 2),
    ]
    assert [tie.relationship for tie in _all(empty_school, Tie)] == ["mum"]


def test_a_family_that_moves_moves_together(empty_school: SmallSchool) -> None:
    _import(empty_school, {**RYAN, **KIM}, {**MIA, **KIM})
    new = {"Address": "9 Park Road, Bootle, L20 9ZZ"}
    assert _outcome(_import(empty_school, {**RYAN, **KIM, **new}, {**MIA, **KIM, **new})) == (0, 2, 0, 0)
    (person,) = _all(empty_school, Person)
    assert person.address == Address(("9 Park Road", "Bootle"), "L20 9ZZ")


def test_rows_that_disagree_about_a_parent_are_said_and_the_first_is_taken(empty_school: SmallSchool) -> None:
    rows = ({**RYAN, **KIM, "Contact 1 Language": "Polish"}, {**MIA, **KIM, "Contact 1 Language": "English"})
    report = _import(empty_school, *rows)
    assert report.warnings == ("Rows 2 and 3 disagree about a contact’s language; row 2 was taken.",)
    assert _outcome(_import(empty_school, *rows)) == (0, 0, 2, 0)


def test_a_list_does_not_lift_a_no_contact_order(empty_school: SmallSchool) -> None:
    _import(empty_school, {**RYAN, **KIM, "Contact 1 No Contact": "Yes"})
    report = _import(empty_school, {**RYAN, **KIM, "Contact 1 No Contact": "No"})
    assert "no-contact order stays" in report.warnings[0]
    assert _all(empty_school, Tie)[0].no_contact


def test_one_bad_row_of_many_stops_them_all_without_a_name_in_the_log(
    empty_school: SmallSchool, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    report = _import(empty_school, RYAN, {**MIA, "Forename": "=cmd|'/c calc'!A1"}, {**RYAN, "UPN": upn(3)[:-1]})
    assert [(one.row, one.column) for one in report.rejected] == [(3, "Forename"), (4, "UPN")]
    assert report.rejected_total == 2
    assert _all(empty_school, Pupil) == ()
    assert "Doyle" not in caplog.text


def test_missing_columns_are_all_named(empty_school: SmallSchool) -> None:
    row = {key: value for key, value in RYAN.items() if key not in ("Date of Birth", "Class")}
    report = _import(empty_school, row)
    assert [(one.row, one.column) for one in report.rejected] == [(None, "Date of Birth"), (None, "Class")]
    assert (report.rows, report.rejected_total) == (1, 1)
    with pytest.raises(Refused, match="does not look like a list of pupils"):
        _import(empty_school, {"Colour": "red", "Size": "8"})


def test_no_file_at_all(empty_school: SmallSchool) -> None:
    with pytest.raises(Refused, match="cannot be opened"):
        finish(import_pupils(empty_school.context, empty_school.path.with_name("no.csv"), dry_run=True, first=TODAY))


def test_a_workbook_with_a_title_and_an_unknown_column(empty_school: SmallSchool) -> None:
    head = [*RYAN, "House Points"]
    rows: list[list[Any]] = [["Pupil list"], [], head, [*RYAN.values(), 12]]
    rows[3][head.index("Date of Birth")] = date(2018, 2, 14)
    rows[3][head.index("Year Group")] = 4
    rows[3][head.index("Admission Number")] = 101
    report = _import(empty_school, path=xlsx_file(empty_school.path.with_name("pupils.xlsx"), rows))
    assert _outcome(report) == (1, 0, 0, 0)
    assert any("House Points" in words for words in report.warnings)
    (pupil,) = _all(empty_school, Pupil)
    assert (pupil.admission_number, pupil.date_of_birth) == ("101", date(2018, 2, 14))


def test_closing_a_running_import_undoes_it(empty_school: SmallSchool) -> None:
    rows = [{**RYAN, "UPN": "", "Admission Number": str(n), "Forename": f"Ryan {n}"} for n in range(250)]
    job = import_pupils(empty_school.context, _file(empty_school, *rows), dry_run=False, first=TODAY)
    for _ in range(3):
        next(job)
    job.close()
    assert _all(empty_school, Pupil) == ()
    assert empty_school.context.store.check().ok


def test_pupils_already_stored_keep_what_the_file_does_not_know(school: SmallSchool) -> None:
    with school.context.store.writing(school.context.deed("set up")) as writing:
        doyle = writing.book.get(Pupil, school.pupils["Doyle"])
        assert doyle is not None
        writing.book.put(replace(doyle, home_la="sefton", boarder=True))
    row = {**RYAN, "Admission Number": "", "UPN": upn(1), "Class": "4B"}
    report = _import(school, row)
    assert _outcome(report) == (0, 1, 0, 0)
    with school.context.store.reading() as reading:
        now = reading.book.get(Pupil, school.pupils["Doyle"])
    assert now is not None
    assert (now.upn, now.home_la, now.boarder, now.admission_number) == (upn(1), "sefton", True, "00005")
