"""What stands by itself becomes a mark as its session ends: looked after while the school is open."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from desktop_app.actions.settle import settle
from desktop_app.domain.errors import Refused
from ui.runner import words_of
from ui.shell import Shell

STEP = 60_000
"""How often it is looked whether a session has ended, in milliseconds."""


class Settling(QObject):
    """Looks once a minute; the school was settled already when it was opened."""

    def __init__(self, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self._shell = shell
        self._timer = QTimer(self, interval=STEP)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Settle what has fallen due, and let every page know; while a job writes, wait for the next look."""
        if self._shell.runner.busy:
            return
        try:
            changes = settle(self._shell.context)
        except Refused as refused:
            self._shell.say(words_of(refused), alarm=True)
            return
        if changes.marks:
            self._shell.announce(changes)
