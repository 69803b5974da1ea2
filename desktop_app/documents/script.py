"""Lines that one face does not set as they stand: their order on the page, their letters joined, the face of each.

The order is that of the Unicode bidirectional algorithm (python-bidi); the forms and places of the letters are what
HarfBuzz makes of the face. Both are loaded when a letter first needs them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple

from desktop_app import paths
from desktop_app.documents.type import BOLD, EAST, EASTERN, REGULAR, RIGHT_TO_LEFT, font

NASKH, NASKH_BOLD = "NotoNaskhArabic-Regular", "NotoNaskhArabic-Bold"
LARGER = 1.16
"""How much larger Arabic letters are set, so that they look as large as the Latin ones beside them."""

_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]")


_NOTHING = {0x200E: None, 0x200F: None, 0x061C: None}
"""Marks that turn the order of a line and are not drawn."""


class Glyphs(NamedTuple):
    """Signs of one face that follow each other at their own widths: `x` and `rise` from the beginning of the line.
    `size` is how large they are beside the line's own size."""

    x: float
    rise: float
    face: str
    size: float
    signs: str


class Run(NamedTuple):
    """Part of a line: what it says, as it is read, and the signs that are drawn for it."""

    text: str
    glyphs: tuple[Glyphs, ...]


class SetLine(NamedTuple):
    """A line as it is drawn, in the order of the page, at size 1."""

    width: float
    runs: tuple[Run, ...]


def is_plain(text: str) -> bool:
    """Whether a text is written from left to right and in one face, so that it is drawn as it stands."""
    return text.isascii() or not (turns(text) or EAST.search(text))


def turns(text: str) -> bool:
    """Whether something in a text is written from right to left."""
    return RIGHT_TO_LEFT.search(text) is not None


@lru_cache(maxsize=4096)
def set_line(text: str, *, bold: bool, right_to_left: bool) -> SetLine:
    """Set one line at size 1; `right_to_left`: which way the paragraph runs that it stands in."""
    x, runs = 0.0, list[Run]()
    for part, level in _in_page_order(text, right_to_left=right_to_left):
        for face, piece in _by_face(part.translate(_NOTHING), bold=bold, backwards=level % 2 == 1):
            glyphs, width = _plain(piece, face) if face == EASTERN else _shape(piece, face, backwards=level % 2 == 1)
            scale = LARGER if face in (NASKH, NASKH_BOLD) else 1.0
            placed = (Glyphs(x + one.x * scale, one.rise * scale, face, scale, one.signs) for one in glyphs)
            runs.append(Run(piece, tuple(placed)))
            x += width * scale
    return SetLine(x, tuple(runs))


def width_of(text: str, *, bold: bool) -> float:
    """How wide a text is at size 1, whichever way it runs."""
    return set_line(text, bold=bold, right_to_left=False).width


def _in_page_order(text: str, *, right_to_left: bool) -> list[tuple[str, int]]:
    """The stretches of one level, from left to right. Source: UAX #9, rule L2."""
    if not right_to_left and not turns(text):
        return [(text, 0)]
    levels = _levels(text, right_to_left=right_to_left)
    runs = [
        ("".join(text[at] for at in places), level)
        for level, of in groupby(range(len(text)), key=levels.__getitem__)
        if (places := list(of))
    ]
    highest = max((level for _, level in runs), default=0)
    for level in range(highest, 0, -1):
        ordered: list[tuple[str, int]] = []
        for over, of in groupby(runs, key=lambda run, at=level: run[1] >= at):
            alike = list(of)
            ordered += reversed(alike) if over else alike
        runs = ordered
    return runs


def _levels(text: str, *, right_to_left: bool) -> list[int]:
    from bidi import algorithm  # type: ignore[import-untyped] # noqa: PLC0415 - only such a script needs it

    known: Any = algorithm
    storage = known.get_empty_storage()
    storage["base_level"], storage["base_dir"] = (1, "R") if right_to_left else (0, "L")
    known.get_embedding_levels(text, storage)
    known.explicit_embed_and_overrides(storage)
    known.resolve_weak_types(storage)
    known.resolve_neutral_types(storage, False)
    known.resolve_implicit_levels(storage, False)
    found = [int(one["level"]) for one in storage["chars"]]
    if len(found) != len(text):
        return [1 if right_to_left else 0] * len(text)
    base = 1 if right_to_left else 0
    for at in range(len(text) - 1, -1, -1):
        if not text[at].isspace():
            break
        found[at] = base
    return found


def _by_face(text: str, *, bold: bool, backwards: bool) -> Iterator[tuple[str, str]]:
    """The pieces of a stretch that one face has, in the order of the page."""
    latin, arabic = (BOLD, NASKH_BOLD) if bold else (REGULAR, NASKH)

    def face_of(letter: str) -> str:
        if EAST.match(letter):
            return EASTERN
        return arabic if _is_arabic(letter) else latin

    pieces = [(face, "".join(of)) for face, of in groupby(text, key=face_of)]
    # A space between two Arabic words belongs to them, so that a line is not cut in a hundred pieces.
    joined: list[tuple[str, str]] = []
    for face, piece in pieces:
        if joined and face == latin and piece == " ":
            joined[-1] = (joined[-1][0], joined[-1][1] + piece)
        elif joined and joined[-1][0] == face:
            joined[-1] = (face, joined[-1][1] + piece)
        else:
            joined.append((face, piece))
    yield from reversed(joined) if backwards else joined


def _is_arabic(letter: str) -> bool:
    return _ARABIC.match(letter) is not None


def _font(name: str) -> Any:
    return font(name, paths.resources() / "fonts")


def _plain(text: str, name: str) -> tuple[list[Glyphs], float]:
    """A piece whose letters stand as they are, and how wide it is at size 1."""
    return [Glyphs(0.0, 0.0, name, 1.0, text)], float(_font(name).stringWidth(text, 1))


def _shape(text: str, name: str, *, backwards: bool) -> tuple[list[Glyphs], float]:
    """The signs of a piece of one face, joined as they should be, and how wide it is at size 1."""
    import uharfbuzz  # type: ignore[import-untyped] # noqa: PLC0415 - only such a script needs it

    library: Any = uharfbuzz
    whole = _font(name)
    face = whole.face
    shaper = whole.hbFont(1)
    per_em = float(library.Face.upem.__get__(whole.hbFace))
    buffer = library.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if backwards else "ltr"
    library.shape(shaper, buffer, {"kern": False, "liga": backwards})
    placed: list[Glyphs] = []
    x = expected = 0.0
    for sign, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        letter, own = _sign(whole, face, shaper, sign.codepoint, place.x_advance, per_em)
        at, rise = x + place.x_offset / per_em, place.y_offset / per_em
        if placed and abs(at - expected) < 0.0005 and rise == placed[-1].rise:
            placed[-1] = placed[-1]._replace(signs=placed[-1].signs + letter)
        else:
            placed.append(Glyphs(at, rise, name, 1.0, letter))
        expected = at + own
        x += place.x_advance / per_em
    return placed, x


def _sign(whole: Any, face: Any, shaper: Any, number: int, advance: int, per_em: float) -> tuple[str, float]:
    """A glyph as a sign the PDF can say, and how far the pen goes for it: one with no letter of its own gets one."""
    known = face.glyphToChar.get(number)
    if known:
        code = known[0]
    else:
        code = whole.hbAddPrivate(shaper.glyph_to_string(number), number, advance * 1000 / per_em)
    return chr(code), face.charWidths[code] / 1000
