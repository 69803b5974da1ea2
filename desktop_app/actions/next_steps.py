"""What the authority's pack asks for while a child is in its band: what was done since it entered it, what is next."""

from __future__ import annotations

from datetime import date

from desktop_app.actions.needs import needs
from desktop_app.actions.own_children import check_children
from desktop_app.actions.roll import read_roll
from desktop_app.context import Context
from desktop_app.domain.entries import EntryKind, NewEntry, Task
from desktop_app.domain.errors import Refused
from desktop_app.domain.next_steps import STEP, NextSteps, step_key
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.domain.rulebook import Band, BandAction
from desktop_app.domain.sessions import Session, school_year_start
from desktop_app.ports import Reading
from desktop_app.rules.figures import least_sessions
from desktop_app.rules.next_steps import stay, steps, task_kind


@needs(Right.READ_LOG)
def next_steps(context: Context, pupil: int) -> NextSteps:
    """The steps of the band a child is in today, by the figures of the school year; of a leaver, those of its last day.
    Raises `Refused` for a pupil not in the book, and for one whom the present user does not see."""
    with context.store.reading() as reading:
        return read_steps(context, reading, pupil)


def read_steps(context: Context, reading: Reading, pupil: int) -> NextSteps:
    """As `next_steps`, inside a reading."""
    roll = read_roll(reading.book)
    child = roll.pupils.get(pupil)
    if child is None:
        raise Refused("That pupil is not in this school’s book.")
    check_children(context, roll, [pupil])
    pack = context.pack(roll.school)
    least = least_sessions(pack, context.rulebook)
    today = context.today()
    until = today if child.leaving_day is None else min(today, child.leaving_day)
    marks = reading.marks.between(school_year_start(until), until, [pupil])
    counted = (mark for mark in marks if roll.why_not(pupil, Session(mark.day, mark.half)) is None)
    held = stay(counted, context.rulebook.codes, pack.bands, least)
    if held is None:
        return NextSteps(pupil, None, (), least)
    tasks = (one for one in reading.book.all(Task) if one.pupil == pupil)
    return NextSteps(pupil, held, steps(held, reading.entries.of(pupil), tasks), least)


@needs(Right.LOG)
def step_done(context: Context, pupil: int, band: str, action: str, outcome: str) -> tuple[int, Changes]:
    """Record that a step was done, now, with what came of it; a task by which it was put off is closed with it."""
    context.require(Right.READ_LOG)
    said = " ".join(outcome.split())
    if not said:
        raise Refused("Say what came of it.")
    with context.store.writing(context.deed("step done")) as writing:
        roll = read_roll(writing.book)
        check_children(context, roll, [pupil])
        of_band, step = _find(context.pack(roll.school).bands, band, action)
        details = {STEP: step_key(of_band, step)}
        new = NewEntry(EntryKind.SEEN_TO, context.now(), (pupil,), said, note=step.title, details=details)
        entry = writing.entries.add(new)
        kind = task_kind(of_band, step)
        for task in writing.book.all(Task):
            if (task.pupil, task.kind, task.closed_by) == (pupil, kind, None):
                writing.book.put(Task(task.id, pupil, kind, task.due, task.owner, task.text, entry))
    return entry, Changes(entries=True, book=True, pupils=frozenset({pupil}))


@needs(Right.LOG)
def step_later(context: Context, pupil: int, band: str, action: str, due: date) -> tuple[int, Changes]:
    """Put a step off to a day: a task that Today lists then. One that was put off already is put off to the new day."""
    context.require(Right.READ_LOG)
    if due < context.today():
        raise Refused("That day is over: give one that is to come.")
    with context.store.writing(context.deed("step put off")) as writing:
        roll = read_roll(writing.book)
        check_children(context, roll, [pupil])
        of_band, step = _find(context.pack(roll.school).bands, band, action)
        kind = task_kind(of_band, step)
        known = (one for one in writing.book.all(Task) if (one.pupil, one.kind, one.closed_by) == (pupil, kind, None))
        number = next((one.id for one in known), 0)
        task = writing.book.put(Task(number, pupil, kind, due, None, step.title))
    return task, Changes(book=True, pupils=frozenset({pupil}))


def _find(bands: tuple[Band, ...], band: str, action: str) -> tuple[Band, BandAction]:
    found = ((one, step) for one in bands if one.key == band for step in one.actions if step.key == action)
    known = next(found, None)
    if known is None:
        raise Refused("The authority’s pack has no such step any more.")
    return known
