"""What a window shows: its own inside, or one thing over all of it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget
from shiboken6 import isValid


class Layers(QStackedWidget):
    """The first layer is the inside of the window; while another lies over it, no key of the window does anything."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._quiet: list[QShortcut | QAction] = []
        QApplication.instance().focusChanged.connect(self._keep_keyboard)  # type: ignore[union-attr]

    @property
    def covered(self) -> bool:
        """Whether something lies over the inside."""
        return self.currentIndex() > 0

    def cover(self, over: QWidget) -> None:
        """Show this instead of the inside."""
        if not self.covered:
            keyed = (*self._window.findChildren(QShortcut), *self._window.actions())
            self._quiet = [one for one in keyed if one.isEnabled()]
            for one in self._quiet:
                one.setEnabled(False)
        if self.indexOf(over) < 0:
            self.addWidget(over)
        self.setCurrentWidget(over)

    def allow(self, keyed: Iterable[QShortcut | QAction], on: bool) -> None:
        """Let these keys do something, or nothing. Under something else they wait with the others: long work that ends
        while the gate is shut must not leave them dead once it is open, nor may work that begins there wake them."""
        for one in keyed:
            if not self.covered:
                one.setEnabled(on)
            elif not on and one in self._quiet:
                self._quiet.remove(one)
            elif on and one not in self._quiet:
                self._quiet.append(one)

    def uncover(self) -> None:
        """Show the inside again."""
        self.setCurrentIndex(0)
        for one in self._quiet:
            if isValid(one):
                one.setEnabled(True)
        self._quiet = []

    def _keep_keyboard(self, old: QWidget | None, now: QWidget | None) -> None:
        """What lies over the inside keeps the keyboard: work that ends under the gate may go to another page, and a
        password must not be typed into a line of that."""
        if not isValid(self) or now is None or not self.covered or now.window() is not self.window():
            return
        over = self.currentWidget()
        if over is None or now is over or over.isAncestorOf(now):
            return
        back = old if old is not None and isValid(old) and over.isAncestorOf(old) else over
        back.setFocus(Qt.FocusReason.OtherFocusReason)
