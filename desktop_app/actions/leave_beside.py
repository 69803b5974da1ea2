"""What stands beside the register where leave was not granted: the little of leave that a register reads."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from desktop_app.actions.roll import Roll, read_roll
from desktop_app.context import Context
from desktop_app.domain.entries import EntryKind
from desktop_app.domain.leave import Span
from desktop_app.domain.sessions import Session
from desktop_app.ports import Reading
from desktop_app.rules import leave as rules
from desktop_app.rules.age import compulsory
from desktop_app.rules.expected import due_sessions
from desktop_app.rules.powers import PENALTY_NOTICE, lacking

KINDS = (EntryKind.LEAVE_REQUEST, EntryKind.LEAVE_DECISION)
"""The kinds of entry that leave is folded from."""
A_YEAR = timedelta(days=366)


def due_in(roll: Roll, pupil: int, span: Span) -> tuple[Session, ...]:
    """The sessions of a child from the first day of a span to its last."""
    child = roll.pupils[pupil]
    return due_sessions(child, roll.memberships.get(pupil, ()), roll.calendar, span.first, span.last)


def has_notices(context: Context, roll: Roll) -> bool:
    """Whether penalty notices are for a school of this type."""
    return lacking(context.rulebook.formalities, PENALTY_NOTICE, roll.school.type) is None


def refused_beside(
    context: Context, reading: Reading, pupils: Collection[int], first: date, last: date
) -> dict[tuple[int, Session], str]:
    """What stands beside the register where leave was asked for and not granted: by pupil and session."""
    entries = reading.entries.all(datetime.combine(first - A_YEAR, time.min), kinds=KINDS)
    wanted, law = set(pupils), context.rulebook.leave
    found: dict[tuple[int, Session], str] = {}
    for one in rules.requests(entries):
        if one.pupil in wanted and one.span.first <= last and first <= one.span.last:
            roll = read_roll(reading.book)
            within = (session for session in due_in(roll, one.pupil, one.span) if first <= session.day <= last)
            born, power = roll.pupils[one.pupil].date_of_birth, has_notices(context, roll)
            found |= {
                (one.pupil, session): rules.taken_words(law, counts=power and compulsory(born, session.day))
                for session in within
                if one.refused(session)
            }
    return found
