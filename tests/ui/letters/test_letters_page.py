"""Letters by real keys: chosen, looked at, left out or sent with why, made and logged, saved; over a real store."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pypdf
import pytest
from PySide6.QtGui import QShortcut

from desktop_app.actions.holds import put_hold
from desktop_app.domain.entries import EntryKind
from desktop_app.domain.people import Flag, FlagKind, Pupil
from desktop_app.domain.staff import Role
from tests.support.keyboard import all_taken, names
from tests.support.letters import lettered, parent
from tests.support.people import in_role
from tests.support.schools import SmallSchool
from tests.support.windows import Desk
from ui import letter_keys
from ui.letters.page import LettersPage
from ui.pupils.page import PupilsPage


@pytest.fixture
def desk(school: SmallSchool, open_at) -> Desk:
    lettered(school)
    return open_at("letters", LettersPage, PupilsPage)


def page(desk: Desk) -> LettersPage:
    found = desk.window.page("letters")
    assert isinstance(found, LettersPage)
    return found


def look(desk: Desk, kind: str, *children: str) -> None:
    page(desk).asking.list.select_key(kind)
    page(desk).asking.whom.choose("names")
    page(desk).asking.names.setPlainText("\n".join(children))
    desk.press("Ctrl+Return")
    desk.wait()


def letters_of(school: SmallSchool, kind: EntryKind = EntryKind.LETTER) -> list:
    with school.context.store.reading() as reading:
        return list(reading.entries.all(kinds=(kind,)))


def full_name(school: SmallSchool, surname: str) -> str:
    with school.context.store.reading() as reading:
        return reading.book.get(Pupil, school.pupils[surname]).name


def test_the_keyboard_is_in_the_list_of_kinds(desk: Desk) -> None:
    assert desk.focus is page(desk).asking.list


def test_a_letter_to_each_parent_is_looked_at_made_logged_and_saved(
    desk: Desk, school: SmallSchool, tmp_path: Path
) -> None:
    parent(school.context, school.pupils["Kaya"], "Mr D Kaya")
    look(desk, "half-term", full_name(school, "Kaya"))
    shown = page(desk).planned
    assert len(shown.planned) == 2
    assert shown.sheet.isVisible()
    first = shown.sheet.accessibleDescription()
    assert "Kaya" in first
    desk.press("Down")
    desk.wait()
    assert shown.sheet.accessibleDescription() != first
    for one in shown.planned:
        if one.asks:
            desk.press("r")
            desk.type("agreed with them on the telephone")
            desk.press("Return")
            desk.press("Up")
    assert not letters_of(school)
    desk.press("Ctrl+Return")
    desk.wait()
    logged = letters_of(school)
    assert len(logged) == 2
    assert {entry.persons for entry in logged} == {one.letter.persons for one in shown.planned}
    assert "2 letters made, logged to 2 people" in page(desk).header.subtitle.text()
    page(desk).save_to(tmp_path)
    files = sorted(tmp_path.glob("*.pdf"))
    assert len(files) == 2
    assert all("kaya" not in file.name.lower() for file in files)
    assert "Kaya" in pypdf.PdfReader(files[0]).pages[0].extract_text()
    desk.press("Escape")
    assert desk.focus is page(desk).asking.list


def test_a_hold_says_see_the_lead_and_nothing_more(desk: Desk, school: SmallSchool) -> None:
    put_hold(school.context, school.pupils["Kaya"], school.context.today(), None, "a secret matter")
    look(desk, "concern-1", full_name(school, "Kaya"))
    shown = page(desk).planned
    assert shown.says.text() == "■ Stopped: See the safeguarding lead."
    assert "secret" not in "".join(str(shown.model.index(0, n).data()) for n in range(4))
    assert not shown.sheet.isVisible()
    desk.press("r")
    assert "no reason changes that" in desk.said
    desk.press("Ctrl+Return")
    assert "D leaves it out" in desk.said
    assert not letters_of(school)
    desk.press("x", "Ctrl+Return")
    desk.wait()
    assert not letters_of(school)
    assert [one.words for one in page(desk).model.rows] == ["See the safeguarding lead."]


def test_one_is_left_out_with_why_and_comes_back(desk: Desk, school: SmallSchool) -> None:
    look(desk, "half-term", full_name(school, "Kaya"), full_name(school, "Doyle"))
    shown = page(desk).planned
    count = len(shown.planned)
    desk.press("d", "Return")
    assert shown.field.has_fault
    desk.type("told in person")
    desk.press("Return")
    assert shown.decisions.dropped == {shown.planned[0].key: "told in person"}
    assert f"{count} letters, 1 left out" in page(desk).header.subtitle.text()
    desk.press("d")
    assert not shown.decisions.dropped


def test_who_may_not_override_the_guard_is_told_so(school: SmallSchool, open_at) -> None:  # type: ignore[no-untyped-def]
    lettered(school)
    with school.context.store.writing(school.context.deed("flag")) as writing:
        writing.book.put(Flag(0, school.pupils["Kaya"], FlagKind.OTHER, "Bereaved", date(2026, 9, 1)))
    school.context = in_role(school.context, Role.OFFICE)
    desk = open_at("letters", LettersPage)
    look(desk, "half-term", full_name(school, "Kaya"), full_name(school, "Doyle"))
    asking = [one for one in page(desk).planned.planned if one.asks]
    assert {one.letter.pupil for one in asking} == {school.pupils["Kaya"]}
    assert page(desk).planned.not_ready() is asking[0]
    desk.press("r")
    assert "Only a headteacher" in desk.said
    assert page(desk).planned.field.isHidden()


@pytest.mark.parametrize(
    ("typed", "said"),
    [("", "Name the children first"), ("Nobody Known", "Line 1: nobody on roll"), ("\n\nXY123", "Line 3: nobody")],
)
def test_a_list_that_cannot_be_read_is_refused_with_its_line(desk: Desk, typed: str, said: str) -> None:
    look(desk, "praise", typed)
    assert said in page(desk).asking.fault.text()
    assert page(desk).asking.isVisible()


def test_the_window_answers_while_the_children_are_looked_for_and_the_last_asked_for_is_planned(
    desk: Desk, school: SmallSchool
) -> None:
    desk.wait()
    asking = page(desk).asking
    assert [asking.whom.itemText(row) for row in range(asking.whom.count())] == ["Names, typed or pasted", "Class 4B"]
    asking.list.select_key("praise")
    with desk.worker_held():
        asking.names.setPlainText("Nobody Known")
        desk.press("Ctrl+Return")
        asking.names.setFocus()
        asking.names.clear()
        desk.type(full_name(school, "Doyle"))
        desk.press("Ctrl+Return")
        assert asking.isVisible()
        assert not asking.fault.isVisible()
    assert {one.letter.pupil for one in page(desk).planned.planned} == {school.pupils["Doyle"]}
    assert asking.fault.text() == ""


def test_children_handed_over_can_be_asked_for_before_their_names_are_read(desk: Desk, school: SmallSchool) -> None:
    desk.wait()
    with desk.worker_held():
        desk.window.go("letters", pupils=(school.pupils["Kaya"],), source="The watch list", kind="praise")
        asking = page(desk).asking
        assert (asking.whom.value(), asking.handed.text()) == ("handed", "Reading …")
        desk.press("Ctrl+Return")
    assert asking.handed.text() == f"The watch list: {full_name(school, 'Kaya')}"
    assert {one.letter.pupil for one in page(desk).planned.planned} == {school.pupils["Kaya"]}


def test_what_is_no_day_is_refused(desk: Desk, school: SmallSchool) -> None:
    page(desk).asking.first.setText("soon")
    look(desk, "praise", full_name(school, "Kaya"))
    assert "“soon” is no day" in page(desk).asking.fault.text()


def test_from_the_child_the_child_is_chosen(desk: Desk, school: SmallSchool) -> None:
    desk.window.go("pupils", pupil=school.pupils["Kaya"])
    desk.press("b")
    assert desk.window.place == "letters"
    assert page(desk).asking.whom.value() == "handed"
    desk.wait()
    assert full_name(school, "Kaya") in page(desk).asking.handed.text()
    page(desk).asking.list.select_key("praise")
    desk.press("Ctrl+Return")
    desk.wait()
    assert {one.letter.pupil for one in page(desk).planned.planned} == {school.pupils["Kaya"]}


def test_cancelled_those_that_were_made_are_logged(desk: Desk, school: SmallSchool) -> None:
    look(desk, "praise", *(full_name(school, name) for name in school.pupils))
    desk.press("x")
    shown = page(desk).planned
    for one in shown.planned:
        if one.asks and one.key not in shown.decisions.dropped:
            shown.decisions.dropped[one.key] = "not now"
    desk.press("Ctrl+Return")
    page(desk).strip.cancel.click()
    desk.wait()
    made = len(page(desk).made)
    assert sum(one.done for one in page(desk).model.rows) == made
    assert len(page(desk).model.rows) == len(shown.planned)
    assert made < len(shown.planned)
    assert "You stopped before this one." in [one.words for one in page(desk).model.rows]


def test_every_key_of_letters(desk: Desk, school: SmallSchool) -> None:
    own = {one.key().toString() for one in page(desk).findChildren(QShortcut)}
    listed = names((*letter_keys.LETTERS, *letter_keys.LETTERS_PLANNED, *letter_keys.LETTERS_MADE))
    assert own <= listed
    name = full_name(school, "Kaya")

    def put_back(_: str) -> None:
        page(desk)._turn_to(page(desk).asking)
        page(desk).asking.list.setFocus()
        look(desk, "praise", name)
        page(desk).planned.list.setFocus()

    all_taken(desk, letter_keys.LETTERS_PLANNED, put_back, unused="F3")
