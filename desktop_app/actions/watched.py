"""Reads the facts from which triggers are worked out, in a handful of statements for the whole school.

What is read of everybody is little: the marks that are not plain presence, the counts of the year, the log. A cheap
test on it says of which few children more has to be read: the marks of earlier years, or every mark of this one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple, TypeVar

from desktop_app.actions.figures import count
from desktop_app.actions.open_n import BEGINNING, open_n
from desktop_app.actions.own_children import sees_child
from desktop_app.actions.roll import Roll
from desktop_app.context import Context
from desktop_app.domain.entries import Entry, EntryKind, Task
from desktop_app.domain.figures import NO_FIGURES, Figures
from desktop_app.domain.marks import Mark
from desktop_app.domain.people import Flag, Pupil
from desktop_app.domain.rights import Right
from desktop_app.domain.sessions import Session
from desktop_app.domain.triggers import TriggerSpec
from desktop_app.ports import Reading
from desktop_app.rules.holiday_read import is_answer
from desktop_app.rules.names import class_order
from desktop_app.rules.notices import notices
from desktop_app.rules.orders import orders
from desktop_app.rules.triggers.facts import Watch, Watched, is_decision
from desktop_app.rules.triggers.table import RULES, Facts, facts_of, may_be

T = TypeVar("T")
WINDOWS = frozenset({"penalty-window", "monthly-window"})
"""The rules that ask for the marks of a few codes in a few weeks only."""
NEWCOMERS = "new-pupil"
"""The rule that asks for the most junior year group."""
ONE_DAY, A_YEAR = timedelta(days=1), timedelta(days=366)
LOGGED = (
    EntryKind.PHONE_CALL, EntryKind.TEXT, EntryKind.EMAIL, EntryKind.LETTER, EntryKind.MEETING, EntryKind.HOME_VISIT,
)  # fmt: skip
"""What tells of contact, or of a holiday, beside notes."""
FORETOLD = (EntryKind.ADMISSION, EntryKind.NOTE, EntryKind.LEAVE_DECISION)
"""What may tell of days that were long to come when it was written."""

FORMAL = (EntryKind.PENALTY_NOTICE, EntryKind.SUPERVISION_ORDER)
"""Whose sessions are shown apart."""

_NO_MARKS: Mapping[int, Sequence[Mark]] = {}
Candidate = tuple[Watched, list[TriggerSpec]]
"""A child, and the triggers that could be met of it."""


def watch_of(context: Context, roll: Roll, on: date, moment: datetime) -> Watch:
    """The day as everybody has it. Of a day that is over, all of it counts."""
    now = moment if moment.date() <= on else datetime.combine(on, time.max)
    return Watch(on, now, roll.school, roll.calendar, context.rulebook, context.pack(roll.school))


def _junior(roll: Roll, on: date) -> str:
    """The lowest year group on roll."""
    places = (roll.place(one.id, on) for one in roll.pupils.values() if one.on_roll(on))
    return min({place.year for place in places if place and place.year}, key=class_order, default="")


class More(NamedTuple):
    """What is read of a few children alone: who of them attended before this school year, the marks before those that
    were read of everybody, and every mark of the school year; marks of sessions that were none too."""

    came: frozenset[int]
    earlier: Sequence[Mark]
    every: Sequence[Mark]


@dataclass(frozen=True)
class Looking:
    """One look at the school; at one child alone where `only` names it. `figures` of everybody are read where
    `with_figures` says so, even if no rule asks for them. `reading` is the one that is open just now: what takes long
    is worked out between two short ones (see `actions/watching.py`)."""

    context: Context
    reading: Reading
    roll: Roll
    watch: Watch
    specs: Sequence[TriggerSpec]
    only: int | None = None
    with_figures: bool = False

    def children(self) -> list[Watched]:
        """Everybody on roll whom the present user sees, with what is read of everybody; not yet the class. Leavers too
        of whom something may be left to do, if a trigger asks that tells of them."""
        asked = facts_of(self.specs)
        still_n = self._open_n() if Facts.OPEN_N in asked else _NO_MARKS
        seen = self._seen(still_n)
        keys = None if len(seen) == len(self.roll.pupils) else [one.id for one in seen]
        marks = self._marks(keys) if Facts.MARKS in asked else _NO_MARKS
        figures = self._figures(keys) if self.with_figures or Facts.FIGURES in asked else dict[int, Figures]()
        today = self._today() if self.with_figures or Facts.EARLIER in asked else _NO_MARKS
        decisions, formal = self._decisions()
        entries = self._entries() if Facts.ENTRIES in asked else dict[int, Sequence[Entry]]()
        flags = _gathered(self.reading.book.all(Flag), lambda one: (one.pupil,))
        tasks = _gathered(self.reading.book.all(Task), lambda one: (one.pupil,))
        return [
            Watched(
                watch=self.watch,
                pupil=pupil,
                marks=marks.get(pupil.id, ()),
                open_n=still_n.get(pupil.id, ()),
                figures=figures.get(pupil.id, NO_FIGURES),
                on_day=today.get(pupil.id, ()),
                memberships=self.roll.memberships.get(pupil.id, ()),
                patterns=self.roll.patterns.get(pupil.id, ()),
                flags=flags.get(pupil.id, ()),
                entries=entries.get(pupil.id, ()),
                decisions=decisions.get(pupil.id, ()),
                tasks=tasks.get(pupil.id, ()),
                notices=notices(formal.get(pupil.id, ())),
                orders=orders(formal.get(pupil.id, ())),
            )
            for pupil in seen
        ]

    def hopeful(self, children: Sequence[Watched]) -> list[Candidate]:
        """The children of whom something could be met, and what. Nothing is read for it."""
        found = [(child, may) for child in children if (may := may_be(child, self.specs))]
        if any(spec.rule == NEWCOMERS for _, may in found for spec in may):
            watch = replace(self.watch, junior=_junior(self.roll, self.watch.on))
            found = [(replace(child, watch=watch), may) for child, may in found]
        return found

    def read_more(self, found: Sequence[Candidate], also: Collection[int]) -> More:
        """The more that is read of those children alone, as it stands; every mark of the year of some others `also`."""
        came = self._came_before([child.pupil for child, may in found if Facts.BEFORE in facts_of(may)])
        left = [(child.pupil.id, facts_of(_without_before(may, child, came))) for child, may in found]
        every = {*also, *(key for key, facts in left if Facts.EVERY in facts)}
        marks, first, last = self.reading.marks, self.watch.year_start, self.watch.on
        earlier = self._earlier([key for key, facts in left if Facts.EARLIER in facts])
        return More(came, earlier, marks.between(first, last, every) if every else ())

    def candidates(self, found: Sequence[Candidate], more: More) -> list[Candidate]:
        """Those children with what was read of them. Nothing is read for it."""
        earlier, every = self._standing(more.earlier, BEGINNING), self.every(more)
        return [
            (self._with_more(child, earlier, every, more.came), _without_before(may, child, more.came))
            for child, may in found
        ]

    def _with_more(
        self,
        child: Watched,
        earlier: Mapping[int, Sequence[Mark]],
        every: Mapping[int, Sequence[Mark]],
        came: Collection[int],
    ) -> Watched:
        key = child.pupil.id
        place = self.roll.place(key, self.watch.on)
        return replace(
            child,
            class_name=place.class_name if place else "",
            year=place.year if place else "",
            marks=[*earlier[key], *child.marks] if key in earlier else child.marks,
            every=every.get(key, ()),
            came_before=key in came,
        )

    def _came_before(self, pupils: Sequence[Pupil]) -> frozenset[int]:
        """Who of those that started in an earlier school year attended in one. The weeks before this year tell it of
        nearly everybody, and the years before are read of the rest."""
        first, last, codes = self.watch.reach, self.watch.year_start - ONE_DAY, self.context.rulebook.codes
        came: set[int] = set()
        for begins in (min(first, last), BEGINNING):
            asked = [one.id for one in pupils if one.starting_day <= last and one.id not in came]
            counts = self.reading.marks.counts(begins, last, asked) if asked else {}
            came |= {key for key, of in counts.items() if any(codes[code].counts.attended for code in of)}
        return frozenset(came)

    def every(self, more: More) -> Mapping[int, Sequence[Mark]]:
        """Every mark of the school year of the children of whom it was read."""
        return self._standing(more.every, self.watch.year_start)

    def _today(self) -> Mapping[int, Sequence[Mark]]:
        """The marks of the day that is not over, if the list is of it or of a day to come: each may break a run."""
        now = self.watch.now
        return _NO_MARKS if now.time() == time.max else _by_pupil(self.reading.marks.on([now.date()]))

    def _seen(self, still_n: Collection[int]) -> list[Pupil]:
        whose = (
            self.roll.pupils.values()
            if self.only is None
            else [one for one in [self.roll.pupils.get(self.only)] if one]
        )
        on, leavers = self.watch.on, any(RULES[one.rule].leavers for one in self.specs)

        def looked_at(pupil: Pupil) -> bool:
            left = pupil.leaving_day
            if left is None or left >= on or not leavers:
                return pupil.on_roll(on)
            return left >= self.watch.reach or pupil.id in still_n

        return [one for one in whose if looked_at(one) and sees_child(self.context, self.roll, one.id)]

    def _marks(self, keys: Collection[int] | None) -> Mapping[int, Sequence[Mark]]:
        asking = [one for one in self.specs if Facts.MARKS in RULES[one.rule].facts]
        if all(one.rule in WINDOWS for one in asking):
            first = min(self.watch.weeks_back(int(one.params["weeks"])) for one in asking)
            codes = sorted({code for one in asking for code in one.params["codes"].split()})
            found = [mark for code in codes for mark in self.reading.marks.with_code(code, first, self.watch.on)]
            found.sort(key=itemgetter(0, 1, 2))
        else:
            first = self.watch.reach
            found = self.reading.marks.not_present(first, self.watch.on, keys)
        return self._standing(found, first)

    def _earlier(self, keys: Collection[int]) -> Sequence[Mark]:
        """What lies before the marks that were read of everybody."""
        if not keys:
            return ()
        asking = [one for one in self.specs if Facts.MARKS in RULES[one.rule].facts]
        windows = all(one.rule in WINDOWS for one in asking)
        first = min(self.watch.weeks_back(int(one.params["weeks"])) for one in asking) if windows else self.watch.reach
        return self.reading.marks.not_present(BEGINNING, first - ONE_DAY, keys)

    def _figures(self, keys: Collection[int] | None) -> Mapping[int, Figures]:
        first, last = self.watch.year_start, self.watch.on
        return count(self.context, self.reading, self.roll, first, last, keys, self.watch.now)

    def _open_n(self) -> Mapping[int, Sequence[Mark]]:
        found = open_n(self.reading, self.roll, self.context.rulebook.codes, self.watch.on)
        return _gathered(found, lambda one: (one.pupil,))

    def _decisions(self) -> tuple[Mapping[int, Sequence[Entry]], Mapping[int, Sequence[Entry]]]:
        """What was decided, and the penalty notices and orders: read together, by child."""
        found = self.reading.entries.all(last=self._ends, kinds=(EntryKind.DECISION, *FORMAL))
        decided = _gathered(filter(is_decision, found), lambda one: one.pupils)
        return decided, _gathered((one for one in found if one.kind in FORMAL), lambda one: one.pupils)

    def _entries(self) -> Mapping[int, Sequence[Entry]]:
        """The log of the school year, as far as the present user may read it; who was admitted is no secret. What was
        written down last year of the days of this one is read too: an admission, illness that is expected. Of what was
        considered it is read that an entry is about no holiday."""
        read_log, all_of = self.context.may(Right.READ_LOG), self.reading.entries.all
        foretold = FORETOLD if read_log else (EntryKind.ADMISSION,)
        begins = datetime.combine(self.watch.reach, time.min)
        found = list(all_of(begins - A_YEAR, self._ends, foretold))
        if read_log:
            logged = all_of(begins, self._ends, (*LOGGED, EntryKind.CONSIDERED))
            found += (one for one in logged if one.kind in LOGGED or is_answer(one))
        return _gathered((one for one in found if not one.restricted), lambda one: one.pupils)

    @property
    def _ends(self) -> datetime:
        return datetime.combine(self.watch.on, time.max)

    def _standing(self, marks: Iterable[Mark], first: date) -> Mapping[int, Sequence[Mark]]:
        """The marks of each child, without those that stand where no session was: the calendar or the roll changed
        after them."""
        shut = set(self.roll.calendar.not_open_to_all(max(first, self._calendar_begins), self.watch.on))
        return {key: self._of_roll(key, of, shut) for key, of in _by_pupil(marks).items() if key in self.roll.pupils}

    @property
    def _calendar_begins(self) -> date:
        return self.watch.weeks[0].monday if self.watch.weeks else self.watch.on

    def _of_roll(self, key: int, marks: Sequence[Mark], shut: Collection[date]) -> Sequence[Mark]:
        pupil, begins = self.roll.pupils[key], self._calendar_begins
        edges = marks[0].day < max(pupil.starting_day, begins) or not pupil.on_roll(marks[-1].day)
        return [
            mark
            for mark in marks
            if not (edges or mark.day in shut) or self.roll.why_not(key, Session(mark.day, mark.half)) is None
        ]


def _without_before(specs: list[TriggerSpec], child: Watched, came: Collection[int]) -> list[TriggerSpec]:
    """Those of the triggers that may still be met of a child, where it is known who attended in an earlier year."""
    if child.pupil.id not in came:
        return specs
    return [one for one in specs if Facts.BEFORE not in RULES[one.rule].facts]


def _by_pupil(marks: Iterable[Mark]) -> dict[int, list[Mark]]:
    """The marks of each child; they come in the order of children, or of days with each child’s in order."""
    found: dict[int, list[Mark]] = {}
    for key, of in groupby(marks, key=itemgetter(0)):
        found.setdefault(key, []).extend(of)
    return found


def _gathered(facts: Iterable[T], whose: Callable[[T], Iterable[int]]) -> dict[int, list[T]]:
    """The facts of each child."""
    found: defaultdict[int, list[T]] = defaultdict(list)
    for one in facts:
        for key in whose(one):
            found[key].append(one)
    return found
