"""Excel workbooks: what a spreadsheet makes of dates and numbers, and zips that are no workbooks at all."""

from __future__ import annotations

import io
import struct
import time
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.datavalidation import DataValidation

from desktop_app.domain.errors import Refused
from desktop_app.exchange.columns import Layout
from desktop_app.exchange.faults import Faults
from desktop_app.exchange.tables import Table, open_table
from desktop_app.exchange.workbook import UNPACKED_LIMIT, check_zip
from tests.support.files import xlsx_file

KEYS = ("upn", "date", "code", "note")
THINGS = Layout("a list of things", {key: key for key in KEYS}, (("upn",),), {"upn": "UPN"})
HEAD = ["UPN", "Date", "Code", "Note"]


def _rows(table: Table) -> list[tuple[int, list[str]]]:
    return [(number, cells[:-1]) for number, cells in table.rows(Faults())]


def test_cells_of_every_kind_become_text(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Marsh Lane Primary School"],
        [],
        HEAD,
        ["A1", datetime(2026, 9, 7), "/", None],
        [12345, date(2026, 9, 8), "\\", 1.5],
        [850203400000.0, datetime(2026, 9, 7, 8, 50), True, "=1+1"],
        [None, None, None, None],
        ["A2", 46272, "-", "Łucja"],
    ]
    table = open_table(xlsx_file(tmp_path / "things.xlsx", rows), THINGS)
    assert table.heading_row == 3
    assert _rows(table) == [
        (4, ["A1", "2026-09-07", "/", ""]),
        (5, ["12345", "2026-09-08", "\\", "1.5"]),
        (6, ["850203400000", "2026-09-07 08:50:00", "Yes", ""]),
        (8, ["A2", "46272", "-", "Łucja"]),
    ]


def test_only_the_first_sheet_that_is_shown_is_read_and_that_is_said(tmp_path: Path) -> None:
    def more(book: Workbook) -> None:
        book.worksheets[0].sheet_state = "hidden"
        for title, upn in (("Pupils", "first"), ("Others", "second")):
            sheet = book.create_sheet(title)
            sheet.append(HEAD)
            sheet.append([upn])
        book.active = 1

    table = open_table(xlsx_file(tmp_path / "three.xlsx", [HEAD, ["hidden"]], more), THINGS)
    assert _rows(table) == [(2, ["first", "", "", ""])]
    assert table.notes == ("Only the first sheet, “Pupils”, was read; the file has 2.",)


def test_validations_and_styles_are_nothing_to_a_list(tmp_path: Path) -> None:
    def more(book: Workbook) -> None:
        book.worksheets[0].add_data_validation(DataValidation(type="list", formula1='"/,\\\\"'))
        book.worksheets[0].freeze_panes = "A2"

    assert _rows(open_table(xlsx_file(tmp_path / "v.xlsx", [HEAD, ["x"]], more), THINGS)) == [(2, ["x", "", "", ""])]


def test_a_sheet_that_lies_about_its_size_is_read_whole(tmp_path: Path) -> None:
    path = xlsx_file(tmp_path / "lies.xlsx", [HEAD, ["a"], ["b"]])
    _rewrite(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b'ref="A1:D3"', b'ref="A1:A1"'))
    assert [cells[0] for _, cells in _rows(open_table(path, THINGS))] == ["a", "b"]


def test_days_counted_from_1904_are_said(tmp_path: Path) -> None:
    def old(book: Workbook) -> None:
        book.epoch = CALENDAR_MAC_1904

    path = xlsx_file(tmp_path / "mac.xlsx", [HEAD, ["a"]], old)
    assert "1904" in open_table(path, THINGS).notes[0]


def _rewrite(path: Path, part: str, change: Callable[[bytes], bytes]) -> None:
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    assert change(parts[part]) != parts[part]
    parts[part] = change(parts[part])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content)


BILLION = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
    b'<c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>'
)
OUTSIDE = BILLION.replace(b'<!ENTITY a "aaaaaaaaaa">', b'<!ENTITY a SYSTEM "file:///etc/passwd">')
FAR_DOWN = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    b'<row r="99999999999"><c r="A99999999999"><v>1</v></c></row></sheetData></worksheet>'
)


@pytest.mark.parametrize(
    "sheet", [BILLION, OUTSIDE, FAR_DOWN, b"<worksheet", b"", b'<worksheet><row r="x"/></worksheet>']
)
def test_hostile_and_broken_sheets_are_refused(tmp_path: Path, sheet: bytes) -> None:
    path = xlsx_file(tmp_path / "hostile.xlsx", [HEAD, ["x"]])
    _rewrite(path, "xl/worksheets/sheet1.xml", lambda _: sheet)
    with pytest.raises(Refused, match=r"hostile\.xlsx"):
        _rows(open_table(path, THINGS))


def test_a_workbook_with_a_bad_sum_is_refused(tmp_path: Path) -> None:
    path = xlsx_file(tmp_path / "torn.xlsx", [HEAD, *([f"pupil {n}"] for n in range(2_000))])
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as book:
        info = book.getinfo("xl/worksheets/sheet1.xml")
    content[info.header_offset + 60] ^= 0xFF
    path.write_bytes(content)
    with pytest.raises(Refused, match="not an Excel workbook that can be read"):
        _rows(open_table(path, THINGS))


def test_a_zip_that_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "letters.xlsx"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("word/document.xml", "<document/>")
    with pytest.raises(Refused, match="not an Excel workbook"):
        open_table(path, THINGS)


def _zip(*sizes: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for number, size in enumerate(sizes):
            file.writestr(f"xl/{number}.xml", b"\x00" * size)
    return buffer.getvalue()


def _claiming(content: bytes, size: int) -> bytes:
    """The same zip, whose directory says that each part unpacks to so much."""
    changed = bytearray(content)
    at = -1
    while (at := changed.find(b"PK\x01\x02", at + 1)) >= 0:
        changed[at + 24 : at + 28] = struct.pack("<I", size)
    return bytes(changed)


def _overlapping() -> bytes:
    """Two entries of the directory that share one body, as the bombs that grow without nesting have them."""
    changed = bytearray(_zip(1_000, 1_000))
    first = changed.find(b"PK\x01\x02")
    second = changed.find(b"PK\x01\x02", first + 1)
    changed[second + 42 : second + 46] = changed[first + 42 : first + 46]
    return bytes(changed)


def _many() -> bytes:
    return _zip(*([1] * 5_001))


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(_zip(200_000_000), id="194 kB for 200 MB"),
        pytest.param(_claiming(_zip(1_000), UNPACKED_LIMIT + 1), id="claims too much"),
        pytest.param(_claiming(_zip(*[9_000_000] * 2), UNPACKED_LIMIT // 2 + 1), id="too much together"),
        pytest.param(_overlapping(), id="overlapping"),
        pytest.param(_many(), id="too many parts"),
    ],
)
def test_a_zip_bomb_is_refused_at_once(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(content)
    start = time.perf_counter()
    with pytest.raises(Refused, match="Nothing of it was opened"):
        open_table(path, THINGS)
    assert time.perf_counter() - start < 1


def test_an_encrypted_part_is_told_from_a_broken_one() -> None:
    content = bytearray(_zip(1_000))
    at = content.find(b"PK\x01\x02")
    content[at + 8] |= 0x1
    with pytest.raises(Refused, match="protected by a password"):
        check_zip(bytes(content), "secret.xlsx")
