"""Every key that the help names for a place does something there, and every key of a place is named."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from desktop_app.actions.case_page import cases_of
from desktop_app.actions.casework import move
from desktop_app.actions.plans import plan
from desktop_app.domain.entries import Task
from desktop_app.domain.school import Plan
from desktop_app.domain.sessions import Half
from tests.support.keyboard import all_taken, bound, chord, names, taken
from tests.support.schools import SmallSchool
from tests.support.windows import Desk
from ui import case_keys, chronology_keys, figure_keys, keys, letter_keys
from ui.admission.page import AdmitPage
from ui.cases.page import CasesPage
from ui.changes.page import ChangesPage
from ui.hatch.page import HatchPage
from ui.keying.page import KeyingPage
from ui.keys import Key, hints
from ui.log.panel import KIND_KEYS
from ui.memory import Memory
from ui.parts.buttons import Button
from ui.pupils.page import PupilsPage
from ui.register.page import RegisterPage
from ui.school_menu import SchoolMenu
from ui.shell import Page
from ui.today.page import TodayPage
from ui.week.page import WeekPage
from ui.year.page import YearPage


def page_of(desk: Desk, place: str) -> Page:
    return desk.window.page(place)


def test_the_names_of_keys_are_names_that_qt_knows() -> None:
    for listed in (
        *vars(keys).values(),
        *vars(figure_keys).values(),
        *vars(letter_keys).values(),
        *vars(chronology_keys).values(),
        *vars(case_keys).values(),
    ):
        if isinstance(listed, tuple):
            for key in listed:
                assert all(chord(name).toString() for name in key.keys)
                assert key.does


def test_every_key_of_the_window(desk: Desk, tmp_path) -> None:
    SchoolMenu(desk.window, Memory(tmp_path))
    for key in keys.WINDOW:
        for name in key.keys:
            assert bound(desk.window, desk.focus, chord(name)), name
    assert not bound(desk.window, desk.focus, chord("Ctrl+J"))


def test_every_key_of_today(desk: Desk) -> None:
    def put_back(_: str) -> None:
        desk.window.go("today")
        desk.press("Ctrl+Z")
        desk.window.go("today")  # the list has its line again, and the keyboard

    all_taken(desk, keys.TODAY, put_back)


def test_every_key_of_what_is_to_be_seen_to(desk: Desk, school: SmallSchool) -> None:
    page = page_of(desk, "today")
    assert isinstance(page, TodayPage)
    with school.context.store.writing(school.context.deed("set up")) as writing:
        writing.book.put(Task(0, school.pupils["Kaya"], "chase", date(2026, 11, 20), None, "Visit the home"))

    def put_back(_: str) -> None:
        desk.window.go("today")
        page.refresh(None)
        page.due.view.setFocus()

    all_taken(desk, keys.DUE, put_back)


def test_every_key_of_the_call_card(desk: Desk) -> None:
    """S first: it asks for more; every other outcome goes on to another family, or closes the card."""
    page = page_of(desk, "today")
    assert isinstance(page, TodayPage)

    def put_back(name: str) -> None:
        page.card.close_panel()
        page.log_panel.close_panel()
        desk.window.go("today")
        desk.press("Return")
        assert page.card.isVisible()
        if name in ("Enter", "Ctrl+Enter"):
            desk.press("s")

    all_taken(desk, [key for key in keys.CALL if key.keys != ("W",)], put_back, unused="F3")


def test_every_key_of_the_register(desk: Desk) -> None:
    page = page_of(desk, "registers")
    assert isinstance(page, RegisterPage)

    def put_back(name: str) -> None:
        desk.window.go("registers", class_name="4B")
        page.grid.put_cursor(2, 8)
        if name in ("Esc", "Backspace"):
            desk.press("c")

    all_taken(desk, keys.REGISTER, put_back)


def test_the_register_has_no_key_that_the_help_does_not_name(desk: Desk) -> None:
    page = page_of(desk, "registers")
    assert isinstance(page, RegisterPage)
    known = names(keys.REGISTER)
    own = {QKeySequence(Qt.Key(key) | modifiers).toString() for key, modifiers in page.grid._keys}
    own = {name.replace("Enter", "Return") for name in own}
    own |= {shortcut.key().toString() for shortcut in page.findChildren(QShortcut)}
    assert len(own) > 20
    assert own <= known


def test_every_key_of_the_list_of_pupils(desk: Desk) -> None:
    page = page_of(desk, "pupils")
    assert isinstance(page, PupilsPage)

    def put_back(name: str) -> None:
        desk.window.go("pupils")
        page.listing.typed.setText("d" if name == "Esc" else "")

    all_taken(desk, keys.PUPILS, put_back)
    assert {one.key().toString() for one in page.findChildren(QShortcut)} <= names(keys.PUPILS)


def test_every_key_of_a_child(desk: Desk, busy: SmallSchool) -> None:
    all_taken(desk, keys.PUPIL, lambda _: desk.window.go("pupils", pupil=busy.pupils["Doyle"]))
    page = page_of(desk, "pupils")
    assert isinstance(page, PupilsPage)

    def at_chronology(_: str) -> None:
        desk.window.go("pupils", pupil=busy.pupils["Doyle"])
        page.child.amend_panel.close_panel()
        page.child.chronology.setFocus()

    all_taken(desk, keys.CHRONOLOGY, at_chronology)

    def in_the_year(_: str) -> None:
        desk.window.go("pupils", pupil=busy.pupils["Doyle"])
        page.child.year.setFocus()

    all_taken(desk, keys.YEAR, in_the_year)


def test_every_key_of_a_case(desk: Desk, busy: SmallSchool) -> None:
    (case,) = cases_of(desk.context, busy.pupils["Doyle"])
    move(desk.context, case.id, "level-1.school", "below 95%", "the attendance lead")
    page = page_of(desk, "cases")
    assert isinstance(page, CasesPage)

    def at_the_case(_: str) -> None:
        page.course.panel.close_panel()
        page.course.log_panel.close_panel()
        desk.window.go("cases", pupil=busy.pupils["Doyle"])
        desk.wait()

    all_taken(desk, case_keys.COURSE, at_the_case)


def test_every_key_of_an_entry(desk: Desk, busy: SmallSchool) -> None:
    """With no file that could be attached or copied, so that no dialog opens."""
    page = page_of(desk, "pupils")
    assert isinstance(page, PupilsPage)

    def at_the_entry(_: str) -> None:
        desk.window.go("pupils", pupil=busy.pupils["Doyle"])
        page.child.chronology.setFocus()
        desk.press("Return")
        page.entry.line = None
        page.entry.files.setFocus()

    all_taken(desk, [key for key in chronology_keys.ENTRY if "Enter" not in key.keys], at_the_entry)


def test_the_letters_of_the_log_are_those_of_its_form(desk: Desk, busy: SmallSchool) -> None:
    assert list(keys.LOG[0].keys) == list(KIND_KEYS.values())
    desk.window.go("pupils", pupil=busy.pupils["Doyle"])
    desk.press("l", "v")
    page = page_of(desk, "pupils")
    assert isinstance(page, PupilsPage)
    assert page.child.log_panel.draft().kind.value == "home-visit"
    desk.press("Ctrl+Return")
    assert desk.said.startswith("⚠")
    page.child.log_panel._kinds.setFocus()
    desk.press("o")
    assert page.child.log_panel._kinds.finder.isVisible()
    desk.press("Escape", "Escape")
    assert page.child.log_panel.isHidden()


def test_every_key_of_the_cases(desk: Desk, busy: SmallSchool) -> None:
    page = page_of(desk, "cases")
    assert isinstance(page, CasesPage)

    def put_back(_: str) -> None:
        page.listing.picker.close_panel()
        desk.window.go("cases")

    all_taken(desk, case_keys.CASE_LIST, put_back)
    page.case.build_asked.disconnect()  # to make a bundle is another test's business
    all_taken(
        desk,
        case_keys.CASE,
        lambda _: (page.case.log_panel.close_panel(), desk.window.go("cases", pupil=2, referral=True)),
    )


def test_every_key_of_the_week_and_of_the_changes(desk: Desk) -> None:
    desk.window.go("changes")
    page = page_of(desk, "changes")
    assert isinstance(page, ChangesPage)
    for name in ("Ctrl+P", "Ctrl+R", "Ctrl+S", "Esc"):
        desk.window.go("changes")
        assert taken(desk, name), name
    for place, listed, widget in (("week", keys.WEEK, WeekPage), ("changes", keys.CHANGES, ChangesPage)):
        shown = page_of(desk, place)
        assert isinstance(shown, widget)
        own = {one.key().toString() for one in shown.findChildren(QShortcut)}
        assert own <= names(listed), place


def test_every_key_of_the_bundle(desk: Desk) -> None:
    """Over an empty sheet, so that no dialog opens."""
    desk.window.go("cases")
    page = page_of(desk, "cases")
    assert isinstance(page, CasesPage)

    def put_back(_: str) -> None:
        page._stack.setCurrentWidget(page.preview)
        page.preview.sheet.setFocus()

    all_taken(desk, case_keys.BUNDLE, put_back)


def test_every_key_of_the_days_planned(desk: Desk, school: SmallSchool) -> None:
    friday = date(2026, 11, 20)
    trip = Plan(0, 0, "V", friday, Half.AM, friday, Half.PM, note="museum")
    plan(school.context, trip, [school.pupils["Kaya"]])

    def put_back(_: str) -> None:
        desk.window.go("pupils", pupil=school.pupils["Doyle"])
        desk.window.go("pupils", pupil=school.pupils["Kaya"])
        desk.press("d")

    all_taken(desk, keys.PLANS, put_back)


def test_every_key_of_saying_who_arrived(desk: Desk, school: SmallSchool) -> None:
    friday = date(2026, 11, 20)
    trip = Plan(0, 0, "V", friday, Half.AM, friday, Half.PM, note="museum")
    plan(school.context, trip, [school.pupils["Kaya"]])

    def put_back(_: str) -> None:
        desk.window.go("today")
        desk.window.go("confirming")

    all_taken(desk, keys.CONFIRMING, put_back)


def test_every_key_of_the_hatch(desk: Desk) -> None:
    page = page_of(desk, "hatch")
    assert isinstance(page, HatchPage)

    def empty(name: str) -> None:
        del name
        desk.window.go("hatch")
        page.clear()

    all_taken(desk, [key for key in (*keys.HATCH, *keys.LATE_SLIP) if key.keys != ("Enter",)], empty)
    empty("Enter")
    desk.type("kay")
    desk.press("Return")
    assert page.child is not None


def test_every_key_of_a_child_at_the_hatch(desk: Desk) -> None:
    page = page_of(desk, "hatch")
    assert isinstance(page, HatchPage)

    def at_hand(name: str) -> None:
        del name
        desk.window.go("hatch")
        page.clear()
        desk.type("kay")
        desk.press("Return")
        assert page.child is not None

    all_taken(desk, keys.HATCH_CHILD, at_hand)


def test_every_key_of_admitting_and_of_the_new_year(desk: Desk) -> None:
    page = page_of(desk, "admit")
    assert isinstance(page, AdmitPage)
    all_taken(desk, [key for key in keys.ADMIT if key.keys != ("Enter",)], lambda _: desk.window.go("admit"))
    all_taken(desk, keys.NEW_YEAR, lambda _: desk.window.go("new-year"))
    desk.window.go("admit")
    page.sibling.setFocus()
    desk.type("kaya")
    desk.press("Return")
    assert page.contacts[0].name.text() == "Ms K Kaya"


def test_every_key_of_the_school_year_and_of_the_settings(desk: Desk) -> None:
    page = page_of(desk, "year")
    assert isinstance(page, YearPage)

    def put_back(_: str) -> None:
        page.panel.close_panel()
        desk.window.go("year")

    elsewhere = (("Ctrl+F11",), ("Ctrl+Enter",))  # the one is the School menu’s, the other the form’s
    all_taken(desk, [key for key in keys.SCHOOL_YEAR if key.keys not in elsewhere], put_back)
    desk.window.go("year", closed_today=True)
    desk.press("Ctrl+Return")
    assert "Say why" in page.panel.fault.text()
    all_taken(desk, keys.SETTINGS, lambda _: desk.window.go("settings"))


def test_every_key_of_the_import(desk: Desk) -> None:
    desk.window.go("import")
    for key in keys.IMPORT:
        assert all(bound(desk.window, desk.focus, chord(name)) for name in key.keys)


@pytest.mark.parametrize(
    ("place", "listed"),
    [
        ("today", (*keys.TODAY, *keys.DUE, *keys.CALL, *keys.LOG)),
        ("registers", keys.REGISTER),
        ("pupils", (*keys.PUPILS, *keys.PUPIL, *keys.PLANS, *keys.CHRONOLOGY, *keys.LOG, *chronology_keys.ENTRY)),
        ("cases", (*case_keys.CASE_LIST, *case_keys.CASE, *case_keys.BUNDLE, *keys.LOG)),
        ("import", keys.IMPORT),
        ("confirming", keys.CONFIRMING),
        ("reports", figure_keys.REPORTS),
        ("admit", keys.ADMIT),
        ("new-year", keys.NEW_YEAR),
        ("year", keys.SCHOOL_YEAR),
        ("settings", keys.SETTINGS),
    ],
)
def test_every_button_that_shows_a_key_shows_one_of_the_help(desk: Desk, place: str, listed: Sequence[Key]) -> None:
    shown = {button.key for button in page_of(desk, place).findChildren(Button) if button.key}
    assert shown
    assert {chord(key).toString() for key in shown} <= names(listed)


def test_the_foot_of_a_page_shows_the_short_words_only() -> None:
    shown = hints(
        (Key(("A",), "long words"), Key(("B", "C"), "more", "short"), Key(("D", "E"), "most", "brief", "D/E"))
    )
    assert shown == (("B or C", "short"), ("D/E", "brief"))


def test_every_key_of_paper(desk: Desk) -> None:
    all_taken(desk, keys.PAPER, lambda _: desk.window.go("paper"))


def test_every_key_of_keying_from_paper(desk: Desk) -> None:
    page = page_of(desk, "keying")
    assert isinstance(page, KeyingPage)

    def put_back(_: str) -> None:
        desk.window.go("keying", class_name="4B")
        page.sheet.go_to(list(page.sheet.boxes)[1])

    all_taken(desk, keys.KEYING, put_back)
