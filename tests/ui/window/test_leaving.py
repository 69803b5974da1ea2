"""Leaving: a verified backup where something was changed, and never a window that cannot be left."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.actions.backups import choose_backup_folder
from desktop_app.domain.school import Setting
from tests.support.schools import PASSWORD, SmallSchool
from tests.support.windows import Desk
from ui.leaving import Leaving
from ui.memory import Memory
from ui.school_menu import SchoolMenu
from ui.shell import Page


class Bare(Page):
    place, title, icon = "today", "Today", "clock"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "stick"
    made.mkdir()
    return made


@pytest.fixture
def desk(open_at: Callable[..., Desk]) -> Iterator[Desk]:
    made = open_at("today", Bare)
    leaving = Leaving(made.window)
    made.window.closing.connect(leaving.leave)
    return made


def change(school: SmallSchool) -> None:
    with school.context.store.writing(school.context.deed("test")) as writing:
        writing.book.put(Setting("colour", "green"))


def test_nothing_new_means_no_backup(desk: Desk, school: SmallSchool, folder: Path, tmp_path: Path) -> None:
    choose_backup_folder(school.context, folder)
    fresh = Leaving(desk.window)
    desk.window.closing.disconnect()
    desk.window.closing.connect(fresh.leave)
    assert desk.window.close() or not desk.window.isVisible()
    assert list(folder.iterdir()) == []


def test_no_folder_means_no_backup_and_no_trap(desk: Desk, school: SmallSchool) -> None:
    change(school)
    desk.window.close()
    assert not desk.window.isVisible()


def test_what_was_changed_is_in_a_verified_backup_that_opens(
    desk: Desk, school: SmallSchool, folder: Path, house, qtbot: QtBot
) -> None:
    choose_backup_folder(school.context, folder)
    change(school)
    desk.window.close()
    assert desk.window.isVisible()
    qtbot.waitUntil(lambda: not desk.window.isVisible(), timeout=10_000)
    (copy,) = folder.glob("*.rollbook")
    opened = house.open(copy, "head", PASSWORD, write=False)
    with opened.reading() as reading:
        assert Setting("colour", "green") in reading.book.all(Setting)
    opened.close()


def test_a_folder_that_is_gone_is_said_and_the_next_try_leaves(
    desk: Desk, school: SmallSchool, folder: Path, qtbot: QtBot
) -> None:
    choose_backup_folder(school.context, folder)
    folder.rmdir()
    desk.window.close()
    qtbot.waitUntil(lambda: "Close again" in desk.said)
    assert desk.window.isVisible()
    assert "plug it in" in desk.said
    desk.window.close()
    assert not desk.window.isVisible()


def test_backing_up_from_the_menu_says_where_it_went(
    desk: Desk, school: SmallSchool, folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    menu = SchoolMenu(desk.window, Memory(tmp_path))
    assert "No backup folder" in desk.window.status.right.text()
    assert menu.take_folder(folder)
    assert desk.window.status.right.text() == ""
    menu.make_backup()
    qtbot.waitUntil(lambda: desk.said.startswith("Verified backup made"), timeout=10_000)
    assert desk.window.status.right.text() == "Last verified backup today 08:50"
    assert len(list(folder.glob("*.rollbook"))) == 1


def test_a_folder_that_is_not_there_is_refused(desk: Desk, tmp_path: Path) -> None:
    menu = SchoolMenu(desk.window, Memory(tmp_path))
    assert not menu.take_folder(tmp_path / "nowhere")
    assert "There is no folder" in desk.said
