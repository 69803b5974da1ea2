"""The line at the foot of the list that asks one thing: why a child is left out or added, how a return went, why it is
taken back."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.parts.field import Field
from ui.parts.inputs import DateEdit, LineEdit
from ui.parts.text import Label
from ui.shell import Shell
from ui.tokens import TextRole

LONGEST = 400


class Question(StrEnum):
    """What is asked."""

    OUT = "out"
    ADD = "add"
    SENT = "sent"
    BACK = "back"


WORDS = {
    Question.OUT: "Why is the child left out?",
    Question.ADD: "Why is the child on the return?",
    Question.SENT: "How was it sent?",
    Question.BACK: "Why is it taken back?",
}
HINTS = {
    Question.OUT: "The officer was told by telephone on 18 November",
    Question.ADD: "Agreed with the officer on 18 November",
    Question.SENT: "Secure e-mail, the authority’s portal, by hand",
    Question.BACK: "It was made for the wrong month",
}


class Asking(QWidget):
    """Enter gives the answer, Esc gives up. It writes nothing."""

    given = Signal()
    gave_up = Signal()
    turned = Signal()
    """It is in sight, or gone again."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        theme = shell.theme
        self._shell = shell
        self.question = Question.OUT
        self.about = Label(theme, "", TextRole.SECONDARY, "second", wrap=True)
        self.child = LineEdit(theme, "Kaya, three letters of the name")
        self.words = LineEdit(theme, "")
        self.words.setMaxLength(LONGEST)
        self.reference = LineEdit(theme, "What the authority gave back, if anything")
        self.reference.setMaxLength(LONGEST)
        self.day = DateEdit(theme, shell.context.today)
        self._child_field = Field(theme, "Which child?", self.child)
        self.field = Field(theme, "Why?", self.words)
        self._reference_field = Field(theme, "Reference", self.reference)
        self._day_field = Field(theme, "On", self.day)
        row = QHBoxLayout()
        row.setSpacing(theme.space(3))
        row.addWidget(self._child_field, 2)
        row.addWidget(self.field, 3)
        row.addWidget(self._reference_field, 2)
        row.addWidget(self._day_field, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.space(1))
        whole.addWidget(self.about)
        whole.addLayout(row)
        self.hide()

    def ask(self, question: Question, about: str) -> None:
        """Ask it, with nothing typed yet."""
        self.question = question
        for line in (self.child, self.words, self.reference):
            line.clear()
        self.day.set_date(self._shell.context.today())
        self.set_fault("")
        self.field.label.setText(WORDS[question])
        self.words.setAccessibleName(WORDS[question])
        self.words.setPlaceholderText(HINTS[question])
        self.about.setText(about)
        self.about.setVisible(bool(about))
        self._child_field.setVisible(question is Question.ADD)
        for field in (self._reference_field, self._day_field):
            field.setVisible(question is Question.SENT)
        self.show()
        (self.child if question is Question.ADD else self.words).setFocus(Qt.FocusReason.OtherFocusReason)

    def set_fault(self, words: str) -> None:
        """Say what is wrong; empty: nothing is."""
        self.field.set_fault(words)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.turned.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.turned.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif event.key() == Qt.Key.Key_Escape:
            self.gave_up.emit()
        else:
            super().keyPressEvent(event)

    def _enter(self) -> None:
        """From the child to the reason; else the answer is given."""
        if self.question is Question.ADD and self.child.hasFocus() and not self.words.text().strip():
            self.words.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.given.emit()
