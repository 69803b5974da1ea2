"""The register of one pupil as a page of weeks, and the corrections made to it.

Source: School Attendance (Pupil Registration) (England) Regulations 2024: an amendment shows the original entry, the
amended entry, the reason, the date, and the name and title of the person who made it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from desktop_app.domain.codes import Code, Counts
from desktop_app.domain.marks import MarkChange
from desktop_app.domain.sessions import HALVES, Half, Session
from desktop_app.domain.staff import Author
from desktop_app.rules.calendar import SchoolCalendar
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.expected import membership_on

WEEK = timedelta(days=7)
SCHOOL_DAYS = 5


class CellKind(StrEnum):
    """How a session of the register print looks."""

    MARK = "mark"
    ABSENT = "absent"
    UNAUTHORISED = "unauthorised"
    PROVISIONAL = "provisional"
    CLOSED = "closed"
    GAP = "gap"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class PrintCell:
    """One session: its code (`#` closed, empty where there is none) and how it looks."""

    code: str
    kind: CellKind


@dataclass(frozen=True, slots=True)
class PrintWeek:
    """One week, Monday AM to the last school day's PM. `beside` is what stands at its end: `8 of 10`, `half term`."""

    monday: date
    cells: tuple[PrintCell, ...]
    beside: str


@dataclass(frozen=True, slots=True)
class Correction:
    """An amendment of a closed register. `was` and `now` are codes, empty for no mark; `at` is aware, UTC.

    `details` says in words what changed of the minutes late or the note where the code stayed the same."""

    session: Session
    was: str
    now: str
    reason: str
    at: datetime
    author: Author
    details: str = ""


@dataclass(frozen=True, slots=True)
class RegisterPrint:
    """A pupil's register over a period. `days` are the days of the week shown (0 Monday); `key` the codes used."""

    first: date
    last: date
    days: tuple[int, ...]
    weeks: tuple[PrintWeek, ...]
    key: tuple[Code, ...]
    closed_used: bool
    gaps_used: bool
    corrections: tuple[Correction, ...]


def register_print(file: CaseFile, first: date | None = None, until: date | None = None) -> RegisterPrint:
    """The register of the period (or of the days given), week by week. A week wholly closed has one line with the
    reason beside it."""
    first = file.request.first if first is None else first
    last = min(file.request.last if until is None else until, file.request.on)
    mask = file.school.weekdays
    days = tuple(day for day in range(7) if day < SCHOOL_DAYS or mask[day] == "1")
    marks = {(mark.day, mark.half): mark.code for mark in file.marks if first <= mark.day <= last}
    gaps = set(file.gaps(first, last))
    sessions = _Sessions(file, marks, gaps, first, last)
    monday = SchoolCalendar.monday(first)
    weeks: list[PrintWeek] = []
    while monday <= last:
        weeks.append(sessions.week(monday, days))
        monday += WEEK
    cells = [cell for week in weeks for cell in week.cells]
    used = {cell.code for cell in cells if cell.code and cell.kind is not CellKind.CLOSED}
    return RegisterPrint(
        first=first,
        last=last,
        days=days,
        weeks=tuple(weeks),
        key=tuple(code for key, code in file.rulebook.codes.items() if key in used),
        closed_used=any(cell.kind is CellKind.CLOSED for cell in cells),
        gaps_used=any(cell.kind is CellKind.GAP for cell in cells),
        corrections=corrections(file.changes, first, last),
    )


def corrections(changes: Iterable[MarkChange], first: date, last: date) -> tuple[Correction, ...]:
    """The amendments of closed registers, by session and then in the order made."""
    standing: dict[Session, MarkChange] = {}
    found: list[tuple[Session, int, Correction]] = []
    for change in sorted(changes, key=lambda one: one.seq):
        session = Session(change.day, change.half)
        before = standing.get(session)
        standing[session] = change
        if change.amends and first <= change.day <= last:
            was, details = ("", "") if before is None else (before.code, _details(before, change))
            one = Correction(session, was, change.code, change.reason, change.recorded_at, change.author, details)
            found.append((session, change.seq, one))
    return tuple(correction for _, _, correction in sorted(found, key=lambda one: one[:2]))


def _details(before: MarkChange, after: MarkChange) -> str:
    """What an amendment that leaves the code as it was says anew: `minutes late: 12, now 15`."""
    if before.code != after.code:
        return ""
    said: list[str] = []
    if before.minutes != after.minutes:
        was, now = ("not said" if one.minutes is None else str(one.minutes) for one in (before, after))
        said.append(f"minutes late: {was}, now {now}")
    if before.note != after.note:
        was, now = (f"“{one.note}”" if one.note else "none" for one in (before, after))
        said.append(f"note: {was}, now {now}")
    return "; ".join(said)


class _Sessions:
    """The sessions of a case, asked for week by week."""

    def __init__(
        self, file: CaseFile, marks: dict[tuple[date, Half], str], gaps: set[Session], first: date, last: date
    ) -> None:
        self._file = file
        self._marks = marks
        self._gaps = gaps
        self._first = first
        self._last = last

    def week(self, monday: date, days: Sequence[int]) -> PrintWeek:
        """One week of cells, with what stands beside it."""
        sessions = [Session(monday + timedelta(days=day), half) for day in days for half in HALVES]
        cells = tuple(self._cell(session) for session in sessions)
        return PrintWeek(monday, cells, self._beside(cells, sessions))

    def _cell(self, session: Session) -> PrintCell:
        within = self._first <= session.day <= self._last
        if not within or not self._file.pupil.on_roll(session.day):
            return PrintCell("", CellKind.EMPTY)
        code = self._marks.get((session.day, session.half))
        if code is not None:
            return PrintCell(code, self._kind(code))
        if self._closed(session) is not None:
            return PrintCell("#", CellKind.CLOSED)
        return PrintCell("", CellKind.GAP if session in self._gaps else CellKind.EMPTY)

    def _closed(self, session: Session) -> str | None:
        member = membership_on(self._file.memberships, session.day)
        class_name, year = (member.class_name, member.year) if member else ("", "")
        return self._file.calendar.closed(session, class_name, year)

    def _kind(self, key: str) -> CellKind:
        code = self._file.rulebook.codes[key]
        if code.provisional:
            return CellKind.PROVISIONAL
        if code.counts is Counts.UNAUTHORISED:
            return CellKind.UNAUTHORISED
        return CellKind.ABSENT if code.counts is Counts.AUTHORISED else CellKind.MARK

    def _beside(self, cells: Sequence[PrintCell], sessions: Sequence[Session]) -> str:
        kinds = {cell.kind for cell in cells}
        if kinds <= {CellKind.CLOSED, CellKind.EMPTY}:
            if CellKind.CLOSED not in kinds:
                return "not on roll" if not self._file.pupil.on_roll(sessions[0].day) else ""
            shut = next(session for session, cell in zip(sessions, cells, strict=True) if cell.kind is CellKind.CLOSED)
            return self._closed(shut) or ""
        counts = [self._file.rulebook.codes[cell.code].counts for cell in cells if self._is_mark(cell)]
        return f"{sum(one.attended for one in counts)} of {sum(one.possible for one in counts)}"

    @staticmethod
    def _is_mark(cell: PrintCell) -> bool:
        return bool(cell.code) and cell.kind is not CellKind.CLOSED
