"""The admission register: admitting, correcting, moving between classes; leaving it is in `actions/leaving.py`."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, timedelta

from desktop_app.actions.families import read_families
from desktop_app.actions.needs import needs
from desktop_app.actions.own_children import check_children, sees_child
from desktop_app.actions.protected import held_from
from desktop_app.actions.roll import Roll, read_roll
from desktop_app.actions.signed_off import check_signed_off
from desktop_app.context import Context
from desktop_app.domain.admission import NewContact
from desktop_app.domain.deeds import Version
from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.errors import Refused
from desktop_app.domain.people import Channel, ChannelKind, Membership, Person, Pupil
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.exchange.values import Unreadable, read_name, read_year
from desktop_app.ports import BookReading, Writing
from desktop_app.rules.admission import asked_for, child_fault, clash_fault, contact_fault, place_fault
from desktop_app.rules.contacts import ContactCard
from desktop_app.rules.display import date_year
from desktop_app.rules.protected import HELD

ONE_DAY = timedelta(days=1)
ALL_TIME = date(1900, 1, 1)
NOT_ON_REGISTER = "That pupil is not on the admission register."


@needs(Right.ADMIT)
def admit(
    context: Context,
    child: Pupil,
    class_name: str,
    year: str,
    contacts: Sequence[NewContact] = (),
    *,
    agreed_before: bool = False,
) -> tuple[int, tuple[str, ...], Changes]:
    """Put a child on the admission register from the agreed first day of attendance; the id, and what is still asked
    for (SI 2024/208 regulation 8: an emergency number of each parent the pupil lives with; more than one is prompted).
    A starting day that is past is refused unless it had been agreed before it came, and one in a
    signed-off week asks for the right to change it. Raises `Refused`."""
    child, year = tidy(child), _year(year)
    _refuse(child_fault(child) or place_fault(class_name, year))
    if child.starting_day < context.today() and not agreed_before:
        raise Refused(
            f"{date_year(child.starting_day)} is past. A child starts today or later, unless that day had been agreed "
            "before it came: say so."
        )
    with context.store.writing(context.deed("admit")) as writing:
        _refuse(clash_fault(child, writing.book.all(Pupil)))
        roll = read_roll(writing.book)
        pupil = writing.book.put(replace(child, id=0, leaving_day=None, leaving_ground=""))
        writing.book.put(Membership(0, pupil, class_name.strip(), year.strip(), child.starting_day))
        check_signed_off(context, writing.book, roll, {pupil})
        for contact in contacts:
            put_contact(context, writing, pupil, contact)
        words = f"On roll from {date_year(child.starting_day)}, class {class_name.strip()}"
        details = {"agreed": "before the starting day"} if child.starting_day < context.today() else {}
        writing.entries.add(NewEntry(EntryKind.ADMISSION, context.now(), (pupil,), words, details=details))
        asked = asked_for(child, read_families(writing.book, context.today()).of(pupil))
    return pupil, asked, Changes(book=True, entries=True, pupils=frozenset({pupil}))


@needs(Right.ADMIT)
def asked_before(context: Context, child: Pupil, contacts: Sequence[NewContact]) -> tuple[str, ...]:
    """What would still be asked for if the child were admitted so: said before it is done."""
    with context.store.reading() as reading:
        cards = [_as_card(reading.book, contact) for contact in contacts if not contact.tie.no_contact]
    return asked_for(child, cards)


@needs(Right.READ_PUPIL)
def still_asked(context: Context, pupil: int) -> tuple[str, ...]:
    """What the admission register still lacks of a child, in words."""
    with context.store.reading() as reading:
        child = reading.book.get(Pupil, pupil)
        if child is None:
            raise Refused(NOT_ON_REGISTER)
        check_children(context, read_roll(reading.book), [pupil])
        return asked_for(child, read_families(reading.book, context.today()).of(pupil))


@needs(Right.READ_PUPIL)
def to_come(context: Context) -> tuple[Pupil, ...]:
    """Who is on the admission register and has not started, the first to start first; of the children whom the present
    user sees."""
    with context.store.reading() as reading:
        roll, held = read_roll(reading.book), held_from(context, reading.book)
    waiting = [one for one in roll.pupils.values() if one.starting_day > context.today()]
    later = [held.of_child(one) for one in waiting if sees_child(context, roll, one.id)]
    return tuple(sorted(later, key=lambda one: (one.starting_day, one.list_name, one.id)))


@needs(Right.ADMIT)
def correct(context: Context, changed: Pupil, since: date | None = None) -> Changes:
    """Change a child's particulars from a day (today where none is given); every earlier version is kept. Leaving has
    a deed of its own, and an address that is held from the present user stays as it is. Raises `Refused`, as for a
    starting day after the first mark."""
    changed = tidy(changed)
    _refuse(child_fault(changed))
    if since is not None and since > context.today():
        raise Refused(f"{date_year(since)} is to come: particulars change today or from an earlier day.")
    with context.store.writing(context.deed("correct particulars")) as writing:
        before = writing.book.get(Pupil, changed.id)
        if before is None:
            raise Refused(NOT_ON_REGISTER)
        if changed.address == HELD or held_from(context, writing.book).holds_child(before):
            changed = replace(changed, address=before.address)
        if (before.leaving_day, before.leaving_ground) != (changed.leaving_day, changed.leaving_ground):
            raise Refused("A pupil leaves on one of the grounds of the law, not by a correction.")
        if replace(changed, since=before.since) == before:
            return Changes()
        _refuse(clash_fault(changed, writing.book.all(Pupil)))
        roll = read_roll(writing.book)
        if changed.starting_day != before.starting_day:
            _start_anew(writing, before, changed)
        writing.book.put(replace(changed, since=since or context.today()))
        check_signed_off(context, writing.book, roll, {changed.id})
    return Changes(book=True, pupils=frozenset({changed.id}))


def _start_anew(writing: Writing, before: Pupil, changed: Pupil) -> None:
    """The first class begins with the starting day, which is no later than the first mark and before the last day."""
    start = changed.starting_day
    marks = writing.marks.between(ALL_TIME, start - ONE_DAY, [changed.id])
    if marks:
        raise Refused(f"There is a mark of {date_year(marks[0].day)}: the starting day cannot be after it.")
    if changed.leaving_day is not None and changed.leaving_day < start:
        raise Refused(f"{changed.name} left on {date_year(changed.leaving_day)}: the starting day cannot be after it.")
    known = sorted(
        (one for one in writing.book.all(Membership) if one.pupil == changed.id), key=lambda one: (one.first, one.id)
    )
    for one in known:
        if one.last is not None and one.last < start:
            writing.book.remove(one)
        elif one.first < start or one.first == before.starting_day:
            writing.book.put(replace(one, first=start))


@needs(Right.ADMIT)
def move(context: Context, pupils: Collection[int], class_name: str, year: str, first: date) -> Changes:
    """Move children to a class and year group from a day. Figures of the time before stay with the class they had.
    From a day in a signed-off week it asks for the right to change one."""
    year = _year(year)
    _refuse(place_fault(class_name, year))
    with context.store.writing(context.deed("move class")) as writing:
        roll = read_roll(writing.book)
        for key in pupils:
            _refuse(_move_fault(roll, key, first))
            new = Membership(0, key, class_name.strip(), year.strip(), first, roll.pupils[key].leaving_day)
            put_membership(writing, roll.memberships.get(key, ()), new)
        check_signed_off(context, writing.book, roll, pupils)
    return Changes(book=True, pupils=frozenset(pupils))


def _move_fault(roll: Roll, pupil: int, first: date) -> str | None:
    child = roll.pupils.get(pupil)
    if child is None:
        return NOT_ON_REGISTER
    if first < child.starting_day:
        return f"{child.name} starts only on {date_year(child.starting_day)}."
    left = child.leaving_day is not None and child.leaving_day < first
    return f"{child.name} left on {date_year(child.leaving_day)}." if left and child.leaving_day else None


def put_membership(writing: Writing, known: Sequence[Membership], new: Membership) -> None:
    """Let a membership begin: the one before ends the day before, and what was to begin later is taken back."""
    for one in known:
        if one.first >= new.first:
            writing.book.remove(one)
        elif one.last is None or one.last >= new.first:
            writing.book.put(replace(one, last=new.first - ONE_DAY))
    writing.book.put(new)


@needs(Right.READ_PUPIL)
def particulars_history(context: Context, pupil: int) -> tuple[Version[Pupil], ...]:
    """Every version of a child's particulars, oldest first, with who recorded it and when; without any address, where
    one of them is protected and the present user may not see it."""
    with context.store.reading() as reading:
        check_children(context, read_roll(reading.book), [pupil])
        known, held = reading.book.history(Pupil, pupil), held_from(context, reading.book)
    if not any(held.holds_child(one.fact) for one in known):
        return tuple(known)
    return tuple(replace(one, fact=replace(one.fact, address=HELD)) for one in known)


def put_contact(context: Context, writing: Writing, pupil: int, contact: NewContact) -> int:
    """Put a contact down with a child; the id of the tie. Raises `Refused`, and `NotAllowed` where the contact is said
    to be kept away: who may have no contact is said by the head or the safeguarding lead alone."""
    person = replace(contact.person, full_name=_name(contact.person.full_name))
    _refuse(contact_fault(person, contact.tie, contact.phones))
    if contact.tie.no_contact:
        context.require(Right.NO_CONTACT)
    key = contact.person.id or writing.book.put(replace(person, id=0))
    tie = writing.book.put(replace(contact.tie, id=0, pupil=pupil, person=key))
    known = [one for one in writing.book.all(Channel) if one.person == key]
    held = {one.value for one in known}
    after = max((one.priority for one in known), default=0)
    given = [(ChannelKind.PHONE, one.strip()) for one in contact.phones]
    given += [(ChannelKind.EMAIL, one.strip()) for one in contact.emails]
    new = [(kind, value) for kind, value in dict.fromkeys(given) if value and value not in held]
    writing.book.put_many(
        Channel(0, key, kind, value, priority=place) for place, (kind, value) in enumerate(new, after + 1)
    )
    return tie


def tidy(child: Pupil) -> Pupil:
    """The child with the names on one line each. Raises `Refused` for what no name may hold (see `exchange`)."""
    names = ("legal_surname", "legal_forename", "middle_names", "used_surname", "used_forename")
    return replace(child, **{key: _name(getattr(child, key)) for key in names})


def _name(text: str) -> str:
    try:
        return read_name(text)
    except Unreadable as fault:
        raise Refused(str(fault)) from None


def _year(text: str) -> str:
    """A year group from `Year 4`, `Reception` and the like; what is none is left, and refused."""
    try:
        return read_year(text)
    except Unreadable:
        return text


def _as_card(book: BookReading, contact: NewContact) -> ContactCard:
    known = [one for one in book.all(Channel) if contact.person.id and one.person == contact.person.id]
    new = [Channel(0, 0, ChannelKind.PHONE, number.strip()) for number in contact.phones if number.strip()]
    person = book.get(Person, contact.person.id) if contact.person.id else None
    return ContactCard(person or contact.person, contact.tie, (*known, *new))


def _refuse(fault: str | None) -> None:
    if fault is not None:
        raise Refused(fault)
