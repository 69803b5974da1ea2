"""What a list shows when there is nothing in it: what that means, and what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ui.parts.text import Label
from ui.theme import Theme
from ui.tokens import TextRole


class EmptyState(QWidget):
    """An icon, a sentence and a second one, centred; with a button where something can be done about it."""

    def __init__(self, theme: Theme, icon: str, title: str, text: str = "", action: QWidget | None = None) -> None:
        super().__init__()
        self._theme = theme
        self._icon = icon
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.title = Label(theme, title, TextRole.CARD_TITLE)
        self.title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.text = Label(theme, text, TextRole.BODY, "second", wrap=True)
        self.text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.space(6), theme.space(1), theme.space(6), theme.space(1))
        column.setSpacing(theme.space(1.5))
        column.addStretch(1)
        for widget in (self._picture, self.title, self.text):
            column.addWidget(widget)
        if action is not None:
            column.addSpacing(theme.space(2))
            column.addWidget(action, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        self.text.setVisible(bool(text))  # only now: without a parent it would be a window of its own
        theme.changed.connect(self._restyle)
        self._restyle()

    def set_words(self, title: str, text: str = "") -> None:
        """Say something else."""
        self.title.setText(title)
        self.text.setText(text)
        self.text.setVisible(bool(text))

    def _restyle(self) -> None:
        self._picture.setPixmap(self._theme.icon(self._icon, "third").pixmap(28, 28))
