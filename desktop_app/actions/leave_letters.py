"""The letters of a decision on leave: to each parent who waits for one, filled from the request and the decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from desktop_app.actions.leave_reading import known_requests
from desktop_app.actions.letter_book import rule_of
from desktop_app.actions.letters import require_kind
from desktop_app.actions.needs import needs
from desktop_app.actions.own_children import check_children
from desktop_app.actions.roll import Roll, read_roll
from desktop_app.context import Context
from desktop_app.domain.entries import Task
from desktop_app.domain.errors import Refused
from desktop_app.domain.leave import LeaveRequest, LeaveState
from desktop_app.domain.letters import LetterOptions
from desktop_app.domain.rights import Right
from desktop_app.domain.tasks import LEAVE_LETTER
from desktop_app.rules.expected import due_sessions
from desktop_app.rules.leave_letters import KINDS, letter_values

A_SUMMER = timedelta(days=70)
"""How far ahead the next day of school is looked for: over the longest holiday."""


@dataclass(frozen=True, slots=True)
class LeaveLetters:
    """What `letter_plan` and `make_letters` are to be asked for: the kind, the child, and the options."""

    kind: str
    pupil: int
    options: LetterOptions


@needs(Right.LOG)
def leave_letters(context: Context, request: int) -> LeaveLetters:
    """The letters of a decision that are still to be written: to each parent of whom a task says so. Refused where
    nothing was decided, everybody was written to, or nobody may be; `NotAllowed` to whoever may not send that kind."""
    context.require(Right.READ_LOG)
    with context.store.reading() as reading:
        roll = read_roll(reading.book)
        found = next((one for one in known_requests(reading.entries) if one.entry == request), None)
        if found is None or found.pupil not in roll.pupils:
            raise Refused("That request is not in the chronology.")
        check_children(context, roll, [found.pupil])
        tasks = reading.book.all(Task)
    decided = found.decided
    if decided is None or found.state is LeaveState.TAKEN_BACK:
        raise Refused("There is no decision to write about.")
    head = f"{LEAVE_LETTER}:{decided.entry}:"
    persons = frozenset(
        int(one.kind.removeprefix(head)) for one in tasks if one.closed_by is None and one.kind.startswith(head)
    )
    if not persons:
        raise Refused("Nobody waits for a letter about it: each was written to, or nobody may be.")
    kind = KINDS[decided.state]
    require_kind(context, rule_of(kind))
    values = letter_values(found, decided, _back(roll, found))
    given = {key: text for key, text in values.items() if text}
    return LeaveLetters(kind, found.pupil, LetterOptions(values=given, persons=persons, adds_to=decided.entry))


def _back(roll: Roll, request: LeaveRequest) -> date | None:
    """The first day with a session of the child after the days that were asked for; None where none is known."""
    child, last = roll.pupils[request.pupil], request.span.last
    held = roll.memberships.get(child.id, ())
    due = due_sessions(child, held, roll.calendar, last, last + A_SUMMER)
    return next((one.day for one in due if one > request.span.ends), None)
