"""What must be looked at on a day: every trigger of the law, of the authority's pack and of the school's own record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple

from desktop_app.actions.crossings import Counted, count_both, crossings_of, with_sessions
from desktop_app.actions.needs import needs
from desktop_app.actions.own_children import check_children
from desktop_app.actions.roll import Roll, in_order, read_roll
from desktop_app.actions.watched import Looking, watch_of
from desktop_app.context import Context, turned_back
from desktop_app.domain.clock import school_time
from desktop_app.domain.crossings import Crossing
from desktop_app.domain.marks import Mark
from desktop_app.domain.rights import Right
from desktop_app.domain.school import School
from desktop_app.domain.sessions import Session
from desktop_app.domain.triggers import Trigger, TriggerKind, TriggerSpec
from desktop_app.rules.crossings import end_of_last_week
from desktop_app.rules.display import date_year, percent
from desktop_app.rules.names import class_order
from desktop_app.rules.triggers.facts import Watched
from desktop_app.rules.triggers.registers import blanks, of_today_alone, register_missing
from desktop_app.rules.triggers.shares import fallen_since, no_better
from desktop_app.rules.triggers.table import RULES, triggers_of

OF_THE_LOG = frozenset({"task-due", "no-contact"})
"""The rules that tell of the log or of a task: only to those who may read it."""
MISSING, CROSSED = "register-missing", "band-crossed"


@needs(Right.READ_PUPIL)
def due(
    context: Context, on: date, as_at: datetime | None = None, kinds: Collection[TriggerKind] | None = None
) -> tuple[Trigger, ...]:
    """What is met on a day and not decided since, of all children on roll then whom the present user sees, in the order
    of the kinds and then of the register; of some `kinds` only, where they are given.

    Sessions and entries up to and including `on` count, as known now; `as_at` (aware) turns back what was recorded.
    What rests on the log is told to those alone who may read it.
    """
    return look_through(context, on, as_at, kinds).triggers


@needs(Right.READ_PUPIL)
def due_of(context: Context, pupil: int, on: date, as_at: datetime | None = None) -> tuple[Trigger, ...]:
    """What is met of one child on a day, and not decided since."""
    return look_through(context, on, as_at, only=pupil).triggers


class Found(NamedTuple):
    """What one look at a school told: the triggers, who went up a band since the end of last week, and the roll that
    was read (None: nothing of the school had been recorded by then)."""

    triggers: tuple[Trigger, ...]
    risen: tuple[Crossing, ...]
    roll: Roll | None


class _Read(NamedTuple):
    """What is read of everybody. `head`: the newest link of the chain by then."""

    head: str
    looking: Looking
    specs: Sequence[TriggerSpec]
    children: Sequence[Watched]
    counted: Counted | None


@needs(Right.READ_PUPIL)
def look_through(
    context: Context,
    on: date,
    as_at: datetime | None = None,
    kinds: Collection[TriggerKind] | None = None,
    only: int | None = None,
) -> Found:
    """What `due` tells, with the good news among the crossings.

    A mark that somebody saves waits for a reading to end. So it reads twice, shortly, and works out what takes long
    between and after: first what is read of everybody, then the more that is read of the few of whom something could be
    met. Where something was saved between the two, it begins anew; the third time it takes what it has, since the
    window asks again after every change.
    """
    context = turned_back(context, as_at)
    for last_try in (False, False, True):
        read = _read(context, on, as_at, kinds, only)
        if read is None:
            return Found((), (), None)
        hopeful = read.looking.hopeful(read.children)
        crossed = crossings_of(context, read.looking.roll, read.counted) if read.counted else []
        gaps = [one for one in read.children if one.figures.unmarked > 0 and not one.gone] if _missing(read) else []
        older = {one.pupil.id for one in gaps if not of_today_alone(one)}
        with context.store.reading(as_at) as reading:
            if reading.chain_head != read.head and not last_try:
                continue
            looking = replace(read.looking, reading=reading)
            also = older | {one.pupil.id for one in crossed if not one.better}
            more = looking.read_more(hopeful, also)
            crossed = with_sessions(context, reading, looking.roll, crossed)
        fallen, every = [one for one in crossed if not one.better], looking.every(more)
        found = [one for child, may in looking.candidates(hopeful, more) for one in triggers_of(child, may)]
        blank = {one.pupil.id: blanks(one, today_alone=True) for one in gaps if one.pupil.id not in older}
        blank |= {key: blanks(replace(one, every=every.get(key, ()))) for one in gaps if (key := one.pupil.id) in older}
        for spec in read.specs:
            if spec.rule == MISSING:
                found += _not_complete(context, looking.roll, spec, blank)
            elif spec.rule == CROSSED:
                found += _fallen(read.children, every, spec, fallen)
        risen = tuple(one for one in crossed if one.better)
        return Found(tuple(_ordered(looking.roll, found)), risen, looking.roll)
    raise AssertionError("the last time is always taken")


def _read(
    context: Context, on: date, as_at: datetime | None, kinds: Collection[TriggerKind] | None, only: int | None
) -> _Read | None:
    moment = context.now() if as_at is None else min(context.now(), school_time(as_at))
    with context.store.reading(as_at) as reading:
        if not reading.book.all(School):
            return None
        roll = read_roll(reading.book)
        if only is not None:
            check_children(context, roll, [only])
        watch = watch_of(context, roll, on, moment)
        specs = [one for one in context.rulebook.triggers_of(watch.pack) if kinds is None or one.kind in kinds]
        specs = [one for one in specs if only is None or one.rule != MISSING]
        told = [one for one in specs if one.rule in RULES and _may_tell(context, one)]
        rules = {one.rule for one in specs}
        looking = Looking(context, reading, roll, watch, told, only, with_figures=MISSING in rules)
        since = end_of_last_week(on)
        counted = count_both(context, reading, roll, since, on, moment, only) if CROSSED in rules else None
        return _Read(reading.chain_head, looking, specs, looking.children(), counted)


def _missing(read: _Read) -> bool:
    return any(one.rule == MISSING for one in read.specs)


def _may_tell(context: Context, spec: TriggerSpec) -> bool:
    return spec.rule not in OF_THE_LOG or context.may(Right.READ_LOG)


def _not_complete(
    context: Context, roll: Roll, spec: TriggerSpec, blank: Mapping[int, Sequence[Session]]
) -> list[Trigger]:
    """The classes with a register that is not complete, each session with those who have no mark."""
    by_class: defaultdict[str, list[Session]] = defaultdict(list)
    for key, sessions in blank.items():
        for session in sessions:
            place = roll.place(key, session.day)
            by_class[place.class_name if place else ""].append(session)
    return [register_missing(spec, name, of) for name, of in by_class.items() if context.sees(name)]


def _fallen(
    children: Sequence[Watched], every: Mapping[int, Sequence[Mark]], spec: TriggerSpec, crossed: Sequence[Crossing]
) -> list[Trigger]:
    """Who fell into a lower band since the end of last week, and on which day."""
    by_id = {child.pupil.id: child for child in children}
    found: list[Trigger] = []
    for one in crossed:
        child = by_id.get(one.pupil.id)
        if child is not None:
            since = fallen_since(replace(child, every=every.get(one.pupil.id, ())), one.first, one.now)
            if not child.decided_about(spec.key, since, {band.key for band in no_better(child, one.now)}):
                found.append(_crossing(spec, one, since))
    return found


def _crossing(spec: TriggerSpec, one: Crossing, since: date) -> Trigger:
    says = (
        f"From {one.was.title} to {one.now.title} since {date_year(one.first)}: attendance was "
        f"{percent(one.before.attendance)} and is {percent(one.after.attendance)}."
    )
    return Trigger(
        spec.kind, spec.key, spec.title, one.pupil.id, since, None, says, spec.source, one.sessions,
        class_name=one.class_name, about=one.now.key,
    )  # fmt: skip


def _ordered(roll: Roll, found: list[Trigger]) -> list[Trigger]:
    kinds = list(TriggerKind)
    place = {
        pupil.id: number for number, pupil in enumerate(in_order(roll.pupils[one.pupil] for one in found if one.pupil))
    }
    return sorted(
        found,
        key=lambda one: (
            kinds.index(one.kind),
            place.get(one.pupil, 0),
            class_order(one.class_name) if not one.pupil else (),
            one.since,
        ),
    )
