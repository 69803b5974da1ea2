"""Ctrl+H: every name goes from the screen at once, since a visitor stands at the hatch; again, and all is as it was."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QVBoxLayout, QWidget
from shiboken6 import isValid

from ui.parts.text import Label
from ui.theme import Theme
from ui.tokens import TextRole

KEY = "Ctrl+H"
PASSED_ON = (Qt.Key.Key_F12, Qt.Key.Key_F8)
"""The roll-call and the hatch are gone to all the same: the one cannot wait, the other shows no name."""


class Curtain(QWidget):
    """Lies over the whole window, takes the keyboard and gives it back. Nothing under it is changed or lost."""

    def __init__(self, theme: Theme, window: QMainWindow) -> None:
        super().__init__(window)
        self._theme = theme
        self._over = window
        self._before: QWidget | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"Names are hidden. {KEY} shows them again.")
        column = QVBoxLayout(self)
        column.addStretch(1)
        for words, role, ink in (
            ("Names are hidden", TextRole.PAGE_TITLE, "ink"),
            (f"{KEY} shows them again. F12 is the roll-call, F8 the hatch.", TextRole.BODY, "second"),
        ):
            column.addWidget(Label(theme, words, role, ink), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self.hide()
        shortcut = QShortcut(QKeySequence(KEY), window)
        shortcut.activated.connect(self.turn)
        window.installEventFilter(self)
        QApplication.instance().focusChanged.connect(self._keep_keyboard)  # type: ignore[union-attr]

    def turn(self) -> None:
        """Hide the names, or show them again."""
        if self.isVisible():
            self.lift()
            return
        self._before = self.window().focusWidget()
        self.setGeometry(self._over.rect())
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def lift(self) -> None:
        """Show what was there, the keyboard where it was."""
        if self.isHidden():
            return
        self.hide()
        before, self._before = self._before, None
        if before is not None and isValid(before):
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def event(self, event: QEvent) -> bool:
        """No other key does anything while the names are hidden."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            own = QKeySequence(event.keyCombination()) == QKeySequence(KEY)
            event.setAccepted(not own and event.key() not in PASSED_ON)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._over.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), self._theme.colour("page"))

    def _keep_keyboard(self, _old: QWidget | None, now: QWidget | None) -> None:
        if isValid(self) and self.isVisible() and now is not None and now is not self and self.window() is now.window():
            self.setFocus(Qt.FocusReason.OtherFocusReason)
