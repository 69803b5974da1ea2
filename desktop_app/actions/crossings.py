"""Who crossed a band between two days, in which direction, and because of which sessions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import NamedTuple

from desktop_app.actions.figures import count
from desktop_app.actions.needs import needs
from desktop_app.actions.own_children import sees_child
from desktop_app.actions.roll import Roll, in_order, read_roll
from desktop_app.context import Context, turned_back
from desktop_app.domain.crossings import Crossing
from desktop_app.domain.figures import NO_FIGURES, Figures
from desktop_app.domain.marks import Mark
from desktop_app.domain.people import Pupil
from desktop_app.domain.rights import Right
from desktop_app.domain.school import School
from desktop_app.domain.sessions import Session, school_year_start
from desktop_app.ports import Reading
from desktop_app.rules.crossings import crossed, end_of_last_week, is_absence, is_better, moved_by
from desktop_app.rules.figures import least_sessions, total

ONE_DAY = timedelta(days=1)


def since_last_week(today: date) -> tuple[date, date]:
    """The two days between which crossings are usually asked for: the end of last week, and now."""
    return end_of_last_week(today), today


@needs(Right.READ_PUPIL)
def crossings(
    context: Context, first: date, last: date, as_at: datetime | None = None, only: int | None = None
) -> tuple[Crossing, ...]:
    """Everyone on roll on `last` whom the present user sees and whose band differs between the end of `first` and the
    end of `last`: the lowest band reached first, those who fell before those who rose, then in the register's order.

    The figures of both days are those of the school year up to it, out of one reading: a mark amended since counts on
    both days as it stands. There is none where the days lie in two school years, or in the wrong order, nor of a child
    of whom it was too early to say on `first` (see `rules/crossings.py`). `only` asks of one child alone.
    """
    context = turned_back(context, as_at)
    moment = context.moment(as_at)
    with context.store.reading(as_at) as reading:
        if not reading.book.all(School):
            return ()  # nothing of the school had been recorded by then
        roll = read_roll(reading.book)
        counted = count_both(context, reading, roll, first, last, moment, only)
        return with_sessions(context, reading, roll, crossings_of(context, roll, counted))


class Counted(NamedTuple):
    """The figures of the school year up to the first of two days, and those since, of everyone who is `here`."""

    days: tuple[date, date]
    here: Sequence[Pupil]
    before: Mapping[int, Figures]
    between: Mapping[int, Figures]


def count_both(
    context: Context, reading: Reading, roll: Roll, first: date, last: date, moment: datetime, only: int | None = None
) -> Counted:
    """What is read to tell of crossings; nobody is here where there can be none between those days."""
    since = school_year_start(last)
    if not since <= first < last:
        return Counted((first, last), (), {}, {})
    asked = roll.pupils.values() if only is None else (one for key, one in roll.pupils.items() if key == only)
    here = [one for one in asked if one.on_roll(last) and sees_child(context, roll, one.id)]
    keys = None if len(here) == len(roll.pupils) else [one.id for one in here]
    before = count(context, reading, roll, since, first, keys, moment)
    between = count(context, reading, roll, first + ONE_DAY, last, keys, moment)
    return Counted((first, last), here, before, between)


def crossings_of(context: Context, roll: Roll, counted: Counted) -> list[Crossing]:
    """Who crossed, told from what was counted; not yet because of which sessions."""
    days, here, before, between = counted
    pack = context.pack(roll.school)
    least = least_sessions(pack, context.rulebook)
    found: list[Crossing] = []
    for pupil in in_order(here):
        was = before.get(pupil.id, NO_FIGURES)
        now = total((was, between.get(pupil.id, NO_FIGURES)))
        bands = crossed(was, now, pack.bands, least)
        if bands is None:
            continue
        place = roll.place(pupil.id, days[1])
        better = is_better(*bands, pack.bands)
        found.append(Crossing(pupil, place.class_name if place else "", *days, *bands, better, was, now, ()))
    order = {band.key: number for number, band in enumerate(pack.bands)}
    return sorted(found, key=lambda one: (one.better, -order[one.now.key]))


def with_sessions(context: Context, reading: Reading, roll: Roll, found: Sequence[Crossing]) -> tuple[Crossing, ...]:
    """Those crossings, with the absences that brought down who fell."""
    fallen = [one.pupil.id for one in found if not one.better]
    if not fallen:
        return tuple(found)
    marks: defaultdict[int, list[Mark]] = defaultdict(list)
    codes = dict(context.rulebook.codes)
    for mark in reading.marks.not_present(found[0].first + ONE_DAY, found[0].last, fallen):
        marks[mark.pupil].append(mark)

    def counts(mark: Mark) -> bool:
        return is_absence(mark, codes) and roll.why_not(mark.pupil, Session(mark.day, mark.half)) is None

    return tuple(one if one.better else replace(one, sessions=moved_by(marks[one.pupil.id], counts)) for one in found)
