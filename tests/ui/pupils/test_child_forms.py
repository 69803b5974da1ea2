"""The forms of the admission register beside a child's page, by real keys."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop_app.actions.contacts import contact_cards
from desktop_app.domain.people import Address, Answer, Membership, Person, Pupil, Tie
from desktop_app.domain.staff import Role
from tests.support.people import in_role
from tests.support.schools import SmallSchool
from tests.support.windows import Desk, open_desk
from ui.pupils.beside import Beside
from ui.pupils.page import PupilsPage
from ui.returns.page import ReturnsPage

FRIDAY = date(2026, 11, 20)
HOME = Address(("9 Hidden Row",), "L33 9ZZ")


@pytest.fixture
def desk(school: SmallSchool, open_at) -> Desk:
    opened = open_at("pupils", PupilsPage, ReturnsPage)
    opened.window.go("pupils", pupil=school.pupils["Kaya"])
    return opened


def forms(desk: Desk) -> Beside:
    page = desk.window.page("pupils")
    assert isinstance(page, PupilsPage)
    return page.child.beside


def child(desk: Desk, school: SmallSchool, surname: str = "Kaya") -> Pupil:
    with desk.context.store.reading() as reading:
        found = reading.book.get(Pupil, school.pupils[surname])
    assert found is not None
    return found


def shown(desk: Desk) -> str:
    page = desk.window.page("pupils")
    assert isinstance(page, PupilsPage)
    return page.child.header.title.text()


def test_p_corrects_the_particulars_and_shows_what_was(desk: Desk, school: SmallSchool) -> None:
    desk.press("p")
    panel = forms(desk).particulars
    assert desk.focus is panel.child_form.lines["legal_forename"]
    assert "The address of the child is not known" in panel.asked.text()
    panel.child_form.lines["used_forename"].setFocus()
    desk.type("Cal")
    desk.press("Ctrl+Return")
    assert (child(desk, school).used_forename, child(desk, school).since) == ("Cal", FRIDAY)
    assert shown(desk) == "Cal Kaya"
    assert desk.said == "The particulars of Cal Kaya are changed."
    desk.press("p")
    lines = [panel._history.itemAt(n).widget().text() for n in range(panel._history.count())]  # type: ignore[union-attr]
    assert "Dr A Rahman: Forename in use: nothing → Cal (since Fri 20 Nov 2026)" in lines[0]
    assert lines[1].endswith("first recorded")


def test_what_is_wrong_stays_in_the_form_and_half_typed_is_kept(desk: Desk, school: SmallSchool) -> None:
    desk.press("p")
    panel = forms(desk).particulars
    panel.child_form.lines["upn"].setFocus()
    desk.type("A123")
    desk.press("Ctrl+Return")
    assert "a UPN has 13 characters" in panel.fault.text()
    assert child(desk, school).upn == ""
    desk.press("Escape")
    assert panel.isHidden()
    assert "kept for this child" in desk.said
    desk.window.go("pupils", pupil=school.pupils["Doyle"])
    desk.press("p")
    assert panel.child_form.lines["upn"].text() == ""
    desk.press("Escape")
    desk.window.go("pupils", pupil=school.pupils["Kaya"])
    desk.press("p")
    assert panel.child_form.lines["upn"].text() == "A123"


def test_m_moves_the_child_from_a_day(desk: Desk, school: SmallSchool) -> None:
    desk.press("m")
    desk.type("5A")
    desk.press("Tab")
    desk.type("5")
    desk.press("Tab")
    forms(desk).move_class.first.selectAll()
    desk.type("23/11/2026")
    desk.press("Ctrl+Return")
    assert forms(desk).move_class.isHidden(), forms(desk).move_class.fault.text()
    with desk.context.store.reading() as reading:
        known = [one for one in reading.book.all(Membership) if one.pupil == school.pupils["Kaya"]]
    assert [(one.class_name, one.year, one.last) for one in known] == [
        ("4B", "4", date(2026, 11, 22)),
        ("5A", "5", None),
    ]


def test_r_takes_off_the_roll_only_with_all_that_is_asked(desk: Desk, school: SmallSchool) -> None:
    desk.press("r")
    panel = forms(desk).leaving
    titles = [panel.ground.itemText(n) for n in range(panel.ground.count())]
    assert titles[0] == "Registered at another school"
    assert "Left below or above compulsory age" not in titles
    assert "registered at another school" in panel.meaning.text()
    desk.press("Ctrl+Return")
    assert "The other school has confirmed" in panel.fault.text()
    assert child(desk, school).leaving_day is None
    panel.last.setFocus()
    panel.last.selectAll()
    desk.type("19/11/2026")
    for _ in panel.ticks:
        desk.press("Tab", "Space")
    assert all(tick.isChecked() for tick in panel.ticks)
    desk.press("Ctrl+Return")
    assert "never deleted backwards" in panel.fault.text()
    panel.last.setFocus()
    panel.last.selectAll()
    desk.type("27/11/2026")
    desk.press("Ctrl+Return")
    assert child(desk, school).leaving_day == date(2026, 11, 27)
    assert desk.said == (
        "Çağla Kaya leaves the roll: Registered at another school, last day Fri 27 Nov 2026. "
        "Deletion return, by Fri 27 Nov: Space keeps the line, Ctrl+Enter makes it."
    )
    assert desk.window.place == "returns"
    desk.wait()
    desk.press("Return")
    desk.press("r")
    assert "last day on roll is Fri 27 Nov 2026, on the ground “Registered at another school”" in panel.who.text()
    desk.press("Ctrl+Return")
    assert "Say why" in panel.fault.text()
    desk.type("the house sale fell through")
    desk.press("Ctrl+Return")
    assert child(desk, school).leaving_day is None
    assert desk.said == "Çağla Kaya stays on roll."


def test_the_grounds_say_what_they_need(desk: Desk) -> None:
    desk.press("r")
    panel = forms(desk).leaving
    assert not panel.register_says.isVisible()
    panel.ground.setCurrentIndex(panel.ground.findText("Absent twenty school days"))
    assert "0 school days in a row are coded G, N or O, not 20" in panel.register_says.text()
    assert panel._evidence_field.label.text() == "What the school asked, what the authority asked, and when"
    panel.ground.setCurrentIndex(panel.ground.findText("Educated otherwise than at school"))
    assert "consent of the authority may be needed" in panel.warning.text()
    assert "was not in force" in panel.warning.text()
    panel.ground.setCurrentIndex(panel.ground.findText("Death"))
    assert not panel.warning.isVisible()


def test_the_age_of_the_last_day_decides_the_grounds(school: SmallSchool, open_at) -> None:
    with school.context.store.writing(school.context.deed("set up")) as writing:
        known = writing.book.get(Pupil, school.pupils["Abara"])
        assert known is not None
        writing.book.put(replace(known, date_of_birth=date(2022, 1, 14), starting_day=date(2026, 9, 7)))
    desk = open_at("pupils", PupilsPage)
    desk.window.go("pupils", pupil=school.pupils["Abara"])
    desk.press("r")
    panel = forms(desk).leaving
    assert panel.ground.findText("Left below or above compulsory age") >= 0
    panel.last.setFocus()
    panel.last.selectAll()
    desk.type("31/3/2027")
    assert panel.ground.findText("Left below or above compulsory age") == -1
    assert panel.ground.findText("Educated otherwise than at school") >= 0


def test_an_address_that_is_held_back_cannot_be_typed_over(school: SmallSchool, open_at) -> None:
    context, key = school.context, school.pupils["Kaya"]
    with context.store.writing(context.deed("test")) as writing:
        child = writing.book.get(Pupil, key)
        tie = next(one for one in writing.book.all(Tie) if one.pupil == key)
        mother = writing.book.get(Person, tie.person)
        assert child is not None
        assert mother is not None
        writing.book.put(replace(child, address=HOME))
        writing.book.put(replace(mother, address=HOME, protected_address=True))
    school.context = in_role(context, Role.OFFICE)
    found = open_at("pupils", PupilsPage)
    found.window.go("pupils", pupil=key)
    found.press("p")
    panel = forms(found).particulars
    assert panel.child_form.address.toPlainText() == "held by the school"
    assert panel.child_form.address.isReadOnly()
    assert panel.child_form.postcode.isReadOnly()
    panel.child_form.lines["middle_names"].setText("Su")
    found.press("Ctrl+Return")
    with context.store.reading() as reading:
        saved = reading.book.get(Pupil, key)
    assert saved is not None
    assert (saved.middle_names, saved.address) == ("Su", HOME)


def test_a_new_contact_is_one_deed_and_keeps_the_place_typed(desk: Desk, school: SmallSchool) -> None:
    desk.press("k")
    panel, key = forms(desk).contacts, school.pupils["Kaya"]
    panel.chosen.setFocus()
    desk.press("End", "Tab")
    desk.type("Ms N Demir")
    desk.press("Tab")
    desk.type("aunt")
    panel.email.setText("n@example.org")
    panel.place.setText("0")
    desk.press("Ctrl+Return")
    assert "write 1 for the first" in panel.fault.text()
    panel.place.setText("1")
    desk.press("Ctrl+Return")
    aunt, mother = contact_cards(desk.context, key)
    assert (aunt.person.full_name, aunt.tie.priority, mother.tie.priority) == ("Ms N Demir", 1, 2)
    with desk.context.store.reading() as reading:
        assert len(reading.book.history(Person, aunt.person.id)) == 1
        assert len(reading.book.history(Tie, aunt.tie.id)) == 1, "added, and not corrected after"


def test_k_changes_and_adds_contacts(desk: Desk, school: SmallSchool) -> None:
    desk.press("k")
    panel, key = forms(desk).contacts, school.pupils["Kaya"]
    assert panel.name.text() == "Ms K Kaya"
    panel.phones[0].setFocus()
    panel.phones[0].selectAll()
    desk.type("granny")
    desk.press("Ctrl+Return")
    assert "is not a telephone number" in panel.fault.text()
    panel.phones[0].selectAll()
    desk.type("07700 900888")
    desk.press("Ctrl+Return")
    assert contact_cards(desk.context, key)[0].phone == "07700 900888"
    panel.chosen.setFocus()
    desk.press("End", "Tab")
    desk.type("Mr E Kaya")
    desk.press("Tab")
    desk.type("father")
    panel.phones[1].setFocus()
    desk.type("07700 900500")
    panel.email.setText("e.kaya@example.org")
    desk.press("Ctrl+Return")
    father = contact_cards(desk.context, key)[1]
    assert (father.person.full_name, father.tie.relationship, father.tie.lives_with) == (
        "Mr E Kaya",
        "father",
        Answer.UNKNOWN,
    )
    assert [one.value for one in father.channels] == ["07700 900500", "e.kaya@example.org"]
    assert panel.chosen.currentText() == "Mr E Kaya · father"
    panel.ticks["may_collect"].setFocus()
    desk.press("Space", "Ctrl+Return")
    assert not contact_cards(desk.context, key)[1].tie.may_collect
    panel.bar.setFocus()
    desk.press("Space")
    assert "Say which order" in panel.fault.text()
    panel.order.setText("Family Court at Liverpool, 3 November 2026")
    panel.bar.setFocus()
    desk.press("Space")
    assert contact_cards(desk.context, key)[1].tie.no_contact
    assert panel.note.isVisible()
    page = desk.window.page("pupils")
    assert isinstance(page, PupilsPage)
    assert page.child.page is not None
    assert [card.person.full_name for card in page.child.page.contacts] == ["Ms K Kaya"]
    panel.chosen.setCurrentIndex(0)
    panel.ends.setFocus()
    desk.press("Return")
    assert [card.person.full_name for card in contact_cards(desk.context, key)] == ["Mr E Kaya"]


@pytest.mark.parametrize(("role", "letter", "why"), [
    (Role.TEACHER, "p", "may not admit pupils"),
    (Role.TEACHER, "k", "may not change who may have no contact"),
    (Role.OFFICE, "r", "may not take a pupil off the roll"),
])  # fmt: skip
def test_who_may_not_is_told_so_at_once(school: SmallSchool, qtbot, theme, role: Role, letter: str, why: str) -> None:
    context = replace(school.context, staff=replace(school.context.staff, role=role, classes=("4B",)), alone=False)
    desk = open_desk(qtbot, context, theme, [PupilsPage], "pupils")
    desk.window.go("pupils", pupil=school.pupils["Kaya"])
    desk.press(letter)
    assert why in desk.said
    assert not forms(desk).is_open
    desk.close()


def test_the_office_sees_no_order_and_no_protected_tick(school: SmallSchool, qtbot, theme) -> None:
    context = replace(school.context, staff=replace(school.context.staff, role=Role.OFFICE), alone=False)
    desk = open_desk(qtbot, context, theme, [PupilsPage], "pupils")
    desk.window.go("pupils", pupil=school.pupils["Kaya"])
    desk.press("k")
    panel = forms(desk).contacts
    assert panel.isVisible()
    assert not panel.bar.isVisible()
    assert not panel.protected.isVisible()
    desk.press("Escape")
    assert panel.isHidden()
    desk.close()
