"""The restricted notes about a child, for whoever has the second key. Nobody else is shown that there are any."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QVBoxLayout

from desktop_app.actions.restricted import RestrictedNote, restricted_notes
from desktop_app.domain.errors import Refused
from desktop_app.domain.kinds import OPINION
from desktop_app.domain.people import Pupil
from desktop_app.rules.display import date_year
from desktop_app.rules.entry_forms import told
from ui.parts.buttons import Button
from ui.parts.panel import Panel
from ui.parts.text import Label
from ui.shell import Shell
from ui.tokens import TextRole

WIDTH = 372
LOCKED = "Sealed with a key that your password does not open. Whoever wrote it can read it to you."


class RestrictedPanel(Panel):
    """Every one of them, newest first; they are read here and nowhere else."""

    help_section: ClassVar[str] = "log"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell.theme, "Restricted notes", width=WIDTH)
        self._shell = shell
        self._notes = QVBoxLayout()
        self.form.addLayout(self._notes)
        self.form.addStretch(1)
        self._shut = Button(shell.theme, "Close", key="Esc", bind=False)
        self._shut.clicked.connect(self.close_panel)
        self.buttons.addWidget(self._shut)
        self.buttons.addStretch(1)

    def open_for(self, child: Pupil) -> None:
        """Show those about a child; nothing happens for somebody without the second key."""
        try:
            notes = restricted_notes(self._shell.context, child.id)
        except Refused as refused:
            self._shell.say(str(refused), alarm=True)
            return
        self._empty()
        for note in reversed(notes):
            self._show(note)
        if not notes:
            none = f"None about {child.name}. Tick “Restricted” in the log form to write one."
            self._say(none, TextRole.BODY, "second")
        self.open_with(self._shut)

    def close_panel(self) -> None:
        """Close; the words are not kept in the window."""
        self._empty()
        super().close_panel()

    def _show(self, note: RestrictedNote) -> None:
        entry = note.entry
        head = f"{entry.kind.label}, {date_year(entry.happened_at.date())}, by {entry.author.name}"
        if entry.withdrawn is not None and note.readable:
            head += f" (withdrawn: {entry.withdrawn.reason})"
        self._say(head, TextRole.SECONDARY_STRONG, "second")
        if not note.readable:
            self._say(LOCKED, TextRole.BODY, "second")
            return
        rule = self._shell.context.rulebook.kinds.rules.get(entry.kind)
        details = told(rule, entry.details, {}) if rule is not None else ()
        for words in (entry.outcome, entry.note, *(f"{title}: {value}" for title, value in details)):
            self._say(words, TextRole.BODY, "ink")
        if entry.details.get(OPINION):
            self._say(f"What {entry.author.name} thinks: {entry.details[OPINION]}", TextRole.BODY, "second")

    def _say(self, words: str, role: TextRole, ink: str) -> None:
        if words:
            self._notes.addWidget(Label(self._shell.theme, words, role, ink, wrap=True))

    def _empty(self) -> None:
        while (item := self._notes.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
