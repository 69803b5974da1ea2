"""The hatch: late arrivals, and signing out and in during the day. It tells of one child at a time and lists nobody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from desktop_app.actions.closing_minute import closing_minute_late
from desktop_app.actions.families import Families, read_families
from desktop_app.actions.needs import needs
from desktop_app.actions.register import Written, write
from desktop_app.actions.register_checks import Edit
from desktop_app.actions.roll import read_roll
from desktop_app.actions.whereabouts import signed_out
from desktop_app.context import Context
from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.errors import Refused
from desktop_app.domain.people import Person, Pupil, Tie
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.domain.sessions import Half, Session
from desktop_app.ports import BookReading, Writing
from desktop_app.rules.codes import in_building
from desktop_app.rules.display import clock_time
from desktop_app.rules.hatch import LateReason, arrival, matching, same_name
from desktop_app.rules.register import session_past

ARRIVED = "Arrived"
"""How the reason of every mark begins that the hatch wrote for a child who came."""


@dataclass(frozen=True, slots=True)
class Child:
    """The one child that is meant: name and class, and since when it is signed out (None: it is in)."""

    pupil: int
    name: str
    class_name: str
    out_since: time | None


@dataclass(frozen=True, slots=True)
class Sought:
    """What was typed at the hatch: the child, where it can be only one; else `count` children begin so."""

    child: Child | None
    count: int


@dataclass(frozen=True, slots=True)
class Came:
    """A late arrival: what was written (None: nothing was), the time, and a sentence that names nobody."""

    written: Written | None
    at: time
    words: str


@needs(Right.HATCH)
def seek(context: Context, typed: str) -> Sought:
    """The child on roll whose name begins so. It never picks between two: then only their number is told."""
    now = context.now()
    with context.store.reading() as reading:
        roll = read_roll(reading.book)
        found = matching((one for one in roll.pupils.values() if one.on_roll(now.date())), typed)
        if len(found) != 1:
            return Sought(None, len(found))
        place = roll.place(found[0].id, now.date())
        since = signed_out(reading.entries, now).get(found[0].id)
        return Sought(Child(found[0].id, found[0].name, place.class_name if place else "", since), 1)


@needs(Right.HATCH)
def arrive(context: Context, pupil: int, reason: LateReason, said: str = "") -> tuple[Came, Changes]:
    """Write a late arrival, time stamped now: L while the register is open, the code of its reason after. A mark that
    says the child is here already is left alone, and so is one whose session has ended. Who was signed out is signed in
    again first: the roll-call goes by that."""
    if reason.asks and not said.strip():
        raise Refused("Say in a word what it was.")
    now = context.now()
    with context.store.reading() as reading:
        session = _at_hand(reading.book, now)
        roll = read_roll(reading.book)
        if closed := roll.why_not(pupil, session):
            raise Refused(f"There is no register for this child now: {closed}.")
        if out := signed_out(reading.entries, now).get(pupil):
            raise Refused(f"The child was signed out at {clock_time(out)}: press O when it is back.")
        standing = reading.marks.at(pupil, session)
        minute_late = closing_minute_late(reading.book)
    codes = context.rulebook.codes
    if standing is not None and codes[standing.code].counts.attended and not codes[standing.code].elsewhere:
        raise Refused(f"The register has {standing.code} already: it says that the child is here.")
    found = arrival(roll.school, session, now.time(), reason, closing_minute_late=minute_late)
    if not found.code:
        return Came(None, now.time(), found.why), Changes()
    note = said.strip() or reason.words
    edit = Edit(pupil, session, found.code, found.minutes, note)
    (written,), changes = write(context, [edit], f"{ARRIVED} {clock_time(now)}: {note}")
    return Came(written, now.time(), _words(written, now)), changes


@needs(Right.HATCH)
def sign_out(context: Context, pupil: int, reason: str, by: str, agreed_by: str = "") -> tuple[int, Changes]:
    """Record that a child leaves during the day: why, and who collects (empty: goes alone). It changes no mark.

    Whoever may not collect is refused, and so is a name that is no contact, unless somebody in school has agreed to it
    by name. What is said of a person kept from the child by order is the same as of any other: call the safeguarding
    lead. Whoever the register says is not here is not signed out without a word either: was it the right child?
    """
    if not reason.strip():
        raise Refused("Say why the child leaves.")
    now = context.now()
    with context.store.writing(context.deed("sign out")) as writing:
        _check_child(writing.book, pupil, now)
        if pupil in signed_out(writing.entries, now):
            raise Refused("The child is signed out already.")
        families = read_families(writing.book, now.date())
        person = _collector(writing.book, families, pupil, by, agreed_by)
        if not agreed_by.strip():
            _check_here(context, writing, pupil, now)
        details = {"by": by.strip() or "nobody: goes alone", "reason": reason.strip()}
        if agreed_by.strip():
            details["agreed_by"] = agreed_by.strip()
        persons = (person,) if person else ()
        words = f"Left at {clock_time(now)}: {reason.strip()}"
        entry = writing.entries.add(NewEntry(EntryKind.SIGNED_OUT, now, (pupil,), words, persons, details=details))
    return entry, Changes(entries=True, pupils=frozenset({pupil}))


@needs(Right.HATCH)
def sign_in(context: Context, pupil: int) -> tuple[int, Changes]:
    """Record that a child who was signed out is back. It changes no mark."""
    now = context.now()
    with context.store.writing(context.deed("sign in")) as writing:
        if pupil not in signed_out(writing.entries, now):
            raise Refused("The child was not signed out today.")
        entry = writing.entries.add(NewEntry(EntryKind.SIGNED_IN, now, (pupil,), f"Back at {clock_time(now)}"))
    return entry, Changes(entries=True, pupils=frozenset({pupil}))


def _at_hand(book: BookReading, now: datetime) -> Session:
    return Session(now.date(), Half.AM if now.time() < book.school().pm.opens else Half.PM)


def _check_here(context: Context, writing: Writing, pupil: int, now: datetime) -> None:
    """Refuse a child whom the register of this session has absent, unless its mark is the hatch’s own: it came."""
    session = _at_hand(writing.book, now)
    mark = writing.marks.at(pupil, session)
    if mark is None or session_past(writing.book.school(), session, now):
        return
    code = context.rulebook.codes[mark.code]
    if code.counts.attended or in_building(code):
        return
    newest = writing.marks.last_change([pupil], session)
    if newest is None or not newest.reason.startswith(ARRIVED):
        raise Refused(
            f"The register has {code.key} for this session: it says that the child is not here. If it came late, press "
            "Esc and enter that first, with L; if it was here all along, type who in school says so."
        )


def _words(written: Written, now: datetime) -> str:
    late = f", {written.edit.minutes} minutes late" if written.edit.minutes else ""
    return f"{clock_time(now)}: {written.edit.code}{late}"


def _check_child(book: BookReading, pupil: int, now: datetime) -> None:
    child = book.get(Pupil, pupil)
    if child is None or not child.on_roll(now.date()):
        raise Refused("That child is not on roll today.")


def _collector(book: BookReading, families: Families, pupil: int, by: str, agreed_by: str) -> int | None:
    """Who collects, as a contact; None for nobody, or for somebody the school has agreed to. Raises `Refused`."""
    if not by.strip():
        return None
    barred = (
        f"{by.strip()} is not down to collect this child. Keep the child here and call the safeguarding lead or the "
        "headteacher; where one of them agrees, type who agreed."
    )
    kept_away = {tie.person for tie in book.all(Tie) if tie.pupil == pupil and tie.no_contact}
    if any(same_name(one.full_name, by) for one in book.all(Person) if one.id in kept_away):
        raise Refused(barred)
    known = [card for card in families.of(pupil) if same_name(card.person.full_name, by)]
    if any(card.tie.may_collect for card in known):
        return next(card.person.id for card in known if card.tie.may_collect)
    if known or not agreed_by.strip():
        raise Refused(barred)
    return None
