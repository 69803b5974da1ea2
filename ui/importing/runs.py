"""The card that lists the files that were brought in before: the list that Ctrl+E saves."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.domain.imports import ImportRun
from desktop_app.rules.display import clock_time, date_year
from ui.parts.card import Card
from ui.parts.rows import Column, Kind, RowsModel
from ui.parts.table import DataTable
from ui.theme import Theme


def run_columns() -> list[Column[tuple[int, ImportRun]]]:
    """The columns of the list of files that were brought in."""
    return [
        Column("When", lambda one: f"{date_year(one[1].at.date())}, {clock_time(one[1].at)}", width=22),
        Column("What", lambda one: one[1].kind.label, width=16),
        Column("File", lambda one: one[1].file, strong=lambda _: True),
        Column("By", lambda one: one[1].author.name, width=20),
        Column("Rows", lambda one: f"{one[1].rows:,}", Kind.NUMBER, 9),
        Column("Taken", lambda one: f"{one[1].taken:,}", Kind.NUMBER, 9),
        Column("Left out", lambda one: f"{one[1].left_out:,}", Kind.NUMBER, 9),
    ]


class RunsCard(Card):
    """Out of sight while nothing was brought in."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Brought in before", flush=True)
        self.model: RowsModel[tuple[int, ImportRun]] = RowsModel(run_columns(), lambda one: one[0])
        self.table = DataTable(theme, "Brought in before")
        self.table.show_model(self.model)
        self.body.addWidget(self.table)

    def show_runs(self, runs: Sequence[ImportRun]) -> None:
        """Show these, the newest first."""
        self.model.set_rows(tuple(enumerate(runs)))
        self.setVisible(bool(runs))
