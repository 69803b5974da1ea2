"""Timetables of fewer than all sessions: agreed, changed, ended; a task for each review."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from desktop_app.actions.needs import needs
from desktop_app.actions.own_children import check_children
from desktop_app.actions.roll import read_roll
from desktop_app.actions.settle import settle_pupils
from desktop_app.actions.signed_off import check_reach, check_signed_off
from desktop_app.context import Context
from desktop_app.domain.entries import Task
from desktop_app.domain.errors import Refused
from desktop_app.domain.people import Flag, Pattern
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.domain.tasks import REVIEW
from desktop_app.ports import Writing
from desktop_app.rules.timetables import timetable_fault


@needs(Right.PLAN)
def set_timetable(context: Context, wanted: Pattern) -> tuple[int, Changes]:
    """Set a new timetable (`wanted.id` 0) or another version of one; a task for each review that has none. It ends by
    itself with its last day, and the register then expects the child. It reaches no further back than a mark may be
    written, and into a signed-off week only at the hands of whoever may change one."""
    with context.store.writing(context.deed("timetable", wanted.purpose)) as writing:
        roll = read_roll(writing.book)
        child = roll.pupils.get(wanted.pupil)
        if child is None:
            raise Refused("That pupil is not on the admission register.")
        flags = [one for one in writing.book.all(Flag) if one.pupil == child.id]
        fault = timetable_fault(wanted, child, flags, roll.patterns.get(child.id, ()), context.rulebook.codes)
        if fault:
            raise Refused(fault)
        if wanted.id and (before := writing.book.get(Pattern, wanted.id)):
            _drop_reviews(writing, before, wanted)
        pattern = writing.book.put(wanted)
        _put_reviews(writing, wanted)
        check_reach(context, writing.book, roll, {child.id}, wanted.first)
        marks = settle_pupils(context, writing, {child.id}, wanted.first)
    return pattern, Changes(marks=bool(marks), book=True, pupils=frozenset({wanted.pupil}))


@needs(Right.PLAN)
def end_timetable(context: Context, pattern_id: int, last: date) -> Changes:
    """End a timetable with a day; one that had not begun by then is taken back whole. Marks made by it stay."""
    with context.store.writing(context.deed("end timetable")) as writing:
        known = writing.book.get(Pattern, pattern_id)
        if known is None:
            raise Refused("That timetable is not there any more.")
        roll = read_roll(writing.book)
        if last < known.first:
            writing.book.remove(known)
        else:
            writing.book.put(replace(known, last=last))
        check_signed_off(context, writing.book, roll, {known.pupil})
        for task in writing.book.all(Task):
            if (task.kind, task.pupil) == (REVIEW, known.pupil) and task.closed_by is None and task.due > last:
                writing.book.remove(task)
    return Changes(book=True, pupils=frozenset({known.pupil}))


@needs(Right.READ_REGISTER)
def timetables_of(context: Context, pupil: int) -> tuple[Pattern, ...]:
    """The timetables of a pupil, the newest first."""
    with context.store.reading() as reading:
        roll = read_roll(reading.book)
    check_children(context, roll, [pupil])
    return tuple(sorted(roll.patterns.get(pupil, ()), key=lambda one: one.first, reverse=True))


def _drop_reviews(writing: Writing, before: Pattern, wanted: Pattern) -> None:
    """Take back the open tasks of reviews that are not to be held any more."""
    gone = set(before.reviews) - set(wanted.reviews)
    for task in writing.book.all(Task):
        mine = (task.kind, task.pupil) == (REVIEW, before.pupil)
        if mine and task.closed_by is None and task.due.isoformat() in gone:
            writing.book.remove(task)


def _put_reviews(writing: Writing, wanted: Pattern) -> None:
    known = {one.due.isoformat() for one in writing.book.all(Task) if (one.kind, one.pupil) == (REVIEW, wanted.pupil)}
    writing.book.put_many(
        Task(0, wanted.pupil, REVIEW, date.fromisoformat(day), None, "Review the part-time timetable")
        for day in wanted.reviews
        if day not in known
    )
