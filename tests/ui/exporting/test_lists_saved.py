"""Ctrl+E on a page: the list on the screen, in its order and as it is narrowed, becomes a workbook."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QFileDialog

from desktop_app.domain.staff import Role
from tests.support.clock import StillClock
from tests.support.listed_school import listed_school
from tests.support.people import in_role
from tests.support.schools import SmallSchool
from tests.support.windows import Desk
from ui.exporting import NOTHING
from ui.memory import Memory
from ui.places import PLACES
from ui.school_menu import SchoolMenu
from ui.shell import Page

PAGES = {
    "today": "Calling list", "registers": "Register", "pupils": "Pupils on roll", "cases": "Cases",
    "watch": "Watch list", "week": "Close the week", "changes": "History of changes", "groups": "Groups",
    "targets": "Targets", "early-calls": "Early calls", "leave": "Leave of absence", "staff": "People and roles",
    "school-log": "The school’s own log", "import": "Imports",
    "confirming": "Who arrived elsewhere", "year": "The school year", "letters": "Letters",
}  # fmt: skip


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """What was suggested each time somebody was asked where a file is to go; it goes there, in a folder of the test."""
    seen: list[str] = []

    def choose(_parent: object, _title: str, suggested: str, _kinds: str) -> tuple[str, str]:
        seen.append(Path(suggested).name)
        return str(tmp_path / Path(suggested).name), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    return seen


@pytest.fixture
def desk(school: SmallSchool, clock: StillClock, open_at) -> Desk:
    listed_school(school, clock)
    desk = open_at("today", *PLACES)
    desk.wait()
    return desk


def rows(path: Path) -> list[tuple[object, ...]]:
    sheet = load_workbook(path).worksheets[0]
    return [row for row in sheet.iter_rows(min_row=4, values_only=True) if row[0]]


def saved(desk: Desk, asked: list[str], tmp_path: Path) -> Path:
    """The file that the chord made just now."""
    before = len(asked)
    desk.press("Ctrl+E")
    assert len(asked) == before + 1
    desk.wait()
    path = tmp_path / asked[-1]
    assert desk.said == f"Saved: {path}"
    return path


def test_the_pupils_are_saved_as_they_are_narrowed_and_ordered(desk: Desk, asked: list[str], tmp_path: Path) -> None:
    desk.press("Ctrl+3", "y", "Ctrl+Down")  # names with a Y, words with one; then the other way round
    page = desk.window.page("pupils")
    shown = [row.pupil.surname for row in page.listing.table.shown()]  # type: ignore[attr-defined]
    assert 1 < len(shown) < 6
    assert {"Doyle", "Kaya"} <= set(shown)
    assert shown.index("Kaya") < shown.index("Doyle")
    path = saved(desk, asked, tmp_path)
    assert asked == ["Pupils on roll Fri 20 Nov 2026.xlsx"]
    assert [row[0] for row in rows(path)] == shown
    assert f"As narrowed on the screen (“y”): {len(shown)} lines." in load_workbook(path).worksheets[0]["A2"].value


def test_the_register_of_the_class_and_week_that_are_shown(desk: Desk, asked: list[str], tmp_path: Path) -> None:
    desk.press("Ctrl+2")
    path = saved(desk, asked, tmp_path)
    assert asked == ["Register of a week 4B Mon 16 Nov 2026.xlsx"]
    kaya = next(row for row in rows(path) if row[0] == "Kaya, Çağla")
    assert kaya[2:4] == ("C", "\\")
    desk.press("Alt+Left")
    desk.wait()
    saved(desk, asked, tmp_path)
    assert asked[-1] == "Register of a week 4B Mon 9 Nov 2026.xlsx"


def test_on_a_childs_page_the_chronology_and_in_a_form_its_own_list(
    desk: Desk, school: SmallSchool, asked: list[str], tmp_path: Path
) -> None:
    desk.window.go("pupils", pupil=school.pupils["Kaya"])
    assert any(row[3] == "=1+1" for row in rows(saved(desk, asked, tmp_path)))
    for key, title in (
        ("e", "Parents’ ledger"),
        ("k", "Contacts"),
        ("t", "Timetables"),
        ("g", "Groups child by child"),
        ("d", "Planned days"),
        ("y", "Patterns"),
    ):
        desk.window.go("pupils", pupil=school.pupils["Kaya"])
        desk.press(key)
        saved(desk, asked, tmp_path)
        assert asked[-1] == f"{title} Fri 20 Nov 2026.xlsx"
        assert "Kaya" not in asked[-1], "a file name tells of a child"


def test_the_watch_list_by_the_trigger_that_is_chosen(desk: Desk, asked: list[str], tmp_path: Path) -> None:
    desk.window.go("watch")
    desk.wait()
    every = rows(saved(desk, asked, tmp_path))
    desk.press("Ctrl+PageDown", "Ctrl+PageDown")
    page = desk.window.page("watch")
    title = page._group
    some = rows(saved(desk, asked, tmp_path))
    assert 0 < len(some) < len(every)
    assert {row[2] for row in some} == {title} or title == "New this week"


@pytest.mark.parametrize("place", PAGES)
def test_each_place_that_lists_something_saves_it(place: str, desk: Desk, asked: list[str], tmp_path: Path) -> None:
    desk.window.go(place)
    desk.wait()
    assert load_workbook(saved(desk, asked, tmp_path)).sheetnames[0] == PAGES[place]


def test_the_formal_steps_of_a_child(desk: Desk, school: SmallSchool, asked: list[str], tmp_path: Path) -> None:
    desk.window.go("formal", pupil=school.pupils["Doyle"])
    assert load_workbook(saved(desk, asked, tmp_path)).sheetnames == ["Penalty notices"]
    desk.press("Alt+3")
    assert load_workbook(saved(desk, asked, tmp_path)).sheetnames[0] == "Attendance contracts"


def test_where_nothing_is_listed_it_is_said_and_the_menu_does_as_the_chord(
    desk: Desk, asked: list[str], tmp_path: Path
) -> None:
    SchoolMenu(desk.window, Memory(tmp_path))
    (line,) = [one for one in desk.window.menu.actions() if one.text().startswith("Save this list as Excel")]
    desk.window.go("settings")
    line.trigger()
    assert (desk.said, asked) == (NOTHING, [])
    desk.window.go("formal")
    desk.press("Ctrl+E")
    assert (desk.said, asked) == (NOTHING, [])
    desk.window.go("school-log")
    line.trigger()
    desk.wait()
    assert (tmp_path / asked[0]).is_file()


def test_whoever_may_not_have_a_list_is_told_before_anything_is_asked(
    desk: Desk, school: SmallSchool, asked: list[str]
) -> None:
    teacher = in_role(school.context, Role.TEACHER, "4B")
    desk.window.take_over(teacher)
    desk.wait()
    desk.window.go("today")
    desk.press("Ctrl+E")
    assert "may not read the log of calls and letters" in desk.said
    assert asked == []


def test_a_target_that_cannot_be_written_is_said_and_nothing_is_left(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "no" / "a"), ""))
    desk.press("Ctrl+3", "Ctrl+E")
    desk.wait()
    assert "cannot be written" in desk.said
    assert not list(tmp_path.glob("**/*.xlsx*"))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    desk.press("Ctrl+E")
    assert isinstance(desk.window.page("pupils"), Page)
    assert not list(tmp_path.glob("**/*.xlsx*"))
