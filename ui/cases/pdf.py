"""The pages of a PDF as images, as text and on paper, by pypdfium2."""

from __future__ import annotations

import threading
from collections.abc import Generator
from dataclasses import dataclass
from typing import ClassVar, Protocol

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPrintSupport import QPrinter

from desktop_app.documents.raster import TURN
from desktop_app.domain.errors import Refused
from desktop_app.domain.progress import Progress

POINTS_PER_INCH = 72
PRINT_DPI = 300
"""Finer than this a page of text looks the same on paper and takes much longer."""


@dataclass(frozen=True, slots=True)
class IndexPlace:
    """A bookmark: its title, its page from 0, and how deep it stands."""

    title: str
    page: int
    level: int


class Pages(Protocol):
    """Pages that can be looked at one by one."""

    def __len__(self) -> int: ...

    def size(self, number: int) -> QSizeF:
        """Width and height of a page in points; pages count from 0."""
        ...

    def image(self, number: int, scale: float) -> QImage:
        """A page at so many pixels a point."""
        ...

    def text(self, number: int) -> str:
        """What a page says, for a screen reader."""
        ...


class PdfPages:
    """A PDF held in memory. PDFium does one thing at a time, whichever document it is of, so all of them take turns:
    one may be printed by the worker while another is looked at."""

    _turn: ClassVar[threading.Lock] = TURN

    def __init__(self, content: bytes) -> None:
        # Loaded with the first bundle that is looked at; no start of the window waits for it.
        import pypdfium2  # noqa: PLC0415

        with self._turn:
            self._document = pypdfium2.PdfDocument(content)
            self._count = len(self._document)

    def __len__(self) -> int:
        return self._count

    def size(self, number: int) -> QSizeF:
        """Width and height of a page in points; pages count from 0."""
        with self._turn:
            return QSizeF(*self._document.get_page_size(number))

    def image(self, number: int, scale: float) -> QImage:
        """A page at so many pixels a point."""
        with self._turn:
            page = self._document[number]
            bitmap = page.render(scale=scale, rev_byteorder=True)  # pyright: ignore[reportArgumentType] - any number
            shape = QImage.Format.Format_RGB888 if bitmap.n_channels == 3 else QImage.Format.Format_RGBX8888
            seen = QImage(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, shape).copy()
            bitmap.close()
            page.close()
        return seen

    def text(self, number: int) -> str:
        """What a page says, for a screen reader."""
        with self._turn:
            page = self._document[number]
            words = page.get_textpage().get_text_bounded()
            page.close()
        return words

    def outline(self) -> tuple[IndexPlace, ...]:
        """Its bookmarks, in order."""
        with self._turn:
            found: list[IndexPlace] = []
            for mark in self._document.get_toc():
                to = mark.get_dest()
                page = to.get_index() if to is not None else None
                if page is not None:
                    found.append(IndexPlace(mark.get_title(), page, mark.level))
        return tuple(found)

    def close(self) -> None:
        """Let the document go."""
        with self._turn:
            self._document.close()


def print_pages(content: bytes, printer: QPrinter, first: int, last: int) -> Generator[Progress, None, int]:
    """Print pages `first` to `last` (from 0, inclusive) and return how many. A generator: cancelling it ends the print
    after the page at hand. It reads the document for itself, so that whoever looks at it may let it go meanwhile.
    Raises `Refused` where the printer takes nothing, or vanishes on the way."""
    printer.setFullPage(True)
    painter = QPainter()
    if not painter.begin(printer):
        raise Refused("The printer did not take the document. See that it is on and connected, then print again.")
    dpi = min(printer.resolution(), PRINT_DPI)
    pages = PdfPages(content)
    try:
        for done, number in enumerate(range(first, last + 1)):
            yield Progress(done, last - first + 1, f"Printing page {number + 1}")
            if done and not printer.newPage():
                raise Refused(
                    f"The printer took {done} {'page' if done == 1 else 'pages'} and no more. See that it is on and"
                    f" connected, then print again from page {number + 1}."
                )
            _draw(painter, printer, pages.image(number, dpi / POINTS_PER_INCH))
    finally:
        painter.end()
        pages.close()
    return last - first + 1


def _draw(painter: QPainter, printer: QPrinter, image: QImage) -> None:
    """Set a page on the paper as large as it goes, in its own proportions."""
    paper = printer.paperRect(QPrinter.Unit.DevicePixel)
    fitted = QSizeF(image.size()).scaled(paper.size(), Qt.AspectRatioMode.KeepAspectRatio)
    left, top = (paper.width() - fitted.width()) / 2, (paper.height() - fitted.height()) / 2
    painter.drawImage(QRectF(left, top, fitted.width(), fitted.height()), image)
