"""The ledger beside a child, by real keys: a column a parent, another parent, the entry in the chronology."""

from __future__ import annotations

from datetime import datetime

import pytest

from desktop_app.actions.log import log
from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.people import Answer, Person, Tie
from tests.support.schools import SmallSchool
from tests.support.windows import Desk
from ui.pupils.ledger_panel import LedgerPanel
from ui.pupils.page import PupilsPage

AT = datetime(2026, 11, 19, 9, 30)


@pytest.fixture
def parents(school: SmallSchool) -> tuple[int, int]:
    context, kaya = school.context, school.pupils["Kaya"]
    with context.store.writing(context.deed("set up")) as writing:
        mother = next(one.person for one in writing.book.all(Tie) if one.pupil == kaya)
        father = writing.book.put(Person(0, "Mr B Kaya", "Mr", language="Turkish", interpreter=True))
        writing.book.put(Tie(0, kaya, father, "father", Answer.YES, Answer.NO, priority=2))
        away = writing.book.put(Person(0, "Mr X Away", "Mr"))
        writing.book.put(Tie(0, kaya, away, "uncle", no_contact=True))
    log(context, NewEntry(EntryKind.PHONE_CALL, AT, (kaya,), "spoke", (mother,), note="slept in"))
    offer = NewEntry(EntryKind.SUPPORT, AT, (kaya,), "offered", (mother, father), details={"what": "breakfast club"})
    log(context, offer)
    return mother, father


def opened(school: SmallSchool, open_at) -> tuple[Desk, LedgerPanel]:  # type: ignore[no-untyped-def]
    desk: Desk = open_at("pupils", PupilsPage)
    desk.window.go("pupils", pupil=school.pupils["Kaya"])
    desk.press("e")
    page = desk.window.page("pupils")
    assert isinstance(page, PupilsPage)
    return desk, page.child.beside.ledger


@pytest.mark.usefixtures("parents")
def test_a_column_for_each_parent_and_the_keyboard_goes_between_them(school: SmallSchool, open_at) -> None:  # type: ignore[no-untyped-def]
    desk, panel = opened(school, open_at)
    first, second, away = panel.view.columns
    assert first.list is not None
    assert second.list is not None
    assert away.list is None
    assert desk.focus is first.list
    assert [one.text() for one in away.findChildren(type(panel.refused))] == ["⚠ A person: no contact, by order"]
    assert first.list.entries.rowCount() == 2
    desk.press("Right")
    assert desk.focus is second.list
    desk.press("Right")
    assert desk.focus is second.list
    desk.press("Left")
    assert desk.focus is first.list
    said = [one.text() for one in second.findChildren(type(panel.refused))]
    assert "⚠ Language: Turkish, with an interpreter, never the child" in said
    assert "Said 0, sent 0, offered 1, asked 0; 1 unanswered" in said


@pytest.mark.usefixtures("parents")
def test_enter_goes_to_the_entry_in_the_chronology(school: SmallSchool, open_at) -> None:  # type: ignore[no-untyped-def]
    desk, panel = opened(school, open_at)
    desk.press("Down", "Return")
    page = desk.window.page("pupils")
    assert isinstance(page, PupilsPage)
    assert panel.isHidden()
    entry = page.child.chronology.entry()
    assert entry is not None
    assert entry.outcome == "spoke"


def test_what_is_logged_meanwhile_comes_in_and_the_keyboard_stays(school: SmallSchool, parents, open_at) -> None:  # type: ignore[no-untyped-def]
    desk, panel = opened(school, open_at)
    desk.press("Right")
    taken = {"what": "breakfast club"}
    _, changes = log(
        school.context,
        NewEntry(
            EntryKind.SUPPORT, AT.replace(hour=11), (school.pupils["Kaya"],), "accepted", (parents[1],), details=taken
        ),
    )
    desk.window.announce(changes)
    second = panel.view.columns[1]
    assert second.list is not None
    assert second.parent_ledger.waiting == ()
    assert desk.focus is second.list
