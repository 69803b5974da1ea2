"""What counts as the protected address: however it is written, and whoever’s it is; and nothing else."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.domain.people import Address, Answer, Person, Tie
from desktop_app.rules.contacts import ContactCard
from desktop_app.rules.protected import HELD, NOTHING_HELD, protected
from tests.support.schools import pupil

DAY = date(2026, 11, 20)
HOME = Address(("9 Hidden Row", "Kirkby"), "L33 9ZZ")
MOTHER = Person(7, "Ms K Kaya", address=HOME, protected_address=True)


@pytest.mark.parametrize(("address", "held"), [
    (HOME, True),
    (Address(("9 hidden row, kirkby",), "L339ZZ"), True),
    (Address(("9, Hidden Row",), "l33 9zz"), True),
    (Address(("9 Hidden Row", "Kirkby, Liverpool"), "L33 9ZZ"), True),
    (Address(("11 Hidden Row", "Kirkby"), "L33 9ZZ"), False),
    (Address(("9 Hidden Row",), "M1 1AA"), False),
    (Address(), False),
])  # fmt: skip
def test_an_address_is_the_same_however_it_is_written(address: Address, held: bool) -> None:
    known = protected([MOTHER, Person(8, "Mr E Kaya", address=Address())], [], DAY)
    assert known.covers(address) is held
    child = pupil("Kaya", "Deniz", address=address)
    assert known.of_child(child).address == (HELD if held else address)
    assert known.of_person(Person(9, "Ms N Demir", address=address)).address == (HELD if held else address)
    assert NOTHING_HELD.of_child(child) is child
    assert NOTHING_HELD.of_person(MOTHER) is MOTHER


@pytest.mark.parametrize(("lives", "last", "held"), [
    (Answer.YES, None, True), (Answer.NO, None, False), (Answer.YES, date(2026, 11, 19), False),
])  # fmt: skip
def test_a_child_who_lives_with_a_protected_person_is_held_whatever_is_written(
    lives: Answer, last: date | None, held: bool
) -> None:
    child = pupil("Kaya", "Deniz", address=Address(("The old flat",)))
    tie = Tie(0, child.id, 7, "mother", lives_with=lives, last=last)
    assert protected([MOTHER], [tie], DAY).holds_child(child) is held


def test_a_protected_person_without_an_address_is_held_and_holds_nobody_else() -> None:
    nobody = Person(7, "Ms K Kaya", protected_address=True)
    known = protected([nobody], [], DAY)
    assert known.of_card(ContactCard(nobody, Tie(0, 1, 7, "mother"))).person.address == HELD
    assert known.of_person(Person(8, "Mr E Kaya")).address == Address()
