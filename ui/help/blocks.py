"""What a section of the help is made of, and the words each part is found by."""

from __future__ import annotations

import re
from dataclasses import dataclass

from desktop_app.domain.codes import Code
from desktop_app.domain.rulebook import Band
from ui.keys import Key

SPAN = re.compile(r"\*\*(?P<strong>.+?)\*\*|`(?P<key>.+?)`|\[(?P<words>[^]]+)]\((?P<link>[^)]*)\)")
"""What may stand in a line of text: `**strong**`, a key in backticks, `[words](section)`. Nothing else is markup."""


def plain_words(text: str) -> str:
    """A line of text without its marks."""
    return SPAN.sub(lambda found: found["strong"] or found["key"] or found["words"], text)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading within a section."""

    text: str

    @property
    def searched(self) -> str:
        """By which words it is found."""
        return plain_words(self.text)


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph, or one point of a list."""

    text: str
    point: bool = False

    @property
    def searched(self) -> str:
        """By which words it is found."""
        return plain_words(self.text)


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A key and what it does."""

    key: Key

    @property
    def searched(self) -> str:
        """By which words it is found."""
        return f"{self.key.shown} {' '.join(self.key.keys)} {self.key.does} {self.key.hint}"


@dataclass(frozen=True, slots=True)
class CodeLine:
    """A code, what is said of it, its source, and the everyday words people look for it by."""

    code: Code
    lines: tuple[str, ...]
    everyday: str

    @property
    def searched(self) -> str:
        """By which words it is found."""
        return f"{self.code.key} {self.code.title} {self.code.counts.words} {' '.join(self.lines)} {self.everyday}"


@dataclass(frozen=True, slots=True)
class BandLine:
    """A band, its exact ends in words, and what it means."""

    band: Band
    ends: str

    @property
    def searched(self) -> str:
        """By which words it is found."""
        return f"{self.band.title} {self.ends} {self.band.meaning}"


Block = Heading | Prose | KeyLine | CodeLine | BandLine


@dataclass(frozen=True, slots=True)
class Section:
    """A section: `key` is the place it is about, where it is about one."""

    key: str
    title: str
    blocks: tuple[Block, ...]
