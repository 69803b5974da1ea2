"""The roll as an action reads it: pupils, where they were on each day, and when they should have come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from desktop_app.domain.people import Membership, Pattern, Pupil
from desktop_app.domain.school import Period, School
from desktop_app.domain.sessions import Session
from desktop_app.ports import BookReading
from desktop_app.rules.calendar import SchoolCalendar
from desktop_app.rules.expected import why_not
from desktop_app.rules.names import sort_key


@dataclass(frozen=True, slots=True)
class Roll:
    """Everybody ever on roll, by id, with their memberships and patterns, and the calendar."""

    school: School
    calendar: SchoolCalendar
    periods: tuple[Period, ...]
    pupils: Mapping[int, Pupil]
    memberships: Mapping[int, tuple[Membership, ...]]
    patterns: Mapping[int, tuple[Pattern, ...]]

    def place(self, pupil: int, day: date) -> Membership | None:
        """The pupil's class and year on a day; of a leaver, or before the first one, the nearest there was."""
        known = self.memberships.get(pupil, ())
        standing = [one for one in known if one.holds(day)]
        if standing:
            return standing[-1]
        earlier = [one for one in known if one.first <= day]
        return max(earlier, key=lambda one: one.first) if earlier else (known[0] if known else None)

    def why_not(self, pupil: int, session: Session) -> str | None:
        """Why no mark can stand for that pupil and session, in words; None where one can."""
        return why_not(self.pupils[pupil], self.memberships.get(pupil, ()), (), self.calendar, session)

    def in_class(self, class_name: str, first: date, last: date) -> list[Pupil]:
        """The pupils of a class on any day between two, in the order of the register."""
        found = {
            one.pupil
            for known in self.memberships.values()
            for one in known
            if one.class_name == class_name and one.first <= last and (one.last is None or one.last >= first)
        }
        return in_order(
            pupil
            for key in found
            if (pupil := self.pupils[key]).starting_day <= last
            and (pupil.leaving_day is None or pupil.leaving_day >= first)
        )


def in_order(pupils: Iterable[Pupil]) -> list[Pupil]:
    """Pupils in the order of the register."""
    return sorted(pupils, key=lambda pupil: (*sort_key(pupil.surname, pupil.forename), pupil.id))


def read_roll(book: BookReading) -> Roll:
    """Read the whole roll."""
    memberships: defaultdict[int, list[Membership]] = defaultdict(list)
    for one in book.all(Membership):
        memberships[one.pupil].append(one)
    patterns: defaultdict[int, list[Pattern]] = defaultdict(list)
    for pattern in book.all(Pattern):
        patterns[pattern.pupil].append(pattern)
    school = book.school()
    periods = book.all(Period)
    return Roll(
        school=school,
        calendar=school_calendar(periods, school.weekdays),
        periods=periods,
        pupils={pupil.id: pupil for pupil in book.all(Pupil)},
        memberships={key: tuple(sorted(known, key=lambda one: one.first)) for key, known in memberships.items()},
        patterns={key: tuple(known) for key, known in patterns.items()},
    )


@lru_cache(maxsize=8)
def school_calendar(periods: tuple[Period, ...], weekdays: str) -> SchoolCalendar:
    """The calendar of those periods. Kept between calls, since every key press in a register asks for it."""
    return SchoolCalendar(periods, weekdays)
