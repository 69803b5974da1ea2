"""The page Today, what is called about and what is watched, against the bare selects of what it is worked out from."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from desktop_app.actions.today import today
from desktop_app.actions.watch_list import watch_list
from desktop_app.cli.answers import finish
from desktop_app.domain.marks import NewMark
from desktop_app.domain.sessions import Half
from tests.benchmarks.measure import Result, compare
from tests.benchmarks.school import LAST_YEAR, bare, full_school, school_days

FIRST = date(LAST_YEAR, 9, 1)
OF_THE_DAY = "SELECT pupil, day, half, code, minutes, note FROM mark WHERE day = ? ORDER BY pupil, half"
NO_REASON = "SELECT pupil, day, half FROM mark WHERE code = 'N' AND day BETWEEN ? AND ?"
BY_CODE = "SELECT pupil, code, count(*) FROM mark WHERE day BETWEEN ? AND ? GROUP BY pupil, code"
APART = "SELECT pupil, day, half, code, minutes, note FROM mark WHERE day BETWEEN ? AND ? AND code NOT IN ('/', '\\')"
ENTRIES = "SELECT * FROM entry WHERE happened_at >= ?"
TASKS = "SELECT * FROM task"


def run(folder: Path, turns: int = 15) -> Result:
    """A Monday morning at the end of a year of 420 children, of whom 25 have no reason yet."""
    path = folder / "today.rollbook"
    context, pupils = full_school(path, 1, leave_out=1)
    day = school_days(LAST_YEAR)[-1]
    context = replace(context, clock=lambda: datetime(day.year, day.month, day.day, 8, 10, tzinfo=UTC))
    with context.store.writing(context.deed("morning")) as writing:
        writing.marks.add(NewMark(key, day, Half.AM, "N" if n % 17 == 0 else "/") for n, key in enumerate(pupils))
    connection = bare(path)
    year = (FIRST.toordinal(), day.toordinal())

    def floor() -> None:
        connection.execute(OF_THE_DAY, (day.toordinal(),)).fetchall()
        for statement in (NO_REASON, BY_CODE, APART):
            connection.execute(statement, year).fetchall()
        connection.execute(ENTRIES, (FIRST.isoformat(),)).fetchall()
        connection.execute(TASKS).fetchall()

    try:
        return compare(
            "the page Today, calls and watch list, 420 pupils",
            "bare selects of what it needs",
            floor,
            lambda: (today(context), finish(watch_list(context))),
            5.0,
            turns,
        )
    finally:
        connection.close()
        context.store.close()
