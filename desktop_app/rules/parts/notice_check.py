"""A Notice to Improve held against what it must hold, and what came of it.

Source: “Working together to improve school attendance”, Notices to Improve: the eight contents, three to six weeks;
practice 22 (a person decides its outcome; authorised illness does not fail it).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.figures import Figures
from desktop_app.domain.notices import Improvement, ImprovementState
from desktop_app.domain.triggers import Seen
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.chronology import with_words
from desktop_app.rules.display import date_year
from desktop_app.rules.improvement import CONTENT, GROUND, WEEKS, Course, improvements
from desktop_app.rules.orders import orders
from desktop_app.rules.parts.record import said, standing
from desktop_app.rules.session_lists import count_words

DECIDED = {
    ImprovementState.IMPROVED: "Attendance improved enough.",
    ImprovementState.NOT_IMPROVED: "Attendance did not improve enough.",
    ImprovementState.ENDED_EARLY: "It was ended early.",
    ImprovementState.WITHDRAWN: "It was withdrawn.",
}


@dataclass(frozen=True, slots=True)
class Content:
    """One of the contents the guidance has: what it is, and what the notice says of it (empty: nothing)."""

    number: int
    what: str
    said: str


@dataclass(frozen=True, slots=True)
class NoticeCheck:
    """One notice: to whom, its days, what it holds, and the sessions of its period up to the day."""

    entry: Entry
    parent: str
    first: date
    last: date
    weeks: int
    right_length: bool
    sufficient: str
    allowed: int
    contents: tuple[Content, ...]
    figures: Figures
    unauthorised: tuple[Seen, ...]
    result: str

    @property
    def lacking(self) -> int:
        """How many of the contents the notice says nothing of."""
        return sum(not one.said for one in self.contents)


def notice_checks(file: CaseFile) -> tuple[NoticeCheck, ...]:
    """Every Notice to Improve that the reader may know of, the oldest first; one that was withdrawn too."""
    entries = standing(file, EntryKind.NOTICE_TO_IMPROVE, EntryKind.IMPROVEMENT, EntryKind.SUPERVISION_ORDER)
    by_id = {entry.id: entry for entry in entries}
    first, last = _days(entries)
    last = min(last, file.request.on)
    course = Course(
        marks=file.counted(first, last),
        expected=file.expected(first, last),
        codes=file.rulebook.codes,
        orders=orders(entries),
        today=file.request.on,
    )
    decided = {entry.adds_to: entry for entry in entries if entry.kind is EntryKind.IMPROVEMENT}
    return tuple(_check(file, by_id[one.entry], one, decided.get(one.entry)) for one in improvements(entries, course))


def no_notice(file: CaseFile) -> str:
    """Why there is no such part."""
    return "" if notice_checks(file) else "No Notice to Improve is recorded up to this day."


def _days(entries: tuple[Entry, ...]) -> tuple[date, date]:
    days = [one.details[key] for one in entries if one.kind is EntryKind.NOTICE_TO_IMPROVE for key in ("first", "last")
            if key in one.details]  # fmt: skip
    if not days:
        return date.max, date.min
    return date.fromisoformat(min(days)), date.fromisoformat(max(days))


def _check(file: CaseFile, entry: Entry, notice: Improvement, decided: Entry | None) -> NoticeCheck:
    outlook, weeks = file.rulebook.outlook, _weeks(file, entry, notice)
    ends = min(notice.last, file.request.on, decided.happened_at.date() if decided else notice.last)
    return NoticeCheck(
        entry=entry,
        parent=with_words(file, entry),
        first=notice.first,
        last=notice.last,
        weeks=weeks,
        right_length=outlook.improvement_from.value <= weeks <= outlook.improvement_to.value,
        sufficient=notice.sufficient,
        allowed=notice.allowed,
        contents=tuple(
            Content(number, what, entry.details.get(f"{CONTENT}{number}", "").strip())
            for number, what in enumerate(file.rulebook.formalities.improvement_contents, start=1)
        ),
        figures=file.figures(notice.first, ends),
        unauthorised=notice.unauthorised,
        result=_result(file, notice, decided),
    )


def _weeks(file: CaseFile, entry: Entry, notice: Improvement) -> int:
    known = entry.details.get(WEEKS, "")
    if known.isdigit():
        return int(known)
    return len({file.calendar.monday(day) for day in file.calendar.school_days(notice.first, notice.last)})


def _result(file: CaseFile, notice: Improvement, decided: Entry | None) -> str:
    number = len(notice.unauthorised)
    missed = f"{count_words(number, 'session was', 'sessions were')} missed without leave, of {notice.allowed} at most"
    if decided is not None and notice.state in DECIDED:
        ground = decided.details.get(GROUND, "")
        when = f"Decided on {date_year(decided.happened_at.date())} by {decided.author.name}"
        return said(missed, DECIDED[notice.state], f"Ground: {ground}" if ground else "", when, decided.note)
    if file.request.on <= notice.last:
        return said(missed, f"It runs until {date_year(notice.last)}")
    return said(missed, f"It ended on {date_year(notice.last)}; what came of it is not decided")
