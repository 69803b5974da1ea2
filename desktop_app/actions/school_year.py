"""The school year: periods added, changed and taken back, with what would come of it said before it is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from desktop_app.actions.import_calendar import calendar_warnings
from desktop_app.actions.needs import needs
from desktop_app.actions.roll import Roll, read_roll
from desktop_app.actions.settle import settle_pupils
from desktop_app.actions.signed_off import check_weeks
from desktop_app.actions.year_effect import Effect, effect_of
from desktop_app.context import Context
from desktop_app.domain.errors import Refused
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.domain.school import Period, PeriodKind
from desktop_app.domain.sessions import school_year_end, school_year_start
from desktop_app.ports import BookReading, Writing
from desktop_app.rules.bank_holidays import bank_holidays
from desktop_app.rules.display import date_year
from desktop_app.rules.names import class_order

LONGEST = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """One school year: its days, its periods in order, the classes and year groups there are, the bank holidays inside
    a term that are no closure yet, and what is worth a second look."""

    first: date
    last: date
    periods: tuple[Period, ...]
    classes: tuple[str, ...]
    years: tuple[str, ...]
    offered: tuple[Period, ...]
    warnings: tuple[str, ...]


@needs(Right.READ_REGISTER)
def periods(context: Context, first: date, last: date) -> tuple[Period, ...]:
    """The periods of the calendar that reach into these days, in order."""
    with context.store.reading() as reading:
        return _between(reading.book, first, last)


@needs(Right.READ_REGISTER)
def school_year(context: Context, day: date) -> SchoolYear:
    """The school year that a day falls in."""
    first, last = school_year_start(day), school_year_end(day)
    with context.store.reading() as reading:
        roll = read_roll(reading.book)
        known = _between(reading.book, first, last)
    classes, years = _groups(roll, first, last)
    return SchoolYear(
        first=first,
        last=last,
        periods=known,
        classes=classes,
        years=years,
        offered=_offered(known, first, last),
        warnings=calendar_warnings(_looked_at(known)),
    )


@needs(Right.CALENDAR)
def preview_period(context: Context, period: Period, *, remove: bool = False) -> Effect:
    """What adding, changing (its id is known) or removing a period would do. Raises `Refused` for a bad one."""
    with context.store.reading() as reading:
        if not remove:
            period = _checked(reading.book, period)
        return effect_of(context, reading.book, reading.marks, period, remove=remove)


@needs(Right.CALENDAR)
def put_period(context: Context, period: Period) -> tuple[int, Effect, Changes]:
    """Add a period, or give one another version. What stands by itself on the sessions it touches becomes a mark at
    once where they are past: the code of an unexpected closure, or a planned absence on a day that opens. A mark that
    stands is never touched. Changing a week that was signed off asks for the right to."""
    with context.store.writing(context.deed("calendar", period.name.strip())) as writing:
        period = _checked(writing.book, period)
        effect = effect_of(context, writing.book, writing.marks, period, remove=False)
        check_weeks(context, writing.book, effect.days)
        key = writing.book.put(period)
        changes = _settled(context, writing, effect)
    return key, effect, changes


@needs(Right.CALENDAR)
def remove_period(context: Context, period_id: int) -> tuple[Effect, Changes]:
    """Take a period back. Marks made while it stood stay; what stands by itself on the sessions that open again becomes
    a mark at once where they are past."""
    with context.store.writing(context.deed("calendar", "removed")) as writing:
        known = writing.book.get(Period, period_id)
        if known is None:
            raise Refused("That period is not in the calendar any more.")
        effect = effect_of(context, writing.book, writing.marks, known, remove=True)
        check_weeks(context, writing.book, effect.days)
        writing.book.remove(known)
        changes = _settled(context, writing, effect)
    return effect, changes


def _settled(context: Context, writing: Writing, effect: Effect) -> Changes:
    settled = 0
    if effect.blank:
        settled = settle_pupils(context, writing, effect.pupils, min(at.day for (_, at), _ in effect.blank))
    return Changes(book=True, marks=bool(settled or effect.lost or effect.found_again))


def _checked(book: BookReading, period: Period) -> Period:
    """The period as it is kept. Raises `Refused`."""
    period = replace(period, name=period.name.strip())
    if period.end < period.start:
        raise Refused(f"It ends ({date_year(period.end)}) before it begins ({date_year(period.start)}).")
    if period.end - period.start > LONGEST:
        raise Refused("A period is at most four hundred days long: look at the year.")
    if period.kind.unexpected and not period.name:
        raise Refused("Say why the school is closed: the reason stands beside each mark.")
    if period.kind is PeriodKind.SITE_CLOSED and (period.years or period.classes):
        raise Refused("The whole site is closed for everybody: for some classes, choose a part of the site (Y3).")
    known = book.all(Period)
    if period.id and all(one.id != period.id for one in known):
        raise Refused("That period is not in the calendar any more.")
    if any(replace(one, id=period.id) == period and one.id != period.id for one in known):
        raise Refused(f"“{period.name}” stands in the calendar already, with the same days.")
    return period


def _between(book: BookReading, first: date, last: date) -> tuple[Period, ...]:
    found = (one for one in book.all(Period) if one.start <= last and one.end >= first)
    return tuple(sorted(found, key=lambda one: (one.start, one.end, one.id)))


def _looked_at(known: Sequence[Period]) -> list[Period]:
    """What is worth a second look: holidays between terms are as they should be, and closures nobody planned too."""
    terms = [one for one in known if one.kind is PeriodKind.TERM]
    return [
        one
        for one in known
        if not one.kind.unexpected
        and (
            one.kind is not PeriodKind.HOLIDAY or any(one.start <= term.end and term.start <= one.end for term in terms)
        )
    ]


def _groups(roll: Roll, first: date, last: date) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The classes and the year groups that anybody is in between two days."""
    every = (one for of_pupil in roll.memberships.values() for one in of_pupil)
    held = [one for one in every if one.first <= last and (one.last is None or one.last >= first)]
    classes, years = {one.class_name for one in held}, {one.year for one in held}
    return tuple(sorted(classes, key=class_order)), tuple(sorted(years, key=class_order))


def _offered(known: Sequence[Period], first: date, last: date) -> tuple[Period, ...]:
    """Bank holidays inside a term on which the school is not closed: offered, never added by themselves."""
    closed = [one for one in known if one.kind.closes and not one.years and not one.classes and one.half is None]
    terms = [one for one in known if one.kind is PeriodKind.TERM]
    days = {day: name for year in (first.year, last.year) for day, name in bank_holidays(year).items()}
    return tuple(
        Period(0, PeriodKind.HOLIDAY, name, day, day)
        for day, name in sorted(days.items())
        if any(one.start <= day <= one.end for one in terms) and not any(one.start <= day <= one.end for one in closed)
    )
