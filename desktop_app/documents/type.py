"""The type every document is set in: two faces of Noto Sans, embedded, measured once per letter.

Chinese and Japanese letters come from a face of their own, which has no bold. Letters that no face has print as an
empty box; nothing is refused for its letters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from desktop_app import paths

REGULAR = "NotoSans-Regular"
BOLD = "NotoSans-Bold"
EASTERN = "DroidSansFallbackFull"
"""Chinese and Japanese."""

RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u200e\u200f\u061c]")
"""A letter of a script that is written from right to left, or a mark that turns the order."""
EAST = re.compile("[\u1100-\u11ff\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef]")
"""A letter that is looked for in the eastern face."""


class _Widths(dict[str, float]):
    """Letter widths at size 1; a letter is looked up in the face the first time it is met."""

    def __init__(self, measure: Callable[[str], float]) -> None:
        super().__init__()
        self._measure = measure

    def __missing__(self, letter: str) -> float:
        width = self[letter] = self._measure(letter)
        return width


def font(name: str, folder: Path) -> Any:
    """The font of that name, read once for the life of the program."""
    known: Any = pdfmetrics
    if name not in known.getRegisteredFontNames():
        known.registerFont(TTFont(name, str(folder / f"{name}.ttf")))
    return known.getFont(name)


class Face:
    """One face: its name in the document, and how wide a text is in it."""

    __slots__ = ("_folder", "_shapes", "_widths", "name")

    def __init__(self, name: str, folder: Path) -> None:
        """Take the face from `folder`/`name`.ttf, once for the life of the program."""
        self.name = name
        self._folder = folder
        self._shapes: Any = font(name, folder).face.charToGlyph
        self._widths = _Widths(lambda letter: float(self._font_of(letter).stringWidth(letter, 1)))

    def _font_of(self, letter: str) -> Any:
        return font(EASTERN if EAST.match(letter) else self.name, self._folder)

    def width(self, text: str, size: float) -> float:
        """How wide `text` is at `size`, both in points. One of a script that joins is as wide as it is when set."""
        if not text.isascii() and RIGHT_TO_LEFT.search(text) is not None:
            from desktop_app.documents.script import width_of  # noqa: PLC0415 - it stands on this module

            return width_of(text, bold=self.name == BOLD) * size
        return sum(map(self._widths.__getitem__, text)) * size

    @property
    def lacking(self) -> str:
        """The letters that were asked for and have no shape in any face."""
        return "".join(letter for letter in self._widths if not self._has(letter) and not letter.isspace())

    def _has(self, letter: str) -> bool:
        return ord(letter) in self._shapes or ord(letter) in self._font_of(letter).face.charToGlyph

    def fit(self, text: str, size: float, room: float) -> str:
        """`text` on one line of `room` points, its end cut with an ellipsis where it is too long."""
        if self.width(text, size) <= room:
            return text
        while text and self.width(f"{text}…", size) > room:
            text = text[:-1].rstrip()
        return f"{text}…"

    def wrap(self, text: str, size: float, room: float) -> list[str]:
        """`text` in lines of at most `room` points. Line ends in the text are kept; a word too long is cut."""
        if "\n" not in text and self.width(text, size) <= room:
            return [text]
        lines: list[str] = []
        for paragraph in text.split("\n"):
            lines.extend(self._wrap_words(paragraph.split(), size, room))
        return lines or [""]

    def _wrap_words(self, words: list[str], size: float, room: float) -> list[str]:
        lines: list[str] = []
        line, taken = "", 0.0
        space = self._widths[" "] * size
        for word in words:
            wide = self.width(word, size)
            if line and taken + space + wide <= room:
                line, taken = f"{line} {word}", taken + space + wide
                continue
            if line:
                lines.append(line)
            while wide > room:
                head = self._longest(word, size, room)
                lines.append(word[:head])
                word = word[head:]  # noqa: PLW2901 - what is left of it is still this word
                wide = self.width(word, size)
            line, taken = word, wide
        return [*lines, line]

    def _longest(self, word: str, size: float, room: float) -> int:
        """How many letters of a word fit, at least one."""
        taken = 0.0
        for count, letter in enumerate(word):
            taken += self._widths[letter] * size
            if taken > room:
                return max(1, count)
        return len(word)


@dataclass(frozen=True, slots=True)
class Type:
    """The two faces of a document."""

    regular: Face
    bold: Face

    @property
    def lacking(self) -> str:
        """The letters that were set and print as empty boxes, each once, in their order."""
        return "".join(sorted({*self.regular.lacking, *self.bold.lacking}))


def load_type() -> Type:
    """The faces from the program's resources."""
    folder = paths.resources() / "fonts"
    return Type(Face(REGULAR, folder), Face(BOLD, folder))


STAND_INS = str.maketrans({"−": "-", "≥": ">=", "≤": "<=", "→": "->", "↑": "up", "↓": "down"})
"""What is set for signs that the faces do not have."""


def clean(text: str) -> str:
    """Text as it is set: accents joined to their letters, line ends kept, other control characters out."""
    if text.isascii() and text.isprintable():
        return text
    joined = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")).translate(
        STAND_INS
    )
    return "".join(letter for letter in joined if letter == "\n" or unicodedata.category(letter)[0] != "C")
