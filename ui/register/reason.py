"""The bar that asks why a closed register changes. It asks once, keeps the reason in sight, and lets it be changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QWidget

from desktop_app.rules.log_reasons import LONGEST, MOST, LogReason
from ui.parts.hints import KeyHints
from ui.parts.inputs import AnswerLine
from ui.parts.paint import rounded
from ui.parts.text import ElidedLabel
from ui.register.desk import Desk
from ui.theme import Theme
from ui.tokens import RADIUS_CARD, TextRole

REASONS = (
    "Parent gave the reason",
    "Arrived after all",
    "Entered by mistake",
    "Message found later",
)
"""What is said most often; a digit in the empty field chooses one. The digits after them choose a log entry."""
KEPT = "Closed registers change with this reason until another class or week is shown."


class _ReasonLine(AnswerLine):
    picked = Signal(int)
    left = Signal()
    choices = len(REASONS)
    """How many reasons a digit chooses from."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = event.text()
        if not self.text() and digit.isascii() and digit.isdigit() and 1 <= int(digit) <= self.choices:
            self.picked.emit(int(digit) - 1)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
            self.left.emit()


class ReasonBar(QWidget):
    """Hidden until a closed register would change."""

    given = Signal(str)
    gave_up = Signal()
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._words = ElidedLabel(theme, "", TextRole.STRONG)
        self._deed = ElidedLabel(theme, "", TextRole.BODY, "second")
        self._deed.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.line = _ReasonLine(theme, "Reason for the change")
        self.line.setAccessibleName("Reason for changing a closed register")
        self.line.setMaxLength(LONGEST)
        self._from_log: Callable[[], Sequence[LogReason]] = tuple
        self._offered: tuple[LogReason, ...] = ()
        self._logged = QWidget()
        self._log_lines = [
            (KeyHints(theme, [(str(len(REASONS) + number), "")]), ElidedLabel(theme, "", TextRole.BODY))
            for number in range(1, MOST + 1)
        ]
        logged = QGridLayout(self._logged)
        logged.setContentsMargins(0, 0, 0, 0)
        logged.setVerticalSpacing(theme.space(0.5))
        logged.setColumnStretch(1, 1)
        for row, pair in enumerate(self._log_lines):
            for column, widget in enumerate(pair):
                logged.addWidget(widget, row, column)
        self._hints = KeyHints(theme, [(str(number), words) for number, words in enumerate(REASONS, start=1)])
        above = QHBoxLayout()
        above.setSpacing(theme.space(4))
        above.addWidget(self._words, 5)
        above.addWidget(self._deed, 2)
        below = QHBoxLayout()
        below.setSpacing(theme.space(3))
        below.addWidget(self.line, 2)
        below.addWidget(self._hints, 3)
        self._boxes = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._boxes.setContentsMargins(theme.space(3.5), theme.space(2), theme.space(3.5), theme.space(2.5))
        self._boxes.setSpacing(theme.space(1.5))
        self._boxes.addLayout(above)
        self._boxes.addLayout(below)
        self._boxes.addWidget(self._logged)
        self.line.given.connect(self._give)
        self.line.picked.connect(self._pick)
        self.line.gave_up.connect(self.gave_up)
        self.line.left.connect(self.left)
        theme.changed.connect(self.update)
        self.hide()

    def serve(self, desk: Desk) -> None:
        """Ask when that desk wants a reason, and offer what it finds in the log."""
        self._from_log = desk.log_reasons
        desk.reason_wanted.connect(self.ask)

    def ask(self, words: str, deed: str) -> None:
        """Ask for a reason; `words` says which register is closed, `deed` what would change."""
        self._words.setText(words)
        self._deed.setText(deed)
        self.line.clear()
        self._boxes.setDirection(QBoxLayout.Direction.TopToBottom)
        self._hints.show()
        self._deed.show()
        self._offer(tuple(self._from_log()))
        self.show()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def keep(self, reason: str) -> None:
        """Show the reason that is in force, on one line; an empty one takes the bar away."""
        self._boxes.setDirection(QBoxLayout.Direction.LeftToRight)
        self.line.setText(reason)
        self._words.setText(KEPT)
        self._deed.setText("")
        self._hints.hide()
        self._deed.hide()
        self._offer(())
        self.setVisible(bool(reason))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        theme = self._theme
        rounded(QPainter(self), self.rect(), RADIUS_CARD, theme.colour("soft"), theme.colour("accent"))

    def _give(self) -> None:
        self.given.emit(self.line.text().strip())

    def _pick(self, number: int) -> None:
        self.line.setText((*REASONS, *(one.words for one in self._offered))[number])
        self._give()

    def _offer(self, reasons: tuple[LogReason, ...]) -> None:
        """Show the log entries that may be the reason, each with its digit."""
        self._offered = reasons
        self.line.choices = len(REASONS) + len(reasons)
        for place, (cap, words) in enumerate(self._log_lines):
            there = place < len(reasons)
            words.setText(reasons[place].words if there else "")
            cap.setVisible(there)
            words.setVisible(there)
        self._logged.setVisible(bool(reasons))
