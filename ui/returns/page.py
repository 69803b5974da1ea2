"""Returns: at the left which there are and what waits; at the right who is on one, and what was made of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.actions.returns.making import make_return
from desktop_app.actions.returns.sending import mark_sent, take_back_return
from desktop_app.domain.errors import Refused
from desktop_app.domain.progress import Changes
from desktop_app.domain.returns import MadeReturn, ReturnKind
from desktop_app.domain.rights import Right
from desktop_app.rules.display import long_month
from desktop_app.rules.session_lists import count_words
from ui.keys import hints
from ui.parts.buttons import Button
from ui.parts.card import Card
from ui.parts.chords import on_chord
from ui.parts.empty import EmptyState
from ui.parts.header import PageHeader
from ui.parts.hints import KeyHints
from ui.parts.text import Label
from ui.pupils.ready import may_change
from ui.reader import Reader
from ui.return_keys import RETURNS
from ui.returns.asking import Asking, Question
from ui.returns.kept import forget_checks, keep_checks, read_checks
from ui.returns.kinds import KindsCard
from ui.returns.made_card import MadeCard
from ui.returns.model import (
    Checks,
    LineModel,
    State,
    basis_of,
    kind_lines,
    made_head,
    shown_lines,
)
from ui.returns.reading import Read, month_beside, one_child, reading_return
from ui.returns.saving import ask_target, save_copy
from ui.returns.view import ChildrenView
from ui.runner import words_of
from ui.shell import Page, Shell
from ui.tokens import TextRole


class ReturnsPage(Page):
    """It shows what its actions worked out. What was said of each line is kept here until the return is made."""

    place: ClassVar[str] = "returns"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        theme = self.theme
        self._kind, self._month = ReturnKind.ATTENDANCE, shell.context.today()
        self._read_now: Read | None = None
        self.checks = Checks()
        self._stale = True
        self._wanted = 0  # the child whose line is to be current once the list is read
        self._then: Callable[[], QWidget] | None = None  # where the keyboard goes once the list is read
        self._asked = ""
        self._asked_made: MadeReturn | None = None
        self.reader, self.maker = Reader(shell, self), Reader(shell, self)
        self.header = PageHeader(theme, "Returns")
        self.make = Button(theme, "Make it", key="Ctrl+Enter", primary=True, bind=False)
        self.model = LineModel(self)
        self.list = ChildrenView(theme, self.model)
        self.nobody = EmptyState(theme, "check", "Nobody")
        self.basis = Label(theme, "", TextRole.SECONDARY, "second", wrap=True)
        self.doubts = Label(theme, "", TextRole.SECONDARY_STRONG, "alarm", wrap=True)
        self.asking = Asking(shell)
        self.left = KindsCard(shell)
        self.kinds = self.left.view
        self._right = Card(theme, "", flush=True)
        self._below = MadeCard(theme)
        self.made, self.made_model = self._below.view, self._below.model
        self._build()
        self._connect()

    def refresh(self, changes: Changes | None) -> None:
        self._stale = self._stale or changes is None or changes.marks or changes.entries or changes.book
        if self._stale and self.isVisible():
            self._read()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._read()

    def show_at(self, **where: object) -> None:
        """`kind`: the return to show, `month` a day of its month, `pupil` the child whose line is to be current."""
        kind, month = where.get("kind"), where.get("month")
        pupil = where.get("pupil")
        if isinstance(kind, str) and kind in list(ReturnKind):
            self._kind = ReturnKind(kind)
        self._month = month if isinstance(month, date) else self.shell.context.today()
        self._wanted = pupil if isinstance(pupil, int) else 0
        self._read_anew()

    def first_focus(self) -> QWidget:
        if self.asking.isVisible():
            return self.asking.words
        if self.model.rowCount():
            return self.list
        return self.made if self.made_model.rowCount() else self.kinds

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        letters = {
            "x": self._ask_out,
            "a": self._add,
            "t": self._ask_sent,
            "s": self._save,
            "c": self.left.census.click,
        }
        deed = letters.get(event.text().lower()) if plain and not self.asking.isVisible() else None
        if event.key() == Qt.Key.Key_Escape:
            self.shell.home()
        elif deed is not None:
            deed()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        theme, space = self.theme, self.theme.space
        self.header.add_action(self.make)
        for widget in (self.list, self.nobody):
            self._right.body.addWidget(widget, 1)
        foot = QWidget()
        under = QVBoxLayout(foot)
        under.setContentsMargins(space(3.5), space(2), space(3.5), space(2))
        under.setSpacing(space(2))
        for part in (self.doubts, self.basis, self.asking):
            under.addWidget(part)
        self._right.body.addWidget(foot)
        column = QVBoxLayout()
        column.setSpacing(space(3))
        column.addWidget(self._right, 1)
        column.addWidget(self._below)
        both = QHBoxLayout()
        both.setSpacing(space(3))
        both.addWidget(self.left)
        both.addLayout(column, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(space(5), space(4), space(5), space(2))
        whole.setSpacing(space(3))
        whole.addWidget(self.header)
        whole.addLayout(both, 1)
        whole.addWidget(KeyHints(theme, hints(RETURNS)))

    def _connect(self) -> None:
        self.kinds.line_moved.connect(self._choose)
        self.list.line_moved.connect(self._show_basis)
        self.list.turned.connect(self._keep)
        self.list.opened.connect(lambda line: self.shell.go("pupils", pupil=line.pupil.id))
        self.made.opened.connect(lambda _line: self._ask_sent())
        self.make.clicked.connect(self._make)
        self.left.census.clicked.connect(lambda: self.shell.go("reports", report="census"))
        self.asking.given.connect(self._answer)
        self.asking.turned.connect(self._show_basis)
        self.asking.gave_up.connect(self._give_up)
        chords = {
            "Ctrl+Return": self._make, "Ctrl+A": self._keep_all, "Ctrl+Del": self._ask_back, "F5": self._turn,
            "Ctrl+PgDown": lambda: self._step(1), "Ctrl+PgUp": lambda: self._step(-1),
            "Ctrl+Left": lambda: self._shift(-1), "Ctrl+Right": lambda: self._shift(1),
        }  # fmt: skip
        for chord, deed in chords.items():
            on_chord(self, chord, deed)

    def _read_anew(self) -> None:
        """Another list: the keyboard goes to it."""
        self.asking.hide()
        self._then = self.first_focus
        self._read()

    def _read(self) -> None:
        self._stale = False
        if self._read_now is None:
            self.header.set_subtitle("Looking through the register …")
        self.reader.read(reading_return(self.shell.context, self._kind, self._month), self._show)

    def _show(self, read: Read) -> None:
        self._read_now = read
        self.checks = read_checks(self.shell.context, self._kind, self._month)
        lines = kind_lines(read.specs, read.due)
        waits = sum(one.owed for one in lines)
        self.header.set_subtitle(f"{long_month(self._month)} · {waits or 'nothing'} still to be reported")
        self.left.show_kinds(lines, self._kind)
        self._show_lines()
        self._show_made(read)

    def _show_lines(self) -> None:
        read = self._read_now
        if read is None:
            return
        row, had = self.list.currentIndex().row(), self.list.hasFocus() or self.hasFocus()
        shown = shown_lines(read.found.lines, self.checks, read.children)
        row = next((place for place, one in enumerate(shown) if one.pupil.id == self._wanted), row)
        self._wanted = 0
        self.model.show_lines(shown)
        self.list.setVisible(bool(shown))
        self.nobody.setVisible(not shown)
        spec = read.found.spec
        self.nobody.set_words(f"Nobody in {long_month(self._month)}", spec.says)
        self._right.set_title(f"{spec.title}, {long_month(self._month)}")
        waiting = sum(one.state is State.CHECK for one in shown)
        self._right.set_aside(f"{waiting} to check" if waiting else "")
        self.doubts.setText(" ".join(read.found.doubts))
        self.doubts.setVisible(bool(read.found.doubts))
        self.make.setEnabled(bool(shown) or spec.monthly)
        if shown:
            self.list.setCurrentIndex(self.model.index(max(0, min(row, len(shown) - 1)), 0))
            if had:
                self.list.setFocus()
        self._show_basis()

    def _show_made(self, read: Read) -> None:
        self._below.show_made(read.made)
        if self._then is not None and self.isVisible() and not self.asking.isVisible():
            self._then().setFocus()
        self._then = None

    def _show_basis(self) -> None:
        words = basis_of(self.list.line())
        self.basis.setText(words)
        self.basis.setVisible(bool(words) and self.asking.isHidden())

    def _choose(self) -> None:
        kind = self.left.kind
        if kind is not None and kind is not self._kind:
            self._kind = kind
            self.asking.hide()
            self._read()

    def _step(self, by: int) -> None:
        self._then = self.first_focus
        self.left.step(by)

    def _shift(self, by: int) -> None:
        """The month before or after, as far as the present one."""
        wanted = month_beside(self._month, by)
        if wanted > self.shell.context.today():
            self.shell.say(f"{long_month(wanted)} is still to come.")
            return
        self._month = wanted
        self._read_anew()

    def _turn(self) -> None:
        lists = [one for one in (self.list, self.made, self.kinds) if one.isVisible()]
        now = next((place for place, one in enumerate(lists) if one.hasFocus()), -1)
        lists[(now + 1) % len(lists)].setFocus()

    def _keep(self) -> None:
        line = self.list.line()
        if line is None or not may_change(self.shell, Right.LOG):
            return
        if line.state is State.HAND:
            del self.checks.added[line.pupil.id]
        else:
            self.checks.keep(line.key, on=line.state is not State.KEEP)
        self._said()

    def _keep_all(self) -> None:
        if not may_change(self.shell, Right.LOG):
            return
        waiting = [one for one in self.model.lines if one.state is State.CHECK]
        for one in waiting:
            self.checks.keep(one.key, on=True)
        self._said()
        self.shell.say(f"{count_words(len(waiting), 'child', 'children')} kept. Ctrl+Enter makes the return.")

    def _said(self) -> None:
        """Something was said of a line: it is kept, and shown."""
        keep_checks(self.shell.context, self._read_now, self.checks)
        self._show_lines()

    def _ask_out(self) -> None:
        line = self.list.line()
        if line is None or line.state in (State.HAND, State.MADE, State.TOLD) or not may_change(self.shell, Right.LOG):
            return
        self._asked = line.key
        self.asking.ask(Question.OUT, line.pupil.name)

    def _add(self) -> None:
        if may_change(self.shell, Right.LOG):
            self.asking.ask(Question.ADD, "")

    def _ask_sent(self) -> None:
        line = self.made.line()
        if line is None or not may_change(self.shell, Right.LOG):
            return
        if line.sent or line.withdrawn:
            self.shell.say(f"{made_head(line)}: {'sent' if line.sent else 'taken back'} already.")
            return
        self._asked_made = line
        self.asking.ask(Question.SENT, made_head(line))

    def _ask_back(self) -> None:
        line = self.made.line()
        if line is not None and may_change(self.shell, Right.LOG):
            self._asked_made = line
            self.asking.ask(Question.BACK, made_head(line))

    def _answer(self) -> None:
        deeds = {Question.OUT: self._left_out, Question.ADD: self._added, Question.SENT: self._sent}
        try:
            deeds.get(self.asking.question, self._back)(" ".join(self.asking.words.text().split()))
        except Refused as refused:
            self.asking.set_fault(words_of(refused))
            self.shell.say(words_of(refused), alarm=True)

    def _left_out(self, words: str) -> None:
        if not words:
            raise Refused("Say why the child is left out: it is kept with the return.")
        self.checks.leave_out(self._asked, words)
        self._give_up()
        self._said()

    def _added(self, words: str) -> None:
        child = one_child(self._read_now, self.asking.child.text())
        if not words:
            raise Refused("Say why the child is added: it stands on the return.")
        self.checks.added[child] = words
        self._give_up()
        self._said()
        self.list.setCurrentIndex(self.model.index(self.model.rowCount() - 1, 0))
        self.list.setFocus()

    def _sent(self, words: str) -> None:
        line, day = self._asked_made, self.asking.day.date()
        if day is None:
            raise Refused("That is not a day. Write it as 24/11/2026.")
        if line is not None:
            changes = mark_sent(self.shell.context, line.id, words, day, self.asking.reference.text())
            self._done(changes, f"Put down as sent: {made_head(line)}. Each child’s record says so.")

    def _back(self, words: str) -> None:
        line = self._asked_made
        if line is not None:
            changes = take_back_return(self.shell.context, line.id, words)
            self._done(changes, f"Taken back: {made_head(line)}.")

    def _done(self, changes: Changes, words: str) -> None:
        self.asking.hide()
        self.made.setFocus()
        self.shell.announce(changes)
        self.shell.say(words)

    def _give_up(self) -> None:
        asked = self.asking.question
        self.asking.hide()
        (self.made if asked in (Question.SENT, Question.BACK) else self.first_focus()).setFocus()

    def _make(self) -> None:
        read = self._read_now
        if read is None or self.asking.isVisible() or not may_change(self.shell, Right.LOG):
            return
        found, context = read.found, self.shell.context
        work = make_return(context, found.spec.kind, found.month, self.checks.checked(found.lines))
        self.make.setEnabled(False)
        self.maker.read(work, self._has_made, self._failed)

    def _has_made(self, found: tuple[tuple[MadeReturn, ...], Changes]) -> None:
        made, changes = found
        forget_checks(self.shell.context, made[0])
        self._then = lambda: self.made
        self.shell.announce(changes)
        whom = " and ".join(one.authority for one in made)
        self.shell.say(f"Made and kept, for {whom}. S saves a copy; T once it was sent.")

    def _failed(self, error: Exception) -> None:
        self.make.setEnabled(True)
        self.shell.say(words_of(error), alarm=True)

    def _save(self) -> None:
        line = self.made.line()
        if line is None:
            self.shell.say("Nothing was made yet: Ctrl+Enter makes the return.")
            return
        target = ask_target(self, line)
        if target is not None:
            self.save_to(target)

    def save_to(self, path: Path) -> None:
        """Save a copy of the return that is current: the file whose ending the name has."""
        line = self.made.line()
        try:
            if line is not None:
                self.shell.say(f"Saved: {save_copy(self.shell.context, line, path)}")
        except Refused as refused:
            self.shell.say(words_of(refused), alarm=True)
