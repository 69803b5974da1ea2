"""Excel workbooks (`.xlsx`): the first sheet, as rows of text, after looking at the zip it comes in."""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from itertools import pairwise
from xml.etree.ElementTree import ParseError

import openpyxl
from defusedxml import DefusedXmlException
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook

from desktop_app.domain.errors import Refused

UNPACKED_LIMIT = 500_000_000
PARTS_LIMIT = 5_000
SMALL_PART = 10_000_000
MOST_PACKED = 250
"""How many times smaller than itself a part of more than `SMALL_PART` may be packed; real sheets reach about 50."""

LAST_ROW = 1_048_576
READING_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    InvalidFileException,
    DefusedXmlException,
    ParseError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
)
"""What openpyxl lets through when a workbook is damaged or hostile."""


def check_zip(content: bytes, name: str) -> None:
    """Refuse, before anything is unpacked, a workbook that would unpack to far more than a school's list."""
    with _refusing(name):
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    if len(parts) > PARTS_LIMIT or sum(part.file_size for part in parts) > UNPACKED_LIMIT or _overlap(parts):
        raise _bomb(name)
    for part in parts:
        if part.file_size > SMALL_PART and part.file_size > MOST_PACKED * max(part.compress_size, 1):
            raise _bomb(name)
        if part.flag_bits & 0x1:
            raise Refused(f"{name} is protected by a password. Save it without one, or as CSV, and try again.")


class Sheet:
    """The first visible sheet of a workbook. `notes` says what a user should know of how it was read, `about` how many
    rows the file says that it has."""

    def __init__(self, content: bytes, name: str) -> None:
        """Open it. Raises `Refused` where it is damaged, hostile or holds no sheet."""
        check_zip(content, name)
        self._name = name
        self.notes: list[str] = []
        with _refusing(name), _quiet():
            self._book: Workbook = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheets = [sheet for sheet in self._book.worksheets if sheet.sheet_state == "visible"]
        if not sheets:
            raise Refused(f"{name} holds no sheet that could be read.")
        self._sheet = sheets[0]
        self.about = min(self._sheet.max_row or 0, LAST_ROW)
        if len(sheets) > 1:
            self.notes.append(f"Only the first sheet, “{self._sheet.title}”, was read; the file has {len(sheets)}.")
        if self._book.epoch == CALENDAR_MAC_1904:
            self.notes.append("The workbook counts its days from 1904; check that the dates came through right.")

    def rows(self) -> Iterator[list[str]]:
        """Its rows from row 1, every cell as text: dates as `2026-09-01`, whole numbers without a decimal point."""
        self._sheet.reset_dimensions()  # what the file says of its own size is often wrong, and may be hostile
        number = 0
        with _refusing(self._name), _quiet():
            for cells in self._sheet.iter_rows(values_only=True):
                number += 1
                if number > LAST_ROW:
                    raise Refused(f"{self._name}, row {number}: this sheet is longer than a sheet can be.")
                yield [_as_text(cell) for cell in cells]


def _as_text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time(0) else cell.isoformat(sep=" ")
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


def _overlap(parts: list[zipfile.ZipInfo]) -> bool:
    """Whether two parts share the same bytes, as only a crafted file has them."""
    places = sorted((part.header_offset, part.compress_size) for part in parts)
    return any(start + size > following for (start, size), (following, _) in pairwise(places))


def _bomb(name: str) -> Refused:
    return Refused(f"{name} would unpack to more than a list of pupils or marks can be. Nothing of it was opened.")


@contextmanager
def _refusing(name: str) -> Generator[None]:
    try:
        yield
    except READING_FAULTS as error:
        raise Refused(f"{name} is not an Excel workbook that can be read. Save it again, or as CSV.") from error


@contextmanager
def _quiet() -> Generator[None]:
    """Keep openpyxl from warning of styles and validations it does not know, which are nothing to a list."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", module="openpyxl")
        yield
