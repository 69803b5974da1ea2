"""What pictures are drawn with: the colours of a page or a screen, and shapes placed from the top left corner.

Series differ in line, marker or hatching before they differ in colour, so that a photocopy loses nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reportlab.graphics.shapes import Circle, Drawing, Line, Polygon, PolyLine, Rect, String
from reportlab.lib.colors import Color, HexColor, linearlyInterpolatedColor

from desktop_app.documents.type import BOLD, REGULAR, Type, clean

UNCHECKED: Mapping[type, Any] = {
    kind: type(kind.__name__, (kind,), {"__setattr__": object.__setattr__}) for kind in (Line, PolyLine, Rect, String)
}
"""The shapes of which a picture has many. The library looks at every value each time one is set, which takes as long as
the drawing; what is set here is seen to by types."""
SMALL = 8.0
TINY = 7.0
READABLE = 4.5
"""The least contrast of writing. Source: WCAG 2.2, 1.4.3."""


@dataclass(frozen=True, slots=True)
class Ink:
    """Colours as `#rrggbb`: what is drawn on, writing, writing of less weight, hairlines, and the strongest mark."""

    paper: str
    text: str
    second: str
    hairline: str
    strong: str


PRINT = Ink(paper="#ffffff", text="#121212", second="#575757", hairline="#c7c7c7", strong="#1f1f1f")
"""Black on white."""


class Sheet:
    """A drawing being filled; `y` is counted from the top, in points."""

    def __init__(self, width: float, height: float, ink: Ink, type_: Type) -> None:
        self.ink = ink
        self.type = type_
        self.width, self.height = width, height
        self.drawing: Any = Drawing(width, height)

    def text(
        self, x: float, y: float, text: str, *, size: float = SMALL, colour: str = "", bold: bool = False,
        anchor: str = "start",
    ) -> None:  # fmt: skip
        """Text whose baseline is at `y`; `anchor` is `start`, `middle` or `end`."""
        shown: Any = UNCHECKED[String](x, self.height - y, clean(text))
        shown.fontName, shown.fontSize = BOLD if bold else REGULAR, size
        shown.fillColor, shown.textAnchor = HexColor(colour or self.ink.text), anchor
        self.drawing.add(shown)

    def line(
        self, x1: float, y1: float, x2: float, y2: float, *, colour: str = "", width: float = 0.5,
        dash: tuple[float, ...] = (),
    ) -> None:  # fmt: skip
        """A straight line."""
        drawn: Any = UNCHECKED[Line](x1, self.height - y1, x2, self.height - y2)
        self._stroke(drawn, colour or self.ink.hairline, width, dash)
        self.drawing.add(drawn)

    def path(self, points: list[tuple[float, float]], colour: str, width: float, dash: tuple[float, ...]) -> None:
        """A line through points."""
        flat = [one for x, y in points for one in (x, self.height - y)]
        drawn: Any = UNCHECKED[PolyLine](flat)
        self._stroke(drawn, colour, width, dash)
        self.drawing.add(drawn)

    def box(
        self, x: float, y: float, width: float, height: float, *, fill: str | Color = "", stroke: str = "",
        line: float = 0.6,
    ) -> None:  # fmt: skip
        """A rectangle; `y` is its top edge. No fill or stroke where none is given."""
        drawn: Any = UNCHECKED[Rect](x, self.height - y - height, width, height)
        drawn.fillColor = HexColor(fill) if isinstance(fill, str) and fill else fill or None
        drawn.strokeColor = HexColor(stroke) if stroke else None
        drawn.strokeWidth = line
        self.drawing.add(drawn)

    def hatch(self, x: float, y: float, width: float, height: float, step: float, *, falling: bool = False) -> None:
        """Slanted lines over a rectangle, cut at its edges; `falling` from left to right."""
        offset = step / 2
        while offset < width + height:
            x1, y1 = (offset, 0.0) if offset <= width else (width, offset - width)
            x2, y2 = (0.0, offset) if offset <= height else (offset - height, height)
            if falling:
                x1, x2 = width - x1, width - x2
            self.line(x + x1, y + y1, x + x2, y + y2, colour=self.ink.strong, width=0.7)
            offset += step

    def marker(self, x: float, y: float, kind: int, colour: str) -> None:
        """A small mark on a line: a dot, a square, a triangle, or a ring."""
        size = 2.3
        top = self.height - y
        shape: Any
        if kind % 4 == 1:
            shape = Rect(x - size, top - size, 2 * size, 2 * size)
        elif kind % 4 == 2:
            shape = Polygon([x - size - 0.4, top - size, x + size + 0.4, top - size, x, top + size + 0.6])
        else:
            shape = Circle(x, top, size)
        shape.strokeColor, shape.strokeWidth = HexColor(colour), 0.9
        shape.fillColor = HexColor(self.ink.paper if kind % 4 == 3 else colour)
        self.drawing.add(shape)

    def shade(self, share: float) -> Color:
        """A colour between the paper (0) and the strongest mark (1)."""
        ink = self.ink
        return linearlyInterpolatedColor(HexColor(ink.paper), HexColor(ink.strong), 0.0, 1.0, max(0.0, min(share, 1.0)))

    def on(self, shade: Color) -> str:
        """The colour in which writing on a shade is read best: that of the text or of the paper; on a middle shade, on
        which neither is read well enough, black or white."""
        best = max((self.ink.text, self.ink.paper), key=lambda one: contrast(shade, HexColor(one)))
        if contrast(shade, HexColor(best)) >= READABLE:
            return best
        return max(("#000000", "#ffffff"), key=lambda one: contrast(shade, HexColor(one)))

    def _stroke(self, shape: Any, colour: str, width: float, dash: tuple[float, ...]) -> None:
        shape.strokeColor, shape.strokeWidth = HexColor(colour), width
        if dash:
            shape.strokeDashArray = list(dash)


def _light(colour: Color) -> float:
    """Relative luminance, as WCAG 2.2 reckons it."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (float(colour.red), float(colour.green), float(colour.blue))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Color, other: Color) -> float:
    """How far two colours stand apart, from 1 to 21, as WCAG 2.2 reckons it."""
    light = sorted((_light(one), _light(other)))
    return (light[1] + 0.05) / (light[0] + 0.05)
