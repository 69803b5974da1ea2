"""Importing: pupils with their parents, marks, the school calendar, and published figures; each all or nothing, with
the same preview.

Each import is a generator of progress that returns an `ImportReport`. What is written is one link of the audit chain,
whose reason is the file's name and SHA-256.
"""

from __future__ import annotations

from collections.abc import Generator
from datetime import date
from pathlib import Path

from desktop_app.actions.backups import back_up
from desktop_app.actions.benchmarks import import_benchmarks
from desktop_app.actions.import_calendar import import_calendar
from desktop_app.actions.import_marks import import_marks
from desktop_app.actions.import_pupils import import_pupils
from desktop_app.actions.needs import needs
from desktop_app.context import Context
from desktop_app.domain.imports import ImportKind, ImportReport
from desktop_app.domain.progress import Progress
from desktop_app.domain.rights import Right

Importing = Generator[Progress, None, ImportReport]


@needs(Right.IMPORT)
def preview(context: Context, kind: ImportKind, path: Path, first: date) -> Importing:
    """What an import would do; nothing is written. `first` is the day from which a changed class or year holds."""
    return (yield from _import(context, kind, path, first, dry_run=True))


@needs(Right.IMPORT)
def bring_in(
    context: Context, kind: ImportKind, path: Path, first: date
) -> Generator[Progress, None, tuple[ImportReport, Path | None]]:
    """A verified backup, where a folder was chosen for them, then the import. Returns the report and the backup."""
    copy = yield from back_up(context)
    report = yield from _import(context, kind, path, first, dry_run=False)
    return report, copy


def _import(context: Context, kind: ImportKind, path: Path, first: date, *, dry_run: bool) -> Importing:
    if kind is ImportKind.PUPILS:
        return (yield from import_pupils(context, path, dry_run=dry_run, first=first))
    if kind is ImportKind.MARKS:
        return (yield from import_marks(context, path, dry_run=dry_run))
    if kind is ImportKind.BENCHMARKS:
        return (yield from import_benchmarks(context, path, dry_run=dry_run))
    return (yield from import_calendar(context, path, dry_run=dry_run))
