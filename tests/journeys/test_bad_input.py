"""Hostile and mistaken input through the door: refused in a sentence that names the place, and nothing is changed."""

from __future__ import annotations

import io
import json
import os
import shlex
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

import db.keys
from db.engine import connect
from db.house import House
from desktop_app.domain.deeds import Deed
from desktop_app.domain.people import Membership, Pupil
from desktop_app.domain.staff import Staff
from tests.journeys.lists import PUBLISHED, SHIFTED
from tests.journeys.program import PASSWORD, ROOT, Answer, inside, rollbook
from tests.support.clock import StillClock

CLOCK = StillClock(datetime(2026, 6, 26, 10, 0))
"""A Friday in term: the morning's register is closed, the afternoon's not yet open."""

UPN, LEAVER_UPN, TWIN_UPN = "Z343202300001", "Y343202000001", "A343202300077"
PUPIL_HEADINGS = (
    "UPN", "Admission Number", "Surname", "Forename", "Date of Birth", "Year Group", "Class", "Admission Date",
    "Leaving Date", "Contact 1 Name", "Contact 1 Phone",
)  # fmt: skip
GOOD_PUPIL = ("", "31", "Łęcki", "Ștefan", "01/09/2015", "5", "5W", "07/09/2020", "", "Đurđa Łęcka", "07700 900031")
MARK_HEADINGS = ("UPN", "Admission Number", "Date", "Session", "Code", "Minutes Late", "Comment")
GOOD_MARK = ("", "1", "2026-06-22", "AM", "I", "", "")


@dataclass(frozen=True)
class School:
    """A school of four children and one mark, with the bytes that must not change."""

    store: Path
    before: dict[str, bytes]

    def ask(self, *words: object) -> Answer:
        """Run one command on it."""
        return inside("--store", self.store, *words, clock=CLOCK)

    def files(self) -> dict[str, bytes]:
        """Its files by name; the lock and the journal hold nothing."""
        named = (self.store.name, f"{self.store.name}.keys", f"{self.store.name}.keys.copy")
        return {name: self.store.with_name(name).read_bytes() for name in named}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> School:
    folder = tmp_path_factory.mktemp("school")
    store = folder / "marsh-lane.rollbook"
    school = School(store, {})
    assert school.ask(
        "new", "--name", "Marsh Lane", "--la", "sefton", "--type", "maintained", "--phase", "primary",
        "--calendar", PUBLISHED, "--user", "pat",
    ).code == 0  # fmt: skip
    assert school.ask("import", "calendar", SHIFTED).code == 0
    children = (
        (UPN, "1", "Đurić", "Łucja", "01/09/2014", "5", "5W", "03/09/2018", "", "Ewa Đurić", "07700 900001"),
        (LEAVER_UPN, "2", "Brown", "Zoë", "01/09/2014", "5", "5W", "03/09/2018", "13/03/2026", "", ""),
        ("", "7", "Ağa", "José", "01/09/2015", "5", "5W", "12/01/2026", "", "", ""),
    )
    brought = school.ask("import", "pupils", _csv(folder / "pupils.csv", PUPIL_HEADINGS, *children))
    assert (brought.code, brought.value["added"]) == (0, 3), brought.value
    _add_a_namesake_by_number(store)
    mark = ("mark", "--pupil", "1", "--date", "2026-06-24", "--half", "AM", "--code", "N")
    assert school.ask(*mark).code == 0
    return School(store, school.files())


def _add_a_namesake_by_number(path: Path) -> None:
    """A second child with the admission number 7, which no list can bring in."""
    with closing(House().open(path, "pat", PASSWORD, write=True)) as store:
        with store.reading() as reading:
            author = reading.book.all(Staff)[0].as_author()
            child = next(one for one in reading.book.all(Pupil) if one.admission_number == "7")
        with store.writing(Deed(author, "set up", CLOCK())) as writing:
            twin = writing.book.put(replace(child, id=0, legal_forename="Ruth"))
            writing.book.put(Membership(0, twin, "5W", "5", child.starting_day))


@pytest.fixture
def school(made: School) -> Iterator[School]:
    """The school, and afterwards the same bytes."""
    yield made
    assert made.files() == made.before


def _csv(path: Path, headings: tuple[str, ...], *rows: tuple[str, ...]) -> Path:
    lines = [
        ",".join(f'"{cell}"' if "," in cell or "\n" in cell else cell for cell in row) for row in (headings, *rows)
    ]
    path.write_bytes(("\n".join(lines) + "\n").encode())
    return path


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


def _sentence(answer: Answer, words: str, code: int = 2) -> None:
    """One sentence, the same on both streams."""
    assert (answer.code, set(answer.value)) == (code, {"error"}), answer
    said = answer.value["error"]
    assert words in said, said
    assert said.endswith((".", "\\", "/"))
    assert "\n" not in said
    assert answer.errors == said + "\n"


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
def test_a_mark_that_cannot_be_is_named_by_row_and_column(school: School, tmp_path: Path, what: str) -> None:
    change, column, words = MARKS[what]
    bad = tuple({**dict(zip(MARK_HEADINGS, GOOD_MARK, strict=True)), **change}.values())
    path = _csv(tmp_path / "marks.csv", MARK_HEADINGS, GOOD_MARK, bad)
    if what == "a cell too many":
        path.write_bytes(path.read_bytes().replace(b'"ill,at home"', b"ill,at home"))
    _refused_row(school.ask("import", "marks", path), 3, column, words)


def test_rows_that_disagree_are_refused_and_name_the_later(school: School, tmp_path: Path) -> None:
    rows = (GOOD_MARK, (UPN, "", "22/06/2026", "am", "i", "", ""), (UPN, "1", "2026-06-22", "AM", "O", "", ""))
    answer = school.ask("import", "marks", _csv(tmp_path / "marks.csv", MARK_HEADINGS, *rows))
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
def test_a_pupil_that_cannot_be_is_named_by_row_and_column(school: School, tmp_path: Path, what: str) -> None:
    change, column, words = PUPILS[what]
    first = dict(zip(PUPIL_HEADINGS, GOOD_PUPIL, strict=True))
    second = {**first, "Admission Number": "32", "Surname": "Abdi", "Contact 1 Phone": "07700 900032", **change}
    path = _csv(tmp_path / "pupils.csv", PUPIL_HEADINGS, GOOD_PUPIL, tuple(second.values()))
    _refused_row(school.ask("import", "pupils", path), 3, column, words)


def test_two_rows_of_one_pupil_that_disagree_are_refused(school: School, tmp_path: Path) -> None:
    other = ("", "31", "Łęcki", "Ștefan", "01/09/2015", "6", "6X", "07/09/2020", "", "", "")
    answer = school.ask("import", "pupils", _csv(tmp_path / "pupils.csv", PUPIL_HEADINGS, GOOD_PUPIL, other))
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
def test_a_file_of_something_else_is_refused_whole(school: School, tmp_path: Path, what: str) -> None:
    content, words = WHOLE[what]
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    answer = school.ask("import", "marks", path)
    assert any(one in answer.value.get("error", "") for one in words.split("|")), answer.value
    _sentence(answer, "list.csv")
    assert path.read_bytes() == content


@pytest.mark.parametrize("subject", ["pupils", "marks", "calendar"])
@pytest.mark.parametrize("start", [b"UPN,Date,Session,Code\n", b"PK\x03\x04"])
def test_a_file_of_200_megabytes_is_refused_by_its_size_at_once(
    school: School, tmp_path: Path, subject: str, start: bytes
) -> None:
    path = tmp_path / "great.csv"
    path.write_bytes(start)
    os.truncate(path, 200_000_000)
    began = time.perf_counter()
    _sentence(school.ask("import", subject, path), "great.csv has 200 MB; at most")
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
        _sentence(inside("--store", tmp_path / "x.rollbook", *new, clock=CLOCK), words)
    calendar.unlink()
    _sentence(inside("--store", tmp_path / "x.rollbook", *new, clock=CLOCK), "calendar.csv cannot be opened")
    assert list(tmp_path.iterdir()) == []


MARKED = {
    "two of one number": ("--pupil 7 --date 2026-06-22 --half AM --code I", "More than one pupil"),
    "nobody": ("--pupil 99 --date 2026-06-22 --half AM --code I", "No pupil has"),
    "blank pupil": ("--pupil '' --date 2026-06-22 --half AM --code I", "No pupil has"),
    "next week": ("--pupil 1 --date 2026-06-29 --half AM --code I", "future"),
    "closed day": ("--pupil 1 --date 2026-05-26 --half AM --code I", "No mark can stand on Tue 26 May"),
    "a leaver": ("--pupil 2 --date 2026-06-22 --half AM --code I", "after leaving"),
    "withdrawn": ("--pupil 1 --date 2026-06-22 --half AM --code H", "withdrawn"),
    "not yet law": ("--pupil 1 --date 2019-06-20 --half AM --code J1", "law only from"),
    "wrong half": ("--pupil 1 --date 2026-06-22 --half PM --code /", "morning mark"),
    "closed without a reason": ("--pupil 1 --date 2026-06-24 --half AM --code I", "Say why"),
    "taken away": ("--pupil 1 --date 2026-06-24 --half AM --clear", "not taken away"),
    "blank code": ("--pupil 1 --date 2026-06-22 --half AM --code ' '", "--clear"),
    "code and clear": ("--pupil 1 --date 2026-06-22 --half AM --code I --clear", "not allowed"),
    "minutes and clear": ("--pupil 1 --date 2026-06-26 --half PM --clear --minutes 4", "--code"),
    "minutes with I": ("--pupil 1 --date 2026-06-22 --half AM --code I --minutes 4", "L or U"),
    "minutes below none": ("--pupil 1 --date 2026-06-22 --half AM --code L --minutes -4", "number from 1"),
    "minutes of words": ("--pupil 1 --date 2026-06-22 --half AM --code L --minutes ten", "whole number"),
    "B without a note": ("--pupil 1 --date 2026-06-22 --half AM --code B", "needs a note"),
    "half a day": ("--pupil 1 --date 2026-06-22 --half NOON --code I", "write AM or PM"),
    "a date without dashes": ("--pupil 1 --date 20260622 --half AM --code I", "YYYY-MM-DD"),
    "a week for a date": ("--pupil 1 --date 2026-W26-1 --half AM --code I", "YYYY-MM-DD"),
    "the year 9999": ("--pupil 1 --date 9999-12-31 --half AM --code I", "between 1900 and 2100"),
    "half an argument": ("--pup 1 --date 2026-06-22 --half AM --code I", "required: --pupil"),
}


@pytest.mark.parametrize("what", MARKED)
def test_a_mark_by_hand_that_cannot_be_is_refused(school: School, what: str) -> None:
    words, said = MARKED[what]
    _sentence(school.ask("mark", *shlex.split(words)), said)


OTHERS = {
    "a kind of no entry": ("log --pupil 1 --kind fax --at 2026-06-22 --outcome x", "phone-call"),
    "no outcome": ("log --pupil 1 --kind letter --at 2026-06-22 --outcome ' '", "outcome"),
    "a call to come": ("log --pupil 1 --kind text --at 2026-06-26T10:01 --outcome x", "not happened"),
    "a stranger": ("log --pupil 1 --kind text --at 2026-06-22 --outcome x --with Eve", "Ewa Đurić"),
    "a minute of 61": ("log --pupil 1 --kind text --at 2026-06-22T10:61 --outcome x", "moment"),
    "a period backwards": ("figures --from 2026-06-22 --to 2026-06-21", "ends"),
    "no such grouping": ("figures --from 2026-06-22 --to 2026-06-22 --by house", "pupil, class, year"),
    "no such referral": ("bundle --pupil 1 --referral court --on 2026-06-22 --out x.pdf", "no referral “court”"),
    "a bundle of tomorrow": ("bundle --pupil 1 --referral lasap --on 2026-06-27 --out x.pdf", "still to come"),
    "a bundle of the year 1": ("bundle --pupil 1 --referral lasap --on 0001-01-01 --out x.pdf", "between 1900"),
    "a bundle nowhere": ("bundle --pupil 1 --referral lasap --on 2026-06-22 --out no/x.pdf", "no folder"),
    "a bundle without a name": ("bundle --pupil 1 --referral lasap --on 2026-06-22 --out ''", "no file name"),
    "a head of no hexadecimal": ("check --head zz", "hexadecimal"),
    "a backup nowhere": ("backup --out no/x.rollbook", "no folder"),
    "a file that is not there": ("import marks no.csv", "no.csv cannot be opened"),
    "a folder": ("import marks .", "cannot be opened"),
    "marks from a day": ("import marks no.csv --from 2026-06-22", "goes with pupils"),
    "a list of teachers": ("import teachers no.csv", "pupils"),
}


@pytest.mark.parametrize("what", OTHERS)
def test_what_else_cannot_be_is_refused(
    school: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    monkeypatch.chdir(tmp_path)
    words, said = OTHERS[what]
    _sentence(school.ask(*shlex.split(words)), said)
    assert list(tmp_path.iterdir()) == []


def _copied(made: School, folder: Path) -> Path:
    for file in made.store.parent.glob(f"{made.store.name}*"):
        shutil.copy(file, folder)
    return folder / made.store.name


@pytest.mark.parametrize(
    "length", [0, 1, 15, 16, 100, 4095, 4096, 4097, 8192, 65_536, 100_001, -65_536, -4097, -4096, -1]
)
@pytest.mark.parametrize(
    "command", [("check",), ("mark", "--pupil", "1", "--date", "2026-06-22", "--half", "AM", "--code", "I")]
)
def test_a_truncated_school_is_refused_and_left_alone(
    made: School, tmp_path: Path, length: int, command: tuple[str, ...]
) -> None:
    path = _copied(made, tmp_path)
    content = made.store.read_bytes()[:length]
    path.write_bytes(content)
    names = {file.name for file in tmp_path.iterdir()}
    _sentence(inside("--store", path, *command, clock=CLOCK), "")
    assert path.read_bytes() == content
    assert {file.name for file in tmp_path.iterdir()} == names


def test_a_newer_school_is_refused_and_left_alone(made: School, tmp_path: Path) -> None:
    path = _copied(made, tmp_path)
    key = db.keys.load(path)[0].unlock("pat", PASSWORD)[1].data
    with closing(connect(path, key)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0999'")
    content = path.read_bytes()
    for command in (("check",), ("backup", "--out", tmp_path / "copy.rollbook")):
        _sentence(inside("--store", path, *command, clock=CLOCK), "newer version of Rollbook")
    assert path.read_bytes() == content
    assert not (tmp_path / "copy.rollbook").exists()


@pytest.mark.parametrize("content", [b"", b"x", b"SQLite format 3\0" + bytes(4080), b"\0" * 8192, b"PK\x03\x04" * 999])
def test_a_foreign_file_is_refused_before_a_password_is_asked_for(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.rollbook"
    path.write_bytes(content)
    answer = rollbook("--store", path, "check", password=None)
    _sentence(answer, "other.rollbook")
    assert path.read_bytes() == content
    assert [file.name for file in tmp_path.iterdir()] == ["other.rollbook"]


def test_wrong_user_and_wrong_password_get_one_sentence_for_the_same_work(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    work: list[tuple[Any, ...]] = []
    real: Callable[..., bytes] = db.keys.hash_secret_raw

    def watched(secret: bytes, salt: bytes, *cost: Any) -> bytes:
        work.append(cost)
        return real(secret, salt, *cost)

    monkeypatch.setattr(db.keys, "hash_secret_raw", watched)
    said = set()
    for user, password in (("pat", "not the password"), ("nobody", PASSWORD), ("nobody", "x"), ("", "")):
        words = ("--user", user) if user else ()
        answer = inside("--store", school.store, *words, "check", password=password, clock=CLOCK)
        _sentence(answer, "is not right.", code=3)
        said.add(answer.value["error"])
    assert len(said) == 1
    assert len(work) == 4
    assert len(set(work)) == 1


HOLD = """
import sys
from pathlib import Path
from db.house import House
from desktop_app.domain.deeds import Deed
from desktop_app.domain.people import Membership, Pupil
from desktop_app.domain.staff import Staff
store = House().open(Path(sys.argv[1]), None, sys.argv[2], write=True)
print("open", flush=True)
sys.stdin.readline()
store.close()
"""


def test_while_another_process_writes_its_holder_is_named_and_reading_goes_on(
    made: School, school: School, tmp_path: Path
) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", HOLD, str(school.store), PASSWORD]
    marks = _csv(tmp_path / "marks.csv", MARK_HEADINGS, GOOD_MARK)
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"open\n"
        mark = ("mark", "--pupil", "1", "--date", "2026-06-22", "--half", "AM", "--code", "I")
        out = tmp_path / "x.pdf"
        for writing in (
            mark,
            ("log", "--pupil", "1", "--kind", "text", "--at", "2026-06-22", "--outcome", "x"),
            ("import", "marks", marks),
            ("bundle", "--pupil", "1", "--referral", "lasap", "--on", "2026-06-22", "--out", out),
        ):
            _sentence(school.ask(*writing), "pat on ", code=3)
        assert not out.exists()
        figures = school.ask("figures", "--from", "2026-06-24", "--to", "2026-06-24")
        assert [row["codes"] for row in figures.value if row["codes"]] == [{"N": 1}]
        assert school.ask("import", "marks", marks, "--dry-run").value["added"] == 1
        assert school.ask("check").value["ok"] is True
        assert school.ask("backup", "--out", tmp_path / "copy.rollbook").value["marks"] == 1
        holder.communicate(b"\n", timeout=30)
    with closing(House().open(school.store, "pat", PASSWORD, write=True)):
        assert made.store.exists()
