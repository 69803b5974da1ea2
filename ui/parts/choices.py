"""Choices picked by one letter, by the arrow keys or by the mouse; each shows its letter."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QRadioButton, QWidget

from ui.parts.buttons import paint_cap
from ui.parts.flow import Flow
from ui.parts.paint import focus_ring, rounded
from ui.theme import Theme
from ui.tokens import RADIUS_BUTTON, TextRole

CHOSEN, OPEN = "●", "○"


class Choice(QRadioButton):
    """One of several: a box with a full or empty circle, the words and the letter that picks it."""

    def __init__(self, theme: Theme, words: str, key: str) -> None:
        super().__init__(words)
        self._theme = theme
        self.key = key
        self.setAccessibleDescription(key)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        metrics = self._theme.metrics(TextRole.SECONDARY)
        text = metrics.horizontalAdvance(f"{CHOSEN} {self.text()}")
        cap = metrics.horizontalAdvance(self.key) + self._theme.space(3.5) if self.key else 0
        return QSize(text + cap + self._theme.space(4), metrics.height() + self._theme.space(2.5))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        theme = self._theme
        painter = QPainter(self)
        chosen = self.isChecked()
        line = theme.colour("accent" if chosen else "strong_line")
        rounded(painter, self.rect(), RADIUS_BUTTON, theme.colour("soft" if chosen else "surface"), line)
        painter.setFont(theme.font(TextRole.SECONDARY))
        painter.setPen(theme.colour("ink"))
        area = self.rect().adjusted(theme.space(2), 0, -theme.space(2), 0)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(area, middle, f"{CHOSEN if chosen else OPEN} {self.text()}")
        if self.key:
            wide = painter.fontMetrics().horizontalAdvance(self.key) + theme.space(2)
            cap = QRect(area.right() - wide + 1, area.top(), wide, area.height())
            paint_cap(painter, cap, theme, self.key, theme.colour("second"))
        if self.hasFocus():
            focus_ring(painter, self.rect(), theme, RADIUS_BUTTON - 1)


class ChoiceRow(QWidget):
    """Choices of which one holds. A letter picks while the row has the keyboard; `picked` says which by number."""

    picked = Signal(int)
    """Somebody picked it, whether or not it held before."""
    lettered = Signal(int)
    """It was picked by its letter: the hand is on the keyboard and may go on to the next field."""

    def __init__(self, theme: Theme, name: str, choices: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__()
        self._theme = theme
        self._flow = Flow(self, gap=theme.space(1))
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self.setAccessibleName(name)
        self._name = name
        self._group.idClicked.connect(self.picked)
        self.set_choices(choices)

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer these: pairs of words and letter. None of them holds at first."""
        for button in self._group.buttons():
            self._group.removeButton(button)
        self._flow.clear()
        for number, (words, key) in enumerate(choices):
            choice = Choice(self._theme, words, key)
            choice.setAccessibleName(f"{self._name}: {words}")
            self._group.addButton(choice, number)
            self._flow.addWidget(choice)
            choice.show()  # a widget added to a visible parent stays hidden until it is told
        first = self._group.button(0)
        if first is not None:
            self.setFocusProxy(first)
        self.updateGeometry()

    def buttons(self) -> list[QAbstractButton]:
        """The choices, in order."""
        return self._group.buttons()

    def pick(self, number: int | None) -> None:
        """Make a choice hold without saying that somebody picked it; None: no choice holds."""
        self._group.setExclusive(number is not None)
        for position, button in enumerate(self._group.buttons()):
            button.setChecked(position == number)
        self._group.setExclusive(True)
        held = self._group.button(number if number is not None else 0)
        if held is not None:
            self.setFocusProxy(held)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text().upper()
        for number, button in enumerate(self._group.buttons()):
            if isinstance(button, Choice) and letter and button.key == letter:
                self.pick(number)
                button.setFocus()
                self.picked.emit(number)
                self.lettered.emit(number)
                return
        super().keyPressEvent(event)
