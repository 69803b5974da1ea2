"""Signing in: which school, who, and the password. What was wrong with a try is never said in part."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.parts.buttons import Button
from ui.parts.card import Card, row_of
from ui.parts.field import Field
from ui.parts.inputs import Choice, LineEdit
from ui.parts.text import Label
from ui.theme import Theme
from ui.tokens import TextRole

RECOVERY = "If every password is lost, type the recovery key here."


class SignInPage(QWidget):
    """A card with the school, its users where there are several, and the password. Enter signs in; Esc goes back."""

    tried = Signal(object, str, str)
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._path = Path()
        self.card = Card(theme, "Sign in")
        self.place = Label(theme, "", TextRole.SECONDARY, "second", wrap=True)
        self.user = Choice(theme)
        self._user_field = Field(theme, "Name", self.user)
        self.password = LineEdit(theme)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.returnPressed.connect(self._try)
        self.field = Field(theme, "Password", self.password, RECOVERY)
        self.sign_in = Button(theme, "Open", key="Enter", primary=True, bind=False)
        self.back = Button(theme, "Another school", key="Esc", bind=False)
        for widget in (self.place, self._user_field, self.field):
            self.card.body.addWidget(widget)
        self.card.body.addLayout(row_of(self.sign_in, self.back))
        self.card.setFixedWidth(420)
        column = QVBoxLayout()
        column.addStretch(2)
        column.addWidget(self.card)
        column.addStretch(3)
        row = QHBoxLayout(self)
        row.addStretch(1)
        row.addLayout(column)
        row.addStretch(1)
        self.sign_in.clicked.connect(self._try)
        self.back.clicked.connect(self.left)

    def show_school(self, path: Path, users: Sequence[str]) -> None:
        """Ask for the password of one of these users."""
        self._path = path
        self.card.set_title(path.stem)
        self.place.setText(str(path.parent))
        self.user.clear()
        for name in users:
            self.user.add(name, name)
        self._user_field.setVisible(len(users) > 1)
        self.field.set_fault("")
        self.password.clear()

    def refuse(self, text: str) -> None:
        """Say why it did not open, and ask again."""
        self.set_busy(False)
        self.field.set_fault(text)
        self.password.selectAll()
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_busy(self, busy: bool) -> None:
        """No second try while the first is being looked at."""
        for widget in (self.sign_in, self.password, self.user):
            widget.setEnabled(not busy)

    def first_focus(self) -> QWidget:
        """The user where there are several, else the password."""
        return self.user if self.user.count() > 1 else self.password

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            event.accept()
            return
        super().keyPressEvent(event)

    def _try(self) -> None:
        if self.password.text():
            self.set_busy(True)
            self.tried.emit(self._path, str(self.user.value() or ""), self.password.text())
        else:
            self.refuse("Type the password.")
