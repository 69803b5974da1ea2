"""A bundle for printing on both sides: every part on a sheet of its own, and an index that is still true."""

from __future__ import annotations

from dataclasses import replace

from desktop_app.documents.bundle import draw
from desktop_app.documents.flow import BLANK_PAGE
from desktop_app.domain.referrals import PartSpec
from desktop_app.domain.rulebook import Rulebook
from desktop_app.rules.bundle import plan
from tests.support.long_case import long_case
from tests.support.parts_case import with_parts
from tests.support.reading_pdf import ReadBack, read_pdf


def drawn(rulebook: Rulebook, *, duplex: bool, entries: int = 40) -> ReadBack:
    file, _, stamp = long_case(rulebook, entries)
    file = replace(file, request=replace(file.request, duplex=duplex))
    return read_pdf(draw(file, plan(file), stamp).content)


def test_every_part_begins_on_an_odd_page_and_the_index_is_true(rulebook: Rulebook) -> None:
    read = drawn(rulebook, duplex=True)
    assert len(read.index) > 5
    assert read.bookmarks == (("Cover and index", 1), *read.index)
    for number, (title, page) in enumerate(read.index, start=1):
        assert page % 2 == 1
        assert f"Part {number} · {title}\n" in read.pages[page - 1]
        assert BLANK_PAGE not in read.pages[page - 1]


def test_a_blank_page_says_so_and_bears_its_number(rulebook: Rulebook) -> None:
    read = drawn(rulebook, duplex=True)
    blank = [number for number, page in enumerate(read.pages, start=1) if BLANK_PAGE in page]
    assert blank
    assert all(number % 2 == 0 for number in blank)
    for number in blank:
        assert f"page {number} of {len(read.pages)}" in read.pages[number - 1]
    plain = drawn(rulebook, duplex=False)
    assert BLANK_PAGE not in plain.text
    assert len(read.pages) == len(plain.pages) + len(blank)
    assert BLANK_PAGE not in read.pages[-1]


def test_the_cover_names_the_pages_of_the_register_without_the_blank_one(rulebook: Rulebook) -> None:
    file, _, stamp = long_case(rulebook, 2)
    short = replace(file.request, first=file.request.last.replace(day=1), duplex=True)
    parts = (PartSpec("register", "Attendance register"), PartSpec("chronology", "Chronology"))
    file = with_parts(replace(file, request=short), *parts)
    read = read_pdf(draw(file, plan(file), stamp).content)
    assert "from the register on page 3." in " ".join(read.pages[0].split())
    assert dict(read.index) == {"Attendance register": 3, "Chronology": 5}
