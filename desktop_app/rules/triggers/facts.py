"""What a trigger is worked out from: the day a school is looked at, and the facts of one child on it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from desktop_app.domain.entries import Entry, EntryKind, Task
from desktop_app.domain.figures import NO_FIGURES, Figures
from desktop_app.domain.marks import Mark
from desktop_app.domain.notices import Notice, Order
from desktop_app.domain.people import Flag, FlagKind, Membership, Pattern, Pupil
from desktop_app.domain.rulebook import Pack, Rulebook
from desktop_app.domain.school import School
from desktop_app.domain.sessions import Session, school_year_start
from desktop_app.domain.triggers import Seen
from desktop_app.rules.age import compulsory_from, compulsory_until
from desktop_app.rules.calendar import SchoolCalendar, SchoolWeek
from desktop_app.rules.expected import due_sessions, expected_count, expected_sessions
from desktop_app.rules.figures import least_sessions
from desktop_app.rules.register import session_past

DECIDED, SINCE = "trigger", "since"
"""The details of the entry of a decision: the key of the trigger, and the day since which it had been met."""
DUE = "due"
"""The detail of a decision that says by when the trigger was due: of a monthly return, which month’s it was."""
ABOUT = "about"
"""The detail of a decision that says which of several it is about: the band that a child fell into."""
REACH = 10
"""The school weeks before the day of which the marks are read at once, where the school year has not so many."""
EXPECTED_DAYS, EXPECTED_FROM = "expected-sick-days", "expected-from"
"""The details of a note that illness is expected: how many school days, and from which day."""


@dataclass(frozen=True, eq=False)
class Watch:
    """The day on which a school is looked at, inclusive. `now` (school local time) is the moment up to which something
    can have happened; `junior` the lowest year group there is, or empty."""

    on: date
    now: datetime
    school: School
    calendar: SchoolCalendar
    rulebook: Rulebook
    pack: Pack
    junior: str = ""

    @cached_property
    def year_start(self) -> date:
        """1 September of the school year of the day."""
        return school_year_start(self.on)

    @cached_property
    def weeks(self) -> tuple[SchoolWeek, ...]:
        """Every school week of the calendar up to the day, in order."""
        return self.calendar.weeks_until(self.on)

    @cached_property
    def early(self) -> int:
        """The possible sessions before which it is too early to say anything of a child’s attendance."""
        return least_sessions(self.pack, self.rulebook)

    @cached_property
    def reach(self) -> date:
        """From when the marks of everybody are read: the school year, and at least ten school weeks."""
        return min(self.year_start, self.weeks_back(REACH))

    def weeks_back(self, number: int) -> date:
        """The Monday of the first of the last so many school weeks; the day itself where there is none."""
        return self.weeks[max(0, len(self.weeks) - number)].monday if self.weeks else self.on


@dataclass(frozen=True, eq=False)
class Watched:
    """One child on the day. `marks` are those of every code but plain presence, in order, none that stands where no
    session was; from when they are known is the business of whoever reads them. `figures` are those of the school year
    up to the day, `every` all marks of it: both only where a rule asks for them; `on_day` every mark of the
    day itself. `open_n` are the marks still N. `came_before`: a session of an earlier school year was attended.
    Entries that the present user may not read are not among `entries`; what was decided always is, and so are
    `notices` and `orders`, on whose sessions no notice can rest again."""

    watch: Watch
    pupil: Pupil
    class_name: str = ""
    year: str = ""
    marks: Sequence[Mark] = ()
    open_n: Sequence[Mark] = ()
    came_before: bool = False
    figures: Figures = NO_FIGURES
    every: Sequence[Mark] = ()
    on_day: Sequence[Mark] = ()
    memberships: Sequence[Membership] = ()
    patterns: Sequence[Pattern] = ()
    flags: Sequence[Flag] = ()
    entries: Sequence[Entry] = ()
    decisions: Sequence[Entry] = ()
    tasks: Sequence[Task] = field(default_factory=tuple[Task, ...])
    notices: Sequence[Notice] = ()
    orders: Sequence[Order] = ()

    def expected(self, first: date, last: date) -> tuple[Session, ...]:
        """The sessions expected of the child from `first` to `last`, none after the day."""
        until = min(last, self.watch.on)
        return expected_sessions(self.pupil, self.memberships, self.patterns, self.watch.calendar, first, until)

    def due(self, first: date) -> tuple[Session, ...]:
        """The sessions from `first` to now on which a mark of the child can stand, whatever its timetable."""
        until = min(self.watch.on, self.watch.now.date())
        return due_sessions(self.pupil, self.memberships, self.watch.calendar, first, until)

    def count(self, first: date, last: date) -> int:
        """How many sessions are expected of the child from `first` to `last`."""
        return expected_count(self.pupil, self.memberships, self.patterns, self.watch.calendar, first, last)

    def past(self, first: date) -> tuple[Session, ...]:
        """The sessions expected from `first` to the day that are over, whole days of them: a day that is not over is
        left out."""
        found = self.expected(first, self.watch.now.date())
        to_come = {one.day for one in found[-2:] if not session_past(self.watch.school, one, self.watch.now)}
        return tuple(one for one in found if one.day not in to_come) if to_come else found

    @cached_property
    def all_marks(self) -> Sequence[Mark]:
        """`marks`, `every` and `on_day` together, in order: plain presence too, as far as it was read."""
        found = {(one.day, one.half.ordinal): one for of in (self.marks, self.every, self.on_day) for one in of}
        return [found[key] for key in sorted(found)]

    @cached_property
    def due_marks(self) -> Sequence[Mark]:
        """Those of `marks` that stand on sessions expected of the child. C2, D or X outside a timetable of its own
        neither makes nor breaks a run of days, and is no leave that ends."""
        return self._expected_of(self.marks)

    @cached_property
    def due_on_day(self) -> Sequence[Mark]:
        """Those of `on_day` that stand on sessions expected of the child."""
        return self._expected_of(self.on_day)

    def _expected_of(self, marks: Sequence[Mark]) -> Sequence[Mark]:
        if not self.patterns or not marks:
            return marks
        expected = set(self.expected(marks[0].day, marks[-1].day))
        return [mark for mark in marks if Session(mark.day, mark.half) in expected]

    @cached_property
    def _of_age(self) -> tuple[date, date]:
        return compulsory_from(self.pupil.date_of_birth), compulsory_until(self.pupil.date_of_birth)

    def compulsory(self, day: date) -> bool:
        """Whether the child is of compulsory school age on a day."""
        first, last = self._of_age
        return first <= day <= last

    def flagged(self, kind: FlagKind) -> Flag | None:
        """The flag of that kind that stands on the day."""
        return next((one for one in self.flags if one.kind is kind and one.holds(self.watch.on)), None)

    @property
    def gone(self) -> bool:
        """Whether the child has left before the day."""
        left = self.pupil.leaving_day
        return left is not None and left < self.watch.on

    def decision_days(self, key: str, month: date | None = None) -> tuple[date, ...]:
        """The days on which something was decided about a trigger, up to the day; with `month` (its last day), without
        what was decided about the return of another month."""
        found = (one.happened_at.date() for one in decisions_about(self.decisions, key, month))
        return tuple(day for day in found if day <= self.watch.on)

    def decided(self, key: str, since: date, month: date | None = None) -> bool:
        """Whether something was decided about a trigger from a day on; about the return of a month, where one is
        given."""
        return any(day >= since for day in self.decision_days(key, month))

    def decided_about(self, key: str, since: date, about: Collection[str]) -> bool:
        """As `decided`, by what was decided about one of those alone, or about none that is known."""
        return any(
            one.withdrawn is None
            and one.details.get(DECIDED) == key
            and since <= one.happened_at.date() <= self.watch.on
            and (ABOUT not in one.details or one.details[ABOUT] in about)
            for one in self.decisions
        )

    @cached_property
    def course(self) -> Course:
        """How the year went, from all its marks."""
        return Course.of(self.every, self.watch.rulebook)


class Share(NamedTuple):
    """Sessions attended of those possible."""

    possible: int
    attended: int


@dataclass(frozen=True, slots=True)
class Course:
    """A year’s sessions in order, with how many were possible and attended up to each."""

    marks: tuple[Mark, ...]
    days: tuple[date, ...]
    possible: tuple[int, ...]
    attended: tuple[int, ...]

    @staticmethod
    def of(marks: Iterable[Mark], rulebook: Rulebook) -> Course:
        """The course of some marks, which are in order."""
        counts = {key: code.counts for key, code in rulebook.codes.items()}
        known = tuple(mark for mark in marks if counts[mark.code].possible)
        return Course(
            known,
            tuple(mark.day for mark in known),
            tuple(range(1, len(known) + 1)),
            tuple(accumulate(int(counts[mark.code].attended) for mark in known)),
        )

    def between(self, first: date, last: date) -> Share:
        """The share of the sessions from `first` to `last`, both inclusive."""
        begin, end = bisect_left(self.days, first), bisect_right(self.days, last)
        if end <= begin:
            return Share(0, 0)
        before = self.attended[begin - 1] if begin else 0
        return Share(end - begin, self.attended[end - 1] - before)


class Met(NamedTuple):
    """A trigger met: as `Trigger`. `decided_from`: what was decided from this day on is about it (None: from the day
    since which it has been met). `month`: the last day of the month whose return it is for. `states`: what is so,
    without what to do about it, where `says` has both."""

    since: date
    says: str
    sessions: tuple[Seen, ...] = ()
    due: date | None = None
    provisional: bool = False
    decided_from: date | None = None
    month: date | None = None
    states: str = ""


def seen(marks: Iterable[Mark]) -> tuple[Seen, ...]:
    """Marks as the sessions that a trigger rests on."""
    return tuple(Seen(mark.day, mark.half, mark.code) for mark in marks)


def decisions_about(decisions: Iterable[Entry], key: str, month: date | None = None) -> Iterator[Entry]:
    """What was decided about a trigger and not taken back; with `month` (its last day), without what was decided about
    the return of another month."""
    return (
        one
        for one in decisions
        if one.withdrawn is None
        and one.details.get(DECIDED) == key
        and (month is None or one.details.get(DUE, month.isoformat()) == month.isoformat())
    )


def is_decision(entry: Entry) -> bool:
    """Whether an entry says what was decided about a trigger."""
    return entry.kind is EntryKind.DECISION and DECIDED in entry.details
