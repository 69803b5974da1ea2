"""A child's target beside its page: set one, and see how the one that stands is being met."""

from __future__ import annotations

from typing import ClassVar

from desktop_app.actions.targets import set_target, target_state, wanted
from desktop_app.domain.errors import Refused
from desktop_app.domain.people import Pupil
from desktop_app.domain.rights import Right
from desktop_app.rules.target_words import state_words
from desktop_app.rules.targets import MISREAD, percent_text, read_percent
from ui.admission.child_form import line_of
from ui.parts.buttons import Button
from ui.parts.field import Field
from ui.parts.inputs import DateEdit, LineEdit
from ui.parts.panel import Panel
from ui.parts.text import Label
from ui.runner import words_of
from ui.shell import Shell
from ui.tokens import TextRole

WIDTH = 372
NONE = "No target is set. One of attendance since its first day is met or not by counts of sessions."
ANOTHER = "To set another is to replace this one; to take it back, withdraw its entry in the chronology."


class TargetPanel(Panel):
    """Ctrl+Enter sets what stands there."""

    help_section: ClassVar[str] = "pupils"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell.theme, "Target", width=WIDTH)
        theme, today = shell.theme, shell.context.today
        self._shell = shell
        self._child: Pupil | None = None
        self.standing = Label(theme, "", TextRole.BODY, wrap=True)
        self.percent = LineEdit(theme, "95")
        self.first, self.until = DateEdit(theme, today), DateEdit(theme, today)
        self.agreed_with = LineEdit(theme, "Ms K Kaya and the child")
        self._percent_field = Field(theme, "At least, in %", self.percent)
        self.keep = Button(theme, "Set the target", key="Ctrl+Enter", primary=True, bind=False)
        self._about = Label(theme, "", TextRole.SECONDARY, "second", wrap=True)
        self.form.addWidget(self.standing)
        self.form.addWidget(self._percent_field)
        self.form.addLayout(line_of(theme, Field(theme, "From", self.first), Field(theme, "Until", self.until)))
        self.form.addWidget(Field(theme, "Agreed with", self.agreed_with))
        self.form.addWidget(self._about)
        self.form.addStretch(1)
        self.buttons.addWidget(self.keep)
        self.buttons.addStretch(1)
        self.keep.clicked.connect(self.save)

    def open_for(self, child: Pupil) -> None:
        """Show the target of this child."""
        context = self._shell.context
        self._child = child
        state = target_state(context, child.id, context.today())
        self.standing.setText("\n".join(state_words(state)) if state else NONE)
        self._about.setText(ANOTHER if state else "Until: none means to the end of the school year.")
        self.percent.setText(percent_text(state.target.percent) if state else "")
        self.first.set_date(context.today())
        self.until.set_date(None)
        self.agreed_with.clear()
        self.keep.setEnabled(context.may(Right.LOG) and not context.store.read_only)
        self.open_with(self.percent)
        self.percent.selectAll()

    def save(self) -> None:
        """Set it, or say in the panel why not."""
        child, percent, first = self._child, read_percent(self.percent.text()), self.first.date()
        if child is None or not self.keep.isEnabled():
            return
        until = self.until.date()
        if percent is None:
            self._refuse(MISREAD)
            self.percent.setFocus()
        elif first is None or (self.until.text().strip() and until is None):
            self._refuse("That is not a day. Write it as 24/11/2026.")
        else:
            try:
                _, changes = set_target(
                    self._shell.context, child.id, wanted(percent, first, until, self.agreed_with.text())
                )
            except Refused as refused:
                self._refuse(words_of(refused))
                return
            self.close_panel()
            self._shell.announce(changes)
            self._shell.say(f"Target set for {child.name}: {percent_text(percent)}%.")

    def _refuse(self, words: str) -> None:
        self.set_fault(words)
        self._shell.say(words, alarm=True)
