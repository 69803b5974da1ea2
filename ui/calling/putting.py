"""The form that puts a child on the early-call list: who, from when, until when, and why."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Signal

from desktop_app.actions.early_calls import call_book, put_on_list
from desktop_app.actions.letter_whom import named_children, names_of
from desktop_app.domain.errors import Refused
from ui.parts.buttons import Button
from ui.parts.field import Field
from ui.parts.inputs import DateEdit, LineEdit, NoteEdit
from ui.parts.panel import Panel
from ui.runner import words_of
from ui.shell import Shell

WIDTH = 372
USUAL_DAYS = 21
"""Three weeks: what a form begins with, to be typed over."""


class PuttingPanel(Panel):
    """Ctrl+Enter keeps it; Esc gives up."""

    put = Signal(int)

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell.theme, "On the early-call list", width=WIDTH)
        theme = shell.theme
        self._shell = shell
        self.who = LineEdit(theme, "as in the register, or a UPN")
        self.first = DateEdit(theme, shell.context.today)
        self.review = DateEdit(theme, shell.context.today)
        self.why = NoteEdit(theme, "late on most mornings since half term", 4)
        most = call_book().early.longest_days.value
        self.form.addWidget(Field(theme, "Child", self.who))
        self.form.addWidget(Field(theme, "First morning", self.first))
        self.form.addWidget(Field(theme, "Looked at again on", self.review, f"within {most} days"))
        self.form.addWidget(Field(theme, "Why", self.why))
        self.form.addStretch(1)
        keep = Button(theme, "Put on the list", key="Ctrl+Enter", primary=True, bind=False)
        keep.clicked.connect(self.save)
        self.buttons.addWidget(keep)
        self.buttons.addStretch(1)

    def open_for(self, pupil: int | None, why: str = "") -> None:
        """Ask about a child, with why it is proposed; None: the child is to be named."""
        today = self._shell.context.today()
        self.who.setText(next(iter(names_of(self._shell.context, [pupil])), "") if pupil is not None else "")
        self.first.set_date(today)
        self.review.set_date(today + timedelta(days=USUAL_DAYS))
        self.why.setPlainText(why)
        self.open_with(self.who if pupil is None else self.why)

    def save(self) -> None:
        """Put the child on the list, or say why not."""
        context, first, review = self._shell.context, self.first.date(), self.review.date()
        try:
            if first is None or review is None:
                raise Refused("That is not a day. Write it as 24/11/2026.")
            found = named_children(context, self.who.text())
            _entry, changes = put_on_list(context, found[0], first, review, self.why.toPlainText())
        except Refused as refused:
            self.set_fault(words_of(refused))
            self._shell.say(words_of(refused), alarm=True)
            return
        self.close_panel()
        self._shell.announce(changes)
        self._shell.say(f"{self.who.text()} is on the early-call list.")
        self.put.emit(found[0])
