"""What the reports that name children have in common: their columns, and figures in the form of a row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction

from desktop_app.actions.figures import PupilFigures
from desktop_app.actions.reports.frame import Frame
from desktop_app.domain.codes import Code
from desktop_app.domain.entries import Entry
from desktop_app.domain.figures import NO_FIGURES, Figures
from desktop_app.domain.people import Flag, FlagKind
from desktop_app.domain.report import ReportColumn, TableBlock, Value
from desktop_app.rules.display import difference, short_date
from desktop_app.rules.groups import FLAG_WORDS, by_pupil, in_force
from desktop_app.rules.work_done import COUNTED, open_entries

NAME, CLASS = ReportColumn("Pupil", share=2.2), ReportColumn("Class", share=0.8)


def attendance(row: PupilFigures | None) -> Fraction | None:
    """The attendance of a row; None where there is no row."""
    return row.figures.attendance if row else None


def counts(row: PupilFigures | None) -> Figures:
    """The figures of a row; those of nothing where there is none."""
    return row.figures if row else NO_FIGURES


def by_id(rows: Iterable[PupilFigures]) -> dict[int, PupilFigures]:
    """Rows by the pupil's id."""
    return {one.pupil.id: one for one in rows}


def change(now: PupilFigures | None, before: PupilFigures | None) -> Fraction | None:
    """By how many percentage points attendance differs."""
    return difference(attendance(now), attendance(before))


def reasons(figures: Figures, codes: Mapping[str, Code]) -> str:
    """The absences by code, the most frequent first: `I 4, O 2`."""
    absent = [(key, times) for key, times in figures.codes.items() if times and codes[key].counts.absent]
    return ", ".join(f"{key} {times}" for key, times in sorted(absent, key=lambda one: (-one[1], one[0])))


def national(row: PupilFigures) -> str:
    """Which of the national tests a pupil meets, in words; that it is too early to say where it is."""
    if row.persistent and row.too_early:
        return "too early to say more"
    if row.told_severe:
        return "severely absent"
    return "persistently absent" if row.told_persistent else ""


def table(
    title: str,
    columns: Iterable[ReportColumn],
    rows: Iterable[tuple[PupilFigures, tuple[Value, ...]]],
    empty: str,
    note: str = "",
    *,
    of_one_class: bool = False,
) -> TableBlock:
    """A table with a line for each pupil: name, class (unless all are of one), and what follows. The screen opens the
    pupil."""
    of = list(rows)
    first = (NAME,) if of_one_class else (NAME, CLASS)
    return TableBlock(
        title,
        (*first, *columns),
        tuple(((row.pupil.list_name, row.class_name)[: len(first)] + values) for row, values in of),
        note,
        empty,
        pupils=tuple(row.pupil.id for row, _ in of),
    )


def flags_on(made: Frame, day: date) -> Mapping[int, list[Flag]]:
    """The flags that stand on a day, by pupil."""
    return {key: in_force(of, day) for key, of in by_pupil(made.reading.book.all(Flag)).items()}


def flag_list(flags: Iterable[Flag], kinds: Iterable[FlagKind]) -> str:
    """Those of the kinds that stand, in words."""
    standing = {one.kind for one in flags}
    return ", ".join(FLAG_WORDS[kind] for kind in kinds if kind in standing)


def entries_of(made: Frame, first: date) -> list[Entry]:
    """What was recorded from a day up to that of the report, as anybody who reads the log may read it."""
    return open_entries(made.reading.entries.all(), first, made.asked.on)


def latest(entries: Iterable[Entry]) -> dict[int, Entry]:
    """By pupil, the last thing done that is more than a note."""
    found: dict[int, Entry] = {}
    for one in entries:
        if one.kind in COUNTED:
            found |= dict.fromkeys(one.pupils, one)
    return found


def done_words(entry: Entry | None) -> str:
    """The last thing done: `Letter, Tue 24 Nov`."""
    if entry is None:
        return "nothing on record"
    return f"{entry.kind.label}, {short_date(entry.happened_at.date())}"
