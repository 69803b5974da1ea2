"""The copy that is changed: its text, a line to find in it, what the check says, and why it is adopted."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.packs.editor import TextEditor
from ui.parts.buttons import Button
from ui.parts.card import Card
from ui.parts.field import Field
from ui.parts.inputs import AnswerLine
from ui.parts.text import Label
from ui.shell import Shell
from ui.tokens import TextRole

MOST_SHOWN = 8
LINE = re.compile(r"\bline (\d+)")
NAMED = re.compile(r"^([a-z-]+)\[(\d+)\]")
KEY = re.compile(r"“([a-z0-9.-]+)”")


class ChangingCard(Card):
    """Nothing holds before it is checked and adopted. `text` is what stands there."""

    check_asked = Signal()
    adopt_asked = Signal(str)

    def __init__(self, shell: Shell) -> None:
        theme = shell.theme
        super().__init__(theme, "A copy, as text", "Give it a version of its own", flush=True)
        self._shell = shell
        self._before = ""
        self.editor = TextEditor(theme, "The pack as text")
        self.seek = AnswerLine(theme, "Find in the text")
        self.seek.setAccessibleName("Find in the text")
        self.check = Button(theme, "Check", key="Ctrl+Enter", bind=False)
        self.adopt = Button(theme, "Adopt", key="Enter", primary=True, bind=False)
        self.says = Label(theme, "", TextRole.BODY, wrap=True)
        self.reason = AnswerLine(theme, "Our panel agreed on it on 12 November")
        self.reason_field = Field(theme, "Why the pack changes", self.reason)
        self._build()
        self.seek.given.connect(self._find)
        self.seek.gave_up.connect(self.editor.setFocus)
        self.check.clicked.connect(self.check_asked)
        self.adopt.clicked.connect(self._give)
        self.reason.given.connect(self._give)
        self.reason.gave_up.connect(self.editor.setFocus)
        self.editor.textChanged.connect(self._touch)

    @property
    def text(self) -> str:
        """What stands there."""
        return self.editor.toPlainText()

    @property
    def touched(self) -> bool:
        """Whether it is other than what was opened."""
        return bool(self._before) and self.text != self._before

    def open_text(self, text: str) -> None:
        """Show a text to be changed; one that is open already stays as it is."""
        if text != self.text:
            self._before = text
            self.editor.setPlainText(text)
        self._touch()
        self.editor.setFocus()

    def close_text(self) -> None:
        """Let it go: it was adopted."""
        self._before = ""
        self.reason.clear()
        self.editor.setPlainText("")

    def first_focus(self) -> QWidget:
        """The text."""
        return self.editor

    def to_find(self) -> None:
        """Put the keyboard into the line to find in."""
        if self.isVisible():
            self.seek.setFocus()
            self.seek.selectAll()

    def step_back(self) -> bool:
        """From another field back to the text; false where the keyboard is there already."""
        if self.editor.hasFocus():
            return False
        self.editor.setFocus()
        return True

    def wait(self) -> None:
        """The check is under way."""
        self._say("Checking …")

    def show_check(self, version: str, changes: Sequence[str]) -> None:
        """It can be used: say what it changes, and ask why."""
        shown = [f"• {one}" for one in changes[:MOST_SHOWN]]
        if len(changes) > MOST_SHOWN:
            shown.append(f"• and {len(changes) - MOST_SHOWN} more")
        head = f"✓ Version {version} can be used. It changes:" if changes else f"✓ Version {version} can be used."
        self._say("\n".join([head, *(shown or ["• Nothing but its version, or words outside its bands and steps"])]))
        self.reason_field.show()
        self.adopt.show()
        self.reason.setFocus()

    def show_fault(self, words: str) -> None:
        """It cannot be used: say where and why, and go there where the place is known."""
        self._say(f"⚠ {words}", "alarm")
        self.reason_field.hide()
        self.adopt.hide()
        self.editor.setFocus()
        self._go_to(words)

    def _build(self) -> None:
        space = self._shell.theme.space
        head = QWidget()
        line = QHBoxLayout(head)
        line.setContentsMargins(space(3.5), space(2), space(3.5), space(2))
        line.setSpacing(space(3))
        line.addWidget(self.seek, 1)
        line.addWidget(self.check)
        foot = QWidget()
        below = QVBoxLayout(foot)
        below.setContentsMargins(space(3.5), space(2), space(3.5), space(2))
        below.setSpacing(space(2))
        below.addWidget(self.says)
        row = QHBoxLayout()
        row.setSpacing(space(3))
        row.addWidget(self.reason_field, 1)
        row.addWidget(self.adopt)
        below.addLayout(row)
        self.body.addWidget(head)
        self.body.addWidget(self.editor, 1)
        self.body.addWidget(foot)
        self.reason_field.hide()
        self.adopt.hide()

    def _say(self, words: str, ink: str = "ink") -> None:
        self.says.set_ink(ink)
        self.says.setText(words)
        self.says.setVisible(bool(words))

    def _touch(self) -> None:
        """Changed again: what was checked is not what stands there."""
        self._say(
            "Change what the school does otherwise, and give it a version of its own; Ctrl+Enter checks it.", "second"
        )
        self.reason_field.hide()
        self.adopt.hide()

    def _give(self) -> None:
        self.adopt_asked.emit(self.reason.text())

    def _find(self) -> None:
        if self.seek.text() and not self.editor.find_next(self.seek.text()):
            self._shell.say(f"“{self.seek.text()}” is nowhere in the text.", alarm=True)

    def _go_to(self, words: str) -> None:
        if line := LINE.search(words):
            self.editor.go_to_line(int(line[1]))
            return
        lines = self.text.split("\n")
        if named := NAMED.search(words):
            tables = [at for at, one in enumerate(lines, 1) if one.strip() == f"[[{named[1]}]]"]
            if len(tables) >= int(named[2]):
                self.editor.go_to_line(tables[int(named[2]) - 1])
                return
        for key in KEY.findall(words):
            found = next((at for at, one in enumerate(lines, 1) if f'"{key}"' in one or one.startswith(f"{key} ")), 0)
            if found:
                self.editor.go_to_line(found)
                return
