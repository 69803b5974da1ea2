"""A page as a list of what is on it, in points from the top left corner; nothing is drawn until all pages are known.

So "page x of y" and the index are right the first time, and a bundle is laid out once.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from desktop_app.documents.type import Face

WIDTH = 595.28
HEIGHT = 841.89
LEFT = 51.0
RIGHT = WIDTH - 51.0
TOP = 92.0
BOTTOM = 780.0
MEASURE = RIGHT - LEFT

FOOT = 61.89

BLACK = 0.07
SECOND = 0.34
HAIRLINE = 0.78
STRONG = 0.0
THIN = 0.5


class Text(NamedTuple):
    """One run of text. `y` is its baseline."""

    x: float
    y: float
    text: str
    face: str
    size: float
    grey: float


class Line(NamedTuple):
    """One straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    grey: float


class Box(NamedTuple):
    """A filled rectangle; `y` is its top edge."""

    x: float
    y: float
    width: float
    height: float
    grey: float


class Link(NamedTuple):
    """A place that leads to the bookmark of that name when clicked."""

    x: float
    y: float
    width: float
    height: float
    mark: str


class Picture(NamedTuple):
    """A drawing (`documents/charts.py`) whose top left corner is at `x` and `y`; `height` is as it is on the page."""

    x: float
    y: float
    height: float
    drawing: Any
    scale: float = 1.0


class Photo(NamedTuple):
    """A JPEG put into a rectangle; `y` is its top edge."""

    x: float
    y: float
    width: float
    height: float
    jpeg: bytes


class Taken(NamedTuple):
    """A page of another PDF put into a rectangle: which file, and its page from 0; `y` is its top edge."""

    x: float
    y: float
    width: float
    height: float
    source: int
    number: int


class Size(NamedTuple):
    """How large a page is; its margins are the same whichever way it is turned."""

    width: float
    height: float

    @property
    def right(self) -> float:
        """Where what stands on the page ends at the right."""
        return self.width - LEFT

    @property
    def bottom(self) -> float:
        """Where it ends at the foot."""
        return self.height - FOOT

    @property
    def measure(self) -> float:
        """How wide it is."""
        return self.right - LEFT


PORTRAIT, LANDSCAPE = Size(WIDTH, HEIGHT), Size(HEIGHT, WIDTH)


class Page:
    """One page: fills lie under lines, lines under text, and pictures over all of them."""

    __slots__ = ("boxes", "lines", "links", "photos", "pictures", "size", "taken", "texts")

    def __init__(self, size: Size = PORTRAIT) -> None:
        self.size = size
        self.texts: list[Text] = []
        self.lines: list[Line] = []
        self.boxes: list[Box] = []
        self.links: list[Link] = []
        self.pictures: list[Picture] = []
        self.photos: list[Photo] = []
        self.taken: Taken | None = None

    def text(self, x: float, y: float, text: str, face: Face, size: float, grey: float = BLACK) -> None:
        """Text that begins at `x`."""
        if text:
            self.texts.append(Text(x, y, text, face.name, size, grey))

    def text_right(self, x: float, y: float, text: str, face: Face, size: float, grey: float = BLACK) -> None:
        """Text that ends at `x`."""
        self.text(x - face.width(text, size), y, text, face, size, grey)

    def text_centre(self, x: float, y: float, text: str, face: Face, size: float, grey: float = BLACK) -> None:
        """Text that is centred on `x`."""
        self.text(x - face.width(text, size) / 2, y, text, face, size, grey)

    def across(
        self, y: float, x1: float = LEFT, x2: float | None = None, width: float = THIN, grey: float = HAIRLINE
    ) -> None:
        """A line from left to right, to the right margin where no end is given."""
        self.lines.append(Line(x1, y, self.size.right if x2 is None else x2, y, width, grey))

    def down(self, x: float, y1: float, y2: float, width: float = THIN, grey: float = HAIRLINE) -> None:
        """A line from top to bottom."""
        self.lines.append(Line(x, y1, x, y2, width, grey))

    def fill(self, x: float, y: float, width: float, height: float, grey: float) -> None:
        """A grey rectangle."""
        self.boxes.append(Box(x, y, width, height, grey))

    def hatch(self, x: float, y: float, width: float, height: float, step: float, grey: float = 0.82) -> None:
        """Slanted lines over a rectangle wider than it is high, cut at its edges."""
        start = -height + step / 2
        while start < width:
            begin, end = max(start, 0.0), min(start + height, width)
            self.lines.append(Line(x + begin, y + begin - start, x + end, y + end - start, 0.4, grey))
            start += step
