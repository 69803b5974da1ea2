"""The list of pupils by keyboard: filter, narrow, sort, open and come back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from desktop_app.actions.pupils import pupil_list
from desktop_app.actions.register import write
from desktop_app.actions.register_checks import Edit
from desktop_app.domain.sessions import Half, Session
from tests.support.schools import SmallSchool, fill_school
from tests.support.windows import Desk
from ui.pupils.list_columns import COLUMNS, pupil_model
from ui.pupils.page import PupilsPage

DAYS = [day for n in range(26) if (day := date(2026, 9, 21) + timedelta(days=n)).weekday() < 5]


@pytest.fixture
def marked(school: SmallSchool) -> SmallSchool:
    """Forty sessions: Doyle misses five (87.5 %), Kaya 25 (37.5 %), Minh none is marked at all."""
    school.pupils.update(fill_school(school.context, (("Ellis", "Fay"),), "2A"))
    absent = {"Doyle": 5, "Kaya": 25}
    sessions = [Session(day, half) for day in DAYS for half in Half]
    write(
        school.context,
        [
            Edit(key, session, "I" if n < absent.get(name, 0) else "/" if session.half is Half.AM else "\\")
            for name, key in school.pupils.items()
            if name != "Đặng"
            for n, session in enumerate(sessions)
        ],
    )
    return school


@pytest.fixture
def desk(marked: SmallSchool, open_at) -> Desk:
    return open_at("pupils", PupilsPage)


def listing(desk: Desk):
    page = desk.window.page("pupils")
    assert isinstance(page, PupilsPage)
    return page.listing


def shown(desk: Desk) -> list[str]:
    proxy = listing(desk).table.proxy
    return [proxy.index(row, 0).data().split(",")[0] for row in range(proxy.rowCount())]


def test_the_model_keeps_qts_rules(marked: SmallSchool) -> None:
    model = pupil_model()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    rows = pupil_list(marked.context)
    model.set_rows(rows)
    model.set_rows(rows[:3])
    model.set_rows(())
    assert (model.rowCount(), model.columnCount(), tester.model()) == (0, len(COLUMNS), model)


def test_a_row_says_figure_band_test_and_class(desk: Desk, marked: SmallSchool) -> None:
    table = listing(desk).table
    assert table.select_key(marked.pupils["Kaya"])
    row = table.currentIndex().row()
    cells = [table.proxy.index(row, column).data() for column in range(len(COLUMNS))]
    assert cells[:4] == ["Kaya, Çağla", "4B", "4", "37.5%"]
    assert cells[5] == "Severe"
    spoken = table.proxy.index(row, 3).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "37.5%"


def test_before_forty_sessions_it_is_too_early_to_say(school: SmallSchool, open_at) -> None:
    sessions = [Session(day, half) for day in DAYS[:19] for half in Half]
    write(school.context, [Edit(school.pupils["Kaya"], session, "I") for session in sessions], "from the paper")
    desk = open_at("pupils", PupilsPage)
    table = listing(desk).table
    assert table.select_key(school.pupils["Kaya"])
    assert table.proxy.index(table.currentIndex().row(), 5).data() == "Too early to say"
    desk.press("Alt+3")
    assert shown(desk) == []
    assert "0 persistently absent" in listing(desk).header.subtitle.text()


def test_any_letter_in_the_list_filters_at_once_without_accents(desk: Desk) -> None:
    desk.press("d", "a", "n", "g")
    assert shown(desk) == ["Đặng"]
    assert listing(desk).typed.text() == "dang"
    desk.press("Backspace", "Backspace", "Backspace")
    assert "Doyle" in shown(desk)
    desk.press("Escape")
    assert len(shown(desk)) == 7
    assert listing(desk).table.hasFocus()


def test_words_of_any_column_filter(desk: Desk) -> None:
    desk.type("severe")
    assert shown(desk) == ["Kaya"]
    desk.press("Escape")
    desk.type("2a ellis")
    assert shown(desk) == ["Ellis"]


def test_a_filter_that_leaves_nobody_keeps_the_keyboard(desk: Desk) -> None:
    desk.type("elliz")
    assert shown(desk) == []
    assert listing(desk).typed.hasFocus()
    desk.press("Backspace")
    desk.type("s")
    assert shown(desk) == ["Ellis"]
    desk.type("zz")
    desk.press("Escape")
    assert len(shown(desk)) == 7
    assert listing(desk).table.hasFocus()


def test_a_narrowing_that_leaves_nobody_is_widened_by_escape(desk: Desk) -> None:
    desk.press("Ctrl+PageDown", "Alt+4")
    assert shown(desk) == []
    desk.press("Escape")
    assert len(shown(desk)) == 7
    assert listing(desk).table.hasFocus()


def test_one_key_narrows_to_those_who_worry_us(desk: Desk) -> None:
    desk.press("Alt+3")
    assert shown(desk) == ["Doyle", "Kaya"]
    assert desk.said == "Persistent: 2 shown."
    desk.press("Alt+4")
    assert shown(desk) == ["Kaya"]
    desk.press("Alt+1")
    assert len(shown(desk)) == 7


def test_ctrl_page_down_goes_through_the_classes(desk: Desk) -> None:
    desk.press("Ctrl+PageDown")
    assert shown(desk) == ["Ellis"]
    desk.press("Ctrl+PageDown")
    assert len(shown(desk)) == 6
    desk.press("Ctrl+PageUp", "Ctrl+PageUp")
    assert len(shown(desk)) == 7


def test_the_keyboard_sorts_by_exact_figures_with_no_figure_last(desk: Desk) -> None:
    desk.press("Ctrl+Right", "Ctrl+Right", "Ctrl+Right")
    assert desk.said == "Sorted by attendance, lowest first."
    assert (shown(desk)[:2], shown(desk)[-1]) == (["Kaya", "Doyle"], "Đặng")
    desk.press("Ctrl+Down")
    assert (shown(desk)[-3:], desk.said) == (["Doyle", "Kaya", "Đặng"], "Sorted by attendance, highest first.")


def test_a_heading_click_sorts(desk: Desk, qtbot) -> None:
    header = listing(desk).table.horizontalHeader()
    middle = header.viewport().rect().center()
    middle.setX(header.sectionViewportPosition(3) + 10)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert shown(desk)[0] == "Kaya"


def test_enter_opens_and_escape_comes_back_to_the_same_row(desk: Desk) -> None:
    page = desk.window.page("pupils")
    assert isinstance(page, PupilsPage)
    desk.type("kaya")
    desk.press("Return")
    assert page.child.isVisible()
    assert page.child.header.title.text() == "Çağla Kaya"
    desk.press("Escape")
    assert page.listing.isVisible()
    assert page.listing.table.selected().pupil.surname == "Kaya"
    assert page.listing.table.hasFocus()


def test_the_row_is_kept_when_marks_change(desk: Desk, marked: SmallSchool) -> None:
    table = listing(desk).table
    table.select_key(marked.pupils["Doyle"])
    _written, changes = write(marked.context, [Edit(marked.pupils["Doyle"], Session(DAYS[0], Half.AM), "O")], "told us")
    desk.window.announce(changes)
    assert table.selected().pupil.surname == "Doyle"
    assert table.selected().figures.unauthorised == 1


def test_an_empty_school_says_what_to_do(empty_school: SmallSchool, qtbot, theme) -> None:
    from tests.support.windows import open_desk

    desk = open_desk(qtbot, empty_school.context, theme, [PupilsPage], "pupils")
    assert listing(desk).empty.title.text() == "No pupils yet"
    assert listing(desk).empty.isVisible()
    desk.close()
