"""The watch list, worked out beside the window: asked for as often as one likes, and read once for several marks."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.actions.watch_list import watch_list
from ui.reader import Reader
from ui.shell import Shell

SOON, SOONER = 3_000, 400
"""Milliseconds after the last change: several marks typed one after another ask for one reading. Sooner is for the
place itself, where one waits for what was decided to go."""


class WatchReading(QObject):
    """`read` hands out the list; of several asked for, the newest. Nothing is worked out while the page that asked is
    out of sight: it asks when it is `shown` again."""

    read = Signal(object)

    def __init__(self, shell: Shell, page: QWidget, wait: int = SOON) -> None:
        super().__init__(page)
        self._shell, self._page = shell, page
        self._wanted = False
        self._reader = Reader(shell, self)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(wait)
        self._soon.timeout.connect(self.shown)

    @property
    def reading(self) -> bool:
        """Whether a list is being worked out, or will be in a moment."""
        return self._reader.reading or self._soon.isActive()

    def ask_soon(self) -> None:
        """Read it in a moment: more may change till then."""
        self._wanted = True
        if self._page.isVisible():
            self._soon.start()

    def shown(self) -> None:
        """Read it now, if it was asked for and not yet read, and the page is in sight."""
        if self._wanted and self._page.isVisible():
            self.ask()

    def ask(self) -> None:
        """Read it now."""
        self._wanted = False
        self._soon.stop()
        self._reader.read(watch_list(self._shell.context), self.read.emit)
