"""A page of somebody else’s PDF as one sealed drawing: what it draws with comes along, and nothing else of its file.

The pages of a file often share one list of pictures and fonts, so a page brings those alone that its own instructions
name: what another page shows, and what was blacked there, stays behind. So does what is never seen: descriptions,
histories, structure and layers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import cast

from pypdf import PageObject, PdfReader
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    PdfObject,
    RectangleObject,
    StreamObject,
)

RESOURCES, KINDS = "/Resources", ("/Font", "/XObject", "/ColorSpace", "/ExtGState", "/Pattern", "/Shading")
"""The lists of what a page draws with, and those of them whose things it names."""
UNSEEN = (
    "/Metadata", "/PieceInfo", "/OPI", "/AF", "/Alternates", "/Ref", "/Measure", "/StructParent", "/StructParents",
    "/LastModified", "/Properties", "/OC",
)  # fmt: skip
"""What hangs on a drawing and shows nothing; layers too, since a page with a hidden one comes in as a picture."""
ALWAYS = frozenset({"/DefaultGray", "/DefaultRGB", "/DefaultCMYK"})
"""What a page draws with though no instruction names it."""
_NAME = re.compile(rb"(/[^\s/\[\]()<>{}%]+)")


class Foreign:
    """A file of somebody else, of which pages are taken as drawings. Making one and taking a page raise what `pypdf`
    raises of a damaged file, and `ValueError` for what cannot be shown as a drawing as it is seen."""

    def __init__(self, content: bytes) -> None:
        self._reader = PdfReader(BytesIO(content))
        self._stripped: set[int] = set()
        if _hides_layers(self._reader):
            raise ValueError("layers that are not shown would be")

    def page(self, number: int) -> PageObject:
        """A page, counted from 0."""
        return self._reader.pages[number]

    def drawing_of(self, page: PageObject) -> DecodedStreamObject:
        """The page as one drawing. Its annotations stay behind: what they show was made part of the page before."""
        form = DecodedStreamObject()
        contents = page.get_contents()
        said = contents.get_data() if contents is not None else b""
        form.set_data(said)
        form[NameObject("/Type")] = NameObject("/XObject")
        form[NameObject("/Subtype")] = NameObject("/Form")
        form[NameObject("/BBox")] = RectangleObject(tuple(float(side) for side in page.cropbox))
        form[NameObject(RESOURCES)] = _needed(_plain(page.get(RESOURCES)), said)
        if "/Group" in page:
            form[NameObject("/Group")] = page["/Group"]
        _strip(form, self._stripped)
        return form


def _hides_layers(reader: PdfReader) -> bool:
    """Whether the file has layers that are not shown: as a drawing they would be."""
    layers = _plain(reader.root_object.get("/OCProperties"))
    shown = _plain(layers.get("/D")) if isinstance(layers, DictionaryObject) else None
    if not isinstance(shown, DictionaryObject):
        return False
    return bool(_plain(shown.get("/OFF"))) or shown.get("/BaseState", "/ON") != "/ON"


def _plain(found: PdfObject | None) -> PdfObject | None:
    return found.get_object() if found is not None else None


def _needed(resources: PdfObject | None, said: bytes) -> DictionaryObject:
    """Of what a page or drawing may draw with, what its instructions name; a drawing that has no list of its own draws
    with the page’s, so what it names is needed too."""
    kept = DictionaryObject()
    if not isinstance(resources, DictionaryObject):
        return kept
    names, lists = _names(said), {kind: _plain(resources.get(kind)) for kind in KINDS}
    drawings = lists["/XObject"]
    names |= _named_by_guests(drawings, names) if isinstance(drawings, DictionaryObject) else set()
    for kind, of_kind in lists.items():
        if isinstance(of_kind, DictionaryObject):
            found = {key: of_kind.raw_get(key) for key in of_kind if str(key) in names}
            kept[NameObject(kind)] = DictionaryObject(found)
    fonts = kept.get("/Font", {})
    if any(_draws_with_the_page(_plain(fonts[key])) for key in fonts):
        raise ValueError("a font draws with what the page has")
    return kept


def _draws_with_the_page(font: PdfObject | None) -> bool:
    return isinstance(font, DictionaryObject) and font.get("/Subtype") == "/Type3" and RESOURCES not in font


def _named_by_guests(drawings: DictionaryObject, names: set[str]) -> set[str]:
    """What drawings name that have no list of their own, and those that they draw in turn."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        drawing = _plain(drawings.get(waiting.pop()))
        if isinstance(drawing, StreamObject) and drawing.get("/Subtype") == "/Form" and RESOURCES not in drawing:
            new = _names(drawing.get_data()) - names - found
            found |= new
            waiting += new
    return found


def _names(said: bytes) -> set[str]:
    """Every name in some instructions, as the library reads names."""
    return {_decoded(NameObject.unnumber(name)) for name in _NAME.findall(said)} | ALWAYS


def _decoded(name: bytes) -> str:
    for charset in NameObject.CHARSETS:
        try:
            return name.decode(charset)
        except UnicodeDecodeError:
            continue
    raise ValueError(name)


def _strip(form: DictionaryObject, seen: set[int]) -> None:
    """Take what is never seen from a drawing and from everything it draws with, however deep. `seen` are the things of
    the file that were looked at for an earlier page."""
    waiting = [form]
    while waiting:
        one = waiting.pop()
        for key in UNSEEN:
            one.pop(key, None)
        if one is not form and isinstance(one, StreamObject) and one.get("/Subtype") == "/Form" and RESOURCES in one:
            one[NameObject(RESOURCES)] = _needed(_plain(one.get(RESOURCES)), one.get_data())
        for within in _within(one):
            if id(within) not in seen:
                seen.add(id(within))
                waiting.append(within)


def _within(of: DictionaryObject | ArrayObject) -> Iterator[DictionaryObject]:
    values = of.values() if isinstance(of, DictionaryObject) else of
    for value in values:
        found = _plain(cast("PdfObject", value))
        if isinstance(found, DictionaryObject):
            yield found
        elif isinstance(found, ArrayObject):
            yield from _within(found)
