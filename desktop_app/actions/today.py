"""Today: what the office looks at first. Registers not yet taken, and absences that nobody has explained."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from desktop_app.actions.arrivals import to_confirm, waiting
from desktop_app.actions.calling import Family, calling_list, without_contacts
from desktop_app.actions.cases import open_cases
from desktop_app.actions.early_calls import early_waiting
from desktop_app.actions.needs import needs
from desktop_app.actions.own_children import sees_child
from desktop_app.actions.register_states import RegisterState, register_states
from desktop_app.actions.roll import Roll, expected_by_class, read_roll
from desktop_app.actions.school_log import school_lines
from desktop_app.actions.whereabouts import reported_absent
from desktop_app.context import Context
from desktop_app.domain.entries import Task
from desktop_app.domain.people import Pupil
from desktop_app.domain.rights import Right
from desktop_app.domain.school_log import SchoolLine
from desktop_app.domain.sessions import HALVES, Half, Session
from desktop_app.domain.staff import Staff
from desktop_app.ports import Reading
from desktop_app.rules.school_log import review_due


@dataclass(frozen=True, slots=True)
class Came:
    """A child marked as attending after somebody said that it would not: both are said, and a person finds out."""

    pupil: Pupil
    session: Session
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Due:
    """A task due today or before, of a child on roll, or one that was given after the child had left. `owner` names who
    has it, empty where nobody has; `mine`: whoever is at the desk."""

    task: Task
    pupil: Pupil
    overdue: bool
    owner: str = ""
    mine: bool = False


@dataclass(frozen=True, slots=True)
class TodayPage:
    """The office's morning. `session` is the one being taken or last taken today; None on a day without school.
    `present` of `expected` pupils attend that session. `cases` counts pupils with an open case.
    `taken_here` is False where another system is the register and marks are imported. `to_confirm` counts the sessions
    elsewhere of which nobody has yet said who arrived, just as the list of them does. `policy` is the attendance policy
    whose review is due."""

    now: datetime
    session: Session | None
    why_closed: str
    present: int
    expected: int
    registers: tuple[RegisterState, ...]
    calling: tuple[Family, ...]
    cases: int
    taken_here: bool = True
    to_confirm: int = 0
    came: tuple[Came, ...] = ()
    due: tuple[Due, ...] = ()
    policy: SchoolLine | None = None
    early: int = 0
    """Children to ring before school who were not called about yet."""


@needs(Right.READ_REGISTER)
def today(context: Context) -> TodayPage:
    """Read the morning as it stands now."""
    now = context.now()
    with context.store.reading() as reading:
        roll = read_roll(reading.book)
        due = _sessions_due(roll, now)
        marked = {session: reading.marks.codes(session) for session in due}
        registers = register_states(context, roll, marked, now)
        morning = Session(now.date(), Half.AM)
        present, expected = _attending(context, roll, due[-1], marked[due[-1]]) if due else (0, 0)
        return TodayPage(
            now=now,
            session=due[-1] if due else None,
            why_closed="" if due else (roll.calendar.closed(morning) or ""),
            present=present,
            expected=expected,
            registers=registers,
            calling=_calling(context, reading, roll, now),
            cases=len(open_cases(reading)),
            taken_here=roll.school.is_register,
            to_confirm=to_confirm(waiting(context, reading, roll)),
            came=_came(context, reading, roll, now) if context.may(Right.READ_LOG) else (),
            due=_tasks(context, reading, roll, now) if context.may(Right.READ_LOG) else (),
            policy=review_due(school_lines(reading), now.date()) if context.may(Right.SETTINGS) else None,
            early=early_waiting(context, reading, roll),
        )


def _sessions_due(roll: Roll, now: datetime) -> list[Session]:
    """Today's sessions that have begun; before the morning one begins, that one all the same."""
    afternoon = datetime.combine(now.date(), roll.school.pm.opens)
    halves = (Half.AM, Half.PM) if now >= afternoon else (Half.AM,)
    due = [Session(now.date(), half) for half in halves]
    return [session for session in due if roll.calendar.closed(session) is None]


def _attending(context: Context, roll: Roll, session: Session, marked: Mapping[int, str]) -> tuple[int, int]:
    codes = context.rulebook.codes
    attending = sum(number for code, number in Counter(marked.values()).items() if codes[code].counts.attended)
    return attending, sum(map(len, expected_by_class(roll, session).values()))


def _calling(context: Context, reading: Reading, roll: Roll, now: datetime) -> tuple[Family, ...]:
    """The calling list, as much of it as the present user may see."""
    families = calling_list(reading, roll, context.rulebook.codes, now)
    if not context.sees_all:
        families = tuple(mine for family in families if (mine := _own(context, roll, family)).pupils)
    if context.may(Right.READ_LOG) and context.may(Right.READ_PUPIL):
        return families
    return tuple(without_contacts(family) for family in families)


def _own(context: Context, roll: Roll, family: Family) -> Family:
    """The family with those of its children alone whom the present user may see."""
    seen = tuple(child for child in family.pupils if sees_child(context, roll, child.pupil.id))
    return replace(family, pupils=seen)


def _came(context: Context, reading: Reading, roll: Roll, now: datetime) -> tuple[Came, ...]:
    """Who is marked as attending a half of today that a message said they would miss."""
    said = reported_absent(reading.entries, now)
    sessions = {half: Session(now.date(), half) for half in HALVES}
    marked = {half: reading.marks.codes(session) for half, session in sessions.items()} if said else {}
    codes = context.rulebook.codes
    return tuple(
        Came(roll.pupils[pupil], sessions[half], code, said[pupil, half])
        for pupil, half in sorted(said)
        if (code := marked[half].get(pupil)) is not None and codes[code].counts.attended
    )


def _tasks(context: Context, reading: Reading, roll: Roll, now: datetime) -> tuple[Due, ...]:
    """What is due by today and still open: one’s own, then what nobody has, then the others’ person by person; of each
    the longest overdue first."""
    today = now.date()
    tasks = [one for one in reading.book.all(Task) if one.closed_by is None and one.due <= today]
    live = [one for one in tasks if one.pupil in roll.pupils and _lives_on(one, roll.pupils[one.pupil], today)]
    names = {one.id: one.name for one in reading.book.all(Staff)} if any(one.owner for one in live) else {}
    found = [
        Due(
            one,
            roll.pupils[one.pupil],
            overdue=one.due < today,
            owner=names.get(one.owner, "") if one.owner else "",
            mine=one.owner == context.staff.id,
        )
        for one in live
    ]
    return tuple(sorted(found, key=lambda due: (not due.mine, due.owner, due.task.due, due.task.id)))


def _lives_on(task: Task, pupil: Pupil, today: date) -> bool:
    """Whether a task is still to be done: of a child who has left, what was given before is not."""
    return pupil.on_roll(today) or (pupil.leaving_day is not None and task.due > pupil.leaving_day)
