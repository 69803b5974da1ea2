"""The inputs of a planned absence: the same where one is planned and where one is changed."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.domain.errors import Refused
from desktop_app.domain.school import Plan
from desktop_app.domain.sessions import HALVES, Half
from desktop_app.rules.plans import LEAVE, plannable
from ui.parts.field import Field
from ui.parts.inputs import Choice, DateEdit, LineEdit
from ui.shell import Shell


class PlanForm(QObject):
    """Holds the inputs; whoever shows them lays them out, and the two that only some codes need come and go."""

    def __init__(self, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        theme, today = shell.theme, shell.context.today
        self._shell = shell
        self.code = Choice(theme)
        self.first, self.last, self.asked_on = DateEdit(theme, today), DateEdit(theme, today), DateEdit(theme, today)
        self.first_half, self.last_half = Choice(theme), Choice(theme)
        self.note = LineEdit(theme, "Dentist, museum, grandmother’s funeral …")
        self.provider = LineEdit(theme, "Where the child attends")
        self.asked_by, self.decided_by = LineEdit(theme, "Ms K Kaya"), LineEdit(theme, "Dr A Rahman")
        for code in plannable(shell.context.rulebook.codes, shell.context.today()):
            self.code.add(f"{code.key}  {code.title}", code.key)
        for choice in (self.first_half, self.last_half):
            for half in HALVES:
                choice.add(half.value, half)
        self.last_half.choose(Half.PM)
        self.for_elsewhere = Field(theme, "Where", self.provider)
        self.for_leave = QWidget()
        leave = QHBoxLayout(self.for_leave)
        leave.setContentsMargins(0, 0, 0, 0)
        leave.setSpacing(theme.space(3))
        for words, editor in (
            ("Who asked for it?", self.asked_by),
            ("On which day?", self.asked_on),
            ("Who gave it?", self.decided_by),
        ):
            leave.addWidget(Field(theme, words, editor))
        self.code.currentIndexChanged.connect(self.suit_code)

    def clear(self) -> None:
        """Empty, for today; the code stays, since one often plans several of a kind."""
        for line in (self.note, self.provider, self.asked_by, self.decided_by):
            line.clear()
        for day in (self.first, self.last, self.asked_on):
            day.set_date(self._shell.context.today())
        self.suit_code()

    def show_plan(self, plan: Plan) -> None:
        """Show what a plan says."""
        self.code.choose(plan.code)
        for editor, day in ((self.first, plan.first), (self.last, plan.last), (self.asked_on, plan.asked_on)):
            editor.set_date(day)
        self.first_half.choose(plan.first_half)
        self.last_half.choose(plan.last_half)
        self.note.setText(plan.note)
        self.provider.setText(plan.provider)
        self.asked_by.setText(plan.asked_by)
        self.decided_by.setText(plan.decided_by)
        self.suit_code()

    def suit_code(self) -> None:
        """Ask only for what the code needs."""
        key = str(self.code.value() or "")
        self.for_leave.setVisible(key in LEAVE)
        self.for_elsewhere.setVisible(bool(key) and self._shell.context.rulebook.codes[key].elsewhere)

    def wanted(self, before: Plan | None = None) -> Plan:
        """The plan as typed, with the id, child and group of the one it changes. Raises `Refused`."""
        leave = str(self.code.value()) in LEAVE
        given_on = before.decided_on if before and before.decided_on else self._shell.context.today()
        return Plan(
            id=before.id if before else 0,
            pupil=before.pupil if before else 0,
            group=before.group if before else 0,
            code=str(self.code.value()),
            first=_day(self.first, "From"),
            first_half=Half(str(self.first_half.value())),
            last=_day(self.last, "To"),
            last_half=Half(str(self.last_half.value())),
            note=self.note.text().strip(),
            asked_by=self.asked_by.text().strip() if leave else "",
            asked_on=self.asked_on.date() if leave else None,
            decided_by=self.decided_by.text().strip() if leave else "",
            decided_on=given_on if leave else None,
            provider=self.provider.text().strip(),
        )


def _day(editor: DateEdit, words: str) -> date:
    found = editor.date()
    if found is None:
        raise Refused(f"{words}: that is not a day. Write it as 24/11/2026.")
    return found
