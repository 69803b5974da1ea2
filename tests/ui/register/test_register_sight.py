"""What the register shows and says: the model, the words, the totals, the classes, the widths."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from desktop_app.actions.register_page import Cell, Column, ColumnState, page
from desktop_app.domain.marks import Mark
from desktop_app.domain.people import Pupil
from desktop_app.domain.rulebook import Rulebook
from desktop_app.domain.sessions import Half, Session
from tests.support.clock import StillClock
from tests.support.schools import SmallSchool, pupil
from tests.ui.register.conftest import FRIDAY_AM, FRIDAY_PM, THURSDAY_PM, Registers, open_registers
from ui.register.classes import ClassDelegate, ClassModel, progress_words
from ui.register.columns import fit
from ui.register.find import matches
from ui.register.model import BAND, COLUMNS, SESSIONS, TO_DATE, RegisterModel
from ui.register.words import cell_words, column_words, totals, totals_words, week_words
from ui.theme import SchemeChoice, Theme
from ui.tokens import TextRole

TUESDAY_PM = Session(date(2026, 11, 24), Half.PM)
ADA = pupil("Smith", "Ada")


def marked(code: str, **more: object) -> Cell:
    return Cell(Mark(1, TUESDAY_PM.day, TUESDAY_PM.half, code, **more), "")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (marked("I"), "I, {I}, authorised"),
        (marked("\\"), "present"),
        (marked("L", minutes=12), "L, {L}, present, 12 minutes late"),
        (marked("O", note="In Spain"), "O, {O}, unauthorised, note: In Spain"),
        (Cell(None, ""), "blank"),
        (Cell(None, "half term"), "half term"),
        (Cell(None, "in the future", "M"), "planned: M, {M}, authorised, in the future"),
    ],
)
def test_a_cell_is_read_out_whole(cell: Cell, words: str, rulebook: Rulebook) -> None:
    titles = {key: code.title[:1].lower() + code.title[1:] for key, code in rulebook.codes.items() if key.isalnum()}
    spoken = cell_words(ADA, TUESDAY_PM, cell, rulebook.codes)
    assert spoken == f"Ada Smith, Tuesday 24 November afternoon, {words.format(**titles)}"


def test_weeks_and_columns_in_words() -> None:
    assert week_words(date(2026, 11, 16), date(2026, 11, 20)) == "16–20 Nov"
    assert week_words(date(2026, 11, 30), date(2026, 12, 4)) == "30 Nov–4 Dec"
    taken = Column(FRIDAY_AM, ColumnState.CLOSED, "", "Pat Oduya", datetime(2026, 11, 20, 8, 51))
    assert column_words(taken) == (
        "Morning register, Friday 20 November · closed: a change needs a reason · last marked by Pat Oduya 08:51"
    )
    assert "marks are imported" in column_words(taken, elsewhere=True)
    assert "closed" not in column_words(taken, elsewhere=True)
    free = Column(FRIDAY_PM, ColumnState.NO_SCHOOL, "INSET day", "", None)
    assert column_words(free) == "Afternoon register, Friday 20 November · no register: INSET day"


def test_the_model_keeps_qt_s_rules(thirty: SmallSchool, rulebook: Rulebook) -> None:
    model = RegisterModel(rulebook.codes)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert model.columnCount() == model.rowCount() == 0
    shown = page(thirty.context, "4B", FRIDAY_AM.day)
    model.show_page(shown)
    assert (model.rowCount(), model.columnCount()) == (30, COLUMNS)
    assert model.rowCount(model.index(0, 0)) == 0
    model.wait(0, 8, "C")
    assert model.index(0, 8).data() == "C…"
    model.stop_waiting()
    model.put_rows([shown.rows[3]])
    model.put_page(shown)
    model.put_page(page(thirty.context, "5A", FRIDAY_AM.day))
    assert model.rowCount() == 6
    model.show_page(None)
    assert model.data(QModelIndex()) is None


def test_only_sessions_can_be_chosen_and_nothing_edited(thirty: SmallSchool, rulebook: Rulebook) -> None:
    model = RegisterModel(rulebook.codes)
    model.show_page(page(thirty.context, "4B", FRIDAY_AM.day))
    for column in range(COLUMNS):
        flags = model.flags(model.index(0, column))
        assert bool(flags & Qt.ItemFlag.ItemIsSelectable) == (column < SESSIONS)
        assert not flags & Qt.ItemFlag.ItemIsEditable


def test_a_note_that_looks_like_mark_up_is_shown_as_typed(registers: Registers) -> None:
    registers.press("I", "Up", "Shift+F2", *"<b>4 < 5</b>", "Return")
    model = registers.page.desk.model
    tip = model.index(0, 8).data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;4 &lt; 5&lt;/b&gt;" in tip
    assert registers.page.foot.words.textFormat() is Qt.TextFormat.PlainText
    assert registers.page.foot.words.text().endswith("note: <b>4 < 5</b>")


def test_figures_and_band_are_read_again_with_the_mark(registers: Registers) -> None:
    model = registers.page.desk.model
    assert model.index(0, TO_DATE).data() == "no sessions"
    registers.press("Space")
    assert model.index(0, TO_DATE).data() == "100.0%"
    assert model.index(0, BAND).data(Qt.ItemDataRole.AccessibleTextRole).startswith("Tobi Abara, band: ")
    registers.press("O")
    assert model.index(1, TO_DATE).data() == "0.0%"


def test_totals_count_everyone_once_and_no_blank_as_present(registers: Registers, rulebook: Rulebook) -> None:
    registers.press("Space", "Space", "L", "I", "O", "N", "V", "Q")
    model = registers.page.desk.model
    found = totals(model.rows, 8, rulebook.codes)
    assert (found.present, found.late, found.elsewhere, found.authorised, found.unauthorised) == (2, 1, 1, 1, 1)
    assert (found.no_reason, found.exempt, found.blank) == (1, 1, 22)
    assert registers.page.foot.totals.words == (
        "2 present · 1 late · 1 elsewhere · 1 authorised · 1 unauthorised · 1 not counted · 1 no reason yet · 22 blank"
    )
    assert [words for words, _ in totals_words(totals(model.rows, 9, rulebook.codes))] == [
        "0 present", "0 late", "0 authorised", "0 unauthorised", "0 no reason yet", "30 blank",
    ]  # fmt: skip


def test_totals_follow_the_cursor_to_another_session(registers: Registers) -> None:
    registers.press("Space", "Left")
    assert registers.page.foot.totals.words.startswith("0 present")
    assert registers.page.header.subtitle.text().startswith("Afternoon register, Thursday 19 November")
    registers.press("Right")
    assert registers.page.foot.totals.words.startswith("1 present")
    assert "closes 08:55 · last marked by Dr A Rahman 08:50" in registers.page.header.subtitle.text()


def test_classes_show_how_far_they_are(registers: Registers, qtbot: QtBot) -> None:
    model = registers.page.classes
    said = Qt.ItemDataRole.AccessibleTextRole
    assert [model.index(n).data(said) for n in range(2)] == ["4B, not taken", "5A, not taken"]
    registers.press("Space")
    qtbot.waitUntil(lambda: model.index(0).data(said) == "4B, 29 blank")
    registers.press("F9")
    qtbot.waitUntil(lambda: model.index(0).data(said) == "4B, complete")


def test_classes_say_how_long_overdue_they_are(registers: Registers, clock: StillClock) -> None:
    clock.set(2026, 11, 20, 9, 20)
    registers.page.turning.catch_up()
    said = Qt.ItemDataRole.AccessibleTextRole
    model = registers.page.classes
    assert [model.index(n).data(said) for n in range(2)] == [
        "4B, not taken, 25 minutes overdue",
        "5A, not taken, 25 minutes overdue",
    ]
    delegate = registers.page.class_list.itemDelegate()
    assert isinstance(delegate, ClassDelegate)
    assert delegate.fitting(model.state_of("4B"), "4B", 200) == "not taken · 25 min late"
    assert delegate.fitting(model.state_of("4B"), "Kingfishers and Otters", 200) == "not taken"


def test_the_class_list_is_worked_by_keyboard(registers: Registers) -> None:
    registers.page.class_list.setFocus()
    registers.press("Down")
    assert registers.page.header.title.text() == "Class 5A"
    registers.press("Return")
    assert registers.page.grid.hasFocus()


def test_it_opens_at_the_first_class_not_yet_taken(registers: Registers) -> None:
    registers.press("F9")
    registers.page.turning.opened_for = None
    registers.page.desk.model.show_page(None)
    registers.window.go("registers")
    assert registers.page.header.title.text() == "Class 5A"


def test_it_is_sent_to_a_class_a_day_and_a_child(registers: Registers) -> None:
    registers.window.go(
        "registers", class_name="4B", day=THURSDAY_PM.day, half=Half.PM, pupil=registers.pupils["Doyle"]
    )
    assert registers.here == ("Doyle", THURSDAY_PM)


def test_names_are_found_by_their_first_letters_accents_aside() -> None:
    class_of: list[Pupil] = [
        pupil("Đặng", "Minh"),
        pupil("Bielak", "Łucja"),
        pupil("Lunt", "Ann-Marie"),
        pupil("O'Brien", "Dan"),
    ]
    assert matches(class_of, "lu") == (2, 1)
    assert matches(class_of, "DA") == (0, 3)
    assert matches(class_of, "lunt a") == (2,)
    assert matches(class_of, "dan o") == (3,)
    assert matches(class_of, "marie") == (2,)
    assert matches(class_of, "brien") == (3,)
    assert matches(class_of, "zz") == matches(class_of, " ") == ()


@pytest.mark.parametrize("room", [640, 800, 980, 1400])
def test_columns_fit_the_room_and_every_code_fits_its_column(theme: Theme, room: int) -> None:
    widths = fit(theme, room, 230)
    widest = theme.metrics(TextRole.STRONG).horizontalAdvance("Y7")
    assert all(width > widest + 12 for width in widths.columns[:SESSIONS])
    if room >= 980:
        assert widths.names + sum(widths.columns) == room


def test_names_take_the_room_there_is(theme: Theme) -> None:
    narrow, wide = fit(theme, 980, 150), fit(theme, 980, 380)
    assert (narrow.names, wide.names) == (150, 380)
    assert wide.columns[0] < narrow.columns[0]
    assert fit(theme, 980, 900).columns == fit(theme, 980, 2000).columns, "no name takes a session's least width"


def test_where_another_system_is_the_register_no_class_is_said_to_be_not_taken(
    thirty: SmallSchool, qtbot: QtBot, theme: Theme
) -> None:
    with thirty.context.store.writing(thirty.context.deed("set up")) as writing:
        writing.book.put(replace(writing.book.school(), is_register=False))
    desk = open_registers(qtbot, thirty, theme)
    classes = desk.page.classes
    assert [progress_words(classes.state_of(name)) for name in classes.names] == ["", ""]
    assert classes.index(0).data(Qt.ItemDataRole.ToolTipRole) == "4B, not imported"
    desk.close()


def test_an_empty_school_says_where_classes_come_from(qtbot: QtBot, empty_school: SmallSchool, theme: Theme) -> None:
    desk = open_registers(qtbot, empty_school, theme)
    shown = desk.page
    assert shown._empty.isVisible()
    assert not shown.grid.isVisible()
    assert shown.header.title.text() == "Registers"
    assert not shown.fill_button.isVisible()
    assert not shown.weeks.isVisible()
    desk.press("i", "F9", "Ctrl+F", "Ctrl+Z", "Alt+Left", "Ctrl+PageDown")
    assert desk.said in ("", "There is nothing to undo.")
    desk.close()


def test_the_clock_closes_a_register_in_sight(registers: Registers, clock: StillClock) -> None:
    assert "closes 08:55" in registers.page.header.subtitle.text()
    registers.press("c")
    clock.set(2026, 11, 20, 9, 0)
    registers.page._clock_timer.timeout.emit()
    assert registers.shown == "C…", "nothing is read again under the fingers"
    registers.press("Escape")
    registers.page._clock_timer.timeout.emit()
    assert "a change needs a reason" in registers.page.header.subtitle.text()
    assert registers.here == ("Abara", FRIDAY_AM)


def test_in_a_narrow_window_the_classes_are_a_choice(registers: Registers, qtbot: QtBot) -> None:
    page = registers.page
    assert page.class_card.isVisible()
    assert not page.class_choice.isVisible()
    registers.window.resize(900, 600)
    qtbot.waitUntil(page.class_choice.isVisible)
    assert not page.class_card.isVisible()
    page.class_choice.setFocus()
    registers.press("Down", "Return")
    assert page.header.title.text() == "Class 5A"


@pytest.mark.parametrize("choice", list(SchemeChoice))
def test_every_scheme_draws_every_kind_of_cell(registers: Registers, theme: Theme, choice: SchemeChoice) -> None:
    registers.press("Space", "L", "3", "Return", "I", "O", "N", "V", "Q", "Up", "Shift+F2", "x", "Return", "c")
    theme.choose(choice)
    picture = registers.page.grid.grab().toImage()
    assert len({picture.pixel(x, y) for x in range(0, picture.width(), 3) for y in range(0, 300, 3)}) > 3


def test_the_class_model_keeps_qt_s_rules() -> None:
    model = ClassModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_classes(["R", "4B"])
    model.show_states([])
    assert model.index(1).data() == "4B"
    assert model.index(1).data(Qt.ItemDataRole.AccessibleTextRole) == "4B, no register due"
