"""The watch list, worked out beside the window: asked for as often as one likes, and read once for several marks."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.actions.watch_list import watch_list
from ui.reader import Reader
from ui.shell import Shell

SOON = 400
"""Milliseconds: several marks typed one after another ask for one reading."""


class WatchReading(QObject):
    """`read` hands out the list; of several asked for, the newest."""

    read = Signal(object)

    def __init__(self, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self._shell = shell
        self._reader = Reader(shell, self)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON)
        self._soon.timeout.connect(self.ask)

    @property
    def reading(self) -> bool:
        """Whether a list is being worked out, or will be in a moment."""
        return self._reader.reading or self._soon.isActive()

    def ask_soon(self) -> None:
        """Read it in a moment: more may change till then."""
        self._soon.start()

    def ask(self) -> None:
        """Read it now."""
        self._soon.stop()
        self._reader.read(watch_list(self._shell.context), self.read.emit)
