"""Giving an unexplained absence its code from the calling list: a letter, and what code or law asks besides."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.actions.register import Written, undo, write
from desktop_app.actions.register_checks import Edit
from desktop_app.domain.codes import Code
from desktop_app.domain.errors import NeedsReason, Refused
from desktop_app.rules.codes import PRESENT_KEYS, SpellState, present_mark, settle, spell
from ui.parts.inputs import AnswerLine
from ui.parts.paint import rounded
from ui.parts.text import ElidedLabel
from ui.register.reason import ReasonBar
from ui.register.words import asked_words, left_words
from ui.shell import Shell
from ui.theme import Theme
from ui.today.calling_model import CallLine
from ui.tokens import RADIUS_CARD, TextRole


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A code about to be written for one line, and what was asked for with it."""

    line: CallLine
    code: Code
    edits: tuple[Edit, ...]


class Coding(QWidget):
    """Spells the code, asks for minutes, a note or a reason in a bar under the list, and writes."""

    waiting_changed = Signal(str)
    """What is half typed, such as `C`; empty when nothing waits."""
    finished = Signal()
    """The bar is gone: the keyboard belongs to the list again."""
    carried = Signal(str)
    """A key that belongs to the next line."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._typed = ""
        self._line: CallLine | None = None
        self._wanted: _Wanted | None = None
        self._done: list[tuple[Written, ...]] = []
        self.detail = _DetailBar(shell.theme)
        self.reason = ReasonBar(shell.theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.detail)
        column.addWidget(self.reason)
        self.detail.given.connect(self._detailed)
        self.detail.gave_up.connect(self.give_up)
        self.reason.given.connect(self._reasoned)
        self.reason.gave_up.connect(self.give_up)

    def type_key(self, line: CallLine, key: str) -> None:
        """Take a key typed on a line of the list."""
        self._line = line
        session = line.sessions[0]
        spelling = spell(self._typed, key, session.half, session.day, self._shell.context.rulebook.codes)
        if spelling.state is SpellState.WAIT:
            self._wait(spelling.code)
        elif spelling.state is SpellState.REFUSE:
            self._wait("")
            self._shell.say(spelling.words, alarm=True)
        elif spelling.state is SpellState.COMMIT:
            self._wait("")
            self._begin(line, spelling.code)
            if spelling.carry:
                self.carried.emit(spelling.carry)

    def leave(self) -> None:
        """Another line is current: what waits is decided, what was being asked is given up."""
        if not self.settle() and self._wanted is not None:
            self.give_up()

    def settle(self) -> bool:
        """Decide about what waits, since its line is being left; whether anything waited."""
        line = self._line
        if not self._typed or line is None:
            return False
        spelling = settle(self._typed)
        self._wait("")
        if spelling.state is SpellState.COMMIT:
            self._begin(line, spelling.code)
        else:
            self._shell.say(spelling.words, alarm=True)
        return True

    def undo_last(self) -> None:
        """Take back the last code given here."""
        if not self._done:
            self._shell.say("There is nothing to undo here.")
            return
        try:
            undone, changes = undo(self._shell.context, self._done[-1])
        except Refused as refused:
            self._shell.say(str(refused), alarm=True)
            return
        self._done.pop()
        self._shell.announce(changes)
        said = ("Undone: the absence is without a reason again.", left_words(undone.left))
        self._shell.say(" ".join(part for part in said if part))

    def remember(self, written: tuple[Written, ...]) -> None:
        """Marks that a call wrote: Ctrl+Z takes these back first."""
        if written:
            self._done.append(written)

    def give_up(self) -> None:
        """Write nothing after all."""
        if self._wanted is not None or self._typed:
            self._shell.say("Nothing was written.")
        self._wanted = None
        self._wait("")
        self._hide_bars()

    def _wait(self, typed: str) -> None:
        self._typed = typed
        self.waiting_changed.emit(typed)

    def _begin(self, line: CallLine, key: str) -> None:
        codes = self._shell.context.rulebook.codes
        present = key in PRESENT_KEYS
        edits = tuple(
            Edit(line.child.pupil.id, session, present_mark(session.half, codes) if present else key)
            for session in line.sessions
        )
        self._wanted = _Wanted(line, codes[key], edits)
        who = f"{line.child.pupil.name}, {line.when}: {key}, {codes[key].title}"
        if codes[key].takes_minutes:
            self.detail.ask(who, "Minutes late, or Enter for none")
        elif codes[key].needs_note:
            self.detail.ask(who, "What it was, and where")
        else:
            self._write(self._wanted, "")

    def _detailed(self, text: str) -> None:
        wanted = self._wanted
        if wanted is None:
            return
        if not wanted.code.takes_minutes:
            wanted = replace(wanted, edits=tuple(replace(edit, note=text) for edit in wanted.edits))
        elif text:
            if not (text.isascii() and text.isdigit()):
                self._shell.say("Minutes late are a number, such as 12.", alarm=True)
                return
            wanted = replace(wanted, edits=tuple(replace(edit, minutes=int(text)) for edit in wanted.edits))
        self._wanted = wanted
        self._write(wanted, "")

    def _reasoned(self, reason: str) -> None:
        if self._wanted is not None:
            self._write(self._wanted, reason)

    def _write(self, wanted: _Wanted, reason: str) -> None:
        try:
            written, changes = write(self._shell.context, wanted.edits, reason)
        except NeedsReason as asked:
            self._ask_reason(wanted, str(asked))
            return
        except Refused as refused:
            self._shell.say(str(refused), alarm=True)
            if not self.detail.isVisible() and not self.reason.isVisible():
                self._wanted = None
            return
        self._wanted = None
        self._done.append(written)
        self._hide_bars()
        self._shell.announce(changes)
        said = f"{_who(wanted)}: {wanted.code.key}, {wanted.code.title}."
        self._shell.say(" ".join(part for part in (said, asked_words(written) or "Ctrl+Z undoes it.") if part))

    def _ask_reason(self, wanted: _Wanted, words: str) -> None:
        self.detail.hide()
        self.reason.ask(words, f"{_who(wanted)}: N becomes {wanted.code.key}, {wanted.code.title}")

    def _hide_bars(self) -> None:
        self.detail.hide()
        self.reason.hide()
        self.finished.emit()


def _who(wanted: _Wanted) -> str:
    return f"{wanted.line.child.pupil.name}, {wanted.line.when}"


class _DetailBar(QWidget):
    """Asks for the minutes or the note that a code needs. Enter gives it, Esc writes nothing."""

    given = Signal(str)
    gave_up = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._words = ElidedLabel(theme, "", TextRole.STRONG)
        self.line = AnswerLine(theme)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.space(3.5), theme.space(2), theme.space(3.5), theme.space(2))
        row.setSpacing(theme.space(3))
        row.addWidget(self._words, 3)
        row.addWidget(self.line, 2)
        self.line.given.connect(lambda: self.given.emit(self.line.text().strip()))
        self.line.gave_up.connect(self.gave_up)
        theme.changed.connect(self.update)
        self.hide()

    def ask(self, words: str, hint: str) -> None:
        """Show the bar and put the keyboard in it."""
        self._words.setText(words)
        self.line.clear()
        self.line.setPlaceholderText(hint)
        self.line.setAccessibleName(hint)
        self.show()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        rounded(QPainter(self), self.rect(), RADIUS_CARD, self._theme.colour("soft"), self._theme.colour("accent"))
