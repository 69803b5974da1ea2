"""The place Targets by real keys: set, refused, replaced, taken back, and whether it is met on exact counts."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.actions.targets import group_targets, set_group_target
from desktop_app.domain.marks import NewMark
from desktop_app.domain.sessions import Half
from desktop_app.domain.staff import Role
from desktop_app.domain.targets import SCHOOL, Part, Target, Whose
from tests.support.clock import StillClock
from tests.support.people import in_role
from tests.support.referrals import calendar_of
from tests.support.schools import SmallSchool
from tests.support.windows import Desk
from ui.comparison.page import ComparisonPage
from ui.explain.page import ExplainPage
from ui.targets.page import TargetsPage

FIRST, TODAY = date(2026, 9, 3), date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _marks(school: SmallSchool, clock: StillClock) -> None:
    """Two children, of whom one missed five of the 104 sessions: 203 of 208 is 97.596… %, shown as 97.60 %."""
    clock.set(2026, 11, 20, 16, 0)
    sessions = calendar_of(school.context).sessions(FIRST, TODAY)
    with school.context.store.writing(school.context.deed("marks")) as writing:
        writing.marks.add(
            NewMark(pupil, one.day, one.half, "O" if gone else "/" if one.half is Half.AM else "\\")
            for pupil, missed in ((school.pupils["Kaya"], 5), (school.pupils["Doyle"], 0))
            for number, one in enumerate(sessions)
            for gone in (number < missed,)
        )


@pytest.fixture
def desk(school: SmallSchool, open_at) -> Desk:
    return open_at("targets", TargetsPage, ComparisonPage)


def page(desk: Desk) -> TargetsPage:
    found = desk.window.page("targets")
    assert isinstance(found, TargetsPage)
    return found


def lines(desk: Desk) -> list[tuple[str, ...]]:
    return [tuple(column.text(row) for column in page(desk).model.columns) for row in page(desk).model.rows]


def write_over(desk: Desk, words: str) -> None:
    desk.focus.clear()  # type: ignore[attr-defined]
    desk.type(words)


def test_the_school_then_a_class_each_met_or_not_by_counts(desk: Desk, school: SmallSchool) -> None:
    """The percentage shown is rounded, what is met is not: 97.60 % is shown, and 97.6 is not met."""
    assert lines(desk) == [
        ("The school", "–", "–", "–", "none is set"),
        ("Year 4", "–", "–", "–", "none is set"),
        ("Class 4B", "–", "–", "–", "none is set"),
    ]
    desk.press("Return")
    write_over(desk, "97.59")
    desk.press("Tab")
    write_over(desk, "3/9/2026")
    desk.press("Ctrl+Return")
    assert lines(desk)[0] == ("The school", "97.59%", "97.60%", "203 of 208", "met so far")
    assert desk.said.startswith("The school: At least 97.59% from Thu 3 Sep 2026 to the end of the school year.")
    desk.press("Down", "Return")
    write_over(desk, "97.6")
    desk.press("Tab")
    write_over(desk, "3/9/2026")
    desk.press("Ctrl+Return")
    assert lines(desk)[1] == ("Year 4", "97.6%", "97.60%", "203 of 208", "not met so far")
    assert page(desk).card.title.text() == "Year 4"
    desk.press("Down")
    assert page(desk).card.title.text() == "Class 4B"
    desk.press("Up")
    assert "Not met so far: " in page(desk).says.text()
    assert "6 pupils on that day: with so few" in page(desk).says.text()


def test_what_cannot_be_is_refused_and_half_typed_words_are_given_up(desk: Desk, school: SmallSchool) -> None:
    with school.context.store.reading() as reading:
        head = reading.chain_head
    desk.press("Return")
    write_over(desk, "much")
    desk.press("Ctrl+Return")
    assert "A target is a percentage" in desk.said
    assert page(desk).fault.isVisible()
    write_over(desk, "95")
    page(desk).until.setFocus()
    write_over(desk, "some day")
    desk.press("Ctrl+Return")
    assert "That is not a day" in desk.said
    write_over(desk, "1/9/2026")
    desk.press("Ctrl+Return")
    assert "ends before it begins" in desk.said
    desk.press("Escape")
    assert (page(desk).percent.text(), page(desk).fault.isVisible()) == ("", False)
    assert page(desk).table.hasFocus()
    with school.context.store.reading() as reading:
        assert reading.chain_head == head


def test_one_is_taken_back_when_it_is_asked_twice(desk: Desk, school: SmallSchool) -> None:
    desk.press("Ctrl+Delete")
    assert "once more" not in desk.said
    desk.window.announce(set_group_target(school.context, SCHOOL, Target(Fraction(95), date(2027, 1, 4))))
    assert lines(desk)[0][1:] == ("95%", "–", "–", "not begun")
    assert "It begins on Mon 4 Jan 2027." in page(desk).says.text()
    desk.press("Ctrl+Delete")
    assert "once more, and it is done" in desk.said
    assert group_targets(school.context, TODAY)[0].target is not None
    desk.press("Ctrl+Delete")
    assert group_targets(school.context, TODAY)[0].target is None
    assert lines(desk)[0][4] == "none is set"


def test_who_only_reads_sees_how_they_stand(school: SmallSchool, open_at) -> None:
    set_group_target(school.context, Whose(Part.CLASS, "4B"), Target(Fraction(95), FIRST))
    school.context = in_role(school.context, Role.READ_ONLY)
    desk = open_at("targets", TargetsPage)
    assert [line[0] for line in lines(desk)] == ["The school", "Year 4", "Class 4B"]
    assert not page(desk).keep.isEnabled()
    desk.press("Return")
    assert page(desk).table.hasFocus()


def test_from_us_beside_others(desk: Desk) -> None:
    desk.window.go("comparison")
    desk.press("Alt+t")
    assert desk.window.place == "targets"


@pytest.mark.parametrize("size", [(1366, 768), (1093, 614)])
def test_nothing_of_a_line_is_cut(size: tuple[int, int], desk: Desk) -> None:
    """At 100 % and at 125 % of 1366 × 768 every column is in sight, and no button is squeezed."""
    desk.window.resize(*size)
    desk.wait()
    table = page(desk).table
    assert not table.horizontalScrollBar().isVisible()
    assert sum(table.columnWidth(each) for each in range(5)) <= table.viewport().width()
    for column, words in enumerate(("The school", "96.25%", "97.60%", "77120 of 80400", "not met so far")):
        metrics = table.fontMetrics()
        assert metrics.horizontalAdvance(words) < table.columnWidth(column), words
    for button in (page(desk).keep, page(desk).take):
        assert button.width() >= button.sizeHint().width()


def test_the_attendance_of_a_line_is_explained_by_f4_and_by_a_click(  # type: ignore[no-untyped-def]
    school: SmallSchool, open_at, qtbot: QtBot
) -> None:
    set_group_target(school.context, Whose(Part.CLASS, "4B"), Target(Fraction(95), FIRST, None))
    desk = open_at("targets", TargetsPage, ExplainPage)
    here, why = page(desk), desk.window.page("explain")
    assert isinstance(why, ExplainPage)
    here.table.select_key(SCHOOL)
    desk.press("F4")
    assert here.isVisible(), "the school has no target"
    here.table.select_key(Whose(Part.CLASS, "4B"))
    desk.press("F4")
    assert why.isVisible()
    desk.wait()
    assert why.found is not None
    assert (why.found.first, why.found.last, why.found.figures.attended) == (FIRST, TODAY, 203)
    desk.press("Escape")
    assert here.isVisible()
    row = next(row for row, one in enumerate(here.model.rows) if one.whose.name == "4B")
    at = here.table.visualRect(here.table.proxy.index(row, 2)).center()
    qtbot.mouseClick(here.table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert why.isVisible()
