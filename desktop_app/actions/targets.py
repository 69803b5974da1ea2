"""Targets for attendance of a pupil, a class, a year, a phase or the school: set, taken back, and how they stand.

A pupil's target is an entry of its chronology, seen beside what was done; to set another is to replace it. Every other
is a setting, a version in the book.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from fractions import Fraction

from desktop_app.actions.figures import count
from desktop_app.actions.needs import needs
from desktop_app.actions.own_children import check_children
from desktop_app.actions.roll import Roll, read_roll
from desktop_app.actions.to_come import ahead, due_sessions, end_of, expected_of, waiting_on
from desktop_app.context import Context
from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.errors import Refused
from desktop_app.domain.figures import NO_FIGURES, Figures
from desktop_app.domain.forecast import DueSession
from desktop_app.domain.people import Membership, Pupil
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.domain.school import School, Setting
from desktop_app.domain.sessions import Session, school_year_end, school_year_start
from desktop_app.domain.targets import SCHOOL, GroupTarget, Part, Target, TargetState, Whose
from desktop_app.ports import Reading
from desktop_app.rules.comparable import phase_of
from desktop_app.rules.display import date_year
from desktop_app.rules.expected import expected_count
from desktop_app.rules.figures import total
from desktop_app.rules.names import class_order
from desktop_app.rules.targets import (
    day_before,
    details_of,
    fault,
    in_force,
    kept_text,
    last_day,
    percent_text,
    read_kept,
    state_of,
)

KEYS = {Part.SCHOOL: "target:", Part.CLASS: "target:", Part.YEAR: "target-year:", Part.PHASE: "target-phase:"}
"""The beginning of the settings that keep targets; after it the class, year or phase, or nothing for the school."""


@needs(Right.LOG)
def set_target(context: Context, pupil: int, target: Target) -> tuple[int, Changes]:
    """Set a pupil's target; one that stood before is replaced by it. Returns the entry. Raises `Refused` in words."""
    wrong = fault(target)
    if wrong:
        raise Refused(wrong)
    with context.store.writing(context.deed("set target")) as writing:
        roll = read_roll(writing.book)
        child = roll.pupils.get(pupil)
        if child is None:
            raise Refused("That pupil is not in this school’s book.")
        check_children(context, roll, [pupil])
        if not child.on_roll_between(target.first, last_day(target)):
            raise Refused(f"{child.name} is not on roll then.")
        entry = writing.entries.add(
            NewEntry(EntryKind.TARGET, context.now(), (pupil,), words_of(target), details=details_of(target))
        )
    return entry, Changes(entries=True, pupils=frozenset({pupil}))


@needs(Right.SETTINGS)
def set_group_target(context: Context, whose: Whose, target: Target | None) -> Changes:
    """Set the target of the whole school, or of a phase, year or class of it; None takes it back."""
    if target is not None and (wrong := fault(target)):
        raise Refused(wrong)
    with context.store.writing(context.deed("set target")) as writing:
        roll = read_roll(writing.book)
        if whose.name and whose not in {one for held in roll.memberships.values() for of in held for one in parts(of)}:
            raise Refused(f"There is no {whose.part.value} {whose.name}.")
        setting = Setting(f"{KEYS[whose.part]}{whose.name}", kept_text(target) if target else "")
        known = {one.key: one.value for one in writing.book.all(Setting)}
        if known.get(setting.key, "") == setting.value:
            return Changes()
        writing.book.put(setting)
    return Changes(book=True)


def parts(place: Membership) -> tuple[Whose, ...]:
    """What a pupil of a class is part of, the school first."""
    named = ((Part.PHASE, phase_of(place.year) if place.year else ""), (Part.YEAR, place.year))
    found = [Whose(part, name) for part, name in (*named, (Part.CLASS, place.class_name)) if name]
    return (SCHOOL, *found)


def _kept(settings: Iterable[Setting], on: date) -> dict[Whose, Target]:
    """The targets that are set, but for those of a school year that is over."""
    found: dict[Whose, Target] = {}
    for one in settings:
        start, colon, name = one.key.partition(":")
        part = next(
            (part for part, key in KEYS.items() if key == start + colon and (part is Part.SCHOOL) != bool(name)), None
        )
        target = read_kept(one.value) if part is not None else None
        if part is not None and target is not None and on <= school_year_end(last_day(target)):
            found[Whose(part, name)] = target
    return found


@needs(Right.READ_PUPIL)
def target_state(context: Context, pupil: int, on: date, as_at: datetime | None = None) -> TargetState | None:
    """How a pupil's target stands on a day; None where none was set."""
    with context.store.reading(as_at) as reading:
        if not reading.book.all(School):
            return None
        return read_target(context, reading, pupil, on, as_at)


def read_target(
    context: Context, reading: Reading, pupil: int, on: date, as_at: datetime | None = None
) -> TargetState | None:
    """As `target_state`, inside a reading."""
    roll = read_roll(reading.book)
    child = roll.pupils.get(pupil)
    if child is None:
        raise Refused("That pupil is not in this school’s book.")
    check_children(context, roll, [pupil])
    target = in_force(reading.entries.of(pupil), on)
    if target is None:
        return None
    until = min(on, last_day(target))
    before, since = _counted(context, reading, roll, target, until, [pupil], as_at)
    year = _expected(roll, child, school_year_start(target.first), school_year_end(target.first))
    due = _to_come(context, reading, roll, child, until, min(last_day(target), end_of(child, on, until).day), as_at)
    sides = before.get(pupil, NO_FIGURES), since.get(pupil, NO_FIGURES)
    return state_of(target, on, *sides, year, len(due), planned=sum(one.planned for one in due))


def _to_come(
    context: Context, reading: Reading, roll: Roll, child: Pupil, until: date, last: date, as_at: datetime | None
) -> tuple[DueSession, ...]:
    """The sessions up to a day that are still to come and will count, reckoned as the look ahead reckons them."""
    marked = {Session(one.day, one.half) for one in reading.marks.between(until, last, [child.id])}
    waiting = waiting_on(roll, until, context.moment(as_at))
    return due_sessions(context, roll, child, ahead(expected_of(roll, child, until, last), until, waiting, marked))


@needs(Right.READ_FIGURES)
def group_targets(context: Context, on: date, as_at: datetime | None = None) -> tuple[GroupTarget, ...]:
    """The school on a day, its phases where it has more than one, its years and its classes, each with its target
    where one is set. The members are those of the last day that is counted. Of the classes that the present user sees,
    and of the years and phases of which they see every class."""
    with context.store.reading(as_at) as reading:
        if not reading.book.all(School):
            return ()
        roll = read_roll(reading.book)
        targets = _kept(reading.book.all(Setting), on)
        places = [_parts_on(roll, one, on) for one in roll.pupils.values() if one.on_roll(on)]
        sizes = Counter(whose for found in places for whose in found)
        shown = _shown(context, places, targets)
        states = _group_states(context, reading, roll, targets, on, as_at)
    rest = sorted(shown - {SCHOOL}, key=lambda one: (list(Part).index(one.part), class_order(one.name)))
    return tuple(GroupTarget(one, sizes[one], targets.get(one), states.get(one)) for one in (SCHOOL, *rest))


def _shown(context: Context, places: Iterable[tuple[Whose, ...]], targets: Mapping[Whose, Target]) -> set[Whose]:
    """What there is a line of: a single phase is the school over again."""
    unseen: set[Whose] = set()
    known = set(targets)
    for found in places:
        known |= set(found)
        if not all(context.sees(one.name) for one in found if one.part is Part.CLASS):
            unseen |= set(found)
    hidden = {one for one in known if one.part is Part.CLASS and not context.sees(one.name)}
    phases = {one for one in known if one.part is Part.PHASE}
    alone = phases - targets.keys() if len(phases) == 1 else set[Whose]()
    return known - unseen - hidden - alone


def _group_states(
    context: Context,
    reading: Reading,
    roll: Roll,
    targets: Mapping[Whose, Target],
    on: date,
    as_at: datetime | None,
) -> dict[Whose, TargetState]:
    """How those that have begun stand. Whoever is counted is counted once for all targets over the same days."""
    begun = {whose: target for whose, target in targets.items() if target.first <= on}
    counted: dict[tuple[date, date], tuple[Mapping[int, Figures], Mapping[int, Figures]]] = {}
    found: dict[Whose, TargetState] = {}
    for whose, target in begun.items():
        until = min(on, last_day(target))
        here = [one for one in roll.pupils.values() if one.on_roll_between(school_year_start(target.first), until)]
        if (target.first, until) not in counted:
            counted[target.first, until] = _counted(
                context, reading, roll, target, until, [one.id for one in here], as_at
            )
        members = [one.id for one in here if whose in _parts_on(roll, one, until)]
        before, since = (_of(members, part) for part in counted[target.first, until])
        pupils = sum(part.possible > 0 for part in since)
        found[whose] = state_of(target, on, total(before), total(since), pupils=pupils)
    return found


def _of(members: Iterable[int], counted: Mapping[int, Figures]) -> list[Figures]:
    return [counted[one] for one in members if one in counted]


def _parts_on(roll: Roll, pupil: Pupil, day: date) -> tuple[Whose, ...]:
    place = roll.place(pupil.id, day if pupil.leaving_day is None else min(day, pupil.leaving_day))
    return parts(place) if place else (SCHOOL,)


def _counted(
    context: Context,
    reading: Reading,
    roll: Roll,
    target: Target,
    until: date,
    pupils: Collection[int],
    as_at: datetime | None,
) -> tuple[Mapping[int, Figures], Mapping[int, Figures]]:
    moment = context.moment(as_at)
    year = school_year_start(target.first)
    before = count(context, reading, roll, year, day_before(target), pupils, moment) if year < target.first else {}
    since = count(context, reading, roll, target.first, until, pupils, moment) if target.first <= until else {}
    return before, since


def _expected(roll: Roll, pupil: Pupil, first: date, last: date) -> int:
    if last < first:
        return 0
    memberships, patterns = roll.memberships.get(pupil.id, ()), roll.patterns.get(pupil.id, ())
    return expected_count(pupil, memberships, patterns, roll.calendar, first, last)


def words_of(target: Target) -> str:
    """A target in words, as the chronology has it."""
    until = f" to {date_year(target.until)}" if target.until else ""
    agreed = f", agreed with {target.agreed_with}" if target.agreed_with else ""
    return f"Attendance of at least {percent_text(target.percent)}% from {date_year(target.first)}{until}{agreed}"


def wanted(percent: Fraction, first: date, until: date | None = None, agreed_with: str = "") -> Target:
    """A target about to be set, its words trimmed."""
    return Target(percent, first, until, " ".join(agreed_with.split()))
