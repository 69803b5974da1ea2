"""The end of the school year as one previewed action: classes move up, leavers leave, the new intake is there."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from desktop_app.actions.admission import ALL_TIME, put_membership
from desktop_app.actions.leaving import take_off
from desktop_app.actions.needs import needs
from desktop_app.actions.roll import Roll, in_order, read_roll
from desktop_app.context import Context
from desktop_app.domain.admission import Destination, Group, Rollover
from desktop_app.domain.errors import Refused
from desktop_app.domain.people import Membership, Pupil
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.domain.rulebook import Ground
from desktop_app.ports import Writing
from desktop_app.rules.admission import groups, place_fault
from desktop_app.rules.display import date_year
from desktop_app.rules.leaving import Answers, Record, leaving_fault, school_grounds

ONE_DAY = timedelta(days=1)
Where = Mapping[tuple[str, str], Destination]
"""Where the children of each class and year group go."""


@needs(Right.ADMIT)
def class_groups(context: Context, first: date) -> tuple[Group, ...]:
    """The classes as they are on the eve of the new year, by year group, each with where it would go."""
    with context.store.reading() as reading:
        roll = read_roll(reading.book)
    places = (roll.place(child.id, first - ONE_DAY) for child in _concerned(roll, first))
    return groups((one for one in places if one is not None), roll.school.phase)


@needs(Right.ADMIT)
def last_day(context: Context, first: date) -> date:
    """The last school day before the new year, which is the last day of its leavers unless they say otherwise; today
    where there is none to come."""
    with context.store.reading() as reading:
        roll = read_roll(reading.book)
    days = roll.calendar.school_days(context.today(), first - ONE_DAY)
    return days[-1] if days else context.today()


@needs(Right.ADMIT)
def leavers_grounds(context: Context) -> tuple[Ground, ...]:
    """The grounds on which a class may leave together: those of this type of school that are not looked at child by
    child."""
    with context.store.reading() as reading:
        found = school_grounds(context.rulebook.grounds, reading.book.school().type)
    return tuple(one for one in found if not (one.absent_days or one.days_after_leave or one.evidence))


@needs(Right.ADMIT)
def preview_rollover(context: Context, first: date, where: Where, staying: Collection[int] = ()) -> Rollover:
    """What would come of it on the first day of the new year. A class that is not named refuses it: nobody is
    forgotten. Who is among the `staying` keeps their class, and is dealt with on their own page."""
    with context.store.reading() as reading:
        return _plan(read_roll(reading.book), first, where, staying)


@needs(Right.ADMIT)
def roll_over(
    context: Context, first: date, where: Where, ground: str, answers: Answers, staying: Collection[int] = ()
) -> tuple[Rollover, Changes]:
    """Do it, in one transaction. Those who leave do so on that ground of the law, with its last day and what it asks
    for answered of all of them; the return to the authority is not asked for, since the most senior class leaves at the
    end of the year (regulation 13(4)). Raises `Refused` with the first that stands against it, and nothing is done."""
    with context.store.writing(context.deed("roll over")) as writing:
        roll = read_roll(writing.book)
        planned = _plan(roll, first, where, staying)
        if planned.leaving:
            context.require(Right.DELETE_FROM_ROLL)
            _check_last(context, first, answers.last)
            known = _ground(context, ground)
            for child, _ in planned.leaving:
                _check_leaver(context, writing, child, known, answers)
                take_off(context, writing, child, known, answers)
        for child, _, to in planned.moving:
            known_places = roll.memberships.get(child.id, ())
            new = Membership(0, child.id, to.class_name, to.year, first, child.leaving_day)
            put_membership(writing, known_places, new)
    return planned, Changes(book=True, entries=bool(planned.leaving))


def _plan(roll: Roll, first: date, where: Where, staying: Collection[int]) -> Rollover:
    eve = first - ONE_DAY
    moving: list[tuple[Pupil, str, Destination]] = []
    leaving: list[tuple[Pupil, str]] = []
    kept: list[Pupil] = []
    for child in _concerned(roll, first):
        place = roll.place(child.id, eve)
        name, year = (place.class_name, place.year) if place else ("", "")
        to = where.get((name, year))
        if child.id in staying:
            kept.append(child)
        elif to is None:
            raise Refused(f"Say where {_group_words(name, year)} goes; {child.name} is in it.")
        elif to.class_name:
            moving.append((child, name, _checked(to, name, year)))
        elif child.leaving_day is None:
            leaving.append((child, name))
        else:
            kept.append(child)
    starting = in_order(one for one in roll.pupils.values() if one.starting_day >= first)
    return Rollover(first, tuple(moving), tuple(leaving), tuple(starting), tuple(kept))


def _concerned(roll: Roll, first: date) -> list[Pupil]:
    """Who is on roll on the eve and would be on the first day."""
    return in_order(
        one
        for one in roll.pupils.values()
        if one.on_roll(first - ONE_DAY) and (one.leaving_day is None or one.leaving_day >= first)
    )


def _checked(to: Destination, name: str, year: str) -> Destination:
    fault = place_fault(to.class_name, to.year)
    if fault:
        raise Refused(f"{_group_words(name, year)}: {fault}")
    return Destination(to.class_name.strip(), to.year.strip())


def _group_words(name: str, year: str) -> str:
    return f"class {name}, year {year}," if name else "the group without a class"


def _ground(context: Context, ground: str) -> Ground:
    known = context.rulebook.grounds.get(ground)
    if known is None:
        raise Refused("Say on which ground of the regulations the leavers leave.")
    return known


def _check_last(context: Context, first: date, last: date) -> None:
    today = context.today()
    if last < today:
        raise Refused(f"The last day of the leavers is today, {date_year(today)}, or later: never backwards.")
    if first > today and last >= first:
        raise Refused(f"The last day of the leavers is before the new year, which begins on {date_year(first)}.")


def _check_leaver(context: Context, writing: Writing, child: Pupil, ground: Ground, answers: Answers) -> None:
    if ground.absent_days or ground.days_after_leave:
        raise Refused(f"“{ground.title}” is looked at child by child, on the child’s own page.")
    marks = writing.marks.between(ALL_TIME, date.max, [child.id])
    fault = leaving_fault(child, ground, answers, context.today(), Record((), marks), writing.book.school().type)
    if fault:
        raise Refused(f"{child.name}: {fault}")
