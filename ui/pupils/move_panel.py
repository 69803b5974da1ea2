"""Another class or year group, from a day: the figures of before stay with the class of before."""

from __future__ import annotations

from typing import ClassVar

from desktop_app.actions.admission import move
from desktop_app.actions.pupils import PupilPage
from desktop_app.domain.errors import Refused
from desktop_app.domain.rights import Right
from desktop_app.rules.display import date_year
from ui.admission.child_form import line_of
from ui.parts.buttons import Button
from ui.parts.field import Field
from ui.parts.inputs import DateEdit, LineEdit
from ui.parts.panel import Panel
from ui.parts.text import Label
from ui.pupils.ready import may_change
from ui.shell import Shell
from ui.tokens import TextRole

WIDTH = 372
NOTE = "Marks and figures of the days before stay with the class the child was in then."


class MovePanel(Panel):
    """Opened beside the page of a child."""

    help_section: ClassVar[str] = "admission"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell.theme, "Class and year group", width=WIDTH)
        theme = shell.theme
        self._shell = shell
        self._page: PupilPage | None = None
        self.now = Label(theme, "", TextRole.STRONG, wrap=True)
        self.class_name, self.year = LineEdit(theme, "5A"), LineEdit(theme, "5")
        self.first = DateEdit(theme, shell.context.today)
        save = Button(theme, "Move", key="Ctrl+Enter", primary=True, bind=False)
        save.clicked.connect(self.save)
        self.form.addWidget(self.now)
        classes = (Field(theme, "Class", self.class_name), Field(theme, "Year group", self.year))
        self.form.addLayout(line_of(theme, *classes))
        self.form.addWidget(Field(theme, "From", self.first, NOTE))
        self.form.addStretch(1)
        self.buttons.addWidget(save)
        self.buttons.addStretch(1)

    def open_for(self, page: PupilPage) -> None:
        """Ask where this child goes."""
        if not may_change(self._shell, Right.ADMIT):
            return
        self._page = page
        self.now.setText(f"{page.pupil.name} is in class {page.class_name}, year {page.year}.")
        self.class_name.setText(page.class_name)
        self.year.setText(page.year)
        self.first.set_date(self._shell.context.today())
        self.open_with(self.class_name)
        self.class_name.selectAll()

    def save(self) -> None:
        """Move the child, or say in the panel why not."""
        if self._page is None:
            return
        first, name = self.first.date(), self.class_name.text().strip()
        try:
            if first is None:
                raise Refused("From: that is not a day. Write it as 24/11/2026.")
            changes = move(self._shell.context, [self._page.pupil.id], name, self.year.text().strip(), first)
        except Refused as refused:
            self.set_fault(str(refused))
            self._shell.say(str(refused), alarm=True)
            return
        self.close_panel()
        self._shell.announce(changes)
        self._shell.say(f"{self._page.pupil.name} is in class {name} from {date_year(first)}.")
