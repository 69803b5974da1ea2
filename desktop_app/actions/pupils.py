"""Reading pupils: the list with figures and bands, and one pupil's page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from desktop_app.actions.families import Families, namable, read_families
from desktop_app.actions.figures import PupilFigures, count, figures_of_pupil
from desktop_app.actions.needs import needs
from desktop_app.actions.own_children import check_children
from desktop_app.actions.protected import held_from
from desktop_app.actions.roll import Roll, in_order, read_roll
from desktop_app.context import Context
from desktop_app.domain.entries import Entry
from desktop_app.domain.errors import Refused
from desktop_app.domain.figures import Figures
from desktop_app.domain.marks import Mark
from desktop_app.domain.people import Flag, Pupil
from desktop_app.domain.rights import Right
from desktop_app.domain.rulebook import Band
from desktop_app.domain.sessions import HALVES, Half, Session, school_year_end, school_year_start
from desktop_app.ports import Reading
from desktop_app.rules.chronology import UNNAMED, sealed
from desktop_app.rules.contacts import ContactCard
from desktop_app.rules.display import session_words
from desktop_app.rules.groups import by_pupil, flag_words, in_force, is_said, may_read
from desktop_app.rules.register import not_begun


@dataclass(frozen=True, slots=True)
class PupilRow:
    """One pupil in the list, with the figures since September."""

    pupil: Pupil
    class_name: str
    year: str
    figures: Figures
    band: Band | None
    persistent: bool | None
    severe: bool | None
    too_early: bool
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SiblingCard:
    """A brother or sister at this school."""

    pupil: Pupil
    class_name: str
    figures: Figures
    band: Band | None


@dataclass(frozen=True, slots=True)
class DayCell:
    """One session of the year's calendar. `state` is mark, blank, closed, future or off-roll; `words` say all of it."""

    code: str
    state: str
    words: str


@dataclass(frozen=True, slots=True)
class YearDay:
    """One weekday of the year's calendar."""

    day: date
    am: DayCell
    pm: DayCell


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One entry of the chronology with the names of whom it was with."""

    entry: Entry
    with_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PupilPage:
    """Everything the page of one pupil shows, all of one moment. `since` is the day the figures begin; they are those
    from `year_first` to `until`. Flags of social care are left out for who may not read them."""

    pupil: Pupil
    class_name: str
    year: str
    flags: tuple[Flag, ...]
    contacts: tuple[ContactCard, ...]
    siblings: tuple[SiblingCard, ...]
    figures: Figures
    minutes_late: int
    band: Band | None
    persistent: bool | None
    severe: bool | None
    too_early: bool
    since: date
    year_first: date
    until: date
    days: tuple[YearDay, ...]
    chronology: tuple[EntryLine, ...]


@needs(Right.READ_PUPIL)
def pupil_list(context: Context) -> tuple[PupilRow, ...]:
    """Everyone on roll today, in the order of the register, with the figures since 1 September."""
    today = context.today()
    since = school_year_start(today)
    flags: defaultdict[int, list[str]] = defaultdict(list)
    with context.store.reading() as reading:
        for pupil, of in by_pupil(reading.book.all(Flag)).items():
            said = (one for one in in_force(of, today) if is_said(one))
            flags[pupil] = [flag_words(one) for one in said if may_read(one, reads_care=context.reads_care)]
        roll = read_roll(reading.book)
        on_roll = in_order(pupil for pupil in roll.pupils.values() if pupil.on_roll(today))
        counted = count(context, reading, roll, since, today, [pupil.id for pupil in on_roll])
        held = held_from(context, reading.book)
    rows = (figures_of_pupil(context, roll, held.of_child(pupil), counted, today) for pupil in on_roll)
    return tuple(_list_row(row, flags) for row in rows if context.sees(row.class_name))


def _list_row(row: PupilFigures, flags: Mapping[int, list[str]]) -> PupilRow:
    return PupilRow(
        row.pupil,
        row.class_name,
        row.year,
        row.figures,
        row.band,
        row.persistent,
        row.severe,
        row.too_early,
        tuple(flags.get(row.pupil.id, ())),
    )


@needs(Right.READ_PUPIL)
def pupil_page(context: Context, pupil: int) -> PupilPage:
    """One pupil's page, without protected addresses for those who may not see them. Raises `Refused` for a pupil not in
    the book, and for one whom the present user does not see."""
    today = context.today()
    with context.store.reading() as reading:
        roll = read_roll(reading.book)
        if pupil not in roll.pupils:
            raise Refused("That pupil is not in this school’s book.")
        child = roll.pupils[pupil]
        check_children(context, roll, [pupil])
        until = today if child.leaving_day is None else min(today, child.leaving_day)
        since = school_year_start(until)
        families = read_families(reading.book, today)
        siblings = families.siblings(pupil)
        counted = count(context, reading, roll, since, until, {pupil, *siblings})
        marks = reading.marks.between(since, until, [pupil])
        own = figures_of_pupil(context, roll, child, counted, until)
        held = held_from(context, reading.book)
        cards = _siblings(context, roll, families, pupil, counted, until)
        return PupilPage(
            pupil=held.of_child(child),
            class_name=own.class_name,
            year=own.year,
            flags=tuple(
                one
                for one in in_force((flag for flag in reading.book.all(Flag) if flag.pupil == pupil), until)
                if is_said(one) and may_read(one, reads_care=context.reads_care)
            ),
            contacts=tuple(map(held.of_card, families.of(pupil))),
            siblings=tuple(replace(one, pupil=held.of_child(one.pupil)) for one in cards),
            figures=own.figures,
            minutes_late=sum(mark.minutes or 0 for mark in marks),
            band=own.band,
            persistent=own.persistent,
            severe=own.severe,
            too_early=own.too_early,
            since=max(since, child.starting_day),
            year_first=since,
            until=until,
            days=_year(context, roll, child, marks, since, until),
            chronology=_chronology(reading, pupil) if context.may(Right.READ_LOG) else (),
        )


def _siblings(
    context: Context, roll: Roll, families: Families, pupil: int, counted: Mapping[int, Figures], until: date
) -> tuple[SiblingCard, ...]:
    on_roll = in_order(roll.pupils[key] for key in families.siblings(pupil) if roll.pupils[key].on_roll(until))
    rows = (figures_of_pupil(context, roll, child, counted, until) for child in on_roll)
    seen = (row for row in rows if context.sees(row.class_name))
    return tuple(SiblingCard(row.pupil, row.class_name, row.figures, row.band) for row in seen)


def _chronology(reading: Reading, pupil: int) -> tuple[EntryLine, ...]:
    entries = reading.entries.of(pupil)
    by_id = {one.id: one for one in entries}
    shown = [one for one in entries if not sealed(one, by_id)]
    names = namable(reading.book, {pupil})
    return tuple(EntryLine(one, tuple(names.get(key, UNNAMED) for key in one.persons)) for one in shown)


def _year(
    context: Context, roll: Roll, child: Pupil, marks: list[Mark], first: date, until: date
) -> tuple[YearDay, ...]:
    """Every weekday of the school year from the Monday of its first week."""
    by_session = {Session(mark.day, mark.half): mark for mark in marks}
    monday = roll.calendar.monday(first)
    last = school_year_end(first)
    days = [monday + timedelta(days=n) for n in range((last - monday).days + 1)]
    cells = {
        Session(day, half): _cell(context, roll, child, by_session.get(Session(day, half)), Session(day, half), until)
        for day in days
        if day.weekday() < 5
        for half in HALVES
    }
    return tuple(
        YearDay(day, cells[Session(day, Half.AM)], cells[Session(day, Half.PM)]) for day in days if day.weekday() < 5
    )


def _cell(context: Context, roll: Roll, child: Pupil, mark: Mark | None, session: Session, until: date) -> DayCell:
    when = session_words(session)
    if mark is not None:
        code = context.rulebook.codes[mark.code]
        late = f", {mark.minutes} minutes late" if mark.minutes else ""
        return DayCell(mark.code, "mark", f"{when}: {mark.code}, {code.title}, {code.counts.words}{late}")
    place = roll.place(child.id, session.day)
    closed = roll.calendar.closed(session, place.class_name if place else "", place.year if place else "")
    if closed:
        return DayCell("#", "closed", f"{when}: {closed}")
    if not child.on_roll(session.day):
        return DayCell("", "off-roll", f"{when}: not on roll")
    if session.day > until or session in not_begun(roll.school, context.now()):
        return DayCell("", "future", f"{when}: to come")
    return DayCell("", "blank", f"{when}: no mark")
