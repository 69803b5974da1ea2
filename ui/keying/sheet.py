"""The sheet as it lies beside the keyboard: a line for each child, in its order."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from desktop_app.actions.keying import SheetLine
from ui.parts.inputs import LineEdit
from ui.parts.scroll import slim_bars
from ui.parts.text import Label
from ui.theme import Theme
from ui.tokens import TextRole

UP = (Qt.Key.Key_Up,)
DOWN = (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Sheet(QScrollArea):
    """A box to type in for each child who is expected; Enter and the arrows go up and down past those who are not."""

    finished = Signal()
    """Enter was pressed in the last box."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.boxes: dict[int, LineEdit] = {}
        self._said: dict[int, Label] = {}
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Sheet")
        slim_bars(self, theme)

    def show_lines(self, lines: Sequence[SheetLine]) -> None:
        """Show a sheet with every box empty."""
        self.boxes, self._said = {}, {}
        theme = self._theme
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(theme.space(2), theme.space(1), theme.space(2), theme.space(1))
        grid.setHorizontalSpacing(theme.space(3))
        grid.setVerticalSpacing(theme.space(1))
        for row, line in enumerate(lines):
            grid.addWidget(Label(theme, str(line.number), TextRole.BODY, "second"), row, 0)
            ink = "third" if line.why else "ink"
            grid.addWidget(Label(theme, line.name, TextRole.BODY, ink), row, 1)
            if not line.why:
                grid.addWidget(self._box(line), row, 2)
            said = Label(theme, _beside(line), TextRole.SECONDARY, "second")
            self._said[line.pupil] = said
            grid.addWidget(said, row, 3)
        grid.setColumnStretch(3, 1)
        grid.setRowStretch(len(lines), 1)
        self.setWidget(inner)
        for ground in (inner, self.viewport()):  # the card shows through
            ground.setAutoFillBackground(False)

    def typed(self) -> dict[int, str]:
        """What stands in the boxes that are not empty."""
        return {pupil: box.text().strip() for pupil, box in self.boxes.items() if box.text().strip()}

    def say(self, pupil: int, words: str) -> None:
        """Say beside a box what is wrong with what was typed, and go there."""
        self._said[pupil].setText(f"⚠ {words}")
        self._said[pupil].set_ink("alarm")
        self.boxes[pupil].set_fault(True)
        self.boxes[pupil].setAccessibleDescription(words)
        self.go_to(pupil)

    def clear_faults(self, lines: Sequence[SheetLine]) -> None:
        """Take away what was wrong."""
        for line in lines:
            self._said[line.pupil].setText(_beside(line))
            self._said[line.pupil].set_ink("second")
            if line.pupil in self.boxes:
                self.boxes[line.pupil].set_fault(False)
                self.boxes[line.pupil].setAccessibleDescription(_beside(line))

    def go_to(self, pupil: int) -> None:
        """Give a box the keyboard, and show it."""
        self.boxes[pupil].setFocus()
        self.boxes[pupil].selectAll()
        self.ensureWidgetVisible(self.boxes[pupil])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            key = Qt.Key(event.key())
            if not control and (key in UP or (shift and key in DOWN)):
                return self._step(watched, -1)
            if not control and key in DOWN:
                return self._step(watched, 1)
        return super().eventFilter(watched, event)

    def _step(self, box: QObject, by: int) -> bool:
        pupils = list(self.boxes)
        at = next(n for n, pupil in enumerate(pupils) if self.boxes[pupil] is box) + by
        if 0 <= at < len(pupils):
            self.go_to(pupils[at])
        elif by > 0:
            self.finished.emit()
        return True

    def _box(self, line: SheetLine) -> LineEdit:
        box = LineEdit(self._theme)
        box.setMaximumWidth(self._theme.space(40))
        box.setAccessibleName(f"{line.number}, {line.name}")
        box.setAccessibleDescription(_beside(line))
        box.installEventFilter(self)
        self.boxes[line.pupil] = box
        return box


def _beside(line: SheetLine) -> str:
    if line.why:
        return line.why
    if line.mark is not None:
        minutes = f" {line.mark.minutes} min" if line.mark.minutes is not None else ""
        note = f", “{line.mark.note}”" if line.mark.note else ""
        return f"{line.mark.code}{minutes}{note} stands"
    return f"{line.planned} planned" if line.planned else ""
