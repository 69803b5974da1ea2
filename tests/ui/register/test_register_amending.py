"""Closed registers, and what may not be marked at all."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.actions.log import log
from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.people import Pupil
from desktop_app.domain.school import Plan
from desktop_app.domain.sessions import Half, Session
from tests.support.clock import StillClock
from tests.support.schools import SmallSchool
from tests.ui.register.conftest import FRIDAY_AM, FRIDAY_PM, THURSDAY_PM, Registers

OpenAgain = Callable[[], Registers]


@pytest.fixture
def closed(registers: Registers) -> Registers:
    """Thursday afternoon is marked for two, and long closed."""
    registers.put("Abara", THURSDAY_PM)
    registers.press("Space", "N")
    registers.put("Abara", THURSDAY_PM)
    return registers


def test_a_first_mark_in_a_closed_register_needs_no_reason(closed: Registers) -> None:
    assert [closed.code(name, THURSDAY_PM) for name in ("Abara", "Achterberg")] == ["\\", "N"]
    assert not closed.page.reason.isVisible()


def test_a_change_asks_why_and_writes_nothing_until_it_is_told(closed: Registers) -> None:
    closed.press("O")
    assert closed.page.reason.isVisible()
    assert closed.page.reason.line.hasFocus()
    assert closed.code("Abara", THURSDAY_PM) == "\\"
    assert closed.shown == "\\"
    closed.press("Return")
    assert "changes only with a reason" in closed.said
    closed.press(*"Teacher saw him leave", "Return")
    first, second = closed.history("Abara", THURSDAY_PM)
    assert (first.code, first.reason, first.amends) == ("\\", "", False)
    assert (second.code, second.reason, second.amends) == ("O", "Teacher saw him leave", True)
    assert (second.author.name, second.author.position) == ("Dr A Rahman", "Headteacher")
    assert closed.page.grid.hasFocus()
    assert closed.here == ("Achterberg", THURSDAY_PM)
    assert "The first mark stays on record" in closed.said


def test_a_digit_chooses_a_usual_reason(closed: Registers) -> None:
    closed.press("Down", "I", "1")
    assert closed.history("Achterberg", THURSDAY_PM)[-1].reason == "Parent gave the reason"
    assert closed.pressed == 5  # two to mark, then down, the code and the reason


def test_a_digit_takes_what_was_logged_as_the_reason_of_that_change_alone(closed: Registers) -> None:
    when = datetime(2026, 11, 19, 14, 20)
    pupils = (closed.pupils["Abara"],)
    entry, _ = log(closed.context, NewEntry(EntryKind.PHONE_CALL, when, pupils, "collected for the dentist"))
    closed.press("M")
    reason = closed.page.reason
    assert reason._log_lines[0][1].isVisible()
    assert not reason._log_lines[1][1].isVisible()
    closed.press("6")
    assert reason.line.text() == "6", "there is no second entry: the digit is typed"
    closed.press("Backspace", "5")
    last = closed.history("Abara", THURSDAY_PM)[-1]
    assert (last.code, last.reason) == (
        "M", f"Phone call Thu 19 Nov 14:20: collected for the dentist (log entry {entry})",
    )  # fmt: skip
    assert not reason.isVisible(), "it is no reason for anybody else"
    closed.put("Achterberg", THURSDAY_PM)
    closed.press("I")
    assert reason.isVisible()
    assert not reason._logged.isVisible()
    closed.press("1")
    assert closed.history("Achterberg", THURSDAY_PM)[-1].reason == "Parent gave the reason"


def test_the_reason_is_kept_for_further_changes_and_can_be_changed(closed: Registers) -> None:
    closed.press("O", "3", "I")
    assert closed.history("Achterberg", THURSDAY_PM)[-1].reason == "Entered by mistake"
    assert closed.page.reason.isVisible()
    closed.page.reason.line.setFocus()
    closed.page.reason.line.selectAll()
    closed.press(*"Another", "Return")
    closed.put("Abara", THURSDAY_PM)
    closed.press("M")
    assert closed.history("Abara", THURSDAY_PM)[-1].reason == "Another"


def test_another_week_or_class_asks_again(closed: Registers) -> None:
    closed.press("O", "3", "Alt+Left", "Alt+Right")
    assert not closed.page.reason.isVisible()
    closed.put("Achterberg", THURSDAY_PM)
    closed.press("I")
    assert closed.page.reason.line.hasFocus()


def test_escape_leaves_the_mark_as_it_is(closed: Registers) -> None:
    closed.press("O", "Escape")
    assert closed.code("Abara", THURSDAY_PM) == "\\"
    assert closed.said == "Nothing was changed."
    assert not closed.page.reason.isVisible()
    assert closed.page.grid.hasFocus()


def test_leaving_the_reason_leaves_the_mark_as_it_is(closed: Registers) -> None:
    closed.press("O")
    closed.page.grid.setFocus()
    assert not closed.page.desk.waiting_for_reason
    assert closed.code("Abara", THURSDAY_PM) == "\\"


def test_minutes_of_an_amendment_wait_for_the_reason_too(closed: Registers) -> None:
    closed.press("Down", "L", "8", "Return", "2")
    last = closed.history("Achterberg", THURSDAY_PM)[-1]
    assert (last.code, last.minutes, last.reason) == ("L", 8, "Arrived after all")


def test_a_register_that_closes_while_it_is_open_asks_why(registers: Registers, clock: StillClock) -> None:
    registers.press("Space", "Up")
    clock.set(2026, 11, 20, 9, 10)
    registers.press("N")
    assert registers.page.reason.line.hasFocus()


def test_undoing_an_amendment_is_an_amendment(closed: Registers) -> None:
    closed.press("O", "3", "Ctrl+Z")
    rows = closed.history("Abara", THURSDAY_PM)
    assert [row.code for row in rows] == ["\\", "O", "\\"]
    assert rows[-1].amends
    assert rows[-1].reason


def test_an_amendment_done_again_has_its_own_reason_again(closed: Registers) -> None:
    closed.press("O", "3", "Ctrl+Z", "Ctrl+Y")
    amended, undone, again = closed.history("Abara", THURSDAY_PM)[1:]
    assert [row.code for row in (amended, undone, again)] == ["O", "\\", "O"]
    assert again.amends
    assert again.reason == amended.reason != undone.reason


def test_days_before_starting_and_after_leaving_are_refused(thirty: SmallSchool, open_again: OpenAgain) -> None:
    with thirty.context.store.writing(thirty.context.deed("set up")) as writing:
        for surname, dates in (
            ("Abara", {"starting_day": date(2026, 11, 18)}),
            ("Ahmed", {"leaving_day": date(2026, 11, 17), "leaving_ground": "moved"}),
        ):
            known = writing.book.get(Pupil, thirty.pupils[surname])
            assert known is not None
            writing.book.put(dataclasses.replace(known, **dates))
    registers = open_again()
    tuesday = Session(date(2026, 11, 17), Half.AM)
    registers.put("Abara", tuesday)
    registers.press("I")
    assert "before the starting day, Wed 18 Nov 2026" in registers.said
    registers.put("Ahmed")
    registers.press("I")
    assert "after leaving on Tue 17 Nov 2026" in registers.said
    assert registers.code("Abara", tuesday) == registers.code("Ahmed") == ""
    registers.put("Achterberg")
    registers.press("I")
    assert registers.here == ("Baptiste", FRIDAY_AM), "the cursor passes over who cannot be marked"


def test_a_planned_absence_is_shown_and_f9_leaves_it_blank(thirty: SmallSchool, open_again: OpenAgain) -> None:
    friday = FRIDAY_AM.day
    with thirty.context.store.writing(thirty.context.deed("set up")) as writing:
        later = friday + timedelta(days=5)
        writing.book.put(Plan(0, thirty.pupils["Abara"], "M", friday, Half.AM, later, Half.AM))
    registers = open_again()
    registers.put("Abara")
    assert registers.shown == "M"
    assert registers.code("Abara") == ""
    registers.press("F9")
    assert registers.said == "29 marked present, 1 blank. Count heads: 29. Ctrl+Z to undo"
    registers.press("Alt+Right")
    registers.put("Abara", Session(date(2026, 11, 23), Half.AM))
    assert registers.shown == "M"


def test_another_system_s_register_cannot_be_typed(thirty: SmallSchool, open_again: OpenAgain) -> None:
    with thirty.context.store.writing(thirty.context.deed("set up")) as writing:
        writing.book.put(dataclasses.replace(writing.book.school(), is_register=False))
    registers = open_again()
    for keys in (["I"], ["L"], ["Ctrl+D"], ["Delete"], ["F9"]):
        registers.press(*keys)
        assert "Another system is this school’s register" in registers.said, keys
    assert registers.code("Abara") == ""


def test_a_lone_c_is_written_when_the_page_is_left(registers: Registers) -> None:
    registers.press("C")
    registers.window.hide()
    assert registers.code("Abara") == "C"


def test_clicking_elsewhere_takes_the_minutes(registers: Registers, qtbot: QtBot) -> None:
    registers.press("L", "4")
    grid = registers.page.grid
    there = grid.visualRect(registers.page.desk.model.index(5, 9)).center()
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=there)
    mark = registers.on_disk("Abara")
    assert mark is not None
    assert (mark.code, mark.minutes) == ("L", 4)
    assert registers.here == ("Brierley", FRIDAY_PM)
