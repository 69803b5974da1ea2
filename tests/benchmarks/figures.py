"""Figures of a year for the whole school, against the bare count by code on the same file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from desktop_app.actions.figures import figures
from tests.benchmarks.measure import Result, compare
from tests.benchmarks.school import LAST_YEAR, bare, full_school

COUNT = "SELECT pupil, code, count(*) FROM mark WHERE day BETWEEN ? AND ? GROUP BY pupil, code"


def run(folder: Path, years: int = 1, turns: int = 15) -> Result:
    """One year of figures in a file that holds `years` of marks."""
    path = folder / f"figures-{years}.rollbook"
    context, _ = full_school(path, years)
    first, last = date(LAST_YEAR, 9, 1), date(LAST_YEAR + 1, 7, 19)
    connection = bare(path)
    try:

        def floor() -> object:
            return connection.execute(COUNT, (first.toordinal(), last.toordinal())).fetchall()

        def program() -> object:
            return figures(context, first, last)

        return compare(
            f"figures of a year, 420 pupils ({years}-year file)",
            "counts-by-code SQL, same file",
            floor,
            program,
            1.5,
            turns,
        )
    finally:
        connection.close()
        context.store.close()
