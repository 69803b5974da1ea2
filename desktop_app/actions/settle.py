"""What stands by itself becomes a mark once its session is past, whether or not anybody opened the register."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime

from desktop_app.actions.clock import blocked
from desktop_app.actions.needs import needs
from desktop_app.actions.roll import Roll, read_roll
from desktop_app.context import Context
from desktop_app.domain.marks import NewMark, Source
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.domain.school import Period, Setting
from desktop_app.domain.sessions import Session
from desktop_app.ports import BookReading, MarksReading, Reading, Writing
from desktop_app.rules.expected import due_sessions
from desktop_app.rules.register import session_past

SETTLED_TO = "plans.settled-to"
"""The day before which everything that stands by itself has become a mark."""


@needs(Right.OPEN)
def settle(context: Context) -> Changes:
    """Write the marks that are due, in one transaction: called when a school is opened and as sessions end, before any
    figure or document is asked for. Does nothing where nothing is due, where the store is only read, or while the
    computer’s clock is in doubt: what it takes for past may be to come."""
    if context.store.read_only:
        return Changes()
    with context.store.reading() as reading:
        if not _is_due(context, reading):
            return Changes()
    with context.store.writing(context.deed("settle plans")) as writing:
        roll = read_roll(writing.book)
        if not roll.school.is_register or blocked(context, writing.book):
            return Changes()
        today = context.today()
        made = list(_due(context, roll, writing.marks, _concerned(roll, writing.book), _since(writing.book), today))
        writing.marks.add(made)
        if _since(writing.book) != today:
            writing.book.put(Setting(SETTLED_TO, today.isoformat()))
    return Changes(marks=bool(made), pupils=frozenset(mark.pupil for mark in made))


@needs(Right.OPEN)
def settling_due(context: Context) -> bool:
    """Whether anything that stands by itself waits to become a mark."""
    with context.store.reading() as reading:
        return _is_due(context, reading)


def _is_due(context: Context, reading: Reading) -> bool:
    roll = read_roll(reading.book)
    if not roll.school.is_register or blocked(context, reading.book):
        return False
    since, today = _since(reading.book), context.today()
    due = _due(context, roll, reading.marks, _concerned(roll, reading.book), since, today)
    return next(due, None) is not None


def settle_pupils(context: Context, writing: Writing, pupils: Collection[int], first: date) -> int:
    """Write what is due of some pupils from a day on, inside a deed that changed their plans, patterns or calendar;
    how many marks that were. A mark that stands is never touched."""
    roll = read_roll(writing.book)
    if not roll.school.is_register or blocked(context, writing.book):
        return 0
    return writing.marks.add(list(_due(context, roll, writing.marks, pupils, first, context.today())))


def _since(book: BookReading) -> date:
    """The first day that may still hold something unsettled: of a school that never settled, the first of all."""
    found = next((one.value for one in book.all(Setting) if one.key == SETTLED_TO), "")
    return date.fromisoformat(found) if found else date.min


def _concerned(roll: Roll, book: BookReading) -> Collection[int]:
    """The pupils of whom anything can stand by itself since everything was last settled."""
    since = _since(book)
    closed = [period for period in book.all(Period) if period.kind.unexpected and period.end >= since]
    if closed:
        return roll.pupils.keys()
    planned = {key for key, plans in roll.plans.items() if any(plan.last >= since for plan in plans)}
    return planned | {
        key for key, known in roll.patterns.items() if any(one.last is None or one.last >= since for one in known)
    }


def _due(
    context: Context, roll: Roll, marks: MarksReading, pupils: Collection[int], first: date, today: date
) -> Iterator[NewMark]:
    """The marks that are due, by pupil and session: nothing stands there yet, and no person has to confirm it."""
    if not pupils:
        return
    now = context.now()
    begin = max(first, min(roll.pupils[key].starting_day for key in pupils))
    if begin > today:
        return
    marked = {(mark.pupil, mark.day, mark.half) for mark in marks.between(begin, today, pupils)}
    for key in sorted(pupils):
        for session in _past(roll, key, begin, today, now):
            found = roll.standing(key, session, context.rulebook.codes)
            if found is None or found.confirm or (key, session.day, session.half) in marked:
                continue
            yield NewMark(key, session.day, session.half, found.code, note=found.note, source=Source.PLAN)


def _past(roll: Roll, pupil: int, first: date, last: date, now: datetime) -> Iterator[Session]:
    """The sessions that were due of a pupil and are past, only on days on which anything can stand."""
    child = roll.pupils[pupil]
    begin = max(first, child.starting_day)
    sessions = due_sessions(child, roll.memberships.get(pupil, ()), roll.calendar, begin, last)
    return (session for session in sessions if session_past(roll.school, session, now))
