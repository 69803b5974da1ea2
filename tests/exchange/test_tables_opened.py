"""Files as they come: encodings, delimiters, titles above the headings, and files that are none of ours."""

from __future__ import annotations

import codecs
import hashlib
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from desktop_app.domain.errors import Refused
from desktop_app.exchange import tables
from desktop_app.exchange.columns import Layout, plain_heading
from desktop_app.exchange.delimited import encoding_of
from desktop_app.exchange.faults import LISTED, Faults, shown
from desktop_app.exchange.marks_file import MARKS
from desktop_app.exchange.tables import CSV_LIMIT, CSV_ROWS, Table, open_table
from tests.support.files import csv_file, csv_text

TITLES = {"surname": "Surname", "forename": "Forename"}
NAMES = Layout("a list of names", {"surname": "surname", "forename": "forename"}, (("surname",), ("forename",)), TITLES)
ROWS = [["Surname", "Forename"], ["Đặng", "Łucja"], ["Ní Bhriain", "Çağla"]]


def _rows(table: Table) -> list[tuple[int, list[str]]]:
    return list(table.rows(Faults()))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (b"", "utf-16-le"),
        (b"", "utf-16-be"),
    ],
)
def test_every_encoding_and_delimiter(tmp_path: Path, mark: bytes, encoding: str, delimiter: str) -> None:
    path = tmp_path / "names.csv"
    path.write_bytes(mark + csv_text(ROWS, delimiter).encode(encoding))
    table = open_table(path, NAMES)
    assert _rows(table) == [(2, ["Đặng", "Łucja", ""]), (3, ["Ní Bhriain", "Çağla", ""])]
    assert table.notes == ()
    assert table.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert table.origin == f"names.csv, SHA-256 {table.sha256}"


def test_cp1252_is_read_and_said(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "old.csv", [["Surname", "Forename"], ["Müller", "Zoë “Z”"]], "cp1252")
    table = open_table(path, NAMES)
    assert _rows(table) == [(2, ["Müller", "Zoë “Z”", ""])]
    assert "cp1252" in table.notes[0]


def test_text_of_no_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_bytes(b"Surname,Forename\r\nM\xfcller,Z\x81\r\n")
    with pytest.raises(Refused, match=r"odd\.csv, row \d+ or a little after it: the text cannot be read as CP1252"):
        _rows(open_table(path, NAMES))


@given(st.lists(st.tuples(st.text(min_size=1, max_size=8), st.text(max_size=8)), min_size=1, max_size=5))
@settings(max_examples=60)
def test_what_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]) -> None:
    text = csv_text([["Surname", "Forename"], *rows])
    try:
        content = text.encode("utf-8")
    except UnicodeEncodeError:
        return
    path = tmp_path_factory.mktemp("csv") / "any.csv"
    path.write_bytes(content)
    kept = [[*row, ""] for row in rows if "".join(row).strip()]
    assert [cells for _, cells in open_table(path, NAMES).rows(Faults())] == kept


def test_an_encoding_is_told_by_the_whole_file() -> None:
    assert encoding_of(b"a" * 3_000_000 + "é".encode()) == "utf-8"
    assert encoding_of(b"a" * 3_000_000 + b"\xe9") == "cp1252"
    assert encoding_of(("é" * 700_000).encode()) == "utf-8"


def test_titles_and_blank_rows_above_the_headings_keep_the_row_numbers(tmp_path: Path) -> None:
    rows = [
        ["Marsh Lane Primary School"],
        [],
        ["Printed on 1/9/2026", "Surname"],
        [],
        *ROWS,
        ["", ""],
        [" ", ""],
        ["Last", "One"],
    ]
    table = open_table(csv_file(tmp_path / "titled.csv", rows), NAMES)
    assert table.heading_row == 5
    assert _rows(table) == [(6, ["Đặng", "Łucja", ""]), (7, ["Ní Bhriain", "Çağla", ""]), (10, ["Last", "One", ""])]


def test_a_cell_with_a_line_break_is_one_row(tmp_path: Path) -> None:
    table = open_table(csv_file(tmp_path / "t.csv", [ROWS[0], ["a\nb", "c"], ["d", "e"]]), NAMES)
    assert _rows(table) == [(2, ["a\nb", "c", ""]), (3, ["d", "e", ""])]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_kind(tmp_path: Path, line_end: str) -> None:
    path = tmp_path / "ends.csv"
    path.write_text(csv_text(ROWS, line_end=line_end), encoding="utf-8", newline="")
    assert [number for number, _ in _rows(open_table(path, NAMES))] == [2, 3]


def test_short_rows_are_filled_and_long_ones_rejected(tmp_path: Path) -> None:
    table = open_table(csv_file(tmp_path / "t.csv", [ROWS[0], ["a"], ["b", "c", "", ""], ["d", "e", "f"]]), NAMES)
    faults = Faults()
    assert list(table.rows(faults)) == [(2, ["a", "", ""]), (3, ["b", "c", ""])]
    assert [(one.row, one.value) for one in faults.rejected] == [(4, "f")]
    assert "more cells than there are headings" in faults.rejected[0].why


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"  \r\n ", "is empty"),
        (b"hello\r\nworld\r\n", "does not look like a list of names"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 600, "old Excel file or one with a password"),
        (b"PK\x03\x04 but no more", "not an Excel workbook"),
        (bytes(range(256)) * 4, "row 1|does not look like"),
        (b"%PDF-1.7\nnonsense", "does not look like a list of names"),
        (b'Surname,Forename\r\n"open,b\r\nc,d\r\n', r"row \d: a quotation mark"),
        (b'Surname,Forename\r\n"a"b,c\r\n', "row 2: a quotation mark"),
        (b'Surname,Forename\r\n"' + b"x" * 200_000, "row 2: a cell is far too long"),
    ],
)
def test_files_that_are_none_of_ours(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(content)
    with pytest.raises(Refused, match=words) as told:
        _rows(open_table(path, NAMES))
    assert "file.csv" in str(told.value)


def test_a_missing_file_and_a_folder_are_said(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(Refused, match="cannot be opened"):
            open_table(path, NAMES)


def test_a_file_of_200_megabytes_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.write(b"Surname,Forename\r\n")
        file.truncate(200_000_000)
    monkeypatch.setattr(tables, "encoding_of", lambda _content: pytest.fail("it was read"))
    with pytest.raises(Refused, match=r"huge\.csv has 200 MB; at most 100 MB"):
        open_table(path, NAMES)
    assert CSV_LIMIT == 100_000_000


def test_a_workbook_may_have_half_of_that(tmp_path: Path) -> None:
    path = tmp_path / "huge.xlsx"
    with path.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(50_000_001)
    with pytest.raises(Refused, match="at most 50 MB"):
        open_table(path, NAMES)


def test_more_than_two_million_rows_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_bytes(b"Surname,Forename\n" + b"a,b\n" * (CSV_ROWS + 60))
    with pytest.raises(Refused, match="more than 2,000,000 rows"):
        open_table(path, NAMES)


def test_unknown_columns_are_reported_and_known_ones_found(tmp_path: Path) -> None:
    head = ["Comment", "A.M./P.M.", "Mark Code", "House", "upn", "Mark  Date", "Minutes_Late"]
    table = open_table(csv_file(tmp_path / "m.csv", [["Register"], head, ["x"] * 7]), MARKS)
    assert table.columns.missing(MARKS) == ("Session",)
    assert [title for title in head if any(f"“{title}”" in note for note in table.notes)] == ["A.M./P.M.", "House"]
    assert {key: place[0] for key, place in table.columns.places.items()} == {
        "comment": 0, "code": 2, "upn": 4, "date": 5, "minutes": 6,
    }  # fmt: skip


def test_a_semicolon_file_with_commas_and_quotes_in_it(tmp_path: Path) -> None:
    rows = [["Surname", "Forename"], ["Smith, Jones", 'The "second"']]
    table = open_table(csv_file(tmp_path / "s.csv", rows, delimiter=";"), NAMES)
    assert _rows(table) == [(2, ["Smith, Jones", 'The "second"', ""])]


@pytest.mark.parametrize(
    ("heading", "plain"),
    [
        ("Date of Birth", "date of birth"),
        ("DateOfBirth", "date of birth"),
        ("DATE_OF_BIRTH", "date of birth"),
        ("Contact1Name", "contact 1 name"),
        ("Parent/Carer 2 – Phone", "parent carer 2 phone"),
        ("UPN", "upn"),
    ],
)
def test_headings_are_compared_by_their_words(heading: str, plain: str) -> None:
    assert plain_heading(heading) == plain


def test_a_row_with_many_faults_is_one_and_a_thousand_are_listed() -> None:
    faults = Faults()
    for row in range(2, 1_502):
        faults.reject(row, "Surname", "x", "No.")
        faults.reject(row, "Forename", "y", "No.")
    assert (faults.rows, len(faults.rejected)) == (1_500, LISTED)


def test_a_bad_value_is_shown_on_one_line() -> None:
    assert shown("a\x00b\nc") == "a␀b␊c"
    assert shown("x" * 81) == "x" * 80 + "…"
    assert shown("a\u202eb") == "a�b"
