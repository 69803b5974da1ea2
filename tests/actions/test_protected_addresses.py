"""A protected address on the screen: handed only to those who may see it, and never lost by who may not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop_app.actions.admission import correct, particulars_history
from desktop_app.actions.contacts import contact_cards, correct_contact
from desktop_app.actions.families import contacts
from desktop_app.actions.pupils import pupil_list, pupil_page
from desktop_app.context import Context
from desktop_app.domain.people import Address, Answer, Membership, Person, Pupil, Tie
from desktop_app.domain.staff import Role
from desktop_app.rules.protected import HELD
from tests.support.people import in_role
from tests.support.schools import SmallSchool, pupil

HOME = Address(("9 Hidden Row",), "L33 9ZZ")


@pytest.fixture
def hidden(school: SmallSchool) -> SmallSchool:
    """Kaya, a brother and their mother at one address, which is protected; a grandmother there too; the father not."""
    context, key = school.context, school.pupils["Kaya"]
    with context.store.writing(context.deed("test")) as writing:
        child = writing.book.get(Pupil, key)
        tie = next(one for one in writing.book.all(Tie) if one.pupil == key)
        mother = writing.book.get(Person, tie.person)
        assert child is not None
        assert mother is not None
        writing.book.put(replace(child, address=HOME))
        writing.book.put(replace(mother, address=HOME, protected_address=True))
        brother = writing.book.put(pupil("Kaya", "Deniz", 78, address=HOME))
        writing.book.put(Membership(0, brother, "4B", "4", date(2026, 9, 1)))
        writing.book.put(Tie(0, brother, tie.person, "mother", lives_with=Answer.YES))
        granny = writing.book.put(Person(0, "Ms A Demir", address=Address(("9 hidden row, Kirkby",), "L339ZZ")))
        writing.book.put(Tie(0, key, granny, "grandmother", priority=2))
    return school


def handed(context: Context, key: int) -> list[Address]:
    page = pupil_page(context, key)
    return [
        page.pupil.address,
        *(one.person.address for one in page.contacts),
        *(one.pupil.address for one in page.siblings),
        *(one.person.address for one in contacts(context, [key])),
        *(one.person.address for one in contact_cards(context, key)),
        *(one.pupil.address for one in pupil_list(context) if one.pupil.surname == "Kaya"),
        *(one.fact.address for one in particulars_history(context, key)),
    ]


@pytest.mark.parametrize("role", [Role.ATTENDANCE_LEAD, Role.OFFICE, Role.TEACHER])
def test_nobody_who_may_not_see_it_is_handed_it(role: Role, hidden: SmallSchool) -> None:
    assert set(handed(in_role(hidden.context, role, "4B"), hidden.pupils["Kaya"])) == {HELD}


@pytest.mark.parametrize("role", [Role.HEADTEACHER, Role.DSL])
def test_who_may_see_it_is(role: Role, hidden: SmallSchool) -> None:
    found = handed(in_role(hidden.context, role), hidden.pupils["Kaya"])
    assert HELD not in found
    assert found.count(HOME) >= 6


def test_what_is_held_back_comes_back_as_it_was(hidden: SmallSchool) -> None:
    key, office = hidden.pupils["Kaya"], in_role(hidden.context, Role.OFFICE)
    correct(office, replace(pupil_page(office, key).pupil, middle_names="Su"))
    _, granny = contact_cards(office, key)
    correct_contact(office, granny.tie, replace(granny.person, language="Turkish"), granny.channels)
    seen = pupil_page(hidden.context, key)
    assert (seen.pupil.middle_names, seen.pupil.address) == ("Su", HOME)
    assert seen.contacts[1].person.language == "Turkish"
    assert seen.contacts[1].person.address.one_line == "9 hidden row, Kirkby, L339ZZ"
    correct(office, replace(pupil_page(office, key).pupil, address=Address(("1 New Road",))))
    assert pupil_page(hidden.context, key).pupil.address == HOME, "who cannot see it does not change it"
