"""Admitting by real keys: what is missing is said first, what is wrong refused, a brother’s parents taken over."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.actions.contacts import contact_cards
from desktop_app.domain.people import Answer, Membership, Person, Pupil
from tests.support.schools import SmallSchool
from tests.support.windows import Desk
from ui.admission.page import AdmitPage
from ui.pupils.page import PupilsPage


@pytest.fixture
def desk(school: SmallSchool, open_at) -> Desk:
    return open_at("pupils", PupilsPage, AdmitPage)


def page(desk: Desk) -> AdmitPage:
    found = desk.window.page("admit")
    assert isinstance(found, AdmitPage)
    return found


def pupils(desk: Desk) -> dict[str, Pupil]:
    with desk.context.store.reading() as reading:
        return {one.legal_name: one for one in reading.book.all(Pupil)}


def fill_in(desk: Desk, start: str = "23/11/2026") -> None:
    """From the list, by keys alone, in the order of the form."""
    desk.press("Ctrl+N")
    for text in ("Ines", "", "Zamora", "", "", "14/2/2018"):
        desk.type(text)
        desk.press("Tab")
    desk.press("Down", "Tab")  # the sex: female
    desk.type("3 Marsh Lane")
    desk.press("Tab")
    desk.type("l33 1aa")
    desk.press("Tab", "Tab")
    desk.type("00040")
    desk.press("Tab")
    desk.type(start)
    desk.press("Tab")
    desk.type("4B")
    desk.press("Tab")
    desk.type("Year 4")


def test_a_child_is_admitted_by_keys_alone(desk: Desk) -> None:
    fill_in(desk)
    form = page(desk).contacts[0]
    form.name.setFocus()
    desk.type("Ms P Zamora")
    desk.press("Tab")
    desk.type("mother")
    desk.press("Tab", "Up", "Up", "Tab", "Up", "Up", "Tab")
    desk.type("07700 900777")
    desk.press("Tab")
    desk.type("07700 900778")
    desk.press("Ctrl+Return")
    child = pupils(desk)["Ines Zamora"]
    assert (child.date_of_birth, child.starting_day, child.sex) == (date(2018, 2, 14), date(2026, 11, 23), "F")
    assert child.address.one_line == "3 Marsh Lane, L33 1AA"
    assert desk.window.place == "pupils"
    shown = desk.window.page("pupils")
    assert isinstance(shown, PupilsPage)
    assert shown.child.page is not None
    assert shown.child.page.pupil.id == child.id
    assert desk.said == "Ines Zamora is on the admission register from Mon 23 Nov 2026."
    (card,) = contact_cards(desk.context, child.id)
    assert (card.tie.lives_with, card.tie.responsibility, card.phone) == (Answer.YES, Answer.YES, "07700 900777")
    assert card.person.address == child.address
    with desk.context.store.reading() as reading:
        place = next(one for one in reading.book.all(Membership) if one.pupil == child.id)
    assert (place.class_name, place.year, place.first) == ("4B", "4", date(2026, 11, 23))
    desk.window.go("admit")
    assert page(desk).form.lines["legal_surname"].text() == ""
    assert "still to start: Ines Zamora, Mon 23 Nov 2026" in page(desk).to_come.text()
    desk.press("Ctrl+K")
    desk.type("zam")
    assert desk.window.find_field.results.item(0).text() == "Zamora, Ines  ·  starts Mon 23 Nov"


def test_what_the_law_still_asks_for_is_said_before_and_admits_at_the_second_time(desk: Desk) -> None:
    fill_in(desk)
    form = page(desk).contacts[0]
    form.name.setText("Ms P Zamora")
    form.relationship.setText("mother")
    form.home.choose(Answer.YES)
    desk.press("Ctrl+Return")
    assert "An emergency telephone number of Ms P Zamora is needed" in page(desk).said.text()
    assert "Ines Zamora" not in pupils(desk)
    desk.press("Ctrl+Return")
    assert "Ines Zamora" in pupils(desk)
    assert "Still asked for: An emergency telephone number" in desk.said


@pytest.mark.parametrize(
    ("start", "words"),
    [("19/11/2026", "is past"), ("31/2/2027", "Starting day: that is not a day"), ("1/1/2018", "before the child was")],
)
def test_a_wrong_starting_day_is_refused_and_nothing_typed_is_lost(desk: Desk, start: str, words: str) -> None:
    fill_in(desk, start)
    page(desk).contacts[0].show_known(contact_cards(desk.context, pupils(desk)["Çağla Kaya"].id)[0])
    page(desk).contacts[0].other_phone.setText("07700 900999")
    desk.press("Ctrl+Return")
    assert words in page(desk).said.text()
    assert page(desk).said.text().startswith("⚠")
    assert len(pupils(desk)) == 6
    assert page(desk).form.lines["legal_surname"].text() == "Zamora"
    if words == "is past":
        page(desk).agreed.setFocus()
        desk.press("Space", "Ctrl+Return")
        assert len(pupils(desk)) == 7


def test_a_sisters_mother_is_the_same_person(desk: Desk) -> None:
    fill_in(desk)
    page(desk).sibling.setFocus()
    desk.type("zzz")
    desk.press("Return")
    assert "No child is called so" in page(desk).said.text()
    page(desk).sibling.clear()
    desk.type("kaya")
    desk.press("Return")
    form = page(desk).contacts[0]
    assert (form.name.text(), form.phone.text(), form.name.isReadOnly()) == ("Ms K Kaya", "07700 900006", True)
    desk.press("Ctrl+Return", "Ctrl+Return")
    with desk.context.store.reading() as reading:
        assert len(reading.book.all(Person)) == 6
    shown = desk.window.page("pupils")
    assert isinstance(shown, PupilsPage)
    assert shown.child.page is not None
    assert [one.pupil.surname for one in shown.child.page.siblings] == ["Kaya"]


def test_escape_leaves_and_keeps_what_was_typed(desk: Desk) -> None:
    fill_in(desk)
    desk.press("Escape")
    assert desk.window.place == "pupils"
    desk.press("Ctrl+N")
    assert page(desk).form.lines["legal_forename"].text() == "Ines"
