"""Exhibits: before each a slip with its label, then its pages as they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop_app.documents.flow import Flow
from desktop_app.documents.page import LANDSCAPE, LEFT, PORTRAIT, TOP, Page, Photo, Size, Taken
from desktop_app.documents.press import Piece
from desktop_app.documents.taken import TakenFile, TakenPage
from desktop_app.documents.type import clean
from desktop_app.domain.exhibits import Exhibit
from desktop_app.domain.staff import Author
from desktop_app.rules.display import long_date
from desktop_app.rules.session_lists import count_words

LABEL = 30.0


def draw_exhibits(
    flow: Flow, exhibits: Sequence[Exhibit], taken: Mapping[int, TakenFile], producer: Author, *, duplex: bool = False
) -> tuple[Piece, ...]:
    """Every exhibit that could be taken in, each on pages of its own, on both sides of the paper on sheets of its own.
    `producer` is the witness whose they are."""
    pieces: list[Piece] = []
    for exhibit in exhibits:
        file = taken.get(exhibit.attachment.id)
        if file is None or file.why:
            continue
        if not flow.at_top:
            if duplex:
                flow.fill_sheet()
            flow.new_page()
        pieces.append(Piece(exhibit.label, f"{long_date(exhibit.day)}, {exhibit.says}", len(flow.pages) - 1))
        _slip(flow, exhibit, file, producer)
        _pages(flow, exhibit, file)
    if not pieces:
        flow.title("Exhibits")
        flow.paragraph("No exhibit is in this bundle.")
    return tuple(pieces)


def _slip(flow: Flow, exhibit: Exhibit, file: TakenFile, producer: Author) -> None:
    """The slip: what a statement calls it, and what it is."""
    face = flow.type.bold
    flow.y += 150.0
    flow.page.text_centre(flow.size.width / 2, flow.y, f"Exhibit {exhibit.label}", face, LABEL)
    flow.y += 46.0
    pages = len(file.pages)
    flow.facts([
        ("What it is", exhibit.says),
        ("Of", long_date(exhibit.day)),
        ("Kept as", exhibit.attachment.shown_name),
        ("Pages", count_words(pages, "page", "pages") if pages else "text"),
        ("SHA-256 of the file", _in_two(exhibit.attachment.sha256)),
        ("Produced by", f"{producer.name}, {producer.position}".rstrip(", ")),
    ])  # fmt: skip
    flow.space(22.0)
    flow.paragraph(f"This is the exhibit marked {exhibit.label} referred to in the statement of:")
    flow.y += 34.0
    flow.facts([("Name", " "), ("Signature", " "), ("Date", " ")])


def _in_two(digest: str) -> str:
    """A digest on two lines of one length, so that it can be compared by eye."""
    half = len(digest) // 2
    return f"{digest[:half]}\n{digest[half:]}"


def _pages(flow: Flow, exhibit: Exhibit, file: TakenFile) -> None:
    if file.text:
        flow.new_page()
        for line in file.text.splitlines():
            flow.paragraph(clean(line)) if line.strip() else flow.space(8.0)
    flow.pages.extend(taken_pages(file, exhibit.attachment.id))
    flow.y = flow.size.bottom


def taken_pages(file: TakenFile, source: int) -> list[Page]:
    """The pages of a file that was taken in, each on one of ours; `source` is the number of its attachment."""
    pages: list[Page] = []
    for taken in file.pages:
        page = Page(LANDSCAPE if taken.width > taken.height else PORTRAIT)
        x, y, width, height = _fitted(taken, page.size)
        if taken.jpeg:
            page.photos.append(Photo(x, y, width, height, taken.jpeg))
        else:
            page.taken = Taken(x, y, width, height, source, taken.number)
        pages.append(page)
    return pages


def _fitted(taken: TakenPage, size: Size) -> tuple[float, float, float, float]:
    """The place of a page between head and foot: as large as fits, never larger than it is, in the middle."""
    room_x, room_y = size.width - LEFT, size.bottom - TOP + 20.0
    scale = min(room_x / taken.width, room_y / taken.height, 1.0)
    width, height = taken.width * scale, taken.height * scale
    return (size.width - width) / 2, TOP - 16.0 + (room_y - height) / 2, width, height
