"""The two small forms of the chronology: add to an entry, or withdraw it with a reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextCursor

from desktop_app.actions.log import add_to, withdraw
from desktop_app.domain.entries import Entry
from desktop_app.domain.errors import Refused
from desktop_app.domain.progress import Changes
from desktop_app.rules.display import date_year
from ui.parts.buttons import Button
from ui.parts.field import Field
from ui.parts.inputs import NoteEdit
from ui.parts.panel import Panel
from ui.parts.text import Label
from ui.shell import Shell
from ui.tokens import TextRole

WIDTH = 372


class AmendPanel(Panel):
    """An entry is never edited: this panel adds a note under it, or strikes it and says why."""

    help_section: ClassVar[str] = "log"

    saved = Signal(int)
    """The entry to look at next."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell.theme, "Add to this entry", width=WIDTH)
        self._shell = shell
        self._entry: Entry | None = None
        self._done = ""
        self._drafts: dict[tuple[int, str], str] = {}
        self._deed: Callable[[int, str], tuple[int, Changes]] = self._add
        self._what = Label(shell.theme, "", TextRole.STRONG, wrap=True)
        self._text = NoteEdit(shell.theme, lines=5)
        self._field = Field(shell.theme, "Note", self._text)
        save = Button(shell.theme, "Save", key="Ctrl+Enter", primary=True, bind=False)
        save.clicked.connect(self.save)
        self.form.addWidget(self._what)
        self.form.addWidget(self._field)
        self.form.addStretch(1)
        self.buttons.addWidget(save)
        self.buttons.addStretch(1)

    def open_to_add(self, entry: Entry) -> None:
        """Ask for a note to stand under the entry."""
        self._done = "Added to"
        self._open(entry, "Add to this entry", "Note", self._add)

    def open_to_withdraw(self, entry: Entry) -> None:
        """Ask why the entry is withdrawn; it stays readable, struck, with the reason."""
        self._done = "Withdrawn:"
        self._open(
            entry, "Withdraw this entry", "Reason (the entry stays readable, with this beside it)", self._withdraw
        )

    def save(self) -> None:
        """Do it, or say in the panel why not."""
        if self._entry is None:
            return
        try:
            shown, changes = self._deed(self._entry.id, self._text.toPlainText())
        except Refused as refused:
            self.set_fault(str(refused))
            self._shell.say(str(refused), alarm=True)
            return
        self._text.clear()
        self.close_panel()
        self._shell.announce(changes)
        self._shell.say(f"{self._done} {self._what.text()}.")
        self.saved.emit(shown)

    def close_panel(self) -> None:
        """Close; what was typed is there again when the same is asked of the same entry."""
        if self.isVisible() and self._entry is not None:
            typed = self._text.toPlainText()
            self._drafts[self._entry.id, self._done] = typed
            self._shell.say("What you typed is kept for this entry." if typed.strip() else "")
        super().close_panel()

    def _open(self, entry: Entry, title: str, words: str, deed: Callable[[int, str], tuple[int, Changes]]) -> None:
        if self._shell.context.store.read_only:
            self._shell.say("This school is open to read only here: nothing can be added or withdrawn.", alarm=True)
            return
        self._entry = entry
        self._deed = deed
        self.set_title(title)
        self._field.label.setText(words)
        self._text.setAccessibleName(words)
        self._what.setText(f"{entry.kind.label}, {date_year(entry.happened_at.date())}: {entry.outcome}")
        self._text.setPlainText(self._drafts.get((entry.id, self._done), ""))
        self._text.moveCursor(QTextCursor.MoveOperation.End)
        self.open_with(self._text)

    def _add(self, entry: int, text: str) -> tuple[int, Changes]:
        return add_to(self._shell.context, entry, text)

    def _withdraw(self, entry: int, text: str) -> tuple[int, Changes]:
        return entry, withdraw(self._shell.context, entry, text)
