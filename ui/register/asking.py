"""Asking for the arrival or a note in the cell itself, and what comes of each way of leaving the field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTableView

from desktop_app.domain.errors import Refused, StillToCome
from desktop_app.domain.marks import Mark
from desktop_app.rules.lateness import Late
from ui.register.desk import Desk
from ui.register.inline import InlineField
from ui.register.words import code_words
from ui.theme import Theme

NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
KEYPAD = Qt.KeyboardModifier.KeypadModifier


class Say(Protocol):
    """Tells something in the status line."""

    def __call__(self, text: str, *, alarm: bool = False) -> None: ...


@dataclass(frozen=True, slots=True)
class Answer:
    """A mark with what was asked for. `go_on`: the cursor goes down afterwards. `told`: why it is another code than the
    one typed, where the time of arrival makes it one."""

    row: int
    column: int
    code: str
    minutes: int | None
    note: str
    go_on: bool
    told: str = ""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the field is open for: a note, else minutes; a `comment` goes with a mark that stands already."""

    row: int
    column: int
    code: str
    note: bool
    comment: bool


class Asking(QObject):
    """Opens the field over a cell of the grid. Nothing is written here: the answer is handed on."""

    answered = Signal(Answer)

    def __init__(
        self,
        theme: Theme,
        grid: QTableView,
        desk: Desk,
        say: Say,
    ) -> None:
        super().__init__(grid)
        self._grid = grid
        self._desk = desk
        self._model = desk.model
        self._say = say
        self._asked: _Asked | None = None
        self.field = InlineField(theme, grid.viewport())
        self.field.accepted.connect(lambda: self._take(go_on=True))
        self.field.cancelled.connect(self._drop)
        self.field.dropped.connect(self._drop)
        self.field.left.connect(self.finish)
        self.field.passed.connect(self._pass_on)

    @property
    def open(self) -> bool:
        """Whether the field is open."""
        return self._asked is not None

    def ask(self, row: int, column: int, code: str, *, note: bool, comment: bool = False) -> None:
        """Ask for a note, else for minutes, to go with `code` in a cell."""
        index = self._model.index(row, column)
        self._grid.scrollTo(index)
        cell = self._grid.visualRect(index)
        same = self._same(row, column, code)
        self._asked = _Asked(row, column, code, note, comment)
        if note:
            hint = "Note on this mark" if comment else "What it was, and where"
            self.field.ask_note(cell, code, same.note if same else "", hint)
        else:
            offered = self._desk.default_arrival(column) if same is None else str(same.minutes or "")
            self.field.ask_arrival(cell, code, offered, lambda typed: self._judge(column, code, typed))

    def finish(self) -> None:
        """Take what stands in the field and close it, since the cell is being left."""
        self._take(go_on=False, leaving=True)

    def _drop(self) -> None:
        """Escape, or undo before anything was written: the letter is taken back, and what was typed after it."""
        if self._asked is None:
            return
        self._shut()
        self._say("Nothing was written.")

    def _pass_on(self, event: QKeyEvent) -> None:
        """A key that is not the field's: finish here, then let the grid or the page have it. Down is the going on."""
        text, down = event.text(), event.key() == Qt.Key.Key_Down
        letter = bool(text) and text.isprintable() and event.modifiers() & ~KEYPAD in (NONE, SHIFT)
        again = QKeyEvent(event.type(), event.key(), event.modifiers(), text)
        self._take(go_on=letter or down, leaving=True)
        if not down and not self._desk.waiting:
            QCoreApplication.sendEvent(self._grid, again)

    def _take(self, *, go_on: bool, leaving: bool = False) -> None:
        asked, text = self._asked, self.field.text
        if asked is None:
            return
        if asked.note and not asked.comment and not text:
            what = code_words(asked.code, self._model.codes)
            self._say(f"{what}: say in the note what it was. Nothing was written.", alarm=True)
            if leaving:
                self._shut()
            return
        try:
            late = self._late(asked, text)
        except Refused as refused:
            self._say(f"{refused} Nothing was written.", alarm=True)
            if leaving:
                self._shut()
            return
        self._shut()
        same = self._same(asked.row, asked.column, asked.code)
        note = text if asked.note else same.note if same else ""
        on = go_on and not asked.comment
        self.answered.emit(Answer(asked.row, asked.column, late.code, late.minutes, note, on, late.words))

    def _late(self, asked: _Asked, text: str) -> Late:
        """The code with its minutes: those that stand already where a note was asked for, or none was changed."""
        same = self._same(asked.row, asked.column, asked.code)
        if asked.note or (same is not None and text == str(same.minutes or "")):
            return Late(asked.code, same.minutes if same else None)
        return self._desk.late(asked.column, asked.code, text)

    def _judge(self, column: int, code: str, typed: str) -> str:
        """What stands beside the field while one types: the code and the minutes that it comes to."""
        try:
            late = self._desk.late(column, code, typed)
        except StillToCome:
            return "still to come"
        except Refused:
            return "not late"
        return f"→ {late.code}, {late.minutes or 0} min"

    def _shut(self) -> None:
        """Close the field; the grid has the keyboard again if the field had it."""
        self._asked = None
        if self.field.line.hasFocus():
            self._grid.setFocus()
        self.field.hide()

    def _same(self, row: int, column: int, code: str) -> Mark | None:
        mark = self._model.cell_at(row, column).mark
        return mark if mark is not None and mark.code == code else None
