"""Signing out: why, and with whom."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.parts.field import Field
from ui.parts.inputs import LineEdit
from ui.theme import Theme


class LeavingForm(QWidget):
    """Reason, who collects (empty: the child goes alone); asked only if the name is not down: who agreed to it."""

    given = Signal(str, str, str)
    gave_up = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.reason = LineEdit(theme, "Dentist, ill, club …")
        self.by = LineEdit(theme, "Full name; empty: goes alone")
        self.agreed = LineEdit(theme, "Name of the headteacher or safeguarding lead")
        self.why = Field(theme, "Why does the child leave?", self.reason)
        self.who = Field(theme, "Who collects?", self.by)
        self.allowed = Field(theme, "Who agreed to it?", self.agreed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space(2))
        for field, line in ((self.why, self.reason), (self.who, self.by), (self.allowed, self.agreed)):
            column.addWidget(field)
            line.returnPressed.connect(self._next)
        self.allowed.hide()
        self.hide()

    def ask(self) -> None:
        """Show the form, empty."""
        for line in (self.reason, self.by, self.agreed):
            line.clear()
        self.who.set_fault("")
        self.why.set_fault("")
        self.allowed.hide()
        self.show()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, words: str) -> None:
        """Say why the child may not go like that, and ask who agreed to it."""
        self.who.set_fault(words)
        self.allowed.show()
        self.agreed.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.gave_up.emit()
            return
        super().keyPressEvent(event)

    def _next(self) -> None:
        """Enter: to the next line, and from the last one the deed."""
        if not self.reason.text().strip():
            self.why.set_fault("Say why.")
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.reason.hasFocus():
            self.why.set_fault("")
            self.by.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.given.emit(self.reason.text(), self.by.text(), self.agreed.text())
