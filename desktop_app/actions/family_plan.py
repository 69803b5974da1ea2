"""Which people the contacts of an imported list are: those already stored, those met in an earlier row, or new ones.

Two contacts are one person where their full names are equal and they share a phone number or e-mail address, or else an
address; otherwise they are two, to be joined by hand. So brothers and sisters come to share their parents.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from desktop_app.domain.people import Address, Answer, Channel, ChannelKind, Person, Pupil, Tie
from desktop_app.exchange.contact_columns import ContactLine, phone_key
from desktop_app.exchange.faults import Faults
from desktop_app.ports import BookReading, BookWriting
from desktop_app.rules.names import plain

Reach = tuple[ChannelKind, str]
"""A phone number or e-mail address as two are compared."""


@dataclass(slots=True, eq=False)
class Folk:
    """A person as the import leaves them: stored, changed or new, with the ways to reach them.

    `said` holds the first row that spoke of each particular, since rows about brothers and sisters may disagree.
    """

    person: Person
    reaches: dict[Reach, Channel]
    fresh: list[Channel] = field(default_factory=list[Channel])
    said: dict[str, int] = field(default_factory=dict[str, int])
    touched: bool = False


@dataclass(slots=True)
class Knot:
    """A tie to write: its person and pupil get their numbers when they are stored."""

    tie: Tie
    folk: Folk


class FamilyPlan:
    """Everybody in the book, and what the rows taken so far add to them. What changes of somebody known holds from
    `first`."""

    def __init__(self, book: BookReading, faults: Faults, first: date) -> None:
        self._faults = faults
        self._first = first
        channels: defaultdict[int, dict[Reach, Channel]] = defaultdict(dict)
        for channel in book.all(Channel):
            channels[channel.person][_reach(channel.kind, channel.value)] = channel
        self._folk = [Folk(person, channels[person.id]) for person in book.all(Person)]
        self._named: defaultdict[str, list[Folk]] = defaultdict(list)
        for folk in self._folk:
            self._named[_name_key(folk.person.full_name)].append(folk)
        known = {folk.person.id: folk for folk in self._folk}
        self._ties: defaultdict[int, list[tuple[Tie, Folk]]] = defaultdict(list)
        for tie in book.all(Tie):
            if tie.last is None:
                self._ties[tie.pupil].append((tie, known[tie.person]))

    def take(self, row: int, contacts: Sequence[ContactLine], was: Pupil | None, now: Pupil) -> tuple[list[Knot], bool]:
        """The ties that a row makes or changes, and whether it changes a person. `was` is the pupil as stored."""
        tied = list(self._ties[was.id]) if was else []
        knots: list[Knot] = []
        met: list[Folk] = []
        changed = False
        for contact in contacts:
            address = contact.address if contact.address != Address() else _home(contact, now)
            folk = self._find(contact, address, tied) or self._new(contact)
            if folk in met:
                self._faults.warn(f"Row {row}: two of the contacts are the same person; the second was left out.")
                continue
            met.append(folk)
            changed |= self._learn(row, folk, contact, address, was)
            old = next((tie for tie, other in tied if other is folk), None)
            tie = self._tie(row, old, contact, now)
            if tie != old:
                knots.append(Knot(tie, folk))
        return knots, changed

    def write(self, book: BookWriting, knots: Sequence[tuple[int, Knot]]) -> None:
        """Write the people that are new or changed, then the ties, each with the number of its pupil."""
        touched = [folk for folk in self._folk if folk.touched]
        for folk, number in zip(touched, book.put_many(folk.person for folk in touched), strict=True):
            folk.person = replace(folk.person, id=number)
        book.put_many(replace(one, person=folk.person.id) for folk in self._folk for one in folk.fresh)
        book.put_many(replace(knot.tie, pupil=pupil, person=knot.folk.person.id) for pupil, knot in knots)

    def _find(self, contact: ContactLine, address: Address, tied: Sequence[tuple[Tie, Folk]]) -> Folk | None:
        key = _name_key(contact.name)
        reaches = {_reach(kind, value) for kind, value, _ in _ways(contact)}
        own = [folk for _, folk in tied if _name_key(folk.person.full_name) == key]
        for candidates in (own, self._named[key]):
            for folk in candidates:
                if not reaches.isdisjoint(folk.reaches):
                    return folk
            for folk in candidates:
                if address != Address() and _address_key(folk.person.address) == _address_key(address):
                    return folk
        return own[0] if len(own) == 1 else next((folk for tie, folk in tied if _same_place(tie, folk, contact)), None)

    def _new(self, contact: ContactLine) -> Folk:
        folk = Folk(Person(0, contact.name), {}, touched=True)
        self._folk.append(folk)
        self._named[_name_key(contact.name)].append(folk)
        return folk

    def _learn(self, row: int, folk: Folk, contact: ContactLine, address: Address, was: Pupil | None) -> bool:
        """Take what a row says of a person, the first row to speak of a thing being heard; say whether it is new."""
        said: dict[str, Any] = {
            "title": contact.title,
            "language": contact.language,
            "reading_needs": contact.reading_needs,
            "interpreter": contact.interpreter,
            "address": contact.address,
        }
        heard = {name: value for name, value in said.items() if value not in ("", None, Address())}
        for name, value in heard.items():
            first = folk.said.setdefault(name, row)
            if first != row and getattr(folk.person, name) != value:
                title = name.replace("_", " ")
                self._faults.warn(f"Rows {first} and {row} disagree about a contact’s {title}; row {first} was taken.")
        heard = {name: value for name, value in heard.items() if folk.said[name] == row}
        at_home = folk.person.address in (Address(), was.address if was else Address())
        if "address" not in folk.said and address != Address() and at_home:
            heard["address"] = address
        person = replace(folk.person, **heard)
        fresh = self._fresh(folk, contact)
        if person != folk.person and person.id:
            person = replace(person, since=self._first)
        changed = person != folk.person or folk.person.id == 0
        folk.person = person
        folk.touched |= changed
        folk.fresh += fresh
        return changed or bool(fresh)

    def _fresh(self, folk: Folk, contact: ContactLine) -> list[Channel]:
        """The numbers and addresses that were not known, each after those of its kind that were."""
        fresh: list[Channel] = []
        for kind, value, label in _ways(contact):
            reach = _reach(kind, value)
            if reach not in folk.reaches:
                place = 1 + max((one.priority for one in folk.reaches.values() if one.kind is kind), default=0)
                since = self._first if folk.person.id else None
                folk.reaches[reach] = channel = Channel(0, 0, kind, value, label, place, since=since)
                fresh.append(channel)
        return fresh

    def _tie(self, row: int, old: Tie | None, contact: ContactLine, pupil: Pupil) -> Tie:
        tie = old or Tie(0, pupil.id, 0, contact.relationship)
        no_contact = tie.no_contact if contact.no_contact is None else contact.no_contact
        if tie.no_contact and not no_contact:
            self._faults.warn(f"Row {row}: a no-contact order stays as it is; a list does not lift it.")
            no_contact = True
        return replace(
            tie,
            relationship=contact.relationship or tie.relationship,
            responsibility=tie.responsibility if contact.responsibility is Answer.UNKNOWN else contact.responsibility,
            lives_with=tie.lives_with if contact.lives_with is Answer.UNKNOWN else contact.lives_with,
            priority=contact.priority,
            may_contact=tie.may_contact if contact.may_contact is None else contact.may_contact,
            no_contact=no_contact,
        )


def _home(contact: ContactLine, pupil: Pupil) -> Address:
    """The pupil's own address, for a contact who lives there."""
    return pupil.address if contact.lives_with is Answer.YES else Address()


def _ways(contact: ContactLine) -> list[tuple[ChannelKind, str, str]]:
    """The ways to reach a contact: kind, value, label."""
    phones = [(ChannelKind.PHONE, number, label) for number, label in contact.phones]
    return [*phones, *((ChannelKind.EMAIL, email, "") for email in contact.emails)]


def _reach(kind: ChannelKind, value: str) -> Reach:
    return kind, phone_key(value) if kind is ChannelKind.PHONE else value.casefold()


def _name_key(name: str) -> str:
    return " ".join(name.casefold().split())


def _address_key(address: Address) -> str:
    return "".join(letter for letter in plain(address.one_line) if letter.isalnum())


def _same_place(tie: Tie, folk: Folk, contact: ContactLine) -> bool:
    """Whether this is the contact of the same name and place in the order: two of one name, neither reachable."""
    return tie.priority == contact.priority and _name_key(folk.person.full_name) == _name_key(contact.name)
