"""What stands by a plan is drawn and said as planned, what waits for a person as that; classes are those given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.actions import register_page
from desktop_app.context import Context
from desktop_app.domain.errors import Refused
from desktop_app.domain.school import Plan
from desktop_app.domain.sessions import Half
from desktop_app.domain.staff import Role
from tests.support.schools import SmallSchool
from tests.ui.register.conftest import FRIDAY_AM, FRIDAY_PM, Registers, open_registers
from ui.register.faces import Faces
from ui.theme import Theme

OpenAgain = Callable[[], Registers]
TIP = Qt.ItemDataRole.ToolTipRole


@pytest.fixture
def planned(thirty: SmallSchool, open_again: OpenAgain) -> Registers:
    """Abara has a dentist on Friday, Achterberg a visit elsewhere that somebody must confirm."""
    friday = FRIDAY_AM.day
    with thirty.context.store.writing(thirty.context.deed("set up")) as writing:
        for surname, code, note in (("Abara", "M", "dentist"), ("Achterberg", "V", "museum")):
            writing.book.put(Plan(0, thirty.pupils[surname], code, friday, Half.AM, friday, Half.AM, note))
    return open_again()


def test_a_plan_and_what_is_to_confirm_have_signs_of_their_own(planned: Registers, theme: Theme) -> None:
    model = planned.page.desk.model
    assert [model.shown_at(row, 8) for row in range(3)] == ["M", "V?", ""]
    faces = Faces(theme, model)
    assert [faces.of(row, 8).planned for row in range(3)] == [True, True, False]
    assert [faces.of(row, 8).font.italic() for row in range(2)] == [True, True]
    planned.put("Abara")
    planned.press("M")
    assert not faces.of(0, 8).planned, "a mark is drawn as a mark"


def test_its_words_stand_in_the_tip_and_at_the_foot(planned: Registers) -> None:
    model = planned.page.desk.model
    planned.put("Abara")
    assert planned.page.foot.words.text().endswith(", dentist")
    assert "planned: M, " in planned.page.foot.words.text()
    planned.put("Achterberg")
    words = planned.page.foot.words.text()
    assert "to confirm: V, " in words
    assert words.endswith("museum, no mark until confirmed")
    assert "to confirm: V, " in model.index(1, 8).data(TIP)


def test_the_foot_counts_what_is_planned_among_the_blanks(planned: Registers) -> None:
    assert planned.page.foot.totals.words.endswith("30 blank (1 planned, 1 to confirm)")
    planned.press("F9")
    assert planned.page.foot.totals.words.endswith("2 blank (1 planned, 1 to confirm)")


def test_a_stroke_over_a_plan_is_said(planned: Registers) -> None:
    planned.put("Abara")
    planned.press("Space")
    assert planned.code("Abara") == "/"
    assert planned.said.startswith("Tobi Abara is marked present, though M, ")
    assert planned.said.endswith("was planned. The mark stands. Ctrl+Z to undo")
    planned.press("Ctrl+Z")
    assert planned.page.desk.model.shown_at(0, 8) == "M"


def test_what_was_planned_typed_as_a_mark_needs_no_words(planned: Registers) -> None:
    planned.put("Abara")
    planned.press("M")
    assert planned.said == ""


def as_teacher(context: Context, role: Role, *classes: str) -> Context:
    return replace(context, staff=replace(context.staff, role=role, classes=classes), alone=False)


@pytest.mark.parametrize("role", [Role.TEACHER, Role.SUPPLY])
def test_teachers_and_cover_have_the_classes_given_to_them(thirty: SmallSchool, role: Role) -> None:
    context = as_teacher(thirty.context, role, "5A")
    assert register_page.classes(context, FRIDAY_AM.day) == ("5A",)
    assert register_page.page(context, "5A", FRIDAY_AM.day).class_name == "5A"
    with pytest.raises(Refused, match="4B is not among the classes given to Dr A Rahman"):
        register_page.page(context, "4B", FRIDAY_AM.day)


@pytest.mark.parametrize("role", [Role.OFFICE, Role.READ_ONLY, Role.INSPECTOR])
def test_the_office_takes_every_class_and_readers_read_every_class(thirty: SmallSchool, role: Role) -> None:
    assert register_page.classes(as_teacher(thirty.context, role), FRIDAY_AM.day) == ("4B", "5A")


def test_a_teacher_sees_one_class_and_takes_it(thirty: SmallSchool, qtbot: QtBot, theme: Theme) -> None:
    thirty.context = as_teacher(thirty.context, Role.TEACHER, "5A")
    desk = open_registers(qtbot, thirty, theme)
    assert desk.page.classes.names == ("5A",)
    desk.press("I")
    assert desk.code("Adams") == "I"
    desk.close()


def test_a_teacher_without_a_class_is_told_why_there_is_none(thirty: SmallSchool, qtbot: QtBot, theme: Theme) -> None:
    thirty.context = as_teacher(thirty.context, Role.SUPPLY)
    desk = open_registers(qtbot, thirty, theme)
    assert desk.page._empty.title.text() == "No class is given to you"
    desk.close()


@pytest.mark.parametrize("key", ["Space", "n", "l"])
def test_nobody_is_there_or_missed_before_the_taking_begins(registers: Registers, key: str) -> None:
    registers.put("Abara", FRIDAY_PM)
    registers.press(key, "Return")
    assert registers.code("Abara", FRIDAY_PM) == ""
    assert "is taken from 13:00; until then mark only the absences you know of" in registers.said
    registers.press("Escape")
    registers.put("Abara", FRIDAY_PM)
    registers.press("m")
    assert registers.code("Abara", FRIDAY_PM) == "M"


def test_what_no_arrangement_is_recorded_for_is_asked_at_once_and_taken(registers: Registers) -> None:
    registers.press("d")
    assert registers.code("Abara") == "D"
    words = "D stands, but no timetable at another school is recorded for this session"
    assert words in registers.said
    assert registers.said.endswith("Ctrl+Z to undo")
    registers.press("Ctrl+Z", "i")
    assert words not in registers.said


def test_the_foot_has_room_for_excel_beside_the_widest_totals_at_1366(planned: Registers) -> None:
    planned.page.window().resize(1366, 768)
    foot = planned.page.foot
    foot.tell("")
    assert 0 < foot.hints.width() < foot.width() < 1366
    assert foot.totals.words.endswith("30 blank (1 planned, 1 to confirm)")
    assert "Ctrl+E" in foot.hints.fitting
