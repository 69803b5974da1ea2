"""Every key that the help names for Reports does something there."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.support.clock import StillClock
from tests.support.keyboard import all_taken
from tests.support.report_school import mark_two_weeks
from tests.support.schools import SmallSchool
from ui import figure_keys
from ui.places import PLACES
from ui.reports.page import ReportsPage


def test_every_key_of_reports(
    school: SmallSchool, clock: StillClock, open_at, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    mark_two_weeks(school, clock)
    desk = open_at("registers", *PLACES)
    page = desk.window.page("reports")
    assert isinstance(page, ReportsPage)

    def put_back(name: str) -> None:
        desk.window.go("reports", report="weekly")
        qtbot.waitUntil(lambda: page.shown is not None and page.shown.report.key == "weekly", timeout=20_000)
        if name == "F4":
            page.view.tables[0].setFocus()

    all_taken(desk, figure_keys.REPORTS, put_back)
