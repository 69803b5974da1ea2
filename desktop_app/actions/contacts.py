"""A child's parents and other contacts: put down, corrected, ended; and who may have no contact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from desktop_app.actions.admission import NOT_ON_REGISTER, ONE_DAY, put_contact
from desktop_app.actions.needs import needs
from desktop_app.actions.own_children import check_children
from desktop_app.actions.protected import held_from
from desktop_app.actions.roll import read_roll
from desktop_app.context import Context
from desktop_app.domain.admission import NewContact
from desktop_app.domain.errors import Refused
from desktop_app.domain.people import Channel, ChannelKind, Person, Pupil, Tie
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.ports import BookReading, Writing
from desktop_app.rules.admission import contact_fault
from desktop_app.rules.contacts import ContactCard
from desktop_app.rules.display import date_year
from desktop_app.rules.hatch import same_name
from desktop_app.rules.protected import HELD


@needs(Right.READ_PUPIL)
def contact_cards(context: Context, pupil: int) -> tuple[ContactCard, ...]:
    """A child's contacts as they may be changed, in the order to call. Who may have no contact is among them only for
    those who may change that, and a protected address is held back from those who may not see it."""
    today = context.today()
    with context.store.reading() as reading:
        check_children(context, read_roll(reading.book), [pupil])
        ties = [tie for tie in reading.book.all(Tie) if tie.pupil == pupil and tie.holds(today)]
        cards = [_card(reading.book, tie) for tie in ties if not tie.no_contact or context.may(Right.NO_CONTACT)]
        held = held_from(context, reading.book)
    shown = [held.of_card(card) for card in cards]
    return tuple(sorted(shown, key=lambda card: (card.tie.priority, card.tie.id)))


@needs(Right.ADMIT)
def add_contact(context: Context, pupil: int, contact: NewContact) -> tuple[int, Changes]:
    """Put another contact down with a child, last in the order to call unless it says otherwise (then those from that
    place on come after); the id of the tie. A brother's or sister's contact is named by the person's id, and nothing of
    theirs is changed by it. Who is kept from the child, and who is a contact already, is refused in the same words to
    those who are not shown who is kept away."""
    if contact.tie.no_contact:
        context.require(Right.NO_CONTACT)
    with context.store.writing(context.deed("add contact")) as writing:
        if writing.book.get(Pupil, pupil) is None:
            raise Refused(NOT_ON_REGISTER)
        known = [one for one in writing.book.all(Tie) if one.pupil == pupil and one.holds(context.today())]
        _check_new(context, writing.book, known, contact.person)
        place = contact.place or max((one.priority for one in known), default=0) + 1
        if any(one.priority == place for one in known):
            later = [one for one in known if one.priority >= place]
            writing.book.put_many(replace(one, priority=one.priority + 1) for one in later)
        first = contact.tie.first or context.today()
        tie = put_contact(
            context, writing, pupil, replace(contact, tie=replace(contact.tie, priority=place, first=first))
        )
    return tie, Changes(book=True, pupils=frozenset({pupil}))


@needs(Right.ADMIT)
def correct_contact(context: Context, tie: Tie, person: Person, channels: Sequence[Channel]) -> Changes:
    """Change what is known of a contact and of what the school may do: a whole card, as `contact_cards` gave it and a
    person changed it. Numbers and addresses that are no longer among the `channels` are taken away. The person is the
    same for brothers and sisters. Every earlier version is kept."""
    phones = [one.value for one in channels if one.kind is ChannelKind.PHONE]
    fault = contact_fault(person, tie, phones)
    if fault:
        raise Refused(fault)
    with context.store.writing(context.deed("correct contact")) as writing:
        before, known = _standing(writing, tie.id)
        if before.no_contact:
            context.require(Right.NO_CONTACT)
        if tie.no_contact != before.no_contact:
            raise Refused("Who may have no contact has a deed of its own.")
        if person.protected_address != known.protected_address or person.address != known.address:
            person = _address_changed(context, known, person)
        fixed = replace(tie, pupil=before.pupil, person=before.person)
        if fixed != before:
            writing.book.put(fixed)
        if replace(person, id=known.id, since=known.since) != known:
            writing.book.put(replace(person, id=known.id, since=context.today()))
        _put_channels(context, writing, known.id, channels)
        concerned = frozenset(one.pupil for one in writing.book.all(Tie) if one.person == known.id)
    return Changes(book=True, pupils=concerned)


@needs(Right.ADMIT)
def end_contact(context: Context, tie: int, last: date) -> Changes:
    """A person is no longer a contact of a child after `last`, which is today or earlier; what was, stays on record.
    The day before the contact began takes it back, as one that was put down by mistake."""
    if last > context.today():
        raise Refused(f"{date_year(last)} is to come: a contact ends today or has ended.")
    with context.store.writing(context.deed("end contact")) as writing:
        before, _ = _standing(writing, tie)
        if before.no_contact:
            context.require(Right.NO_CONTACT)
        if before.first is not None and last < before.first - ONE_DAY:
            raise Refused(f"This contact began only on {date_year(before.first)}.")
        if before.first is not None and last < before.first:
            writing.book.remove(before)
        else:
            writing.book.put(replace(before, last=last))
    return Changes(book=True, pupils=frozenset({before.pupil}))


@needs(Right.NO_CONTACT)
def set_no_contact(context: Context, tie: int, reason: str, *, on: bool) -> Changes:
    """Say that a person may have no contact with the child by order of a court (on no list, sheet, letter or pack), or
    that the order is at an end. The reason (which order, of which court, of when) stands on the link."""
    if not reason.strip():
        raise Refused("Say which order it is: the court and the date.")
    with context.store.writing(context.deed("no contact" if on else "contact again", reason.strip())) as writing:
        before, _ = _standing(writing, tie)
        if before.no_contact == on:
            return Changes()
        closed = {"may_contact": False, "may_know_why": False, "may_leave_message": False, "may_collect": False}
        writing.book.put(replace(before, no_contact=on, **(closed if on else {})))
    return Changes(book=True, pupils=frozenset({before.pupil}))


def _check_new(context: Context, book: BookReading, known: Sequence[Tie], person: Person) -> None:
    """Refuse a person who is tied to the child already. Whoever is not shown who is kept away could otherwise learn it
    from the refusal, or put the same person down again under the name."""
    there = any(one.person == person.id for one in known)
    if context.may(Right.NO_CONTACT):
        if there:
            raise Refused(f"{person.full_name} is a contact of this child already.")
        return
    kept_away = [one for tie in known if tie.no_contact and (one := book.get(Person, tie.person))]
    typed = (person.full_name, person.formal_name)
    if there or any(
        same_name(name, other) for one in kept_away for name in (one.full_name, one.formal_name) for other in typed
    ):
        raise Refused(
            f"{person.full_name} cannot be put down with this child. Look at the contacts there are, or ask the "
            "safeguarding lead."
        )


def _standing(writing: Writing, tie: int) -> tuple[Tie, Person]:
    found = writing.book.get(Tie, tie)
    person = writing.book.get(Person, found.person) if found is not None else None
    if found is None or person is None:
        raise Refused("That contact is not in this school’s book.")
    return found, person


def _address_changed(context: Context, known: Person, person: Person) -> Person:
    """A protected address is changed, and protected or no longer so, only by those who may see it; what was held back
    from anybody else comes back as it was."""
    if known.protected_address and not context.may(Right.SEE_PROTECTED):
        return replace(person, address=known.address, protected_address=True)
    if person.address == HELD:
        person = replace(person, address=known.address)
    if person.protected_address != known.protected_address:
        context.require(Right.SEE_PROTECTED)
    return person


def _put_channels(context: Context, writing: Writing, person: int, channels: Sequence[Channel]) -> None:
    known = {one.id: one for one in writing.book.all(Channel) if one.person == person}
    kept = {one.id for one in channels}
    for key, one in known.items():
        if key not in kept:
            writing.book.remove(one)
    for one in channels:
        before = known.get(one.id)
        new = replace(one, id=before.id if before else 0, person=person, value=one.value.strip())
        if not new.value or (before is not None and new == before):
            continue
        writing.book.put(replace(new, since=context.today()))


def _card(book: BookReading, tie: Tie) -> ContactCard:
    person = book.get(Person, tie.person)
    if person is None:
        raise LookupError(f"tie {tie.id} names nobody")
    channels = sorted((one for one in book.all(Channel) if one.person == tie.person), key=lambda one: one.priority)
    return ContactCard(person, tie, tuple(channels))
