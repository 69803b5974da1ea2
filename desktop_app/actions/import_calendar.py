"""Importing the school calendar."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

from desktop_app.actions.import_log import keep_run
from desktop_app.actions.import_report import Importing, Tally, progress, refused_whole
from desktop_app.actions.needs import needs
from desktop_app.actions.roll import read_roll, school_calendar
from desktop_app.context import Context
from desktop_app.domain.imports import ImportKind
from desktop_app.domain.rights import Right
from desktop_app.domain.school import Period, PeriodKind
from desktop_app.domain.sessions import Session
from desktop_app.exchange.calendar_file import CALENDAR, CalendarFile
from desktop_app.ports import Reading, Writing
from desktop_app.rules.bank_holidays import bank_holidays
from desktop_app.rules.display import date_year

Row = tuple[int, Period]


@needs(Right.IMPORT)
def import_calendar(context: Context, path: Path, *, dry_run: bool) -> Importing:
    """Add the periods of a calendar file; a stored one whose dates differ is changed, none is removed.

    Raises `Refused` where the file cannot be read at all.
    """
    tally = Tally()
    file = CalendarFile(path)
    yield progress(file.table, file.table.heading_row)
    if refused_whole(file.table, CALENDAR, tally.faults):
        return tally.report(file.table)
    rows = _without_repeats([row for row in file.periods(tally.faults) if row[1] is not None], tally)
    if dry_run:
        with context.store.reading() as reading:
            _warn(reading, _plan(rows, reading.book.all(Period), tally), tally)
        return tally.report(file.table)
    with context.store.writing(context.deed("import calendar", file.table.origin)) as writing:
        planned = _plan(rows, writing.book.all(Period), tally)
        _warn(writing, planned, tally)
        if not tally.faults.rows:
            writing.book.put_many(planned)
            keep_run(context, writing, ImportKind.CALENDAR, file.table, tally)
    return tally.report(file.table)


def _without_repeats(rows: Iterable[tuple[int, Period | None]], tally: Tally) -> list[Row]:
    """The rows that say something new; a repetition is unchanged, one that disagrees is rejected."""
    seen: dict[tuple[object, ...], Row] = {}
    kept: list[Row] = []
    for number, period in rows:
        if period is None:
            continue
        first = seen.setdefault((*_alike(period), period.start), (number, period))
        if first[0] == number:
            kept.append((number, period))
        elif first[1].end == period.end:
            tally.unchanged += 1
        else:
            why = f"Row {first[0]} says that it ends on {date_year(first[1].end)}."
            tally.faults.reject(number, "end", period.end.isoformat(), why)
    return kept


def _plan(rows: Sequence[Row], stored: Sequence[Period], tally: Tally) -> list[Period]:
    """What to put: new periods with id 0, changed ones with the id of the stored period they correct."""
    free = {replace(period, id=0): period for period in stored}
    differing = [period for _, period in rows if free.pop(period, None) is None]
    tally.unchanged += len(rows) - len(differing)
    planned: list[Period] = []
    for period in differing:
        old = next((one for one in free.values() if _alike(one) == _alike(period) and _meet(one, period)), None)
        if old is None:
            tally.added += 1
            planned.append(period)
        else:
            tally.changed += 1
            del free[replace(old, id=0)]
            planned.append(replace(period, id=old.id))
    return planned


def _warn(reading: Reading | Writing, planned: Sequence[Period], tally: Tally) -> None:
    """Say what is worth a second look in the calendar as it will be, and how many marks it leaves without a session."""
    corrected = {period.id for period in planned}
    stored = reading.book.all(Period)
    periods = (*(one for one in stored if one.id not in corrected), *planned)
    for words in calendar_warnings(periods):
        tally.faults.warn(words)
    roll = read_roll(reading.book)
    after = school_calendar(periods, roll.school.weekdays)
    touched = [*planned, *(one for one in stored if one.id in corrected)]
    days = {one.start + timedelta(days=n) for one in touched for n in range((one.end - one.start).days + 1)}
    lost: list[Session] = []
    for mark in reading.marks.on(days):
        session = Session(mark.day, mark.half)
        place = roll.place(mark.pupil, mark.day)
        whose = (place.class_name, place.year) if place else ("", "")
        if roll.calendar.closed(session, *whose) is None and after.closed(session, *whose) is not None:
            lost.append(session)
    if lost:
        stand = "1 mark stands" if len(lost) == 1 else f"{len(lost):,} marks stand"
        tally.faults.warn(
            f"{stand} on sessions that this calendar closes (the first on {date_year(min(lost).day)}): kept on record, "
            "but no longer counted in any figure."
        )


def _alike(period: Period) -> tuple[object, ...]:
    """What makes two periods the same one, whatever their dates."""
    return (period.kind, period.name.casefold(), period.half, period.years, period.classes)


def _meet(one: Period, other: Period) -> bool:
    return one.start <= other.end and other.start <= one.end


def calendar_warnings(periods: Sequence[Period]) -> tuple[str, ...]:
    """What is worth a second look in a calendar, in sentences."""
    terms = sorted((one for one in periods if one.kind is PeriodKind.TERM), key=lambda one: (one.start, one.end))
    whole = [one for one in terms if not one.years and not one.classes]
    words = [
        f"The terms “{one.name}” and “{other.name}” overlap from {date_year(other.start)}."
        for one, other in pairwise(whole)
        if other.start <= one.end
    ]
    closings = [one for one in periods if one.kind is not PeriodKind.TERM]
    words += [
        f"“{one.name}” ({one.kind.value}, {date_year(one.start)}) lies outside every term, so it closes nothing."
        for one in closings
        if not any(_meet(one, term) for term in terms)
    ]
    return (*words, *_bank_holidays(whole, [one for one in closings if not one.years and not one.classes]))


def _bank_holidays(terms: Sequence[Period], closings: Sequence[Period]) -> list[str]:
    years = {year for term in terms for year in range(term.start.year, term.end.year + 1)}
    return [
        f"{name}, {date_year(day)}, is inside the term “{term.name}” and the calendar does not close the school then."
        for year in sorted(years)
        for day, name in bank_holidays(year).items()
        for term in terms
        if term.start <= day <= term.end and not any(one.start <= day <= one.end for one in closings)
    ]
