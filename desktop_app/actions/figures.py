"""Attendance figures of pupils, classes, years, phases, groups and the school, over any dates, as now or as at a past
moment, of everyone on roll or of those whom the Department for Education counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence, Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from desktop_app.actions.late_minutes import late_minutes
from desktop_app.actions.needs import needs
from desktop_app.actions.roll import Roll, in_order, read_roll
from desktop_app.context import Context, turned_back
from desktop_app.domain.errors import Refused
from desktop_app.domain.figures import NO_FIGURES, Figures
from desktop_app.domain.groups import Group
from desktop_app.domain.people import Flag, Pupil
from desktop_app.domain.rights import Right
from desktop_app.domain.rulebook import Band, Pack
from desktop_app.domain.school import School
from desktop_app.domain.sessions import Session
from desktop_app.ports import Reading
from desktop_app.rules.bands import band_of
from desktop_app.rules.comparable import PHASES, last_counted, phase_of, school_years
from desktop_app.rules.crossings import too_early
from desktop_app.rules.disclosure import may_be_shown, parts_shown
from desktop_app.rules.expected import expected_count, expected_sessions
from desktop_app.rules.figures import figures_of, least_sessions, persistent, severe, total
from desktop_app.rules.groups import by_pupil, find_group, groups_of, in_order_of_groups, is_social_care, last_day_of
from desktop_app.rules.names import class_order
from desktop_app.rules.register import not_begun


class Grouping(StrEnum):
    """By whom figures are told."""

    PUPIL = "pupil"
    CLASS = "class"
    YEAR = "year"
    PHASE = "phase"
    GROUP = "group"
    SCHOOL = "school"


@dataclass(frozen=True, slots=True)
class PupilFigures:
    """One pupil's figures over a period, and whether the national tests are met; None: no session was possible.
    `class_name` and `year` are those on the last day of the period."""

    pupil: Pupil
    class_name: str
    year: str
    figures: Figures
    band: Band | None
    persistent: bool | None
    severe: bool | None
    too_early: bool

    @property
    def told_persistent(self) -> bool:
        """Whether the pupil is to be called persistently absent: not while it is too early to say."""
        return self.persistent is True and not self.too_early

    @property
    def told_severe(self) -> bool:
        """Whether the pupil is to be called severely absent: not while it is too early to say."""
        return self.severe is True and not self.too_early


@dataclass(frozen=True, slots=True)
class FigureRow:
    """The figures of one pupil or one group. `persistent` and `severe` are yes/no of a pupil (None: no session
    was possible), numbers of pupils of a group; and so is `too_early`: whether fewer sessions were possible than make
    them worth saying. `counted` are the pupils of whom any session was possible. `class_name` and `year` are those on
    the last day of the period. `minutes_late` as far as they were written down."""

    key: str
    pupil: Pupil | None
    class_name: str
    year: str
    pupils: int
    counted: int
    figures: Figures
    band: Band | None
    persistent: bool | int | None
    severe: bool | int | None
    too_early: bool | int
    minutes_late: int


@dataclass(frozen=True, slots=True)
class Told:
    """The figures of everyone counted over a period, in the order of the register, and the groups of each by the
    pupil's id, then the group's key; and `minutes` late by the pupil's id, as far as they were written down."""

    roll: Roll
    rows: tuple[PupilFigures, ...]
    groups: Mapping[int, Mapping[str, Group]]
    minutes: Mapping[int, int]


@needs(Right.READ_FIGURES)
def figures(
    context: Context,
    first: date,
    last: date,
    by: Grouping = Grouping.PUPIL,
    as_at: datetime | None = None,
    comparable: bool = False,
    group: str = "",
) -> tuple[FigureRow, ...]:
    """Figures of everyone on roll on any day from `first` to `last`, inclusive, in the order of the register; with
    `comparable`, of those whom the Department for Education counts (`rules/comparable.py`); with `group`, of its
    members alone.

    By pupil they are those of the classes that the present user sees; by group a pupil is in every group of theirs
    (`shown_groups` says which).
    `as_at` (aware) turns back what was recorded. A session whose register has not begun to be taken by then, or by
    now, is not yet unmarked: the figures of a past moment are those it would have shown.
    """
    if by is Grouping.PUPIL:
        context.require(Right.READ_REGISTER)
    context = turned_back(context, as_at)
    told = tell(context, first, last, as_at, comparable)
    if told is None:
        return ()
    if by is Grouping.PUPIL:
        told = replace(told, rows=tuple(row for row in told.rows if context.sees(row.class_name)))
    elif group and by is not Grouping.SCHOOL and not context.knows_names:
        raise Refused("Figures of a group are not told by class, year or group to you: a child could be told by them.")
    if group:
        told = _members(told, find_group(shown_groups(told, context), group))
    if by is Grouping.PUPIL:
        return tuple(_pupil_row(row, told) for row in told.rows)
    groups: defaultdict[str, list[PupilFigures]] = defaultdict(list)
    for row in told.rows:
        for key in _keys(by, row, told):
            groups[key].append(row)
    shown = _in_order(by, groups, told, context)
    pack = context.pack(told.roll.school)
    return tuple(_group_row(by, key, groups[key], pack, told) for key in shown)


@needs(Right.READ_REPORTS)
def tell(
    context: Context, first: date, last: date, as_at: datetime | None = None, comparable: bool = False
) -> Told | None:
    """The figures of every pupil counted, of whatever class: to be summed, and shown by name only to those who see the
    class. None where nothing of the school had been recorded by then."""
    context = turned_back(context, as_at)
    moment = context.moment(as_at)
    with context.store.reading(as_at) as reading:
        if not reading.book.all(School):
            return None
        roll = read_roll(reading.book)
        if comparable:
            counted = count_comparable(context, reading, roll, first, last, moment)
            minutes = late_minutes(reading, roll, _days_counted(context, roll, first, last))
        else:
            counted = count(context, reading, roll, first, last, moment=moment)
            minutes = late_minutes(reading, roll, [(first, last, None)])
        flags = by_pupil(reading.book.all(Flag))
    on_roll = in_order(roll.pupils[key] for key in counted)
    rows = tuple(figures_of_pupil(context, roll, pupil, counted, last) for pupil in on_roll)
    groups = {pupil.id: groups_of(pupil, flags.get(pupil.id, ()), last_day_of(pupil, last)) for pupil in on_roll}
    return Told(roll, rows, groups, minutes)


def count_comparable(
    context: Context, reading: Reading, roll: Roll, first: date, last: date, moment: datetime | None = None
) -> dict[int, Figures]:
    """The figures of those whom the Department for Education counts, over the days it counts, each school year by
    itself: who is not counted at all is not there."""
    parts: defaultdict[int, list[Figures]] = defaultdict(list)
    for begins, day, pupils in _days_counted(context, roll, first, last):
        for key, part in count(context, reading, roll, begins, day, pupils, moment).items():
            parts[key].append(part)
    return {key: total(of) for key, of in parts.items()}


def _days_counted(
    context: Context, roll: Roll, first: date, last: date
) -> Iterator[tuple[date, date, Collection[int]]]:
    """The days that the Department for Education counts, and of whom."""
    for begins, ends in school_years(first, last):
        until: defaultdict[date, list[int]] = defaultdict(list)
        for key, pupil in roll.pupils.items():
            if not pupil.on_roll_between(begins, ends):
                continue
            place = roll.place(key, last_day_of(pupil, ends))
            year = place.year if place else ""
            day = last_counted(pupil.date_of_birth, year, begins, ends, roll.calendar, context.rulebook)
            if day is not None:
                until[day].append(key)
        for day, pupils in until.items():
            yield begins, day, pupils


def count(
    context: Context,
    reading: Reading,
    roll: Roll,
    first: date,
    last: date,
    pupils: Collection[int] | None = None,
    moment: datetime | None = None,
) -> dict[int, Figures]:
    """The figures of pupils by id, over the days they were on roll. A mark that stands where no session was
    expected (the calendar or the roll changed after it) is not counted. A session whose register has not begun to be
    taken by `moment` (school local time; now, where it is not given) is not unmarked yet."""
    moment = moment or context.now()
    of = roll.pupils.values() if pupils is None else (roll.pupils[key] for key in pupils)
    whose = {pupil.id: pupil for pupil in of if pupil.on_roll_between(first, last)}
    counts = reading.marks.counts(first, last, None if pupils is None else list(whose))
    strays = _stray_counts(reading, roll, whose, first, last)
    until = min(last, moment.date())
    waits = first <= moment.date() <= last
    waiting = _waiting(reading, roll, whose, moment) if waits else dict.fromkeys(whose, 0)
    codes = context.rulebook.codes
    marked = _marked(reading, roll, whose, first, until)
    result: dict[int, Figures] = {}
    for key, pupil in whose.items():
        of_pupil = counts.get(key, {})
        if key in strays:
            of_pupil = dict(Counter(of_pupil) - strays[key])
        unmarked = _unmarked(roll, pupil, of_pupil, marked[key], first, until) - waiting[key]
        result[key] = figures_of(of_pupil, unmarked, codes)
    return result


def figures_of_pupil(
    context: Context, roll: Roll, pupil: Pupil, counted: Mapping[int, Figures], last: date
) -> PupilFigures:
    """One pupil's figures with what follows from them, `last` being the last day that was counted."""
    place = roll.place(pupil.id, last_day_of(pupil, last))
    mine = counted.get(pupil.id, NO_FIGURES)
    pack = context.pack(roll.school)
    return PupilFigures(
        pupil=pupil,
        class_name=place.class_name if place else "",
        year=place.year if place else "",
        figures=mine,
        band=band_of(mine, pack.bands),
        persistent=persistent(mine, context.rulebook),
        severe=severe(mine, context.rulebook),
        too_early=too_early(mine, least_sessions(pack, context.rulebook)),
    )


def _waiting(reading: Reading, roll: Roll, whose: Mapping[int, Pupil], moment: datetime) -> Mapping[int, int]:
    """Of each pupil, today's expected sessions that have no mark because their registers have not begun."""
    sessions = not_begun(roll.school, moment)
    if not sessions:
        return dict.fromkeys(whose, 0)
    marked = {session: reading.marks.filled(session) for session in sessions}
    return {key: sum(key not in marked[one] and roll.expects(key, one) for one in sessions) for key in whose}


def _marked(
    reading: Reading, roll: Roll, whose: Mapping[int, Pupil], first: date, last: date
) -> Mapping[int, AbstractSet[Session]]:
    """The sessions that have a mark, of the pupils with a pattern of their own: their marks may stand outside it too,
    so they are counted one by one."""
    marked: defaultdict[int, set[Session]] = defaultdict(set)
    patterned = [key for key in whose if key in roll.patterns]
    for mark in reading.marks.between(first, last, patterned) if patterned else ():
        marked[mark.pupil].add(Session(mark.day, mark.half))
    return marked


def _unmarked(
    roll: Roll, pupil: Pupil, counts: Mapping[str, int], marked: AbstractSet[Session], first: date, until: date
) -> int:
    """Expected sessions with no mark."""
    memberships = roll.memberships.get(pupil.id, ())
    patterns = roll.patterns.get(pupil.id, ())
    if not patterns:
        return expected_count(pupil, memberships, (), roll.calendar, first, until) - sum(counts.values())
    return len(set(expected_sessions(pupil, memberships, patterns, roll.calendar, first, until)) - marked)


def _stray_counts(
    reading: Reading, roll: Roll, whose: Mapping[int, Pupil], first: date, last: date
) -> dict[int, Counter[str]]:
    """Marks that stand where no session was expected, by pupil then code. Looked for only where they can be."""
    strays: defaultdict[int, Counter[str]] = defaultdict(Counter)
    seen: set[tuple[int, date, str]] = set()
    suspects = reading.marks.on(roll.calendar.not_open_to_all(first, last))
    for day, pupils in _edges(whose, first, last).items():
        suspects += reading.marks.between(day[0], day[1], pupils)
    for mark in suspects:
        place = (mark.pupil, mark.day, mark.half.value)
        if mark.pupil in whose and place not in seen and roll.why_not(mark.pupil, Session(mark.day, mark.half)):
            seen.add(place)
            strays[mark.pupil][mark.code] += 1
    return strays


def _edges(whose: Mapping[int, Pupil], first: date, last: date) -> dict[tuple[date, date], list[int]]:
    """The stretches before a starting day and after a leaving day, with the pupils they belong to."""
    edges: defaultdict[tuple[date, date], list[int]] = defaultdict(list)
    one_day = timedelta(days=1)
    for key, pupil in whose.items():
        if pupil.starting_day > first:
            edges[first, pupil.starting_day - one_day].append(key)
        if pupil.leaving_day is not None and pupil.leaving_day < last:
            edges[pupil.leaving_day + one_day, last].append(key)
    return edges


def _keys(by: Grouping, row: PupilFigures, told: Told) -> Collection[str]:
    """The rows that a pupil is summed into."""
    if by is Grouping.GROUP:
        return told.groups[row.pupil.id]
    words = {Grouping.CLASS: row.class_name, Grouping.YEAR: row.year, Grouping.PHASE: phase_of(row.year)}
    return (words.get(by, ""),)


def _in_order(by: Grouping, groups: Mapping[str, Sequence[PupilFigures]], told: Told, context: Context) -> list[str]:
    """The rows in order; for who may not know every name, none from which one could be told."""
    if by is Grouping.GROUP:
        return [group.key for group in shown_groups(told, context)]
    keys = groups.keys() if by is Grouping.SCHOOL else shown_parts(groups, context, by)
    return [phase for phase in PHASES if phase in keys] if by is Grouping.PHASE else sorted(keys, key=class_order)


def shown_parts(
    parts: Mapping[str, Sequence[PupilFigures]], context: Context, by: Grouping = Grouping.CLASS
) -> AbstractSet[str]:
    """The classes, years or phases (`by`) that are shown, of all there are: to who may not know every name, those alone
    from which nobody can be told whom they do not know."""
    if context.knows_names:
        return parts.keys()
    others = {key: [row for row in of if not context.knows(row.class_name)] for key, of in parts.items()}
    within = Counter((key, _greater(by, row)) for key, of in others.items() for row in of)
    return parts_shown({key: len(of) for key, of in others.items()}, within)


def _members(told: Told, group: Group) -> Told:
    return replace(told, rows=tuple(row for row in told.rows if group.key in told.groups[row.pupil.id]))


def _greater(by: Grouping, row: PupilFigures) -> str:
    """The greater part that a pupil’s class, year or phase lies in: the year, the phase, the school."""
    return {Grouping.CLASS: row.year, Grouping.YEAR: phase_of(row.year)}.get(by, "")


def shown_groups(told: Told, context: Context) -> list[Group]:
    """The groups that somebody counted is in, in order: without those of social care for who reads no such flags, and
    for who may not know every name those alone from which nobody can be told whom they do not know."""
    by_key = {key: group for row in told.rows for key, group in told.groups[row.pupil.id].items()}
    kept: Collection[Group] = by_key.values()
    if not context.knows_names:
        others = [row.pupil.id for row in told.rows if not context.knows(row.class_name)]
        sizes = Counter(key for pupil in others for key in told.groups[pupil])
        kept = may_be_shown({group: sizes[key] for key, group in by_key.items()}, len(others))
    if context.may(Right.READ_REGISTER) and not context.reads_care:
        kept = [group for group in kept if not is_social_care(group.key)]
    return in_order_of_groups(kept)


def _pupil_row(row: PupilFigures, told: Told) -> FigureRow:
    return FigureRow(
        key=str(row.pupil.id),
        pupil=row.pupil,
        class_name=row.class_name,
        year=row.year,
        pupils=1,
        counted=int(row.figures.possible > 0),
        figures=row.figures,
        band=row.band,
        persistent=row.persistent,
        severe=row.severe,
        too_early=row.too_early,
        minutes_late=told.minutes.get(row.pupil.id, 0),
    )


def _group_row(by: Grouping, key: str, rows: list[PupilFigures], pack: Pack, told: Told) -> FigureRow:
    """A group: counts summed, the rate sum over sum; persistent and severe are numbers of pupils."""
    summed = total(row.figures for row in rows)
    return FigureRow(
        key=key,
        pupil=None,
        class_name=key if by is Grouping.CLASS else "",
        year=key if by is Grouping.YEAR else "",
        pupils=len(rows),
        counted=sum(row.figures.possible > 0 for row in rows),
        figures=summed,
        band=band_of(summed, pack.bands),
        persistent=sum(row.persistent is True for row in rows) if summed.possible else None,
        severe=sum(row.severe is True for row in rows) if summed.possible else None,
        too_early=sum(row.too_early for row in rows if row.figures.possible),
        minutes_late=sum(told.minutes.get(row.pupil.id, 0) for row in rows),
    )
