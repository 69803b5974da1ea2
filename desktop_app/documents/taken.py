"""Files taken into a bundle as pages: a PDF as the pages it has, a picture as a page, text as lines.

Nothing of a file but what is seen on its pages comes in: no script, no attachment, no form that could still be filled,
nothing a camera wrote beside the picture. What cannot be read is refused in words, and the bundle is made without it.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw, ImageOps, ImageSequence, UnidentifiedImageError

from desktop_app.documents.raster import TURN
from desktop_app.domain.bundle import Redaction
from desktop_app.domain.exhibits import Exhibit, TakenAs

DOTS = 200 / 72
"""Dots a point, for a page that becomes a picture and for pictures: as a good fax."""
MOST_DOTS = (1654, 2339)
"""A4 at 200 dots an inch: no picture is kept finer."""
LEAST = 1.0
"""Points: a page that is thinner shows nothing."""
MOST_PIXELS = 300_000_000
QUALITY = 85
WHITE = 255


@dataclass(frozen=True, slots=True)
class TakenPage:
    """One page of a file: its size in points as it is seen, and its place in the PDF, from 0, or a JPEG of it."""

    width: float
    height: float
    number: int = 0
    jpeg: bytes = b""


@dataclass(frozen=True, slots=True)
class TakenFile:
    """A file as pages of `pdf` or pictures, or as `text`; `why` says in a sentence why it could not be taken in."""

    pages: tuple[TakenPage, ...] = ()
    pdf: bytes = b""
    text: str = ""
    why: str = ""


def take(exhibit: Exhibit, content: bytes, redactions: Sequence[Redaction] = ()) -> TakenFile:
    """Take a file in. Never raises for what the file is: `why` says it."""
    name = exhibit.attachment.shown_name
    mine = [one for one in redactions if one.exhibit == exhibit.attachment.id]
    if exhibit.taken_as is TakenAs.PAGES:
        return _pdf(name, content, mine)
    if exhibit.taken_as is TakenAs.PICTURE:
        return _picture(name, content, mine)
    if exhibit.taken_as is TakenAs.TEXT:
        return TakenFile(text=_decoded(content))
    return TakenFile(
        why=f"“{name}” is not in the bundle: open it, save it as PDF, and add that file to the same entry."
    )


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _pdf(name: str, content: bytes, redactions: Sequence[Redaction]) -> TakenFile:
    import pypdfium2  # noqa: PLC0415  # pyright: ignore[reportMissingTypeStubs] - loaded with the first exhibit

    library: Any = pypdfium2
    with TURN:
        try:
            document = library.PdfDocument(content)
        except library.PdfiumError as error:
            locked = "assword" in str(error)
            return TakenFile(why=_unread(name, "it is locked with a password" if locked else "it is damaged"))
        try:
            return _pages(library.raw, document, name, content, redactions)
        except library.PdfiumError:
            return TakenFile(why=_unread(name, "a page of it is damaged"))
        finally:
            document.close()


def _unread(name: str, why: str) -> str:
    return (
        f"“{name}” is not in the bundle: {why}. Ask for it again, or print it, scan it and add the scan to the entry."
    )


def _pages(raw: Any, document: Any, name: str, content: bytes, redactions: Sequence[Redaction]) -> TakenFile:
    """Every page, and the file with whatever lay on its pages made part of them."""
    if document.get_formtype():
        document.init_forms()
    pages: list[TakenPage] = []
    changed = False
    for number in range(len(document)):
        page = document[number]
        width, height = page.get_size()
        if min(width, height) < LEAST:
            page.close()
            return TakenFile(why=_unread(name, "a page of it has no size"))
        hidden = [one for one in redactions if one.page == number + 1]
        if hidden:
            pages.append(_blacked(page, hidden))
        else:
            changed = raw.FPDFPage_Flatten(page.raw, raw.FLAT_PRINT) == raw.FLATTEN_SUCCESS or changed
            pages.append(TakenPage(width, height, number))
        page.close()
    return TakenFile(tuple(pages), _saved(document) if changed else content)


def _saved(document: Any) -> bytes:
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _blacked(page: Any, hidden: Sequence[Redaction]) -> TakenPage:
    """The page as a picture, with nothing under the black."""
    width, height = page.get_size()
    picture = _rendered(page)
    _blacken(picture, hidden)
    return TakenPage(width, height, jpeg=_jpeg(picture))


def _rendered(page: Any) -> Image.Image:
    """A page as dots: as fine as pictures are kept, of a poster too."""
    width, height = page.get_size()
    scale = min(DOTS, max(MOST_DOTS) / max(width, height))
    bitmap = page.render(scale=scale)
    picture = bitmap.to_pil().convert("RGB")
    bitmap.close()
    return picture


def picture_of(content: bytes, number: int) -> tuple[bytes, tuple[int, int]]:
    """A page of a PDF that was taken in, counted from 0, as a JPEG, and how many dots that is across and down; no
    bytes where nothing is seen on it."""
    import pypdfium2  # noqa: PLC0415  # pyright: ignore[reportMissingTypeStubs] - loaded with the first exhibit

    library: Any = pypdfium2
    with TURN:
        document = library.PdfDocument(content)
        page = document[number]
        picture = _rendered(page)
        page.close()
        document.close()
    darkest, _ = picture.convert("L").getextrema()
    return b"" if darkest == WHITE else _jpeg(picture), picture.size


def _blacken(picture: Image.Image, hidden: Sequence[Redaction]) -> None:
    pen = ImageDraw.Draw(picture)
    across, down = picture.size
    for one in hidden:
        corners = (one.left * across, one.top * down, one.right * across, one.bottom * down)
        pen.rectangle(corners, fill="black")


def _picture(name: str, content: bytes, redactions: Sequence[Redaction]) -> TakenFile:
    try:
        with warnings.catch_warnings():
            # A great picture is made small before it is drawn, and has its own limit below.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return TakenFile(tuple(_frames(content, redactions)))
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        TypeError,
        LookupError,
        SyntaxError,
        Image.DecompressionBombError,
    ):
        return TakenFile(why=_unread(name, "it is no picture that can be read"))


def _frames(content: bytes, redactions: Sequence[Redaction]) -> Iterator[TakenPage]:
    """Each page of the picture: a scan may have several."""
    opened = Image.open(BytesIO(content), formats=("PNG", "JPEG", "GIF", "TIFF"))
    if opened.width * opened.height > MOST_PIXELS:
        raise ValueError(opened.size)
    several = opened.format == "TIFF"
    frames = ImageSequence.Iterator(opened) if several else iter((opened,))
    for number, frame in enumerate(frames, start=1):
        if not several:
            frame.draft("RGB", MOST_DOTS)
        picture = on_white(ImageOps.exif_transpose(frame))
        picture.thumbnail(MOST_DOTS if picture.height >= picture.width else (MOST_DOTS[1], MOST_DOTS[0]))
        _blacken(picture, [one for one in redactions if one.page == number])
        yield TakenPage(picture.width / DOTS, picture.height / DOTS, jpeg=_jpeg(picture))


def on_white(picture: Image.Image) -> Image.Image:
    """The picture in colours that print, with white where it is clear."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        clear = picture.convert("RGBA")
        white = Image.new("RGB", clear.size, "white")
        white.paste(clear, mask=clear.getchannel("A"))
        return white
    return picture.convert("RGB")


def _jpeg(picture: Image.Image) -> bytes:
    stream = BytesIO()
    picture.save(stream, "JPEG", quality=QUALITY)
    return stream.getvalue()
