"""Chips: a short word in an outlined box, with a shape before it where it is a band. Colour is never the only sign."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.domain.rulebook import Band
from ui.parts.paint import rounded
from ui.theme import Theme
from ui.tokens import RADIUS_CHIP, UNIT, Pair, TextRole, Tone

_PAD = 2 * UNIT


def chip_words(band: Band) -> str:
    """The words of a band's chip, without its shape."""
    return band.title


def chip_text(text: str, pair: Pair) -> str:
    """What stands in a chip: the shape, where there is one, and the words."""
    return f"{pair.glyph} {text}" if pair.glyph else text


def chip_size(theme: Theme, text: str) -> QSize:
    """The size of a chip with this text (its shape included)."""
    metrics = theme.metrics(TextRole.SECONDARY_STRONG)
    return QSize(metrics.horizontalAdvance(text) + 2 * _PAD, metrics.height() + UNIT)


def paint_tag(painter: QPainter, rect: QRect, theme: Theme, text: str, pair: Pair) -> int:
    """Draw a chip at the left of `rect`, centred in its height, and return its width."""
    shown = chip_text(text, pair)
    size = chip_size(theme, shown)
    width = min(size.width(), rect.width())
    box = QRect(QPoint(rect.left(), rect.center().y() - size.height() // 2 + 1), QSize(width, size.height()))
    fill = theme.colour(pair.fill) if pair.fill else None
    rounded(painter, box, RADIUS_CHIP, fill, theme.colour(pair.outline))
    painter.save()
    painter.setFont(theme.font(TextRole.SECONDARY_STRONG))
    painter.setPen(theme.colour(pair.text))
    inner = box.adjusted(_PAD, 0, -_PAD // 2, 0)
    shown = painter.fontMetrics().elidedText(shown, Qt.TextElideMode.ElideRight, inner.width())
    painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
    painter.restore()
    return width


class Chip(QWidget):
    """A chip as a widget. Its words are its accessible name."""

    def __init__(self, theme: Theme, text: str = "", tone: Tone = Tone.PLAIN) -> None:
        super().__init__()
        self._theme = theme
        self._text = text
        self._tone = tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        theme.changed.connect(self._restyle)

    @property
    def text(self) -> str:
        """The words of the chip, without its shape."""
        return self._text

    def set_text(self, text: str, tone: Tone | None = None) -> None:
        """Say something else, in another tone if one is given."""
        self._text = text
        self._tone = tone or self._tone
        self.setAccessibleName(text)
        self._restyle()

    def pair(self) -> Pair:
        """The colours it is drawn in."""
        return self._theme.tone(self._tone)

    def sizeHint(self) -> QSize:
        if not self._text:
            return QSize(0, 0)
        size = chip_size(self._theme, chip_text(self._text, self.pair()))
        return QSize(size.width(), size.height() + 2)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if self._text:
            painter = QPainter(self)
            paint_tag(painter, self.rect(), self._theme, self._text, self.pair())

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()


class BandChip(Chip):
    """The chip of an attendance band: word, shape and fill. Invisible where there is no band."""

    def __init__(self, theme: Theme, band: Band | None = None) -> None:
        self._band = band
        super().__init__(theme, chip_words(band) if band else "")
        if band is None:  # never shown here: before it has a parent it would be a window of its own
            self.hide()

    def set_band(self, band: Band | None) -> None:
        """Show another band."""
        self._band = band
        self.setVisible(band is not None)
        self.set_text(chip_words(band) if band else "")

    def pair(self) -> Pair:
        return self._theme.band(self._band.shape) if self._band else self._theme.tone(Tone.PLAIN)


class FlagChip(Chip):
    """A plain chip that says something of a child in words; `alarm` for what must not be overlooked."""

    def __init__(self, theme: Theme, text: str, *, alarm: bool = False) -> None:
        super().__init__(theme, text, Tone.ALARM if alarm else Tone.PLAIN)
