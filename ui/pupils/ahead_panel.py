"""Looking ahead beside a child's page: what the year can still come to, also if so much more is missed."""

from __future__ import annotations

from typing import ClassVar

from desktop_app.actions.forecast import forecast
from desktop_app.domain.errors import Refused
from desktop_app.domain.forecast import Forecast
from desktop_app.domain.people import Pupil
from desktop_app.rules.forecast_words import forecast_words, what_if
from desktop_app.rules.typed_missed import read_missed
from ui.parts.field import Field
from ui.parts.inputs import LineEdit
from ui.parts.panel import Panel
from ui.parts.text import Label
from ui.pupils.said_list import SaidLine, SaidList, SaidModel
from ui.shell import Shell
from ui.tokens import TextRole

WIDTH = 404


class AheadPanel(Panel):
    """The forecast in sentences, and above it a line that answers while somebody types."""

    help_section: ClassVar[str] = "ahead"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell.theme, "Look ahead", width=WIDTH)
        theme = shell.theme
        self._shell = shell
        self._child: Pupil | None = None
        self.found: Forecast | None = None
        self.missed = LineEdit(theme, "5 sessions, or 2½ days")
        self._field = Field(theme, "What if so many more are missed?", self.missed)
        self.answer = Label(theme, "", TextRole.STRONG, wrap=True)
        self.model = SaidModel(self)
        self.list = SaidList(theme, self.model, "What the year can still come to")
        self.form.addWidget(self._field)
        self.form.addWidget(self.answer)
        self.form.addWidget(self.list, 1)
        self.missed.textChanged.connect(self._reckon)

    def open_for(self, child: Pupil) -> None:
        """Look ahead for this child, from today."""
        self._child = child
        self.missed.clear()
        self._read(child)
        self.open_with(self.missed)

    def refresh(self) -> None:
        """Read again, where it is open; what is typed stays."""
        if not self.isHidden() and self._child is not None:
            self._read(self._child)

    def _read(self, child: Pupil) -> None:
        context = self._shell.context
        try:
            self.found = forecast(context, child.id, context.today())
        except Refused as refused:
            self.found = None
            self.set_fault(str(refused))
        self.model.show_lines([SaidLine(*one) for one in forecast_words(self.found)] if self.found else ())
        self._reckon()

    def _reckon(self) -> None:
        """Answer what stands in the line, or say why it cannot be answered."""
        words, fault = "", ""
        typed = self.missed.text().strip()
        if self.found is not None:
            try:
                words = what_if(self.found, read_missed(typed) if typed else 0)
            except Refused as refused:
                fault = str(refused)
        self._field.set_fault(fault)
        self.answer.setText(words)
        self.answer.setVisible(bool(words))
