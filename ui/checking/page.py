"""The place Check a document: a file is chosen or dropped on the window, and a plain answer says what it is."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop_app.actions.frozen import verify_file
from desktop_app.context import Context
from desktop_app.domain.frozen import Ours, Verdict
from desktop_app.domain.progress import Progress
from ui.case_keys import CHECK
from ui.keys import hints
from ui.parts.buttons import Button
from ui.parts.card import Card, row_of
from ui.parts.chip import Chip
from ui.parts.chords import on_chord
from ui.parts.header import PageHeader
from ui.parts.hints import KeyHints
from ui.parts.progress import ProgressStrip
from ui.parts.text import Label
from ui.runner import Job, words_of
from ui.shell import Page, Shell
from ui.tokens import TextRole, Tone

WHAT = (
    "Whether a file is a document that this school made and kept, and not one letter of it is otherwise. Drop it"
    " anywhere on the window, or choose it with Ctrl+O. It is only read; nothing of it is kept."
)
SAID = {
    Ours.UNCHANGED: ("Ours and unchanged", Tone.GOOD),
    Ours.CHANGED: ("Ours but changed", Tone.BAD),
    Ours.FOREIGN: ("Not ours", Tone.CAUTION),
}
"""Each in a word; the tone has its own shape as well as its colour."""


class CheckPage(Page):
    """Asks the action, beside the window."""

    place: ClassVar[str] = "check"
    help_section: ClassVar[str] = "bundles"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        theme = self.theme
        self.header = PageHeader(theme, "Check a document", "Is it ours, and unchanged?")
        self.strip = ProgressStrip(theme, can_cancel=False)
        self.card = Card(theme, "No file was checked yet")
        self.says = Label(theme, WHAT, TextRole.BODY, "second", wrap=True)
        self.digest = Label(theme, "", TextRole.SECONDARY, "second", wrap=True)
        self.digest.let_select()
        self._chip: Chip | None = None
        self._chips = row_of()
        self._job: Job | None = None
        choose = Button(theme, "Choose a file", key="Ctrl+O", primary=True, bind=False, icon="folder")
        choose.clicked.connect(self.ask_file)
        self.choose = choose
        self.header.add_action(choose)
        self.card.body.setSpacing(theme.space(3))
        self.card.body.addLayout(self._chips)
        for label in (self.says, self.digest):
            self.card.body.addWidget(label)
        column = QVBoxLayout(self)
        side = theme.space(5)
        column.setContentsMargins(side, side, side, theme.space(2))
        column.setSpacing(theme.space(3))
        column.addWidget(self.header)
        column.addWidget(self.strip)
        column.addWidget(self.card)
        column.addStretch(1)
        column.addWidget(KeyHints(theme, hints(CHECK)))
        on_chord(self, "Ctrl+O", self.ask_file)

    def show_at(self, **where: object) -> None:
        """`file` is checked at once."""
        file = where.get("file")
        if isinstance(file, Path):
            self.check_file(file)

    def first_focus(self) -> QWidget:
        return self.choose

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.shell.home()
        else:
            super().keyPressEvent(event)

    def ask_file(self) -> None:
        """Ask which file, in the system's own dialog."""
        chosen, _ = QFileDialog.getOpenFileName(self, "Check a document", str(Path.home()), "All files (*)")
        if chosen:
            self.check_file(Path(chosen))

    def check_file(self, path: Path) -> None:
        """Check a file beside the window."""
        if self._job is not None:
            self.shell.say("Wait until the other file is checked.", alarm=True)
            return
        self.card.set_title(path.name)
        self._show_chip(None)
        self.says.setText("Looking …")
        self.digest.setText("")
        self.strip.begin(f"Checking {path.name}")
        self._job = self.shell.runner.start(
            _checking(self.shell.context, path), self.strip.show_progress, self._found, self._failed, self._end
        )

    def _found(self, verdict: Verdict) -> None:
        self._end()
        self._show_chip(verdict.state)
        self.says.setText(verdict.says)
        self.digest.setText(f"SHA-256 of the file: {verdict.sha256}")
        self.shell.say(verdict.says, alarm=verdict.state is Ours.CHANGED)

    def _failed(self, error: Exception) -> None:
        self._end()
        self.says.setText(words_of(error))
        self.shell.say(words_of(error), alarm=True)

    def _end(self) -> None:
        self._job = None
        self.strip.end()

    def _show_chip(self, state: Ours | None) -> None:
        if self._chip is not None:
            self._chips.removeWidget(self._chip)
            self._chip.hide()
            self._chip.deleteLater()
        self._chip = Chip(self.theme, *SAID[state]) if state is not None else None
        if self._chip is not None:
            self._chips.insertWidget(0, self._chip)


def _checking(context: Context, path: Path) -> Generator[Progress, None, Verdict]:
    """The check, as work beside the window."""
    yield Progress(0, 1, f"Checking {path.name}")
    return verify_file(context, path)
