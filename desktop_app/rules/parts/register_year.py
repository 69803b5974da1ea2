"""The school year to date with the comments in the register and the contact of each day: for information, no evidence.

Sources: the authorities’ packs ask for the year to date with comments and contact received, for information, beside
the certificate, which alone is evidence (Norfolk’s prosecution pack; Education Act 1996 section 566).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop_app.domain.codes import Code, Counts
from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.marks import Mark
from desktop_app.domain.sessions import Half, Session, school_year_start
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.chronology import with_words
from desktop_app.rules.display import happened_time
from desktop_app.rules.parts.record import said, standing
from desktop_app.rules.register_print import RegisterPrint, register_print
from desktop_app.rules.session_lists import count_words

CONTACT = (
    EntryKind.PHONE_CALL, EntryKind.TEXT, EntryKind.EMAIL, EntryKind.LETTER, EntryKind.MEETING, EntryKind.HOME_VISIT,
    EntryKind.LEAVE_REQUEST, EntryKind.MEDICAL_EVIDENCE,
)  # fmt: skip
"""The kinds that are contact with somebody."""


@dataclass(frozen=True, slots=True)
class DayComment:
    """One day with something to say of it: the code of each half (empty: no mark), what stands in the register beside
    it, and the contact of that day."""

    day: date
    am: str
    pm: str
    comments: tuple[str, ...]
    contacts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class YearToDate:
    """The register of the school year up to the day, and each day of it with a comment or a contact. `bare` are the
    other days that held an absence: nothing was noted and nobody was in contact."""

    register: RegisterPrint
    days: tuple[DayComment, ...]
    bare: int


def year_to_date(file: CaseFile) -> YearToDate:
    """The year, from its first day on roll. A day is told of that holds an absence, a late mark or a gap, where
    something was noted of it or there was contact."""
    first = max(school_year_start(file.request.on), file.pupil.starting_day)
    register = register_print(file, first, file.request.on)
    marks: defaultdict[date, dict[Half, Mark]] = defaultdict(dict)
    for mark in file.counted(first, file.request.on):
        marks[mark.day][mark.half] = mark
    gaps = set(file.gaps(first, file.request.on))
    contacts: defaultdict[date, list[Entry]] = defaultdict(list)
    for entry in standing(file, *CONTACT):
        contacts[entry.happened_at.date()].append(entry)
    days = sorted({*marks, *(gap.day for gap in gaps)})
    asking = [
        _day(file, day, marks[day], contacts[day])
        for day in days
        if any(_asks(mark, file.rulebook.codes[mark.code]) for mark in marks[day].values())
        or any(Session(day, half) in gaps for half in Half)
    ]
    told = tuple(one for one in asking if one.comments or one.contacts)
    return YearToDate(register, told, len(asking) - len(told))


def _asks(mark: Mark, code: Code) -> bool:
    absent = code.counts in (Counts.AUTHORISED, Counts.UNAUTHORISED)
    return absent or code.provisional or bool(mark.note) or mark.minutes is not None


def _day(file: CaseFile, day: date, marks: dict[Half, Mark], contacts: Sequence[Entry]) -> DayComment:
    halves = [marks.get(half) for half in (Half.AM, Half.PM)]
    comments = [_comment(mark) for mark in halves if mark is not None]
    return DayComment(
        day=day,
        am=halves[0].code if halves[0] else "",
        pm=halves[1].code if halves[1] else "",
        comments=tuple(dict.fromkeys(filter(None, comments))),
        contacts=tuple(_contact(file, entry) for entry in contacts),
    )


def _comment(mark: Mark) -> str:
    late = count_words(mark.minutes, "minute late", "minutes late") if mark.minutes is not None else ""
    return "; ".join(filter(None, (late, mark.note)))


def _contact(file: CaseFile, entry: Entry) -> str:
    when = happened_time(entry.happened_at)
    who = with_words(file, entry)
    head = ", ".join(filter(None, (f"{when} {entry.kind.label}".strip(), who)))
    return f"{head}: {said(entry.outcome, entry.note)}"
