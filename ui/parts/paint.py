"""Drawing shared by the parts: rounded boxes, the focus ring, and how tall wrapped text is."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QPolygonF

from ui.theme import Theme
from ui.tokens import RING

WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


def text_height(metrics: QFontMetrics, text: str, width: int) -> int:
    """How tall text is, in pixels, wrapped in a width; no text takes no room."""
    return metrics.boundingRect(QRect(0, 0, max(1, width), 10_000), WRAP, text).height() if text else 0


def rounded(painter: QPainter, rect: QRect, radius: float, fill: QColor | None, line: QColor | None) -> None:
    """Draw a box with round corners and a crisp 1 px line inside `rect`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(line, 1) if line is not None else Qt.PenStyle.NoPen)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    inset = 0.5 if line is not None else 0.0
    painter.drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), radius, radius)
    painter.restore()


def focus_ring(painter: QPainter, rect: QRect, theme: Theme, radius: float = 0.0, *, gap: int = 0) -> None:
    """Draw the 2 px ring in the accent just inside `rect`, or `gap` pixels further in."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour("accent"), RING))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inset = RING / 2 + gap
    painter.drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), radius, radius)
    painter.restore()


def corner_triangle(painter: QPainter, rect: QRect, colour: QColor, size: int) -> None:
    """Draw the small triangle in the upper right corner of a cell that says there is more to read."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    right, top = rect.right() + 1, rect.top()
    painter.drawPolygon(
        QPolygonF([QPointF(right - size, top), QPointF(right, top), QPointF(right, top + size)]),
    )
    painter.restore()
