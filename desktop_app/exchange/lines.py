"""One row of a table, read cell by cell: a cell that cannot be taken is noted with its row and heading."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from desktop_app.exchange.columns import Columns
from desktop_app.exchange.faults import Faults
from desktop_app.exchange.values import Unreadable, date_manner, read_date, read_text

T = TypeVar("T")


class Line:
    """A row that is being read. `good` turns false at the first cell that cannot be taken."""

    def __init__(self, number: int, cells: Sequence[str], columns: Columns, faults: Faults) -> None:
        self.number = number
        self.good = True
        self._cells = cells
        self._columns = columns
        self._faults = faults

    def cell(self, key: str) -> str:
        """The cell as the file has it; empty where there is no such column."""
        return self._cells[self._columns.first(key)]

    def at(self, place: int, reader: Callable[[str], T]) -> T | None:
        """What the cell at a place means; None where it is blank or cannot be taken."""
        text = self._cells[place].strip(" \xa0")
        if not text.strip():
            return None
        try:
            return reader(text)
        except Unreadable as fault:
            self._reject(self._columns.titles[place], text, str(fault))
            return None

    def read(self, key: str, reader: Callable[[str], T]) -> T | None:
        """What the cell means; None where it is blank or cannot be taken."""
        place = self._columns.first(key)
        return None if place < 0 else self.at(place, reader)

    def need(self, key: str, reader: Callable[[str], T]) -> T | None:
        """As `read`, but a blank cell is a fault too."""
        if not self.cell(key).strip():
            self.reject(key, "This is blank, and it is needed.")
            return None
        return self.read(key, reader)

    def text(self, key: str) -> str:
        """The cell as plain text, without blanks at its ends."""
        return (self.read(key, read_text) or "").strip()

    def reject(self, key: str, why: str) -> None:
        """Reject the row for what stands in one of its columns."""
        self._reject(self._columns.title(key), self.cell(key).strip(), why)

    def _reject(self, title: str, value: str, why: str) -> None:
        self.good = False
        self._faults.reject(self.number, title, value, why)


class DateManners:
    """Watches how the dates of a column are written, and warns where the column disagrees with itself."""

    def __init__(self, title: str, faults: Faults) -> None:
        self._title = title
        self._faults = faults
        self._first: dict[str, tuple[int, str]] = {}
        self._known: dict[str, date] = {}

    def read(self, row: int, text: str) -> date:
        """The date, as `read_date` reads it; raises `Unreadable`."""
        found = self._known.get(text)
        if found is None:
            self._first.setdefault(date_manner(text), (row, text))
            found = self._known[text] = read_date(text)
        return found

    def finish(self) -> None:
        """Give the warnings, once the last row has been read."""
        seen = self._first
        if "day first" in seen and "month first" in seen:
            (row, text), (other, theirs) = seen["day first"], seen["month first"]
            self._faults.warn(
                f"The column “{self._title}” disagrees with itself: row {row} has the day first ({text}) and "
                f"row {other} the month ({theirs}). Dates are read day first; check every one."
            )
        elif "month first" in seen:
            row, text = seen["month first"]
            self._faults.warn(
                f"The column “{self._title}” seems to have the month first (row {row}: {text}); it is read day first."
            )
        elif "other" in seen and ("numbers" in seen or "day first" in seen):
            row, text = seen["other"]
            other, theirs = seen.get("numbers") or seen["day first"]
            self._faults.warn(
                f"The column “{self._title}” disagrees with itself: row {row} has {text} and row {other} {theirs}. "
                "If a spreadsheet took day for month in some of them, they are wrong; check."
            )
