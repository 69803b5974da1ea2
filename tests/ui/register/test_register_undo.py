"""Undo is one’s own: what others write, and what becomes a mark by itself, takes nobody’s deeds away."""

from __future__ import annotations

from dataclasses import replace

from desktop_app.actions.register import write
from desktop_app.actions.register_checks import Edit
from desktop_app.domain.progress import Changes
from desktop_app.domain.school import Plan
from desktop_app.domain.sessions import Half
from desktop_app.domain.staff import Role, Staff
from tests.support.clock import StillClock
from tests.ui.register.conftest import FRIDAY_AM, Registers
from ui.settling import Settling


def somebody_else(registers: Registers, surname: str, code: str) -> None:
    """Pat Oduya of the office writes a mark, and the window is told of it."""
    pat = Staff(0, "Pat Oduya", "Attendance officer", Role.OFFICE)
    other = replace(registers.context, staff=pat, alone=False)
    _, changes = write(other, [Edit(registers.pupils[surname], FRIDAY_AM, code)])
    registers.window.announce(changes)


def codes(registers: Registers, *surnames: str) -> list[str]:
    return [registers.code(surname) for surname in surnames]


def test_what_somebody_else_wrote_is_read_and_ones_own_deeds_can_still_be_undone(registers: Registers) -> None:
    registers.press("I", "Down", "M")
    somebody_else(registers, "Achterberg", "M")
    registers.put("Achterberg")
    assert registers.shown == "M"
    registers.press("Ctrl+Z")
    assert registers.said == "Undone: M for Zoya Ahmed, Fri 20 Nov, morning. Ctrl+Y to redo"
    registers.press("Ctrl+Z")
    assert codes(registers, "Abara", "Achterberg", "Ahmed") == ["", "M", ""]
    registers.window.announce(Changes(entries=True))
    registers.press("Ctrl+Y")
    assert codes(registers, "Abara") == ["I"]


def test_a_deed_that_was_written_over_is_let_go_and_the_one_before_it_is_reached(registers: Registers) -> None:
    registers.press("I", "O")
    somebody_else(registers, "Achterberg", "M")
    registers.press("Ctrl+Z")
    assert registers.said == (
        "⚠ O for Femke Achterberg, Fri 20 Nov, morning: "
        "A mark has changed again since, and stays as it is. Nothing was written."
    )
    assert codes(registers, "Abara", "Achterberg") == ["I", "M"]
    registers.press("Ctrl+Z")
    assert codes(registers, "Abara", "Achterberg") == ["", "M"]


def test_a_fill_that_was_written_over_in_one_cell_is_undone_everywhere_else(registers: Registers) -> None:
    registers.press("F9")
    somebody_else(registers, "Achterberg", "M")
    registers.press("Ctrl+Z")
    assert registers.said == (
        "Undone: 30 marked present, Fri 20 Nov, morning. Left as it is, because somebody wrote there since: "
        "Femke Achterberg, Fri 20 Nov, morning (M). Ctrl+Y to redo"
    )
    assert codes(registers, "Abara", "Achterberg", "Young") == ["", "M", ""]
    registers.press("Ctrl+Y")
    assert codes(registers, "Abara", "Achterberg", "Young") == ["/", "M", "/"]


def test_a_deed_that_was_undone_is_not_done_again_over_somebody_else(registers: Registers) -> None:
    registers.press("I", "O", "Ctrl+Z", "Ctrl+Z")
    somebody_else(registers, "Abara", "V")
    registers.press("Ctrl+Y")
    assert "has changed again since" in registers.said
    assert codes(registers, "Abara") == ["V"]
    registers.press("Ctrl+Y")
    assert codes(registers, "Abara", "Achterberg") == ["V", "O"]


def test_what_becomes_a_mark_by_itself_takes_no_deed_away(registers: Registers, clock: StillClock) -> None:
    plan = Plan(0, registers.pupils["Baptiste"], "M", FRIDAY_AM.day, Half.AM, FRIDAY_AM.day, Half.AM, "dentist")
    with registers.context.store.writing(registers.context.deed("set up")) as writing:
        writing.book.put(plan)
    registers.press("I")
    clock.set(2026, 11, 20, 12, 0)
    Settling(registers.window, registers.window).look()
    assert codes(registers, "Abara", "Baptiste") == ["I", "M"]
    registers.press("Ctrl+Z")
    assert registers.said == "Undone: I for Tobi Abara, Fri 20 Nov, morning. Ctrl+Y to redo"
    assert codes(registers, "Abara", "Baptiste") == ["", "M"]
