"""Leaving a school: a verified backup where something was changed since it was opened, then the window closes."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from desktop_app.actions.backups import back_up, backup_folder
from desktop_app.domain.rights import Right
from ui.main_window import MainWindow
from ui.runner import words_of


class Leaving(QObject):
    """Hears that the window is to close. A backup that fails is said, and the next try closes without one."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._failed = False
        self._head = self._chain_head()

    @Slot()
    def leave(self) -> None:
        """Back up if there is anything new and a folder for it, then close."""
        context = self._window.context
        may = context.may(Right.BACK_UP) and not context.store.read_only
        wanted = may and not self._failed and self._chain_head() != self._head
        if not wanted or backup_folder(context) is None:
            self._window.close_now()
            return
        self._window.run_held(
            back_up(context),
            "Making a verified backup before closing",
            lambda _: self._window.close_now(),
            self._tell,
            self._stopped,
        )

    def _tell(self, error: Exception) -> None:
        self._failed = True
        self._window.say(f"{words_of(error)} No backup was made. Close again to leave without one.", alarm=True)

    def _stopped(self) -> None:
        self._failed = True
        self._window.say("The backup was stopped. Close again to leave without one.", alarm=True)

    def _chain_head(self) -> str:
        with self._window.context.store.reading() as reading:
            return reading.chain_head
