"""Closing what is to be seen to, by real keys: one line says what came of it, and the task is gone."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.actions.timetables import set_timetable
from desktop_app.domain.entries import Entry, EntryKind, Task
from desktop_app.domain.people import Pattern
from tests.support.clock import StillClock
from tests.support.schools import SmallSchool
from tests.support.windows import Desk
from ui.today.page import TodayPage

FRIDAY = date(2026, 11, 20)
KINDS = ("chase", "arrival")


@pytest.fixture
def tasks(school: SmallSchool) -> tuple[int, ...]:
    with school.context.store.writing(school.context.deed("set up")) as writing:
        return tuple(writing.book.put(Task(0, school.pupils["Kaya"], kind, FRIDAY, None, kind)) for kind in KINDS)


def page(desk: Desk) -> TodayPage:
    found = desk.window.page("today")
    assert isinstance(found, TodayPage)
    return found


def entries(school: SmallSchool) -> list[Entry]:
    with school.context.store.reading() as reading:
        return list(reading.entries.of(school.pupils["Kaya"]))


def closed(school: SmallSchool) -> list[bool]:
    with school.context.store.reading() as reading:
        return [one.closed_by is not None for one in reading.book.all(Task)]


def test_one_key_and_one_line_close_a_task(school: SmallSchool, tasks: tuple[int, ...], open_at) -> None:
    desk: Desk = open_at("today", TodayPage)
    due = page(desk).due
    due.view.setFocus()
    desk.press("d")
    assert desk.focus is due.closing.line
    desk.press("Return")
    assert "Say what came of it" in due.closing.field.fault.text()
    desk.type("at home, her mother rang")
    desk.press("Return")
    assert closed(school) == [True, False]
    assert [(one.kind, one.outcome, one.note) for one in entries(school)] == [
        (EntryKind.SEEN_TO, "at home, her mother rang", "chase")
    ]
    assert [line.task for line in due.model.lines if line.place] == [tasks[1]]
    assert desk.focus is due.view
    assert "Closed" in desk.said
    desk.press("d")
    desk.type("found")
    desk.press("Return")
    assert closed(school) == [True, True]
    assert not due.isVisible()
    assert desk.focus is page(desk).first_focus()


def test_escape_leaves_it_open_and_what_was_typed_is_not_given_to_another(
    school: SmallSchool, tasks: tuple[int, ...], open_at
) -> None:
    desk: Desk = open_at("today", TodayPage)
    due = page(desk).due
    due.view.setFocus()
    desk.press("d")
    desk.type("half")
    page(desk).refresh(None)
    assert due.closing.line.text() == "half"
    desk.press("Escape")
    assert closed(school) == [False, False]
    assert desk.focus is due.view
    assert not due.closing.isVisible()
    desk.press("d")
    assert due.closing.line.text() == "half"
    desk.press("Escape", "Down", "d")
    assert due.closing.line.text() == ""


def test_the_review_of_a_timetable_is_held(school: SmallSchool, clock: StillClock, open_at) -> None:
    wanted = Pattern(
        *(0, school.pupils["Kaya"], "part-time", "1010101010", FRIDAY, date(2026, 12, 18)),
        agreed_with="Ms K Kaya", agreed_on=date(2026, 11, 16), purpose="after an operation",
        reviews=("2026-12-04",), hours="15",
    )  # fmt: skip
    set_timetable(school.context, wanted)
    clock.set(2026, 12, 4, 10, 0)
    desk: Desk = open_at("today", TodayPage)
    page(desk).due.view.setFocus()
    desk.press("d")
    desk.type("Goes on as agreed")
    desk.press("Return")
    assert closed(school) == [True]
    assert [one.kind for one in entries(school)] == [EntryKind.REVIEW]
