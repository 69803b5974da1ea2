"""What the three imports share: the tally of rows, and the report of it."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field

from desktop_app.domain.imports import ImportReport
from desktop_app.domain.progress import Progress
from desktop_app.exchange.columns import Layout
from desktop_app.exchange.faults import Faults
from desktop_app.exchange.tables import Table

STEP = 5_000
"""How many rows are read between two reports of progress."""

Importing = Generator[Progress, None, ImportReport]
"""A running import: it yields its progress and returns its report; closed early, it leaves nothing changed."""


@dataclass(slots=True)
class Tally:
    """What became of each row that was not rejected."""

    faults: Faults = field(default_factory=Faults)
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    skipped: int = 0

    def report(self, table: Table) -> ImportReport:
        """The report, once the last row has been read."""
        taken = self.added + self.changed + self.unchanged + self.skipped
        return ImportReport(
            rows=taken + self.faults.rows,
            added=self.added,
            changed=self.changed,
            unchanged=self.unchanged,
            skipped=self.skipped,
            rejected=tuple(self.faults.rejected),
            rejected_total=self.faults.rows,
            warnings=(*table.notes, *self.faults.warnings),
        )


def refused_whole(table: Table, layout: Layout, faults: Faults) -> bool:
    """Reject every row of a file that lacks a column it needs, naming each such column; say whether it does."""
    missing = table.columns.missing(layout)
    if not missing:
        return False
    for title in missing:
        faults.reject_file(title, f"The file has no such column; its headings are in row {table.heading_row}.")
    rows = sum(1 for _ in table.rows(Faults()))
    for _ in range(max(1, rows)):
        faults.reject_unread()
    return True


def progress(table: Table, row: int, doing: str = "Reading") -> Progress:
    """How far down a file the reading is."""
    return Progress(min(row, table.about) if table.about else row, table.about, f"{doing} {table.name}, row {row:,}")
