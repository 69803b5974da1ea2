"""The place Reports by real keys: picked by a letter, shown, saved under the same name, opened at a child."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop_app.actions.reports.making import REPORTS, make_report
from desktop_app.actions.reports.spec import Asked
from desktop_app.domain.people import Flag, FlagKind, Pupil
from desktop_app.domain.report import Unit
from desktop_app.domain.staff import Role
from desktop_app.rules.report_values import written
from tests.support.clock import StillClock
from tests.support.report_school import FRIDAY, mark_two_weeks
from tests.support.report_text import check_workbook, pdf_words, tables_of
from tests.support.schools import SmallSchool
from tests.support.windows import Desk
from ui.explain.page import ExplainPage
from ui.places import PLACES
from ui.reports.explaining import whose
from ui.reports.kept import LastRun, last_run, remember
from ui.reports.page import ReportsPage
from ui.theme import SchemeChoice, Theme


@pytest.fixture
def desk(school: SmallSchool, clock: StillClock, open_at) -> Desk:
    mark_two_weeks(school, clock)
    return open_at("registers", *PLACES)


def page(desk: Desk) -> ReportsPage:
    found = desk.window.page("reports")
    assert isinstance(found, ReportsPage)
    return found


def wait(desk: Desk, qtbot: QtBot, key: str) -> ReportsPage:
    found = page(desk)
    qtbot.waitUntil(lambda: found.shown is not None and found.shown.report.key == key, timeout=20_000)
    return found


def test_the_weekly_figures_are_three_keys_and_the_same_file_each_week(
    desk: Desk, qtbot: QtBot, school: SmallSchool, tmp_path: Path
) -> None:
    folder = tmp_path / "for the head"
    folder.mkdir()
    remember(school.context, LastRun("codes", str(folder)))
    begun = desk.pressed
    desk.press("Ctrl+5", "w", "Return")
    assert desk.pressed - begun == 3
    target = folder / "Weekly figures for the head.pdf"
    qtbot.waitUntil(target.is_file, timeout=20_000)
    qtbot.waitUntil(lambda: desk.said == f"Saved: {target}")
    before = target.read_bytes()
    report = make_report(school.context, "weekly", Asked(on=FRIDAY))
    words = pdf_words(before)
    assert all(
        written(value, column.unit) in words
        for table in tables_of(report)
        for row in table.rows
        for value, column in zip(row, table.columns, strict=True)
    )
    desk.press("Ctrl+1", "Ctrl+5", "w", "Return")
    qtbot.waitUntil(lambda: desk.window.runner.still, timeout=20_000)
    assert [one.name for one in folder.iterdir()] == [target.name]


def test_who_is_below_ninety_now_is_two_keys_and_enter_opens_the_child(desk: Desk, qtbot: QtBot) -> None:
    begun = desk.pressed
    desk.press("Ctrl+5", "p")
    assert desk.pressed - begun == 2
    found = wait(desk, qtbot, "persistent")
    (table,) = found.view.tables
    assert table.model().index(0, 0).data() == "Abara, Tobi"
    QAbstractItemModelTester(table.proxy.sourceModel())
    table.setFocus()
    desk.press("Return")
    assert desk.window.place == "pupils"


def test_the_screen_shows_what_the_report_says(desk: Desk, qtbot: QtBot) -> None:
    desk.window.go("reports", report="weekly")
    found = wait(desk, qtbot, "weekly")
    assert found.shown is not None
    report = found.shown.report
    assert found.header.title.text() == report.title
    assert report.counts in found.counted.text()
    assert "As recorded by" in found.counted.text()
    shown = [table.block for table in found.view.tables]
    assert shown == [table for table in tables_of(report) if table.rows]
    model = found.view.tables[0].model()
    of = shown[0]
    for row, values in enumerate(of.rows):
        for column, value in enumerate(values):
            assert model.index(row, column).data() == written(value, of.columns[column].unit)
    assert "94.4%" in found.view.words


def test_pictures_are_drawn_read_out_and_shown_as_numbers(desk: Desk, qtbot: QtBot, theme: Theme) -> None:
    desk.window.go("reports", report="calendar")
    found = wait(desk, qtbot, "calendar")
    assert len(found.view.pictures) >= 4
    for card in found.view.pictures:
        assert card.picture.drawn
        assert card.picture.heightForWidth(400) > 0
    reasons = next(card for card in found.view.pictures if card.title.text() == "Absence by reason")
    assert reasons.picture.accessibleDescription().startswith("I  Illness: Sessions missed 2")
    reasons.turn.click()
    assert reasons.picture.isHidden()
    assert reasons.table.model().index(0, 1).data() == "2"
    reasons.turn.click()
    assert reasons.table.isHidden()
    theme.choose(SchemeChoice.DARK)
    qtbot.waitUntil(lambda: desk.window.runner.still, timeout=20_000)
    assert all(card.picture.drawn for card in found.view.pictures)


def test_excel_asks_once_where_it_goes(
    desk: Desk, qtbot: QtBot, tmp_path: Path, school: SmallSchool, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def choose(_parent: object, _title: str, suggested: str, _kinds: str) -> tuple[str, str]:
        asked.append(suggested)
        return str(tmp_path / Path(suggested).name), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    desk.press("Ctrl+5", "c")
    wait(desk, qtbot, "league")
    desk.press("Ctrl+E")
    target = tmp_path / "Class league and rewards.xlsx"
    qtbot.waitUntil(target.is_file, timeout=20_000)
    qtbot.waitUntil(lambda: last_run(school.context).folder == str(tmp_path))
    check_workbook(make_report(school.context, "league", Asked(on=FRIDAY)), target.read_bytes())
    desk.press("c")
    wait(desk, qtbot, "codes")
    desk.press("Ctrl+E")
    qtbot.waitUntil((tmp_path / "Codes and reasons.xlsx").is_file, timeout=20_000)
    assert len(asked) == 1


def test_what_is_asked_changes_the_report(desk: Desk, qtbot: QtBot) -> None:
    desk.window.go("reports", report="weekly")
    found = wait(desk, qtbot, "weekly")
    assert found.asking.fields["first"].isHidden()
    found.asking.on.setFocus()
    found.asking.on.setText("13/11/2026")
    desk.press("Return")
    qtbot.waitUntil(lambda: found.shown is not None and "9 November" in found.shown.report.subtitle, timeout=20_000)
    found.asking.as_at.setFocus()
    found.asking.as_at.setText("nonsense")
    desk.press("Return")
    assert desk.said == "⚠ Write each day as 24/11/2026."
    desk.press("Escape")
    assert desk.focus is found.list
    desk.press("Escape")
    assert desk.window.place == "today"


def test_a_letter_again_goes_to_the_next_report_of_it(desk: Desk, qtbot: QtBot) -> None:
    desk.press("Ctrl+5", "c")
    assert page(desk).spec is not None
    assert page(desk).spec.key == "league"
    desk.press("c")
    assert page(desk).spec.key == "codes"
    desk.press("Ctrl+1", "Ctrl+5", "c")
    assert page(desk).spec.key == "league"
    assert last_run(desk.context).report == "league"


def test_a_governor_sees_none_but_the_public_ones(school: SmallSchool, clock: StillClock, open_at) -> None:
    mark_two_weeks(school, clock)
    staff = replace(school.context.staff, role=Role.GOVERNOR)
    school.context = replace(school.context, staff=staff, alone=False)
    found = page(open_at("reports", *PLACES))
    public = [one.key for one in REPORTS if one.public]
    assert [one.key for one in found.model.lines] == public
    assert found.none.isHidden() is bool(public)


def test_f4_knows_whose_figure_a_line_is(desk: Desk, qtbot: QtBot) -> None:
    desk.window.go("reports", report="weekly")
    found = wait(desk, qtbot, "weekly")
    school, classes = found.view.tables[:2]
    rows = [
        school.model().sourceModel().rows[0],
        school.model().sourceModel().rows[1],
        classes.model().sourceModel().rows[0],
    ]
    assert [whose(desk.context, row, Asked(on=FRIDAY)) for row in rows] == [
        ("school", ""),
        ("year", "4"),
        ("class", "4B"),
    ]
    desk.window.go("reports", report="persistent")
    lists = wait(desk, qtbot, "persistent")
    lists.view.tables[0].setFocus()
    desk.press("F4")
    assert desk.window.place == "pupils"


@pytest.mark.parametrize(("table", "downs", "title"), [(0, 0, "school"), (0, 1, "Year 4"), (1, 0, "4B")])
def test_f4_opens_the_arithmetic_of_a_line_and_escape_comes_back(
    desk: Desk, qtbot: QtBot, table: int, downs: int, title: str
) -> None:
    desk.window.go("reports", report="weekly")
    found = wait(desk, qtbot, "weekly")
    found.view.tables[table].setFocus()
    desk.press("Home", *["Down"] * downs, "F4")
    assert desk.window.place == "explain"
    desk.wait()
    there = desk.window.page("explain")
    assert isinstance(there, ExplainPage)
    assert there.found is not None
    assert title in there.whose.currentText()
    assert (there.found.first, there.found.last) == (date(2026, 9, 1), FRIDAY)
    if not downs and not table:
        block = found.view.tables[0].block
        to_date = [number for number, one in enumerate(block.columns) if one.heading == "Year to date"]
        assert [block.rows[0][number] for number in to_date] == [there.found.figures.attendance]
    desk.press("Escape")
    assert desk.window.place == "reports"
    assert page(desk).spec is not None
    assert page(desk).spec.key == "weekly"


def test_a_click_on_a_percentage_opens_its_arithmetic_and_one_on_words_does_not(desk: Desk, qtbot: QtBot) -> None:
    desk.window.go("reports", report="weekly")
    table = wait(desk, qtbot, "weekly").view.tables[0]
    share = next(number for number, one in enumerate(table.block.columns) if one.unit is Unit.PERCENT)
    for column, place in ((0, "reports"), (share, "explain")):
        where = table.visualRect(table.proxy.index(0, column)).center()
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
        assert desk.window.place == place


def test_f4_opens_the_arithmetic_of_a_group(desk: Desk, qtbot: QtBot) -> None:
    with desk.context.store.writing(desk.context.deed("flag")) as writing:
        doyle = next(one.id for one in writing.book.all(Pupil) if one.surname == "Doyle")
        writing.book.put(Flag(0, doyle, FlagKind.FSM, "", date(2026, 9, 1)))
    desk.window.go("reports", report="year-end")
    found = wait(desk, qtbot, "year-end")
    groups = next(one for one in found.view.tables if one.block.title == "Groups")
    assert str(groups.block.rows[0][0]).startswith("Free school meals")
    groups.setFocus()
    desk.press("Home", "F4")
    desk.wait()
    there = desk.window.page("explain")
    assert isinstance(there, ExplainPage)
    assert there.whose.currentText() == "Free school meals"
    assert there.found is not None
    assert there.found.figures.attendance == groups.block.rows[0][2]


def test_a_preview_keeps_nobody_from_leaving_and_a_file_does(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    runner = desk.window.runner
    heard: list[bool] = []
    runner.busy_changed.connect(heard.append)
    desk.window.go("reports", report="calendar")
    assert not runner.still
    assert not runner.busy
    found = wait(desk, qtbot, "calendar")
    qtbot.waitUntil(lambda: runner.still, timeout=20_000)
    assert not heard
    found.save(".pdf", tmp_path / "pictures.pdf")
    assert runner.busy
    qtbot.waitUntil(lambda: runner.still, timeout=20_000)
    assert heard == [True, False]


def test_who_waits_for_a_preview_to_be_saved_is_waited_for(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    desk.window.go("reports", report="calendar")
    target = tmp_path / "pictures.pdf"
    page(desk).save(".pdf", target)
    assert desk.window.runner.busy
    qtbot.waitUntil(target.is_file, timeout=20_000)
    qtbot.waitUntil(lambda: not desk.window.runner.busy, timeout=20_000)


@pytest.mark.parametrize("made", [False, True], ids=["while it is made", "while it is written"])
def test_every_file_that_was_asked_for_is_written(
    desk: Desk, qtbot: QtBot, school: SmallSchool, tmp_path: Path, made: bool
) -> None:
    remember(school.context, LastRun("codes", str(tmp_path)))
    desk.press("Ctrl+5", "w")
    if made:
        wait(desk, qtbot, "weekly")
    else:
        page(desk).make()
    with desk.worker_held() if made else nullcontext():
        desk.press("Ctrl+E", "Ctrl+P", "Ctrl+P")
        if made:
            desk.press("c")  # another report: those of the former are written all the same
        assert not list(tmp_path.glob("Weekly*"))
    qtbot.waitUntil(lambda: desk.window.runner.still, timeout=20_000)
    names = {one.name for one in tmp_path.glob("Weekly*")}
    assert names == {"Weekly figures for the head.xlsx", "Weekly figures for the head.pdf"}


def test_a_group_is_chosen_of_those_there_are(desk: Desk, qtbot: QtBot) -> None:
    context = desk.context
    with context.store.writing(context.deed("flag")) as writing:
        doyle = next(one.id for one in writing.book.all(Pupil) if one.surname == "Doyle")
        writing.book.put(Flag(0, doyle, FlagKind.FSM, "", date(2026, 9, 1)))
    desk.window.go("reports", report="persistent")
    found = wait(desk, qtbot, "persistent")
    group = found.asking.group
    assert not found.asking.fields["group"].isHidden()
    offered = [group.itemText(number) for number in range(group.count())]
    assert offered[0] == "Everybody"
    assert "Free school meals" in offered
    group.setFocus()
    group.choose("fsm")
    qtbot.waitUntil(
        lambda: found.shown is not None and found.shown.report.subtitle.startswith("Free school meals"), timeout=20_000
    )
    assert found.asking.asked().group == "fsm"
    assert found.asking.about() == "Free school meals"


def test_what_cannot_be_made_stands_in_words_and_saves_nothing(desk: Desk, qtbot: QtBot) -> None:
    desk.window.go("reports", report="weekly")
    found = wait(desk, qtbot, "weekly")
    found.asking.on.setFocus()
    found.asking.on.setText("1/8/2026")
    desk.press("Return")
    qtbot.waitUntil(lambda: found.view.words == ["There was no school week by 1 August 2026."], timeout=20_000)
    assert found.shown is None
    assert desk.said == "There was no school week by 1 August 2026."
    assert not found.view.tables
