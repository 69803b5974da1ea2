"""The ledger beside a child’s page: each parent apart, with what to know before anything is sent."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Signal

from desktop_app.actions.ledger import ledger
from desktop_app.domain.errors import Refused
from desktop_app.domain.people import Pupil
from ui.case_keys import LEDGER
from ui.keys import hints
from ui.ledger.view import LedgerView
from ui.parts.hints import KeyHints
from ui.parts.panel import Panel
from ui.parts.text import Label
from ui.runner import words_of
from ui.shell import Shell

NARROWEST = 440


class LedgerPanel(Panel):
    """Opened by E, in the place of the page: columns want room. Enter on a line closes it and goes to the entry in the
    chronology."""

    help_section: ClassVar[str] = "ledger"

    entry_asked = Signal(int)

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell.theme, "Each parent")
        self.setMinimumWidth(NARROWEST)
        self._shell = shell
        self._child: Pupil | None = None
        self.view = LedgerView(shell.theme)
        self.refused = Label(shell.theme, "", ink="second", wrap=True)
        self.form.addWidget(self.refused)
        self.form.addWidget(self.view, 1)
        self.buttons.addWidget(KeyHints(shell.theme, hints(LEDGER)), 1)
        self.view.opened.connect(self._go)

    def open_for(self, child: Pupil) -> None:
        """Show the ledger of this child."""
        self._child = child
        self.set_title(f"Each parent of {child.name}")
        self._read()
        self.open_with(self.view.first_focus())

    def refresh(self) -> None:
        """Read again what stands, where the panel is open."""
        if not self.isHidden():
            self._read()

    def _read(self) -> None:
        if self._child is None:
            return
        try:
            found = ledger(self._shell.context, self._child.id)
        except Refused as refused:
            self.refused.setText(words_of(refused))
            self.view.hide()
        else:
            self.refused.setText("")
            self.view.show_ledger(found)
            self.view.show()
        self.refused.setVisible(bool(self.refused.text()))

    def _go(self, entry: int) -> None:
        self.close_panel()
        self.entry_asked.emit(entry)
