"""The end of the school year as one previewed action: classes move up, leavers leave, the new intake is there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from desktop_app.actions.admission import put_membership
from desktop_app.actions.needs import needs
from desktop_app.actions.roll import Roll, in_order, read_roll
from desktop_app.context import Context
from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.errors import Refused
from desktop_app.domain.people import Membership, Pupil
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.rules.display import date_year

ONE_DAY = timedelta(days=1)
LEAVES = ""
"""Where a class goes that leaves the school."""


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a class goes: a class and year, or an empty class: it leaves."""

    class_name: str
    year: str


@dataclass(frozen=True, slots=True)
class Rollover:
    """What would come of it: who moves where, who leaves, and who starts that day or later and is on roll already."""

    first: date
    moving: tuple[tuple[Pupil, str, Destination], ...]
    leaving: tuple[tuple[Pupil, str], ...]
    starting: tuple[Pupil, ...]


@needs(Right.ADMIT)
def preview_rollover(context: Context, first: date, where: Mapping[str, Destination]) -> Rollover:
    """What would come of it on the first day of the new year, class by class. A class that is not named refuses it:
    nobody is forgotten."""
    with context.store.reading() as reading:
        return _plan(read_roll(reading.book), first, where)


@needs(Right.ADMIT)
def roll_over(
    context: Context, first: date, where: Mapping[str, Destination], ground: str, last: date
) -> tuple[Rollover, Changes]:
    """Do it, in one transaction. Those who leave do so on that ground of the law, with `last` as their last day."""
    if ground not in context.rulebook.grounds:
        raise Refused(f"“{ground}” is not a ground of the regulations.")
    if not context.today() <= last < first:
        raise Refused(f"The last day of the leavers is today or later, and before {date_year(first)}.")
    with context.store.writing(context.deed("roll over")) as writing:
        roll = read_roll(writing.book)
        planned = _plan(roll, first, where)
        if planned.leaving:
            context.require(Right.DELETE_FROM_ROLL)
        for child, _, to in planned.moving:
            known = roll.memberships.get(child.id, ())
            put_membership(writing, known, Membership(0, child.id, to.class_name, to.year, first))
        title = context.rulebook.grounds[ground].title
        for child, _ in planned.leaving:
            writing.book.put(replace(child, leaving_day=last, leaving_ground=ground, since=context.today()))
            words = f"{title}. Last day on roll {date_year(last)}"
            details = {"ground": ground}
            writing.entries.add(NewEntry(EntryKind.DELETION, context.now(), (child.id,), words, details=details))
    return planned, Changes(book=True, entries=True)


def _plan(roll: Roll, first: date, where: Mapping[str, Destination]) -> Rollover:
    eve = first - ONE_DAY
    moving: list[tuple[Pupil, str, Destination]] = []
    leaving: list[tuple[Pupil, str]] = []
    for child in in_order(one for one in roll.pupils.values() if one.on_roll(eve) and one.leaving_day is None):
        place = roll.place(child.id, eve)
        name = place.class_name if place else ""
        if name not in where:
            raise Refused(f"Say where class {name or 'of nobody'} goes; {child.name} is in it.")
        if where[name].class_name == LEAVES:
            leaving.append((child, name))
        else:
            moving.append((child, name, where[name]))
    starting = in_order(one for one in roll.pupils.values() if one.starting_day >= first)
    return Rollover(first, tuple(moving), tuple(leaving), tuple(starting))
