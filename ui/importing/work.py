"""The words the import page says. No widgets here."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.imports import ImportKind, ImportReport
from desktop_app.domain.progress import Changes


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
        "file’s name as its reason.",
    ),
    ImportKind.CALENDAR: KindWords(
        "Import term dates",
        "periods",
        "period",
        "Columns: kind (term, holiday, inset, closure), name, start, end; and half, years, classes where a period is "
        "not for everybody.",
    ),
    ImportKind.BENCHMARKS: KindWords(
        "Import published figures",
        "figures",
        "figure",
        "Columns: school year, period (full year, autumn term, …, year to date), area, la (its number; none: England), "
        "phase, group, kind (census or daily), absence, authorised, unauthorised, persistent, severe, source. Of the "
        "areas England and your own authority are kept. They take the place of those in force, and the school’s "
        "comparison can go back to the shipped ones.",
    ),
}


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
