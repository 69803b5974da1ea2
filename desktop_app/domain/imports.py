"""What an import would do, or did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desktop_app.domain.staff import Author


class ImportKind(StrEnum):
    """What can be brought in."""

    PUPILS = "pupils"
    MARKS = "marks"
    CALENDAR = "calendar"
    BENCHMARKS = "benchmarks"

    @property
    def label(self) -> str:
        """What is brought in, in words."""
        return LABELS[self]


LABELS = {
    ImportKind.PUPILS: "Pupils",
    ImportKind.MARKS: "Marks",
    ImportKind.CALENDAR: "Term dates",
    ImportKind.BENCHMARKS: "Published figures",
}


@dataclass(frozen=True, slots=True)
class Rejection:
    """One value that cannot be taken. `row` is the file's own number (None: the whole file), `column` its heading."""

    row: int | None
    column: str
    value: str
    why: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The outcome of reading a file. `rows` = added + changed + unchanged + skipped + rejected rows.

    `rejected` lists at most the first 1,000; `rejected_total` counts rejected rows. Anything rejected: nothing applied.
    """

    rows: int
    added: int
    changed: int
    unchanged: int
    skipped: int
    rejected: tuple[Rejection, ...]
    rejected_total: int
    warnings: tuple[str, ...]

    @property
    def clean(self) -> bool:
        """Whether the file can be applied."""
        return self.rejected_total == 0


@dataclass(frozen=True, slots=True)
class ImportRun:
    """A file that was brought in: when (local), by whom, its SHA-256 (hexadecimal), and what became of its rows. No row
    of it was refused, since a file with one that is changes nothing; `left_out` are those that a file may hold and the
    book has no use for, `why_left` says why. `said` is what was worth a second look."""

    at: datetime
    author: Author
    kind: ImportKind
    file: str
    sha256: str
    rows: int
    added: int
    changed: int
    unchanged: int
    left_out: int
    why_left: str
    said: tuple[str, ...]

    @property
    def taken(self) -> int:
        """How many rows were written."""
        return self.added + self.changed
