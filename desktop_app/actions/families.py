"""Who belongs to a pupil: contacts in the order to call them, and brothers and sisters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from desktop_app.actions.needs import needs
from desktop_app.actions.own_children import check_children
from desktop_app.actions.protected import held_from
from desktop_app.actions.roll import read_roll
from desktop_app.context import Context
from desktop_app.domain.clock import school_time
from desktop_app.domain.deeds import Version
from desktop_app.domain.people import Channel, Person, Tie
from desktop_app.domain.rights import Right
from desktop_app.ports import BookReading
from desktop_app.rules.chasing import WRONG, digits
from desktop_app.rules.contacts import ContactCard, Doubt


@dataclass(frozen=True, slots=True)
class Families:
    """Every tie that stands on a day, looked at from both ends. A person whom a court keeps from a child is in
    none of them (see `no_contact`): not on a list, a sheet or a letter, nor among the siblings' links."""

    contacts: dict[int, tuple[ContactCard, ...]]
    children: dict[int, frozenset[int]]

    def of(self, pupil: int) -> tuple[ContactCard, ...]:
        """The contacts of a pupil in the order to call them."""
        return self.contacts.get(pupil, ())

    def siblings(self, pupil: int) -> frozenset[int]:
        """Pupils who share a parent with this one: who only shares a childminder is no brother or sister."""
        shared = (self.children[card.person.id] for card in self.of(pupil) if card.is_parent)
        return frozenset[int]().union(*shared) - {pupil}


def read_families(book: BookReading, day: date, pupils: Collection[int] | None = None) -> Families:
    """Read every family as it stands on a day; of some `pupils` only, where they are named."""
    people = {one.id: one for one in book.all(Person)}
    channels: defaultdict[int, list[Channel]] = defaultdict(list)
    for channel in book.all(Channel):
        channels[channel.person].append(channel)
    wrong = _found_wrong(book, channels)
    cards: defaultdict[int, list[ContactCard]] = defaultdict(list)
    children: defaultdict[int, set[int]] = defaultdict(set)
    for tie in book.all(Tie):
        if tie.no_contact or (pupils is not None and tie.pupil not in pupils) or not tie.holds(day):
            continue
        by_choice = sorted(channels[tie.person], key=lambda one: (one.priority, one.id))
        doubts = _doubts(by_choice, wrong) if wrong else ()
        cards[tie.pupil].append(ContactCard(people[tie.person], tie, tuple(by_choice), doubts))
        children[tie.person].add(tie.pupil)
    return Families(
        contacts={
            key: tuple(sorted(known, key=lambda card: (card.tie.priority, card.tie.id))) for key, known in cards.items()
        },
        children={key: frozenset(known) for key, known in children.items()},
    )


def _found_wrong(book: BookReading, channels: Mapping[int, Sequence[Channel]]) -> Mapping[str, datetime]:
    """The numbers that were found to be wrong, of whoever it was, and when they last were."""
    found: dict[str, datetime] = {}
    for channel in (one for known in channels.values() for one in known if one.label == WRONG):
        versions = book.history(Channel, channel.id)
        said = [one.recorded_at for before, one in pairwise([None, *versions]) if one and _turned_wrong(before, one)]
        if said:
            number, at = digits(channel.value), school_time(said[-1])
            found[number] = max(at, found.get(number, at))
    return found


def _turned_wrong(before: Version[Channel] | None, after: Version[Channel]) -> bool:
    return after.fact.label == WRONG and (before is None or before.fact.label != WRONG)


def _doubts(channels: Sequence[Channel], wrong: Mapping[str, datetime]) -> tuple[Doubt, ...]:
    """Which of a person’s numbers were found to be wrong for another, and were not checked since."""
    found = ((one, wrong.get(digits(one.value))) for one in channels if one.label != WRONG)
    return tuple(Doubt(one.id, at) for one, at in found if at and (one.checked is None or one.checked < at.date()))


@needs(Right.READ_PUPIL)
def contacts(context: Context, pupils: Collection[int]) -> tuple[ContactCard, ...]:
    """The contacts of some brothers and sisters as of today, each person once, in the order to call them; without
    anybody whom a court keeps from one of them, and without a protected address for those who may not see it."""
    with context.store.reading() as reading:
        check_children(context, read_roll(reading.book), pupils)
        families = read_families(reading.book, context.today())
        names = namable(reading.book, pupils)
        held = held_from(context, reading.book)
    found: dict[int, ContactCard] = {}
    for pupil in pupils:
        for card in families.of(pupil):
            if card.person.id in names:
                found.setdefault(card.person.id, held.of_card(card))
    return tuple(sorted(found.values(), key=lambda card: (card.tie.priority, card.tie.id)))


def namable(book: BookReading, pupils: Collection[int]) -> Mapping[int, str]:
    """The names that may stand beside these children: everybody's but those a court has ever kept from one of them."""
    kept_away = {tie.person for tie in book.all(Tie) if tie.no_contact and tie.pupil in pupils}
    return {one.id: one.full_name for one in book.all(Person) if one.id not in kept_away}
