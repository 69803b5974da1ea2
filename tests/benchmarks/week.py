"""Opening a class's week, 30 pupils by ten sessions, in a file of six years, against the bare select of its marks."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from desktop_app.actions.register_page import page
from tests.benchmarks.measure import Result, compare
from tests.benchmarks.school import LAST_YEAR, bare, full_school, school_days


def run(folder: Path, years: int = 6, turns: int = 40) -> Result:
    """The week in the middle of the last year."""
    path = folder / "week.rollbook"
    context, pupils = full_school(path, years)
    connection = bare(path)
    monday = school_days(LAST_YEAR)[90]
    friday = monday + timedelta(days=4)
    named = ", ".join(str(key) for n, key in enumerate(pupils) if n % 14 == 0)
    statement = (
        "SELECT pupil, day, half, code, minutes, note FROM mark"
        f" WHERE day BETWEEN ? AND ? AND pupil IN ({named}) ORDER BY pupil, day, half"
    )
    try:
        return compare(
            "a class’s week opened (6-year file)",
            "bare select of its marks",
            lambda: connection.execute(statement, (monday.toordinal(), friday.toordinal())).fetchall(),
            lambda: page(context, "1A", monday),
            2.0,
            turns,
        )
    finally:
        connection.close()
        context.store.close()
