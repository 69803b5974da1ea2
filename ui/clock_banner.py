"""The doubt about the computer's clock, across the top of the window until somebody has said that it is right."""

from __future__ import annotations

from PySide6.QtCore import QRect, QTimer
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.actions.clock import doubt_of_clock, say_clock_is_right
from desktop_app.domain.errors import Refused
from desktop_app.domain.rights import Right
from ui.parts.buttons import Button
from ui.parts.text import Label
from ui.runner import words_of
from ui.shell import Shell
from ui.tokens import TextRole

STEP = 60_000
"""How often the clock is looked at, in milliseconds."""
KEY = "Alt+C"
HELD = "Nothing is written for today until it is."


class ClockBanner(QWidget):
    """Looks when the window opens, once a minute, and when it is told to."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        theme = shell.theme
        self._shell = shell
        self.words = Label(theme, "", TextRole.STRONG, "alarm", wrap=True)
        self.button = Button(theme, "The clock is right", key=KEY, bind=False)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.space(5), theme.space(2), theme.space(5), theme.space(2))
        row.addWidget(self.words, 1)
        row.addWidget(self.button)
        self.hide()
        self.button.clicked.connect(self.say_right)
        self._timer = QTimer(self, interval=STEP)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        theme.changed.connect(self.update)

    def bind(self, window: QWidget) -> None:
        """Let the key hold in the whole window."""
        QShortcut(QKeySequence(KEY), window).activated.connect(self.say_right)

    def look(self) -> None:
        """Show what is in doubt now, or nothing; while a job writes, wait for the next look."""
        if self._shell.runner.busy:
            return
        context = self._shell.context
        found = doubt_of_clock(context)
        held = f" {HELD}" if found is not None and found.blocks else ""
        self.words.setText(f"⚠ {found.words} Is the clock right?{held}" if found is not None else "")
        self.button.setEnabled(context.may(Right.TAKE_REGISTER) and not context.store.read_only)
        self.setVisible(found is not None)

    def say_right(self) -> None:
        """Somebody looked at the clock: it is right."""
        if not self.isVisible() or not self.button.isEnabled():
            return
        try:
            changes = say_clock_is_right(self._shell.context)
        except Refused as refused:
            self._shell.say(words_of(refused), alarm=True)
            return
        self._shell.announce(changes)
        self._shell.say(f"The clock is right, says {self._shell.context.user.name}.")
        self.look()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter, theme = QPainter(self), self._shell.theme
        painter.fillRect(self.rect(), theme.colour("soft"))
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), theme.colour("alarm"))
