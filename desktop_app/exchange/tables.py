"""A file of rows under headings, whatever it is saved as: looked at, measured and opened, then read row by row."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from desktop_app.domain.errors import Refused
from desktop_app.exchange.columns import Columns, Layout, read_columns
from desktop_app.exchange.delimited import DELIMITERS, encoding_of, lines_in, rows_of
from desktop_app.exchange.faults import Faults

MEGABYTE = 1_000_000
CSV_LIMIT = 100 * MEGABYTE
CSV_ROWS = 2_000_000
XLSX_LIMIT = 50 * MEGABYTE
HEADING_ROWS = 50
"""How far down the heading row is looked for, under titles and blank rows."""

ZIP = b"PK\x03\x04"
OLD_EXCEL = b"\xd0\xcf\x11\xe0"

Opener = Callable[[], Iterator[list[str]]]


@dataclass(slots=True)
class Table:
    """An opened file. `sha256` is of the very bytes that are read; `about` how many rows it has, 0 where not known.

    `heading_row` is the file's own number of the row with the headings.
    """

    name: str
    sha256: str
    columns: Columns
    heading_row: int
    about: int
    notes: tuple[str, ...]
    _open: Opener

    def rows(self, faults: Faults) -> Iterator[tuple[int, list[str]]]:
        """The rows under the headings that are not blank: the file's own row number and the cells.

        Every row has a cell for each heading and one more, empty, at the end: so a column that the file does not have
        (place -1) reads as blank. A row with more cells than headings is rejected. Raises `Refused` for a broken file.
        """
        width = len(self.columns.titles)
        for number, read in islice(enumerate(self._open(), start=1), self.heading_row, None):
            cells = read if len(read) == width else _fitted(read, width)
            if not cells[0].strip() and not "".join(cells).strip():
                continue
            if len(cells) > width:
                faults.reject(number, "", cells[width], "This row has more cells than there are headings.")
                continue
            cells.append("")
            yield number, cells

    @property
    def origin(self) -> str:
        """The file's name and SHA-256: the reason under which what it brings is recorded."""
        return f"{self.name}, SHA-256 {self.sha256}"


def _fitted(cells: list[str], width: int) -> list[str]:
    """The cells of a row as many as there are headings; more only where one of the rest is not blank."""
    if any(cell.strip() for cell in cells[width:]):
        return cells
    return [*cells[:width], *[""] * (width - len(cells))]


def open_table(path: Path, layout: Layout) -> Table:
    """Open a CSV file or an Excel workbook and find its headings.

    Raises `Refused`, in words, for a file that is too large, is neither, is damaged, or has no headings that are known.
    Columns may still be missing from it: see `Columns.missing`.
    """
    content = _bytes_of(path)
    digest = hashlib.sha256(content).hexdigest()
    if content.startswith(ZIP):
        # Loaded for a workbook alone: no start of the window and no CSV waits for the library that reads them.
        from desktop_app.exchange.workbook import Sheet  # noqa: PLC0415

        sheet = Sheet(content, path.name)
        columns, row = _headings(sheet.rows(), layout)
        return _table(path, digest, layout, (columns, row, sheet.rows), sheet.about, sheet.notes)
    encoding = encoding_of(content)
    about = lines_in(content, encoding)
    if about > CSV_ROWS + HEADING_ROWS:
        raise Refused(f"{path.name} has more than {CSV_ROWS:,} rows. Split it, by year perhaps, and import each part.")
    found = _best_delimited(content, encoding, path.name, layout)
    notes: list[str] = []
    if encoding == "cp1252":
        notes.append("The file is not in UTF-8 and was read as Western European text (cp1252): check accented names.")
    return _table(path, digest, layout, found, about, notes)


def _bytes_of(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(8)
            limit = XLSX_LIMIT if start.startswith(ZIP) else CSV_LIMIT
            if size > limit:
                raise Refused(
                    f"{path.name} has {size / MEGABYTE:,.0f} MB; at most {limit // MEGABYTE} MB can be read. "
                    "Split it, by year perhaps, and import each part."
                )
            file.seek(0)
            content = file.read(size)
    except OSError as error:
        raise Refused(f"{path.name} cannot be opened: {error.strerror or 'the disk does not answer'}.") from error
    if start.startswith(OLD_EXCEL):
        raise Refused(f"{path.name} is an old Excel file or one with a password. Save it as .xlsx or CSV, without one.")
    if not content or content.isspace():
        raise Refused(f"{path.name} is empty.")
    return content


def _table(
    path: Path, digest: str, layout: Layout, found: tuple[Columns, int, Opener], about: int, notes: list[str]
) -> Table:
    columns, row, opener = found
    if row == 0:
        wanted = ", ".join(layout.titles[group[0]] for group in layout.needed)
        raise Refused(
            f"{path.name} does not look like {layout.what}: none of its first {HEADING_ROWS} rows has the headings "
            f"that belong there ({wanted})."
        )
    notes += [f"The column “{title}” is not one that is read here; it was left out." for title in columns.unknown]
    return Table(path.name, digest, columns, row, max(0, about - row), tuple(notes), opener)


def _best_delimited(content: bytes, encoding: str, name: str, layout: Layout) -> tuple[Columns, int, Opener]:
    """The file split by the mark under which most of its headings are known; the comma where they are equal."""
    best: tuple[Columns, int, Opener] = (Columns((), {}, ()), 0, partial(rows_of, content, encoding, ",", name))
    fault: Refused | None = None
    for delimiter in DELIMITERS:
        opener = partial(rows_of, content, encoding, delimiter, name)
        try:
            columns, row = _headings(opener(), layout)
        except Refused as refused:
            fault = fault or refused
        else:
            best = (columns, row, opener) if len(columns.places) > len(best[0].places) else best
    if best[1] == 0 and fault is not None:
        raise fault
    return best


def _headings(rows: Iterator[list[str]], layout: Layout) -> tuple[Columns, int]:
    """The heading row, by how many headings of it are known, and its number; number 0 where there is none."""
    best, at = Columns((), {}, ()), 0
    for number, cells in enumerate(islice(rows, HEADING_ROWS), start=1):
        columns = read_columns(cells, layout)
        if len(columns.places) > max(1, len(best.places)):
            best, at = columns, number
        if at and not best.missing(layout):
            break
    return best, at
