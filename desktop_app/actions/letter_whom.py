"""About whom letters are: a class, or children named line by line, as a list is pasted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from desktop_app.actions.needs import needs
from desktop_app.actions.roll import Roll, in_order, read_roll
from desktop_app.context import Context
from desktop_app.domain.errors import Refused
from desktop_app.domain.people import Pupil
from desktop_app.domain.rights import Right
from desktop_app.rules.names import class_order, plain

MOST = 2_000
"""Lines of a list: more than any school has children."""


@needs(Right.LOG)
def letter_classes(context: Context) -> tuple[str, ...]:
    """The classes with children on roll today whom the present user may write about."""
    with context.store.reading() as reading:
        roll = read_roll(reading.book)
    today = context.today()
    names = {_class(roll, one, context) for one in roll.pupils.values() if one.on_roll(today)}
    return tuple(sorted((one for one in names if one and context.sees(one)), key=class_order))


@needs(Right.LOG)
def whole_class(context: Context, class_name: str) -> tuple[int, ...]:
    """Everyone on roll in a class today, in the order of the register."""
    with context.store.reading() as reading:
        roll = read_roll(reading.book)
    today = context.today()
    of = (one for one in roll.pupils.values() if one.on_roll(today) and _class(roll, one, context) == class_name)
    return tuple(one.id for one in in_order(of)) if context.sees(class_name) else ()


@needs(Right.LOG)
def named_children(context: Context, text: str) -> tuple[int, ...]:
    """The children of a list with one a line: `Forename Surname`, `Surname, Forename`, a UPN or an admission number;
    what follows a tab is left aside. Refused with the line where nobody or more than one is called so."""
    lines = [line.partition("\t")[0].strip() for line in text.splitlines()]
    if len(lines) > MOST:
        raise Refused(f"The list has {len(lines):,} lines; no school has so many children. Paste the names alone.")
    with context.store.reading() as reading:
        roll = read_roll(reading.book)
    today = context.today()
    called: defaultdict[str, list[int]] = defaultdict(list)
    for one in roll.pupils.values():
        if one.on_roll(today) and context.sees(_class(roll, one, context)):
            for name in _names(one):
                called[name].append(one.id)
    found = [
        _one(called.get(plain(" ".join(line.split())), []), number, line)
        for number, line in enumerate(lines, 1)
        if line
    ]
    if not found:
        raise Refused("Name the children first, one a line.")
    return tuple(dict.fromkeys(found))


@needs(Right.LOG)
def names_of(context: Context, pupils: Sequence[int]) -> tuple[str, ...]:
    """Their names, in the order given; of whom the present user may not know, none."""
    with context.store.reading() as reading:
        roll = read_roll(reading.book)
    known = (roll.pupils.get(one) for one in pupils)
    return tuple(one.name for one in known if one is not None and context.sees(_class(roll, one, context)))


def _one(found: Sequence[int], number: int, line: str) -> int:
    if not found:
        raise Refused(f"Line {number}: nobody on roll is called “{line}”. Write it as the register has it, or the UPN.")
    if len(set(found)) > 1:
        raise Refused(f"Line {number}: more than one child is called “{line}”. Give the UPN or the admission number.")
    return found[0]


def _names(one: Pupil) -> set[str]:
    said = (f"{one.forename} {one.surname}", f"{one.surname}, {one.forename}", one.upn, one.admission_number)
    return {plain(name) for name in said if name}


def _class(roll: Roll, one: Pupil, context: Context) -> str:
    place = roll.place(one.id, context.today())
    return place.class_name if place else ""
