"""The line at the foot of the window: what was saved, what was said, and who else has the file."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.ports import Store
from ui.parts.text import ElidedLabel, Label
from ui.theme import Theme
from ui.tokens import TextRole


class StatusLine(QWidget):
    """Saved at, a sentence, and something that stands at the right. Each sentence is read out."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._alarm = False
        self.saved = Label(theme, "", TextRole.SECONDARY, "good")
        self.words = ElidedLabel(theme, "", TextRole.SECONDARY, "second")
        self.right = Label(theme, "", TextRole.SECONDARY, "second")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.space(3.5), theme.space(1), theme.space(3.5), theme.space(1))
        row.setSpacing(theme.space(4))
        row.addWidget(self.saved)
        row.addWidget(self.words, 1)
        row.addWidget(self.right)
        theme.changed.connect(self.update)

    def say(self, text: str, *, alarm: bool = False) -> None:
        """Show a sentence and have it read out."""
        self._alarm = alarm
        self.words.setText(f"⚠ {text}" if alarm and text else text)
        self.words.set_ink("alarm" if alarm else "second")
        if text:
            event = QAccessibleAnnouncementEvent(self, text)
            if alarm:
                event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
            QAccessible.updateAccessibility(event)

    def forget_alarm(self) -> None:
        """Take away what was wrong; a plain sentence stays."""
        if self._alarm:
            self.say("")

    def show_saved(self, text: str) -> None:
        """Say that what was done is on the disk."""
        self.saved.setText(f"✓ {text}" if text else "")

    def show_right(self, text: str) -> None:
        """Say something that stays at the right."""
        self.right.setText(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("raised"))
        painter.fillRect(QRect(0, 0, self.width(), 1), self._theme.colour("line"))


class Banner(QWidget):
    """A line across the top of the page that does not go away: the file is read-only, and why."""

    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__()
        self._theme = theme
        self.words = Label(theme, text, TextRole.STRONG, "accent", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.space(5), theme.space(2), theme.space(5), theme.space(2))
        row.addWidget(self.words)
        if not text:  # never shown here: before it has a parent it would be a window of its own
            self.hide()
        theme.changed.connect(self.update)

    def set_text(self, text: str) -> None:
        """Say something else; empty takes the banner away."""
        self.words.setText(text)
        self.setVisible(bool(text))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("soft"))
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), self._theme.colour("accent"))


def read_only_words(store: Store) -> str:
    """Why nothing can be changed here; empty where it can."""
    if not store.read_only:
        return ""
    if store.holder:
        return f"Read only: this school is open for writing by {store.holder}. Nothing can be changed here."
    return "Read only: nothing can be changed here."
