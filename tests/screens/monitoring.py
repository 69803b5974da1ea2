"""The scenes of monitoring: what must be looked at, what stands behind a number, patterns, groups, reports."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_app.actions.cases import cases
from desktop_app.actions.school_log import log_school
from desktop_app.domain.school_log import SchoolKind, SchoolLine
from tests.screens.camera import Camera
from tests.screens.hands import pause, press, until
from ui.main_window import MainWindow
from ui.reports.page import ReportsPage
from ui.today.page import TodayPage
from ui.watch.page import WatchPage

REPORTS = ("weekly", "persistent", "calendar", "codes", "governors", "league", "three-weekly", "targeted-support")


def monitoring(camera: Camera) -> None:
    """Each place of monitoring, in the window that is open; it ends on no form."""
    window = camera.desk.window
    assert window is not None
    watch(camera, window)
    child(camera, window, cases(window.context)[0].pupil.id)
    window.go("comparison")
    until(lambda: window.runner.still)
    camera.take("comparison", window)
    window.go("targets")
    press("Return")
    QTest.keyClicks(QApplication.focusWidget(), "95")
    press("Ctrl+Return", "Down", "Return")
    QTest.keyClicks(QApplication.focusWidget(), "96.5")
    press("Ctrl+Return")
    camera.take("targets", window)
    school_log(camera, window)
    window.go("explain", by="group", key="fsm")
    until(lambda: window.runner.still)
    camera.take("explain", window)
    window.go("groups")
    until(lambda: window.runner.still)
    camera.take("groups", window)
    press("Ctrl+N")
    camera.take("groups-adding", window)
    press("Escape")
    reports(camera, window)


def school_log(camera: Camera, window: MainWindow) -> None:
    """The school’s own log with a policy whose review is due, and the form for another entry."""
    day = window.context.today()
    for line in (
        SchoolLine(SchoolKind.ASSEMBLY, day - timedelta(21), "Every day counts", "all classes"),
        SchoolLine(SchoolKind.TRAINING, day - timedelta(70), "Codes and the first call", "all staff"),
        SchoolLine(
            *(SchoolKind.POLICY, day - timedelta(370), "Brought up to the new guidance", "the governing body"),
            *("2025", day - timedelta(380), day - timedelta(5)),
        ),
    ):
        _, changes = log_school(window.context, line)
        window.announce(changes)
    window.go("school-log")
    camera.take("school-log", window)
    press("Ctrl+N", "Down", "Down")
    camera.take("school-log-policy", window)
    press("Escape", "Escape")


def watch(camera: Camera, window: MainWindow) -> None:
    """The morning with what is new, the watch list, one trigger, and a decision about it."""
    window.go("today")
    today = window.page("today")
    assert isinstance(today, TodayPage)
    until(lambda: any(line.place == "watch" for line in today.due.model.lines))
    camera.take("today-watch", window)
    window.go("watch")
    page = window.page("watch")
    assert isinstance(page, WatchPage)
    until(lambda: page.groups_model.rowCount() > 0 and window.runner.still)
    camera.take("watch", window)
    press(*["Ctrl+PageDown"] * 3)
    camera.take("watch-one", window)
    press("d")
    camera.take("watch-decide", window)
    press("Escape")


def child(camera: Camera, window: MainWindow, pupil: int) -> None:
    """What stands beside a child’s page: the number explained, steps, target, groups, patterns, the look ahead."""
    window.go("pupils", pupil=pupil)
    press("F4")
    camera.take("pupil-explained", window)
    press("F4", "n")
    camera.take("pupil-steps", window)
    press("Escape", "o")
    QTest.keyClicks(QApplication.focusWidget(), "90")
    press("Ctrl+Return", "o")
    camera.take("pupil-target", window)
    for letter, name in (("g", "pupil-groups"), ("y", "patterns"), ("f", "look-ahead")):
        press("Escape", letter)
        camera.take(name, window)
    press("Escape")


def reports(camera: Camera, window: MainWindow) -> None:
    """Reports as they are shown, and a picture as numbers."""
    page = window.page("reports")
    assert isinstance(page, ReportsPage)
    for key in REPORTS:
        window.go("reports", report=key)
        until(lambda key=key: page.shown is not None and page.shown.report.key == key)
        until(lambda: window.runner.still)
        pause(0.4)
        until(lambda: window.runner.still)
        camera.take(f"report-{key}", window)
        if key == "codes":
            page.view.pictures[0].turn.click()
            camera.take("report-numbers", window)
