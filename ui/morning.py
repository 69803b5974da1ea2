"""The continuity pack of the morning: made by itself beside the window, and said where it could not be."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.actions.continuity import PackMade, continuity, continuity_due, make_continuity
from desktop_app.domain.progress import Changes, Progress
from desktop_app.domain.rights import Right
from desktop_app.rules.display import clock_time
from ui.main_window import MainWindow
from ui.runner import words_of

SOON, STEP = 1_500, 60_000
"""When it is looked first after the opening, and how often then, in milliseconds."""
WAIT_AFTER_FAULT = 10
"""Looks that are let pass before it is tried again."""


class Morning(QObject):
    """Looks once a minute whether the pack is due. A failure stays across the top of the window until one is made."""

    ended = Signal()
    """A pack was made, or could not be."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._done: date | None = None
        self._wait = 0
        self._timer = QTimer(self, interval=STEP)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        soon = QTimer(self, singleShot=True, interval=SOON)
        soon.timeout.connect(self.look)
        soon.start()
        self._warn(continuity(window.context).failed)

    def look(self) -> None:
        """Make the pack where it is due and nothing else is at work."""
        context = self._window.context
        if self._window.runner.busy or self._done == context.today():
            return
        if self._wait:
            self._wait -= 1
        elif continuity_due(context):
            self.make()

    def look_again(self) -> None:
        """It was arranged anew or made by hand: look at once, and warn of nothing that is past."""
        self._done, self._wait = None, 0
        self._warn(continuity(self._window.context).failed)
        self.look()

    def make(self) -> None:
        """Make it now. The window goes on meanwhile."""
        self._window.say("The continuity pack of today is being made.")
        self._window.runner.start(make_continuity(self._window.context), _unheard, self._made, self._failed)

    def _made(self, made: PackMade) -> None:
        self._done, self._wait = self._window.context.today(), 0
        self._warn("")
        self._window.announce(Changes(book=True))
        at = clock_time(self._window.context.now())
        if made.left:
            named = ", ".join(str(one) for one in made.left)
            self._window.say(
                f"Continuity pack made at {at}, but an older one could not be deleted: {named}", alarm=True
            )
        else:
            self._window.say(f"Continuity pack made at {at}: {made.path}")
        self.ended.emit()

    def _failed(self, error: Exception) -> None:
        self._wait = WAIT_AFTER_FAULT
        words = words_of(error)
        self._warn(words)
        self._window.say(f"The continuity pack was not made: {words}", alarm=True)
        self.ended.emit()

    def _warn(self, why: str) -> None:
        context = self._window.context
        if context.store.read_only or not context.may(Right.CONTINUITY):
            return
        self._window.banner.set_text(
            f"⚠ The continuity pack was not made. {why} See Paper (Ctrl+Shift+P)." if why else ""
        )


def _unheard(progress: Progress) -> None:
    """No strip takes the room of the page for work that nobody asked for."""
    del progress
