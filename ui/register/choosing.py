"""The bar that asks a person to choose, by a digit: between two marks for one cell, or between plain answers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.parts.buttons import Button
from ui.parts.flow import Flow
from ui.parts.paint import rounded
from ui.parts.text import Label
from ui.theme import Theme
from ui.tokens import RADIUS_CARD, TextRole

STAYS = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason)


class ChoiceBar(QWidget):
    """Hidden until there is something to choose. Digits choose, Esc gives up; it is no dialog and covers nothing."""

    chosen = Signal(int)
    """The number of the choice, from nought."""
    gave_up = Signal()
    left = Signal()
    """The keyboard went elsewhere."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._count = 0
        self._words = Label(theme, "", TextRole.STRONG, wrap=True)
        self._about = Label(theme, "", TextRole.SECONDARY, "second", wrap=True)
        self._buttons = QWidget()
        self._flow = Flow(self._buttons, gap=theme.space(2))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.space(3.5), theme.space(2), theme.space(3.5), theme.space(2.5))
        column.setSpacing(theme.space(1.5))
        for widget in (self._words, self._buttons, self._about):
            column.addWidget(widget)
        theme.changed.connect(self.update)
        self.hide()

    @property
    def words(self) -> str:
        """What is asked."""
        return self._words.text()

    @property
    def choices(self) -> tuple[str, ...]:
        """The answers there are, in order."""
        return tuple(button.text() for button in self._buttons.findChildren(Button) if not button.isHidden())

    def ask(self, words: str, choices: Sequence[str], about: str = "") -> None:
        """Ask; `about` is said under the choices."""
        self._count = len(choices)
        self._words.setText(words)
        self._about.setText(about)
        self._about.setVisible(bool(about))
        self._flow.clear()
        for number, choice in enumerate(choices):
            button = Button(self._theme, choice, key=str(number + 1), bind=False)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _checked=False, number=number: self.chosen.emit(number))
            self._flow.addWidget(button)
            button.show()
        said = "; ".join(f"{number}, {choice}" for number, choice in enumerate(choices, start=1))
        self.setAccessibleName(f"{words} {said}; Escape gives up.")
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = event.text()
        if event.key() == Qt.Key.Key_Escape:
            self.gave_up.emit()
        elif digit.isascii() and digit.isdigit() and 1 <= int(digit) <= self._count:
            self.chosen.emit(int(digit) - 1)
        elif not digit or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        # Letters stay here: they are marks only in the grid.

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in STAYS:
            self.left.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        theme = self._theme
        rounded(QPainter(self), self.rect(), RADIUS_CARD, theme.colour("soft"), theme.colour("accent"))
