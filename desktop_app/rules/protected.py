"""A protected address: the one place that decides what is held by the school, whoever’s it is.

Source: practice, point 5: it is on nothing that goes to the other parent, nor is the child’s own address where it is
the same; documents say “held by the school”.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from desktop_app.domain.people import Address, Answer, Person, Pupil, Tie
from desktop_app.rules.contacts import ContactCard
from desktop_app.rules.names import plain

HELD = Address(("held by the school",))
"""What stands in place of a protected address."""


@dataclass(frozen=True, slots=True)
class Protected:
    """What is held: that of the people who are protected, their addresses wherever else they stand and however they are
    written, and that of the children who live with one of them."""

    people: frozenset[int] = frozenset()
    places: frozenset[str] = frozenset()
    children: frozenset[int] = frozenset()

    def covers(self, address: Address) -> bool:
        """Whether an address is one of those."""
        return not self.places.isdisjoint(_keys(address))

    def holds_child(self, child: Pupil) -> bool:
        """Whether the address of a child is held."""
        return child.id in self.children or self.covers(child.address)

    def of_child(self, child: Pupil) -> Pupil:
        """The child without the address, where that is held."""
        return replace(child, address=HELD) if self.holds_child(child) else child

    def of_person(self, person: Person) -> Person:
        """The person without the address, where that is held: of whoever lives at the same place too."""
        held = person.id in self.people or self.covers(person.address)
        return replace(person, address=HELD) if held else person

    def of_card(self, card: ContactCard) -> ContactCard:
        """The contact without the address, where that is held."""
        return replace(card, person=self.of_person(card.person))


NOTHING_HELD = Protected()


def protected(people: Iterable[Person], ties: Iterable[Tie], day: date) -> Protected:
    """What is held of a school on a day."""
    whose = {one.id: one for one in people if one.protected_address}
    places = frozenset(key for one in whose.values() for key in _keys(one.address))
    children = frozenset(
        one.pupil for one in ties if one.person in whose and one.lives_with is Answer.YES and one.holds(day)
    )
    return Protected(frozenset(whose), places, children)


def _keys(address: Address) -> set[str]:
    """How two addresses are compared: whole, and by the first line with the postcode; accents, case and signs aside."""
    found = {_bare(address.one_line)}
    if address.postcode and address.lines:
        found.add(_bare(f"{address.lines[0].split(',')[0]}{address.postcode}"))
    return found - {""}


def _bare(text: str) -> str:
    return "".join(letter for letter in plain(text) if letter.isalnum())
