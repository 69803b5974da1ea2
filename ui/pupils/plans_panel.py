"""A child's planned absences, past and coming: changed, ended early, taken away. A mark that was made stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.actions.planned import Planned, PlanState, end_now, planned_of
from desktop_app.actions.plans import change_plan, end_plan
from desktop_app.domain.errors import Refused
from desktop_app.domain.people import Pupil
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.domain.school import Plan
from desktop_app.domain.sessions import Session
from desktop_app.rules.display import date_year
from desktop_app.rules.plans import LEAVE
from desktop_app.rules.session_lists import sessions_list
from ui.admission.child_form import line_of
from ui.parts.buttons import Button
from ui.parts.field import Field
from ui.parts.panel import Panel
from ui.parts.text import Label
from ui.plans.form import PlanForm
from ui.pupils.plans_list import PlansList, PlansModel, days_words
from ui.pupils.ready import may_change
from ui.shell import Shell

WIDTH = 440
NOTHING = "Nothing is planned, and nothing was. F7 plans an absence for this child or for several."
SUSPENDED, SIXTH_DAY = "E", 11
"""A suspension of so many sessions reaches its sixth school day, from which education is arranged."""


class PlansPanel(Panel):
    """Opened beside the page of a child: the list, and under it the plan of its line to change."""

    help_section: ClassVar[str] = "plan"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell.theme, "Days planned", width=WIDTH)
        theme = shell.theme
        self._shell = shell
        self._child: Pupil | None = None
        self._asked: int | None = None
        self.model = PlansModel(shell.context.rulebook.codes, self)
        self.list = PlansList(theme, self.model)
        self.plan_form = PlanForm(shell, self)
        self.says = Label(theme, "", wrap=True)
        self.nothing = Label(theme, NOTHING, ink="second", wrap=True)
        self.another = Button(theme, "Another", key="F7", bind=False)
        self.keep = Button(theme, "Save", key="Ctrl+Enter", primary=True, bind=False)
        self.end = Button(theme, "End now", key="E", bind=False)
        self.take = Button(theme, "Take away", key="Delete", danger=True, bind=False)
        self._one = QWidget()
        self._build()
        self.list.line_moved.connect(self._show)
        for button, deed in (
            (self.another, self._another),
            (self.keep, self.save),
            (self.end, self._end),
            (self.take, self._take),
        ):
            button.clicked.connect(deed)

    def open_for(self, child: Pupil) -> None:
        """Show what was and is planned of this child, the newest first."""
        self._child = child
        self._read()
        self.open_with(self.list if self.model.rowCount() else self.another)

    def save(self) -> None:
        """Save the plan of the line as it stands in the form, or say in the panel why not."""
        line = self.list.line()
        if line is None:
            return

        closed: list[Session] = []

        def deed() -> Changes:
            made, changes = change_plan(self._shell.context, self.plan_form.wanted(line.plan))
            closed.extend(made.closed)
            return changes

        def words() -> str:
            over = f"; closed unexpectedly, so not planned: {sessions_list(closed)}" if closed else ""
            return f"changed. Marks that were made stay as they are{over}"

        self._do(deed, words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if self.list.hasFocus() and plain and event.text().lower() == "e":
            self._end()
        elif self.list.hasFocus() and event.key() == Qt.Key.Key_Delete:
            self._take()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        theme, form = self._shell.theme, self.plan_form
        column = QVBoxLayout(self._one)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space(2.5))
        column.addWidget(Field(theme, "What", form.code))
        starts = Field(theme, "From", form.first), Field(theme, "Half", form.first_half)
        ends = Field(theme, "To, inclusive", form.last), Field(theme, "To half", form.last_half)
        for pair in (starts, ends):
            column.addLayout(line_of(theme, *pair, stretch=(2, 1)))
        column.addWidget(Field(theme, "What for", form.note))
        column.addWidget(form.for_elsewhere)
        column.addWidget(form.for_leave)
        self.form.addWidget(self.nothing)
        self.form.addWidget(self.list)
        self.form.addWidget(self.says)
        self.form.addWidget(self._one)
        self.form.addStretch(1)
        for button in (self.keep, self.end, self.take):
            self.buttons.addWidget(button)
        self.buttons.addStretch(1)
        self.add_beside_title(self.another)

    def _read(self) -> None:
        if self._child is None:
            return
        row = self.list.currentIndex().row()
        self.model.show_lines(planned_of(self._shell.context, self._child.id))
        some = self.model.rowCount() > 0
        may = self._shell.context.may(Right.PLAN) and not self._shell.context.store.read_only
        self.list.setVisible(some)
        for widget in (self._one, self.keep, self.end, self.take):
            widget.setVisible(some and may)
        self.nothing.setVisible(not some)
        if some:
            self.list.updateGeometry()
            self.list.setCurrentIndex(self.model.index(max(0, min(row, self.model.rowCount() - 1)), 0))
        self._show()

    def _show(self) -> None:
        line = self.list.line()
        self._asked = None
        self.set_fault("")
        self.says.hide()
        if line is None:
            return
        self.plan_form.show_plan(line.plan)
        self.says.setText(_says(line))
        self.says.setVisible(bool(self.says.text()))
        self.end.setEnabled(line.state is PlanState.RUNNING)

    def _another(self) -> None:
        if self._child is not None:
            self._shell.go("plan", pupil=self._child.id)

    def _end(self) -> None:
        line = self.list.line()
        if line is not None:
            self._do(lambda: end_now(self._shell.context, line.plan.id), "ended; the child is expected from now on")

    def _take(self) -> None:
        """Asked once more, since what was planned is gone then; what is in the register stays."""
        line = self.list.line()
        if line is None:
            return
        if self._asked != line.plan.id:
            self._asked = line.plan.id
            self.set_fault("Taken away whole at the second press. Marks that were made stay as they are.")
            return
        self._do(lambda: end_plan(self._shell.context, line.plan.id), "taken away. Marks that were made stay")

    def _do(self, deed: Callable[[], Changes], words: str | Callable[[], str]) -> None:
        line, child = self.list.line(), self._child
        if line is None or child is None or not may_change(self._shell, Right.PLAN):
            return
        try:
            changes = deed()
        except Refused as refused:
            self.set_fault(str(refused))
            self._shell.say(str(refused), alarm=True)
            return
        self._shell.announce(changes)
        self._read()
        (self.list if self.model.rowCount() else self.another).setFocus()
        said = words if isinstance(words, str) else words()
        self._shell.say(f"{child.name}, {self.model.about(line.plan)}: {said}.")


def _says(line: Planned) -> str:
    """What else is to be known of a plan: who asked for leave and gave it, how long a suspension is."""
    plan = line.plan
    if plan.code in LEAVE:
        asked = f" on {date_year(plan.asked_on)}" if plan.asked_on else ""
        given = f" on {date_year(plan.decided_on)}" if plan.decided_on else ""
        return f"Asked for by {plan.asked_by}{asked}; given by {plan.decided_by}{given}."
    if plan.code == SUSPENDED:
        from_sixth = " Education is arranged from the sixth school day." if line.sessions >= SIXTH_DAY else ""
        return f"Suspended for {days_words(line.sessions)}.{from_sixth}"
    return _waits(line, plan)


def _waits(line: Planned, plan: Plan) -> str:
    if plan.code not in ("K", "V", "P", "W", "B") or line.state is PlanState.COMING or line.marked == line.sessions:
        return ""
    return "Attendance elsewhere: no mark until somebody confirms who arrived (F11)."
