"""Attendance figures of pupils, classes, years and the school, over any dates, as now or as at a past moment."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from desktop_app.actions.roll import Roll, in_order, read_roll
from desktop_app.context import Context
from desktop_app.domain.clock import school_time
from desktop_app.domain.figures import Figures
from desktop_app.domain.people import Pupil
from desktop_app.domain.rulebook import Band, Pack
from desktop_app.domain.school import School
from desktop_app.domain.sessions import Session
from desktop_app.ports import Reading
from desktop_app.rules.bands import band_of
from desktop_app.rules.expected import expected_count, expected_sessions
from desktop_app.rules.figures import figures_of, persistent, severe, total


class Grouping(StrEnum):
    """By whom figures are told."""

    PUPIL = "pupil"
    CLASS = "class"
    YEAR = "year"
    SCHOOL = "school"


@dataclass(frozen=True, slots=True)
class FigureRow:
    """The figures of one pupil or one group. `persistent` and `severe` are yes/no of a pupil (None: no session
    was possible), numbers of pupils of a group. `class_name` and `year` are those on the last day of the period."""

    key: str
    pupil: Pupil | None
    class_name: str
    year: str
    pupils: int
    figures: Figures
    band: Band | None
    persistent: bool | int | None
    severe: bool | int | None


def figures(
    context: Context,
    first: date,
    last: date,
    by: Grouping = Grouping.PUPIL,
    as_at: datetime | None = None,
) -> tuple[FigureRow, ...]:
    """Figures of everyone on roll on any day from `first` to `last`, inclusive, in the order of the register.

    `as_at` (aware) turns back what was recorded. Sessions after today, or after the day of `as_at`, are not yet
    unmarked: the figures of a past moment are those it would have shown.
    """
    known = context.today() if as_at is None else min(context.today(), school_time(as_at).date())
    with context.store.reading(as_at) as reading:
        if not reading.book.all(School):
            return ()  # nothing of the school had been recorded by then
        roll = read_roll(reading.book)
        counted = count(context, reading, roll, first, last, known=known)
    pack = context.pack(roll.school)
    rows = [pupil_row(context, pack, roll, pupil, counted[pupil.id], last) for pupil in _on_roll(roll, first, last)]
    if by is Grouping.PUPIL:
        return tuple(rows)
    groups: defaultdict[str, list[FigureRow]] = defaultdict(list)
    for row in rows:
        groups[_key(by, row)].append(row)
    return tuple(_group_row(by, key, groups[key], pack) for key in sorted(groups, key=_group_order))


def count(
    context: Context,
    reading: Reading,
    roll: Roll,
    first: date,
    last: date,
    pupils: Collection[int] | None = None,
    known: date | None = None,
) -> dict[int, Figures]:
    """The figures of pupils by id, over the days they were on roll. A mark that stands where no session was
    expected (the calendar or the roll changed after it) is not counted. No session after `known` (today, where it is
    not given) is unmarked yet."""
    of = roll.pupils.values() if pupils is None else (roll.pupils[key] for key in pupils)
    whose = {pupil.id: pupil for pupil in of if _on_roll_between(pupil, first, last)}
    counts = reading.marks.counts(first, last, None if pupils is None else list(whose))
    strays = _stray_counts(reading, roll, whose, first, last)
    until = min(last, known or context.today())
    codes = context.rulebook.codes
    result: dict[int, Figures] = {}
    for key, pupil in whose.items():
        of_pupil = counts.get(key, {})
        if key in strays:
            of_pupil = dict(Counter(of_pupil) - strays[key])
        result[key] = figures_of(of_pupil, _unmarked(reading, roll, pupil, of_pupil, first, until), codes)
    return result


def pupil_row(context: Context, pack: Pack, roll: Roll, pupil: Pupil, counted: Figures, last: date) -> FigureRow:
    """One pupil's figures with what follows from them."""
    place = roll.place(pupil.id, last if pupil.leaving_day is None else min(last, pupil.leaving_day))
    return FigureRow(
        key=str(pupil.id),
        pupil=pupil,
        class_name=place.class_name if place else "",
        year=place.year if place else "",
        pupils=1,
        figures=counted,
        band=band_of(counted, pack.bands),
        persistent=persistent(counted, context.rulebook),
        severe=severe(counted, context.rulebook),
    )


def _on_roll(roll: Roll, first: date, last: date) -> list[Pupil]:
    return in_order(pupil for pupil in roll.pupils.values() if _on_roll_between(pupil, first, last))


def _on_roll_between(pupil: Pupil, first: date, last: date) -> bool:
    return pupil.starting_day <= last and (pupil.leaving_day is None or pupil.leaving_day >= first)


def _unmarked(reading: Reading, roll: Roll, pupil: Pupil, counts: Mapping[str, int], first: date, until: date) -> int:
    """Expected sessions with no mark. Marks may stand outside a pattern too, so those pupils are counted one by one."""
    memberships = roll.memberships.get(pupil.id, ())
    patterns = roll.patterns.get(pupil.id, ())
    if not patterns:
        return expected_count(pupil, memberships, (), roll.calendar, first, until) - sum(counts.values())
    expected = set(expected_sessions(pupil, memberships, patterns, roll.calendar, first, until))
    marked = {Session(mark.day, mark.half) for mark in reading.marks.between(first, until, [pupil.id])}
    return len(expected - marked)


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


def _key(by: Grouping, row: FigureRow) -> str:
    if by is Grouping.CLASS:
        return row.class_name
    return row.year if by is Grouping.YEAR else ""


def _group_order(key: str) -> tuple[int, int, str]:
    """Nursery, Reception, then years by number; classes by the number they begin with, then by name."""
    if key[:1] == "N":
        return (0, 0, key)
    if key[:1] == "R":
        return (1, 0, key)
    digits = key[: len(key) - len(key.lstrip("0123456789"))]
    return (2, int(digits), key) if digits else (3, 0, key)


def _group_row(by: Grouping, key: str, rows: list[FigureRow], pack: Pack) -> FigureRow:
    """A group: counts summed, the rate sum over sum; persistent and severe are numbers of pupils."""
    summed = total(row.figures for row in rows)
    return FigureRow(
        key=key,
        pupil=None,
        class_name=key if by is Grouping.CLASS else "",
        year=key if by is Grouping.YEAR else "",
        pupils=len(rows),
        figures=summed,
        band=band_of(summed, pack.bands),
        persistent=sum(row.persistent is True for row in rows) if summed.possible else None,
        severe=sum(row.severe is True for row in rows) if summed.possible else None,
    )
