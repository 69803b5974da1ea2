"""What the patterns of a child are read from: its marks, the calendar, brothers and sisters, and what was done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from desktop_app.domain.codes import Code
from desktop_app.domain.people import Flag
from desktop_app.domain.school import Period, School
from desktop_app.domain.sessions import SUNDAY, Half
from desktop_app.domain.triggers import Seen
from desktop_app.rules.calendar import SchoolCalendar


class Held(NamedTuple):
    """One session with the mark that stands there, its code as the law has it."""

    day: date
    half: Half
    code: Code
    minutes: int | None = None
    note: str = ""

    @property
    def possible(self) -> bool:
        """Whether it is in the denominator."""
        return self.code.counts.possible

    @property
    def absent(self) -> bool:
        """Whether it was missed."""
        return self.code.counts.absent

    @property
    def seen(self) -> Seen:
        """As a pattern lists it."""
        return Seen(self.day, self.half, self.code.key)


class Step(NamedTuple):
    """Something the school did about a child's attendance: the day, and what it was (`Letter`, `Home visit`)."""

    day: date
    what: str


@dataclass(frozen=True, slots=True)
class SiblingRecord:
    """A brother or sister: the forename, and the marks over the same days."""

    name: str
    held: tuple[Held, ...]


@dataclass(frozen=True, slots=True)
class ChildRecord:
    """One child's marks up to and including the day `on`, in order, those of earlier weeks than `first` too: patterns
    are looked for from `first` on, the weeks before a step may lie earlier. `terms` are the periods that open the
    school, `medical` the child's flags of that kind."""

    on: date
    first: date
    calendar: SchoolCalendar
    school: School
    held: tuple[Held, ...]
    terms: tuple[Period, ...] = ()
    siblings: tuple[SiblingRecord, ...] = ()
    steps: tuple[Step, ...] = ()
    medical: tuple[Flag, ...] = ()

    @property
    def counted(self) -> tuple[Held, ...]:
        """The sessions that count, from `first` on."""
        return self.between(self.first, self.on)

    @property
    def missed(self) -> tuple[Held, ...]:
        """Those of them that were missed."""
        return tuple(one for one in self.counted if one.absent)

    def between(self, first: date, last: date) -> tuple[Held, ...]:
        """The sessions that count between two days, inclusive."""
        return tuple(one for one in self.held if first <= one.day <= last and one.possible)

    def week(self, monday: date) -> tuple[Held, ...]:
        """The sessions of a week that count."""
        return self.between(monday, monday + SUNDAY)

    def whole_weeks(self, number: int) -> tuple[date, ...]:
        """The Mondays of the newest school weeks that are over, at most `number`, none before `first`."""
        mondays = [one for one in self.calendar.school_weeks(self.on, number + 1) if one >= week_of(self.first)]
        if mondays and any(day > self.on for day in self.calendar.school_days(mondays[-1], mondays[-1] + SUNDAY)):
            mondays.pop()
        return tuple(mondays[-number:])


def week_of(day: date) -> date:
    """The Monday of the week of a day."""
    return SchoolCalendar.monday(day)


def attendance(held: Sequence[Held]) -> Fraction | None:
    """The attendance of sessions that count, in per cent, exact; None of none."""
    return Fraction(100 * sum(one.code.counts.attended for one in held), len(held)) if held else None


def by_day(held: Iterable[Held]) -> Mapping[date, tuple[Held, ...]]:
    """Sessions by their day."""
    days: defaultdict[date, list[Held]] = defaultdict(list)
    for one in held:
        days[one.day].append(one)
    return {day: tuple(of_day) for day, of_day in days.items()}


def missed_days(held: Iterable[Held]) -> tuple[date, ...]:
    """The days of which at least one half was missed, in order."""
    return tuple(sorted({one.day for one in held if one.absent}))


def spells(held: Sequence[Held], keys: Iterable[str]) -> tuple[tuple[Held, ...], ...]:
    """Sessions with one of these codes that follow upon each other: no other session that counts lies between, so a
    weekend or a holiday parts nothing, and neither does a session that nobody had to come to."""
    wanted = frozenset(keys)
    found: list[list[Held]] = []
    running = False
    for one in held:
        if one.code.key in wanted:
            if running:
                found[-1].append(one)
            else:
                found.append([one])
            running = True
        elif one.possible:
            running = False
    return tuple(map(tuple, found))
