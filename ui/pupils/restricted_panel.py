"""The restricted notes about a child, for whoever has the second key. Nobody else is shown that there are any."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QVBoxLayout

from desktop_app.actions.log import withdraw
from desktop_app.actions.restricted import RestrictedNote, restricted_notes
from desktop_app.actions.saving import save
from desktop_app.actions.sealed_files import open_restricted_file, restricted_files
from desktop_app.domain.entries import Attachment
from desktop_app.domain.errors import Refused
from desktop_app.domain.kinds import OPINION
from desktop_app.domain.people import Pupil
from desktop_app.rules.display import date_year
from desktop_app.rules.entry_forms import told
from ui.log.files import file_words
from ui.parts.buttons import Button
from ui.parts.field import Field
from ui.parts.inputs import AnswerLine
from ui.parts.panel import Panel
from ui.parts.text import Label
from ui.runner import words_of
from ui.shell import Shell
from ui.tokens import TextRole

WIDTH = 372
LOCKED = "Sealed with a key that your password does not open. Whoever wrote it can read it to you."


class RestrictedPanel(Panel):
    """Every one of them, newest first; they are read here and nowhere else. N writes one, a button at each takes it
    back with a reason, and its files are saved as copies."""

    help_section: ClassVar[str] = "log"

    write_asked = Signal()
    """The form for another is asked for."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell.theme, "Restricted notes", width=WIDTH)
        self._shell = shell
        self._child: Pupil | None = None
        self._entry = 0
        self.why = AnswerLine(shell.theme, "It was put down about the wrong child")
        self.asking = Field(shell.theme, "Why is it withdrawn? The reason is sealed too", self.why)
        self.why.given.connect(self._withdraw)
        self.why.gave_up.connect(self._give_up)
        self.asking.hide()
        self._notes = QVBoxLayout()
        self.form.addLayout(self._notes)
        self.form.addStretch(1)
        self._shut = Button(shell.theme, "Close", key="Esc", bind=False)
        self._shut.clicked.connect(self.close_panel)
        self.write = Button(shell.theme, "Write one", key="N", bind=False)
        self.write.clicked.connect(self._ask_to_write)
        self.form.addWidget(self.asking)
        self.buttons.addWidget(self._shut)
        self.buttons.addWidget(self.write)
        self.buttons.addStretch(1)

    def open_for(self, child: Pupil) -> None:
        """Show those about a child; nothing happens for somebody without the second key."""
        try:
            notes = restricted_notes(self._shell.context, child.id)
            files = restricted_files(self._shell.context, child.id)
        except Refused as refused:
            self._shell.say(str(refused), alarm=True)
            return
        self._empty()
        self._child = child
        self.write.setEnabled(not self._shell.context.store.read_only)
        for note in reversed(notes):
            self._show(note, files.get(note.entry.id, ()))
        if not notes:
            none = f"None about {child.name}. N writes one."
            self._say(none, TextRole.BODY, "second")
        self.open_with(self._shut)

    def close_panel(self) -> None:
        """Close; the words are not kept in the window."""
        self._empty()
        self._child = None
        self.asking.hide()
        self.why.clear()
        super().close_panel()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """N, where nobody types: write one."""
        if event.key() == Qt.Key.Key_N and not event.modifiers() and self.asking.isHidden():
            self._ask_to_write()
        else:
            super().keyPressEvent(event)

    def save_copy(self, attachment: int, path: Path) -> None:
        """Write a copy of one of the files there, whole or not at all."""
        try:
            save(open_restricted_file(self._shell.context, attachment).content, path)
        except Refused as refused:
            self._shell.say(words_of(refused), alarm=True)
            return
        self._shell.say(f"Saved: {path}. The copy is not sealed.")

    def _show(self, note: RestrictedNote, files: Sequence[Attachment]) -> None:
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
        for file in files:
            words = file_words(file.shown_name, file.media_type, file.size)
            button = self._offer(words, f"Save a copy of {file.shown_name}")
            button.clicked.connect(lambda _=False, file=file: self._ask_where(file))
        if entry.withdrawn is None and not self._shell.context.store.read_only:
            taken = self._offer("Withdraw …", f"Withdraw the note of {date_year(entry.happened_at.date())}")
            taken.clicked.connect(lambda _=False, key=entry.id: self._ask_why(key))

    def _offer(self, words: str, spoken: str) -> Button:
        room = WIDTH - self._shell.theme.space(20)
        shown = self._shell.theme.metrics().elidedText(words, Qt.TextElideMode.ElideMiddle, room)
        button = Button(self._shell.theme, shown, bind=False)
        button.setToolTip(words)
        button.setAccessibleName(spoken)
        self._notes.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return button

    def _ask_to_write(self) -> None:
        if self.write.isEnabled():
            self.close_panel()
            self.write_asked.emit()

    def _ask_where(self, file: Attachment) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(self, "Save a copy", str(Path.home() / file.shown_name))
        if chosen:
            self.save_copy(file.id, Path(chosen))

    def _ask_why(self, entry: int) -> None:
        self._entry = entry
        self.why.clear()
        self.asking.set_fault("")
        self.asking.show()
        self.why.setFocus()

    def _withdraw(self) -> None:
        try:
            changes = withdraw(self._shell.context, self._entry, self.why.text())
        except Refused as refused:
            self.asking.set_fault(words_of(refused))
            return
        self.asking.hide()
        self._shell.announce(changes)
        if self._child is not None:
            self.open_for(self._child)
        self._shell.say("Withdrawn: the note stays here, with why.")

    def _give_up(self) -> None:
        self.asking.hide()
        self._shut.setFocus()

    def _say(self, words: str, role: TextRole, ink: str) -> None:
        if words:
            self._notes.addWidget(Label(self._shell.theme, words, role, ink, wrap=True))

    def _empty(self) -> None:
        while (item := self._notes.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
