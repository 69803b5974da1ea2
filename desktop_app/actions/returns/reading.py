"""Works out who is on a return of a month, as known now, and reads the returns that were made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from desktop_app.actions.needs import needs
from desktop_app.actions.returns.book import check_whole_school, month_of, named, school_authority, spec_in
from desktop_app.actions.returns.kept import on_file, read_made
from desktop_app.actions.roll import Roll, in_order, read_roll
from desktop_app.actions.watched import Looking, watch_of
from desktop_app.context import Context
from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.errors import Refused
from desktop_app.domain.people import Flag, FlagKind, Pattern, PatternKind, Pupil
from desktop_app.domain.returns import GoesTo, ListedLine, ReturnKind, ReturnLine, ReturnList, ReturnSpec
from desktop_app.domain.rights import Right
from desktop_app.domain.sessions import school_year_start
from desktop_app.ports import Reading
from desktop_app.rules.display import long_month
from desktop_app.rules.names import class_order
from desktop_app.rules.returns.authorities import Authorities, to_whom
from desktop_app.rules.returns.lines import lines_of_triggers, of_month, with_told
from desktop_app.rules.returns.roll_lines import (
    SUSPENDED,
    deletion_line,
    home_education_line,
    missing_line,
    part_time_line,
    suspension_lines,
    with_the_class,
)
from desktop_app.rules.triggers.facts import Watch, Watched
from desktop_app.rules.triggers.table import RULES

LEAVERS = {
    ReturnKind.DELETION: deletion_line,
    ReturnKind.HOME_EDUCATION: home_education_line,
    ReturnKind.MISSING: missing_line,
}
"""The returns of which leaving the roll tells."""


@needs(Right.READ_LOG)
def list_return(context: Context, kind: ReturnKind, day: date) -> ReturnList:
    """Who is on a return of the month of a day, of children on roll then and of those who left in time, in the order of
    the register: with the reasons, what they rest on, and what was already told. Sessions up to the end of that month,
    or to today, count. Refused for a month that is still to come."""
    check_whole_school(context)
    month = month_of(day)
    if month.replace(day=1) > context.today():
        raise Refused(f"{long_month(month)} is still to come.")
    with context.store.reading() as reading:
        desk = desk_of(context, reading)
        return list_within(desk, spec_in(context.pack(desk.roll.school), kind), month)


@dataclass(frozen=True, slots=True)
class Desk:
    """One reading in which returns are worked out."""

    context: Context
    reading: Reading
    roll: Roll
    authority: str
    number: str
    decisions: Mapping[int, Sequence[Entry]]
    flags: Mapping[int, Sequence[Flag]]
    on_file: Mapping[tuple[ReturnKind, int, str], int]

    def authorities(self, child: Pupil, on: date) -> Authorities:
        """The authorities of a child on a day, as they are written down: whose an EHC plan is, and who looks after the
        child, is the value of the flag."""
        plan = self._flag(child.id, FlagKind.EHCP, on)
        care = self._flag(child.id, FlagKind.LOOKED_AFTER, on)
        return Authorities(
            self.authority,
            named(child.home_la),
            named(plan.value) if plan else "",
            named(care.value) if care else "",
            has_plan=plan is not None,
            cared_for=care is not None,
        )

    def _flag(self, child: int, kind: FlagKind, on: date) -> Flag | None:
        return next((one for one in self.flags.get(child, ()) if one.kind is kind and one.holds(on)), None)


def desk_of(context: Context, reading: Reading) -> Desk:
    """What every return of a reading is worked out with."""
    roll = read_roll(reading.book)
    authority, number = school_authority(context, roll.school)
    decisions: defaultdict[int, list[Entry]] = defaultdict(list)
    for one in reading.entries.all(kinds=(EntryKind.DECISION,)):
        for pupil in one.pupils:
            decisions[pupil].append(one)
    flags: defaultdict[int, list[Flag]] = defaultdict(list)
    for flag in reading.book.all(Flag):
        flags[flag.pupil].append(flag)
    made = on_file(read_made(reading.entries))
    return Desk(context, reading, roll, authority, number, decisions, flags, made)


def list_within(desk: Desk, spec: ReturnSpec, month: date) -> ReturnList:
    """As `list_return`, inside a reading."""
    return lists_within(desk, [spec], month)[0]


def lists_within(desk: Desk, specs: Sequence[ReturnSpec], month: date, *, only: int | None = None) -> list[ReturnList]:
    """Several returns of a month; what triggers tell is looked through once. Of one child alone where `only` names
    it."""
    on = min(month, desk.context.today())
    watch = watch_of(desk.context, desk.roll, on, desk.context.now())
    met = _of_triggers(desk, specs, watch, only)
    found: list[ReturnList] = []
    for spec in specs:
        lines = [*met.get(spec.kind, ()), *_of_roll(desk, spec, watch, month)]
        found.append(_listed(desk, spec, month, [one for one in lines if only in (None, one.pupil)]))
    return found


def _listed(desk: Desk, spec: ReturnSpec, month: date, lines: Sequence[ReturnLine]) -> ReturnList:
    on = min(month, desk.context.today())
    told = [with_told(spec, one, desk.decisions.get(one.pupil, ())) for one in lines]
    mine: defaultdict[int, list[ReturnLine]] = defaultdict(list)
    for line in of_month(spec, told, month):
        mine[line.pupil].append(line)
    listed: list[ListedLine] = []
    doubts: list[str] = []
    elsewhere: list[str] = []
    for child in in_order(desk.roll.pupils[key] for key in mine):
        known = desk.authorities(child, on)
        if doubt := known.doubt(spec.to):
            doubts.append(f"{child.name}: {doubt}.")
        if known.lives_elsewhere(desk.number):
            elsewhere.append(child.name)
        for line in sorted(mine[child.id], key=lambda one: (one.since, one.key)):
            whom = to_whom((*spec.to, *line.also), known, desk.number)
            listed.append(_listed_line(desk, spec, child, replace(line, authorities=whom), on))
    doubts += _of_other_authorities(spec, elsewhere)
    return ReturnList(spec, month, desk.authority, tuple(listed), tuple(doubts))


def _of_other_authorities(spec: ReturnSpec, names: Sequence[str]) -> Iterator[str]:
    """What the maker should know where children live in another authority, once for all of them."""
    if spec.elsewhere and names:
        lives = "lives" if len(names) == 1 else "live"
        yield f"{', '.join(names)} {lives} in another authority. {spec.elsewhere}"


def _listed_line(desk: Desk, spec: ReturnSpec, child: Pupil, line: ReturnLine, on: date) -> ListedLine:
    """A line as a list shows it."""
    place = desk.roll.place(child.id, on)
    made = desk.on_file.get((spec.kind, child.id, line.key), 0) if line.told is None else 0
    overdue = line.told is None and line.due is not None and line.due < desk.context.today()
    return ListedLine(line, child, place.class_name if place else "", overdue, made)


def _of_triggers(
    desk: Desk, specs: Sequence[ReturnSpec], watch: Watch, only: int | None
) -> Mapping[ReturnKind, list[ReturnLine]]:
    """The lines that the triggers tell of, by way of the cheap tests and of what is read of few, as the watch list."""
    asked = {kind for spec in specs for kind in spec.triggers}
    every = desk.context.rulebook.triggers_of(watch.pack)
    triggers = [one for one in every if one.kind in asked and one.rule in RULES]
    found: defaultdict[ReturnKind, list[ReturnLine]] = defaultdict(list)
    if not triggers:
        return found
    looking = Looking(desk.context, desk.reading, desk.roll, watch, triggers, only)
    hopeful = looking.hopeful(looking.children())
    more = looking.read_more(hopeful, ())
    for child, may in looking.candidates(hopeful, more):
        for spec in specs:
            found[spec.kind] += lines_of_triggers(spec, child, [one for one in may if one.kind in spec.triggers])
    return found


def _of_roll(desk: Desk, spec: ReturnSpec, watch: Watch, month: date) -> Iterator[ReturnLine]:
    """The lines that no trigger tells of."""
    if spec.kind in LEAVERS:
        yield from _leavers(desk, spec.kind, watch.on)
    if spec.kind is ReturnKind.SUSPENSION:
        yield from _suspensions(desk, watch)
    if spec.kind is ReturnKind.PART_TIME:
        whose = (one for known in desk.roll.patterns.values() for one in known)
        yield from (part_time_line(one) for one in whose if _of_the_year(desk.roll, one, month))


def _leavers(desk: Desk, kind: ReturnKind, on: date) -> Iterator[ReturnLine]:
    """Who left in the school year, or is to leave, in the order in which the roll has them."""
    entries: dict[int, Entry] = {}
    for one in desk.reading.entries.all(kinds=(EntryKind.DELETION,)):
        if one.withdrawn is None:
            entries.update(dict.fromkeys(one.pupils, one))
    begins, grounds = school_year_start(on), desk.context.rulebook.grounds
    for pupil in desk.roll.pupils.values():
        left = pupil.leaving_day
        entry = entries.get(pupil.id)
        known_since = begins if entry else on.replace(day=1)  # who left by a list brought in is not chased for it
        if left is None or left < known_since or (kind is ReturnKind.DELETION and _with_the_class(desk.roll, pupil)):
            continue
        yield from LEAVERS[kind](pupil, grounds.get(pupil.leaving_ground), entry)


def _with_the_class(roll: Roll, pupil: Pupil) -> bool:
    left = pupil.leaving_day
    place = roll.place(pupil.id, left) if left else None
    if left is None or place is None:
        return False
    return with_the_class(roll.calendar, left, place.year, _senior(roll, left))


def _senior(roll: Roll, day: date) -> str:
    """The highest year group on roll on a day."""
    places = (roll.place(one.id, day) for one in roll.pupils.values() if one.on_roll(day))
    return max({place.year for place in places if place}, key=class_order, default="")


def _suspensions(desk: Desk, watch: Watch) -> Iterator[ReturnLine]:
    """Whoever has a session coded E in the school year, and who was excluded for good."""
    marks = desk.reading.marks.with_code(SUSPENDED, watch.year_start, watch.on)
    roll = desk.roll
    out = {one.id for one in roll.pupils.values() if one.leaving_day and one.leaving_day >= watch.year_start}
    for key in sorted({*(mark.pupil for mark in marks), *out} & roll.pupils.keys()):
        whose = [mark for mark in marks if mark.pupil == key]
        yield from suspension_lines(
            Watched(
                watch,
                roll.pupils[key],
                marks=whose,
                memberships=roll.memberships.get(key, ()),
                patterns=roll.patterns.get(key, ()),
            )
        )


def _of_the_year(roll: Roll, pattern: Pattern, month: date) -> bool:
    """Whether a part-time timetable stood on a day of the school year up to the end of the month, of a child who was on
    roll then: one that came to its end and was never told is still to be told."""
    first = max(pattern.first, school_year_start(month))
    last = min(month, pattern.last or month)
    pupil = roll.pupils.get(pattern.pupil)
    return (
        pattern.kind == PatternKind.PART_TIME
        and first <= last
        and pupil is not None
        and pupil.on_roll_between(first, last)
    )


def authorities_of_list(found: ReturnList, lines: Iterable[ReturnLine]) -> tuple[str, ...]:
    """The authorities that lines go to, the school’s first; where there is none, that to which such a return goes."""
    names = sorted({name for line in lines for name in line.authorities})
    if not names:
        return (found.school_authority,) if GoesTo.SCHOOL in found.spec.to else ()
    return tuple(sorted(names, key=lambda name: (name != found.school_authority, name)))
