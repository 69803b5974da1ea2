"""What an import would do, or did."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ImportKind(StrEnum):
    """What can be brought in."""

    PUPILS = "pupils"
    MARKS = "marks"
    CALENDAR = "calendar"
    BENCHMARKS = "benchmarks"


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
