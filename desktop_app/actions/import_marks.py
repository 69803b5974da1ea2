"""Importing marks: one row for each pupil and session."""

from __future__ import annotations

import gc
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from desktop_app.actions.chase_ends import chased_pupils, follow_marks
from desktop_app.actions.import_log import keep_run
from desktop_app.actions.import_report import Importing, Tally, progress, refused_whole
from desktop_app.actions.mark_rows import MarkRows
from desktop_app.actions.needs import needs
from desktop_app.actions.roll import read_roll
from desktop_app.context import Context
from desktop_app.domain.imports import ImportKind
from desktop_app.domain.marks import Mark, NewMark
from desktop_app.domain.progress import Progress
from desktop_app.domain.rights import Right
from desktop_app.exchange.marks_file import MARKS
from desktop_app.exchange.tables import Table, open_table


class _Rejected(Exception):  # noqa: N818 - nothing is wrong with the program: it undoes a transaction
    """Something was rejected after marks had been written, so all of them go."""


@needs(Right.IMPORT)
def import_marks(context: Context, path: Path, *, dry_run: bool) -> Importing:
    """Add the marks of a file. A mark that differs from the one that stands is an amendment, whose reason is the
    file's name and SHA-256; one that is equal stays as it is.

    The file is read once: marks are written as they are read, in one transaction that is undone where a row is
    rejected; reading goes on, so that every fault is told. Raises `Refused` where the file cannot be read to its end.
    """
    table = open_table(path, MARKS)
    tally = Tally()
    yield progress(table, table.heading_row)
    if not refused_whole(table, MARKS, tally.faults):
        with _settled_memory():
            yield from _preview(context, table, tally) if dry_run else _apply(context, table, tally)
    return tally.report(table)


@contextmanager
def _settled_memory() -> Generator[None]:
    """Keep the collector of garbage from going through all that the program holds, again and again, for the sake of
    a million marks that each live for a moment: it takes an eighth of a great import."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _preview(context: Context, table: Table, tally: Tally) -> Iterator[Progress]:
    """Read the file as if to apply it. Every read of the store is short, so that a register can be taken meanwhile."""

    def standing(first: date, last: date) -> list[Mark]:
        with context.store.reading() as reading:
            return reading.marks.between(first, last)

    with context.store.reading() as reading:
        roll = read_roll(reading.book)
    for row, _ in MarkRows(context, roll, table, tally, standing).batches():
        yield progress(table, row, "Checking")


def _apply(context: Context, table: Table, tally: Tally) -> Iterator[Progress]:
    try:
        with context.store.writing(context.deed("import marks", table.origin)) as writing:
            roll = read_roll(writing.book)
            rows = MarkRows(context, roll, table, tally, writing.marks.between)
            chased, of_chased = chased_pupils(writing.book), list[NewMark]()
            for row, marks in rows.batches():
                if not tally.faults.rows:
                    writing.marks.add(marks)
                    of_chased += [mark for mark in marks if mark.pupil in chased]
                yield progress(table, row)
            if tally.faults.rows:
                raise _Rejected
            follow_marks(context, writing, roll.school, of_chased)
            keep_run(context, writing, ImportKind.MARKS, table, tally)
    except _Rejected:
        return
