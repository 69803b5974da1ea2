"""The scenes of monitoring: what must be looked at, the reports, and what stands behind a number."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtWidgets import QWidget

from tests.screens.hands import press, until
from ui.app import Desk
from ui.today.page import TodayPage
from ui.watch.page import WatchPage


class Camera(Protocol):
    """Takes the pictures."""

    desk: Desk

    def take(self, name: str, window: QWidget) -> None:
        """Take one, if it was asked for."""
        ...


def monitoring(gallery: Camera) -> None:
    """Each place of monitoring, in the window that is open."""
    window = gallery.desk.window
    assert window is not None
    window.go("today")
    today = window.page("today")
    assert isinstance(today, TodayPage)
    until(lambda: any(line.place == "watch" for line in today.due.model.lines))
    gallery.take("today-watch", window)
    window.go("watch")
    watch = window.page("watch")
    assert isinstance(watch, WatchPage)
    until(lambda: watch.groups_model.rowCount() > 0 and not watch.reading.reading)
    gallery.take("watch", window)
    press(*["Ctrl+PageDown"] * 3)
    gallery.take("watch-one", window)
    press("d")
    gallery.take("watch-decide", window)
    press("Escape")
