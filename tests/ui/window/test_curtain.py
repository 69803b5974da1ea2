"""Ctrl+H hides the names for a visitor, and everything is as it was when they are shown again."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.support.windows import Desk
from ui.pupils.page import PupilsPage
from ui.today.page import TodayPage


def test_one_key_covers_all_of_the_window_and_the_same_key_brings_it_back(open_at, qtbot) -> None:
    desk: Desk = open_at("pupils", PupilsPage, TodayPage)
    page = desk.window.page("pupils")
    assert isinstance(page, PupilsPage)
    desk.press("d", "o")
    listed, focus = page.listing.typed.text(), desk.focus
    assert listed == "do"
    desk.press("Ctrl+H")
    curtain = desk.window.curtain
    assert curtain.isVisible()
    assert curtain.geometry() == desk.window.rect()
    assert desk.window.childAt(QPoint(40, 40)) in (curtain, *curtain.children())
    assert desk.window.childAt(desk.window.rect().bottomLeft() + QPoint(20, -8)) in (curtain, *curtain.children())
    desk.press("x", "Ctrl+2", "Tab")
    QTest.mouseClick(curtain, Qt.MouseButton.LeftButton)
    assert (desk.window.place, page.listing.typed.text()) == ("pupils", "do")
    desk.window.resize(900, 700)
    qtbot.waitUntil(lambda: curtain.geometry() == desk.window.rect())
    desk.press("Ctrl+H")
    assert curtain.isHidden()
    assert desk.focus is focus


def test_whoever_goes_to_another_place_sees_it(open_at) -> None:
    desk: Desk = open_at("pupils", PupilsPage, TodayPage)
    desk.press("Ctrl+H")
    desk.window.go("today")
    assert desk.window.curtain.isHidden()
