"""Cases: opening one, and the list of those that are open.

A case, in its first form, is the entry `case-opened` naming pupil, referral, pack and version.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from desktop_app.actions.agenda import case_facts, next_due
from desktop_app.actions.casefiles import referral_of
from desktop_app.actions.figures import PupilFigures, count, figures_of_pupil
from desktop_app.actions.needs import needs
from desktop_app.actions.roll import Roll, read_roll
from desktop_app.context import Context
from desktop_app.domain.cases import STEP, CaseStatus
from desktop_app.domain.entries import Entry, EntryKind, NewEntry, Task
from desktop_app.domain.errors import Refused
from desktop_app.domain.figures import Figures
from desktop_app.domain.people import Pupil
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.domain.rulebook import Band
from desktop_app.domain.sessions import school_year_start
from desktop_app.domain.staff import Staff
from desktop_app.ports import Reading
from desktop_app.rules.casework.facts import CaseFacts
from desktop_app.rules.casework.state import case_of
from desktop_app.rules.chronology import sealed


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A pupil with an open case. `figures` are those since 1 September; `last_entry` is the latest thing recorded
    (the opening itself, if nothing else) and `days_since` the calendar days since then. `step` is the whole key of
    the step it is in since `since` (empty: opened without one), `next_due` the first day on which anything is due. A
    case opened at a step and for no referral has the pack’s first: it is what a bundle would be made for."""

    entry: int
    pupil: Pupil
    class_name: str
    year: str
    referral: str
    referral_title: str
    opened: date
    figures: Figures
    band: Band | None
    persistent: bool | None
    severe: bool | None
    last_entry: Entry
    days_since: int
    step: str = ""
    level_title: str = ""
    step_title: str = ""
    since: date | None = None
    status: CaseStatus = CaseStatus.OPEN
    lead: str = ""
    next_due: date | None = None


@needs(Right.WRITE_CASE)
def open_case(context: Context, pupil: int, referral_key: str, note: str = "") -> tuple[int, Changes]:
    """Open a case of a pupil for a referral of the school's pack; the entry's id. Raises `Refused`, also where
    the pupil's case for that referral is open already."""
    with context.store.writing(context.deed("open case")) as writing:
        pack = context.pack(writing.book.school())
        referral = referral_of(pack, referral_key)
        child = writing.book.get(Pupil, pupil)
        if child is None:
            raise Refused("That pupil is not in this school’s book.")
        if any(_referral(entry) == referral.key for entry in _open(writing.entries.of(pupil))):
            raise Refused(f"{child.name} has an open case for {referral.title} already.")
        opened = NewEntry(
            kind=EntryKind.CASE_OPENED,
            happened_at=context.now(),
            pupils=(pupil,),
            outcome=referral.title,
            note=note.strip(),
            details={
                "pupil": child.upn or child.admission_number,
                "referral": referral.key,
                "referral_title": referral.title,
                "pack": pack.key,
                "version": pack.version,
            },
        )
        recorded = writing.entries.add(opened)
    return recorded, Changes(entries=True, pupils=frozenset({pupil}))


@needs(Right.READ_CASE)
def cases(context: Context) -> tuple[CaseRow, ...]:
    """Every pupil with an open case, the newest case first; of several cases of one pupil, the newest."""
    today = context.today()
    with context.store.reading() as reading:
        opened = open_cases(reading)
        roll = read_roll(reading.book)
        counted = count(context, reading, roll, school_year_start(today), today, opened.keys())
        latest = _latest(reading, opened)
        tasks = [one for one in reading.book.all(Task) if one.closed_by is None]
        facts = case_facts(context, reading.book, reading.entries, roll, tasks)
        names = {one.id: one.name for one in reading.book.all(Staff)}
    rows = [
        _with_step(
            _row(
                context, roll, figures_of_pupil(context, roll, roll.pupils[key], counted, today), opening, latest[key]
            ),
            facts.get(opening.id),
            names,
        )
        for key, opening in opened.items()
    ]
    return tuple(sorted(rows, key=lambda row: (row.opened, row.entry), reverse=True))


def open_cases(reading: Reading) -> dict[int, Entry]:
    """By pupil, the entry that opened the case that is not closed; of several, the newest."""
    openings = _open(reading.entries.all(kinds=(EntryKind.CASE_OPENED, EntryKind.CASE_CLOSED)))
    return {pupil: opening for opening in openings for pupil in opening.pupils}


def _open(entries: Iterable[Entry]) -> list[Entry]:
    """The openings that still stand and were not closed, oldest first."""
    standing = [entry for entry in entries if entry.withdrawn is None]
    closed = {case_of(entry) for entry in standing if entry.kind is EntryKind.CASE_CLOSED}
    return [entry for entry in standing if entry.kind is EntryKind.CASE_OPENED and entry.id not in closed]


def _referral(entry: Entry) -> str:
    return entry.details.get("referral", "")


def _latest(reading: Reading, opened: Mapping[int, Entry]) -> dict[int, Entry]:
    """By pupil, the last thing done that anybody may read of."""
    latest = dict(opened)
    entries = reading.entries.of(*opened)
    by_id = {entry.id: entry for entry in entries}
    for entry in entries:
        if entry.withdrawn is None and not sealed(entry, by_id):
            latest.update((pupil, entry) for pupil in entry.pupils if pupil in opened)
    return latest


def _row(context: Context, roll: Roll, figures: PupilFigures, opened: Entry, latest: Entry) -> CaseRow:
    today = context.today()
    pack = context.pack(roll.school)
    first = pack.referrals[0].key if pack.referrals and opened.details.get(STEP) else ""
    key = _referral(opened) or first
    known = pack.referral(key)
    return CaseRow(
        entry=opened.id,
        pupil=figures.pupil,
        class_name=figures.class_name,
        year=figures.year,
        referral=key,
        referral_title=known.title if known else opened.details.get("referral_title", ""),
        opened=opened.happened_at.date(),
        figures=figures.figures,
        band=figures.band,
        persistent=figures.persistent,
        severe=figures.severe,
        last_entry=latest,
        days_since=(today - latest.happened_at.date()).days,
    )


def _with_step(row: CaseRow, facts: CaseFacts | None, names: Mapping[int, str]) -> CaseRow:
    """The row with where the case is in the pack and what is due next."""
    case = facts.case if facts else None
    if facts is None or case is None:
        return row
    step, level = facts.casework.step(case.step), facts.casework.level_of(case.step)
    return replace(
        row,
        step=case.step,
        level_title=level.title if level else "",
        step_title=step.title if step else case.step,
        since=case.since,
        status=case.status,
        lead=names.get(case.lead, ""),
        next_due=next_due(facts),
    )
