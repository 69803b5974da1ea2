"""Saving a register of 30 marks, with history and audit, against a bare 30-row insert and commit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from desktop_app.actions.register import write
from desktop_app.actions.register_checks import Edit
from desktop_app.domain.sessions import HALVES, Session
from tests.benchmarks.measure import Result, compare
from tests.benchmarks.school import DAYS, LAST_YEAR, bare, full_school, school_days

INSERT = "INSERT INTO floor (pupil, day, half, code) VALUES (?, ?, ?, ?)"


def bare_table(connection: Any) -> None:
    """The table the floor writes in: the columns of a mark, and nothing beside it."""
    connection.execute("CREATE TABLE floor (pupil INTEGER, day INTEGER, half INTEGER, code TEXT)")


def bare_save(connection: Any, rows: list[tuple[int, int, int, str]]) -> None:
    """One transaction of the floor."""
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(INSERT, rows)
    connection.execute("COMMIT")


def registers(pupils: list[int]) -> Iterator[list[Edit]]:
    """One register of thirty after another, in the half of the last year that has no mark yet."""
    for day in school_days(LAST_YEAR)[-(DAYS // 2) :]:
        for half in HALVES:
            code = "/" if half.value == "AM" else "\\"
            for first in range(0, len(pupils), 30):
                yield [Edit(pupil, Session(day, half), code) for pupil in pupils[first : first + 30]]


def run(folder: Path, years: int = 1, turns: int = 40) -> Result:
    """Saves in the middle of the last year, in a file that holds every year before it and the first half of that."""
    path = folder / f"saving-{years}.rollbook"
    context, pupils = full_school(path, years, leave_out=DAYS // 2)
    connection = bare(path)
    bare_table(connection)
    supply = registers(pupils)
    rows = [(pupil, 739_000, 0, "/") for pupil in pupils[:30]]
    try:
        return compare(
            f"save of a 30-mark register ({years}-year file)",
            "30-row insert and commit",
            lambda: bare_save(connection, rows),
            lambda: write(context, next(supply)),
            4.0,
            turns,
        )
    finally:
        connection.close()
        context.store.close()
