"""Holidays in term time: coded G, or O with a log entry that speaks of one.

Source: "Working together to improve school attendance" (leave for a holiday is not granted but in exceptional
circumstances; G), and practice: a holiday found out afterwards stands as O, and only the log says what it
was. Leave that was refused and taken all the same is listed whatever code stands there; a person says whether it was a
holiday.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.marks import Mark
from desktop_app.domain.sessions import Session
from desktop_app.domain.triggers import TriggerSpec
from desktop_app.rules.chasing import CODE, says_holiday
from desktop_app.rules.display import date_year, short_date
from desktop_app.rules.holiday_read import is_answer, of_none
from desktop_app.rules.leave import in_force, refuses
from desktop_app.rules.session_lists import count_words
from desktop_app.rules.triggers.facts import Met, Watched, seen
from desktop_app.rules.triggers.runs import spells

AROUND = timedelta(days=14)
"""How long before and after an absence an entry is taken to speak of it."""


def may_be_away(child: Watched, spec: TriggerSpec) -> bool:
    """Whether the child has a session with such a code this school year: a cheap test."""
    granted, logged = spec.params["codes"].split(), spec.params["logged"].split()
    spoken = bool(_speaking(child)) or any(entry.kind is EntryKind.LEAVE_DECISION for entry in child.entries)
    year = child.watch.year_start
    return any(one.day >= year and (one.code in granted or (spoken and one.code in logged)) for one in child.marks)


def holiday(child: Watched, spec: TriggerSpec) -> Iterator[Met]:
    """Each holiday of the school year, with its log entry where there is one."""
    granted, logged = spec.params["codes"].split(), spec.params["logged"].split()
    for spell in spells(child, {*granted, *logged}):
        entry = _entry(child, spell)
        if entry is None and not any(mark.code in granted for mark in spell):
            continue
        marks = spell if entry is not None else [mark for mark in spell if mark.code in granted]
        first, last = marks[0].day, marks[-1].day
        when = f"on {date_year(first)}" if first == last else f"from {short_date(first)} to {date_year(last)}"
        codes = " ".join(sorted({mark.code for mark in marks}))
        said = f" {_said(entry)}" if entry else ""
        yield Met(first, f"{count_words(len(marks), 'session', 'sessions')} coded {codes} {when}.{said}", seen(marks))


def _entry(child: Watched, spell: Sequence[Mark]) -> Entry | None:
    sessions = [Session(mark.day, mark.half) for mark in spell]
    refused = next((one for one in in_force(child.entries) if any(refuses(one, session) for session in sessions)), None)
    if refused is not None:
        return refused
    first, last = spell[0].day - AROUND, spell[-1].day + AROUND
    near = [one for one in _speaking(child) if first <= one.happened_at.date() <= last]
    return min(near, key=lambda one: abs(one.happened_at.date() - spell[0].day), default=None)


def _speaking(child: Watched) -> list[Entry]:
    """The entries that speak of a holiday, and of which nobody who has read them says that it was none."""
    none = of_none(child.entries)
    return [entry for entry in child.entries if speaks(entry) and entry.id not in none]


def speaks(entry: Entry) -> bool:
    """Whether an entry that anybody may read says that an absence was a holiday."""
    if entry.withdrawn is not None or entry.restricted or entry.kind is EntryKind.LEAVE_DECISION or is_answer(entry):
        return False
    return entry.details.get(CODE) == "G" or says_holiday(f"{entry.outcome} {entry.note}")


def _said(entry: Entry) -> str:
    when = short_date(entry.happened_at.date())
    if entry.kind is EntryKind.LEAVE_DECISION:
        return f"Leave was asked for and not granted on {when}: “{_words(entry)}” A holiday all the same is G, not O."
    return f"The log of {when}: “{_words(entry)}”"


def _words(entry: Entry) -> str:
    return " ".join((entry.note or entry.outcome).split())
