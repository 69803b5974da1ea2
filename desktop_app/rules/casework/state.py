"""How each case stands: folded from its entries and tasks, whatever the order in which they were recorded.

Entries that were withdrawn do not count: to withdraw the closing of a case opens it again, to withdraw a move takes it
back. What counts is when a thing happened; of two of one moment, which was recorded first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date, datetime

from desktop_app.domain.cases import CASE, STEP, TASK, CaseState, CaseStatus, Moved, Pause, Said, Voice
from desktop_app.domain.entries import Entry, EntryKind, Task

AREA, VOICE, PERSON = "area", "voice", "person"
"""The details of a barrier: the key of its area; whose words it is in; the parent who said it, by number."""
LEAD, REASON, AGREED, DESPITE, UNTIL, CHANGED, TRIGGER = (
    "lead", "reason", "agreed", "despite", "until", "changed", "trigger",
)  # fmt: skip
"""The details of what moves, pauses, leads or closes a case. `despite`: why it went on all the same; `trigger`: what
was due when it was opened."""


def case_of(entry: Entry) -> int:
    """The case an entry belongs to: of the one that opened it, its own number; 0: to none."""
    if entry.kind is EntryKind.CASE_OPENED:
        return entry.id
    return number(entry, CASE)


def case_of_task(task: Task) -> int:
    """The case a task belongs to; 0: to none."""
    kind, _, rest = task.kind.partition(":")
    said = rest.partition(":")[0]
    return int(said) if kind == TASK and said.isdecimal() else 0


def what_of_task(task: Task) -> str:
    """What a task of a case is: `plan`, `review`, `ask.KEY`, `chase`, `meeting`; empty for any other task."""
    return task.kind.split(":", 2)[2] if case_of_task(task) and task.kind.count(":") > 1 else ""


def number(entry: Entry, key: str) -> int:
    """A detail that is a number; 0 where it is not there or is none."""
    said = entry.details.get(key)
    return int(said) if said and said.isascii() and said.isdecimal() else 0


def fold(entries: Iterable[Entry], tasks: Iterable[Task]) -> tuple[CaseState, ...]:
    """Every case that the entries open, the oldest first, closed ones too. An entry of another case, or of a case whose
    opening was withdrawn, is left out."""
    standing = [one for one in entries if one.withdrawn is None]
    openings = [one for one in standing if one.kind is EntryKind.CASE_OPENED and one.pupils]
    openings.sort(key=_moment)
    by_case: dict[int, list[Entry]] = {one.id: [] for one in openings}
    for one in standing:
        if (case := case_of(one)) in by_case:
            by_case[case].append(one)
    for of_case in by_case.values():
        of_case.sort(key=_moment)
    owed: dict[int, list[Task]] = {key: [] for key in by_case}
    for task in tasks:
        if task.closed_by is None and (case := case_of_task(task)) in owed:
            owed[case].append(task)
    return tuple(
        _state(one, by_case[one.id], sorted(owed[one.id], key=lambda task: (task.due, task.id))) for one in openings
    )


def open_case_of(states: Iterable[CaseState]) -> CaseState | None:
    """Of several cases of a child, the one that is worked: the newest that is not closed; None where all are."""
    return next((one for one in reversed(tuple(states)) if one.status is not CaseStatus.CLOSED), None)


def _moment(entry: Entry) -> tuple[datetime, int]:
    return entry.happened_at, entry.id


def _state(opened: Entry, entries: Sequence[Entry], tasks: Sequence[Task]) -> CaseState:
    moves = tuple(_moves(entries))
    since = moves[-1].since if moves else opened.happened_at.date()
    said = [(one.kind, _said(one)) for one in entries if one.kind in (EntryKind.BARRIER, EntryKind.STRENGTH)]
    closed = next((one for one in reversed(entries) if one.kind is EntryKind.CASE_CLOSED), None)
    pauses = tuple(_pauses(entries))
    paused = bool(pauses) and pauses[-1].ended is None
    return CaseState(
        id=opened.id,
        pupil=opened.pupils[0],
        opened=opened.happened_at.date(),
        status=CaseStatus.CLOSED if closed else CaseStatus.PAUSED if paused else CaseStatus.OPEN,
        step=moves[-1].step if moves else "",
        since=since,
        lead=_lead(opened, entries),
        pack=opened.details.get("pack", ""),
        version=opened.details.get("version", ""),
        referral=opened.details.get("referral", ""),
        opened_on=opened.details.get(TRIGGER, ""),
        moves=moves,
        pauses=pauses,
        barriers=tuple(one for kind, one in said if kind is EntryKind.BARRIER),
        strengths=tuple(one for kind, one in said if kind is EntryKind.STRENGTH),
        reviews=tuple(_reviews(entries, moves[-1] if moves else None)),
        entries=tuple(entries),
        tasks=tuple(tasks),
        closed=closed,
    )


def _moves(entries: Iterable[Entry]) -> Iterable[Moved]:
    for one in entries:
        step = one.details.get(STEP, "")
        if one.kind in (EntryKind.CASE_OPENED, EntryKind.CASE_MOVED) and step:
            reason = one.details.get(REASON, "") or one.note
            yield Moved(one, step, one.happened_at.date(), one.details.get(AGREED, ""), reason)


def _lead(opened: Entry, entries: Iterable[Entry]) -> int:
    lead = number(opened, LEAD)
    for one in entries:
        if one.kind in (EntryKind.CASE_MOVED, EntryKind.CASE_LED) and LEAD in one.details:
            lead = number(one, LEAD)
    return lead


def _pauses(entries: Iterable[Entry]) -> Iterable[Pause]:
    """Each pause with the day on which it was ended: taken up again, moved on, or closed."""
    current: Pause | None = None
    ends = (EntryKind.CASE_RESUMED, EntryKind.CASE_MOVED, EntryKind.CASE_CLOSED, EntryKind.CASE_PAUSED)
    for one in entries:
        day = one.happened_at.date()
        if one.kind in ends and current is not None:
            yield Pause(current.entry, current.reason, current.since, current.until, day)
            current = None
        if one.kind is EntryKind.CASE_PAUSED:
            until = day
            with suppress(ValueError):
                until = date.fromisoformat(one.details.get(UNTIL, ""))
            current = Pause(one, one.details.get(REASON, "") or one.outcome, day, until)
    if current is not None:
        yield current


def _reviews(entries: Iterable[Entry], last: Moved | None) -> Iterable[Entry]:
    """The reviews held in the present step."""
    began = (last.entry.happened_at, last.entry.id) if last else None
    for one in entries:
        if one.kind is EntryKind.REVIEW and (began is None or (one.happened_at, one.id) > began):
            yield one


def _said(entry: Entry) -> Said:
    try:
        voice = Voice(entry.details.get(VOICE, ""))
    except ValueError:
        voice = Voice.SCHOOL
    return Said(entry, entry.details.get(AREA, ""), voice, number(entry, PERSON), entry.note or entry.outcome)
