"""What the admission register must hold, and where a class goes in September."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop_app.domain.admission import Destination
from desktop_app.domain.people import Address, Answer, Channel, ChannelKind, Membership, Person, Tie
from desktop_app.domain.school import Phase
from desktop_app.rules.admission import asked_for, child_fault, clash_fault, groups, next_year, phone_fault, place_fault
from desktop_app.rules.contacts import ContactCard
from tests.support.schools import pupil

ONE_K, LEAVES = Destination("1K", "1"), Destination("", "")
CHILD = pupil("Kaya", "Çağla", address=Address(("3 Marsh Lane",), "L33 1AA"))


def card(name: str, *phones: str, at_home: Answer = Answer.YES) -> ContactCard:
    channels = tuple(Channel(0, 0, ChannelKind.PHONE, number) for number in phones)
    return ContactCard(Person(0, name), Tie(0, 0, 0, "mother", Answer.YES, at_home), channels)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({}, None),
        ({"legal_forename": " "}, "full legal name"),
        ({"date_of_birth": date(2022, 9, 5)}, "before the child was born"),
        ({"date_of_birth": date(2021, 9, 5)}, "at the age of 1"),
        ({"date_of_birth": date(1988, 2, 14)}, "at the age of 34"),
        ({"sex": "girl"}, "M or F"),
        ({"upn": "A123"}, "a UPN has 13 characters"),
    ],
)
def test_what_is_wrong_with_a_child(changed: dict, words: str | None) -> None:
    found = child_fault(replace(CHILD, **changed))
    assert (found is None) if words is None else (words in (found or ""))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({}, "is on the admission register already"),
        ({"legal_forename": "Defne"}, None),
        ({"legal_forename": "Defne", "upn": "A860200100001"}, "UPN"),
        ({"legal_forename": "Defne", "admission_number": "00007"}, "admission number 00007"),
    ],
)
def test_two_children_are_not_one(changed: dict, words: str | None) -> None:
    other = replace(CHILD, id=5, upn="A860200100001", admission_number="00007")
    new = replace(CHILD, id=0, upn="", admission_number="00041")
    found = clash_fault(replace(new, **changed), [other])
    assert (found is None) if words is None else (words in (found or ""))


def test_a_child_who_left_may_come_again_under_the_same_upn() -> None:
    before = replace(CHILD, id=5, upn="A860200100001", leaving_day=date(2024, 7, 19))
    again = replace(CHILD, admission_number="00099", upn="A860200100001", starting_day=date(2026, 11, 23))
    assert clash_fault(again, [before]) is None
    assert clash_fault(again, [replace(before, leaving_day=date(2026, 12, 18))]) is not None


@pytest.mark.parametrize(
    ("cards", "asked"),
    [
        ([card("Ms P", "07700 900777", "07700 900778")], []),
        ([card("Ms P")], ["An emergency telephone number of Ms P is needed"]),
        ([card("Ms P", "07700 900777"), card("Mr P")], ["number of Mr P is needed", "one number only"]),
        ([card("Ms P", "07700 900777"), card("Mr P", "07700 900778", at_home=Answer.NO)], []),
        ([card("Ms P", "07700 900777"), card("Mr P", "07700 900777")], ["one number only"]),
        ([], ["with which parent the child lives"]),
    ],
)  # fmt: skip
def test_an_emergency_number_of_each_parent_at_home_and_more_than_one(
    cards: list[ContactCard], asked: list[str]
) -> None:
    found = asked_for(CHILD, cards)
    assert len(found) == len(asked)
    assert all(words in said for words, said in zip(asked, found, strict=True))


def test_address_and_sex_are_asked_for() -> None:
    found = asked_for(replace(CHILD, address=Address(), sex=""), [card("Ms P", "07700 900777", "07700 900778")])
    assert len(found) == 2


@pytest.mark.parametrize(
    ("number", "wrong"),
    [
        ("07700 900123", False),
        ("+44 7700 900123", False),
        ("0151 496 0000 ext 12", False),
        ("(0151) 496-0000", False),
        ("0770", True),
        ("ask granny", True),
        ("07700 900123 granny", True),
        ("", True),
    ],
)  # fmt: skip
def test_what_is_no_telephone_number(number: str, wrong: bool) -> None:
    assert phone_fault(number) is wrong


@pytest.mark.parametrize(
    ("year", "fits"), [("4", True), ("R", True), ("N2", True), ("14", False), ("four", False), (" ", False)]
)
def test_year_groups(year: str, fits: bool) -> None:
    assert (place_fault("4B", year) is None) is fits


def test_the_year_after() -> None:
    assert [next_year(year) for year in ("N1", "N2", "R", "1", "9", "13", "?")] == [
        "N2",
        "R",
        "1",
        "2",
        "10",
        "13",
        "?",
    ]


@pytest.mark.parametrize(
    ("phase", "places", "goes"),
    [
        (
            Phase.PRIMARY,
            [("RH", "R"), ("1K", "1"), ("4B", "4"), ("6P", "6")],
            {"RH": ONE_K, "1K": Destination("2K", "2"), "4B": Destination("5B", "5"), "6P": LEAVES},
        ),
        (Phase.PRIMARY, [("Oak", "3"), ("Oak", "4")], {"Oak": Destination("Oak", "5")}),
        (Phase.SECONDARY, [("7X", "7"), ("11X", "11")], {"7X": Destination("8X", "8"), "11X": LEAVES}),
        (Phase.SPECIAL, [("Elm", "9"), ("Fir", "12")], {"Elm": Destination("Elm", "10"), "Fir": LEAVES}),
    ],
)  # fmt: skip
def test_where_a_class_would_go(phase: Phase, places: list[tuple[str, str]], goes: dict[str, Destination]) -> None:
    found = groups([Membership(0, n, name, year, date(2026, 9, 1)) for n, (name, year) in enumerate(places)], phase)
    assert {one.class_name: one.to for one in found} == goes
    assert [one.pupils for one in found] == [1] * len(places)
