"""Next steps beside a child's page: what the authority's pack asks for in the child's band, done and still to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import Signal

from desktop_app.actions.next_steps import next_steps, step_done, step_later
from desktop_app.domain.entries import EntryKind
from desktop_app.domain.errors import Refused
from desktop_app.domain.next_steps import NextSteps
from desktop_app.domain.people import Pupil
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.rules.display import date_year
from ui.figure_keys import STEPS
from ui.keys import hints
from ui.parts.buttons import Button
from ui.parts.field import Field
from ui.parts.hints import KeyHints
from ui.parts.inputs import DateEdit, LineEdit
from ui.parts.panel import Panel
from ui.parts.text import Label
from ui.pupils.steps_list import StepsList, StepsModel
from ui.runner import words_of
from ui.shell import Shell
from ui.tokens import TextRole

WIDTH = 420


class StepsPanel(Panel):
    """Enter begins a step: the log of its kind, or the line that says what came of it. T puts it off to a day."""

    help_section: ClassVar[str] = "pupils"

    log_asked = Signal(object)
    """The kind of entry by which the step is done."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell.theme, "Next steps", width=WIDTH)
        theme = shell.theme
        self._shell = shell
        self._child: Pupil | None = None
        self._found: NextSteps | None = None
        self.standing = Label(theme, "", TextRole.STRONG, wrap=True)
        self.list = StepsList(theme, StepsModel(self))
        self.outcome = LineEdit(theme, "what came of it")
        self.due = DateEdit(theme, shell.context.today)
        self._outcome_field = Field(theme, "Done: what came of it", self.outcome)
        self._due_field = Field(theme, "Or later: on which day", self.due)
        self.keep = Button(theme, "Save the step", key="Ctrl+Enter", primary=True, bind=False)
        self.form.addWidget(self.standing)
        self.form.addWidget(self.list, 1)
        self.form.addWidget(self._outcome_field)
        self.form.addWidget(self._due_field)
        self.form.addWidget(KeyHints(theme, hints(STEPS)))
        self.buttons.addWidget(self.keep)
        self.buttons.addStretch(1)
        self.keep.clicked.connect(self.save)
        self.list.opened.connect(lambda _: self._begin())
        self.list.later_asked.connect(self.due.setFocus)
        self.list.line_moved.connect(lambda: self.set_fault(""))

    def open_for(self, child: Pupil) -> None:
        """Show the steps of this child."""
        self._child = child
        self.outcome.clear()
        self.due.clear()
        self._read()
        self.open_with(self.list)

    def refresh(self) -> None:
        """Read again what stands, where the panel is open."""
        if not self.isHidden():
            self._read()

    def save(self) -> None:
        """Record that the current step was done, or put it off; say in the panel what is missing."""
        child, step, found = self._child, self.list.step(), self._found
        if child is None or step is None or found is None or found.stay is None or not self.keep.isEnabled():
            return
        band, action, said = found.stay.band.key, step.action.key, self.outcome.text().strip()
        typed, due = self.due.text().strip(), self.due.date()
        if said:
            self._do(
                lambda: step_done(self._shell.context, child.id, band, action, said)[1], f"Done: {step.action.title}."
            )
        elif typed and due is not None:
            words = f"{step.action.title}: on {date_year(due)}."
            self._do(lambda: step_later(self._shell.context, child.id, band, action, due)[1], words)
        elif typed:
            self._refuse("That is not a day. Write it as 24/11/2026.")
        else:
            self._refuse("Type what came of it, or the day on which it will be done.")

    def _begin(self) -> None:
        step = self.list.step()
        if step is None or not self.keep.isEnabled():
            return
        if step.action.kind:
            self.log_asked.emit(EntryKind(step.action.kind))
        else:
            self.outcome.setFocus()

    def _read(self) -> None:
        context, child = self._shell.context, self._child
        if child is None:
            return
        row = max(0, self.list.currentIndex().row())
        try:
            found = self._found = next_steps(context, child.id)
        except Refused as refused:  # a right that is not there is one too
            self._found = None
            self.list.steps.show_lines(())
            self.standing.setText(words_of(refused))
            self._offer(writes=False)
            return
        self.list.steps.show_lines(found.steps)
        if found.steps:
            self.list.setCurrentIndex(self.list.steps.index(min(row, len(found.steps) - 1), 0))
        self.standing.setText(_standing(found))
        self._offer(writes=bool(found.steps) and context.may(Right.LOG) and not context.store.read_only)

    def _offer(self, *, writes: bool) -> None:
        self.list.setVisible(bool(self.list.steps.lines))
        for field in (self._outcome_field, self._due_field):
            field.setVisible(writes)
        self.keep.setEnabled(writes)

    def _do(self, deed: Callable[[], Changes], words: str) -> None:
        try:
            changes = deed()
        except Refused as refused:
            self._refuse(words_of(refused))
            return
        self.outcome.clear()
        self.due.clear()
        self.set_fault("")
        self._shell.announce(changes)
        self._read()
        self._shell.say(words)
        self.list.setFocus()

    def _refuse(self, words: str) -> None:
        self.set_fault(words)
        self._shell.say(words, alarm=True)


def _standing(found: NextSteps) -> str:
    if found.stay is None:
        return f"Too early to say: fewer than {found.least} sessions were possible this school year."
    band = found.stay.band
    since = f"{band.title} since {date_year(found.stay.since)}."
    return since if found.steps else f"{since} The authority’s pack asks for nothing in it."
