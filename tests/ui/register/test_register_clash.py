"""Two people at the same cell: both values are said, and a person chooses by keyboard."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop_app.actions.meanwhile import meanwhile
from desktop_app.actions.register import write
from desktop_app.actions.register_checks import Edit
from desktop_app.context import Context
from desktop_app.domain.sessions import Session
from desktop_app.domain.staff import Role, Staff
from tests.support.clock import StillClock
from tests.ui.register.conftest import FRIDAY_AM, THURSDAY_PM, Registers


@pytest.fixture
def other(registers: Registers) -> Context:
    """Pat Oduya of the office, signed in to the same store."""
    context = registers.context
    with context.store.writing(context.deed("set up")) as writing:
        key = writing.book.put(Staff(0, "Pat Oduya", "Attendance officer", Role.OFFICE))
    return replace(context, staff=Staff(key, "Pat Oduya", "Attendance officer", Role.OFFICE), alone=False)


def theirs(registers: Registers, other: Context, surname: str, code: str, session: Session = FRIDAY_AM) -> None:
    """The other person writes, and this window does not know of it yet."""
    write(other, [Edit(registers.pupils[surname], session, code)], "the mother rang")


def test_both_marks_are_said_and_nothing_is_written(registers: Registers, other: Context) -> None:
    theirs(registers, other, "Abara", "M")
    registers.press("I")
    bar = registers.page.questions.clash
    assert bar.isVisible()
    assert bar.hasFocus()
    assert bar.words.startswith("Tobi Abara, Fri 20 Nov, morning: you saw a blank and gave I, ")
    assert "Meanwhile Pat Oduya wrote M, " in bar.words
    assert "at 08:50 on Fri 20 Nov" in bar.words
    assert [row.code for row in registers.history("Abara")] == ["M"]
    assert registers.page.desk.model.shown_at(0, 8) == "M"


def test_one_keeps_theirs_and_goes_on(registers: Registers, other: Context) -> None:
    theirs(registers, other, "Abara", "M")
    registers.press("I", "1")
    assert registers.code("Abara") == "M"
    assert registers.said == "M stays for Tobi Abara, as Pat Oduya left it."
    assert not registers.page.questions.clash.isVisible()
    assert registers.page.grid.hasFocus()
    assert registers.here == ("Achterberg", FRIDAY_AM)
    assert registers.pressed == 2


def test_two_puts_mine_and_undo_gives_theirs_back(registers: Registers, other: Context) -> None:
    theirs(registers, other, "Abara", "M")
    registers.press("I", "2")
    assert [(row.code, row.author.name) for row in registers.history("Abara")] == [
        ("M", "Pat Oduya"),
        ("I", "Dr A Rahman"),
    ]
    assert registers.here == ("Achterberg", FRIDAY_AM)
    registers.press("Ctrl+Z")
    assert registers.code("Abara") == "M"
    registers.press("Ctrl+Y")
    assert registers.code("Abara") == "I"


def test_escape_leaves_theirs(registers: Registers, other: Context) -> None:
    theirs(registers, other, "Abara", "M")
    registers.press("I", "Escape")
    assert registers.code("Abara") == "M"
    assert registers.said == "Nothing was changed."
    assert registers.page.grid.hasFocus()
    registers.press("O")
    assert registers.code("Abara") == "O", "what stands is seen now"


def test_in_a_closed_register_mine_asks_for_its_reason(registers: Registers, other: Context) -> None:
    registers.put("Abara", THURSDAY_PM)
    theirs(registers, other, "Abara", "M", THURSDAY_PM)
    registers.press("I", "2")
    assert registers.page.reason.line.hasFocus()
    assert registers.code("Abara", THURSDAY_PM) == "M"
    registers.press("1")
    last = registers.history("Abara", THURSDAY_PM)[-1]
    assert (last.code, last.amends, last.reason) == ("I", True, "Parent gave the reason")


def test_the_same_mark_from_two_people_is_no_clash(registers: Registers, other: Context) -> None:
    theirs(registers, other, "Abara", "I")
    registers.press("I")
    assert not registers.page.questions.clash.isVisible()
    assert len(registers.history("Abara")) == 1


def test_of_a_fill_theirs_are_kept_and_the_rest_is_done(registers: Registers, other: Context) -> None:
    registers.press("I")
    theirs(registers, other, "Ahmed", "M")
    registers.put("Abara")
    registers.press("Shift+Down", "Shift+Down", "Shift+Down", "Ctrl+D", "1")
    assert [registers.code(name) for name in ("Achterberg", "Ahmed", "Baptiste")] == ["I", "M", "I"]
    registers.press("Ctrl+Z")
    assert [registers.code(name) for name in ("Achterberg", "Ahmed", "Baptiste")] == ["", "M", ""]


def test_of_a_fill_mine_goes_over_theirs(registers: Registers, other: Context) -> None:
    registers.press("I")
    theirs(registers, other, "Ahmed", "M")
    registers.put("Abara")
    registers.press("Shift+Down", "Shift+Down", "Ctrl+D", "2", "Ctrl+Z")
    assert [registers.code(name) for name in ("Achterberg", "Ahmed")] == ["", "M"]


def test_a_mark_made_blank_meanwhile_is_said_too(registers: Registers, other: Context, clock: StillClock) -> None:
    registers.press("I", "Up")
    theirs(registers, other, "Abara", "")
    clock.set(2026, 11, 20, 8, 52)
    edit = Edit(registers.pupils["Abara"], FRIDAY_AM, "O", seen="I")
    (found,) = meanwhile(registers.context, [edit])
    assert (found.stands, found.by, found.pupil.surname) == (None, "Pat Oduya", "Abara")
    registers.press("O")
    assert "Pat Oduya wrote a blank at 08:50" in registers.page.questions.clash.words


def test_leaving_the_choice_writes_nothing(registers: Registers, other: Context) -> None:
    theirs(registers, other, "Abara", "M")
    registers.press("I")
    registers.page.grid.setFocus()
    assert not registers.page.desk.waiting
    assert registers.code("Abara") == "M"


def test_a_note_that_another_person_added_is_not_lost(registers: Registers, other: Context) -> None:
    registers.press("I", "Up")
    write(other, [Edit(registers.pupils["Abara"], FRIDAY_AM, "I", note="sick in the night")])
    registers.press("Shift+F2", *"rang at nine", "Return")
    bar = registers.page.questions.clash
    assert "gave I, illness, authorised, note: rang at nine" in bar.words
    assert "Pat Oduya wrote I, illness, authorised, note: sick in the night" in bar.words
    registers.press("1")
    mark = registers.on_disk("Abara")
    assert mark is not None
    assert mark.note == "sick in the night"
    registers.put("Abara")
    registers.press("I")
    assert not bar.isVisible(), "the same code keeps the note"


def test_undo_takes_no_note_of_another_person_away(registers: Registers, other: Context) -> None:
    registers.press("I")
    write(other, [Edit(registers.pupils["Abara"], FRIDAY_AM, "I", note="sick in the night")])
    registers.press("Ctrl+Z")
    assert "has changed again since" in registers.said
    mark = registers.on_disk("Abara")
    assert mark is not None
    assert mark.note == "sick in the night"
