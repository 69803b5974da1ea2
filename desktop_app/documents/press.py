"""Pages → one PDF. Equal pages give equal bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from itertools import groupby
from typing import Any

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from desktop_app.documents.page import HEIGHT, LEFT, SECOND, STRONG, WIDTH, Box, Line, Page, Text
from desktop_app.documents.painting import paint
from desktop_app.documents.pen import Pen
from desktop_app.documents.placing import Waiting, place_pages
from desktop_app.documents.script import is_plain, set_line
from desktop_app.documents.type import BOLD, Type

SMALL = 8.25
HEADER_BASE = 58.0
HEADER_RULE = 68.0
FOOTER_RULE, FOOTER_BASE = HEIGHT - 796.5, HEIGHT - 812.0
"""From the lower edge."""
HEADER_GAP = 24.0


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a part with a bookmark and a line in the index of its own: an exhibit. `page` is its first of the
    part’s pages, from 0; `label` stands in the index where the part has its number."""

    label: str
    title: str
    page: int

    @property
    def mark(self) -> str:
        """The name of its bookmark."""
        return f"piece-{self.label}"


@dataclass(frozen=True, slots=True)
class PrintedPart:
    """A part laid out. `number` is 0 for the cover; `title` is that of its bookmark, `header` stands on its pages. The
    last `blank` of them are left blank."""

    number: int
    kind: str
    title: str
    header: str
    pages: Sequence[Page]
    pieces: Sequence[Piece] = ()
    blank: int = 0

    @property
    def mark(self) -> str:
        """The name of its bookmark."""
        return f"part-{self.number}"


@dataclass(frozen=True, slots=True)
class Imprint:
    """What every page says: the school at its head, the reference at its foot; and the file's own title, author and
    date (school local time), which a reader shows under the properties of the document."""

    head: str
    foot: str
    title: str
    author: str
    made: datetime


def print_parts(
    parts: Sequence[PrintedPart], imprint: Imprint, type_: Type, sources: Mapping[int, bytes] | None = None
) -> bytes:
    """The parts as one PDF with bookmarks, headers and `page x of y`. `sources` are the PDFs whose pages are taken."""
    stream = BytesIO()
    canvas: Any = Canvas(stream, pagesize=(WIDTH, HEIGHT), pageCompression=1, invariant=1, lang="en-GB")
    canvas.setTitle(imprint.title)
    canvas.setAuthor(imprint.author)
    canvas.setCreator("Rollbook")
    canvas.setProducer("Rollbook")
    canvas.setSubject("")
    canvas.setDateFormatter(_dated(imprint.made))
    total = sum(len(part.pages) for part in parts)
    number = 0
    waiting: list[Waiting] = []
    for part in parts:
        canvas.bookmarkPage(part.mark)
        canvas.addOutlineEntry(part.title, part.mark, level=0)
        pieces = {piece.page: piece for piece in part.pieces}
        for place, page in enumerate(part.pages):
            number += 1
            if (piece := pieces.get(place)) is not None:
                canvas.bookmarkPage(piece.mark)
                canvas.addOutlineEntry(f"{piece.label} · {piece.title}", piece.mark, level=1)
            if (taken := page.taken) is not None:
                low = page.size.height - taken.y - taken.height
                at = (taken.x, low, taken.width, taken.height)
                waiting.append(Waiting(number - 1, taken.source, taken.number, *at))
            _margins(page, type_, part.header, imprint, f"page {number} of {total}")
            canvas.setPageSize(page.size)
            _draw(canvas, page)
            canvas.showPage()
    canvas.showOutline()
    canvas.save()
    return place_pages(stream.getvalue(), waiting, sources or {}) if waiting else stream.getvalue()


def _dated(made: datetime) -> Callable[..., str]:
    """What reportlab asks for the date of the file, with the moment it would say itself."""

    def said(*_: object) -> str:
        return f"D:{made:%Y%m%d%H%M%S}"

    return said


def _margins(page: Page, type_: Type, header: str, imprint: Imprint, where: str) -> None:
    """The running head and foot; the head comes first on the page for whoever reads it out."""
    face = type_.regular
    head, size = Page(page.size), page.size
    header = face.fit(header, SMALL, size.measure * 0.6)
    room = size.measure - face.width(header, SMALL) - HEADER_GAP
    head.text(LEFT, HEADER_BASE, face.fit(imprint.head, SMALL, room), face, SMALL, SECOND)
    head.text_right(size.right, HEADER_BASE, header, face, SMALL, SECOND)
    page.texts[:0] = head.texts
    page.across(HEADER_RULE, width=0.75, grey=STRONG)
    page.across(size.height - FOOTER_RULE, grey=0.45)
    page.text(LEFT, size.height - FOOTER_BASE, imprint.foot, face, SMALL, SECOND)
    page.text_right(size.right, size.height - FOOTER_BASE, where, face, SMALL, SECOND)


def _draw(canvas: Any, page: Page) -> None:
    _draw_boxes(canvas, page.boxes, page.size.height)
    _draw_lines(canvas, page.lines, page.size.height)
    _draw_texts(canvas, page.texts, page.size.height)
    for picture in page.pictures:
        paint(canvas, picture.drawing, picture.x, page.size.height - picture.y - picture.height, picture.scale)
    for photo in page.photos:
        low = page.size.height - photo.y - photo.height
        canvas.drawImage(ImageReader(BytesIO(photo.jpeg)), photo.x, low, photo.width, photo.height)
    for link in page.links:
        corners = (link.x, page.size.height - link.y - link.height, link.x + link.width, page.size.height - link.y)
        canvas.linkAbsolute("", link.mark, corners, Border="[0 0 0]")


def _draw_boxes(canvas: Any, boxes: Sequence[Box], height: float) -> None:
    for grey, of_grey in groupby(sorted(boxes, key=lambda box: box.grey), key=lambda box: box.grey):
        canvas.setFillGray(grey)
        path = canvas.beginPath()
        for box in of_grey:
            path.rect(box.x, height - box.y - box.height, box.width, box.height)
        canvas.drawPath(path, stroke=0, fill=1)


def _draw_lines(canvas: Any, lines: Sequence[Line], height: float) -> None:
    def look(line: Line) -> tuple[float, float]:
        return line.width, line.grey

    # Darker last, so that a strong line is not broken where a hairline crosses it.
    for (width, grey), alike in groupby(sorted(lines, key=lambda line: (-line.grey, line.width)), key=look):
        canvas.setLineWidth(width)
        canvas.setStrokeGray(grey)
        canvas.lines([(line.x1, height - line.y1, line.x2, height - line.y2) for line in alike])


def _draw_texts(canvas: Any, texts: Sequence[Text], height: float) -> None:
    """All text of the page as one text object; one that is not written from left to right alone is set first."""
    pen = Pen(canvas)
    for text in texts:
        if is_plain(text.text):
            pen.plain(text.x, height - text.y, text.text, text.face, text.size, text.grey)
        else:
            line = set_line(text.text, bold=text.face == BOLD, right_to_left=False)
            pen.line(text.x, height - text.y, line, text.size, text.grey)
    pen.put_down()
