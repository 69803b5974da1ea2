"""Which meeting of the authority’s pack a meeting that is logged was: the one that a case waits for, unless somebody
says that it was another."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from desktop_app.actions.case_reading import read_open_case, readable
from desktop_app.actions.needs import needs
from desktop_app.context import Context
from desktop_app.domain.cases import CaseState
from desktop_app.domain.rights import Right
from desktop_app.ports import Reading
from desktop_app.rules.casework.meetings import DueMeeting, due_meetings
from desktop_app.rules.casework.state import fold, open_case_of


@needs(Right.LOG)
def meetings_due(context: Context, pupils: Collection[int], on: date | None = None) -> tuple[DueMeeting, ...]:
    """The meetings for which the cases of these children wait on a day (today), each once. None is told of to anybody
    who may not read cases, and none for a day before a case came into its step: such a meeting does nothing for it."""
    if not context.may(Right.READ_CASE):
        return ()
    day = on or context.today()
    found: dict[str, DueMeeting] = {}
    with context.store.reading() as reading:
        for pupil in pupils:
            known = open_case_of(fold(readable(reading.entries.of(pupil)), ()))
            for one in _of(context, reading, known, day) if known is not None else ():
                found.setdefault(one.key, one)
    return tuple(found.values())


def _of(context: Context, reading: Reading, known: CaseState, day: date) -> tuple[DueMeeting, ...]:
    here = read_open_case(context, reading.book, reading.entries, known.id)
    if here.step is None or day < here.state.since:
        return ()
    return due_meetings(here.facts(context.today()), here.state, here.step)
