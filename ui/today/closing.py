"""The line under “To see to” that asks what came of a task, and closes it with the answer."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.actions.tasks import close_task
from desktop_app.domain.errors import Refused
from desktop_app.domain.rights import Right
from ui.parts.field import Field
from ui.parts.inputs import AnswerLine
from ui.pupils.ready import may_change
from ui.shell import Shell

LONGEST = 300


class ClosingLine(QWidget):
    """Hidden until somebody asks to close a task. What is half typed stays through a reading of the list."""

    finished = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._task, self._what = 0, ""
        self.line = AnswerLine(shell.theme, "She is at home with her mother, who rang")
        self.line.setMaxLength(LONGEST)
        self.field = Field(shell.theme, "What came of it?", self.line)
        box = QVBoxLayout(self)
        space = shell.theme.space
        box.setContentsMargins(space(3), space(2), space(3), space(2.5))
        box.addWidget(self.field)
        self.line.given.connect(self._give)
        self.line.gave_up.connect(self._leave)
        self.hide()

    def ask(self, task: int, what: str) -> None:
        """Ask about a task; a line that is none says what closes it instead."""
        if not task:
            self._shell.say("This line goes by itself once the register says what is so: Enter leads there.")
            return
        if not may_change(self._shell, Right.LOG):
            return
        if task != self._task:
            self.line.clear()
        self._task, self._what = task, what
        self.field.set_fault("")
        self.field.help.setText(what)
        self.field.help.show()
        self.line.setAccessibleDescription(what)
        self.show()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _give(self) -> None:
        try:
            _entry, changes = close_task(self._shell.context, self._task, self.line.text())
        except Refused as refused:
            self.field.set_fault(str(refused))
            return
        what, self._task = self._what, 0
        self.line.clear()
        self.hide()
        self._shell.announce(changes)
        self.finished.emit()
        self._shell.say(f"Closed, and kept with the child: {what}.")

    def _leave(self) -> None:
        self.hide()
        self.finished.emit()
