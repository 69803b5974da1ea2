"""L and U in the grid: the time of arrival decides between them, and now is offered."""

from __future__ import annotations

from desktop_app.domain.school import Setting
from tests.support.clock import StillClock
from tests.ui.register.conftest import THURSDAY_PM, Registers


def test_enter_takes_the_time_it_is_now(registers: Registers) -> None:
    registers.press("L")
    field = registers.page.grid._asking.field
    assert field.text == "08:50"
    assert field.after == "→ L, 5 min"
    registers.press("Return")
    mark = registers.on_disk("Abara")
    assert mark is not None
    assert (mark.code, mark.minutes) == ("L", 5)
    assert registers.pressed == 2
    assert registers.here[0] == "Achterberg"


def test_once_the_register_has_closed_l_is_u_and_says_so(registers: Registers, clock: StillClock) -> None:
    clock.set(2026, 11, 20, 9, 10)
    registers.press("L")
    assert registers.page.grid._asking.field.after == "→ U, 25 min"
    registers.press("Return")
    mark = registers.on_disk("Abara")
    assert mark is not None
    assert (mark.code, mark.minutes) == ("U", 25)
    assert "U, not L: 09:10 is after the register closed at 08:55" in registers.said


def test_a_time_typed_decides_too(registers: Registers, clock: StillClock) -> None:
    clock.set(2026, 11, 20, 9, 30)
    registers.press("U", "8", "5", "3", "Return", "L", "9", ":", "1", "2", "Return")
    found = [registers.on_disk(name) for name in ("Abara", "Achterberg")]
    assert [(mark.code, mark.minutes) for mark in found if mark] == [("L", 8), ("U", 27)]


def test_a_time_outside_the_session_is_refused_and_the_field_stays(registers: Registers) -> None:
    registers.press("L", "8", "3", "0", "Return")
    assert "before the register opens at 08:45: the child is present, not late. Nothing was written." in registers.said
    assert registers.code("Abara") == ""
    assert registers.page.grid._asking.field.isVisible()
    assert registers.page.grid._asking.field.after == "not late"
    registers.press("Escape")
    assert registers.code("Abara") == ""
    assert not registers.page.grid._asking.field.isVisible()


def test_a_time_that_is_still_to_come_is_refused_and_now_is_named(registers: Registers) -> None:
    registers.press("L", "9", ":", "4", "0", "Return")
    assert (
        "09:40 is still to come: it is 08:50 now. Nobody has arrived then yet. Nothing was written." in registers.said
    )
    assert registers.code("Abara") == ""
    assert registers.page.grid._asking.field.after == "still to come"


def test_on_another_day_nothing_is_offered_and_minutes_decide(registers: Registers) -> None:
    registers.put("Abara", THURSDAY_PM)
    registers.press("L")
    assert registers.page.grid._asking.field.text == ""
    registers.press("4", "0", "Return")
    mark = registers.on_disk("Abara", THURSDAY_PM)
    assert mark is not None
    assert (mark.code, mark.minutes) == ("U", 40)


def test_the_school_says_on_which_side_the_closing_minute_falls(registers: Registers, clock: StillClock) -> None:
    with registers.context.store.writing(registers.context.deed("set up")) as writing:
        writing.book.put(Setting("register.closing-minute", "absent"))
    registers.page.desk.read_again()
    clock.set(2026, 11, 20, 8, 55)
    registers.press("L", "Return")
    assert registers.code("Abara") == "U"


def test_minutes_left_as_they_are_leave_the_code(registers: Registers) -> None:
    registers.press("L", "Delete", "Return", "Up", "F2", "Return")
    mark = registers.on_disk("Abara")
    assert mark is not None
    assert (mark.code, mark.minutes) == ("L", None)
    assert len(registers.history("Abara")) == 1


def test_an_arrival_is_undone_whole(registers: Registers, clock: StillClock) -> None:
    registers.press("N", "Up")
    clock.set(2026, 11, 20, 9, 10)
    registers.press("L", "Return", "2")
    assert registers.code("Abara") == "U"
    registers.press("Ctrl+Z")
    assert [(row.code, row.minutes) for row in registers.history("Abara")] == [("N", None), ("U", 25), ("N", None)]
