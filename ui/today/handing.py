"""The line under “To see to” that asks to whom a task goes, and hands it on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.actions.tasks import own_task
from desktop_app.domain.errors import Refused
from desktop_app.domain.rights import Right
from desktop_app.domain.staff import Staff
from ui.parts.field import Field
from ui.parts.inputs import Choice
from ui.pupils.ready import may_change
from ui.shell import Shell

NOBODY = "nobody in particular"
HOW = "Letters find a name; Enter hands it on, Esc leaves it as it is."


class HandingLine(QWidget):
    """Hidden until somebody asks to hand a task on. Enter gives it to whoever is chosen, Esc leaves it."""

    finished = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._task, self._what = 0, ""
        self.whom = Choice(shell.theme)
        self.field = Field(shell.theme, "To whom?", self.whom, HOW)
        box = QVBoxLayout(self)
        space = shell.theme.space
        box.setContentsMargins(space(3), space(2), space(3), space(2.5))
        box.addWidget(self.field)
        self.hide()

    def ask(self, task: int, what: str) -> None:
        """Ask about a task; a line that is none says so."""
        if not task:
            self._shell.say("This line is nobody’s task: it goes by itself once it is done. Enter leads there.")
            return
        if not may_change(self._shell, Right.LOG):
            return
        self._task, self._what = task, what
        self.field.set_fault("")
        self.field.help.setText(f"{what}. {HOW}")
        self.whom.clear()
        for one, words in staff_offered(self._shell):
            self.whom.add(words, one)
        self.whom.setAccessibleDescription(what)
        self.show()
        self.whom.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._give()
        elif event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def _give(self) -> None:
        chosen, words = self.whom.value(), self.whom.currentText()
        try:
            changes = own_task(self._shell.context, self._task, chosen if isinstance(chosen, int) else 0)
        except Refused as refused:
            self.field.set_fault(str(refused))
            return
        self.hide()
        self._shell.announce(changes)
        self.finished.emit()
        self._shell.say(f"{self._what}: {words.partition(',')[0]} has it now.")

    def _leave(self) -> None:
        self.hide()
        self.finished.emit()


def staff_offered(shell: Shell) -> list[tuple[int, str]]:
    """Everybody a task can go to, by name, and nobody at the end."""
    with shell.context.store.reading() as reading:
        known = sorted(reading.book.all(Staff), key=lambda one: one.name)
    return [*((one.id, f"{one.name}, {one.position}") for one in known if one.active), (0, NOBODY)]
