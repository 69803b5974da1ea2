"""The scenes of evidence: returns to the authority."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtTest import QTest

from desktop_app.actions.returns.reading import list_return
from desktop_app.context import Context
from desktop_app.domain.people import Pattern, PatternKind
from desktop_app.domain.returns import ReturnKind
from tests.screens.camera import Camera
from tests.screens.hands import press, until
from ui.main_window import MainWindow
from ui.returns.page import ReturnsPage


def returns(camera: Camera) -> None:
    """A list half checked, one that was made and is put down as sent, and one that nobody is on."""
    window = camera.desk.window
    assert window is not None
    part_time(window.context)
    lives_elsewhere(window.context)
    window.go("returns", kind="attendance")
    page = window.page("returns")
    assert isinstance(page, ReturnsPage)
    still(window)
    press("Space", "Down", "x")
    QTest.keyClicks(page.asking.words, "The officer was told by telephone on 18 November")
    press("Return", "Up")
    camera.take("returns", window)
    press("Ctrl+A", "Ctrl+Return")
    still(window)
    press("t")
    QTest.keyClicks(page.asking.words, "Secure e-mail")
    camera.take("returns-sent", window)
    press("Return")
    still(window)
    camera.take("returns-told", window)
    for kind in ("part-time", "suspension", "sickness"):
        window.go("returns", kind=kind)
        still(window)
        camera.take(f"returns-{kind}", window)
    window.go("reports", report="census")
    still(window)
    camera.take("returns-census", window)
    window.go("today")


def part_time(context: Context) -> None:
    """Somebody on a part-time timetable, whose hours are told."""
    today = context.today()
    with context.store.writing(context.deed("set up")) as writing:
        pattern = Pattern(
            0, 3, PatternKind.PART_TIME, "1010101010", date(today.year, today.month, 1), None,
            purpose="back after an operation", agreed_with="Ms K Kaya", agreed_on=today, hours="12",
        )  # fmt: skip
        writing.book.put(pattern)


def lives_elsewhere(context: Context) -> None:
    """The child who is suspended lives in another authority."""
    line = list_return(context, ReturnKind.SUSPENSION, context.today()).lines[0]
    with context.store.writing(context.deed("set up")) as writing:
        writing.book.put(replace(line.pupil, home_la="Liverpool City Council"))


def still(window: MainWindow) -> None:
    """The worker has come to its end, and the page has heard of it."""
    until(lambda: window.runner.still)
