"""The morning desk of the whole school in a file of six years, against the bare select of the day's marks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from desktop_app.actions.today import today
from desktop_app.domain.marks import NewMark
from desktop_app.domain.sessions import Half
from tests.benchmarks.measure import Result, compare
from tests.benchmarks.school import LAST_YEAR, bare, full_school, school_days


def run(folder: Path, years: int = 6, turns: int = 40) -> Result:
    """A Monday morning on which 25 children have no reason yet."""
    path = folder / "desk.rollbook"
    context, pupils = full_school(path, years, leave_out=1)
    day = school_days(LAST_YEAR)[-1]
    context = replace(context, clock=lambda: datetime(day.year, day.month, day.day, 8, 10, tzinfo=UTC))
    with context.store.writing(context.deed("morning")) as writing:
        writing.marks.add(NewMark(key, day, Half.AM, "N" if n % 17 == 0 else "/") for n, key in enumerate(pupils))
    connection = bare(path)
    statement = "SELECT pupil, day, half, code, minutes, note FROM mark WHERE day = ? ORDER BY pupil, half"
    try:
        return compare(
            "the morning desk (6-year file)",
            "bare select of the day’s marks",
            lambda: connection.execute(statement, (day.toordinal(),)).fetchall(),
            lambda: today(context),
            3.0,
            turns,
        )
    finally:
        connection.close()
        context.store.close()
