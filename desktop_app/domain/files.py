"""Which files are kept with an entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class FileType:
    """A type of file that is kept. `shown`: the window can show it; others are saved as a copy to be looked at."""

    media: str
    title: str
    endings: tuple[str, ...]
    shown: bool = False


@dataclass(frozen=True, slots=True)
class FileRules:
    """The most bytes of one file, the most files with one entry, and the types that are kept, by their media type."""

    largest: int
    most: int
    types: Mapping[str, FileType]
