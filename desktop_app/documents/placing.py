"""Pages of other PDFs, put onto the pages that wait for them.

A page comes in as one sealed drawing: its own fonts and pictures with it, cut at its own edge, and nothing else of the
file it came from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import NamedTuple

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    PdfObject,
    RectangleObject,
)

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
    readers = {key: PdfReader(BytesIO(sources[key])) for key in {one.source for one in waiting}}
    for one in waiting:
        theirs = readers[one.source].pages[one.number]
        _put(writer, writer.pages[one.page], theirs, one)
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def _put(writer: PdfWriter, ours: PageObject, theirs: PageObject, at: Waiting) -> None:
    """Name their page as a drawing of ours and draw it, scaled into its place and turned as it is seen."""
    resources = _dictionary(ours.get("/Resources"))
    drawings = _dictionary(resources.get("/XObject"))
    drawings[TAKEN] = _kept(writer, _drawing(theirs))
    resources[NameObject("/XObject")] = drawings
    ours[NameObject("/Resources")] = resources
    drawn = DecodedStreamObject()
    drawn.set_data(f"q {_matrix(theirs, at)} cm {TAKEN} Do Q\n".encode())
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


def _drawing(page: PageObject) -> DecodedStreamObject:
    """The page as one drawing. Its annotations stay behind: what they show was made part of the page before."""
    form = DecodedStreamObject()
    contents = page.get_contents()
    form.set_data(contents.get_data() if contents is not None else b"")
    form[NameObject("/Type")] = NameObject("/XObject")
    form[NameObject("/Subtype")] = NameObject("/Form")
    form[NameObject("/BBox")] = RectangleObject(tuple(float(side) for side in page.cropbox))
    resources = page.get("/Resources")
    form[NameObject("/Resources")] = resources.get_object() if isinstance(resources, PdfObject) else DictionaryObject()
    if "/Group" in page:
        form[NameObject("/Group")] = page["/Group"]
    return form


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
    return " ".join(str(FloatObject(round(number, 5))) for number in numbers)
