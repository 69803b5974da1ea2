"""The small field that opens in a cell for an arrival, in minutes or as a time, or for a note. Never a dialog."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QWidget

from ui.parts.paint import rounded
from ui.parts.text import Label
from ui.theme import Theme
from ui.tokens import RADIUS_CHIP, TextRole

TIME_LENGTH = 5
TIME_MARKS = frozenset("0123456789:.")
OR_TIME = "min or time"
NOTE_LENGTH = 500
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
ALONE = (
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
)
"""Keys that mean nothing until another is pressed with them."""
STAYS = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason)


class _Line(QLineEdit):
    """A line that hands the keys of the grid back to it. For an arrival only digits and the colon are its own."""

    accepted = Signal()
    cancelled = Signal()
    dropped = Signal()
    left = Signal()
    passed = Signal(QKeyEvent)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrame(False)
        self.digits = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        if key in ALONE:
            event.ignore()
        elif key == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif self.digits and event.matches(QKeySequence.StandardKey.Undo):
            self.dropped.emit()
        elif key in ENTER and plain:
            self.accepted.emit()
        elif self._own(event):
            super().keyPressEvent(event)
        else:
            self.passed.emit(event)

    def _own(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            return True
        if self.digits:
            return bool(event.text()) and event.text() in TIME_MARKS
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, *ENTER):
            return False
        function_key = Qt.Key.Key_F1.value <= event.key() <= Qt.Key.Key_F35.value
        return not function_key

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in STAYS:
            self.left.emit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Tab:
            self.passed.emit(event)
            return True
        return super().event(event)


class InlineField(QFrame):
    """Stands over a cell, its code at the left and the line beside it."""

    accepted = Signal()
    cancelled = Signal()
    dropped = Signal()
    """Undo was pressed before anything was written."""
    left = Signal()
    passed = Signal(QKeyEvent)

    def __init__(self, theme: Theme, room: QWidget) -> None:
        super().__init__(room)
        self._theme = theme
        self._room = room
        self._code = Label(theme, "", TextRole.STRONG)
        self._after = Label(theme, "", TextRole.SECONDARY, "second")
        self.line = _Line(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.space(2), 2, theme.space(2), 2)
        row.setSpacing(theme.space(1.5))
        row.addWidget(self._code)
        row.addWidget(self.line, 1)
        row.addWidget(self._after)
        self._judge: Callable[[str], str] | None = None
        self.line.textEdited.connect(self._tell)
        self.line.accepted.connect(self.accepted)
        self.line.cancelled.connect(self.cancelled)
        self.line.dropped.connect(self.dropped)
        self.line.left.connect(self.left)
        self.line.passed.connect(self.passed)
        self.hide()

    def ask_arrival(self, cell: QRect, code: str, text: str, judge: Callable[[str], str]) -> None:
        """Open over `cell` for minutes late or the time of arrival; `judge` says what comes of what is typed."""
        self.line.digits = True
        self.line.setMaxLength(TIME_LENGTH)
        self.line.setPlaceholderText("")
        self.line.setAccessibleName(f"{code}, minutes late or time of arrival. Enter accepts, Escape writes nothing.")
        self._judge = judge
        digits = self.line.fontMetrics().horizontalAdvance("00:00") + self._theme.space(3)
        after = self._theme.metrics(TextRole.SECONDARY).horizontalAdvance(OR_TIME)
        wide = self._code_width(code) + digits + after + self._theme.space(10)
        self._open(cell, wide, code, text)
        self._tell(text)

    def ask_note(self, cell: QRect, code: str, note: str, ask: str) -> None:
        """Open over `cell` for a note; `ask` says what it should hold."""
        self.line.digits = False
        self.line.setMaxLength(NOTE_LENGTH)
        self.line.setPlaceholderText(ask)
        self.line.setAccessibleName(f"{code}, note. {ask}")
        self._judge = None
        self._after.setText("")
        self._open(cell, self._theme.space(95), code, note)

    @property
    def text(self) -> str:
        """What was typed, trimmed."""
        return self.line.text().strip()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        theme = self._theme
        rounded(painter, self.rect(), RADIUS_CHIP, theme.colour("surface"), theme.colour("accent"))
        rounded(painter, self.rect().adjusted(1, 1, -1, -1), RADIUS_CHIP - 1, None, theme.colour("accent"))

    @property
    def after(self) -> str:
        """What is said beside the line."""
        return self._after.text()

    def _tell(self, typed: str) -> None:
        if self._judge is not None:
            self._after.setText(self._judge(typed) if typed.strip() else OR_TIME)

    def _open(self, cell: QRect, wide: int, code: str, text: str) -> None:
        self._code.setText(code)
        self.line.setText(text)
        self.line.selectAll()
        room = self._room.rect()
        box = QRect(cell.left() + 1, cell.top() - 2, min(wide, room.width()), cell.height() + 3)
        box.moveLeft(max(0, min(box.left(), room.right() - box.width())))
        self.setGeometry(box)
        self.show()
        self.raise_()
        self.line.setFocus()

    def _code_width(self, code: str) -> int:
        return self._theme.metrics(TextRole.STRONG).horizontalAdvance(code)
