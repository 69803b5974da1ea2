"""The patterns in a child's attendance beside its page, each with its sessions, which the year points out as well."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from desktop_app.actions.habits import habits
from desktop_app.domain.errors import Refused
from desktop_app.domain.habits import Habit
from desktop_app.domain.people import Pupil
from desktop_app.domain.sessions import Session
from desktop_app.domain.triggers import Seen
from desktop_app.rules.display import date_year, half_words
from desktop_app.rules.session_lists import count_words
from ui.parts.panel import Panel
from ui.parts.text import Label
from ui.pupils.said_list import SaidLine, SaidList, SaidModel, split
from ui.shell import Shell
from ui.tokens import TextRole

WIDTH = 404
NOTE = "To be asked about, and no reproach. Nothing follows from a pattern by itself."
NOTHING = "No pattern stands out this school year."


class HabitsPanel(Panel):
    """The upper list holds the patterns, the lower one the sessions of the pattern that is current: Enter goes down,
    and from there into the register; Esc goes back up, then closes."""

    session_asked = Signal(object)
    picked = Signal(object)
    """The sessions of the current pattern, as a frozen set; empty where none is."""
    help_section: ClassVar[str] = "patterns"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell.theme, "Patterns", width=WIDTH)
        theme = shell.theme
        self._shell = shell
        self._child: Pupil | None = None
        self.note = Label(theme, NOTE, TextRole.SECONDARY, "second", wrap=True)
        self.model, self.seen = SaidModel(self), SaidModel(self)
        self.list = SaidList(theme, self.model, "Patterns")
        self.under = Label(theme, "", TextRole.SECONDARY_STRONG, "second")
        self.sessions = SaidList(theme, self.seen, "Sessions of the pattern")
        self.form.addWidget(self.note)
        self.form.addWidget(self.list, 3)
        self.form.addWidget(self.under)
        self.form.addWidget(self.sessions, 2)
        self.list.line_moved.connect(self._show_sessions)
        self.list.opened.connect(lambda _: self._go_down())
        self.sessions.opened.connect(self._open_session)
        self.closed.connect(lambda: self.picked.emit(frozenset[Session]()))

    def open_for(self, child: Pupil) -> None:
        """Show the patterns of this child, as of today."""
        self._child = child
        self._read(child)
        self.open_with(self.list)
        if self.model.rowCount() and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.model.index(0, 0))
        self._show_sessions()

    def refresh(self) -> None:
        """Read again, where it is open."""
        if not self.isHidden() and self._child is not None:
            row = self.list.currentIndex().row()
            self._read(self._child)
            if self.model.rowCount():
                self.list.setCurrentIndex(self.model.index(max(0, min(row, self.model.rowCount() - 1)), 0))
            self._show_sessions()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.sessions.hasFocus():
            self.list.setFocus()
        else:
            super().keyPressEvent(event)

    def _read(self, child: Pupil) -> None:
        context = self._shell.context
        try:
            found = habits(context, child.id, context.today())
        except Refused as refused:
            self.set_fault(str(refused))
            found = ()
        self.model.show_lines([split(one.says, one) for one in found])
        self.note.setText(NOTE if found else NOTHING)
        self.set_aside(count_words(len(found), "pattern", "patterns") if found else "")
        for widget in (self.list, self.under, self.sessions):
            widget.setVisible(bool(found) or widget is self.list)

    def _show_sessions(self) -> None:
        habit = _habit(self.list.line())
        seen = habit.sessions if habit else ()
        codes = self._shell.context.rulebook.codes
        self.seen.show_lines(
            [
                SaidLine("", f"{date_year(one.day)}, {half_words(one.half)}: {one.code}, {codes[one.code].title}", one)
                for one in seen
            ]
        )
        self.under.setText(count_words(len(seen), "session", "sessions"))
        if not self.isHidden():
            self.picked.emit(frozenset(Session(one.day, one.half) for one in seen))

    def _go_down(self) -> None:
        if self.seen.rowCount():
            self.sessions.setCurrentIndex(self.seen.index(0, 0))
            self.sessions.setFocus()

    def _open_session(self, line: SaidLine) -> None:
        if isinstance(line.what, Seen):
            self.session_asked.emit(Session(line.what.day, line.what.half))


def _habit(line: SaidLine | None) -> Habit | None:
    return line.what if line is not None and isinstance(line.what, Habit) else None
