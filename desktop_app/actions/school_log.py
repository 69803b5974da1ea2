"""The school's own log: training, assemblies, versions of the attendance policy. Its entries are about no pupil."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

from desktop_app.actions.needs import needs
from desktop_app.context import Context
from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.errors import Refused
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.domain.school_log import SchoolLine
from desktop_app.ports import Reading
from desktop_app.rules.school_log import details_of, fault, line_of, words_of

NOON = time(12)
"""The hour of what is put down with its day alone."""


@needs(Right.SETTINGS)
def log_school(context: Context, line: SchoolLine) -> tuple[int, Changes]:
    """Record what the school did and return the entry. Raises `Refused` in words."""
    said = replace(line, what=_one_line(line.what), who=_one_line(line.who), version=_one_line(line.version))
    wrong = fault(said, context.today())
    if wrong:
        raise Refused(wrong)
    happened = min(context.now(), datetime.combine(said.day, NOON))
    new = NewEntry(EntryKind.SCHOOL, happened, (), words_of(said), details=details_of(said))
    with context.store.writing(context.deed("log school")) as writing:
        entry = writing.entries.add(new)
    return entry, Changes(entries=True)


@needs(Right.SETTINGS)
def take_back(context: Context, entry: int, reason: str) -> Changes:
    """Take a school-level entry back, with a reason; it stays readable."""
    why = _one_line(reason)
    if not why:
        raise Refused("Say why the entry is taken back; it stays readable, with the reason beside it.")
    with context.store.writing(context.deed("withdraw entry", why)) as writing:
        found = writing.entries.get(entry)
        if found is None or found.kind is not EntryKind.SCHOOL:
            raise Refused("That is no entry of the school’s own log.")
        if found.withdrawn is not None:
            raise Refused("That entry has been taken back already.")
        writing.entries.withdraw(entry, why)
    return Changes(entries=True)


@needs(Right.READ_FIGURES)
def school_log(context: Context, as_at: datetime | None = None) -> tuple[SchoolLine, ...]:
    """The school's own log, the newest first; what was taken back is in it, with why."""
    with context.store.reading(as_at) as reading:
        return tuple(reversed(school_lines(reading)))


def school_lines(reading: Reading, last: date | None = None) -> list[SchoolLine]:
    """As `school_log`, inside a reading: the oldest first, up to the end of a day."""
    until = None if last is None else datetime.combine(last, time.max)
    entries = reading.entries.all(last=until, kinds=[EntryKind.SCHOOL])
    return [line for line in map(line_of, entries) if line is not None]


def _one_line(text: str) -> str:
    return " ".join(text.split())
