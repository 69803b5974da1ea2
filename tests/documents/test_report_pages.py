"""The pages of a report: turned where a table is wide, in letters to be read, no heading alone, one where promised."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction

import pytest
from pypdf import PageObject, PdfReader

from desktop_app.documents.page import HEIGHT, WIDTH
from desktop_app.documents.report_pdf import APPENDIX, report_pdf
from desktop_app.domain.charts import LineChart, Series
from desktop_app.domain.report import (
    BigFigure,
    Block,
    ChartBlock,
    FiguresBlock,
    Report,
    ReportColumn,
    TableBlock,
    TextBlock,
    Unit,
)
from tests.support.report_text import pdf_words

SMALLEST = 7.5


def pages_of(*blocks: Block, one_page: bool = False) -> Sequence[PageObject]:
    made = Report("t", "Wide", "", "School", datetime(2026, 1, 5), "All.", blocks, one_page=one_page)
    return PdfReader(io.BytesIO(report_pdf(made))).pages


def table(columns: int, rows: int = 80, name: str = "Child number") -> TableBlock:
    """A column of names, and so many of percentages."""
    heads = (ReportColumn("Name"), *(ReportColumn(f"Heading {n}", Unit.PERCENT) for n in range(columns)))
    lines = tuple((f"{name} {n}", *(Fraction(900 + n, 10) for _ in range(columns))) for n in range(rows))
    return TableBlock("Wide", heads, lines, "A note.")


def sizes(page: PageObject) -> set[float]:
    found: set[float] = set()

    def see(text: str, _cm: object, _tm: object, _font: object, size: float) -> None:
        if text.strip():
            found.add(round(size, 2))

    page.extract_text(visitor_text=see)
    return found


def shape(page: PageObject) -> tuple[float, float]:
    return float(page.mediabox.width), float(page.mediabox.height)


def test_a_table_with_room_stays_on_upright_pages() -> None:
    pages = pages_of(table(5))
    assert {shape(one) for one in pages} == {(WIDTH, HEIGHT)}
    assert min(min(sizes(one)) for one in pages) >= 8.0


def test_a_wide_table_turns_the_pages_and_its_letters_can_be_read() -> None:
    pages = pages_of(table(13))
    assert {shape(one) for one in pages} == {(HEIGHT, WIDTH)}
    assert all("Heading" in one.extract_text() for one in pages)
    assert min(min(sizes(one)) for one in pages) >= SMALLEST
    line = next(one for one in pages[0].extract_text().splitlines() if one.startswith("Child number 10"))
    assert line.count("91.0%") == 13
    assert f"page {len(pages)} of {len(pages)}" in pages[-1].extract_text()


def test_a_table_wider_than_that_is_parted_with_the_names_in_each_part() -> None:
    pages = pages_of(table(40, rows=3))
    words = "\n".join(one.extract_text() for one in pages)
    assert min(min(sizes(one)) for one in pages) >= SMALLEST
    assert words.count("Child number 2") == words.count("Wide (continued)") + 1 > 1
    assert words.count("90.2%") == 40
    assert words.count("A note.") == 1


def test_nothing_is_drawn_beyond_the_edge_of_a_turned_page() -> None:
    for page in pages_of(table(13)):
        right: list[float] = []
        page.extract_text(visitor_text=lambda text, _c, tm, *_, right=right: right.append(tm[4] if text.strip() else 0))
        assert WIDTH < max(right) < HEIGHT - 40


@pytest.mark.parametrize("rows", range(18, 32))
def test_the_heading_of_the_numbers_never_stands_alone(rows: int) -> None:
    """Wherever the page happens to end."""
    chart = LineChart("A line", "%", tuple(f"week {n}" for n in range(6)), (Series("us", (Fraction(90),) * 6),))
    pages = pages_of(table(3, rows=rows), TextBlock("More."), ChartBlock(chart))
    page = next(one.extract_text() for one in pages if APPENDIX in one.extract_text())
    assert "week 5" in page[page.index(APPENDIX) :]


def test_on_a_turned_page_a_short_table_is_whole_and_a_longer_one_set_closer() -> None:
    """Wherever the page happens to end; fifteen rows and their note stand on one page."""
    for before in range(1, 12):
        pages = pages_of(table(13, rows=before, name="Earlier"), table(4, rows=11))
        assert sum("Child number" in one.extract_text() for one in pages) == 1, before
    assert len(pages_of(table(13, rows=15))) == 1


def test_each_class_begins_a_page_of_its_own() -> None:
    first = FiguresBlock((BigFigure("4B", Fraction(90)),))
    second = FiguresBlock((BigFigure("5C", Fraction(91)),), fresh=True)
    pages = pages_of(first, table(3, rows=4), second, table(3, rows=4))
    assert len(pages) == 2
    assert "5C" in pages[1].extract_text()
    assert "4B" not in pages[1].extract_text()


def test_a_summary_is_set_closer_until_it_is_one_page() -> None:
    blocks = [table(5, rows=9), table(5, rows=9), table(5, rows=9), TextBlock("Words. " * 40, "Said")]
    assert len(pages_of(*blocks)) == 2
    (page,) = pages_of(*blocks, one_page=True)
    assert min(sizes(page)) >= SMALLEST
    assert page.extract_text().count("Child number 8") == 3


@pytest.mark.parametrize(
    ("public", "handed_on", "pupil", "words"),
    [
        (True, False, 0, "For governors and the public: no child is named"),
        (False, False, 0, "For the school’s own use"),
        (False, True, 0, "Confidential: it is about single children."),
        (False, True, 7, "Confidential: it is about one child."),
    ],
)
def test_it_says_for_whom_it_is(public: bool, handed_on: bool, pupil: int, words: str) -> None:
    made = Report("t", "T", "", "S", datetime(2026, 1, 5), "All.", (), public, pupil, handed_on=handed_on)
    said = pdf_words(report_pdf(made))
    assert words in said
    assert said.count("own use") == (1 if "own use" in words else 0)


def test_a_class_of_thirty_stands_on_one_page_in_letters_to_be_read() -> None:
    pages = pages_of(table(6, rows=30))
    first = pages[0].extract_text()
    assert "Child number 0" in first
    assert "Child number 29" in first
    assert "A note." in first
    assert min(sizes(pages[0])) >= 8.0
