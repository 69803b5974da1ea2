"""Key from paper by real keys: the order of the sheet, faults beside their box, both names kept."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from desktop_app.actions.keying import keying_sheet
from desktop_app.actions.register import write
from desktop_app.actions.register_checks import Edit
from desktop_app.domain.sessions import Half, Session
from tests.support.clock import StillClock
from tests.support.schools import SmallSchool
from tests.support.windows import Desk
from ui.keying.page import KeyingPage
from ui.memory import Memory
from ui.register.page import RegisterPage
from ui.school_menu import SchoolMenu

AM = Session(date(2026, 11, 20), Half.AM)


@pytest.fixture
def desk(school: SmallSchool, clock: StillClock, tmp_path: Path, open_at) -> Desk:
    write(school.context, [Edit(school.pupils["Kaya"], AM, "I")])
    clock.set(2026, 11, 20, 11, 0)
    found = open_at("registers", RegisterPage, KeyingPage)
    SchoolMenu(found.window, Memory(tmp_path))
    found.press("Shift+F11")
    return found


def page(desk: Desk) -> KeyingPage:
    found = desk.window.page("keying")
    assert isinstance(found, KeyingPage)
    return found


def stands(school: SmallSchool) -> dict[str, str]:
    with school.context.store.reading() as reading:
        marks = {name: reading.marks.at(key, AM) for name, key in school.pupils.items()}
    return {name: f"{mark.code}{mark.minutes or ''}" for name, mark in marks.items() if mark}


def head(desk: Desk) -> None:
    page(desk).taken_by.setFocus()
    desk.type("Ms T Vale")
    desk.press("Tab")
    desk.type("8:51")
    desk.press("Return")


def test_a_register_is_typed_in_the_order_of_the_sheet(desk: Desk, school: SmallSchool) -> None:
    assert (page(desk).class_name.value(), page(desk).day.text()) == ("4B", "Fri 20 Nov 2026")
    head(desk)
    desk.press("/", "Return", "n", "Return", "l", "9", "Down", "Return", "/", "F9")
    desk.press("Ctrl+Return")
    assert stands(school) == {
        "Abara": "/",
        "Bielak": "N",
        "Chaudhry": "L9",
        "Đặng": "/",
        "Doyle": "/",
        "Kaya": "I",
    }
    assert page(desk).said.text() == "✓ 4B: 5 marks kept, as taken on paper at 08:51"
    taking = keying_sheet(school.context, "4B", AM).taking
    assert taking is not None
    assert (taking.taken_by, taking.keyed_by) == ("Ms T Vale", "Dr A Rahman")
    assert page(desk).card.aside.text() == "typed in before: taken by Ms T Vale at 08:51"
    assert page(desk).sheet.typed() == {}


def test_what_cannot_be_read_is_said_beside_its_box_and_nothing_is_kept(desk: Desk, school: SmallSchool) -> None:
    head(desk)
    desk.press("/", "Return", "q", "q", "Return", "Return", "Ctrl+Return")
    box = page(desk).sheet.boxes[school.pupils["Bielak"]]
    assert desk.focus is box
    assert "“qq” is no code" in page(desk).sheet._said[school.pupils["Bielak"]].text()
    assert stands(school) == {"Kaya": "I"}
    desk.type("i")
    page(desk).taken_by.clear()
    desk.press("Ctrl+Return")
    assert page(desk).said.text().startswith("⚠ Who took the register?")
    assert stands(school) == {"Kaya": "I"}


def test_what_somebody_wrote_meanwhile_is_chosen_by_a_key_child_by_child(desk: Desk, school: SmallSchool) -> None:
    head(desk)
    desk.press("/", "Return", "i", "Return", "n")
    write(school.context, [Edit(school.pupils["Abara"], AM, "M"), Edit(school.pupils["Bielak"], AM, "V")])
    desk.press("Ctrl+Return")
    bar = page(desk).clash
    assert desk.focus is bar
    assert bar.words.startswith("Tobi Abara: on paper present. ")
    assert "Meanwhile Dr A Rahman wrote M, " in bar.words
    assert "at 11:00 on Fri 20 Nov" in bar.words
    assert [words.split(",")[0] for words in bar.choices] == ["Keep theirs: M", "The paper’s: present"]
    desk.press("1")
    assert desk.focus is bar
    assert bar.words.startswith("Łucja Bielak: on paper I, ")
    desk.press("2")
    assert not bar.isVisible()
    assert stands(school) == {"Kaya": "I", "Abara": "M", "Bielak": "V"}, "nothing is kept before it is asked for"
    desk.press("Ctrl+Return")
    assert page(desk).said.text() == "✓ 4B: 2 marks kept, as taken on paper at 08:51"
    assert stands(school) == {"Kaya": "I", "Abara": "M", "Bielak": "I", "Chaudhry": "N"}


def test_other_minutes_than_were_seen_are_chosen_between_as_other_codes_are(desk: Desk, school: SmallSchool) -> None:
    abara = school.pupils["Abara"]
    write(school.context, [Edit(abara, AM, "L", 5, "the bus")])
    desk.window.go("keying", day=date(2026, 11, 19))
    desk.window.go("keying", day=date(2026, 11, 20))
    assert page(desk).sheet._said[abara].text() == "L 5 min, “the bus” stands"
    head(desk)
    desk.press("l", "9", "Return")
    write(school.context, [Edit(abara, AM, "L", 7)], "seen at the gate")
    desk.press("Ctrl+Return")
    assert "on paper L, late, before the register closed, present, 9 minutes late" in page(desk).clash.words
    assert "Meanwhile Dr A Rahman wrote L, late, before the register closed, present, 7 min" in page(desk).clash.words
    desk.press("2", "Ctrl+Return")
    assert stands(school)["Abara"] == "L9"


def test_a_choice_that_is_given_up_keeps_nothing_and_is_asked_again(desk: Desk, school: SmallSchool) -> None:
    head(desk)
    desk.press("/")
    write(school.context, [Edit(school.pupils["Abara"], AM, "M")])
    desk.press("Ctrl+Return", "Escape")
    assert desk.window.place == "keying"
    assert desk.focus is page(desk).sheet.boxes[school.pupils["Abara"]]
    assert not page(desk).clash.isVisible()
    assert stands(school) == {"Kaya": "I", "Abara": "M"}
    desk.press("Ctrl+Return")
    assert page(desk).clash.isVisible()
    desk.press("2", "Ctrl+Return")
    assert stands(school) == {"Kaya": "I", "Abara": "/"}


def test_what_is_half_typed_stays_while_one_looks_elsewhere(desk: Desk, school: SmallSchool) -> None:
    head(desk)
    desk.press("i", "Escape")
    assert desk.window.place == "registers"
    desk.press("Shift+F11")
    assert page(desk).sheet.typed() == {school.pupils["Abara"]: "i"}
    page(desk).half.choose("PM")
    assert page(desk).sheet.typed() == {}
    desk.window.go("keying", day=date(2026, 10, 28))
    assert "no register is taken (half term)" in page(desk).said.text()
    assert page(desk).sheet.boxes == {}
