"""Reading a class's week, as the register shows it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import partial

from desktop_app.actions.alike import Alike
from desktop_app.actions.figures import count
from desktop_app.actions.leave_beside import refused_beside
from desktop_app.actions.needs import needs
from desktop_app.actions.roll import Roll, read_roll, school_calendar
from desktop_app.context import Context
from desktop_app.domain.clock import school_time
from desktop_app.domain.codes import Code
from desktop_app.domain.errors import Refused
from desktop_app.domain.figures import NO_FIGURES, Figures
from desktop_app.domain.marks import Mark, MarkChange
from desktop_app.domain.people import Membership, Pupil
from desktop_app.domain.rights import Right
from desktop_app.domain.rulebook import Band
from desktop_app.domain.school import Period
from desktop_app.domain.sessions import HALVES, Half, Session, school_year_end, school_year_start
from desktop_app.ports import Reading
from desktop_app.rules.bands import band_of
from desktop_app.rules.calendar import SchoolCalendar
from desktop_app.rules.names import class_order
from desktop_app.rules.register import in_future, register_closed

SCHOOL_DAYS = 5
LOOK_BACK = timedelta(days=366)


class ColumnState(StrEnum):
    """What a session's register is at this moment."""

    OPEN = "open"
    CLOSED = "closed"
    NO_SCHOOL = "no-school"
    FUTURE = "future"


@dataclass(frozen=True, slots=True)
class Column:
    """One session of the week. `why` says why no register is taken; `taken_by`, `taken_at` (local): who wrote last."""

    session: Session
    state: ColumnState
    why: str
    taken_by: str
    taken_at: datetime | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One pupil's session: the mark, if any, why none can be made (empty: one can), and the code that stands there by
    itself, with what it is about. `confirm`: it waits until a person has said that the child arrived. `refused`: leave
    was asked for and not granted, in words, for those who may read the log."""

    mark: Mark | None
    why: str
    planned: str = ""
    about: str = ""
    confirm: bool = False
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One pupil's week, with the figures since September and the band they fall in."""

    pupil: Pupil
    cells: tuple[Cell, ...]
    figures: Figures
    band: Band | None


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """A class's week: ten sessions from Monday morning to Friday afternoon, and a row for each pupil."""

    class_name: str
    monday: date
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    read_only: bool


@needs(Right.READ_REGISTER)
def classes(context: Context, day: date) -> tuple[str, ...]:
    """The classes that have pupils on a day; out of term the classes of the last or next time there were any.

    A class or supply teacher has those given to them; whoever takes every class, or only reads, has all.
    """
    with context.store.reading() as reading:
        memberships = reading.book.all(Membership)
    names = {one.class_name for one in memberships if one.holds(day) and context.sees(one.class_name)}
    return tuple(sorted(names, key=class_order))


@needs(Right.READ_REGISTER)
def session_at_hand(context: Context) -> Session:
    """The session at which a register opens: today's that is being taken or was taken last; on a day without school
    the last one before it, and before the first term the first one there will be."""
    now = context.now()
    with context.store.reading() as reading:
        book = reading.book
        school = book.school()
        calendar = school_calendar(book.all(Period), school.weekdays)
    today = now.date()
    if before := calendar.sessions(today - LOOK_BACK, today):
        last = before[-1]
        morning = Session(today, Half.AM)
        waiting = last == Session(today, Half.PM) and now < datetime.combine(today, school.pm.opens)
        return morning if waiting and calendar.closed(morning) is None else last
    after = calendar.sessions(today, today + LOOK_BACK)
    return after[0] if after else Session(today, Half.AM)


@needs(Right.READ_REGISTER)
def page(context: Context, class_name: str, monday: date) -> RegisterPage:
    """A class's week, from any day in it. Refused where the class is not given to the present user."""
    context.require_class(class_name)
    monday = SchoolCalendar.monday(monday)
    friday = SchoolCalendar.friday(monday)
    with context.store.reading() as reading:
        roll = read_roll(reading.book)
        pupils = roll.in_class(class_name, monday, friday)
        keys = [pupil.id for pupil in pupils]
        sessions = [Session(monday + timedelta(days=n), half) for n in range(SCHOOL_DAYS) for half in HALVES]
        taken = reading.marks.last_changes(keys, monday, friday)
        columns = tuple(_column(context, roll, class_name, keys, session, taken.get(session)) for session in sessions)
        rows = _rows(context, reading, roll, columns, class_name, keys)
    closed_to_typing = context.store.read_only or not roll.school.is_register
    return RegisterPage(class_name, monday, columns, rows, closed_to_typing)


@needs(Right.READ_REGISTER)
def row(context: Context, shown: RegisterPage, pupil: int) -> Row:
    """One row of a shown page, read again after a mark was made. Refused for a child of another class."""
    context.require_class(shown.class_name)
    first, last = shown.columns[0].session.day, shown.columns[-1].session.day
    with context.store.reading() as reading:
        roll = read_roll(reading.book)
        if pupil not in {one.id for one in roll.in_class(shown.class_name, first, last)}:
            raise Refused(f"That child is not in {shown.class_name} in that week.")
        return _rows(context, reading, roll, shown.columns, shown.class_name, [pupil])[0]


def _column(
    context: Context, roll: Roll, class_name: str, pupils: Collection[int], session: Session, last: MarkChange | None
) -> Column:
    now = context.now()
    year = next((place.year for key in pupils if (place := roll.place(key, session.day))), "")
    why = roll.calendar.closed(session, class_name, year)
    if why:
        return Column(session, ColumnState.NO_SCHOOL, why, "", None)
    if in_future(roll.school, session, now):
        return Column(session, ColumnState.FUTURE, "in the future", "", None)
    state = ColumnState.CLOSED if register_closed(roll.school, session, now) else ColumnState.OPEN
    if last is None:
        return Column(session, state, "", "", None)
    taken_at = school_time(last.recorded_at)
    return Column(session, state, "", last.author.name, taken_at)


def _rows(
    context: Context,
    reading: Reading,
    roll: Roll,
    columns: tuple[Column, ...],
    class_name: str,
    pupils: Collection[int],
) -> tuple[Row, ...]:
    first, last = columns[0].session.day, columns[-1].session.day
    marks: defaultdict[int, list[Mark]] = defaultdict(list)
    for mark in reading.marks.between(first, last, list(pupils)):
        marks[mark.pupil].append(mark)
    until = min(context.today(), school_year_end(last))
    since = school_year_start(min(last, until))
    figures_seen = context.may(Right.READ_FIGURES)  # a supply teacher sees names and marks, and no more of a child
    counted = count(context, reading, roll, since, until, pupils) if figures_seen else {}
    bands = context.pack(roll.school).bands if figures_seen else ()
    weeks = _cells(roll, columns, class_name, context.rulebook.codes, {key: marks[key] for key in pupils})
    if context.may(Right.READ_LOG):
        beside = refused_beside(context, reading, pupils, first, last)
        weeks = (_with_refused(beside, columns, key, cells) for key, cells in zip(pupils, weeks, strict=True))
    return tuple(
        Row(roll.pupils[key], cells, figures := counted.get(key, NO_FIGURES), band_of(figures, bands))
        for key, cells in zip(pupils, weeks, strict=True)
    )


def _with_refused(
    beside: Mapping[tuple[int, Session], str], columns: Sequence[Column], pupil: int, cells: tuple[Cell, ...]
) -> tuple[Cell, ...]:
    """A week with what stands beside the sessions for which leave was asked for and not granted."""
    if not any(key == pupil for key, _ in beside):
        return cells
    words = (beside.get((pupil, column.session), "") for column in columns)
    return tuple(replace(cell, refused=said) for cell, said in zip(cells, words, strict=True))


def _cells(
    roll: Roll,
    columns: Sequence[Column],
    class_name: str,
    codes: Mapping[str, Code],
    pupils: Mapping[int, Iterable[Mark]],
) -> Iterator[tuple[Cell, ...]]:
    """The week of each pupil, who has those marks in it. Before its marks are put in it is the same for all who have
    nothing of their own that week."""
    alike: Alike[tuple[Cell, ...]] = Alike(roll, columns[0].session.day, columns[-1].session.day)

    def placed(pupil: int, marks: Mapping[Session, Mark]) -> tuple[Cell, ...]:
        return tuple(_cell(roll, marks.get(one.session), codes, class_name, one, pupil) for one in columns)

    for pupil, marks in pupils.items():
        place = alike.settled(pupil)
        if place is None or place.class_name != class_name:
            yield placed(pupil, {Session(mark.day, mark.half): mark for mark in marks})
            continue
        cells = list(alike.of(pupil, None, partial(placed, pupil, {})))
        for mark in marks:
            at = 2 * mark.day.weekday() + (mark.half is Half.PM)
            cells[at] = Cell(mark, cells[at].why)
        yield tuple(cells)


def _cell(
    roll: Roll, mark: Mark | None, codes: Mapping[str, Code], class_name: str, column: Column, pupil: int
) -> Cell:
    session = column.session
    if column.state is ColumnState.NO_SCHOOL:
        return Cell(mark, column.why)
    why = roll.why_not(pupil, session)
    if why:
        return Cell(mark, why)
    place = roll.place(pupil, session.day)
    if place is not None and place.class_name != class_name:
        return Cell(mark, f"in class {place.class_name} that day")
    found = roll.standing(pupil, session, codes) if mark is None else None
    if found is None:
        return Cell(mark, column.why)
    return Cell(mark, column.why, found.code, found.note, found.confirm)
