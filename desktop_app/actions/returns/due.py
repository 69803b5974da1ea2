"""Which returns are still to be made or sent: owed children by return, and what was made and did not go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from desktop_app.actions.needs import needs
from desktop_app.actions.returns.book import check_whole_school, month_of, national_returns, spec_in
from desktop_app.actions.returns.kept import read_made, waiting
from desktop_app.actions.returns.reading import desk_of, lists_within
from desktop_app.context import Context
from desktop_app.domain.returns import MadeReturn, ReturnDue, ReturnList
from desktop_app.domain.rights import Right

ONE_DAY = timedelta(days=1)


@needs(Right.READ_LOG)
def returns_due(context: Context) -> tuple[ReturnDue, ...]:
    """What is still to be told to an authority, as it stands today, what is due first first: by return the children of
    this month and before of whom nobody was told, of a monthly return those of last month too; and each return that was
    made and did not go. Who is on one of those is owed no more."""
    check_whole_school(context)
    today = context.today()
    with context.store.reading() as reading:
        desk, made = desk_of(context, reading), waiting(read_made(reading.entries))
        pack = context.pack(desk.roll.school)
        specs = [spec_in(pack, kind) for kind in national_returns()]
        lists = lists_within(desk, specs, month_of(today))
        before = today.replace(day=1) - ONE_DAY
        lists += lists_within(desk, [one for one in specs if one.monthly], before)
    return _in_order([*_owed(lists, today), *_unsent(made, today)])


@needs(Right.READ_PUPIL)
def told_by_no_trigger(context: Context) -> tuple[ReturnDue, ...]:
    """The same of the returns of which no trigger tells, and of what was made: it costs little, and goes with the watch
    list. Nothing for whoever may not read the log, or sees some classes only."""
    if not (context.may(Right.READ_LOG) and context.sees_all):
        return ()
    today = context.today()
    with context.store.reading() as reading:
        desk, made = desk_of(context, reading), waiting(read_made(reading.entries))
        pack = context.pack(desk.roll.school)
        specs = [spec_in(pack, kind) for kind, spec in national_returns().items() if not spec.triggers]
        lists = lists_within(desk, specs, month_of(today))
    return _in_order([*_owed(lists, today), *_unsent(made, today)])


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
