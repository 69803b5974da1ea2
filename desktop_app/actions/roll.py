"""The roll as an action reads it: pupils, where they were on each day, and when they should have come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from desktop_app.domain.codes import Code
from desktop_app.domain.people import Membership, Pattern, Pupil
from desktop_app.domain.school import Period, Plan, School
from desktop_app.domain.sessions import Session
from desktop_app.ports import BookReading
from desktop_app.rules.calendar import SchoolCalendar
from desktop_app.rules.expected import membership_on, why_not
from desktop_app.rules.names import sort_key
from desktop_app.rules.standing import Standing, standing


@dataclass(frozen=True, slots=True, eq=False)
class Roll:
    """Everybody ever on roll, by id, with their memberships, patterns and plans, and the calendar. One roll equals only
    itself, so that what is worked out from it can be kept until the book changes."""

    school: School
    calendar: SchoolCalendar
    pupils: Mapping[int, Pupil]
    memberships: Mapping[int, tuple[Membership, ...]]
    patterns: Mapping[int, tuple[Pattern, ...]]
    plans: Mapping[int, tuple[Plan, ...]]

    def standing(self, pupil: int, session: Session, codes: Mapping[str, Code]) -> Standing | None:
        """What stands by itself for that pupil and session (see `rules/standing.py`); None where nothing does, or where
        no mark can."""
        if pupil not in self.plans and pupil not in self.patterns and not self.calendar.has_unexpected:
            return None  # as for most children on most days: asked for every mark and every cell
        place = self.place(pupil, session.day)
        found = standing(
            self.pupils[pupil],
            session,
            self.plans.get(pupil, ()),
            self.patterns.get(pupil, ()),
            self.calendar.unexpected(session, place.class_name, place.year) if place else None,
            codes,
        )
        return found if found is not None and self.why_not(pupil, session) is None else None

    def place(self, pupil: int, day: date) -> Membership | None:
        """The pupil's class and year on a day; of a leaver, or before the first one, the nearest there was."""
        known = self.memberships.get(pupil, ())
        if standing := membership_on(known, day):
            return standing
        earlier = [one for one in known if one.first <= day]
        return earlier[-1] if earlier else next(iter(known), None)

    def settled(self, pupil: int, first: date, last: date) -> Membership | None:
        """The one class and year of a pupil who is on roll on every day from `first` to `last` and has no timetable or
        plan of its own then; None where anything sets those days apart from those of the class."""
        whose = self.pupils[pupil]
        if pupil in self.patterns or whose.starting_day > first or not whose.on_roll_between(last, last):
            return None
        if any(plan.first <= last and plan.last >= first for plan in self.plans.get(pupil, ())):
            return None
        held = [
            one
            for one in self.memberships.get(pupil, ())
            if one.first <= last and (one.last is None or one.last >= first)
        ]
        place = held[0] if len(held) == 1 else None
        return place if place is not None and place.holds(first) and place.holds(last) else None

    def why_not(self, pupil: int, session: Session) -> str | None:
        """Why no mark can stand for that pupil and session, in words; None where one can."""
        return why_not(self.pupils[pupil], self.memberships.get(pupil, ()), (), self.calendar, session)

    def expects(self, pupil: int, session: Session) -> bool:
        """Whether the pupil should come then: a mark can stand, and the pupil's weekly pattern, if any, has it."""
        patterns = self.patterns.get(pupil, ())
        return why_not(self.pupils[pupil], self.memberships.get(pupil, ()), patterns, self.calendar, session) is None

    def in_week(self, class_name: str, monday: date) -> list[Pupil]:
        """The pupils of a class on the school days of a week, as they stand on its sheet, in the register’s order."""
        friday = SchoolCalendar.friday(monday)
        days = self.calendar.school_days(monday, friday) or (monday, friday)
        return self.in_class(class_name, days[0], days[-1])

    def in_class(self, class_name: str, first: date, last: date) -> list[Pupil]:
        """The pupils of a class on any day between two, in the order of the register."""
        return list(_in_class(self, class_name, first, last))


@lru_cache(maxsize=32)
def _in_class(roll: Roll, class_name: str, first: date, last: date) -> tuple[Pupil, ...]:
    found = {
        one.pupil
        for known in roll.memberships.values()
        for one in known
        if one.class_name == class_name and one.first <= last and (one.last is None or one.last >= first)
    }
    return tuple(in_order(pupil for key in found if (pupil := roll.pupils[key]).on_roll_between(first, last)))


@lru_cache(maxsize=8)
def expected_by_class(roll: Roll, session: Session) -> Mapping[str, frozenset[int]]:
    """The pupils who should come to a session, by the class they are in that day."""
    classes: defaultdict[str, set[int]] = defaultdict(set)
    for key in roll.pupils:
        place = roll.place(key, session.day)
        if place is not None and roll.expects(key, session):
            classes[place.class_name].add(key)
    return {class_name: frozenset(pupils) for class_name, pupils in classes.items()}


def in_order(pupils: Iterable[Pupil]) -> list[Pupil]:
    """Pupils in the order of the register."""
    return sorted(pupils, key=lambda pupil: (*sort_key(pupil.surname, pupil.forename), pupil.id))


class _Same:
    """Facts as the book handed them out. The book hands out the same tuple until it changes, so that to compare the
    tuples themselves is enough, and a key press need not look at every pupil."""

    __slots__ = ("facts",)

    def __init__(self, facts: tuple[Any, ...]) -> None:
        self.facts = facts

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.facts is other.facts

    def __hash__(self) -> int:
        return id(self.facts)


def read_roll(book: BookReading) -> Roll:
    """Read the whole roll; the same one as long as the book has not changed."""
    pupils, memberships = _Same(book.all(Pupil)), _Same(book.all(Membership))
    patterns, periods = _Same(book.all(Pattern)), _Same(book.all(Period))
    return _roll(book.school(), pupils, memberships, patterns, periods, _Same(book.all(Plan)))


@lru_cache(maxsize=4)
def _roll(school: School, pupils: _Same, memberships: _Same, patterns: _Same, periods: _Same, plans: _Same) -> Roll:
    held: defaultdict[int, list[Membership]] = defaultdict(list)
    for one in memberships.facts:
        held[one.pupil].append(one)
    weekly: defaultdict[int, list[Pattern]] = defaultdict(list)
    for pattern in patterns.facts:
        weekly[pattern.pupil].append(pattern)
    planned: defaultdict[int, list[Plan]] = defaultdict(list)
    for plan in plans.facts:
        planned[plan.pupil].append(plan)
    return Roll(
        school=school,
        calendar=school_calendar(periods.facts, school.weekdays),
        pupils={pupil.id: pupil for pupil in pupils.facts},
        memberships={key: tuple(sorted(known, key=lambda one: one.first)) for key, known in held.items()},
        patterns={key: tuple(known) for key, known in weekly.items()},
        plans={key: tuple(known) for key, known in planned.items()},
    )


@lru_cache(maxsize=8)
def school_calendar(periods: tuple[Period, ...], weekdays: str) -> SchoolCalendar:
    """The calendar of those periods. Kept between calls, since every key press in a register asks for it."""
    return SchoolCalendar(periods, weekdays)
