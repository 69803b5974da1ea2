"""The registers of today, a chip each: taken with a tick, the others with what is wrong and how late it is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop_app.actions.register_states import RegisterState
from desktop_app.domain.sessions import HALVES, Half
from ui.parts.buttons import pressed_by_enter
from ui.parts.card import Card
from ui.parts.chip import chip_size, chip_text, paint_tag
from ui.parts.flow import Flow
from ui.parts.paint import focus_ring
from ui.parts.text import Label
from ui.theme import Theme
from ui.tokens import RADIUS_CHIP, Pair, TextRole, Tone

HALF_WORDS = {Half.AM: "Morning", Half.PM: "Afternoon"}


def register_words(state: RegisterState, done: str = "taken") -> str:
    """A register in words: the class, and what is still to do. `done`: what becomes of one, `imported` elsewhere."""
    if state.taken:
        return state.class_name
    late = f" · {state.minutes_overdue} min late" if state.minutes_overdue else ""
    if not state.marked:
        return f"{state.class_name} not {done}{late}"
    return f"{state.class_name} {state.blank} {'blank' if state.blank == 1 else 'blanks'}{late}"


class RegistersCard(Card):
    """It shows states; `register_opened` says which one was asked for."""

    register_opened = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Registers")
        self._theme = theme
        self._chips = QWidget()
        self._flow = Flow(self._chips, gap=theme.space(2))
        self._closed = Label(theme, "", ink="second", wrap=True)
        self.body.addWidget(self._chips)
        self.body.addWidget(self._closed)

    def show_registers(self, states: Sequence[RegisterState], closed: str, done: str = "taken") -> None:
        """Show these registers; `closed` says why there are none, `done` what becomes of one: taken, or imported."""
        self._flow.clear()
        halves = [half for half in HALVES if any(state.session.half is half for state in states)]
        for half in halves:
            here = [state for state in states if state.session.half is half]
            if len(halves) > 1:
                self._flow.addWidget(Label(self._theme, HALF_WORDS[half], TextRole.SECONDARY_STRONG, "second"))
            for state in [one for one in here if not one.taken] + [one for one in here if one.taken]:
                chip = RegisterChip(self._theme, state, done)
                chip.clicked.connect(lambda _checked=False, state=state: self.register_opened.emit(state))
                self._flow.addWidget(chip)
                chip.show()
        self._chips.setVisible(bool(states))
        self._closed.setText(closed)
        self._closed.setVisible(not states)
        taken = sum(state.taken for state in states)
        self.set_aside(f"{taken} of {len(states)} {done}" if states else "")
        self._chips.updateGeometry()


class RegisterChip(QAbstractButton):
    """One register. Press it to go there."""

    def __init__(self, theme: Theme, state: RegisterState, done: str = "taken") -> None:
        super().__init__()
        self._theme = theme
        self.state = state
        self.setText(register_words(state, done))
        now = done if state.taken else "open it"
        self.setAccessibleName(f"{self.text()}, {HALF_WORDS[state.session.half].lower()} register, {now}")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.update)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def pair(self) -> Pair:
        """Fill, text and shape by state: a tick, an empty circle while there is time, a triangle once it is late."""
        palette = self._theme.palette
        if self.state.taken:
            return Pair(palette.surface, palette.good, outline=palette.good, glyph="✓")
        if self.state.minutes_overdue is None:
            plain = self._theme.tone(Tone.PLAIN)
            return Pair(plain.fill, plain.text, plain.outline, glyph="○")
        return self._theme.tone(Tone.CAUTION)

    def sizeHint(self) -> QSize:
        size = chip_size(self._theme, chip_text(self.text(), self.pair()))
        return QSize(size.width() + 2, size.height() + 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        paint_tag(painter, self.rect().adjusted(1, 0, -1, -1), self._theme, self.text(), self.pair())
        if self.hasFocus():
            focus_ring(painter, self.rect(), self._theme, RADIUS_CHIP)
