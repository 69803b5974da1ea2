"""The letter guard at work: what speaks against letters about some children, read for all of them at once.

Nothing here asks for a right: it is handed a reading by the action that makes letters, which does. What is restricted
is not read, and of a family that is held nothing is said but whom to see.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from desktop_app.actions.families import read_families
from desktop_app.actions.figures import count
from desktop_app.actions.holds import held
from desktop_app.actions.protected import read_protected
from desktop_app.actions.roll import Roll, read_roll
from desktop_app.context import Context
from desktop_app.domain.codes import Counts
from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.figures import NO_FIGURES, Figures
from desktop_app.domain.letters import GuardFinding, LetterRule
from desktop_app.domain.marks import Mark
from desktop_app.domain.notices import Notice, Order
from desktop_app.domain.people import Flag, Person, Pupil, Tie
from desktop_app.domain.sessions import Session, school_year_start
from desktop_app.ports import Reading
from desktop_app.rules.bereavement import bereaved_until
from desktop_app.rules.figures import least_sessions
from desktop_app.rules.guard import GuardFacts, guard
from desktop_app.rules.notices import notices, order_on, sessions_paid_for
from desktop_app.rules.orders import orders
from desktop_app.rules.powers import lacking
from desktop_app.rules.protected import Protected

CONTACTS = frozenset({
    EntryKind.PHONE_CALL, EntryKind.TEXT, EntryKind.EMAIL, EntryKind.LETTER, EntryKind.MEETING, EntryKind.HOME_VISIT,
    EntryKind.WARNING, EntryKind.NOTICE_TO_IMPROVE, EntryKind.CONTRACT,
})  # fmt: skip
"""The kinds of entry by which a person was spoken or written to."""
WRITTEN = frozenset({
    EntryKind.TEXT, EntryKind.EMAIL, EntryKind.LETTER, EntryKind.WARNING, EntryKind.NOTICE_TO_IMPROVE,
})  # fmt: skip
"""Those of them that came as something to read."""


@dataclass(frozen=True, eq=False)
class Guarded:
    """All that the guard is told of some children, read in one go, up to `on`. `figures` and `missed` are of the days
    from `first`. Ask it for the findings of each letter."""

    context: Context
    roll: Roll
    first: date
    on: date
    held: frozenset[int]
    protected: Protected
    people: Mapping[int, Person]
    ties: Mapping[tuple[int, int], Tie]
    siblings: Mapping[int, frozenset[int]]
    figures: Mapping[int, Figures]
    missed: Mapping[int, Sequence[Mark]]
    flags: Mapping[int, Sequence[Flag]]
    entries: Mapping[int, Sequence[Entry]]
    notices: Sequence[Notice] = ()
    orders: Sequence[Order] = ()
    listed: Mapping[int, Figures] = field(default_factory=dict[int, Figures])

    def facts(self, rule: LetterRule, pupil: int, person: int = 0) -> GuardFacts:
        """What the guard is told of one letter about a child to a person (0: nobody chosen yet)."""
        context, child = self.context, self.roll.pupils[pupil]
        rulebook, school = context.rulebook, self.roll.school
        return GuardFacts(
            rule=rule,
            numbers=rulebook.guard,
            codes=rulebook.codes,
            on=self.on,
            pupil=child,
            person=self.people.get(person),
            tie=self.ties.get((pupil, person)),
            held=pupil in self.held,
            protected=self._protected(child, person),
            figures=self.figures.get(pupil, NO_FIGURES),
            listed=self.listed.get(pupil),
            missed=self.missed.get(pupil, ()),
            least=least_sessions(context.pack(school), rulebook),
            joined=self._joined(child),
            flags=self.flags.get(pupil, ()),
            patterns=self.roll.patterns.get(pupil, ()),
            contacts=self._with(self.entries.get(pupil, ()), person, CONTACTS),
            about_siblings=[
                one
                for sibling in self.siblings.get(pupil, ())
                for one in self._with(self.entries.get(sibling, ()), person, WRITTEN)
                if pupil not in one.pupils
            ],
            bereaved=bereaved_until(self.entries.get(pupil, ()), rulebook.guard.bereaved_days.value),
            order=order_on(self.orders, pupil, self.on),
            paid=sessions_paid_for(self.notices, pupil, person or None),
            lacking=lacking(rulebook.formalities, rule.power, school.type) if rule.power else None,
        )

    def findings(self, rule: LetterRule, pupil: int, person: int = 0) -> tuple[GuardFinding, ...]:
        """What speaks against one letter about a child to a person."""
        return guard(self.facts(rule, pupil, person))

    def _protected(self, child: Pupil, person: int) -> bool:
        whom = self.people.get(person)
        return self.protected.holds_child(child) or (
            whom is not None and (whom.id in self.protected.people or self.protected.covers(whom.address))
        )

    def _joined(self, child: Pupil) -> int | None:
        days = self.roll.calendar.school_days(school_year_start(self.on), self.on)
        if not days or child.starting_day <= days[0]:
            return None
        return sum(day >= child.starting_day for day in days) - 1

    def _with(self, entries: Sequence[Entry], person: int, kinds: Collection[EntryKind]) -> list[Entry]:
        return [one for one in entries if one.kind in kinds and (person in one.persons or (not person and one.persons))]


def read_guarded(
    context: Context,
    reading: Reading,
    pupils: Collection[int],
    on: date,
    *,
    first: date | None = None,
    listed: Mapping[int, Figures] | None = None,
) -> Guarded:
    """Read what the guard needs of some children, in a few statements however many there are. `first` is the first day
    of the figures the letter speaks of (None: 1 September); `listed` the figures as the list had them."""
    roll, book = read_roll(reading.book), reading.book
    begins = first or school_year_start(on)
    families = read_families(book, on)
    siblings = {key: families.siblings(key) for key in pupils}
    about = {*pupils, *(one for of in siblings.values() for one in of)}
    told = [one for one in reading.entries.of(*sorted(about)) if one.withdrawn is None] if about else []
    here = [key for key in pupils if key in roll.pupils]
    return Guarded(
        context=context,
        roll=roll,
        first=begins,
        on=on,
        held=held(book, on),
        protected=read_protected(book, on),
        people={one.id: one for one in book.all(Person)},
        ties=_ties(book.all(Tie), set(pupils), on),
        siblings=siblings,
        figures=count(context, reading, roll, begins, on, here),
        missed=_missed(context, reading, roll, begins, on, here),
        flags=_by_pupil(book.all(Flag)),
        entries=_open_entries(told, on),
        notices=notices(told),
        orders=orders(told),
        listed=listed or {},
    )


def findings(
    context: Context, reading: Reading, rule: LetterRule, pupil: int, person: int = 0, on: date | None = None
) -> tuple[GuardFinding, ...]:
    """What speaks against one letter about one child to one person, on a day (today)."""
    return read_guarded(context, reading, [pupil], on or context.today()).findings(rule, pupil, person)


def _ties(ties: Iterable[Tie], pupils: Collection[int], on: date) -> dict[tuple[int, int], Tie]:
    """The tie of each person to each child on a day; one by which a court keeps them apart before any other."""
    found: dict[tuple[int, int], Tie] = {}
    for one in sorted(ties, key=lambda one: one.no_contact):
        if one.pupil in pupils and one.holds(on):
            found[one.pupil, one.person] = one
    return found


def _missed(
    context: Context, reading: Reading, roll: Roll, first: date, on: date, pupils: Sequence[int]
) -> dict[int, list[Mark]]:
    """The marks of sessions that were not attended, none that stands where no session was."""
    codes = context.rulebook.codes
    found: defaultdict[int, list[Mark]] = defaultdict(list)
    for mark in reading.marks.not_present(first, on, pupils) if pupils else ():
        counts = codes[mark.code].counts
        if not counts.absent and counts is not Counts.NOT_POSSIBLE:
            continue
        if roll.why_not(mark.pupil, Session(mark.day, mark.half)) is None:
            found[mark.pupil].append(mark)
    return found


def _by_pupil(flags: Iterable[Flag]) -> dict[int, list[Flag]]:
    found: defaultdict[int, list[Flag]] = defaultdict(list)
    for one in flags:
        found[one.pupil].append(one)
    return found


def _open_entries(entries: Iterable[Entry], on: date) -> dict[int, list[Entry]]:
    """The entries of each child up to a day that anybody may know of."""
    ends = on + timedelta(days=1)
    found: defaultdict[int, list[Entry]] = defaultdict(list)
    for one in entries:
        if not one.restricted and one.happened_at.date() < ends:
            for key in one.pupils:
                found[key].append(one)
    return found
