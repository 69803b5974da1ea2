"""What must be looked at on the last day of a year, against the bare selects of the marks it is worked out from."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path
from typing import Any

from db.triggers import UNAUTHORISED
from desktop_app.actions.watching import due
from desktop_app.context import Context
from desktop_app.domain.triggers import TriggerKind
from tests.benchmarks.measure import Result, compare
from tests.benchmarks.school import LAST_YEAR, bare, full_school, school_days

ON = school_days(LAST_YEAR)[-1]
FIRST = date(LAST_YEAR, 9, 1)
YEAR = (FIRST.toordinal(), ON.toordinal())
FETCH = "SELECT pupil, day, half, code, minutes, note FROM mark WHERE day BETWEEN ? AND ? ORDER BY pupil, day, half"
WINDOW = f"""
SELECT pupil, max(sessions) FROM (
  SELECT pupil, count(*) OVER (
    PARTITION BY pupil ORDER BY week RANGE BETWEEN 9 PRECEDING AND CURRENT ROW
  ) AS sessions
  FROM mark JOIN temp.school_day USING (day)
  WHERE ({UNAUTHORISED}) AND day BETWEEN ? AND ?
) GROUP BY pupil HAVING max(sessions) >= 10
"""
TIMES = (1, 2, 4, 8)
SMALL = 105


def run(folder: Path, turns: int = 11) -> Result:
    """Every trigger of a school of 420 at the end of a year."""
    path = folder / "due.rollbook"
    context, _ = full_school(path, 1)
    connection = bare(path)
    try:
        result = compare(
            "all that is due at the end of a year, 420 pupils",
            "bare fetch of the year’s marks",
            lambda: connection.execute(FETCH, YEAR).fetchall(),
            lambda: due(context, ON),
            3.0,
            turns,
        )
        result.more["found"] = len(due(context, ON))
        return result
    finally:
        connection.close()
        context.store.close()


def run_threshold(folder: Path, turns: int = 25) -> Result:
    """The list of those with ten unauthorised sessions in ten school weeks, alone."""
    path = folder / "threshold.rollbook"
    context, _ = full_school(path, 1)
    connection = bare(path)
    _school_days(connection)
    try:
        return compare(
            "ten sessions in ten school weeks, 420 pupils",
            "bare window over the partial index",
            lambda: connection.execute(WINDOW, YEAR).fetchall(),
            lambda: due(context, ON, kinds=[TriggerKind.PENALTY_THRESHOLD]),
            3.0,
            turns,
        )
    finally:
        connection.close()
        context.store.close()


def run_slope(folder: Path) -> Result:
    """How the cost grows with pupils, and with the years kept: twice as much may cost twice as much, and no more."""
    by_pupils = [_cost(folder / f"pupils-{times}.rollbook", 1, SMALL * times) for times in TIMES]
    by_years = [_cost(folder / f"years-{times}.rollbook", times, SMALL) for times in TIMES]
    name = f"all that is due: {SMALL * TIMES[-1]} pupils against {TIMES[-1]} times {SMALL}"
    result = Result(name, f"{SMALL} pupils × {TIMES[-1]}", by_pupils[0] * TIMES[-1], by_pupils[-1], 1.5, 5)
    result.more["ms by pupils ×1 ×2 ×4 ×8"] = " ".join(f"{one:.0f}" for one in by_pupils)
    result.more["ms by years ×1 ×2 ×4 ×8"] = " ".join(f"{one:.0f}" for one in by_years)
    return result


def _cost(path: Path, years: int, pupils: int) -> float:
    context, _ = full_school(path, years, pupils=pupils)
    try:
        due(context, ON)
        return min(_reckoned(context) for _ in range(5))
    finally:
        context.store.close()


def _reckoned(context: Context) -> float:
    """The milliseconds of reckoning, which a busy machine does not change: a slope compares different files, and no
    floor takes turns with them."""
    began = time.process_time()
    due(context, ON)
    return (time.process_time() - began) * 1000


def _school_days(connection: Any) -> None:
    """The days of school with the number of their school week, which the calendar knows."""
    days = school_days(LAST_YEAR)
    weeks = {monday: number for number, monday in enumerate(sorted({day.toordinal() - day.weekday() for day in days}))}
    connection.execute("CREATE TEMP TABLE school_day (day INTEGER PRIMARY KEY, week INTEGER)")
    rows = [(day.toordinal(), weeks[day.toordinal() - day.weekday()]) for day in days]
    connection.executemany("INSERT INTO school_day VALUES (?, ?)", rows)
