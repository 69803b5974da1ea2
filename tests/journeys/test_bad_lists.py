"""Hostile and mistaken lists through the door: each fault named by row and column, and nothing is changed."""

from __future__ import annotations

import io
import json
import os
import time
import zipfile
from pathlib import Path

import pytest

from tests.journeys.program import Answer, inside
from tests.journeys.small_school import (
    CLOCK,
    GOOD_MARK,
    GOOD_PUPIL,
    MARK_HEADINGS,
    PUPIL_HEADINGS,
    TWIN_UPN,
    UPN,
    School,
    csv_of,
    one_sentence,
)


def _refused_row(answer: Answer, row: int, column: str, words: str) -> None:
    """One rejection, of that row and column, and nothing else said."""
    assert answer.code == 2
    (found,) = answer.value["rejected"]
    assert (found["row"], found["column"]) == (row, column), found
    assert words in found["why"]
    assert found["why"].endswith((".", "\\", "/"))
    assert "\0" not in json.dumps(found, ensure_ascii=False)
    assert answer.value["rejected_total"] == 1
    counts = ("added", "changed", "unchanged", "skipped", "rejected_total")
    assert answer.value["rows"] == sum(answer.value[name] for name in counts)
    assert answer.errors.splitlines()[-1].endswith("nothing was changed.")


MARKS: dict[str, tuple[dict[str, str], str, str]] = {
    "unknown code": ({"Code": "Q9"}, "Code", "no such attendance code"),
    "a word for a code": ({"Code": "PRESENT"}, "Code", "no such attendance code"),
    "a formula for a code": ({"Code": "=1+1"}, "Code", "no such attendance code"),
    "withdrawn H": ({"Code": "H"}, "Code", "H was withdrawn on 19 August 2024"),
    "withdrawn J": ({"Code": "j"}, "Code", "J was withdrawn on 19 August 2024"),
    "withdrawn Y": ({"Code": "Y"}, "Code", "Y was withdrawn on 19 August 2024"),
    "morning mark in the afternoon": ({"Session": "PM", "Code": "/"}, "Code", "morning mark"),
    "afternoon mark in the morning": ({"Code": "\\"}, "Code", "afternoon mark"),
    "no such UPN": ({"UPN": "A123456789012"}, "UPN", "No pupil of the school has this UPN"),
    "no such admission number": ({"Admission Number": "99"}, "Admission Number", "No pupil of the school has"),
    "two of one admission number": ({"Admission Number": "7"}, "Admission Number", "More than one pupil"),
    "nobody": ({"Admission Number": ""}, "UPN", "names no pupil"),
    "UPN and number of two children": ({"UPN": UPN, "Admission Number": "2"}, "Admission Number", "is not that of"),
    "half term": ({"Date": "2026-05-26"}, "Date", "summer half term"),
    "outside every term": ({"Date": "2026-08-12"}, "Date", "future"),
    "between the terms": ({"Date": "2026-04-08"}, "Date", "outside every term"),
    "before any calendar": ({"Date": "2017-11-08"}, "Date", "before the starting day"),
    "a Saturday": ({"Date": "2026-06-20"}, "Date", "a Saturday"),
    "bank holiday": ({"Date": "04/05/2026"}, "Date", "early May bank holiday"),
    "INSET day": ({"Date": "2025-09-01"}, "Date", "staff training"),
    "a closed afternoon": ({"Date": "2025-11-27", "Session": "PM"}, "Date", "no water"),
    "before the starting day": ({"UPN": UPN, "Date": "2018-06-20"}, "Date", "before the starting day, Mon 3 Sep 2018"),
    "after leaving": ({"Admission Number": "2", "Date": "2026-03-16"}, "Date", "after leaving on Fri 13 Mar 2026"),
    "tomorrow's week": ({"Date": "2026-06-29"}, "Date", "future"),
    "no such day": ({"Date": "31/06/2026"}, "Date", "no such day"),
    "month first": ({"Date": "06/22/2026"}, "Date", "day first"),
    "year of two figures": ({"Date": "22/06/26"}, "Date", "two figures"),
    "the year 0001": ({"Date": "0001-01-01"}, "Date", "year"),
    "a word for a date": ({"Date": "Monday"}, "Date", "not a date"),
    "no date": ({"Date": ""}, "Date", "blank"),
    "third session": ({"Session": "EV"}, "Session", "AM or PM"),
    "minutes with I": ({"Minutes Late": "5"}, "Minutes Late", "late mark only"),
    "minutes below none": ({"Code": "L", "Minutes Late": "-5"}, "Minutes Late", "whole number"),
    "minutes of a week": ({"Code": "L", "Minutes Late": "9999"}, "Minutes Late", "whole number"),
    "NUL in the code": ({"Code": "I\0"}, "Code", "no such attendance code"),
    "NUL in the comment": ({"Comment": "ill\0"}, "Comment", "cannot be printed"),
    "an endless comment": ({"Comment": "x" * 40_000}, "Comment", "32,767"),
    "a cell too many": ({"Comment": "ill,at home"}, "", "more cells than there are headings"),
}


@pytest.mark.parametrize("what", MARKS)
def test_a_mark_that_cannot_be_is_named_by_row_and_column(untouched: School, tmp_path: Path, what: str) -> None:
    change, column, words = MARKS[what]
    bad = tuple({**dict(zip(MARK_HEADINGS, GOOD_MARK, strict=True)), **change}.values())
    path = csv_of(tmp_path / "marks.csv", MARK_HEADINGS, GOOD_MARK, bad)
    if what == "a cell too many":
        path.write_bytes(path.read_bytes().replace(b'"ill,at home"', b"ill,at home"))
    _refused_row(untouched.ask("import", "marks", path), 3, column, words)


def test_rows_that_disagree_are_refused_and_name_the_later(untouched: School, tmp_path: Path) -> None:
    rows = (GOOD_MARK, (UPN, "", "22/06/2026", "am", "i", "", ""), (UPN, "1", "2026-06-22", "AM", "O", "", ""))
    answer = untouched.ask("import", "marks", csv_of(tmp_path / "marks.csv", MARK_HEADINGS, *rows))
    _refused_row(answer, 4, "Code", "An earlier row says something else")
    assert (answer.value["added"], answer.value["unchanged"]) == (1, 1)


PUPILS: dict[str, tuple[dict[str, str], str, str]] = {
    **{
        f"{name} beginning with {start!r}": ({name: start + "cmd|'/c calc'!A1"}, name, "formula")
        for name in ("Surname", "Forename", "Class", "Contact 1 Name")
        for start in "=+@"
    },
    "a formula after an apostrophe": ({"Surname": "'=HYPERLINK(1)"}, "Surname", "formula"),
    "a formula after blanks": ({"Forename": "  =1"}, "Forename", "formula"),
    "a tab before a name": ({"Surname": "\tLęcki"}, "Surname", "formula"),
    "NUL in a name": ({"Surname": "Lęc\0ki"}, "Surname", "cannot be printed"),
    "a bell in a parent": ({"Contact 1 Name": "Ewa\x07"}, "Contact 1 Name", "cannot be printed"),
    "a name of 101 letters": ({"Surname": "ł" * 101}, "Surname", "100 characters"),
    "no surname": ({"Surname": ""}, "Surname", "blank"),
    "30 February": ({"Date of Birth": "30/02/2015"}, "Date of Birth", "no such day"),
    "29 February of no leap year": ({"Date of Birth": "29/02/2015"}, "Date of Birth", "no such day"),
    "born tomorrow": ({"Date of Birth": "27/06/2026"}, "Date of Birth", "in the future"),
    "born on the starting day": ({"Date of Birth": "07/09/2020"}, "Date of Birth", "not before the starting day"),
    "started at one": ({"Date of Birth": "07/09/2019"}, "Date of Birth", "before the age of 2"),
    "started at thirty": ({"Date of Birth": "01/09/1990"}, "Date of Birth", "after the age of 20"),
    "born in 1066": ({"Date of Birth": "01/09/1066"}, "Date of Birth", "not one of ours"),
    "never born": ({"Date of Birth": ""}, "Date of Birth", "blank"),
    "left before coming": ({"Leaving Date": "06/09/2020"}, "Leaving Date", "before the starting day"),
    "Year 14": ({"Year Group": "Year 14"}, "Year Group", "from 1 to 13"),
    "wrong check letter": ({"UPN": "A343202300001"}, "UPN", "This is not a UPN"),
    "UPN of twelve": ({"UPN": "Z34320230000"}, "UPN", "13 characters"),
    "UPN made a number": ({"UPN": "3.43E+11"}, "UPN", "spreadsheet has made a number"),
    "another child's number": ({"Admission Number": "1"}, "Admission Number", "is another pupil’s"),
    "a sister under her brother's number": (
        {"Admission Number": "1", "Surname": "Đurić"},
        "Admission Number",
        "is another pupil’s",
    ),
    "a twin under the other's number": (
        {"Admission Number": "1", "Surname": "Đurić", "Date of Birth": "01/09/2014", "UPN": TWIN_UPN},
        "Admission Number",
        "is another pupil’s",
    ),
    "a number of two children": ({"Admission Number": "7"}, "Admission Number", "More than one pupil"),
    "a phone of words": ({"Contact 1 Phone": "ask the neighbour"}, "Contact 1 Phone", "phone"),
    "a phone without a name": ({"Contact 1 Name": ""}, "Contact 1 Name", "has no name"),
}


@pytest.mark.parametrize("what", PUPILS)
def test_a_pupil_that_cannot_be_is_named_by_row_and_column(untouched: School, tmp_path: Path, what: str) -> None:
    change, column, words = PUPILS[what]
    first = dict(zip(PUPIL_HEADINGS, GOOD_PUPIL, strict=True))
    second = {**first, "Admission Number": "32", "Surname": "Abdi", "Contact 1 Phone": "07700 900032", **change}
    path = csv_of(tmp_path / "pupils.csv", PUPIL_HEADINGS, GOOD_PUPIL, tuple(second.values()))
    _refused_row(untouched.ask("import", "pupils", path), 3, column, words)


def test_two_rows_of_one_pupil_that_disagree_are_refused(untouched: School, tmp_path: Path) -> None:
    other = ("", "31", "Łęcki", "Ștefan", "01/09/2015", "6", "6X", "07/09/2020", "", "", "")
    answer = untouched.ask("import", "pupils", csv_of(tmp_path / "pupils.csv", PUPIL_HEADINGS, GOOD_PUPIL, other))
    assert answer.code == 2
    (found,) = answer.value["rejected"]
    assert found["row"] == 3
    assert found["why"] == "Row 2 is about the same pupil and says something else."


def _zip(**parts: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("_", "/"), content)
    return packed.getvalue()


WHOLE: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "is empty"),
    "blanks": (b" \n\n", "is empty"),
    "only zeros": (bytes(5000), "does not look like"),
    "a PDF": (b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n", "does not look like"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "cannot be read as CP1252"),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000), "old Excel file or one with a password"),
    "a zip of something": (_zip(readme_txt=b"hello"), "is not an Excel workbook"),
    "half a zip": (_zip(xl_workbook_xml=b"<workbook/>" * 50)[:120], "is not an Excel workbook"),
    "a zip bomb": (_zip(xl_workbook_xml=bytes(60_000_000)), "would unpack to far more|would unpack to more"),
    "an open quotation mark": (b'UPN,Date,Session,Code\n"A,2026-06-22,AM,I\n', "quotation mark"),
    "half a UTF-16 letter": (
        "UPN,Date,Session,Code\nA,2026-06-22,AM,I\n".encode("utf-16")[:-3] + b"\xd8",
        "read as UTF-16",
    ),
    "another list": (b"Name,Age\nEwa,7\n", "does not look like"),
    "one endless line": (b"UPN,Date,Session,Code\n" + b"x" * 3_000_000, "too long"),
}


@pytest.mark.parametrize("what", WHOLE)
def test_a_file_of_something_else_is_refused_whole(untouched: School, tmp_path: Path, what: str) -> None:
    content, words = WHOLE[what]
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    answer = untouched.ask("import", "marks", path)
    assert any(one in answer.value.get("error", "") for one in words.split("|")), answer.value
    one_sentence(answer, "list.csv")
    assert path.read_bytes() == content


@pytest.mark.parametrize("subject", ["pupils", "marks", "calendar"])
@pytest.mark.parametrize("start", [b"UPN,Date,Session,Code\n", b"PK\x03\x04"])
def test_a_file_of_200_megabytes_is_refused_by_its_size_at_once(
    untouched: School, tmp_path: Path, subject: str, start: bytes
) -> None:
    path = tmp_path / "great.csv"
    path.write_bytes(start)
    os.truncate(path, 200_000_000)
    began = time.perf_counter()
    one_sentence(untouched.ask("import", subject, path), "great.csv has 200 MB; at most")
    assert time.perf_counter() - began < 5


def test_a_calendar_with_a_fault_makes_no_school(tmp_path: Path) -> None:
    calendar = tmp_path / "calendar.csv"
    new = ("new", "--name", "X", "--la", "sefton", "--type", "maintained", "--phase", "primary", "--calendar", calendar)
    for row, words in (
        ("term,autumn,2026-09-02,2026-09-01", "row 2, column end (2026-09-01): It ends before it begins."),
        ("term,autumn,2026-13-02,2026-12-01", "row 2, column start (2026-13-02): There is no such day"),
        ("feast,autumn,2026-09-02,2026-12-01", "row 2, column kind (feast): The kind is one of"),
        ("term,=autumn,2026-09-02,2026-12-01", "row 2, column name (=autumn): A name cannot begin with ="),
        ("holiday,half term,2026-10-26,2026-10-30", "The calendar has no term"),
        ("term,autumn,2026-09-02,2028-12-01", "longer than 400 days"),
    ):
        calendar.write_text(f"kind,name,start,end\n{row}\n", "utf-8")
        one_sentence(inside("--store", tmp_path / "x.rollbook", *new, clock=CLOCK), words)
    calendar.unlink()
    one_sentence(inside("--store", tmp_path / "x.rollbook", *new, clock=CLOCK), "calendar.csv cannot be opened")
    assert list(tmp_path.iterdir()) == []
