"""The published figures in force: shipped with the program, or the school's own newer file, kept in the book.

Only the rows of England and of the school's own authority are kept, so that the settings stay small. What held at a
past moment is read as it was then: a file shipped after it is not used for it where an older one is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path

from desktop_app import paths
from desktop_app.actions.import_log import keep_run
from desktop_app.actions.import_report import Importing, Tally, progress, refused_whole
from desktop_app.actions.needs import needs
from desktop_app.context import Context, turned_back
from desktop_app.domain.benchmarks import ENGLAND, AreaRow, Authority, Benchmarks
from desktop_app.domain.clock import school_time
from desktop_app.domain.comparison import Published
from desktop_app.domain.errors import Damaged, Refused
from desktop_app.domain.imports import ImportKind
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.domain.rulebook import Pack
from desktop_app.domain.school import School, Setting
from desktop_app.exchange.benchmarks_file import (
    LAYOUT,
    BenchmarksFile,
    authorities,
    figures_fault,
    kept_text,
    read_kept,
    read_typed,
    shipped,
)
from desktop_app.ports import BookReading
from desktop_app.rules.comparison import phase_of
from desktop_app.rules.display import date_year

OWN, COMPARATORS = "benchmarks", "benchmarks.comparators"
"""The settings: the school's own file (its origin, then its rows), and the rows typed."""

MOST = 20_000
"""How many bytes the settings of published figures may have: they are read with every other setting."""


@needs(Right.READ_REPORTS)
def benchmarks(context: Context, as_at: datetime | None = None) -> Benchmarks:
    """The published figures in force, now or as at a past moment."""
    context = turned_back(context, as_at)
    with context.store.reading(as_at) as reading:
        return read_benchmarks(context, reading.book, as_at)


def read_benchmarks(context: Context, book: BookReading, as_at: datetime | None = None) -> Benchmarks:
    """As `benchmarks`, inside a reading."""
    held = _held(book)
    schools = book.all(School)
    authority = authority_of(schools[0], context.pack(schools[0])) if schools else Authority("", "")
    comparators = tuple(row.published for row in read_kept(held.get(COMPARATORS, "")))
    origin, _, rows = held.get(OWN, "").partition("\n")
    if origin:
        own = tuple(row.published for row in read_kept(rows) if _wanted(row, authority))
        return Benchmarks(authority, own, origin, None, comparators)
    path, dated = _shipped_on(school_time(as_at).date() if as_at else context.today())
    ours = tuple(row.published for row in shipped(path) if _wanted(row, authority))
    return Benchmarks(authority, ours, f"Shipped with Rollbook, of {date_year(dated)}", dated, comparators)


@needs(Right.IMPORT)
def import_benchmarks(context: Context, path: Path, *, dry_run: bool) -> Importing:
    """Let the figures of a file hold from now on, in place of those in force; all of its rows, or none.

    Rows of other areas are left out. Raises `Refused` where the file cannot be read at all.
    """
    tally = Tally()
    file = BenchmarksFile(path)
    yield progress(file.table, file.table.heading_row)
    if refused_whole(file.table, LAYOUT, tally.faults):
        return tally.report(file.table)
    with context.store.reading() as reading:
        now = read_benchmarks(context, reading.book)
    kept = _take(file, now, tally)
    _check_whole(path, kept, now, tally)
    if dry_run or tally.faults.rows or not tally.added:
        return tally.report(file.table)
    with context.store.writing(context.deed("import benchmarks", file.table.origin)) as writing:
        writing.book.put(Setting(OWN, f"{path.name}, brought in on {date_year(context.today())}\n{kept_text(kept)}"))
        keep_run(context, writing, ImportKind.BENCHMARKS, file.table, tally)
    return tally.report(file.table)


@needs(Right.IMPORT)
def back_to_shipped(context: Context) -> Changes:
    """Let the figures shipped with the program hold again. Those of the school's own file stay on record."""
    with context.store.writing(context.deed("shipped benchmarks")) as writing:
        if not _held(writing.book).get(OWN):
            return Changes()
        writing.book.put(Setting(OWN, ""))
    return Changes(book=True)


@needs(Right.SETTINGS)
def set_comparators(context: Context, rows: Sequence[Published]) -> Changes:
    """Let these rows, typed by the school, stand beside its authority and England. Raises `Refused` in words."""
    for number, one in enumerate(rows, start=1):
        if not one.area.strip() or not one.source.strip():
            raise Refused(f"Row {number}: say whose figure it is, and where it was published.")
        if wrong := figures_fault(one):
            raise Refused(f"Row {number}, {one.area}: {wrong}")
    text = kept_text(AreaRow("", one) for one in rows)
    _check_size(text)
    with context.store.writing(context.deed("comparators")) as writing:
        if _held(writing.book).get(COMPARATORS, "") == text:
            return Changes()
        writing.book.put(Setting(COMPARATORS, text))
    return Changes(book=True)


@needs(Right.SETTINGS)
def type_comparators(context: Context, text: str) -> Changes:
    """As `set_comparators`, from what was typed: a row a line, of schools of the school's own phase."""
    with context.store.reading() as reading:
        phase = phase_of(reading.book.school())
    return set_comparators(context, read_typed(text, phase))


def authority_of(school: School, pack: Pack) -> Authority:
    """The authority of a school: by the first three figures of its DfE number, else by the name in its pack."""
    known = authorities(paths.resources() / "benchmarks" / "authorities.csv")
    if school.dfe_number[:3] in known:
        return known[school.dfe_number[:3]]
    named = pack.authority.removesuffix(" Council")
    return next((one for one in known.values() if one.name == named), Authority("", ""))


def _take(file: BenchmarksFile, now: Benchmarks, tally: Tally) -> list[AreaRow]:
    """The rows to keep; a repetition is left out, one that disagrees is rejected."""
    held = set(now.rows)
    seen: dict[tuple[str, ...], tuple[int, Published]] = {}
    kept: list[AreaRow] = []
    for number, row in file.rows(tally.faults):
        if row is None:
            continue
        if not _wanted(row, now.authority):
            tally.skipped += 1
            continue
        one = row.published
        key = (one.school_year, one.period, one.area, one.phase, one.group, one.collection)
        first, before = seen.setdefault(key, (number, one))
        if first != number:
            if before == one:
                tally.skipped += 1
            else:
                tally.faults.reject(number, "area", one.area, f"Row {first} has another figure of the same.")
            continue
        kept.append(row)
        if one in held:
            tally.unchanged += 1
        else:
            tally.added += 1
    return kept


def _check_whole(path: Path, kept: Sequence[AreaRow], now: Benchmarks, tally: Tally) -> None:
    """Refuse, in words, a list that is of another country, older than what is in force, or far too long."""
    if tally.faults.rows:
        return
    years = [row.published.school_year for row in kept if row.published.area == ENGLAND]
    newest = max((one.school_year for one in now.rows if one.area == ENGLAND), default="")
    if not years:
        raise Refused(f"{path.name} has no figure of England: it is not the list to hold this school against.")
    if max(years) < newest:
        raise Refused(
            f"{path.name} ends with {max(years)}; the figures in force go to {newest}. An older list is not taken."
        )
    _check_size(kept_text(kept))
    if not now.authority.la:
        tally.faults.warn("The school’s authority is not known from its DfE number: only the rows of England are kept.")
    elif not any(row.la == now.authority.la for row in kept):
        tally.faults.warn(f"There is no row of {now.authority.name} ({now.authority.la}) in it.")


def _check_size(text: str) -> None:
    if len(text.encode("utf-8")) > MOST:
        raise Refused("That is too much to keep: the rows of England and of one authority have 20 KB at most.")


def _wanted(row: AreaRow, authority: Authority) -> bool:
    if row.la:
        return row.la == authority.la
    return row.published.area in (ENGLAND, authority.name)


def _held(book: BookReading) -> dict[str, str]:
    return {one.key: one.value for one in book.all(Setting) if one.key.startswith(OWN)}


def _shipped_on(day: date) -> tuple[Path, date]:
    """The newest shipped file that was there on a day, with the day in its name; else the oldest there is."""
    found = sorted(_dated((paths.resources() / "benchmarks").glob("????-??-??.csv")))
    if not found:
        raise Damaged("There are no published figures in resources/benchmarks.")
    there = [one for one in found if one[0] <= day] or found[:1]
    return there[-1][1], there[-1][0]


def _dated(files: Iterable[Path]) -> list[tuple[date, Path]]:
    return [(date.fromisoformat(path.stem), path) for path in files]
