"""What the import page runs, and the words it says. No widgets here."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from desktop_app.actions.backups import back_up
from desktop_app.actions.importing import import_calendar, import_marks, import_pupils
from desktop_app.context import Context
from desktop_app.domain.imports import ImportReport
from desktop_app.domain.progress import Changes, Progress


class ImportKind(StrEnum):
    """What can be brought in."""

    PUPILS = "pupils"
    MARKS = "marks"
    CALENDAR = "calendar"


@dataclass(frozen=True, slots=True)
class KindWords:
    """How a kind of import is spoken of."""

    title: str
    rows: str
    row: str
    columns: str


WORDS: dict[ImportKind, KindWords] = {
    ImportKind.PUPILS: KindWords(
        "Import pupils",
        "pupils",
        "pupil",
        "Needed: Surname, Forename, Date of Birth, Admission Date, Year Group, Class. Taken where they are there: UPN, "
        "Admission Number, Preferred Name, Sex, Leaving Date, Address, FSM, Pupil Premium, SEN Status, EAL, Looked "
        "After, Social Worker, and Contact 1 Name, Relationship, Parental Responsibility, Lives With, Phone, Email, "
        "Address, Language; then Contact 2, and so on. Order does not matter; other columns are reported and left.",
    ),
    ImportKind.MARKS: KindWords(
        "Import marks",
        "marks",
        "mark",
        "One row for each mark: UPN (or Admission Number), Date, Session (AM or PM), Code, and where there are any "
        "Minutes Late and Comment. A mark that differs from the one in the register becomes an amendment, with the "
        "file's name as its reason.",
    ),
    ImportKind.CALENDAR: KindWords(
        "Import term dates",
        "periods",
        "period",
        "Columns: kind (term, holiday, inset, closure), name, start, end; and half, years, classes where a period is "
        "not for everybody.",
    ),
}


def reading(
    context: Context, kind: ImportKind, path: Path, first: date, *, dry_run: bool
) -> Generator[Progress, None, ImportReport]:
    """The import of that kind. `first` is the day from which a changed class or year holds."""
    if kind is ImportKind.PUPILS:
        return (yield from import_pupils(context, path, dry_run=dry_run, first=first))
    if kind is ImportKind.MARKS:
        return (yield from import_marks(context, path, dry_run=dry_run))
    return (yield from import_calendar(context, path, dry_run=dry_run))


def applying(
    context: Context, kind: ImportKind, path: Path, first: date
) -> Generator[Progress, None, tuple[ImportReport, Path | None]]:
    """A verified backup, where a folder was chosen for them, then the import. Returns the report and the backup."""
    copy = yield from back_up(context)
    report = yield from reading(context, kind, path, first, dry_run=False)
    return report, copy


def touched(kind: ImportKind) -> Changes:
    """What an import of that kind touches."""
    return Changes(marks=kind is ImportKind.MARKS, book=kind is not ImportKind.MARKS)


def outcome(report: ImportReport, words: KindWords) -> str:
    """What the file would do, in a sentence."""
    if not report.rows:
        return "The file has headings but no rows."
    parts = [
        (report.added, "new"),
        (report.changed, "changed"),
        (report.unchanged, "already the same"),
        (report.skipped, "left out"),
        (report.rejected_total, "that cannot be taken"),
    ]
    said = ", ".join(f"{count:,} {what}" for count, what in parts if count)
    return f"{_count(report.rows, 'row', 'rows')} of {words.rows}: {said}."


def verdict(report: ImportReport, words: KindWords) -> str:
    """Whether it can be taken, and what to do."""
    if not report.clean:
        return (
            f"Nothing can be imported while {_count(report.rejected_total, 'row', 'rows')} cannot be taken. Mend the "
            f"file where the list says and choose it again."
        )
    taken = report.added + report.changed
    if not taken:
        return "There is nothing in it that Rollbook does not have already."
    return f"Nothing is changed yet. {_count(taken, words.row, words.rows)} will be written, all or none."


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
