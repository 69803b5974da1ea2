"""The early-call list: whom the school rings before school, put on it and taken off by a person, and the families of a
morning in the order to call. The calls themselves are recorded by `actions/chasing.py`, as all are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from desktop_app import paths
from desktop_app.actions.calling import NOON, SEE_DSL, Family, families_about, with_held
from desktop_app.actions.child_record import held_sessions
from desktop_app.actions.habits import read_record
from desktop_app.actions.holds import held as held_pupils
from desktop_app.actions.letter_book import letter_book
from desktop_app.actions.log_forms import FOLLOW
from desktop_app.actions.needs import needs
from desktop_app.actions.own_children import check_children, sees_child
from desktop_app.actions.roll import Roll, in_order, read_roll
from desktop_app.context import Context
from desktop_app.domain.calls import CallBook, EarlyLine, EarlyProposal, EarlySpell
from desktop_app.domain.entries import EntryKind, NewEntry, Task
from desktop_app.domain.errors import Refused
from desktop_app.domain.people import Pupil
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.domain.sessions import Half, Session
from desktop_app.ports import EntriesReading, Reading, Writing
from desktop_app.rulebook_calls import read_calls
from desktop_app.rules import early_calls as rules
from desktop_app.rules.display import date_year
from desktop_app.rules.habits.every import habits_of
from desktop_app.rules.habits.record import Held

MOST_PROPOSED = 20
"""Children whose patterns are looked at: more than one person can ring before school."""


@lru_cache(maxsize=1)
def call_book() -> CallBook:
    """What is shipped of early calls and texts, read when it is first asked for."""
    return read_calls(paths.resources() / "casework" / "calls.toml", letter_book().fields)


@dataclass(frozen=True, slots=True)
class EarlyList:
    """The list of a morning: its children, the families in the order to call, and why no school day (empty: it is)."""

    on: date
    lines: tuple[EarlyLine, ...]
    families: tuple[Family, ...]
    closed: str = ""


@needs(Right.LOG)
def put_on_list(context: Context, pupil: int, first: date, review: date, reason: str) -> tuple[int, Changes]:
    """Put a child on the list from a day until it is looked at again, with why: an entry, and a task for the last day.
    Refused: a child who is on it on any of those days, a family that the safeguarding lead holds, days that are past or
    too many, and no reason."""
    context.require(Right.READ_LOG)
    said = " ".join(reason.split())
    if not said:
        raise Refused("Say why the school rings this family before school.")
    fault = rules.span_fault(first, review, context.today(), call_book().early)
    if fault:
        raise Refused(fault)
    with context.store.writing(context.deed("early calls")) as writing:
        child = _child(context, writing, pupil)
        if pupil in held_with_siblings(writing, context.today(), [pupil]):
            raise Refused(f"Do not call this family: {SEE_DSL}.")
        if not child.on_roll(first):
            raise Refused(f"{child.name} is not on roll on {date_year(first)}.")
        for one in rules.spells(writing.entries.of(pupil)):
            if one.pupil == pupil and one.first <= review and first <= one.last:
                raise Refused(f"{child.name} is on the list until {date_year(one.last)} already.")
        entry = writing.entries.add(
            NewEntry(
                kind=EntryKind.DECISION,
                happened_at=context.now(),
                pupils=(pupil,),
                outcome=f"Early calls from {date_year(first)}, looked at again on {date_year(review)}",
                note=said,
                details={rules.EARLY: rules.ON, rules.FIRST: first.isoformat(), rules.REVIEW: review.isoformat()},
            )
        )
        writing.book.put(Task(0, pupil, f"{FOLLOW}:{entry}", review, context.staff.id, "Early calls: did they help?"))
    return entry, Changes(entries=True, book=True, pupils=frozenset({pupil}))


@needs(Right.LOG)
def take_off_list(context: Context, spell: int, why: str) -> tuple[int, Changes]:
    """Take a child off the list, with why: yesterday was the last morning, or today where somebody was called already.
    What was said stays; its task is closed."""
    context.require(Right.READ_LOG)
    said = " ".join(why.split())
    if not said:
        raise Refused("Say why the calls end: they helped, they did not, something else is tried.")
    with context.store.writing(context.deed("end early calls")) as writing:
        first = writing.entries.get(spell)
        known = first is not None and any(one.entry == spell for one in rules.spells(writing.entries.of(*first.pupils)))
        if first is None or not known:
            raise Refused("That child is not on the early-call list.")
        check_children(context, read_roll(writing.book), first.pupils)
        (found,) = (one for one in rules.spells(writing.entries.of(*first.pupils)) if one.entry == spell)
        if found.last < context.today():
            raise Refused(f"That ended on {date_year(found.last)} already.")
        last = context.today() if _called(writing, found.pupil, context.today()) else context.today() - timedelta(1)
        ended = NewEntry(
            kind=EntryKind.DECISION,
            happened_at=context.now(),
            pupils=(found.pupil,),
            outcome="Early calls ended",
            note=said,
            details={rules.EARLY: rules.OFF, rules.LAST: last.isoformat()},
            adds_to=spell,
        )
        entry = writing.entries.add(ended)
        for task in writing.book.all(Task):
            if task.kind == f"{FOLLOW}:{spell}" and task.closed_by is None:
                writing.book.put(replace(task, closed_by=entry))
    return entry, Changes(entries=True, book=True, pupils=frozenset({found.pupil}))


@needs(Right.READ_LOG)
def early_list(context: Context, on: date | None = None) -> EarlyList:
    """The list of a day (today), of the children the present user sees: of those on roll then. Calls are looked up as
    of now, so the families of another day are what they will be."""
    day = on or context.today()
    with context.store.reading() as reading:
        roll = read_roll(reading.book)
        found = _on_list(context, reading.entries, roll, day)
        held = held_with_siblings(reading, day, found)
        families = early_families(reading, roll, _moment(context, day), found)
        lines = tuple(_lines(context, reading, roll, found, held, day))
    return EarlyList(day, lines, families, roll.calendar.closed(Session(day, Half.AM)) or "")


def early_families(
    reading: Reading | Writing, roll: Roll, now: datetime, pupils: Collection[int]
) -> tuple[Family, ...]:
    """The families to ring about this morning. Nothing of an absence is said: the child is not late yet."""
    morning = Session(now.date(), Half.AM)
    found = families_about(reading, roll, now, dict.fromkeys(pupils, (morning,)), before_school=True)
    return tuple(
        replace(
            one,
            pupils=tuple(replace(child, to_tell=(), told=()) for child in one.pupils),
            silence="",
            step="",
        )
        for one in found
    )


def early_family_of(context: Context, writing: Writing, roll: Roll, pupils: Collection[int]) -> Family | None:
    """The family on this morning’s list that has any of these children."""
    found = _on_list(context, writing.entries, roll, context.today())
    families = early_families(writing, roll, context.now(), found)
    return next((one for one in families if set(one.key) & set(pupils)), None)


def early_waiting(context: Context, reading: Reading, roll: Roll) -> int:
    """How many children on this morning’s list were not called about yet; none in the afternoon, on a day without
    school, and for those who do not read the log."""
    now = context.now()
    morning = Session(now.date(), Half.AM)
    if now.time() >= NOON or not context.may(Right.READ_LOG) or roll.calendar.closed(morning):
        return 0
    found = _on_list(context, reading.entries, roll, now.date())
    if not found:
        return 0
    today = reading.entries.all(datetime.combine(now.date(), time()), now, (EntryKind.PHONE_CALL,))
    called = {key for one in today if one.withdrawn is None and rules.EARLY in one.details for key in one.pupils}
    return len(found.keys() - called)


@needs(Right.READ_LOG)
def early_proposals(context: Context) -> tuple[EarlyProposal, ...]:
    """Who might be put on the list: of the children on roll whom the present user sees, those with mornings enough late
    or missed and a pattern in it. Nobody who is on it, and nobody of a family that is held."""
    numbers, today = call_book().early, context.today()
    with context.store.reading() as reading:
        roll = read_roll(reading.book)
        weeks = roll.calendar.school_weeks(today, numbers.weeks.value)
        if not weeks:
            return ()
        taken = _on_list(context, reading.entries, roll, today).keys()
        here = [
            one.id
            for one in roll.pupils.values()
            if one.on_roll(today) and one.id not in taken and sees_child(context, roll, one.id)
        ]
        poor = _poor(context, reading, roll, here, weeks[0], today)
        wanted = [key for key in sorted(poor, key=lambda key: -poor[key]) if rules.might_be(poor[key], numbers)]
        held = held_with_siblings(reading, today, wanted)
        found: list[EarlyProposal] = []
        for key in wanted:
            if key in held or len(found) == MOST_PROPOSED:
                continue
            says = rules.proposal(habits_of(read_record(context, reading, roll, key, today)), numbers)
            if says:
                found.append(EarlyProposal(roll.pupils[key], class_of(roll, key, today), says))
    return tuple(found)


@needs(Right.READ_LOG)
def spells_of(context: Context, pupil: int) -> tuple[EarlySpell, ...]:
    """Every time a child was on the list, oldest first."""
    with context.store.reading() as reading:
        check_children(context, read_roll(reading.book), [pupil])
        return tuple(one for one in rules.spells(reading.entries.of(pupil)) if one.pupil == pupil)


def class_of(roll: Roll, pupil: int, day: date) -> str:
    """The class of a child on a day; empty where it has none."""
    place = roll.place(pupil, day)
    return place.class_name if place else ""


def held_with_siblings(reading: Reading | Writing, day: date, pupils: Collection[int]) -> frozenset[int]:
    """Whom the safeguarding lead holds: brothers and sisters too."""
    _families, held = with_held(reading.book, day, pupils)
    return held | held_pupils(reading.book, day)


def _child(context: Context, writing: Writing, pupil: int) -> Pupil:
    roll = read_roll(writing.book)
    if pupil not in roll.pupils:
        raise Refused("That pupil is not on the admission register.")
    check_children(context, roll, [pupil])
    return roll.pupils[pupil]


def _on_list(context: Context, entries: EntriesReading, roll: Roll, day: date) -> dict[int, EarlySpell]:
    found = rules.on_list(rules.spells(entries.all(kinds=(EntryKind.DECISION,))), day)
    return {
        key: one
        for key, one in found.items()
        if key in roll.pupils and roll.pupils[key].on_roll(day) and sees_child(context, roll, key)
    }


def _called(writing: Writing, pupil: int, day: date) -> bool:
    return any(
        one.details.get(rules.EARLY) == rules.CALLED and one.withdrawn is None and one.happened_at.date() == day
        for one in writing.entries.of(pupil)
    )


def _moment(context: Context, day: date) -> datetime:
    now = context.now()
    return now if day == now.date() else datetime.combine(day, now.time().min)


def _poor(
    context: Context, reading: Reading, roll: Roll, pupils: Collection[int], first: date, last: date
) -> dict[int, int]:
    """By child, the mornings late or missed, read from the marks that are not plain presence."""
    codes = context.rulebook.codes
    held: defaultdict[int, list[Held]] = defaultdict(list)
    for mark in reading.marks.not_present(first, last, pupils) if pupils else ():
        if roll.why_not(mark.pupil, Session(mark.day, mark.half)) is None:
            held[mark.pupil].append(Held(mark.day, mark.half, codes[mark.code], mark.minutes, mark.note))
    return {key: rules.poor_mornings(some) for key, some in held.items()}


def _lines(
    context: Context,
    reading: Reading,
    roll: Roll,
    found: dict[int, EarlySpell],
    held: frozenset[int],
    day: date,
) -> list[EarlyLine]:
    if not found:
        return []
    weeks = call_book().early.compared_weeks.value
    earliest = roll.calendar.school_weeks(min(one.first for one in found.values()) - timedelta(1), weeks)
    begins = min([*earliest[:1], *(one.first for one in found.values())])
    marks = held_sessions(context, reading, roll, list(found), begins, min(day, context.today()))
    lines: list[EarlyLine] = []
    for child in in_order(roll.pupils[key] for key in found):
        spell = found[child.id]
        before, since = rules.compared(spell, marks[child.id], roll.calendar, day, weeks)
        lines.append(EarlyLine(child, class_of(roll, child.id, day), spell, before, since, child.id in held))
    return lines
