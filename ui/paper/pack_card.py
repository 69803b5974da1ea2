"""The continuity pack of each morning: how it stands, and where it goes from now on."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout

from desktop_app.actions.continuity import Continuity, arrange_continuity, continuity, may_arrange
from desktop_app.domain.errors import Refused
from desktop_app.domain.rights import Right
from desktop_app.rules.display import clock_time, long_date
from ui.parts.buttons import Button
from ui.parts.card import Card
from ui.parts.field import Field
from ui.parts.inputs import LineEdit
from ui.parts.text import Label
from ui.runner import words_of
from ui.shell import Shell
from ui.tokens import TextRole

WHAT = (
    "Registers, roll-call and numbers to call, for a day on which the computer cannot be used. Made by itself each "
    "school morning, in place of the one before; nobody opens it without the password."
)


class PackCard(Card):
    """Says when the pack was made last or why not; the headteacher names folder and password here."""

    arranged = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell.theme, "Continuity pack")
        theme = shell.theme
        self._shell = shell
        self.state = Label(theme, "", TextRole.STRONG, wrap=True)
        self.folder = LineEdit(theme, "A folder on a memory stick or another PC")
        self.password = LineEdit(theme, "Four words in a row")
        self.password.setEchoMode(LineEdit.EchoMode.Password)
        self.again = LineEdit(theme, "The same once more")
        self.again.setEchoMode(LineEdit.EchoMode.Password)
        self.choose = Button(theme, "Choose …")
        self.keep = Button(theme, "Keep it there")
        self.now = Button(theme, "Make today’s now", key="Ctrl+M", bind=False)
        self.for_folder = Field(theme, "Folder", self.folder)
        self.for_password = Field(theme, "Password", self.password)
        self.said = Label(theme, "", TextRole.STRONG, "alarm", wrap=True)
        self.said.hide()
        self._build()
        self.choose.clicked.connect(self.ask_folder)
        self.keep.clicked.connect(self.arrange)

    def read(self) -> None:
        """Read how it stands."""
        context = self._shell.context
        found = continuity(context)
        self.state.setText(_state(found))
        self.state.set_ink("alarm" if found.failed else "ink")
        if not self.folder.isModified():
            self.folder.setText(str(found.folder or ""))
        for widget in (self.folder, self.password, self.again, self.choose, self.keep):
            widget.setEnabled(may_arrange(context))
        self.for_password.help.setText("Left empty, it stays as it is." if found.folder else "")
        self.for_password.help.setVisible(found.folder is not None)
        may = context.may(Right.CONTINUITY) and not context.store.read_only
        self.now.setEnabled(may and found.folder is not None)

    def ask_folder(self) -> None:
        """Ask for the folder in the system's own dialog."""
        name = QFileDialog.getExistingDirectory(self, "Where the continuity pack is kept", self.folder.text())
        if name:
            self.folder.setText(name)
            self.folder.setModified(True)

    def arrange(self) -> None:
        """Let it go there from now on."""
        typed = self.folder.text().strip()
        try:
            if not typed:
                raise Refused("Say in which folder the pack is to lie.")
            if self.password.text() != self.again.text():
                raise Refused("The two passwords are not the same.")
            changes = arrange_continuity(self._shell.context, Path(typed), self.password.text())
        except Refused as refused:
            self._say(words_of(refused))
            return
        self._say("")
        self.password.clear()
        self.again.clear()
        self.folder.setModified(False)
        self._shell.announce(changes)
        self.read()
        self.arranged.emit()

    def _say(self, words: str) -> None:
        self.said.setText(f"⚠ {words}" if words else "")
        self.said.setVisible(bool(words))
        self.said.setAccessibleName(words)

    def _build(self) -> None:
        theme = self._shell.theme
        self.body.setSpacing(theme.space(3))
        self.body.addWidget(Label(theme, WHAT, TextRole.BODY, "second", wrap=True))
        self.body.addWidget(self.state)
        self.body.addWidget(self.for_folder)
        self.body.addWidget(self.for_password)
        self.body.addWidget(Field(theme, "Password again", self.again))
        self.body.addWidget(self.said)
        row = QHBoxLayout()
        for button in (self.choose, self.keep, self.now):
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addStretch(1)


def _state(found: Continuity) -> str:
    if found.failed:
        return f"⚠ Not made, {found.failed}"
    if found.folder is None:
        return "Nobody has said yet where it goes: the headteacher names a folder and a password."
    if found.made is None:
        return "Not made yet in this folder."
    return f"✓ Made on {long_date(found.made.date())} at {clock_time(found.made)}"
