"""Where the register's deeds are done: each is written first and shown after, and can be undone by another deed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from desktop_app.actions import register, register_page
from desktop_app.actions.lateness import Arrivals, read_arrivals
from desktop_app.actions.meanwhile import Meanwhile, meanwhile
from desktop_app.actions.register import Undone, Written
from desktop_app.actions.register_checks import Edit
from desktop_app.actions.register_page import Column
from desktop_app.domain.errors import ChangedSince, Clash, NeedsReason, Refused
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.domain.sessions import Session
from desktop_app.rules.codes import in_building
from desktop_app.rules.display import session_words
from desktop_app.rules.lateness import Late
from desktop_app.rules.log_reasons import LogReason
from ui.register.model import RegisterModel
from ui.register.undo import MarkCommand
from ui.register.words import amended_words, asked_words, column_words, kept_words, left_words, planned_words
from ui.shell import Shell

READ_AGAIN_SINGLY = 3
"""Up to so many rows are read again one by one; more, and the page is read as a whole."""
UNDO_LIMIT = 500
Then = Callable[[], None]


def nothing() -> None:
    """What follows a deed where nothing does."""


@dataclass(frozen=True, slots=True)
class _Pending:
    """A deed that waits for its reason."""

    edits: tuple[Edit, ...]
    text: str
    then: Then
    told: str


class Desk(QObject):
    """Holds the shown page, the reason for amendments and what can be undone. It knows no widget."""

    shown = Signal()
    """Another class or week is shown."""
    marked = Signal()
    """Something on the page was written."""
    reason_wanted = Signal(str, str)
    """A closed register would change: says so in words, and names the deed, which waits for `give_reason` or `drop`."""
    reason_settled = Signal()
    """The deed that waited was done, refused or dropped."""
    choice_wanted = Signal()
    """Somebody else has changed a cell meanwhile: `clashes` says which, and the deed waits for `choose` or `drop`."""
    choice_settled = Signal()

    def __init__(self, shell: Shell, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self.model = RegisterModel(shell.context.rulebook.codes, self)
        self.stack = QUndoStack(self)
        self.stack.setUndoLimit(UNDO_LIMIT)
        self.reason = ""
        self.announcing = False
        self._pending: _Pending | None = None
        self._contested: _Pending | None = None
        self.clashes: tuple[Meanwhile, ...] = ()
        self._arrivals: Arrivals | None = None
        self._offered: tuple[LogReason, ...] = ()

    def open(self, class_name: str, day: date) -> None:
        """Show a class's week, from any day in it. The reason for amendments is forgotten: it belonged to the other."""
        page = register_page.page(self._shell.context, class_name, day)
        self._arrivals = read_arrivals(self._shell.context)
        if not self.model.same_week(page):
            self.forget_reason()
        self.model.show_page(page)
        self.shown.emit()

    def register_words(self, column: Column) -> str:
        """What is to be said of a session's register, by the school's own times."""
        if self._arrivals is None:
            return column_words(column)
        school = self._arrivals.school
        return column_words(column, school.times(column.session.half), elsewhere=not school.is_register)

    def read_again(self) -> None:
        """Read the page again, as the clock or somebody else's deed has changed it."""
        page = self.model.page
        if page is not None:
            self._arrivals = read_arrivals(self._shell.context)
            self.model.put_page(register_page.page(self._shell.context, page.class_name, page.monday))
            self.marked.emit()

    def why_not(self, row: int, column: int) -> str:
        """Why nothing can be typed in a cell, in words; empty where something can."""
        page = self.model.page
        if page is None:
            return "There is no register here."
        if page.read_only:
            return self._read_only_words()
        why = self.model.cell_at(row, column).why
        session = self.model.columns[column].session
        return f"{session_words(session)}: {why}. Nothing was written." if why else ""

    def default_arrival(self, column: int) -> str:
        """The time that is offered after L or U: now, where a child can come late to that session now."""
        session = self.model.columns[column].session
        return self._arrivals.default(session, self._shell.context.now()) if self._arrivals else ""

    def late(self, column: int, code: str, typed: str) -> Late:
        """What L or U becomes with the minutes or the time typed after it. Raises `Refused`."""
        session = self.model.columns[column].session
        return (
            self._arrivals.late(session, code, typed, self._shell.context.now()) if self._arrivals else Late(code, None)
        )

    def refuse(self, words: str) -> None:
        """Say why something is not done."""
        self._say(words, alarm=True)

    def write(self, edits: Sequence[Edit], text: str, then: Then = nothing, told: str = "") -> None:
        """Write marks, all or none. `text` names the deed for undo; `then` follows once it is done; `told` is said."""
        try:
            written, changes = register.write(self._shell.context, edits, self.reason)
        except Clash:
            self._contest(_Pending(tuple(edits), text, then, told))
        except NeedsReason as need:
            self._pending = _Pending(tuple(edits), text, then, told)
            self.reason_wanted.emit(str(need), text)
        except Refused as refused:
            self._say(str(refused), alarm=True)
        else:
            self._shell.forget_alarm()
            self._done(written, changes, text)
            self._say(" ".join(part for part in (told, self._words_of(written)) if part))
            then()

    def fill_present(self, session: Session) -> None:
        """Mark present whoever is expected and blank."""
        page = self.model.page
        if page is None:
            return
        if page.read_only:
            self._say(self._read_only_words(), alarm=True)
            return
        try:
            written, changes = register.fill_present(self._shell.context, page.class_name, session)
        except Refused as refused:
            self._say(str(refused), alarm=True)
            return
        count = sum(one.changed for one in written)
        self._done(written, changes, f"{count} marked present, {session_words(session)}")
        blank = self._blanks(session)
        undo = " Ctrl+Z to undo" if count else ""
        self._say(f"{count} marked present, {blank} blank. Count heads: {self._heads(session)}.{undo}")

    def undo(self) -> None:
        """Put back what stood before the last deed."""
        command = self._command(self.stack.index() - 1)
        if command is None:
            self._say("There is nothing to undo.")
        elif undone := self._turn(command, register.UNDONE, self.stack.undo):
            self.stack.undo()
            said = (f"Undone: {command.text()}.", left_words(undone.left), "Ctrl+Y to redo")
            self._say(" ".join(filter(None, said)))

    def redo(self) -> None:
        """Do again what was undone last."""
        command = self._command(self.stack.index())
        if command is None:
            self._say("There is nothing to redo.")
        elif undone := self._turn(command, command.reason or register.REDONE, self.stack.redo):
            self.stack.redo()
            said = (f"Done again: {command.text()}.", left_words(undone.left), "Ctrl+Z to undo")
            self._say(" ".join(filter(None, said)))

    def give_reason(self, reason: str) -> None:
        """Take the reason for amendments, and do what waited for it. One from the log is about that child and that day
        alone: the next amendment asks again."""
        self.reason = reason.strip()
        pending, self._pending = self._pending, None
        once = any(one.words == self.reason for one in self._offered)
        if pending is None:
            self.reason_settled.emit()
            return
        self.reason_settled.emit()
        self.write(pending.edits, pending.text, pending.then, pending.told)
        if once:
            self.forget_reason()

    def log_reasons(self) -> tuple[LogReason, ...]:
        """The log entries that may be the reason for what waits; none where the log may not be read."""
        pending, context = self._pending, self._shell.context
        self._offered = ()
        if pending is not None and pending.edits and context.may(Right.READ_LOG):
            from desktop_app.actions.log_reasons import reasons_from_log  # noqa: PLC0415 - no register waits for it

            pupils = {edit.pupil for edit in pending.edits}
            self._offered = reasons_from_log(context, pupils, min(edit.session.day for edit in pending.edits))
        return self._offered

    def choose(self, *, mine: bool) -> None:
        """Put one's own mark over what another person wrote meanwhile, or keep theirs and do the rest of the deed."""
        contested, found = self._contested, self.clashes
        self._settle_choice()
        if contested is None:
            return
        stands = {(one.edit.pupil, one.edit.session): one.stands or "" for one in found}
        if mine:
            edits = [replace(edit, seen=stands.get((edit.pupil, edit.session), edit.seen)) for edit in contested.edits]
        else:
            edits = [edit for edit in contested.edits if (edit.pupil, edit.session) not in stands]
        if edits:
            self.write(edits, contested.text, contested.then, contested.told if mine else "")
        else:
            self._say(kept_words(found))
            contested.then()

    def drop(self) -> None:
        """Leave undone what waits for a reason or a choice."""
        if self.waiting:
            self._pending = None
            self._settle_choice()
            self._say("Nothing was changed.")
        self.reason_settled.emit()

    @property
    def waiting_for_reason(self) -> bool:
        """Whether a deed waits for its reason."""
        return self._pending is not None

    @property
    def waiting(self) -> bool:
        """Whether a deed waits, for its reason or for somebody to choose between two marks."""
        return self._pending is not None or self._contested is not None

    def forget_reason(self) -> None:
        """End the edit session: the next amendment asks again."""
        self.reason = ""
        self._pending = None
        self._settle_choice()
        self.reason_settled.emit()

    def _contest(self, deed: _Pending) -> None:
        """Show what stands by now, and ask which is to stand."""
        page, context = self.model.page, self._shell.context
        found = meanwhile(context, deed.edits)
        if page is None or not found:
            self._say("Somebody else has changed this meanwhile: look at it again. Nothing was written.", alarm=True)
            return
        self._contested, self.clashes = deed, found
        here = {row.pupil.id for row in self.model.rows}
        keys = dict.fromkeys(one.edit.pupil for one in found if one.edit.pupil in here)
        self.model.put_rows([register_page.row(context, page, key) for key in keys])
        self.marked.emit()
        self.choice_wanted.emit()

    def _settle_choice(self) -> None:
        if self._contested is not None:
            self._contested, self.clashes = None, ()
            self.choice_settled.emit()

    def _command(self, place: int) -> MarkCommand | None:
        command = self.stack.command(place) if 0 <= place < self.stack.count() else None
        return command if isinstance(command, MarkCommand) else None

    def _turn(self, command: MarkCommand, reason: str, step: Then) -> Undone | None:
        """Undo a deed, or its undoing; None where it could not be. One all of whose cells somebody else has changed
        since is let go by that `step` of the stack: the deeds beyond it can still be reached."""
        try:
            undone, changes = register.undo(self._shell.context, command.written, reason)
        except ChangedSince as changed:
            words = f"{command.text()}: {changed} Nothing was written."
            command.setObsolete(True)
            step()
            self._say(words, alarm=True)
            return None
        except Refused as refused:
            self._say(str(refused), alarm=True)
            return None
        command.written = undone.written
        page = self.model.page
        if page is None or (page.class_name, page.monday) != (command.class_name, command.monday):
            self.open(command.class_name, command.monday)
        self._after(undone.written, changes)
        return undone

    def _done(self, written: Sequence[Written], changes: Changes, text: str) -> None:
        page = self.model.page
        if page is None or not changes.marks:
            return
        changed = [one for one in written if one.changed]
        reason = self.reason if any(one.amended for one in changed) else ""
        self.stack.push(MarkCommand(text, changed, page.class_name, page.monday, reason))
        self._after(written, changes)

    def _after(self, written: Sequence[Written], changes: Changes) -> None:
        """Show what was written, then tell the window."""
        page = self.model.page
        if page is None:
            return
        context = self._shell.context
        if len(changes.pupils) > READ_AGAIN_SINGLY:
            self.model.put_page(register_page.page(context, page.class_name, page.monday))
        else:
            self.model.put_rows([register_page.row(context, page, key) for key in changes.pupils])
            self._sign({one.edit.session for one in written if one.changed})
        self.marked.emit()
        self.announcing = True
        try:
            self._shell.announce(changes)
        finally:
            self.announcing = False

    def _sign(self, sessions: set[Session]) -> None:
        context = self._shell.context
        for place, column in enumerate(self.model.columns):
            if column.session in sessions:
                signed = replace(column, taken_by=context.user.name, taken_at=context.now())
                self.model.put_column(place, signed)

    def _blanks(self, session: Session) -> int:
        places = [place for place, column in enumerate(self.model.columns) if column.session == session]
        return sum(
            row.cells[place].mark is None and not row.cells[place].why for place in places for row in self.model.rows
        )

    def _heads(self, session: Session) -> int:
        """How many are in the room by the register, to be compared with the heads counted there."""
        place = next(place for place, column in enumerate(self.model.columns) if column.session == session)
        marks = [mark for row in self.model.rows if (mark := row.cells[place].mark) is not None]
        return sum(in_building(self.model.codes[mark.code]) for mark in marks if mark.code in self.model.codes)

    def _words_of(self, written: Sequence[Written]) -> str:
        pupils = {row.pupil.id: row.pupil for row in self.model.rows}
        amended = amended_words(sum(one.amended for one in written), self.reason)
        said = (planned_words(written, self.model.codes, pupils), asked_words(written), amended)
        return " ".join(part for part in said if part)

    def _read_only_words(self) -> str:
        store = self._shell.context.store
        if not store.read_only:
            return "Another system is this school’s register: its marks are imported here and cannot be typed."
        if store.holder:
            return f"This school is open for writing by {store.holder}. Here it can only be read."
        return "This school is open to read only."

    def _say(self, text: str, *, alarm: bool = False) -> None:
        if text:
            self._shell.say(text, alarm=alarm)
