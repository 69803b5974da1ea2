"""Who is in which group: the dated flags of a child, and the groups the school makes. Nothing is updated in place: a
flag that was corrected or ended stays on record as it was said before."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta

from desktop_app.actions.needs import needs
from desktop_app.actions.own_children import check_children
from desktop_app.actions.roll import read_roll
from desktop_app.context import Context
from desktop_app.domain.errors import NotAllowed, Refused
from desktop_app.domain.groups import Basis, Group
from desktop_app.domain.people import Flag, FlagKind, Pupil
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.ports import BookReading, BookWriting
from desktop_app.rules.display import date_year
from desktop_app.rules.groups import (
    SOCIAL_CARE,
    find_group,
    flag_words,
    may_read,
    own_key,
)

ONE_DAY = timedelta(days=1)
MOST = 80
"""The longest name of a group, in letters."""


@needs(Right.READ_PUPIL)
def flags_of(context: Context, pupil: int) -> tuple[Flag, ...]:
    """Every flag of a child, past and coming too, the newest first; those of social care only to who reads them."""
    with context.store.reading() as reading:
        check_children(context, read_roll(reading.book), [pupil])
        found = [one for one in reading.book.all(Flag) if one.pupil == pupil]
    shown = (one for one in found if may_read(one, reads_care=context.reads_care))
    return tuple(sorted(shown, key=lambda one: (one.first, one.id), reverse=True))


@needs(Right.READ_PUPIL)
def put_flag(context: Context, flag: Flag) -> tuple[int, Changes]:
    """Begin a flag (`id` 0), or correct one: its value, its first day, its last. Refused where it ends before it
    begins, where the child has the same already on some of those days, and to who may not write it. An EHCP ends SEN
    support from its first day, and none begins while one holds."""
    value = " ".join(flag.value.split())
    flag = replace(flag, value=value.upper() if flag.kind is FlagKind.ETHNICITY else value)
    _check_may(context, flag.kind)
    if flag.kind in (FlagKind.OTHER, FlagKind.ETHNICITY) and not value:
        raise Refused("Say which: the name of the group, or the code of the ethnic background.")
    if len(value) > MOST:
        raise Refused(f"That is longer than {MOST} letters. Say it shorter.")
    with context.store.writing(context.deed("change flag")) as writing:
        child = _child(context, writing.book, flag.pupil)
        before = writing.book.get(Flag, flag.id) if flag.id else None
        if flag.id and (before is None or (before.pupil, before.kind) != (flag.pupil, flag.kind)):
            raise Refused("That is not on record any more.")
        _check_days(flag)
        theirs = [one for one in writing.book.all(Flag) if one.pupil == child.id]
        _check_alone(child, flag, theirs)
        if flag.kind is FlagKind.EHCP and flag.last is None:
            _end_sen_support(writing.book, theirs, flag.first)
        made = flag.id if flag == before else writing.book.put(flag)
    return made, Changes(book=True, pupils=frozenset({flag.pupil}))


@needs(Right.READ_PUPIL)
def end_flag(context: Context, flag: int, last: date) -> Changes:
    """Let a flag end: `last` is the last day it holds. Days before keep it."""
    with context.store.reading() as reading:
        found = reading.book.get(Flag, flag)
    if found is None:
        raise Refused("That is not on record any more.")
    return put_flag(context, replace(found, last=last))[1]


@needs(Right.READ_PUPIL)
def remove_flag(context: Context, flag: int) -> Changes:
    """Take away a flag that was put down by mistake, as if it had never been; that it was stays on record."""
    with context.store.writing(context.deed("remove flag")) as writing:
        found = writing.book.get(Flag, flag)
        if found is None:
            raise Refused("That is not on record any more.")
        _check_may(context, found.kind)
        _child(context, writing.book, found.pupil)
        writing.book.remove(found)
    return Changes(book=True, pupils=frozenset({found.pupil}))


@needs(Right.ADMIT)
def add_to_group(context: Context, name: str, pupils: Collection[int], first: date) -> tuple[int, Changes]:
    """Put several pupils into a group the school makes, from a day; says how many were not in it before. A group there
    is already keeps the way its name is written."""
    name = " ".join(name.split())
    if not name:
        raise Refused("Give the group a name.")
    if len(name) > MOST:
        raise Refused(f"That name is longer than {MOST} letters. Say it shorter.")
    if not pupils:
        raise Refused("Choose at least one pupil.")
    key = own_key(name)
    with context.store.writing(context.deed("add to group")) as writing:
        of_group = [one for one in writing.book.all(Flag) if _is_of(one, key)]
        name = of_group[-1].value if of_group else name
        new: list[Flag] = []
        for pupil in pupils:
            child = _child(context, writing.book, pupil)
            if child.leaving_day is not None and child.leaving_day < first:
                raise Refused(f"{child.name} left on {date_year(child.leaving_day)}, before {date_year(first)}.")
            theirs = sorted((one for one in of_group if one.pupil == pupil), key=lambda one: one.first)
            if any(one.holds(first) for one in theirs):
                continue
            later = next((one.first for one in theirs if one.first > first), None)
            new.append(Flag(0, pupil, FlagKind.OTHER, name, first, later - ONE_DAY if later else None))
        writing.book.put_many(new)
    return len(new), Changes(book=True, pupils=frozenset(pupils))


@needs(Right.ADMIT)
def leave_group(context: Context, name: str, pupils: Collection[int], last: date) -> tuple[int, Changes]:
    """Let pupils leave a group the school made: `last` is the last day they are in it. Says how many did."""
    key = own_key(name)
    with context.store.writing(context.deed("leave group")) as writing:
        for pupil in pupils:
            _child(context, writing.book, pupil)
        held = [
            one
            for one in writing.book.all(Flag)
            if _is_of(one, key) and one.pupil in pupils and (one.last is None or one.last > last)
        ]
        late = next((one for one in held if one.first > last), None)
        if late is not None:
            raise Refused(f"Somebody is in it only from {date_year(late.first)}: it cannot end on {date_year(last)}.")
        writing.book.put_many(replace(one, last=last) for one in held)
    return len(held), Changes(book=True, pupils=frozenset(pupils))


@needs(Right.ADMIT)
def end_group(context: Context, name: str, last: date) -> tuple[int, Changes]:
    """End a group the school made: nobody is in it after `last`. Figures of the days before keep it."""
    with context.store.reading() as reading:
        flags = [one for one in reading.book.all(Flag) if one.kind is FlagKind.OTHER]
    groups = {own_key(one.value): Group(own_key(one.value), one.value, Basis.OWN) for one in flags}
    group = find_group(groups.values(), own_key(name))
    return leave_group(context, group.title, {one.pupil for one in flags if own_key(one.value) == group.key}, last)


def _is_of(flag: Flag, key: str) -> bool:
    return flag.kind is FlagKind.OTHER and own_key(flag.value) == key


def _check_may(context: Context, kind: FlagKind) -> None:
    """The office keeps flags; those of social care only who reads them, and the safeguarding lead besides."""
    if kind in SOCIAL_CARE:
        if not context.reads_care or not (context.may(Right.ADMIT) or context.may(Right.HOLD)):
            raise NotAllowed(context.staff.name, "change what social care does for a child")
    else:
        context.require(Right.ADMIT)


def _child(context: Context, book: BookReading, pupil: int) -> Pupil:
    child = book.get(Pupil, pupil)
    if child is None:
        raise Refused("That pupil is not in this school’s book.")
    check_children(context, read_roll(book), [pupil])
    return child


def _check_days(flag: Flag) -> None:
    if flag.last is not None and flag.last < flag.first:
        raise Refused(f"It begins on {date_year(flag.first)}: it cannot end on {date_year(flag.last)}, before.")


def _check_alone(child: Pupil, flag: Flag, flags: Collection[Flag]) -> None:
    """Refuse two of the same over the same days: of the school’s own groups, two of one name."""
    for one in flags:
        same = one.kind is flag.kind and (flag.kind is not FlagKind.OTHER or own_key(one.value) == own_key(flag.value))
        apart = (one.last is not None and one.last < flag.first) or (flag.last is not None and flag.last < one.first)
        if one.id != flag.id and same and not apart:
            until = f" to {date_year(one.last)}" if one.last else ""
            raise Refused(f"{child.name} has “{flag_words(one)}” from {date_year(one.first)}{until} already.")
        if flag.kind is FlagKind.SEN_SUPPORT and one.kind is FlagKind.EHCP and one.holds(flag.first):
            raise Refused(f"{child.name} has an EHCP from {date_year(one.first)}: it stands in place of SEN support.")


def _end_sen_support(book: BookWriting, theirs: Collection[Flag], first: date) -> None:
    """What an EHCP takes the place of ends the day before; what began no earlier is taken away."""
    for one in theirs:
        if one.kind is FlagKind.SEN_SUPPORT and one.holds(first):
            if one.first < first:
                book.put(replace(one, last=first - ONE_DAY))
            else:
                book.remove(one)
