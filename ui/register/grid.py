"""The grid of the register: every key of it, and nothing else. What a key means is decided by the rules, what it does
by the desk; here it is only heard."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainterPath, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView

from desktop_app.actions.register_checks import Edit
from desktop_app.rules import codes as rules
from desktop_app.rules.codes import SpellState
from desktop_app.rules.display import session_words
from ui.parts.scroll import slim_bars
from ui.register.asking import Answer, Asking
from ui.register.block import Block
from ui.register.delegate import MarkDelegate
from ui.register.desk import Desk
from ui.register.header import Corner, DayHeader, NameHeader
from ui.register.model import SESSIONS
from ui.register.views import Views, target
from ui.shell import Shell
from ui.tokens import RADIUS_CARD

NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
KEYPAD = Qt.KeyboardModifier.KeypadModifier
WHICH_CODE = "?"
Select = QItemSelectionModel.SelectionFlag
Move = QAbstractItemView.CursorAction
Index = QModelIndex | QPersistentModelIndex


class RegisterGrid(QTableView):
    """A class's week. Letters are marks; no editor opens and no letter searches."""

    moved = Signal()
    """The cursor is on another cell."""
    session_changed = Signal()
    """The cursor is in another session."""
    pupil_wanted = Signal(int)
    """A pupil's own page is asked for."""
    code_wanted = Signal()
    """Somebody does not know the code for the cell under the cursor."""

    def __init__(self, shell: Shell, desk: Desk) -> None:
        super().__init__()
        self._theme = shell.theme
        self._desk = desk
        self._register = desk.model
        self.cursor_row = self.cursor_column = -1
        self.has_range = False
        self.today: frozenset[int] = frozenset()
        self.setModel(desk.model)
        self.days = DayHeader(shell.theme, desk.model, self, self)
        self.names = NameHeader(shell.theme, desk.model, self, self)
        self._marks = MarkDelegate(shell.theme, desk.model, self, self)
        self._asking = Asking(shell.theme, self, desk, shell.say)
        self._corner = Corner(shell.theme, self)
        self._views = Views(shell.theme, self, desk.model, self.names, self.days, self._corner)
        self._keys = self._key_table()
        self._set_up()

    def _set_up(self) -> None:
        self.setHorizontalHeader(self.days)
        self.setVerticalHeader(self.names)
        self.setItemDelegate(self._marks)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setCornerButtonEnabled(False)
        self.setWordWrap(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setAccessibleName("Register")
        self._asking.answered.connect(self._answered)
        self.names.chosen.connect(lambda row: self.put_cursor(row, self.cursor_column))
        self.names.opened.connect(self._open_pupil)
        self.days.chosen.connect(lambda column: self.put_cursor(self.cursor_row, column))
        slim_bars(self, self._theme)
        self._desk.shown.connect(self.fit)
        self._theme.changed.connect(self._restyle)
        self._restyle()

    # What others ask of the grid

    def is_selected(self, row: int, column: int) -> bool:
        """Whether a cell is in the selection."""
        return self.selectionModel().isSelected(self._register.index(row, column))

    def is_active(self) -> bool:
        """Whether keys come here, or to the field that is open in a cell."""
        return self.hasFocus() or self._asking.open

    @property
    def busy(self) -> bool:
        """Whether a letter waits in a cell, or a field is open in one."""
        return self._asking.open or self._register.has_waiting

    def put_cursor(self, row: int, column: int) -> None:
        """Put the cursor on a cell and bring it into view."""
        if 0 <= row < len(self._register.rows) and 0 <= column < SESSIONS:
            index = self._register.index(row, column)
            self.selectionModel().setCurrentIndex(index, Select.ClearAndSelect)
            self.scrollTo(index)

    def settle(self) -> None:
        """Finish what waits in a cell: minutes or a note in the field, or a letter without its number."""
        self._asking.finish()
        waiting = self._register.stop_waiting()
        if waiting is None:
            return
        row, column, typed = waiting
        spelling = rules.settle(typed)
        if spelling.state is SpellState.COMMIT:
            self._write(row, column, spelling.code)
        else:
            self._desk.refuse(spelling.words)

    def fit(self) -> None:
        """Give names and columns their widths for the room there is."""
        self._views.fit()

    def show_day(self, *, day: bool) -> None:
        """One session as a list, or the week again; the cursor stays where it is."""
        self.settle()
        self._register.show_day(self.cursor_column if day else -1)
        self._restyle()
        self.put_cursor(self.cursor_row, self.cursor_column)

    def give_code(self, code: str) -> None:
        """Write a code in the cell under the cursor, as if it had been typed: minutes or a note are asked for."""
        self._commit(self.cursor_row, self.cursor_column, code, "")

    # Keys

    def _key_table(self) -> Mapping[tuple[int, Qt.KeyboardModifier], Callable[[], None]]:
        key, block = Qt.Key, Block(self, self._desk)
        table: dict[tuple[Qt.Key, Qt.KeyboardModifier], Callable[[], None]] = {
            (key.Key_Return, NONE): lambda: self._step(1),
            (key.Key_Enter, NONE): lambda: self._step(1),
            (key.Key_Return, SHIFT): lambda: self._step(-1),
            (key.Key_Enter, SHIFT): lambda: self._step(-1),
            (key.Key_Return, CTRL): block.fill_selected,
            (key.Key_Enter, CTRL): block.fill_selected,
            (key.Key_D, CTRL): block.fill_down,
            (key.Key_R, CTRL): block.fill_right,
            (key.Key_Return, CTRL | SHIFT): lambda: block.fill_selected(over=True),
            (key.Key_Enter, CTRL | SHIFT): lambda: block.fill_selected(over=True),
            (key.Key_D, CTRL | SHIFT): lambda: block.fill_down(over=True),
            (key.Key_R, CTRL | SHIFT): lambda: block.fill_right(over=True),
            (key.Key_Delete, NONE): block.clear,
            (key.Key_F2, NONE): self._edit,
            (key.Key_F2, SHIFT): self._comment,
            (key.Key_Space, SHIFT): block.select_row,
            (key.Key_Space, CTRL): block.select_session,
            (key.Key_Return, ALT): self._open_pupil,
            (key.Key_Enter, ALT): self._open_pupil,
            (key.Key_Up, CTRL): lambda: self.put_cursor(0, self.cursor_column),
            (key.Key_Down, CTRL): lambda: self.put_cursor(len(self._register.rows) - 1, self.cursor_column),
            (key.Key_Left, CTRL): lambda: self.put_cursor(self.cursor_row, 0),
            (key.Key_Right, CTRL): lambda: self.put_cursor(self.cursor_row, SESSIONS - 1),
        }
        return {(name.value, with_keys): deed for (name, with_keys), deed in table.items()}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        modifiers = event.modifiers() & ~KEYPAD
        deed = self._keys.get((event.key(), modifiers))
        text = event.text()
        if self.cursor_row < 0:
            event.ignore()
        elif deed is not None:
            self._finish_letter(event)
            deed()
            event.accept()
        elif text == WHICH_CODE:
            self.settle()
            if not self._refused_here():
                self.code_wanted.emit()
            event.accept()
        elif modifiers in (NONE, SHIFT) and text and text.isprintable():
            self._type(text)
            event.accept()
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Backspace) and self._register.stop_waiting() is not None:
            event.accept()
        elif event.key() == Qt.Key.Key_Escape and self.has_range:
            self.put_cursor(self.cursor_row, self.cursor_column)
            event.accept()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are marks; they never search."""

    def _finish_letter(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self._register.stop_waiting()
        else:
            self.settle()

    def _type(self, key: str) -> None:
        row, column = self.cursor_row, self.cursor_column
        typed = self._register.waiting_at(row, column)
        if not typed and (why := self._desk.why_not(row, column)):
            self._desk.refuse(why)
            return
        session = self._register.columns[column].session
        spelling = rules.spell(typed, key, session.half, session.day, self._register.codes)
        match spelling.state:
            case SpellState.WAIT:
                self._register.wait(row, column, spelling.code)
            case SpellState.REFUSE:
                self._register.stop_waiting()
                self._desk.refuse(spelling.words)
            case SpellState.COMMIT:
                self._register.stop_waiting()
                self._commit(row, column, spelling.code, spelling.carry)
            case SpellState.IGNORE:
                pass

    def _commit(self, row: int, column: int, code: str, carry: str) -> None:
        known = self._register.codes[code]
        if known.needs_note:
            self._asking.ask(row, column, code, note=True)
        elif known.takes_minutes:
            self._asking.ask(row, column, code, note=False)
        else:
            self._write(row, column, code, then=lambda: self._go_on(carry))

    def _write(
        self,
        row: int,
        column: int,
        code: str,
        minutes: int | None = None,
        note: str = "",
        then: Callable[[], None] = lambda: None,
        told: str = "",
    ) -> None:
        pupil, session = self._register.row_at(row).pupil, self._register.columns[column].session
        text = f"{code} for {pupil.name}, {session_words(session)}"
        seen = self._register.seen_at(row, column)
        self._desk.write([Edit(pupil.id, session, code, minutes, note, seen)], text, then, told)

    def _go_on(self, carry: str = "") -> None:
        """After a mark the cursor goes down, past whoever cannot be marked; with several cells selected it stays."""
        if not self.has_range:
            self._step(1, past_closed=True)
        if carry:
            self._type(carry)

    def _step(self, by: int, *, past_closed: bool = False) -> None:
        row = self.cursor_row + by
        while (
            past_closed and 0 <= row < len(self._register.rows) and self._register.cell_at(row, self.cursor_column).why
        ):
            row += by
        self.put_cursor(row, self.cursor_column)

    # Minutes and notes

    def _answered(self, answer: Answer) -> None:
        then = self._go_on if answer.go_on else lambda: None
        self._write(answer.row, answer.column, answer.code, answer.minutes, answer.note, then, answer.told)

    def _edit(self) -> None:
        """Minutes of a mark that takes them, the note of any other."""
        mark = self._register.cell_at(self.cursor_row, self.cursor_column).mark
        if mark is not None and self._register.codes[mark.code].takes_minutes and not self._refused_here():
            self._asking.ask(self.cursor_row, self.cursor_column, mark.code, note=False)
        else:
            self._comment()

    def _comment(self) -> None:
        mark = self._register.cell_at(self.cursor_row, self.cursor_column).mark
        if mark is None:
            self._desk.refuse("Mark the session first; a note belongs to a mark.")
        elif not self._refused_here():
            needed = self._register.codes[mark.code].needs_note
            self._asking.ask(self.cursor_row, self.cursor_column, mark.code, note=True, comment=not needed)

    def _refused_here(self) -> bool:
        why = self._desk.why_not(self.cursor_row, self.cursor_column)
        if why:
            self._desk.refuse(why)
        return bool(why)

    def _open_pupil(self, row: int = -1) -> None:
        if 0 <= (chosen := row if row >= 0 else self.cursor_row) < len(self._register.rows):
            self.pupil_wanted.emit(self._register.row_at(chosen).pupil.id)

    # Moving and painting

    def moveCursor(self, cursorAction: Move, modifiers: Qt.KeyboardModifier) -> QModelIndex:  # noqa: N803 - Qt's name
        """The cursor keeps to the sessions: figures and bands are there to be read."""
        if self.cursor_row < 0:
            return QModelIndex()
        here = target(self._register, (self.cursor_row, self.cursor_column), cursorAction, ctrl=bool(modifiers & CTRL))
        return self._register.index(*here) if here else super().moveCursor(cursorAction, modifiers)

    def currentChanged(self, current: Index, previous: Index) -> None:
        column = self.cursor_column
        self.cursor_row, self.cursor_column = current.row(), current.column()
        super().currentChanged(current, previous)
        for row in (previous.row(), current.row()):
            if row >= 0:
                self.names.updateSection(row)
        if column != self.cursor_column:
            self._follow_day()
            self.days.viewport().update()
            self.session_changed.emit()
        if previous.isValid() and self._register.waiting_at(previous.row(), previous.column()):
            self.settle()
        self.moved.emit()

    def _follow_day(self) -> None:
        """In the day view the session of the cursor is the one that is shown."""
        if self._register.day >= 0 and 0 <= self.cursor_column != self._register.day:
            self._register.show_day(self.cursor_column)
            self.fit()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        ranges = self.selectionModel().selection()
        first = ranges.first() if ranges.size() else None
        self.has_range = first is not None and (ranges.size() > 1 or first.width() > 1 or first.height() > 1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() < SESSIONS:
            super().mousePressEvent(event)
        elif index.isValid() and self._register.day >= 0:
            self.put_cursor(index.row(), self.cursor_column)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() >= SESSIONS:
            self._open_pupil(index.row())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._repaint_cursor()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if not self._asking.open and event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.settle()  # a menu or the help takes the keyboard only for a while
        self._repaint_cursor()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()), RADIUS_CARD - 1, RADIUS_CARD - 1)
        self.setMask(QRegion(shape.toFillPolygon().toPolygon()))
        self.fit()
        self.scrollTo(self.currentIndex())  # what opens at the foot must not hide the cell it asks about

    def updateGeometries(self) -> None:
        super().updateGeometries()
        self._corner.setGeometry(QRect(0, 0, self.names.width(), self.days.height()))

    def sizeHint(self) -> QSize:
        return QSize(self._theme.space(180), self._theme.row_height * 16)

    def _repaint_cursor(self) -> None:
        if self.cursor_row >= 0:
            self.update(self._register.index(self.cursor_row, self.cursor_column))

    def _restyle(self) -> None:
        self._marks.make_ready()
        self.names.make_ready()
        self.fit()
        self.viewport().update()
