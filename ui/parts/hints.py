"""The line at the foot of a page that says which keys do what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.parts.buttons import paint_cap
from ui.theme import Theme
from ui.tokens import TextRole


class KeyHints(QWidget):
    """Key caps, each followed by what it does. What does not fit in the width is left out whole."""

    def __init__(self, theme: Theme, hints: Sequence[tuple[str, str]] = (), lead: str = "") -> None:
        super().__init__()
        self._theme = theme
        self._lead = lead
        self._hints = tuple(hints)
        self._describe()
        theme.changed.connect(self.update)

    def set_hints(self, hints: Sequence[tuple[str, str]], lead: str = "") -> None:
        """Show other keys."""
        self._lead = lead
        self._hints = tuple(hints)
        self._describe()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._widths()[-1] if self._widths() else 0, self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._height())

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        theme = self._theme
        ink = theme.colour("second")
        if self._lead and self._lead_width() <= self.width():
            self._text(painter, 0, self._lead)
        for left, cap, key, words in self._placed():
            paint_cap(painter, QRect(left, 0, cap, self.height()), theme, key, ink)
            self._text(painter, left + cap + theme.space(1.5), words)

    @property
    def fitting(self) -> tuple[str, ...]:
        """The keys that the width has room for."""
        return tuple(key for _, _, key, _ in self._placed())

    def _placed(self) -> Iterator[tuple[int, int, str, str]]:
        """Each hint there is room for: where its cap begins and how wide that is, the key and the words."""
        theme = self._theme
        metrics = theme.metrics(TextRole.SECONDARY)
        left = self._lead_width() + theme.space(3.5) if self._lead else 0
        for key, words in self._hints:
            cap = metrics.horizontalAdvance(key) + theme.space(2.5)
            wide = cap + theme.space(1.5) + metrics.horizontalAdvance(words)
            if left + wide > self.width():
                return
            yield left, cap, key, words
            left += wide + theme.space(3.5)

    def _lead_width(self) -> int:
        return self._theme.metrics(TextRole.SECONDARY).horizontalAdvance(self._lead)

    def _text(self, painter: QPainter, left: int, words: str) -> None:
        painter.setFont(self._theme.font(TextRole.SECONDARY))
        painter.setPen(self._theme.colour("second"))
        area = QRect(left, 0, self.width() - left, self.height())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, words)

    def _widths(self) -> list[int]:
        theme = self._theme
        metrics = theme.metrics(TextRole.SECONDARY)
        total = self._lead_width() + theme.space(3.5) if self._lead else 0
        widths: list[int] = []
        for key, words in self._hints:
            total += metrics.horizontalAdvance(key + words) + theme.space(7.5)
            widths.append(total)
        return widths

    def _height(self) -> int:
        return self._theme.metrics(TextRole.SECONDARY).height() + self._theme.space(2)

    def _describe(self) -> None:
        said = [self._lead] if self._lead else []
        said += [f"{key}: {words}" for key, words in self._hints]
        self.setAccessibleName("Keys")
        self.setAccessibleDescription("; ".join(said))
