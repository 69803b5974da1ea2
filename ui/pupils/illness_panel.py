"""Illness that is expected, beside the page of a child: an operation, a stay in hospital; the sickness return is due as
soon as enough days are expected."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from PySide6.QtCore import Signal

from desktop_app.actions.decisions import expect_illness, expected_illness, school_days_until
from desktop_app.actions.watching import due_of
from desktop_app.domain.errors import Refused
from desktop_app.domain.people import Pupil
from desktop_app.domain.rights import Right
from desktop_app.domain.triggers import TriggerKind
from desktop_app.rules.display import date_year
from ui.admission.child_form import line_of
from ui.parts.buttons import Button
from ui.parts.field import Field
from ui.parts.inputs import DateEdit, LineEdit
from ui.parts.panel import Panel
from ui.parts.text import Label
from ui.pupils.ready import may_change
from ui.runner import words_of
from ui.shell import Shell
from ui.tokens import TextRole

WIDTH = 372
NONE = "No illness is written down as expected this school year."
ABOUT = (
    "It is kept in the log, and puts no code in a register: each day of illness is marked as it comes. To take it "
    "back, withdraw its entry in the chronology."
)
HOW_LONG = "Give the number of school days, or the last day of it: one of the two."
MISREAD = "That is not a day. Write it as 24/11/2026."


class IllnessPanel(Panel):
    """Opened beside the page of a child. Ctrl+Enter writes down what stands there."""

    saved = Signal(int)
    """The entry that was written."""
    help_section: ClassVar[str] = "pupils"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell.theme, "Illness expected", width=WIDTH)
        theme, today = shell.theme, shell.context.today
        self._shell = shell
        self._child: Pupil | None = None
        self.standing = Label(theme, "", TextRole.BODY, wrap=True)
        self.first, self.last = DateEdit(theme, today), DateEdit(theme, today)
        self.days = LineEdit(theme, "30")
        self.why = LineEdit(theme, "surgery, six weeks")
        keep = Button(theme, "Write it down", key="Ctrl+Enter", primary=True, bind=False)
        keep.clicked.connect(self.save)
        self.form.addWidget(self.standing)
        self.form.addWidget(Field(theme, "From", self.first))
        self.form.addLayout(
            line_of(theme, Field(theme, "School days", self.days), Field(theme, "Or the last day", self.last))
        )
        self.form.addWidget(Field(theme, "Why, as it was heard", self.why))
        self.form.addWidget(Label(theme, ABOUT, TextRole.SECONDARY, "second", wrap=True))
        self.form.addStretch(1)
        self.buttons.addWidget(keep)
        self.buttons.addStretch(1)

    def open_for(self, child: Pupil) -> None:
        """Ask what is expected of this child."""
        if not (may_change(self._shell, Right.LOG) and may_change(self._shell, Right.READ_LOG)):
            return
        self._child = child
        known = expected_illness(self._shell.context, child.id)
        self.standing.setText("\n".join(known) or NONE)
        self.first.set_date(self._shell.context.today())
        self.last.set_date(None)
        for field in (self.days, self.why):
            field.clear()
        self.open_with(self.days)

    def save(self) -> None:
        """Write it down, or say in the panel why not."""
        child = self._child
        if child is None:
            return
        context = self._shell.context
        try:
            first = self.first.date()
            if first is None:
                raise Refused(MISREAD)
            days = self._days(first)
            entry, changes = expect_illness(context, child.id, days, first, self.why.text())
        except Refused as refused:
            self.set_fault(words_of(refused))
            self._shell.say(words_of(refused), alarm=True)
            return
        self.close_panel()
        self._shell.announce(changes)
        returns = any(one.kind is TriggerKind.SICKNESS_RETURN for one in due_of(context, child.id, context.today()))
        after = " The sickness return is due." if returns else ""
        self._shell.say(f"Illness of {child.name} is expected from {date_year(first)}.{after}")
        self.saved.emit(entry)

    def _days(self, first: date) -> int:
        typed, last = self.days.text().strip(), self.last.date()
        if self.last.text().strip() and last is None:
            raise Refused(MISREAD)
        if bool(typed) == (last is not None):
            raise Refused(HOW_LONG)
        if last is not None:
            return school_days_until(self._shell.context, first, last)
        if not typed.isdecimal():
            raise Refused(HOW_LONG)
        return int(typed)
