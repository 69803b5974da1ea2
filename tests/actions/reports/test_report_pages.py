"""What goes to others is said to be confidential, a child’s summary is one page, each class has its own pages."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from desktop_app.actions.reports.making import REPORTS, make_report
from desktop_app.actions.reports.spec import Asked
from desktop_app.context import Context
from desktop_app.documents.report_pdf import report_pdf
from desktop_app.documents.report_xlsx import report_workbook
from desktop_app.domain.report import FiguresBlock
from tests.support.demo_school import NOW, demo_school, pupils_of
from tests.support.report_text import tables_of

SUMMER = date(2026, 7, 17)
"""The end of the demo’s first year: every half term of it is in the summary."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory, house, rulebook) -> Iterator[Context]:
    context, _ = demo_school(house, tmp_path_factory.mktemp("demo"), rulebook)
    yield context
    context.store.close()


@pytest.mark.parametrize("on", [NOW.date(), SUMMER])
def test_the_summary_of_those_of_whom_most_is_on_record_is_one_page(demo: Context, on: date) -> None:
    with demo.store.reading() as reading:
        entries = Counter(key for one in reading.entries.all() for key in one.pupils)
    there = [one for one in pupils_of(demo) if one.on_roll(on) and one.on_roll(SUMMER)]
    for child in sorted(there, key=lambda one: -entries[one.id])[:12]:
        report = make_report(demo, "pupil-summary", Asked(on=on, pupil=child.id))
        pages = PdfReader(io.BytesIO(report_pdf(report))).pages
        assert len(pages) == 1, child.name
        words = pages[0].extract_text()
        assert "Looking ahead" in words
        assert "own use" not in words
        assert "Confidential: it is about one child." in words


@pytest.mark.parametrize(
    "spec",
    [one for one in REPORTS if one.handed_on and one.key != "minutes"],  # made of a meeting on record
    ids=lambda one: one.key,
)
def test_what_is_listed_as_going_to_others_says_so_itself(demo: Context, spec) -> None:
    pupil = pupils_of(demo)[0].id if "pupil" in spec.asks else 0
    meeting = "school-panel" if "meeting" in spec.asks else ""
    assert make_report(demo, spec.key, Asked(on=NOW.date(), pupil=pupil, meeting=meeting)).handed_on
    assert {one.key for one in REPORTS if one.handed_on} == {"pupil-summary", "targeted-support", "agenda", "minutes"}


@pytest.mark.parametrize("spec", [one for one in REPORTS if one.key != "minutes"], ids=lambda one: one.key)
def test_every_column_of_a_workbook_has_a_heading_of_its_own_and_every_sheet_a_whole_name(demo: Context, spec) -> None:
    pupil = pupils_of(demo)[0].id if "pupil" in spec.asks else 0
    meeting = "school-panel" if "meeting" in spec.asks else ""
    report = make_report(demo, spec.key, Asked(on=NOW.date(), pupil=pupil, meeting=meeting))
    book = load_workbook(io.BytesIO(report_workbook(report)))
    for sheet, block in zip(book.worksheets[1:], tables_of(report), strict=True):
        headings = [sheet.cell(3, place).value for place in range(1, len(block.columns) + 1)]
        assert all(headings), (sheet.title, headings)
        assert len(set(headings)) == len(headings), (sheet.title, headings)
        words = re.sub(r" \(\d\)$", "", sheet.title).split()
        assert words == re.sub(r"[\[\]:*?/\\]", " ", block.title or report.title).split()[: len(words)] or len(
            sheet.title
        ) < len(block.title), sheet.title
    assert len({one.casefold() for one in book.sheetnames}) == len(book.sheetnames)


def test_each_class_sheet_but_the_first_begins_a_page(demo: Context) -> None:
    report = make_report(demo, "class-sheet", Asked(on=NOW.date()))
    heads = [one for one in report.blocks if isinstance(one, FiguresBlock)]
    assert len(heads) > 1
    assert [one.fresh for one in heads] == [False] + [True] * (len(heads) - 1)
    names = [one.figures[0].name for one in heads]
    pages = [one.extract_text() for one in PdfReader(io.BytesIO(report_pdf(report))).pages]
    assert all(sum(name in page for name in names) <= 1 for page in pages)
