"""The strip that shows how far a long job is, with a button to cancel it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.domain.progress import Progress
from ui.parts.buttons import Button
from ui.parts.paint import rounded
from ui.parts.text import ElidedLabel
from ui.theme import Theme
from ui.tokens import TextRole


class Bar(QWidget):
    """A bar filled as far as the work has come."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._done, self._total = 0, 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def set(self, done: int, total: int) -> None:
        """Show `done` of `total`; a total of 0 is not known."""
        self._done, self._total = done, total
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space(50), self._theme.space(1.5))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        rounded(painter, self.rect(), 3, self._theme.colour("line"), None)
        if self._total:
            width = round(self.width() * min(1.0, self._done / self._total))
            if width:
                rounded(painter, QRect(0, 0, width, self.height()), 3, self._theme.colour("accent"), None)


class ProgressStrip(QWidget):
    """What a long job is doing, how far it is, and Cancel. Hidden until `begin`."""

    cancelled = Signal()

    def __init__(self, theme: Theme, *, can_cancel: bool = True) -> None:
        super().__init__()
        self.words = ElidedLabel(theme, "", TextRole.BODY)
        self.count = ElidedLabel(theme, "", TextRole.SECONDARY, "second")
        self.bar = Bar(theme)
        self.cancel = Button(theme, "Cancel")
        self.cancel.clicked.connect(self._cancel)
        top = QHBoxLayout()
        top.addWidget(self.words, 1)
        top.addWidget(self.count)
        left = QVBoxLayout()
        left.setSpacing(theme.space(1.5))
        left.addLayout(top)
        left.addWidget(self.bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, theme.space(1.5), 0, theme.space(2))
        row.setSpacing(theme.space(3))
        row.addLayout(left, 1)
        row.addWidget(self.cancel)
        self.cancel.setVisible(can_cancel)  # only now: without a parent it would be a window of its own
        self.hide()

    def begin(self, words: str) -> None:
        """Show the strip at its start."""
        self.cancel.setEnabled(True)
        self.show_progress(Progress(0, 0, words))
        self.show()

    def show_progress(self, progress: Progress) -> None:
        """Show how far it is."""
        self.words.setText(progress.text)
        self.count.setText(f"{progress.done:,} of {progress.total:,}" if progress.total else "")
        self.bar.set(progress.done, progress.total)
        self.setAccessibleName(progress.text)

    def end(self) -> None:
        """Hide the strip."""
        self.hide()

    def _cancel(self) -> None:
        self.cancel.setEnabled(False)
        self.words.setText("Stopping …")
        self.cancelled.emit()
