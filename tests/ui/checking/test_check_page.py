"""Checking a document by keys and by dropping it on the window: a plain answer, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from desktop_app.actions.bundle import build
from desktop_app.cli.answers import finish
from tests.support.referrals import Story, tell_story
from tests.support.schools import SmallSchool
from tests.support.windows import Desk
from ui.checking.page import CheckPage
from ui.pupils.page import PupilsPage


@pytest.fixture
def story(school: SmallSchool) -> Story:
    return tell_story(school)


@pytest.fixture
def ours(school: SmallSchool, story: Story, tmp_path: Path) -> Path:
    finish(build(school.context, story.request, tmp_path / "ours.pdf"))
    return tmp_path / "ours.pdf"


@pytest.fixture
def desk(ours: Path, open_at) -> Desk:
    return open_at("pupils", PupilsPage, CheckPage)


def page(desk: Desk) -> CheckPage:
    found = desk.window.page("check")
    assert isinstance(found, CheckPage)
    return found


def drop(desk: Desk, *files: Path) -> bool:
    """Drop files on the middle of the window; whether they were taken."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    keys = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(QPoint(400, 300), *keys)
    enter.setAccepted(False)
    QApplication.sendEvent(desk.window, enter)
    if enter.isAccepted():
        QApplication.sendEvent(desk.window, QDropEvent(QPointF(400, 300), *keys))
    return enter.isAccepted()


def test_a_file_that_is_dropped_anywhere_is_checked(desk: Desk, ours: Path, tmp_path: Path) -> None:
    assert drop(desk, ours)
    desk.wait()
    assert desk.window.place == "check"
    assert page(desk).says.text().startswith("Ours and unchanged: RB-2026-0001, kept on ")
    assert page(desk)._chip.accessibleName() == "Ours and unchanged"  # type: ignore[union-attr]
    changed = tmp_path / "changed.pdf"
    changed.write_bytes(ours.read_bytes() + b" ")
    assert drop(desk, changed)
    desk.wait()
    assert page(desk).says.text().startswith("Ours but changed: it says it is RB-2026-0001")
    assert desk.said.startswith("⚠ Ours but changed")
    other = tmp_path / "other.txt"
    other.write_text("a recipe")
    assert drop(desk, other)
    desk.wait()
    assert page(desk).says.text().startswith("Not a document of this school")
    desk.press("Escape")
    assert desk.window.place != "check"


def test_a_file_is_chosen_with_ctrl_o(desk: Desk, ours: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.window.go("check")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(ours), ""))
    desk.press("Ctrl+O")
    desk.wait()
    assert "Ours and unchanged" in desk.said


def test_one_that_cannot_be_read_is_said_in_words(desk: Desk, tmp_path: Path) -> None:
    page(desk)
    desk.window.go("check", file=tmp_path / "gone.pdf")
    desk.wait()
    assert "“gone.pdf” cannot be read: No such file or directory. Choose another file." in desk.said


def test_several_files_or_none_are_not_taken(desk: Desk, ours: Path, tmp_path: Path) -> None:
    assert not drop(desk, ours, tmp_path / "other.pdf")
    assert not drop(desk)
    assert desk.window.place == "pupils"


def test_under_the_locked_screen_nothing_is_taken(desk: Desk, ours: Path) -> None:
    from PySide6.QtWidgets import QWidget

    desk.window.cover(QWidget())
    assert not drop(desk, ours)
