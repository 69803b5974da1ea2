"""Patterns and the look ahead beside a child's page, by real keys."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtTest import QAbstractItemModelTester

from desktop_app.actions.habits import habits
from desktop_app.actions.register import write
from desktop_app.actions.register_checks import Edit
from desktop_app.domain.marks import NewMark
from desktop_app.domain.progress import Changes
from desktop_app.domain.sessions import Half, Session
from tests.support.habits import FIRST, OPEN, days
from tests.support.schools import SmallSchool
from tests.support.windows import Desk
from ui.pupils.ahead_panel import AheadPanel
from ui.pupils.child import ChildView
from ui.pupils.habits_panel import NOTHING, HabitsPanel
from ui.pupils.page import PupilsPage
from ui.pupils.said_list import SaidLine, SaidModel, split
from ui.register.page import RegisterPage

GONE = days("09-07", "09-14", "09-21", "09-28", "10-05")


@pytest.fixture
def pupil(school: SmallSchool) -> int:
    """Çağla, who misses Mondays."""
    key = school.pupils["Kaya"]
    with school.context.store.writing(school.context.deed("set up")) as writing:
        writing.marks.add(
            NewMark(key, one.day, one.half, "O" if one.day in GONE else "/" if one.half is Half.AM else "\\")
            for one in OPEN.sessions(FIRST, date(2026, 11, 19))
        )
    return key


@pytest.fixture
def desk(open_at, pupil: int) -> Desk:
    opened: Desk = open_at("pupils", PupilsPage, RegisterPage)
    opened.window.resize(1366, 768)
    opened.window.go("pupils", pupil=pupil)
    return opened


def child(desk: Desk) -> ChildView:
    page = desk.window.page("pupils")
    assert isinstance(page, PupilsPage)
    return page.child


def patterns(desk: Desk) -> HabitsPanel:
    return child(desk).beside.habits


def look_ahead(desk: Desk) -> AheadPanel:
    return child(desk).beside.ahead


def said(model: SaidModel) -> list[str]:
    return [model.text(line, 0) for line in model.lines]


def image(desk: Desk) -> QImage:
    grabbed: QPixmap = child(desk).year.grab()
    return grabbed.toImage()


def test_each_pattern_stands_there_with_its_sessions(desk: Desk, pupil: int) -> None:
    desk.press("y")
    found = habits(desk.context, pupil, date(2026, 11, 20))
    panel = patterns(desk)
    assert desk.focus is panel.list
    assert said(panel.model) == [one.says for one in found]
    assert panel.aside.text() == f"{len(found)} patterns"
    assert said(panel.model)[0].startswith("Mondays: 5 of the 5 days missed are Mondays.")
    assert panel.under.text() == "10 sessions"
    assert said(panel.seen)[0] == "Mon 7 Sep 2026, morning: O, Other or unknown circumstances"
    desk.press("Down")
    assert len(said(panel.seen)) == len(found[1].sessions)


def test_enter_goes_down_to_the_sessions_and_into_the_register(desk: Desk) -> None:
    desk.press("y", "Return")
    panel = patterns(desk)
    assert desk.focus is panel.sessions
    desk.press("Escape")
    assert desk.focus is panel.list
    desk.press("Return", "Down", "Return")
    page = desk.window.page("registers")
    assert isinstance(page, RegisterPage)
    assert page.isVisible()


def test_the_year_points_out_the_sessions_until_the_panel_closes(desk: Desk) -> None:
    before = image(desk)
    desk.press("y")
    marked = child(desk).year._delegate.marked
    assert Session(date(2026, 9, 7), Half.AM) in marked
    assert len(marked) == 10
    assert image(desk) != before
    desk.press("Escape")
    assert patterns(desk).isHidden()
    assert child(desk).year._delegate.marked == frozenset()


def test_a_child_without_a_pattern_and_a_mark_that_makes_one_go(desk: Desk, school: SmallSchool, pupil: int) -> None:
    desk.press("y")
    with school.context.store.writing(school.context.deed("amend")) as writing:
        writing.marks.add(
            NewMark(pupil, day, half, "/" if half is Half.AM else "\\", amends=True) for day in GONE for half in Half
        )
    desk.window.announce(Changes(book=True))
    panel = patterns(desk)
    assert panel.model.rowCount() == 0
    assert panel.note.text() == NOTHING
    assert not panel.sessions.isVisible()
    assert child(desk).year._delegate.marked == frozenset()
    desk.press("Return", "Escape")
    assert panel.isHidden()


def test_what_if_is_answered_while_it_is_typed(desk: Desk) -> None:
    desk.press("f")
    panel = look_ahead(desk)
    assert desk.focus is panel.missed
    assert panel.found is not None
    assert panel.answer.text().startswith("With everything attended from now on: ")
    desk.type("4")
    assert panel.answer.text().startswith("With 4 sessions (2 days) more missed: ")
    desk.type(" days")
    assert panel.answer.text().startswith("With 8 sessions (4 days) more missed: ")
    panel.missed.clear()
    desk.type("999")
    assert "more than a school year has" in panel._field.fault.text()
    assert panel.answer.text() == ""
    panel.missed.clear()
    desk.type("399")
    assert panel.answer.text().startswith("Only ")
    desk.press("Escape")
    assert panel.isHidden()


def test_the_sentences_are_those_of_the_forecast_and_follow_the_register(desk: Desk, pupil: int) -> None:
    desk.press("f")
    panel = look_ahead(desk)
    lines = said(panel.model)
    assert lines[0] == "So far: 90.20%: 92 of 102 sessions attended. 1 session has no mark: left out."
    desk.type("2 days")
    write(desk.context, [Edit(pupil, Session(date(2026, 11, 20), Half.AM), "O")])
    desk.window.announce(Changes(book=True))
    assert said(panel.model)[0] == "So far: 89.32%: 92 of 103 sessions attended."
    assert panel.missed.text() == "2 days"


def test_the_panels_fit_beside_the_page_on_a_small_screen(desk: Desk) -> None:
    for letter in ("y", "f"):
        desk.press(letter)
        bar = child(desk)._scroll.horizontalScrollBar()
        assert bar.maximum() == 0
        desk.press("Escape")


def test_letters_in_a_panel_open_nothing_else(desk: Desk) -> None:
    desk.press("y", "f")
    assert look_ahead(desk).isHidden()
    desk.press("Escape", "f", "y")
    assert patterns(desk).isHidden()
    assert look_ahead(desk).missed.text() == "y"


def test_the_model_keeps_qts_rules_and_speaks_the_whole_sentence() -> None:
    model = SaidModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_lines([split("Mondays: 5 of 8. More."), split("No colon here."), SaidLine("", "Plain")])
    assert [line.about for line in model.lines] == ["Mondays", "", ""]
    assert model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "Mondays: 5 of 8. More."
    assert tester.model() is model
