"""The foot of the register: keys, or what the cell says, or the find strip; and the totals, always in sight."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QWidget

from desktop_app.domain.people import Pupil
from ui.keys import REGISTER, hints
from ui.parts.hints import KeyHints
from ui.parts.text import ElidedLabel
from ui.register.find import FindStrip
from ui.register.words import Totals, totals_words
from ui.theme import Theme
from ui.tokens import TextRole

SEPARATOR = " · "
LOUD = frozenset({"present", "blank"})
LEAD = "Type a code"


class TotalsLine(QWidget):
    """`15 present · 1 late · 1 authorised · 0 unauthorised · 2 no reason yet · 5 blank`, drawn as one line."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._parts: tuple[tuple[str, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    @property
    def words(self) -> str:
        """The whole line."""
        return SEPARATOR.join(words for words, _ in self._parts)

    def show_totals(self, found: Totals) -> None:
        """Show the totals of a session's register."""
        self._show(totals_words(found))

    def show_words(self, words: str) -> None:
        """Say why there are no totals."""
        self._show(((words, ""),) if words else ())

    def sizeHint(self) -> QSize:
        metrics = self._theme.metrics(TextRole.SECONDARY_STRONG)
        return QSize(metrics.horizontalAdvance(self.words) + 2, metrics.height() + self._theme.space(2))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        left = self.width()
        for place in range(len(self._parts) - 1, -1, -1):
            words, kind = self._parts[place]
            left = self._draw(painter, left, words, kind)
            if place:
                left = self._draw(painter, left, SEPARATOR, "")

    def _draw(self, painter: QPainter, right: int, words: str, kind: str) -> int:
        """Draw words that end at `right`, and return where they begin."""
        some = not words.startswith("0 ")
        role = TextRole.SECONDARY_STRONG if some and (kind in LOUD or kind == "no_reason") else TextRole.SECONDARY
        ink = "alarm" if kind == "no_reason" and some else "ink" if kind in LOUD and some else "second"
        painter.setFont(self._theme.font(role))
        painter.setPen(self._theme.colour(ink))
        width = self._theme.metrics(role).horizontalAdvance(words)
        area = self.rect()
        area.setLeft(right - width)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, words)
        return right - width

    def _show(self, parts: tuple[tuple[str, str], ...]) -> None:
        if parts == self._parts:
            return
        wider = len(SEPARATOR.join(words for words, _ in parts)) != len(self.words)
        self._parts = parts
        self.setAccessibleName(f"Totals: {self.words}")
        if wider:
            self.updateGeometry()
        self.update()


class Foot(QWidget):
    """One line high, whatever stands in it, so that the grid never moves under the fingers."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.hints = KeyHints(theme, hints(REGISTER), LEAD)
        self.words = ElidedLabel(theme, "", TextRole.SECONDARY, "ink")
        self.strip = FindStrip(theme)
        self.totals = TotalsLine(theme)
        self._left = QStackedWidget()
        for widget in (self.hints, self.words, self.strip):
            self._left.addWidget(widget)
        self._left.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.space(4))
        row.addWidget(self._left, 1)
        row.addWidget(self.totals)

    @property
    def finding(self) -> bool:
        """Whether the find strip is open."""
        return self._left.currentWidget() is self.strip

    def open_find(self, pupils: Sequence[Pupil]) -> None:
        """Show the find strip and give it the keyboard; where both do not fit, the totals stand back for it."""
        self.totals.setVisible(self.width() - self.totals.width() > self.strip.line.maximumWidth())
        self._left.setCurrentWidget(self.strip)
        self.strip.open(pupils)

    def close_find(self) -> None:
        """Show the keys again."""
        self.totals.show()
        self._left.setCurrentWidget(self.hints)

    def tell(self, words: str) -> None:
        """Show what a cell says; the keys where it says nothing."""
        if not self.finding:
            self.words.setText(words)
            self._left.setCurrentWidget(self.words if words else self.hints)
