"""Contacts: put down, corrected, ended, and who may have no contact. A protected address goes to nobody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop_app.actions.contacts import add_contact, contact_cards, correct_contact, end_contact, set_no_contact
from desktop_app.actions.families import contacts
from desktop_app.context import Context
from desktop_app.domain.admission import NewContact
from desktop_app.domain.errors import NotAllowed, Refused
from desktop_app.domain.people import Address, Answer, Channel, ChannelKind, Person, Tie
from desktop_app.domain.staff import Role
from tests.support.newcomers import FRIDAY, MONDAY, THURSDAY, head
from tests.support.schools import SmallSchool

FATHER = NewContact(Person(0, "Mr E Kaya"), Tie(0, 0, 0, "father", Answer.YES, Answer.NO), ("07700 900500",))
HOME = Address(("9 Hidden Row",), "L33 9ZZ")


def as_role(school: SmallSchool, role: Role) -> Context:
    return replace(school.context, staff=replace(school.context.staff, role=role), alone=False)


def test_a_father_is_put_down_after_the_mother(school: SmallSchool) -> None:
    key = school.pupils["Kaya"]
    tie, changes = add_contact(school.context, key, FATHER)
    mother, father = contact_cards(school.context, key)
    assert (father.tie.id, father.phone, father.tie.first) == (tie, "07700 900500", FRIDAY)
    assert mother.tie.priority < father.tie.priority
    assert changes.pupils == {key}
    with pytest.raises(Refused, match="a contact of this child already"):
        add_contact(school.context, key, replace(FATHER, person=father.person))


def test_a_new_contact_keeps_the_place_that_was_typed_and_the_e_mail_with_it(school: SmallSchool) -> None:
    key = school.pupils["Kaya"]
    aunt = NewContact(Person(0, "Ms N Demir"), Tie(0, 0, 0, "aunt"), ("07700 900600",), (" n@example.org ",), 1)
    add_contact(school.context, key, FATHER)
    add_contact(school.context, key, aunt)
    known = contact_cards(school.context, key)
    assert [card.person.full_name for card in known] == ["Ms N Demir", "Ms K Kaya", "Mr E Kaya"]
    assert [(one.kind, one.value) for one in known[0].channels] == [
        (ChannelKind.PHONE, "07700 900600"),
        (ChannelKind.EMAIL, "n@example.org"),
    ]
    add_contact(school.context, key, NewContact(Person(0, "Mr O Demir"), Tie(0, 0, 0, "uncle"), place=7))
    assert [card.tie.priority for card in contact_cards(school.context, key)] == [1, 2, 3, 7]


def test_who_is_kept_away_is_not_told_by_the_refusal_nor_put_down_again(school: SmallSchool) -> None:
    key, office = school.pupils["Kaya"], as_role(school, Role.OFFICE)
    tie, _ = add_contact(school.context, key, FATHER)
    mother, father = contact_cards(school.context, key)
    set_no_contact(school.context, tie, "Family Court at Liverpool, 3 November 2026", on=True)
    said: set[str] = set()
    for person in (mother.person, father.person, Person(0, "mr e  kaya"), Person(0, "E Kaya", "Mr")):
        before = head(school)
        with pytest.raises(Refused, match="cannot be put down with this child") as refused:
            add_contact(office, key, replace(FATHER, person=person))
        said.add(str(refused.value).removeprefix(person.full_name))
        assert head(school) == before
    assert len(said) == 1, "a contact already and one kept away: the same words"
    with pytest.raises(Refused, match="a contact of this child already"):
        add_contact(school.context, key, replace(FATHER, person=father.person))


def test_a_card_is_changed_and_its_past_kept(school: SmallSchool) -> None:
    key = school.pupils["Kaya"]
    (card,) = contact_cards(school.context, key)
    phone = replace(card.channels[0], value="07700 900888")
    mail = Channel(0, 0, ChannelKind.EMAIL, "kaya@example.org", priority=2)
    changed = replace(card.tie, may_collect=False, lives_with=Answer.NO)
    correct_contact(school.context, changed, replace(card.person, language="Turkish"), [phone, mail])
    (now,) = contact_cards(school.context, key)
    assert (now.person.language, now.tie.may_collect, now.phone) == ("Turkish", False, "07700 900888")
    assert [one.kind for one in now.channels] == [ChannelKind.PHONE, ChannelKind.EMAIL]
    with school.context.store.reading() as reading:
        assert [one.fact.value for one in reading.book.history(Channel, phone.id)] == ["07700 900006", "07700 900888"]
        assert len(reading.book.history(Person, card.person.id)) == 2
    before = head(school)
    correct_contact(school.context, now.tie, now.person, now.channels)
    assert head(school) == before
    correct_contact(school.context, now.tie, now.person, now.channels[1:])
    assert contact_cards(school.context, key)[0].phone == ""


@pytest.mark.parametrize(("changed", "why"), [
    ({"full_name": " "}, "needs a full name"),
    ({"relationship": ""}, "what Ms K Kaya is to the child"),
    ({"value": "ask granny"}, "“ask granny” is not a telephone number"),
    ({"no_contact": True}, "a deed of its own"),
])  # fmt: skip
def test_a_card_that_cannot_be_is_refused(school: SmallSchool, changed: dict, why: str) -> None:
    (card,) = contact_cards(school.context, school.pupils["Kaya"])

    def with_what_fits(fact):
        return replace(fact, **{key: value for key, value in changed.items() if hasattr(fact, key)})

    before = head(school)
    with pytest.raises(Refused, match=why):
        correct_contact(
            school.context,
            with_what_fits(card.tie),
            with_what_fits(card.person),
            list(map(with_what_fits, card.channels)),
        )
    assert head(school) == before


def test_a_contact_ends_and_what_was_stays(school: SmallSchool) -> None:
    key = school.pupils["Kaya"]
    tie, _ = add_contact(school.context, key, FATHER)
    for day, why in ((MONDAY, "is to come"), (date(2026, 11, 18), "began only on Fri 20 Nov 2026")):
        with pytest.raises(Refused, match=why):
            end_contact(school.context, tie, day)
    (mother, _) = contact_cards(school.context, key)
    end_contact(school.context, mother.tie.id, THURSDAY)
    assert [card.person.full_name for card in contact_cards(school.context, key)] == ["Mr E Kaya"]
    with school.context.store.reading() as reading:
        assert reading.book.get(Tie, mother.tie.id) is not None
    end_contact(school.context, tie, THURSDAY)  # put down today, by mistake
    assert contact_cards(school.context, key) == ()


def test_no_contact_is_said_by_the_head_or_the_safeguarding_lead_alone(school: SmallSchool) -> None:
    key = school.pupils["Kaya"]
    tie, _ = add_contact(school.context, key, FATHER)
    with pytest.raises(NotAllowed):
        set_no_contact(as_role(school, Role.ATTENDANCE_LEAD), tie, "order of 3 November", on=True)
    with pytest.raises(Refused, match="which order"):
        set_no_contact(school.context, tie, " ", on=True)
    set_no_contact(as_role(school, Role.DSL), tie, "Family Court at Liverpool, 3 November 2026", on=True)
    assert [card.person.full_name for card in contacts(school.context, [key])] == ["Ms K Kaya"]
    office = as_role(school, Role.OFFICE)
    assert [card.person.full_name for card in contact_cards(office, key)] == ["Ms K Kaya"]
    card = contact_cards(school.context, key)[1]
    tie_now = card.tie
    assert {tie_now.may_contact, tie_now.may_collect, tie_now.may_know_why, tie_now.may_leave_message} == {False}
    for deed in (
        lambda: correct_contact(office, replace(card.tie, may_collect=True), card.person, card.channels),
        lambda: end_contact(office, tie, FRIDAY),
        lambda: set_no_contact(office, tie, "ended", on=False),
        lambda: add_contact(office, key, replace(FATHER, tie=replace(FATHER.tie, no_contact=True))),
    ):
        before = head(school)
        with pytest.raises(NotAllowed, match="no contact"):
            deed()
        assert head(school) == before
    set_no_contact(school.context, tie, "the order ended", on=False)
    assert not contact_cards(school.context, key)[1].tie.may_contact  # what is allowed again is said one by one


def test_a_protected_address_is_seen_and_changed_only_by_those_who_may(school: SmallSchool) -> None:
    key, office = school.pupils["Kaya"], as_role(school, Role.OFFICE)
    (card,) = contact_cards(school.context, key)
    correct_contact(school.context, card.tie, replace(card.person, address=HOME, protected_address=True), card.channels)
    (seen,) = contact_cards(office, key)
    assert seen.person.address.one_line == "held by the school"
    correct_contact(office, seen.tie, replace(seen.person, language="Turkish", protected_address=False), seen.channels)
    (now,) = contact_cards(school.context, key)
    assert (now.person.address, now.person.protected_address, now.person.language) == (HOME, True, "Turkish")
    open_one = contact_cards(school.context, school.pupils["Doyle"])[0]
    with pytest.raises(NotAllowed, match="protected address"):
        correct_contact(office, open_one.tie, replace(open_one.person, protected_address=True), open_one.channels)


def test_the_mother_of_two_is_one_person(school: SmallSchool) -> None:
    (card,) = contact_cards(school.context, school.pupils["Kaya"])
    known = NewContact(card.person, Tie(0, 0, 0, "stepmother", lives_with=Answer.YES))
    add_contact(school.context, school.pupils["Doyle"], known)
    changes = correct_contact(school.context, card.tie, replace(card.person, language="Turkish"), card.channels)
    assert changes.pupils == {school.pupils["Kaya"], school.pupils["Doyle"]}
    assert contact_cards(school.context, school.pupils["Doyle"])[1].person.language == "Turkish"
    with school.context.store.reading() as reading:
        assert len(reading.book.history(Person, card.person.id)) == 2
