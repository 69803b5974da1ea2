"""Closing a week: what is still to settle, signing it off, and opening it again."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial

from desktop_app.actions.alike import Alike
from desktop_app.actions.needs import needs
from desktop_app.actions.roll import Roll, in_order, read_roll
from desktop_app.actions.settle import settle_pupils
from desktop_app.context import Context, own_words
from desktop_app.domain.clock import school_time
from desktop_app.domain.codes import AgeRule, Code
from desktop_app.domain.deeds import Version
from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.errors import Refused
from desktop_app.domain.marks import Mark
from desktop_app.domain.people import Pupil
from desktop_app.domain.progress import Changes, Progress
from desktop_app.domain.rights import Right
from desktop_app.domain.school import ClosedWeek
from desktop_app.domain.sessions import SUNDAY, Session
from desktop_app.domain.week import Finding, Found, Opened, Week
from desktop_app.ports import BookReading, EntriesReading, MarksReading
from desktop_app.rules.arranged import MISSING
from desktop_app.rules.calendar import SchoolCalendar
from desktop_app.rules.display import long_date
from desktop_app.rules.expected import due_sessions, expected_sessions
from desktop_app.rules.open_n import age_of_n
from desktop_app.rules.register import register_closed, session_past
from desktop_app.rules.session_lists import count_words
from desktop_app.rules.standing import Standing
from desktop_app.rules.week import clashes

WEEK, OPENED = "week", "opened"
"""The details of an entry about a week: its Monday, and that it was opened again."""
SHOWN = 10
"""School weeks that are shown, this one the last."""


@needs(Right.READ_REGISTER)
def week(context: Context, day: date) -> Week:
    """The week of a day as it stands now; of what was found, that of the classes which the present user sees."""
    with context.store.reading() as reading:
        monday = SchoolCalendar.monday(day)
        found = _week(context, read_roll(reading.book), reading.book, reading.marks, monday)
        return _shown(context, found, _opened(reading.entries))


@needs(Right.READ_REGISTER)
def one_week(context: Context, day: date) -> Generator[Progress, None, Week]:
    """The same as a generator, for a page that reads it beside the keyboard."""
    return _one_week(context, day)


def _one_week(context: Context, day: date) -> Generator[Progress, None, Week]:
    yield Progress(0, 1, "Reading the week")
    return week(context, day)


@needs(Right.READ_REGISTER)
def weeks(context: Context) -> Generator[Progress, None, tuple[Week, ...]]:
    """The last school weeks, oldest first, this one included; each as `week` shows it. A generator that reads a week at
    a time, so that a register can be taken meanwhile."""
    return _weeks(context)


def _weeks(context: Context) -> Generator[Progress, None, tuple[Week, ...]]:
    with context.store.reading() as reading:
        mondays = read_roll(reading.book).calendar.school_weeks(context.today(), SHOWN)
    found: list[Week] = []
    for number, monday in enumerate(mondays):
        yield Progress(number, len(mondays), "Reading the last weeks")
        found.append(week(context, monday))
    return tuple(found)


def _shown(context: Context, found: Week, opened: Mapping[str, Opened]) -> Week:
    own = tuple(one for one in found.found if context.sees(one.class_name))
    return replace(found, found=own, opened=opened.get(found.monday.isoformat()))


@needs(Right.CLOSE_WEEK)
def check_week(context: Context, day: date) -> None:
    """Refuse, in the same words as `close_week`, a week that could not be signed off now. Writes nothing."""
    with context.store.reading() as reading:
        roll = read_roll(reading.book)
        _check(context, _week(context, roll, reading.book, reading.marks, SchoolCalendar.monday(day)), roll)


@needs(Right.CLOSE_WEEK)
def close_week(context: Context, day: date, note: str = "") -> Changes:
    """Sign off the week of a day. Refused while it still runs, while an N, a gap or a missing note is open (no code is
    ever forced), where it is signed off already, and for whoever sees only some classes. Later changes need the
    attendance lead and a reason."""
    monday = SchoolCalendar.monday(day)
    with context.store.writing(context.deed("close week", note.strip())) as writing:
        roll = read_roll(writing.book)
        settle_pupils(context, writing, roll.pupils.keys(), monday)
        found = _week(context, roll, writing.book, writing.marks, monday)
        _check(context, found, roll)
        writing.book.put(ClosedWeek(0, monday, note.strip()))
        words = f"The week of {long_date(monday)} was signed off"
        details = {WEEK: monday.isoformat()}
        writing.entries.add(
            NewEntry(EntryKind.WEEK_CLOSED, context.now(), (), words, note=note.strip(), details=details)
        )
    return Changes(book=True, entries=True)


@needs(Right.AMEND_CLOSED_WEEK)
def reopen_week(context: Context, day: date, reason: str) -> Changes:
    """Open a week again that was signed off. That it was stays on record, and an entry of its own says who opened it
    again, when and why."""
    if not reason.strip():
        raise Refused("Say why the week is opened again.")
    monday = SchoolCalendar.monday(day)
    with context.store.writing(context.deed("reopen week", reason.strip())) as writing:
        closed = _closed(writing.book, monday)
        if closed is None:
            raise Refused(f"The week of {long_date(monday)} is not signed off.")
        writing.book.remove(closed)
        words = f"The week of {long_date(monday)} was opened again"
        details = {WEEK: monday.isoformat(), OPENED: "yes"}
        writing.entries.add(
            NewEntry(EntryKind.WEEK_CLOSED, context.now(), (), words, note=reason.strip(), details=details)
        )
    return Changes(book=True, entries=True)


def _check(context: Context, found: Week, roll: Roll) -> None:
    when = f"The week of {long_date(found.monday)}"
    if not context.sees_all:
        raise Refused(
            f"{context.staff.name} sees only the children of {own_words(context)}. A week is signed off for the whole "
            "school, by somebody who sees every class."
        )
    if not roll.calendar.sessions(found.monday, found.monday + SUNDAY):
        raise Refused(f"{when} has no session: there is nothing to sign off.")
    if found.signed_off:
        raise Refused(f"{when} was signed off already, by {found.signed_by}.")
    if not found.over:
        raise Refused(f"{when} is not over yet.")
    if found.open:
        counts = (
            count_words(len(found.of(Finding.OPEN_N)), "N still open", "N still open"),
            count_words(len(found.of(Finding.GAP)), "gap", "gaps"),
            count_words(len(found.of(Finding.NOTE)), "missing note", "missing notes"),
        )
        raise Refused(f"{when} cannot be signed off: {', '.join(counts)}. Settle them first.")


def _opened(entries: EntriesReading) -> dict[str, Opened]:
    """The weeks that were opened again and not signed off since, by their Mondays as details have them."""
    found: dict[str, Opened] = {}
    for one in sorted(entries.all(kinds=[EntryKind.WEEK_CLOSED]), key=lambda entry: entry.id):
        monday = one.details.get(WEEK, "")
        found.pop(monday, None)
        if OPENED in one.details:
            found[monday] = Opened(one.author.name, one.happened_at, one.note)
    return found


def closed_version(book: BookReading, monday: date) -> Version[ClosedWeek] | None:
    """Who signed a week off, and when; None where it is not signed off, or by the transaction that is asking."""
    closed = _closed(book, monday)
    known = book.history(ClosedWeek, closed.id) if closed else []
    return known[-1] if known else None


def _closed(book: BookReading, monday: date) -> ClosedWeek | None:
    return next((one for one in book.all(ClosedWeek) if one.monday == monday), None)


def _week(context: Context, roll: Roll, book: BookReading, marks: MarksReading, monday: date) -> Week:
    now, last = context.now(), monday + SUNDAY
    sessions = roll.calendar.sessions(monday, last)
    of_week = marks.between(monday, min(last, now.date()))
    found = sorted(_found(context, roll, of_week, monday), key=_place)
    over = bool(sessions) and session_past(roll.school, sessions[-1], now)
    closed = _closed(book, monday)
    if closed is None:
        return Week(monday, over, tuple(found))
    signed = book.history(ClosedWeek, closed.id)
    if not signed:  # written by the transaction that is asking
        return Week(monday, over, tuple(found), context.user.name, now)
    return Week(monday, over, tuple(found), signed[-1].author.name, school_time(signed[-1].recorded_at))


Stands = tuple[str | None, Standing | None]
"""Why no mark can stand in a session, and what stands there by itself."""


def _found(context: Context, roll: Roll, marks: list[Mark], monday: date) -> Iterator[Found]:
    codes = context.rulebook.codes
    alike: Alike[Stands] = Alike(roll, monday, monday + SUNDAY)
    never = {key for key, one in codes.items() if one.age is not AgeRule.ANY or one.provisional or one.needs_note}
    plain = codes.keys() - never - MISSING.keys()
    today, settle = context.today(), context.rulebook.settle_n.value
    filled: set[tuple[int, Session]] = set()
    for mark in marks:
        child, session = roll.pupils[mark.pupil], Session(mark.day, mark.half)
        filled.add((mark.pupil, session))
        stray, stands = alike.of(child.id, session, partial(_stands, roll, child.id, session, codes))
        if mark.code in plain and stray is None and stands is None:
            continue
        place = alike.settled(child.id) or roll.place(child.id, session.day)
        where = (child, place.class_name if place else "", session, mark.code)
        if codes[mark.code].provisional:
            age = age_of_n(roll.calendar, session, today, settle)
            says = "overdue: O is proposed, a person decides" if age.overdue else "no reason yet"
            yield Found(Finding.OPEN_N, *where, says, age.days, age.due, age.overdue)
        if codes[mark.code].needs_note and not mark.note.strip():
            yield Found(Finding.NOTE, *where, f"{mark.code} needs a note that says what it was")
        for odd in clashes(mark, stray, child.date_of_birth, stands, codes):
            yield Found(Finding.CLASH, *where, odd)
    yield from _gaps(context, roll, alike, filled, monday)


def _stands(roll: Roll, pupil: int, session: Session, codes: Mapping[str, Code]) -> Stands:
    return (roll.why_not(pupil, session), roll.standing(pupil, session, codes))


def _gaps(
    context: Context, roll: Roll, alike: Alike[Stands], filled: set[tuple[int, Session]], monday: date
) -> Iterator[Found]:
    """Sessions without a mark whose registers have closed: expected ones, and any that wait for somebody to say who
    arrived, also outside the timetable. What stands by itself is no gap: it becomes a mark when its session ends."""
    now = context.now()
    last = min(monday + SUNDAY, now.date())
    for child in _on_roll(roll, monday, last):
        known, patterns = roll.memberships.get(child.id, ()), roll.patterns.get(child.id, ())
        place = alike.settled(child.id)
        if place and all(
            (child.id, one) in filled for one in roll.calendar.sessions(monday, last, place.class_name, place.year)
        ):
            continue
        expected = set(expected_sessions(child, known, patterns, roll.calendar, monday, last))
        for session in due_sessions(child, known, roll.calendar, monday, last):
            if (child.id, session) in filled or not register_closed(roll.school, session, now):
                continue
            stands = roll.standing(child.id, session, context.rulebook.codes)
            if (stands is None and session not in expected) or (stands is not None and not stands.confirm):
                continue
            place = roll.place(child.id, session.day)
            says = f"{stands.code} is still to be confirmed" if stands else "no mark"
            yield Found(Finding.GAP, child, place.class_name if place else "", session, "", says)


def _on_roll(roll: Roll, first: date, last: date) -> list[Pupil]:
    return in_order(one for one in roll.pupils.values() if one.on_roll_between(first, last)) if first <= last else []


def _place(found: Found) -> tuple[int, date, int, str]:
    kinds = list(Finding)
    return (kinds.index(found.kind), found.session.day, found.session.half.ordinal, found.pupil.list_name)
