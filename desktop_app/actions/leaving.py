"""Leaving the admission register: on a ground of the law, with what it asks for, never backwards."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from desktop_app.actions.admission import ALL_TIME, NOT_ON_REGISTER, ONE_DAY
from desktop_app.actions.needs import needs
from desktop_app.actions.own_children import check_children
from desktop_app.actions.roll import read_roll
from desktop_app.context import Context
from desktop_app.domain.entries import Entry, EntryKind, NewEntry
from desktop_app.domain.errors import Refused
from desktop_app.domain.people import Flag, FlagKind, Membership, Pupil
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.domain.rulebook import Ground
from desktop_app.ports import BookReading, MarksReading, Writing
from desktop_app.rules.display import date_year
from desktop_app.rules.expected import due_sessions, expected_sessions
from desktop_app.rules.leaving import Answers, Record, days_fault, leaving_fault, open_grounds, with_asks
from desktop_app.rules.register import session_past

FOLLOWING = "following"
"""Where the entry keeps which memberships were to begin after the last day, so that they come back with the child."""


@needs(Right.READ_PUPIL)
def grounds_for(context: Context, pupil: int, day: date) -> tuple[Ground, ...]:
    """The grounds on which this child may leave the roll on a day, each with all that has to be there."""
    with context.store.reading() as reading:
        child = _child(reading.book, pupil)
        check_children(context, read_roll(reading.book), [pupil])
        flags = _flags(reading.book, pupil, context.today())
        school = reading.book.school().type
    return tuple(with_asks(ground, flags) for ground in open_grounds(context.rulebook.grounds, child, day, school))


@needs(Right.READ_PUPIL)
def days_lacking(context: Context, pupil: int, ground: str) -> str:
    """What the register lacks of the school days that a ground asks for, in words; empty where nothing."""
    known = context.rulebook.grounds[ground]
    with context.store.reading() as reading:
        _child(reading.book, pupil)
        check_children(context, read_roll(reading.book), [pupil])
        return days_fault(known, _record(context, reading.book, reading.marks, pupil)) or ""


@needs(Right.DELETE_FROM_ROLL)
def leave(
    context: Context,
    pupil: int,
    ground: str,
    last: date,
    answered: Collection[str] = (),
    next_school: str = "",
    evidence: str = "",
) -> Changes:
    """Take a child off the roll after `last`, on a ground of the law; what it asks for is answered (see `grounds_for`).
    The class ends that day; marks and history stay. Raises `Refused` with what stands against it."""
    known = context.rulebook.grounds.get(ground)
    if known is None:
        raise Refused(f"“{ground}” is not a ground of the regulations.")
    with context.store.writing(context.deed("leave roll", known.title)) as writing:
        child = _child(writing.book, pupil)
        asking = with_asks(known, _flags(writing.book, pupil, context.today()))
        answers = Answers(last, frozenset(answered), evidence)
        record = _record(context, writing.book, writing.marks, pupil)
        fault = leaving_fault(child, asking, answers, context.today(), record, writing.book.school().type)
        if fault:
            raise Refused(fault)
        take_off(context, writing, child, asking, answers, next_school)
    return Changes(book=True, entries=True, pupils=frozenset({pupil}))


@needs(Right.DELETE_FROM_ROLL)
def take_back_leaving(context: Context, pupil: int, reason: str) -> Changes:
    """The child does not leave after all: only while the last day has not passed, and with a reason, which stands
    beside the entry. The class that was to follow, as after a roll-over, follows again. Afterwards a child is admitted
    again."""
    if not reason.strip():
        raise Refused("Say why the child does not leave after all.")
    with context.store.writing(context.deed("take back leaving", reason.strip())) as writing:
        child = _child(writing.book, pupil)
        day = child.leaving_day
        if day is None:
            raise Refused(f"{child.name} does not leave.")
        if day < context.today():
            raise Refused(f"{child.name} left on {date_year(day)}: who returns after that is admitted again.")
        writing.book.put(replace(child, leaving_day=None, leaving_ground="", since=context.today()))
        said = [one for one in writing.entries.of(pupil) if one.kind is EntryKind.DELETION and one.withdrawn is None]
        mine = (one for one in said if one.details.get("ground") == child.leaving_ground)
        entry = max(mine, key=lambda one: one.id, default=None)  # none: the child came with it in a list
        following = _following(writing.book, entry) if entry else []
        begins = min((one.first for one in following), default=None)
        for one in _memberships(writing.book, pupil):
            if one.last == day:
                writing.book.put(replace(one, last=begins - ONE_DAY if begins else None))
        writing.book.put_many(following)
        if entry:
            writing.entries.withdraw(entry.id, reason.strip())
    return Changes(book=True, entries=True, pupils=frozenset({pupil}))


def take_off(
    context: Context, writing: Writing, child: Pupil, ground: Ground, answers: Answers, next_school: str = ""
) -> None:
    """Write that a child leaves: the last day and the ground, the end of the class, the entry with what showed it."""
    last = answers.last
    left = replace(child, leaving_day=last, leaving_ground=ground.key, since=context.today())
    writing.book.put(replace(left, next_school=next_school.strip() or child.next_school))
    following = [one for one in _memberships(writing.book, child.id) if one.first > last]
    for one in _memberships(writing.book, child.id):
        if one in following:
            writing.book.remove(one)
        elif one.last is None or one.last > last:
            writing.book.put(replace(one, last=last))
    evidence = answers.evidence.strip()
    details = {"ground": ground.key, **{f"shown {n}": ask for n, ask in enumerate(ground.asks, start=1)}}
    if evidence:
        details["evidence"] = evidence
    if following:
        details[FOLLOWING] = " ".join(str(one.id) for one in following)
    words = f"{ground.title}. Last day on roll {date_year(last)}"
    new = NewEntry(EntryKind.DELETION, context.now(), (child.id,), words, note=evidence, details=details)
    writing.entries.add(new)


def _following(book: BookReading, entry: Entry) -> list[Membership]:
    """The classes that were to begin after the last day, as they stood before that leaving took them away."""
    taken = [book.history(Membership, int(key)) for key in entry.details.get(FOLLOWING, "").split()]
    return [[one.fact for one in versions if not one.removed][-1] for versions in taken]


def _child(book: BookReading, pupil: int) -> Pupil:
    child = book.get(Pupil, pupil)
    if child is None:
        raise Refused(NOT_ON_REGISTER)
    return child


def _memberships(book: BookReading, pupil: int) -> list[Membership]:
    return [one for one in book.all(Membership) if one.pupil == pupil]


def _flags(book: BookReading, pupil: int, day: date) -> frozenset[FlagKind]:
    return frozenset(flag.kind for flag in book.all(Flag) if flag.pupil == pupil and flag.holds(day))


def _record(context: Context, book: BookReading, marks: MarksReading, pupil: int) -> Record:
    """Up to today, and to the newest mark: one of a day to come is in the register too."""
    roll, now, known = read_roll(book), context.now(), marks.between(ALL_TIME, date.max, [pupil])
    child, places = roll.pupils[pupil], roll.memberships.get(pupil, ())
    first, last = child.starting_day, max(now.date(), known[-1].day) if known else now.date()
    due = due_sessions(child, places, roll.calendar, first, last)
    expected = expected_sessions(child, places, roll.patterns.get(pupil, ()), roll.calendar, first, last)
    to_come = frozenset(one for one in due if not session_past(roll.school, one, now))
    return Record(due, known, frozenset(expected), to_come)
