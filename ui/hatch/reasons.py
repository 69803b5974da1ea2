"""The reasons for coming late, by number."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.rules.hatch import LateReason
from ui.parts.buttons import Button
from ui.parts.field import Field
from ui.parts.inputs import LineEdit
from ui.theme import Theme


class ReasonList(QWidget):
    """A button for each reason, with its number; one that asks more has a line for it."""

    chosen = Signal(object, str)
    gave_up = Signal()

    def __init__(self, theme: Theme, reasons: Sequence[LateReason]) -> None:
        super().__init__()
        self._reasons = {reason.key: reason for reason in reasons}
        self._asking: LateReason | None = None
        self.setAccessibleName("Why the child comes late")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space(1.5))
        self.buttons = [Button(theme, reason.words, key=reason.key, bind=False) for reason in reasons]
        for button, reason in zip(self.buttons, reasons, strict=True):
            button.clicked.connect(lambda _=False, reason=reason: self._choose(reason))
            column.addWidget(button)
        self.line = LineEdit(theme, "In a few words")
        self.more = Field(theme, "What was it?", self.line)
        column.addWidget(self.more)
        self.line.returnPressed.connect(self._say)
        self.more.hide()
        self.hide()

    def ask(self) -> None:
        """Show the reasons, the keyboard on the first."""
        self._asking = None
        self.line.clear()
        self.more.hide()
        for button in self.buttons:
            button.show()
        self.show()
        self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        reason = self._reasons.get(event.text()) if self._asking is None else None
        if event.key() == Qt.Key.Key_Escape:
            self.gave_up.emit()
        elif reason is not None:
            self._choose(reason)
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._asking is None:
            self._step(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        here = next((place for place, button in enumerate(self.buttons) if button.hasFocus()), 0)
        self.buttons[(here + by) % len(self.buttons)].setFocus(Qt.FocusReason.TabFocusReason)

    def _choose(self, reason: LateReason) -> None:
        if not reason.asks:
            self.chosen.emit(reason, "")
            return
        self._asking = reason
        for button in self.buttons:
            button.hide()
        self.more.show()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self) -> None:
        if self._asking is not None and self.line.text().strip():
            self.chosen.emit(self._asking, self.line.text().strip())
