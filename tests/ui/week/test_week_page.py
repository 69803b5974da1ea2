"""Closing a week by real keys: what is open is listed, leads to the register, and one chord signs off."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtTest import QAbstractItemModelTester

from desktop_app.actions.register import fill_present, write
from desktop_app.actions.register_checks import Edit
from desktop_app.actions.week import week
from desktop_app.domain.sessions import HALVES, Half, Session
from tests.support.clock import StillClock
from tests.support.schools import SmallSchool
from tests.support.windows import Desk
from ui.register.page import RegisterPage
from ui.week.model import WeekModel
from ui.week.page import WeekPage

MONDAY = date(2026, 11, 16)
TUESDAY_PM = Session(date(2026, 11, 17), Half.PM)


@pytest.fixture
def desk(school: SmallSchool, clock: StillClock, open_at) -> Desk:
    """A whole week, but for one N on Tuesday afternoon; Friday, twenty to four."""
    clock.set(2026, 11, 20, 15, 40)
    write(school.context, [Edit(school.pupils["Kaya"], TUESDAY_PM, "N")])
    for number in range(5):
        for half in HALVES:
            fill_present(school.context, "4B", Session(MONDAY + timedelta(days=number), half))
    return open_at("week", WeekPage, RegisterPage)


def page(desk: Desk) -> WeekPage:
    desk.wait()
    found = desk.window.page("week")
    assert isinstance(found, WeekPage)
    return found


def test_an_open_n_is_listed_with_its_age_and_leads_to_its_register(desk: Desk) -> None:
    model = page(desk).model
    assert model.rowCount() == 1
    assert [model.index(0, column).data() for column in range(4)] == [
        "N open", "Kaya, Çağla 4B", "Tue 17 Nov PM", "3 school days old, due Tue 24 Nov: no reason yet",
    ]  # fmt: skip
    assert not page(desk).sign.isEnabled()
    desk.press("Ctrl+Return")
    assert "1 N still open" in desk.said
    desk.press("Return")
    assert desk.window.place == "registers"


def test_once_it_is_settled_one_chord_signs_off_and_another_opens_it_again(desk: Desk, school: SmallSchool) -> None:
    write(school.context, [Edit(school.pupils["Kaya"], TUESDAY_PM, "I")], "mother rang")
    desk.window.go("week")
    assert page(desk).settled.isVisible()
    desk.type("all settled")
    desk.press("Ctrl+Return")
    assert week(school.context, MONDAY).signed_off
    assert "Signed off by Dr A Rahman" in page(desk).header.subtitle.text()
    desk.press("Ctrl+Return")
    assert "Say why" in desk.said
    desk.type("wrong week")
    desk.press("Ctrl+Return")
    assert not week(school.context, MONDAY).signed_off


def test_the_weeks_turn(desk: Desk) -> None:
    desk.press("Alt+Left")
    assert "9–13 Nov" in page(desk).header.title.text()
    assert page(desk).model.rowCount() == 60
    desk.press("Alt+Right", "Escape")
    assert desk.window.place == "registers"


def test_the_last_ten_weeks_stand_beside_it_with_their_state(desk: Desk, school: SmallSchool) -> None:
    shown = page(desk)
    said = [shown.weeks_model.spoken(one) for one in shown.weeks_model.lines]
    assert len(said) == 10
    assert said[0] == "Week of 16–20 Nov: 1 line keeps it open"
    assert said[1] == "Week of 9–13 Nov: 60 lines keep it open"
    assert said[3].startswith("Week of 19–23 Oct"), "the half term is no school week"
    shown.weeks.setFocus()
    desk.press("Down")
    assert "9–13 Nov" in shown.header.title.text()
    desk.press("Up")
    assert "16–20 Nov" in shown.header.title.text()

    def newest() -> str:
        desk.wait()
        return shown.weeks_model.spoken(shown.weeks_model.lines[0])

    write(school.context, [Edit(school.pupils["Kaya"], TUESDAY_PM, "I")], "mother rang")
    desk.window.go("week", day=MONDAY)
    assert newest().endswith("not signed off")
    desk.press("Ctrl+Return")
    assert newest().endswith("Dr A Rahman, Fri 20 Nov")
    shown.note.setText("wrong week")
    desk.press("Ctrl+Return")
    assert newest().endswith("not signed off, opened again")
    assert shown.header.subtitle.text() == "Opened again by Dr A Rahman, Fri 20 Nov 2026: wrong week"


def test_the_last_weeks_are_read_beside_the_keyboard_and_the_card_says_so(desk: Desk, school: SmallSchool) -> None:
    shown = page(desk)
    write(school.context, [Edit(school.pupils["Kaya"], TUESDAY_PM, "I")], "mother rang")
    desk.window.go("week", day=MONDAY)
    desk.window.go("week", day=MONDAY)
    assert (shown.reader.reading, shown.weeks_card.aside.text()) == (True, "reading …")
    assert shown.weeks_model.spoken(shown.weeks_model.lines[0]).endswith("1 line keeps it open"), "not read here"
    desk.press("Alt+Left")
    desk.wait()
    assert (shown.reader.reading, shown.weeks_card.aside.text()) == (False, "")
    assert shown.weeks_model.spoken(shown.weeks_model.lines[0]).endswith("not signed off")
    assert shown.weeks.currentIndex().row() == 1, "the week that is looked through by then"


def test_the_week_itself_is_read_beside_the_keyboard_and_only_the_newest_is_shown(desk: Desk) -> None:
    shown = page(desk)
    shown.list.setFocus()
    desk.window.go("week", day=MONDAY - timedelta(days=7))
    assert (shown.week_reader.reading, shown.week, shown.model.rowCount()) == (True, None, 0), "not read here"
    assert "9–13 Nov" in shown.header.title.text(), "the page says at once which week it will be"
    assert (shown.header.subtitle.text(), shown.sign.isEnabled()) == ("Reading …", False)
    desk.window.go("week", day=MONDAY)
    desk.wait()
    assert shown.week is not None
    assert (shown.week.monday, shown.week_reader.reading, shown.model.rowCount()) == (MONDAY, False, 1)
    assert shown.list.hasFocus()
    desk.press("Alt+Left", "Alt+Left")
    desk.press("Ctrl+Return")
    assert not desk.said.startswith("Signed off"), "a week that nobody has seen yet is not signed off"


def test_enter_puts_the_cursor_on_the_cell_of_the_line(desk: Desk, school: SmallSchool) -> None:
    assert page(desk).list.hasFocus(), "once it is read"
    desk.press("Return")
    register = desk.window.page("registers")
    assert isinstance(register, RegisterPage)
    index = register.grid.currentIndex()
    row = list(school.pupils).index("Kaya")
    assert (index.row(), index.column()) == (row, 3), "Tuesday afternoon is the fourth session"


def test_the_model_is_a_model(desk: Desk) -> None:
    model = WeekModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_lines(page(desk).week.found)  # type: ignore[union-attr]
    assert "N open, Kaya, Çağla 4B" in model.spoken(model.lines[0])
