"""Planned absence and attendance elsewhere: made, changed and ended. A mark that was made is never touched by it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from desktop_app.actions.needs import needs
from desktop_app.actions.roll import Roll, read_roll
from desktop_app.actions.settle import settle_pupils
from desktop_app.actions.signed_off import check_reach
from desktop_app.context import Context
from desktop_app.domain.errors import Refused
from desktop_app.domain.marks import Mark
from desktop_app.domain.people import Pupil
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.domain.school import Plan
from desktop_app.domain.sessions import Half, Session
from desktop_app.ports import Writing
from desktop_app.rules.expected import due_sessions
from desktop_app.rules.plans import LEAVE, closed_fault, code_fault, pupil_fault, span_fault


@dataclass(frozen=True, slots=True)
class Planned:
    """What came of planning: the plans with their ids, how many marks stand by it already, those that stood before and
    stay as they are, and the sessions on which an unexpected closure goes before it for somebody."""

    plans: tuple[Plan, ...]
    marks: int
    standing: tuple[Mark, ...]
    closed: tuple[Session, ...] = ()


@needs(Right.PLAN)
def plan(context: Context, wanted: Plan, pupils: Sequence[int]) -> tuple[Planned, Changes]:
    """Plan the same for one pupil or many, all or none; `wanted.pupil` and `wanted.id` are not read. What stands by
    itself of sessions that are past becomes a mark at once, so it reaches no further back than a mark may be written.
    Raises `Refused`, or `NotAllowed` for a week that was signed off, and changes nothing."""
    with context.store.writing(context.deed("plan", wanted.note)) as writing:
        made = plan_within(context, writing, wanted, pupils)
    return made, Changes(marks=bool(made.marks), book=True, pupils=frozenset(pupils))


def plan_within(context: Context, writing: Writing, wanted: Plan, pupils: Sequence[int]) -> Planned:
    """As `plan`, inside a deed that does more."""
    if not pupils:
        raise Refused("Say for whom it is planned.")
    _may(context, wanted)
    roll = read_roll(writing.book)
    _check_whole(context, wanted)
    made = [_fitting(context, roll, replace(wanted, id=0, pupil=key)) for key in pupils]
    standing = _standing(writing, wanted, pupils)
    first = writing.book.put(made[0])
    group = first if len(made) > 1 else wanted.group
    if group:
        writing.book.put(replace(made[0], id=first, group=group))
    rest = writing.book.put_many(replace(one, group=group) for one in made[1:])
    plans = tuple(replace(one, id=key, group=group) for one, key in zip(made, [first, *rest], strict=True))
    check_reach(context, writing.book, roll, set(pupils), wanted.first)
    marks = settle_pupils(context, writing, set(pupils), wanted.first)
    return Planned(plans, marks, standing, _closed(roll, plans))


@needs(Right.PLAN)
def change_plan(context: Context, changed: Plan) -> tuple[Planned, Changes]:
    """Give a plan another span, code or note. What it wrote already stays in the register, as it must."""
    _may(context, changed)
    with context.store.writing(context.deed("change plan", changed.note)) as writing:
        roll = read_roll(writing.book)
        before = _known(writing, changed.id)
        _may(context, before)
        _check_whole(context, changed)
        fitting = _fitting(context, roll, replace(changed, pupil=before.pupil))
        standing = _standing(writing, fitting, [before.pupil])
        writing.book.put(fitting)
        check_reach(context, writing.book, roll, {before.pupil}, min(before.first, fitting.first))
        marks = settle_pupils(context, writing, {before.pupil}, fitting.first)
    changes = Changes(marks=bool(marks), book=True, pupils=frozenset({before.pupil}))
    return Planned((fitting,), marks, standing, _closed(roll, (fitting,))), changes


@needs(Right.PLAN)
def end_plan(context: Context, plan_id: int, last: date | None = None, half: Half = Half.PM) -> Changes:
    """End a plan with the session given, or take it back whole (`last` None). Marks made by it stay."""
    with context.store.writing(context.deed("end plan")) as writing:
        known = _known(writing, plan_id)
        _may(context, known)
        if last is None or (last, half.ordinal) < (known.first, known.first_half.ordinal):
            writing.book.remove(known)
        elif (last, half.ordinal) < (known.last, known.last_half.ordinal):
            writing.book.put(replace(known, last=last, last_half=half))
    return Changes(book=True, pupils=frozenset({known.pupil}))


@needs(Right.READ_REGISTER)
def in_class(context: Context, class_name: str, day: date) -> tuple[Pupil, ...]:
    """The pupils of a class on a day, for whom something may be planned together."""
    with context.store.reading() as reading:
        found = read_roll(reading.book).in_class(class_name, day, day) if context.sees(class_name) else ()
    if not found:
        raise Refused(f"There is nobody in a class “{class_name}” then.")
    return tuple(found)


def _may(context: Context, wanted: Plan) -> None:
    if wanted.code in LEAVE:
        context.require(Right.GRANT_LEAVE)


def _check_whole(context: Context, wanted: Plan) -> None:
    fault = span_fault(wanted) or code_fault(wanted, context.rulebook.codes)
    if fault:
        raise Refused(fault)


def _fitting(context: Context, roll: Roll, wanted: Plan) -> Plan:
    child = roll.pupils.get(wanted.pupil)
    if child is None:
        raise Refused("That pupil is not on the admission register.")
    due = due_sessions(child, roll.memberships.get(child.id, ()), roll.calendar, wanted.first, wanted.last)
    fault = pupil_fault(wanted, child, due, roll.plans.get(child.id, ()), context.rulebook.codes)
    fault = fault or closed_fault(wanted, child, due, _closed(roll, (wanted,)))
    if fault:
        raise Refused(fault)
    return wanted


def _closed(roll: Roll, plans: Sequence[Plan]) -> tuple[Session, ...]:
    """The sessions of some plans on which the school is closed unexpectedly for the child, in order."""
    found: set[Session] = set()
    for one in plans:
        child = roll.pupils[one.pupil]
        for session in due_sessions(child, roll.memberships.get(child.id, ()), roll.calendar, one.first, one.last):
            place = roll.place(child.id, session.day)
            if place and one.covers(session) and roll.calendar.unexpected(session, place.class_name, place.year):
                found.add(session)
    return tuple(sorted(found))


def _standing(writing: Writing, wanted: Plan, pupils: Collection[int]) -> tuple[Mark, ...]:
    found = writing.marks.between(wanted.first, wanted.last, pupils)
    return tuple(mark for mark in found if wanted.covers(Session(mark.day, mark.half)))


def _known(writing: Writing, plan_id: int) -> Plan:
    found = writing.book.get(Plan, plan_id)
    if found is None:
        raise Refused("That plan is not there any more.")
    return found
