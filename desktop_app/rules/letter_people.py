"""To whom letters about a child go: each parent, or each household; nobody whom a court or the school keeps from it.

Source: practice, points 3 and 21: formal letters go to each parent by itself, friendly ones to each or to the
household, by kind; point 5: a protected address is on nothing that goes to the other parent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from desktop_app.domain.letters import Sent
from desktop_app.domain.people import Address, Answer, Person, Pupil
from desktop_app.rules.contacts import ContactCard
from desktop_app.rules.names import plain
from desktop_app.rules.protected import Protected


@dataclass(frozen=True, slots=True)
class Recipient:
    """One letter's parents. `held`: the address is protected and stands on nothing; `kept`: the school may not write to
    this parent; `at_home`: they live with the child. `language` is as the contact's own words say."""

    persons: tuple[Person, ...]
    address: Address
    language: str
    held: bool = False
    kept: bool = False
    at_home: bool = False

    @property
    def interpreter(self) -> bool:
        """Whether any of them asked for an interpreter."""
        return any(one.interpreter for one in self.persons)

    @property
    def reading_needs(self) -> str:
        """What any of them needs in order to read it."""
        return "; ".join(dict.fromkeys(one.reading_needs.strip() for one in self.persons if one.reading_needs.strip()))

    def names(self, joined: str) -> str:
        """To whom it is, by title and name."""
        return joined.join(one.formal_name for one in self.persons)


def recipients(
    cards: Iterable[ContactCard], child: Pupil, held: Protected, sent: Sent, language: Callable[[str], str]
) -> tuple[Recipient, ...]:
    """Everybody a letter goes to, in the order of the contacts. `language` turns a contact's words into the language a
    letter would be written in: a household that reads two gets two letters."""
    alone = [_of_parent(card, child, held, language) for card in cards if card.is_parent]
    if sent is Sent.EACH:
        return tuple(alone)
    homes: dict[tuple[str, str], Recipient] = {}
    for number, one in enumerate(alone):
        if one.kept:
            continue
        apart = one.held or not (one.address.one_line or one.at_home)
        key = (f"alone {number}" if apart else plain(one.address.one_line), one.language)
        known = homes.get(key)
        homes[key] = Recipient((*known.persons, *one.persons), known.address, known.language) if known else one
    return tuple(homes.values())


def _of_parent(card: ContactCard, child: Pupil, held: Protected, language: Callable[[str], str]) -> Recipient:
    """The parent alone. One who lives with the child and has no address of their own has the child's; what is protected
    is not printed, not even for whom it protects: the file is kept where others read it."""
    person = card.person
    at_home = card.tie.lives_with is Answer.YES
    own = person.address if person.address.one_line or not at_home else child.address
    protected = person.id in held.people or held.covers(own) or (own is child.address and held.holds_child(child))
    return Recipient(
        persons=(person,),
        address=Address() if protected else own,
        language=language(person.language),
        held=protected,
        kept=not card.tie.may_contact,
        at_home=at_home,
    )
