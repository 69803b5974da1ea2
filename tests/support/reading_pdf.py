"""Reading a bundle back as a reader would: its pages' text, its index and its bookmarks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO

from pypdf import PdfReader

INDEX_LINE = re.compile(r"^(\d+) (.+) (\d+)$", re.MULTILINE)
DAY = r"^(?P<day>\w{3} \d{1,2} \w{3} \d{4})"
CERTIFIED = re.compile(DAY + r" AM PM (?P<code>[A-Z]\d?) (?P=code) .+ 2$")
SINGLE = re.compile(DAY + r" (?P<half>AM|PM) (?P<code>[A-Z]\d?) .+ 1$")


@dataclass(frozen=True)
class ReadBack:
    """A PDF as read: text by page, and (title, page) of each bookmark of a part; pages count from 1."""

    pages: tuple[str, ...]
    bookmarks: tuple[tuple[str, int], ...]

    @property
    def text(self) -> str:
        """All of it."""
        return "\n".join(self.pages)

    @property
    def index(self) -> tuple[tuple[str, int], ...]:
        """(title, page) of each line of the index on the cover."""
        contents = self.pages[0].partition("Contents")[2]
        return tuple((title, int(page)) for _, title, page in INDEX_LINE.findall(contents))

    def part(self, title: str) -> tuple[str, ...]:
        """The pages whose header names the part."""
        return tuple(page for page in self.pages if re.search(rf"Part \d+ · {re.escape(title)}$", page, re.MULTILINE))


def read_pdf(content: bytes) -> ReadBack:
    """Read a PDF."""
    reader = PdfReader(BytesIO(content))
    pages = tuple(page.extract_text() for page in reader.pages)
    marks = [mark for mark in reader.outline if not isinstance(mark, list)]
    bookmarks = tuple((str(mark.title), reader.get_destination_page_number(mark) + 1) for mark in marks)
    return ReadBack(pages, bookmarks)


def certified_sessions(read: ReadBack, title: str = "Certificate of attendance") -> list[tuple[str, str, str]]:
    """Each unauthorised session the certificate lists: date as printed, AM or PM, code; two of a line that is two."""
    found: list[tuple[str, str, str]] = []
    for page in read.part(title):
        for line in page.split("\n"):
            if whole := CERTIFIED.match(line):
                found += [(whole["day"], "AM", whole["code"]), (whole["day"], "PM", whole["code"])]
            elif single := SINGLE.match(line):
                found.append((single["day"], single["half"], single["code"]))
    return found
