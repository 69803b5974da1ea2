"""The admission register: in from the agreed day, every version kept, classes by date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop_app.actions.admission import (
    admit,
    asked_before,
    correct,
    move,
    particulars_history,
    still_asked,
    to_come,
)
from desktop_app.actions.figures import Grouping, figures
from desktop_app.actions.register import fill_present, write
from desktop_app.actions.register_checks import Edit
from desktop_app.domain.admission import NewContact
from desktop_app.domain.entries import EntryKind
from desktop_app.domain.errors import NotAllowed, Refused
from desktop_app.domain.people import Answer, Channel, Person, Tie
from desktop_app.domain.sessions import Half, Session
from desktop_app.domain.staff import Role
from tests.support.clock import StillClock
from tests.support.newcomers import FRIDAY, MONDAY, MOTHER, NEW, THURSDAY, child, head, places
from tests.support.schools import SmallSchool


def test_a_child_is_on_roll_from_the_agreed_day_even_if_absent(school: SmallSchool, clock: StillClock) -> None:
    key, asked, _ = admit(school.context, NEW, "4B", "4", [MOTHER])
    assert asked == ("There is one number only: ask for more than one, of different people.",)
    assert [one.id for one in to_come(school.context)] == [key]
    clock.set(2026, 11, 23, 9, 0)
    assert to_come(school.context) == ()
    write(school.context, [Edit(key, Session(MONDAY, Half.AM), "N")])
    with pytest.raises(Refused, match="before the starting day"):
        write(school.context, [Edit(key, Session(FRIDAY, Half.AM), "N")])
    with school.context.store.reading() as reading:
        (entry,) = reading.entries.of(key)
    assert entry.kind is EntryKind.ADMISSION


@pytest.mark.parametrize(("changed", "class_name", "why"), [
    ({"legal_surname": " "}, "4B", "full legal name"),
    ({"starting_day": date(2017, 1, 1)}, "4B", "before the child was born"),
    ({"starting_day": THURSDAY}, "4B", "is past"),
    ({"upn": "A123"}, "4B", "a UPN has 13 characters"),
    ({"admission_number": "00001"}, "4B", "is another pupil’s"),
    ({"legal_surname": "Kaya", "legal_forename": "Çağla"}, "4B", "on the admission register already"),
    ({}, " ", "which class"),
])  # fmt: skip
def test_what_is_wrong_with_an_admission_is_said_and_nothing_is_kept(
    school: SmallSchool, changed: dict[str, object], class_name: str, why: str
) -> None:
    before = head(school)
    with pytest.raises(Refused, match=why):
        admit(school.context, replace(NEW, **changed), class_name, "4")  # type: ignore[arg-type]
    assert head(school) == before


def test_a_bad_contact_refuses_the_whole_admission(school: SmallSchool) -> None:
    before = head(school)
    with pytest.raises(Refused, match="“granny” is not a telephone number"):
        admit(school.context, NEW, "4B", "4", [replace(MOTHER, phones=("07700 900777", "granny"))])
    with pytest.raises(Refused, match="what Ms P Zamora is to the child"):
        admit(school.context, NEW, "4B", "4", [replace(MOTHER, tie=replace(MOTHER.tie, relationship=""))])
    office = replace(school.context, staff=replace(school.context.staff, role=Role.OFFICE), alone=False)
    with pytest.raises(NotAllowed, match="no contact"):
        admit(office, NEW, "4B", "4", [replace(MOTHER, tie=replace(MOTHER.tie, no_contact=True))])
    assert head(school) == before


def test_a_start_that_is_past_had_been_agreed_before(school: SmallSchool) -> None:
    key, _, _ = admit(school.context, replace(NEW, starting_day=THURSDAY), "4B", "4", agreed_before=True)
    write(school.context, [Edit(key, Session(THURSDAY, Half.AM), "N")], reason="the child was expected")
    with school.context.store.reading() as reading:
        (entry,) = reading.entries.of(key)
    assert entry.details["agreed"] == "before the starting day"


def test_what_the_regulations_still_ask_for_is_said_before_and_after(school: SmallSchool) -> None:
    without = [replace(MOTHER, phones=())]
    words = ("An emergency telephone number of Ms P Zamora is needed: the child lives there.",)
    assert asked_before(school.context, NEW, without) == words
    key, asked, _ = admit(school.context, NEW, "4B", "4", without)
    assert asked == words == still_asked(school.context, key)
    nobody = ("Say with which parent the child lives, with address and an emergency number.",)
    assert asked_before(school.context, NEW, []) == nobody


def test_a_brother_has_the_mother_who_is_known_already(school: SmallSchool) -> None:
    with school.context.store.reading() as reading:
        tie = next(one for one in reading.book.all(Tie) if one.pupil == school.pupils["Kaya"])
        mother = reading.book.get(Person, tie.person)
    assert mother is not None
    known = NewContact(mother, Tie(0, 0, 0, "mother", Answer.YES, Answer.YES), ("07700 900006", "07700 900999"))
    brother = replace(NEW, legal_surname="Kaya", legal_forename="Emre")
    assert asked_before(school.context, brother, [replace(known, phones=("07700 900999",))]) == ()
    _, asked, _ = admit(school.context, brother, "4B", "4", [known])
    assert asked == ()
    with school.context.store.reading() as reading:
        numbers = sorted(one.value for one in reading.book.all(Channel) if one.person == mother.id)
        assert len(reading.book.all(Person)) == 6
    assert numbers == ["07700 900006", "07700 900999"]


def test_every_version_of_the_particulars_is_kept(school: SmallSchool) -> None:
    key = school.pupils["Kaya"]
    correct(school.context, replace(child(school, key), used_forename="Cal"), since=FRIDAY)
    before = head(school)
    assert not correct(school.context, child(school, key)).book
    assert head(school) == before
    first, second = particulars_history(school.context, key)
    assert (first.fact.used_forename, second.fact.used_forename, second.fact.since) == ("", "Cal", FRIDAY)
    assert second.author.name == "Dr A Rahman"


@pytest.mark.parametrize(("changed", "since", "why"), [
    ({"leaving_day": FRIDAY}, None, "not by a correction"),
    ({"used_forename": "Cal"}, MONDAY, "is to come"),
    ({"starting_day": MONDAY}, None, "a mark of Fri 20 Nov 2026"),
    ({"admission_number": "00001"}, None, "is another pupil’s"),
    ({"date_of_birth": date(1918, 2, 14)}, None, "look at the year"),
])  # fmt: skip
def test_a_correction_that_cannot_be_is_refused(
    school: SmallSchool, changed: dict[str, object], since: date | None, why: str
) -> None:
    key = school.pupils["Kaya"]
    write(school.context, [Edit(key, Session(FRIDAY, Half.AM), "N")])
    before = head(school)
    with pytest.raises(Refused, match=why):
        correct(school.context, replace(child(school, key), **changed), since)  # type: ignore[arg-type]
    assert head(school) == before


def test_the_first_class_begins_with_a_corrected_starting_day(school: SmallSchool) -> None:
    key, _, _ = admit(school.context, NEW, "4B", "4")
    correct(school.context, replace(child(school, key), starting_day=date(2026, 11, 30)))
    assert places(school, key) == [("4B", date(2026, 11, 30), None)]
    correct(school.context, replace(child(school, key), starting_day=FRIDAY))
    assert places(school, key) == [("4B", FRIDAY, None)]


def test_the_figures_of_before_stay_with_the_class_of_before(school: SmallSchool, clock: StillClock) -> None:
    key = school.pupils["Kaya"]
    fill_present(school.context, "4B", Session(FRIDAY, Half.AM))
    move(school.context, [key], "5A", "5", MONDAY)
    clock.set(2026, 11, 23, 9, 0)
    before = {row.class_name: row.pupils for row in figures(school.context, FRIDAY, FRIDAY, Grouping.CLASS)}
    after = {row.class_name: row.pupils for row in figures(school.context, FRIDAY, MONDAY, Grouping.CLASS)}
    assert before == {"4B": 6}
    assert after == {"4B": 5, "5A": 1}


@pytest.mark.parametrize(("class_name", "year", "first", "why"), [
    ("", "5", MONDAY, "which class"),
    ("5A", "five", MONDAY, "no year group"),
    ("5A", "5", date(2022, 9, 4), "starts only on Mon 5 Sep 2022"),
])  # fmt: skip
def test_a_move_that_cannot_be_is_refused(
    school: SmallSchool, class_name: str, year: str, first: date, why: str
) -> None:
    before = head(school)
    with pytest.raises(Refused, match=why):
        move(school.context, [school.pupils["Kaya"]], class_name, year, first)
    assert head(school) == before
