"""What is said of safeguarding beside a child’s page: that the lead was told, never what; and the lead’s hold on the
family, whose reason is sealed."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtWidgets import QWidget

from desktop_app.actions.holds import HoldLine, end_hold, holds, put_hold, tell_dsl
from desktop_app.actions.staff import safeguarding_leads
from desktop_app.domain.errors import Refused
from desktop_app.domain.people import Pupil
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.rules.display import date_year
from ui.parts.buttons import Button
from ui.parts.field import Field
from ui.parts.inputs import Choice, DateEdit, LineEdit
from ui.parts.panel import Panel
from ui.parts.text import Label
from ui.shell import Shell
from ui.tokens import TextRole

WIDTH = 372
TOLD = "That somebody was told, who and when, is kept; nothing of what."
HELD = "No letter, batch or script goes to the family while it is held, and no number is shown: “see the DSL”."


class SafeguardingPanel(Panel):
    """Opened beside the page of a child. Whoever may not hold a family sees the first half alone."""

    help_section: ClassVar[str] = "pupils"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell.theme, "Safeguarding", width=WIDTH)
        theme = shell.theme
        self._shell = shell
        self._child: Pupil | None = None
        self.lead = Choice(theme)
        self.tell = Button(theme, "I told the safeguarding lead", bind=False)
        self.standing = Label(theme, "", TextRole.STRONG, wrap=True)
        self.first, self.last = DateEdit(theme, shell.context.today), DateEdit(theme, shell.context.today)
        self.reason = LineEdit(theme, "sealed: the head and the safeguarding lead alone")
        self.end = Button(theme, "End the hold today", bind=False)
        self.hold = Button(theme, "Hold the family", key="Ctrl+Enter", primary=True, bind=False)
        self._hold_fields: tuple[QWidget, ...] = (
            self.standing,
            self.end,
            Field(theme, "From", self.first),
            Field(theme, "To, inclusive; empty: until it is ended", self.last),
            Field(theme, "Why", self.reason, HELD),
        )
        self.form.addWidget(Field(theme, "Who was told", self.lead, TOLD))
        self.form.addWidget(self.tell)
        for widget in self._hold_fields:
            self.form.addWidget(widget)
        self.form.addStretch(1)
        self.buttons.addWidget(self.hold)
        self.buttons.addStretch(1)
        self.tell.clicked.connect(self._tell)
        self.end.clicked.connect(self._end)
        self.hold.clicked.connect(self.save)

    def open_for(self, child: Pupil) -> None:
        """Ask about this child."""
        context = self._shell.context
        self._child = child
        self.lead.clear()
        for one in safeguarding_leads(context):
            self.lead.add(f"{one.name}, {one.position}" if one.position else one.name, one.id)
        self.tell.setEnabled(context.may(Right.LOG) and not context.store.read_only)
        may = context.may(Right.HOLD)
        for widget in (*self._hold_fields, self.hold):
            widget.setVisible(may)
        self.hold.setEnabled(may and not context.store.read_only)
        self.first.set_date(context.today())
        self.last.clear()
        self.reason.clear()
        self._show_standing()
        self.open_with(self.tell)

    def save(self) -> None:
        """Hold the family, or say in the panel why not."""
        child, first, typed = self._child, self.first.date(), self.last.text().strip()
        if child is None or not self.hold.isEnabled():
            return
        last = self.last.date()
        if first is None or (typed and last is None):
            self._refuse("That is not a day. Write it as 24/11/2026.")
            return
        self._do(
            lambda: put_hold(self._shell.context, child.id, first, last if typed else None, self.reason.text())[1],
            f"The family of {child.name} is held from {date_year(first)}.",
        )

    def _tell(self) -> None:
        child, told = self._child, self.lead.value()
        if child is not None:
            whom = told if isinstance(told, int) else 0
            self._do(lambda: tell_dsl(self._shell.context, child.id, whom)[1], f"Recorded: told about {child.name}.")

    def _end(self) -> None:
        line = self._current()
        if line is not None and self._child is not None:
            today = self._shell.context.today()
            words = f"The hold on the family of {self._child.name} ends today."
            self._do(lambda: end_hold(self._shell.context, line.hold.id, today), words)

    def _current(self) -> HoldLine | None:
        """The hold that stands on this child today."""
        context, child = self._shell.context, self._child
        if child is None or not context.may(Right.HOLD):
            return None
        today = context.today()
        standing = (one for one in holds(context) if one.pupil.id == child.id and one.hold.holds(today))
        return next(standing, None)

    def _show_standing(self) -> None:
        line = self._current()
        self.end.setVisible(line is not None)
        if line is None:
            self.standing.setText("The family is not held.")
            return
        until = f" to {date_year(line.hold.last)}" if line.hold.last else ""
        why = line.reason or "the reason is sealed for you"
        self.standing.setText(f"Held from {date_year(line.hold.first)}{until}: {why}")

    def _do(self, deed: Callable[[], Changes], words: str) -> None:
        try:
            changes = deed()
        except Refused as refused:
            self._refuse(str(refused))
            return
        self.close_panel()
        self._shell.announce(changes)
        self._shell.say(words)

    def _refuse(self, words: str) -> None:
        self.set_fault(words)
        self._shell.say(words, alarm=True)
