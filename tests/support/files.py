"""Other people's files, as they come: CSV in any dress, and workbooks."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from desktop_app.rules.upn import check_letter


def upn(number: int) -> str:
    """A valid UPN of our own."""
    body = f"34020012{number:04d}"
    return check_letter(body) + body


def csv_text(rows: Iterable[Sequence[object]], delimiter: str = ",", line_end: str = "\r\n") -> str:
    """Rows as CSV text."""
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter, lineterminator=line_end).writerows(rows)
    return buffer.getvalue()


def csv_file(path: Path, rows: Iterable[Sequence[object]], encoding: str = "utf-8", delimiter: str = ",") -> Path:
    """A CSV file of those rows."""
    path.write_bytes(csv_text(rows, delimiter).encode(encoding))
    return path


def xlsx_file(path: Path, rows: Iterable[Sequence[Any]], change: Callable[[Workbook], None] | None = None) -> Path:
    """A workbook whose first sheet has those rows; `change` may do more to it before it is saved."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    if change:
        change(book)
    book.save(path)
    return path
