"""Which returns are still to be made or sent: owed children by return, and what was made and did not go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from desktop_app.actions.needs import needs
from desktop_app.actions.returns.book import check_whole_school, month_of, national_returns, spec_in
from desktop_app.actions.returns.kept import read_made, waiting
from desktop_app.actions.returns.reading import LEAVERS, Desk, desk_of, lists_within
from desktop_app.actions.watched import watch_of
from desktop_app.context import Context
from desktop_app.domain.returns import MadeReturn, ReturnDue, ReturnKind, ReturnList
from desktop_app.domain.rights import Right

ONE_DAY = timedelta(days=1)
OF_THE_ROLL = frozenset({ReturnKind.NEW_PUPIL, *LEAVERS})
"""The returns that come with a name entered or deleted."""


@needs(Right.READ_LOG)
def returns_due(context: Context) -> tuple[ReturnDue, ...]:
    """What is still to be told to an authority, as it stands today, what is due first first: by return the children of
    this month and before of whom nobody was told, of a monthly return those of each month that the watch list looks
    through; and each return that was made and did not go. Who is on one of those is owed no more."""
    check_whole_school(context)
    today = context.today()
    with context.store.reading() as reading:
        desk, made = desk_of(context, reading), waiting(read_made(reading.entries))
        pack = context.pack(desk.roll.school)
        specs = [spec_in(pack, kind) for kind in national_returns()]
        lists = lists_within(desk, specs, month_of(today))
        monthly = [one for one in specs if one.monthly]
        for month in _months_before(desk, today):
            lists += lists_within(desk, monthly, month)
    return _in_order([*_owed(lists, today), *_unsent(made, today)])


@needs(Right.READ_PUPIL)
def told_by_no_trigger(context: Context) -> tuple[ReturnDue, ...]:
    """The same of what no trigger tells, a leaver of whom nobody knows the next school among it, and of what was made:
    it costs little, and goes with the watch list. Nothing for whoever may not read the log, or sees some classes
    only."""
    if not (context.may(Right.READ_LOG) and context.sees_all):
        return ()
    today = context.today()
    with context.store.reading() as reading:
        desk, made = desk_of(context, reading), waiting(read_made(reading.entries))
        pack = context.pack(desk.roll.school)
        wanted = [kind for kind, spec in national_returns().items() if not spec.triggers or kind in LEAVERS]
        specs = [replace(spec_in(pack, kind), triggers=()) for kind in wanted]
        lists = lists_within(desk, specs, month_of(today))
    return _in_order([*_owed(lists, today), *_unsent(made, today)])


@needs(Right.READ_PUPIL)
def owed_of(context: Context, pupil: int) -> tuple[ReturnDue, ...]:
    """The returns that are owed now because a child joins or leaves, what is due first first: the new pupil return, the
    deletion return, and what else its ground asks for. Nothing for whoever could not make one."""
    rights = (Right.LOG, Right.READ_LOG, Right.ALL_CLASSES)
    if not (context.sees_all and all(context.may(right) for right in rights)):
        return ()
    today = context.today()
    with context.store.reading() as reading:
        desk = desk_of(context, reading)
        pack = context.pack(desk.roll.school)
        specs = [spec_in(pack, kind) for kind in national_returns() if kind in OF_THE_ROLL]
        lists = lists_within(desk, specs, month_of(today), only=pupil)
    return _in_order(_owed(lists, today))


def _months_before(desk: Desk, today: date) -> Iterator[date]:
    """The last days of the months before this one of which a return may still be owed, the newest first: as far back
    as the marks are looked through of which the watch list tells."""
    reach = watch_of(desk.context, desk.roll, today, desk.context.now()).reach
    ends = today.replace(day=1) - ONE_DAY
    while ends >= reach:
        yield ends
        ends = ends.replace(day=1) - ONE_DAY


def _owed(lists: Sequence[ReturnList], today: date) -> list[ReturnDue]:
    found: list[ReturnDue] = []
    for one in lists:
        kind = one.spec.kind
        owed = [line for line in one.lines if line.owed]
        if owed:
            due = min((line.line.due for line in owed if line.line.due), default=None)
            names = tuple(dict.fromkeys(line.pupil.name for line in owed))
            found.append(ReturnDue(kind, one.spec.title, one.month, due, due is not None and due < today, names))
    return found


def _unsent(made: Sequence[MadeReturn], today: date) -> list[ReturnDue]:
    return [
        ReturnDue(
            one.kind,
            national_returns()[one.kind].title,
            one.month,
            one.due,
            one.due is not None and one.due < today,
            made=one.id,
            authority=one.authority,
        )
        for one in made
    ]


def _in_order(found: Sequence[ReturnDue]) -> tuple[ReturnDue, ...]:
    return tuple(sorted(found, key=lambda one: (one.due or date.max, one.month, one.title, one.made)))
