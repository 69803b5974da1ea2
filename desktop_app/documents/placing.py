"""Pages of other PDFs, put onto the pages that wait for them.

A page comes in as one sealed drawing (`documents/foreign.py`), cut at its own edge. One that can be seen, but whose
instructions cannot be taken over whole (a damaged file is mended by whoever shows it), comes in as a picture of itself:
a bundle is never without a page because of how its file is made.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import NamedTuple

from pypdf import PageObject, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
)

from desktop_app.documents.foreign import Foreign
from desktop_app.documents.taken import picture_of

UNREADABLE = (
    *(PyPdfError, ValueError, TypeError, AttributeError, LookupError, ArithmeticError, AssertionError),
    *(RecursionError, NotImplementedError, EOFError, OSError, zlib.error, struct.error),
)
"""What reading a damaged file can raise."""
HALF, QUARTERS = 180, (90, 270)
TAKEN = NameObject("/Taken")


class Waiting(NamedTuple):
    """A page of ours that waits for one of another file: ours and theirs, counted from 0, which file, and where: lower
    left corner, width and height in points."""

    page: int
    source: int
    number: int
    x: float
    y: float
    width: float
    height: float


def place_pages(content: bytes, waiting: Sequence[Waiting], sources: Mapping[int, bytes]) -> bytes:
    """The PDF with every waiting page filled."""
    writer = PdfWriter(clone_from=BytesIO(content))
    files = {key: _opened(sources[key]) for key in {one.source for one in waiting}}
    for one in waiting:
        if not _put(writer, files[one.source], one):
            _put_picture(writer, sources[one.source], one)
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def _opened(content: bytes) -> Foreign | None:
    """The file, where its pages can be taken as drawings."""
    try:
        return Foreign(content)
    except UNREADABLE:
        return None


def _put(writer: PdfWriter, file: Foreign | None, at: Waiting) -> bool:
    """Draw their page on ours, scaled into its place and turned as it is seen; False where it cannot be taken so, or
    has no instructions: a damaged one may have lost them."""
    if file is None:
        return False
    try:
        theirs = file.page(at.number)
        drawing = file.drawing_of(theirs)
        said = bool(drawing.get_data().strip())
        if said:
            _draw(writer, writer.pages[at.page], drawing, _matrix(theirs, at))
    except UNREADABLE:
        return False
    return said


def _put_picture(writer: PdfWriter, content: bytes, at: Waiting) -> None:
    """Draw a picture of their page on ours; nothing where nothing is seen on it."""
    jpeg, (width, height) = picture_of(content, at.number)
    if not jpeg:
        return
    image = DecodedStreamObject()
    image.set_data(jpeg)
    for key, value in (
        ("/Type", NameObject("/XObject")),
        ("/Subtype", NameObject("/Image")),
        ("/Filter", NameObject("/DCTDecode")),
        ("/ColorSpace", NameObject("/DeviceRGB")),
        ("/BitsPerComponent", NumberObject(8)),
        ("/Width", NumberObject(width)),
        ("/Height", NumberObject(height)),
    ):
        image[NameObject(key)] = value
    _draw(writer, writer.pages[at.page], image, _said((at.width, 0, 0, at.height, at.x, at.y)))


def _draw(writer: PdfWriter, ours: PageObject, what: DecodedStreamObject, matrix: str) -> None:
    """Name a drawing or picture as one of our page’s, and draw it there."""
    kept = _kept(writer, what)
    resources = _dictionary(ours.get("/Resources"))
    drawings = _dictionary(resources.get("/XObject"))
    drawings[TAKEN] = kept
    resources[NameObject("/XObject")] = drawings
    ours[NameObject("/Resources")] = resources
    drawn = DecodedStreamObject()
    drawn.set_data(f"q {matrix} cm {TAKEN} Do Q\n".encode())
    before = ours["/Contents"].get_object()
    parts = list(before) if isinstance(before, ArrayObject) else [ours.raw_get("/Contents")]
    ours[NameObject("/Contents")] = ArrayObject([_kept(writer, drawn), *parts])


def _dictionary(found: PdfObject | None) -> DictionaryObject:
    """A copy of a dictionary of a page, which other pages may share; an empty one where it has none."""
    whole = found.get_object() if found is not None else None
    return DictionaryObject(whole) if isinstance(whole, DictionaryObject) else DictionaryObject()


def _kept(writer: PdfWriter, what: DecodedStreamObject) -> IndirectObject:
    """The object as the writer keeps it."""
    what.indirect_reference = None  # one that has no number yet: the writer gives it one
    reference = what.clone(writer).indirect_reference
    if reference is None:
        raise TypeError(what)
    return reference


def _matrix(page: PageObject, at: Waiting) -> str:
    """What carries the page, as it is seen, into its place: the library knows the turn, we the corner and the scale."""
    left, low, right, high = (float(side) for side in page.cropbox)
    turn = page.rotation % 360
    wide, tall = (high - low, right - left) if turn in QUARTERS else (right - left, high - low)
    scale_x, scale_y = at.width / wide, at.height / tall
    # The page's own corner goes to the origin, then it is turned so that the seen page lies from the origin up.
    turned = {
        0: (1, 0, 0, 1, -left, -low),
        90: (0, -1, 1, 0, -low, right),
        HALF: (-1, 0, 0, -1, right, high),
        270: (0, 1, -1, 0, high, -left),
    }[turn]
    a, b, c, d, e, f = turned
    numbers = (
        a * scale_x, b * scale_y, c * scale_x, d * scale_y, e * scale_x + at.x, f * scale_y + at.y,
    )  # fmt: skip
    return _said(numbers)


def _said(numbers: Sequence[float]) -> str:
    return " ".join(str(FloatObject(round(number, 5))) for number in numbers)
