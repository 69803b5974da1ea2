"""What must be looked at on a day: every trigger of the law, of the authority's pack and of the school's own record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime

from desktop_app.actions.crossings import crossings
from desktop_app.actions.needs import needs
from desktop_app.actions.own_children import check_children
from desktop_app.actions.roll import Roll, in_order, read_roll
from desktop_app.actions.watched import Looking, watch_of
from desktop_app.context import Context
from desktop_app.domain.clock import school_time
from desktop_app.domain.crossings import Crossing
from desktop_app.domain.rights import Right
from desktop_app.domain.school import School
from desktop_app.domain.sessions import Session
from desktop_app.domain.triggers import Trigger, TriggerKind, TriggerSpec
from desktop_app.rules.crossings import end_of_last_week
from desktop_app.rules.display import date_year, percent
from desktop_app.rules.names import class_order
from desktop_app.rules.triggers.facts import Watched
from desktop_app.rules.triggers.registers import blanks, register_missing
from desktop_app.rules.triggers.shares import fallen_since
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
    return _due(context, on, as_at, kinds, None)


@needs(Right.READ_PUPIL)
def due_of(context: Context, pupil: int, on: date, as_at: datetime | None = None) -> tuple[Trigger, ...]:
    """What is met of one child on a day, and not decided since."""
    return _due(context, on, as_at, None, pupil)


def _due(
    context: Context, on: date, as_at: datetime | None, kinds: Collection[TriggerKind] | None, only: int | None
) -> tuple[Trigger, ...]:
    moment = context.now() if as_at is None else min(context.now(), school_time(as_at))
    bands = kinds is None or TriggerKind.BAND_CROSSED in kinds
    crossed = crossings(context, end_of_last_week(on), on, as_at, only) if bands else ()
    with context.store.reading(as_at) as reading:
        if not reading.book.all(School):
            return ()  # nothing of the school had been recorded by then
        roll = read_roll(reading.book)
        if only is not None:
            check_children(context, roll, [only])
        watch = watch_of(context, roll, on, moment)
        specs = [one for one in context.rulebook.triggers_of(watch.pack) if kinds is None or one.kind in kinds]
        told = [one for one in specs if one.rule in RULES and _may_tell(context, one)]
        missing = next((one for one in specs if one.rule == MISSING), None) if only is None else None
        looking = Looking(context, reading, roll, watch, told, only, with_figures=missing is not None)
        children = looking.children()
        found = [one for child, may in looking.candidates(children) for one in triggers_of(child, may)]
        if missing is not None:
            found += _missing(context, looking, missing, children)
        for spec in specs:
            if spec.rule == CROSSED:
                found += _fallen(looking, spec, [one for one in crossed if not one.better], children)
    return tuple(_ordered(roll, found))


def _may_tell(context: Context, spec: TriggerSpec) -> bool:
    return spec.rule not in OF_THE_LOG or context.may(Right.READ_LOG)


def _missing(context: Context, looking: Looking, spec: TriggerSpec, children: Sequence[Watched]) -> list[Trigger]:
    """The classes with a register that is not complete, each session with those who have no mark."""
    gaps = {child.pupil.id: child for child in children if child.figures.unmarked > 0 and not child.gone}
    every = looking.every(list(gaps))
    blank: defaultdict[str, list[Session]] = defaultdict(list)
    for key, child in gaps.items():
        for session in blanks(replace(child, every=every.get(key, ()))):
            place = looking.roll.place(key, session.day)
            blank[place.class_name if place else ""].append(session)
    return [register_missing(spec, name, blank[name]) for name in blank if context.sees(name)]


def _fallen(
    looking: Looking, spec: TriggerSpec, crossed: Sequence[Crossing], children: Sequence[Watched]
) -> list[Trigger]:
    """Who fell into a lower band since the end of last week, and on which day."""
    every = looking.every([one.pupil.id for one in crossed])
    by_id = {child.pupil.id: child for child in children}
    found: list[Trigger] = []
    for one in crossed:
        child = by_id.get(one.pupil.id)
        if child is not None:
            since = fallen_since(replace(child, every=every.get(one.pupil.id, ())), one.first, one.now)
            if not child.decided(spec.key, since):
                found.append(_crossing(spec, one, since))
    return found


def _crossing(spec: TriggerSpec, one: Crossing, since: date) -> Trigger:
    says = (
        f"From {one.was.title} to {one.now.title} since {date_year(one.first)}: attendance was "
        f"{percent(one.before.attendance)} and is {percent(one.after.attendance)}."
    )
    return Trigger(
        spec.kind, spec.key, spec.title, one.pupil.id, since, None, says, spec.source, one.sessions,
        class_name=one.class_name,
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
