"""Attendance week by week, with what was done marked on it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from desktop_app.domain.cases import CaseState
from desktop_app.domain.casework import Casework
from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.rules.calendar import SchoolCalendar
from desktop_app.rules.casework.asks import comes_about
from desktop_app.rules.casework.facts import Course

BEFORE = timedelta(weeks=12)
"""How far before the opening the series begins, where it is not the school year’s beginning."""
EVERY = 10_000
"""More school weeks than any calendar has."""
TURNS = {
    EntryKind.REVIEW: "Reviewed",
    EntryKind.MEETING: "Meeting",
    EntryKind.CASE_PAUSED: "Paused",
    EntryKind.CASE_RESUMED: "Taken up again",
    EntryKind.CASE_CLOSED: "Closed",
}


class TurnKind(StrEnum):
    """What is marked on the series."""

    STEP = "step"
    REVIEW = "review"
    MEETING = "meeting"
    PAUSE = "pause"
    CLOSED = "closed"


KINDS = {
    EntryKind.REVIEW: TurnKind.REVIEW,
    EntryKind.MEETING: TurnKind.MEETING,
    EntryKind.CASE_PAUSED: TurnKind.PAUSE,
    EntryKind.CASE_RESUMED: TurnKind.PAUSE,
    EntryKind.CASE_CLOSED: TurnKind.CLOSED,
}


class Week(NamedTuple):
    """One school week of a child: its Monday, and how many sessions were possible and attended. A tuple, since six
    years have more than two hundred of them."""

    monday: date
    possible: int
    attended: int

    @property
    def rate(self) -> Fraction | None:
        """Attendance in per cent, exact; None where no session was possible."""
        return Fraction(100 * self.attended, self.possible) if self.possible else None


@dataclass(frozen=True, slots=True)
class Turn:
    """Something done that is marked on the series, on its day."""

    day: date
    kind: TurnKind
    title: str
    entry: Entry


def weeks(course: Course, calendar: SchoolCalendar, first: date, last: date) -> tuple[Week, ...]:
    """Every school week from one day to another."""
    mondays = calendar.school_weeks(last, EVERY)
    shown = mondays[bisect_left(mondays, SchoolCalendar.monday(first)) :]
    shares = course.following([max(monday, first) for monday in shown], last)
    return tuple(Week(monday, *share) for monday, share in zip(shown, shares, strict=True))


def turns(case: CaseState, entries: Iterable[Entry], casework: Casework, first: date) -> tuple[Turn, ...]:
    """What was done since a day, oldest first: each step the case came into, its reviews and pauses, and every meeting
    that was held."""
    found = [
        Turn(one.since, TurnKind.STEP, step.title if (step := casework.step(one.step)) else one.step, one.entry)
        for one in case.moves
    ]
    of_case = {one.id for one in case.entries}
    for one in entries:
        if one.kind not in TURNS or one.withdrawn is not None:
            continue
        own = one.kind is EntryKind.MEETING or one.id in of_case
        day = one.happened_at.date()
        if own and day >= first and comes_about(one):
            rule = casework.meeting(one.details.get("meeting", "")) if one.kind is EntryKind.MEETING else None
            title = rule.title if rule else TURNS[one.kind]
            found.append(Turn(day, KINDS[one.kind], title, one))
    return tuple(sorted(found, key=lambda one: (one.day, one.entry.happened_at, one.entry.id)))
