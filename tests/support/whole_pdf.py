"""A bundle read to the bottom: its index, bookmarks and stamps, and everything a byte of it may say."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ByteStringObject, IndirectObject, StreamObject, TextStringObject

STAMP = re.compile(r"page (\d+) of (\d+)$", re.MULTILINE)
HEADER = re.compile(r"Part (\d+) · (.+)$", re.MULTILINE)
INDEX = re.compile(r"^(\d+|[A-Z]+/\d+) (.+) (\d+)$", re.MULTILINE)
QPDF = shutil.which("qpdf")


@dataclass(frozen=True)
class Indexed:
    """A line of the index: the part’s number or the exhibit’s label, the title, the page."""

    label: str
    title: str
    page: int


class WholePdf:
    """A bundle as a reader, and as somebody who looks for what is hidden, would read it. Pages count from 1."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.reader = PdfReader(BytesIO(content))
        self.pages = tuple(page.extract_text() for page in self.reader.pages)

    @cached_property
    def index(self) -> tuple[Indexed, ...]:
        """The lines of the index, on however many pages it stands."""
        first = next((number for number, page in enumerate(self.pages) if HEADER.search(page)), len(self.pages))
        contents = "\n".join(self.pages[:first]).partition("Contents")[2]
        return tuple(Indexed(label, title, int(page)) for label, title, page in INDEX.findall(contents))

    @cached_property
    def bookmarks(self) -> tuple[tuple[str, int], ...]:
        """(title, page) of each bookmark, those below another after it."""
        return tuple(self._marks(self.reader.outline))

    def _marks(self, outline: list[Any]) -> Iterator[tuple[str, int]]:
        for mark in outline:
            if isinstance(mark, list):
                yield from self._marks(mark)
            else:
                yield str(mark.title), (self.reader.get_destination_page_number(mark) or 0) + 1

    def stamp(self, page: int) -> tuple[int, int]:
        """What a page says of itself: which it is, of how many; its last words that say so."""
        found = STAMP.findall(self.pages[page - 1])
        return (int(found[-1][0]), int(found[-1][1])) if found else (0, 0)

    def pages_of_part(self, part: int) -> tuple[int, ...]:
        """The pages of a part, by the number at their head."""
        found = ((number, HEADER.search(page)) for number, page in enumerate(self.pages, start=1))
        return tuple(number for number, head in found if head is not None and int(head[1]) == part)

    @cached_property
    def everything(self) -> str:
        """Every text there is, with single spaces: of the pages, of the properties, of each object, of each stream as
        it is stored and unpacked, and the bytes themselves."""
        raw = [self.content, *self._strings()]
        said = [*self.pages, *(text for one in raw for text in _readings(one))]
        return re.sub(r"\s+", " ", "\n".join(said))

    def _strings(self) -> Iterator[bytes]:
        for number in range(1, int(self.reader.trailer["/Size"])):  # type: ignore[arg-type]
            held: Any = self.reader.get_object(IndirectObject(number, 0, self.reader))
            yield from _of_object(held, set())

    def says(self, text: str) -> bool:
        """Whether a text stands anywhere in it, as whole words, in capitals or not."""
        folded = text.casefold()
        # To look for the bare text first is a hundred times quicker, and nearly every text is nowhere.
        return folded in self._folded and re.search(rf"(?<!\w){re.escape(folded)}(?!\w)", self._folded) is not None

    @cached_property
    def _folded(self) -> str:
        return self.everything.casefold()

    @property
    def attachments(self) -> list[str]:
        """The names of files inside it."""
        return list(self.reader.attachments)


def _of_object(held: Any, seen: set[int]) -> Iterator[bytes]:
    if held is None or id(held) in seen:
        return
    seen.add(id(held))
    if isinstance(held, TextStringObject | ByteStringObject):
        yield held.original_bytes
        yield str(held).encode()
    elif isinstance(held, StreamObject):
        yield held.get_data()
        yield from _of_values(held.values(), seen)
    elif isinstance(held, dict):
        yield from _of_values(held.values(), seen)
    elif isinstance(held, list):
        yield from _of_values(held, seen)


def _of_values(values: Any, seen: set[int]) -> Iterator[bytes]:
    for value in values:
        if not isinstance(value, IndirectObject):
            yield from _of_object(value, seen)


def _readings(raw: bytes) -> Iterator[str]:
    """Bytes as each writing that a PDF uses."""
    yield raw.decode("latin-1")
    yield raw.decode("utf-8", "ignore")
    yield raw.decode("utf-16-be", "ignore")


def check_with_qpdf(path: Path) -> str:
    """What qpdf says against a file; nothing where it is clean, or where qpdf is not installed."""
    if QPDF is None:
        return ""
    asked = subprocess.run([QPDF, "--check", str(path)], capture_output=True, text=True, check=False)
    return "" if asked.returncode == 0 else asked.stdout + asked.stderr
