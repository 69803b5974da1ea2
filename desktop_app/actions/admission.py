"""The admission register: admitting, correcting, moving between classes, and leaving on a ground of the law."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from desktop_app.actions.needs import needs
from desktop_app.actions.roll import read_roll
from desktop_app.context import Context
from desktop_app.domain.deeds import Version
from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.errors import Refused
from desktop_app.domain.people import Answer, Channel, ChannelKind, Membership, Person, Pupil, Tie
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.domain.rulebook import Ground
from desktop_app.ports import Writing
from desktop_app.rules.display import date_year
from desktop_app.rules.leaving import leaving_fault, open_grounds
from desktop_app.rules.upn import upn_fault

ONE_DAY = timedelta(days=1)
ALL_TIME = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class NewContact:
    """A parent or other contact to be put down with a child: who, what they are to it, and their telephone numbers."""

    person: Person
    tie: Tie
    phones: tuple[str, ...] = ()


@needs(Right.ADMIT)
def admit(
    context: Context, child: Pupil, class_name: str, year: str, contacts: Sequence[NewContact] = ()
) -> tuple[int, tuple[str, ...], Changes]:
    """Put a child on the admission register from the agreed first day of attendance; the id, and what is still asked
    for (SI 2024/208 regulation 8: an emergency number of each parent the pupil lives with; more than one is prompted).
    """
    _check_child(child)
    if not class_name.strip() or not year.strip():
        raise Refused("Say which class and which year group.")
    with context.store.writing(context.deed("admit")) as writing:
        _check_numbers(writing, child)
        pupil = writing.book.put(replace(child, id=0))
        writing.book.put(Membership(0, pupil, class_name.strip(), year.strip(), child.starting_day))
        for contact in contacts:
            _put_contact(writing, pupil, contact)
        words = f"On roll from {date_year(child.starting_day)}, class {class_name.strip()}"
        writing.entries.add(NewEntry(EntryKind.ADMISSION, context.now(), (pupil,), words))
    return pupil, _asked_for(contacts), Changes(book=True, entries=True, pupils=frozenset({pupil}))


@needs(Right.ADMIT)
def correct(context: Context, changed: Pupil, since: date | None = None) -> Changes:
    """Change a child's particulars from a day (today where none is given); every earlier version is kept. Leaving has
    a deed of its own."""
    _check_child(changed)
    with context.store.writing(context.deed("correct particulars")) as writing:
        before = writing.book.get(Pupil, changed.id)
        if before is None:
            raise Refused("That pupil is not on the admission register.")
        if (before.leaving_day, before.leaving_ground) != (changed.leaving_day, changed.leaving_ground):
            raise Refused("A pupil leaves on one of the grounds of the law, not by a correction.")
        _check_numbers(writing, changed)
        if replace(changed, since=before.since) != before:
            writing.book.put(replace(changed, since=since or context.today()))
    return Changes(book=True, pupils=frozenset({changed.id}))


@needs(Right.ADMIT)
def move(context: Context, pupils: Collection[int], class_name: str, year: str, first: date) -> Changes:
    """Move children to a class and year group from a day. Figures of the time before stay with the class they had."""
    with context.store.writing(context.deed("move class")) as writing:
        roll = read_roll(writing.book)
        for key in pupils:
            if key not in roll.pupils:
                raise Refused("That pupil is not on the admission register.")
            put_membership(writing, roll.memberships.get(key, ()), Membership(0, key, class_name, year, first))
    return Changes(book=True, pupils=frozenset(pupils))


def put_membership(writing: Writing, known: Sequence[Membership], new: Membership) -> None:
    """Let a membership begin: the one before ends the day before, and what was to begin later is taken back."""
    for one in known:
        if one.first >= new.first:
            writing.book.remove(one)
        elif one.last is None or one.last >= new.first:
            writing.book.put(replace(one, last=new.first - ONE_DAY))
    writing.book.put(new)


@needs(Right.READ_PUPIL)
def grounds_for(context: Context, pupil: int, day: date) -> tuple[Ground, ...]:
    """The grounds on which this child may leave the roll on a day."""
    with context.store.reading() as reading:
        child = reading.book.get(Pupil, pupil)
    if child is None:
        raise Refused("That pupil is not on the admission register.")
    return open_grounds(context.rulebook.grounds, child, day)


@needs(Right.DELETE_FROM_ROLL)
def leave(
    context: Context, pupil: int, ground: str, last: date, answered: Collection[str] = (), next_school: str = ""
) -> Changes:
    """Take a child off the roll after `last`, on a ground of the law; what it asks for is answered. Marks and history
    stay. Raises `Refused` with what stands against it."""
    known = context.rulebook.grounds.get(ground)
    if known is None:
        raise Refused(f"“{ground}” is not a ground of the regulations.")
    with context.store.writing(context.deed("leave roll", known.title)) as writing:
        child = writing.book.get(Pupil, pupil)
        if child is None:
            raise Refused("That pupil is not on the admission register.")
        marks = writing.marks.between(ALL_TIME, date.max, [pupil])
        fault = leaving_fault(child, known, last, context.today(), answered, marks)
        if fault:
            raise Refused(fault)
        left = replace(child, leaving_day=last, leaving_ground=known.key, since=context.today())
        writing.book.put(replace(left, next_school=next_school.strip() or child.next_school))
        details = {"ground": known.key, **{f"shown {n}": ask for n, ask in enumerate(known.asks, start=1)}}
        words = f"{known.title}. Last day on roll {date_year(last)}"
        writing.entries.add(NewEntry(EntryKind.DELETION, context.now(), (pupil,), words, details=details))
    return Changes(book=True, entries=True, pupils=frozenset({pupil}))


@needs(Right.READ_PUPIL)
def particulars_history(context: Context, pupil: int) -> tuple[Version[Pupil], ...]:
    """Every version of a child's particulars, oldest first, with who recorded it and when."""
    with context.store.reading() as reading:
        return tuple(reading.book.history(Pupil, pupil))


def _check_child(child: Pupil) -> None:
    faults = (
        (not (child.legal_surname.strip() and child.legal_forename.strip()), "The full legal name is needed."),
        (
            child.starting_day <= child.date_of_birth,
            "The starting day is before the child was born.",
        ),
        (bool(child.upn) and upn_fault(child.upn) is not None, f"The UPN: {upn_fault(child.upn)}."),
    )
    words = next((said for wrong, said in faults if wrong), None)
    if words:
        raise Refused(words)


def _check_numbers(writing: Writing, child: Pupil) -> None:
    others = [one for one in writing.book.all(Pupil) if one.id != child.id]
    if child.upn and any(one.upn == child.upn for one in others):
        raise Refused(f"The UPN {child.upn} is another pupil’s.")
    if child.admission_number and any(one.admission_number == child.admission_number for one in others):
        raise Refused(f"The admission number {child.admission_number} is another pupil’s.")


def _put_contact(writing: Writing, pupil: int, contact: NewContact) -> None:
    person = contact.person.id or writing.book.put(replace(contact.person, id=0))
    writing.book.put(replace(contact.tie, id=0, pupil=pupil, person=person))
    writing.book.put_many(
        Channel(0, person, ChannelKind.PHONE, number, priority=place)
        for place, number in enumerate(contact.phones, start=1)
    )


def _asked_for(contacts: Sequence[NewContact]) -> tuple[str, ...]:
    """What the regulations still ask for, in words."""
    at_home = [one for one in contacts if one.tie.lives_with is Answer.YES]
    asked = [
        f"An emergency telephone number of {one.person.full_name} is needed: the child lives there."
        for one in at_home
        if not one.phones
    ]
    if not at_home:
        asked.append("Say with which parent the child lives, with address and an emergency number.")
    if sum(len(one.phones) for one in contacts) == 1:
        asked.append("There is one number only: ask for more than one, of different people.")
    return tuple(asked)
