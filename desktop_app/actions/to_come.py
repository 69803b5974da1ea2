"""The sessions of a child that are still to come and will count: one reckoning, for the look ahead and for targets."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from desktop_app.actions.roll import Roll
from desktop_app.context import Context
from desktop_app.domain.codes import Counts
from desktop_app.domain.forecast import DueSession
from desktop_app.domain.people import Pupil
from desktop_app.domain.sessions import Session, school_year_end
from desktop_app.rules.age import compulsory, compulsory_until
from desktop_app.rules.expected import expected_sessions
from desktop_app.rules.register import not_begun


@dataclass(frozen=True, slots=True)
class End:
    """The last day that is looked at, and why."""

    day: date
    words: str


def end_of(child: Pupil, on: date, until: date) -> End:
    """The last day that is looked at: of the school year, of the child on roll, or of compulsory school age."""
    found = End(school_year_end(until), "the last day of the school year")
    of_age = compulsory_until(child.date_of_birth)
    if on <= of_age < found.day:
        found = End(of_age, "the end of compulsory school age")
    if child.leaving_day is not None and child.leaving_day < found.day:
        found = End(child.leaving_day, "the last day on roll")
    return found


def expected_of(roll: Roll, child: Pupil, first: date, last: date) -> tuple[Session, ...]:
    """The sessions expected of a child from one day to another."""
    memberships, patterns = roll.memberships.get(child.id, ()), roll.patterns.get(child.id, ())
    return expected_sessions(child, memberships, patterns, roll.calendar, first, last)


def waiting_on(roll: Roll, on: date, moment: datetime) -> frozenset[Session]:
    """The sessions of the day whose register has not begun to be taken: they are still to come."""
    return frozenset(not_begun(roll.school, moment)) if on == moment.date() else frozenset()


def ahead(
    expected: Iterable[Session], until: date, waiting: Container[Session], marked: Container[Session]
) -> list[Session]:
    """Those of the expected sessions that are still to come after a day: none that has a mark, and of that day itself
    those whose register has not begun."""
    return [one for one in expected if (one.day > until or one in waiting) and one not in marked]


def due_sessions(context: Context, roll: Roll, child: Pupil, to_come: Iterable[Session]) -> tuple[DueSession, ...]:
    """Of the sessions to come those that will count; where an absence is planned it is one, what will not count is left
    out."""
    codes = context.rulebook.codes
    found: list[DueSession] = []
    for session in to_come:
        stands = roll.standing(child.id, session, codes)
        counts = codes[stands.code].counts if stands is not None else Counts.PRESENT
        if counts.possible:
            of_age = compulsory(child.date_of_birth, session.day)
            found.append(DueSession(session, counts.absent, of_age))
    return tuple(found)
