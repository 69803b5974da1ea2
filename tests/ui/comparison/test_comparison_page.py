"""The place Comparison, by real keys: what stands beside what, rows typed, figures put back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.actions.benchmarks import benchmarks, import_benchmarks
from desktop_app.domain.progress import Changes
from desktop_app.domain.staff import Role
from tests.support.benchmarks import ENGLAND, KNOWSLEY, figures_file
from tests.support.clock import StillClock
from tests.support.people import in_role
from tests.support.running import finish
from tests.support.schools import SmallSchool
from tests.support.two_years import fill_two_years
from tests.support.windows import Desk
from ui.comparison.page import ComparisonPage
from ui.explain.page import ExplainPage
from ui.parts.table import DataTable
from ui.reports.page import ReportsPage


@pytest.fixture(autouse=True)
def _two_years(school: SmallSchool, clock: StillClock) -> None:
    clock.set(2026, 11, 20, 16, 0)
    fill_two_years(school)


def shown(desk: Desk) -> ComparisonPage:
    """The page with its figures there, which are read beside the window."""
    desk.wait()
    page = desk.window.page("comparison")
    assert isinstance(page, ComparisonPage)
    return page


def lines(page: ComparisonPage) -> list[tuple[str, ...]]:
    return [tuple(column.text(row) for column in page.rows.columns) for row in page.rows.rows]


def test_like_stands_beside_like_and_the_words_say_so(school: SmallSchool, open_at) -> None:  # type: ignore[no-untyped-def]
    desk = open_at("comparison", ComparisonPage)
    page = shown(desk)
    assert [line[:3] for line in lines(page)] == [
        ("Ours, 2026/27", "Year to date", "0.00%"),
        ("Ours, 2025/26", "Full year", "3.32%"),
        ("Knowsley, 2025/26 (daily data)", "Full year", "6.69%"),
        ("England, 2025/26 (daily data)", "Full year", "5.28%"),
        ("Ours, 2025/26", "Full year", "3.32%"),
        ("England, 2023/24 (census)", "Full year", "5.50%"),
    ]
    assert lines(page)[2][4] == "–"
    assert [column.title for column in page.rows.columns[2:]] == [
        "Absence, % of sessions",
        "Persistent, % of pupils",
        "Severe, % of pupils",
    ]
    assert "%" not in page.card.title.text()
    assert "per cent" not in page.card.title.text()
    assert "Knowsley and England: the full year 2025/26, primary schools" in page.says.text()
    desk.press("Up")
    assert "A full year is not held against a part of one" in page.says.text()
    assert page.header.isVisible()
    assert not page.back.isEnabled()


def test_rows_are_typed_and_kept_or_refused_by_line(school: SmallSchool, open_at) -> None:  # type: ignore[no-untyped-def]
    desk = open_at("comparison", ComparisonPage)
    page = shown(desk)
    page.typed.setFocus()
    page.typed.setPlainText("Our trust; 2025/26; full year; daily; 5.4; 15; ; trust report\nNeighbours; 2025/26; daily")
    desk.press("Ctrl+Return")
    assert "Line 2 has 3 parts and not 8" in desk.said
    assert benchmarks(school.context).comparators == ()
    page.typed.setPlainText("Our trust; 2025/26; full year; daily; 5.4; 15; ; trust report")
    desk.press("Ctrl+Return")
    assert desk.said == "Your rows are kept."
    desk.wait()
    assert ("Our trust, 2025/26 (daily data)", "Full year", "5.40%", "15.00%", "–") in lines(page)
    assert page.typed.toPlainText() == "Our trust; 2025/26; full year; daily; 5.4; 15; ; trust report"
    page.typed.setFocus()
    page.typed.setPlainText("Our trust; 2025/27; full year; daily; 5.4; 15; ; trust report")
    desk.press("Ctrl+Return")
    assert "Line 1: This is not a school year" in desk.said


def test_newer_figures_are_brought_in_and_given_up_again(school: SmallSchool, open_at, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    finish(import_benchmarks(school.context, figures_file(tmp_path / "new.csv", ENGLAND, KNOWSLEY), dry_run=False))
    desk = open_at("comparison", ComparisonPage)
    page = shown(desk)
    assert lines(page)[2][2] == "6.60%"
    desk.press("Alt+B")
    assert desk.said == "The figures shipped with Rollbook hold again."
    desk.wait()
    assert lines(page)[2][2] == "6.69%"
    assert not page.back.isEnabled()


def test_the_window_answers_while_the_figures_are_read(school: SmallSchool, open_at) -> None:  # type: ignore[no-untyped-def]
    desk = open_at("comparison", ComparisonPage)
    page = shown(desk)
    with desk.worker_held():
        desk.window.announce(Changes(marks=True))
        desk.window.announce(Changes(marks=True))
        assert page.card.aside.text() == "reading …"
        desk.press("Up")
        assert "A full year is not held against a part of one" in page.says.text()
        page.typed.setFocus()
        desk.type("Our trust")
    assert page.card.aside.text() == ""
    assert len(lines(page)) == 6
    assert page.typed.toPlainText() == "Our trust"


def test_a_governor_reads_and_changes_nothing(school: SmallSchool, open_at) -> None:  # type: ignore[no-untyped-def]
    school.context = in_role(school.context, Role.GOVERNOR)
    desk = open_at("comparison", ComparisonPage)
    page = shown(desk)
    assert len(lines(page)) == 6
    assert not any(button.isEnabled() for button in (page.newer, page.back, page.keep))
    desk.press("Ctrl+Return", "Ctrl+O")
    assert desk.window.page("comparison") is page
    assert benchmarks(school.context).dated is not None


@pytest.mark.parametrize(("role", "key"), [(Role.OFFICE, "calendar"), (Role.GOVERNOR, "governors")])
def test_the_same_is_seen_in_pictures(  # type: ignore[no-untyped-def]
    role: Role, key: str, school: SmallSchool, open_at, qtbot: QtBot
) -> None:
    school.context = in_role(school.context, role)
    desk = open_at("comparison", ComparisonPage, ReportsPage)
    desk.press("Alt+P")
    page = desk.window.page("reports")
    assert isinstance(page, ReportsPage)
    assert desk.window.stack.currentWidget() is page
    qtbot.waitUntil(lambda: page.shown is not None, timeout=20_000)
    assert page.spec is not None
    assert page.spec.key == key


def test_our_own_figure_is_explained_by_f4_and_by_a_click_as_it_is_counted_there(  # type: ignore[no-untyped-def]
    school: SmallSchool, open_at, qtbot: QtBot
) -> None:
    desk = open_at("comparison", ComparisonPage, ExplainPage)
    page = shown(desk)
    page.table.select_key(1)
    desk.press("F4")
    why = desk.window.page("explain")
    assert isinstance(why, ExplainPage)
    assert why.isVisible()
    desk.wait()
    assert why.found is not None
    assert (why.found.first, why.found.last) == (page.rows.rows[1].of.first, page.rows.rows[1].of.last)
    assert why.found.counts.startswith("As the DfE counts")
    assert 100 - why.found.figures.attendance == page.rows.rows[1].absence
    desk.press("Escape")
    assert page.isVisible()
    page.table.select_key(2)
    desk.press("F4")
    assert page.isVisible(), "a published figure has no reckoning here"
    click(qtbot, page.table, 1, 2)
    assert why.isVisible()


def click(qtbot: QtBot, table: DataTable, row: int, column: int) -> None:
    at = table.visualRect(table.proxy.index(row, column)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
