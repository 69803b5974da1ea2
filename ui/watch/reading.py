"""The watch list, worked out beside the window: asked for as often as one likes, read once at a time."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.actions.watch_list import WatchList, watch_list
from ui.runner import Job, words_of
from ui.shell import Shell

SOON = 400
"""Milliseconds: several marks typed one after another ask for one reading."""


class WatchReading(QObject):
    """`read` hands out the list. What is asked for while one is read is read again after it, and once."""

    read = Signal(object)
    failed = Signal(str)

    def __init__(self, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self._shell = shell
        self._job: Job | None = None
        self._again = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON)
        self._soon.timeout.connect(self.ask)

    @property
    def reading(self) -> bool:
        """Whether a list is being worked out, or will be in a moment."""
        return self._job is not None or self._soon.isActive()

    def ask_soon(self) -> None:
        """Read it in a moment: more may change till then."""
        self._soon.start()

    def ask(self) -> None:
        """Read it now."""
        self._soon.stop()
        if self._job is not None:
            self._again = True
            return
        self._again = False
        work = watch_list(self._shell.context)
        self._job = self._shell.runner.start(work, lambda _progress: None, self._done, self._not_done, self._end)

    def _done(self, found: WatchList) -> None:
        self._end()
        self.read.emit(found)
        if self._again:
            self.ask()

    def _not_done(self, error: Exception) -> None:
        self._end()
        self.failed.emit(words_of(error))

    def _end(self) -> None:
        self._job = None
