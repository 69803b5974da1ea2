"""Importing pupils, with their parents and other contacts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from desktop_app.actions.import_log import keep_run
from desktop_app.actions.import_report import STEP, Importing, Tally, progress, refused_whole
from desktop_app.actions.needs import needs
from desktop_app.actions.pupil_plan import PupilPlan
from desktop_app.context import Context
from desktop_app.domain.imports import ImportKind
from desktop_app.domain.progress import Progress
from desktop_app.domain.rights import Right
from desktop_app.exchange.pupil_columns import PUPILS
from desktop_app.exchange.pupils_file import PupilsFile


@needs(Right.IMPORT)
def import_pupils(context: Context, path: Path, *, dry_run: bool, first: date) -> Importing:
    """Add the pupils of a file, and change those already known. What a file leaves blank or out changes nothing, and
    nobody is removed. Class, year and flags hold from the starting day of a new pupil, and a change of them from
    `first`.

    Raises `Refused` where the file cannot be read at all.
    """
    file = PupilsFile(path, context.today())
    tally = Tally()
    yield progress(file.table, file.table.heading_row)
    if refused_whole(file.table, PUPILS, tally.faults):
        return tally.report(file.table)
    if dry_run:
        with context.store.reading() as reading:
            plan = PupilPlan(reading.book, file.table.columns, tally, first)
        yield from _take(file, plan, tally)
        return tally.report(file.table)
    with context.store.writing(context.deed("import pupils", file.table.origin)) as writing:
        plan = PupilPlan(writing.book, file.table.columns, tally, first)
        yield from _take(file, plan, tally)
        if not tally.faults.rows:
            plan.write(writing.book)
            keep_run(context, writing, ImportKind.PUPILS, file.table, tally)
    return tally.report(file.table)


def _take(file: PupilsFile, plan: PupilPlan, tally: Tally) -> Iterator[Progress]:
    for count, (row, line) in enumerate(file.lines(tally.faults), start=1):
        if line is not None:
            plan.take(row, line)
        if count % (STEP // 50) == 0:
            yield progress(file.table, row)
