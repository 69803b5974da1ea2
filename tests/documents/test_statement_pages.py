"""The statement as pages and as a Word file: the declaration, a line to sign on each page, equal files."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from xml.etree.ElementTree import Element
from zipfile import ZipFile

import pytest
from defusedxml.ElementTree import fromstring
from pypdf import PdfReader

from desktop_app.documents.bundle import bind, draw, lay_out
from desktop_app.documents.letter_docx import check_word
from desktop_app.documents.statement import pages_of
from desktop_app.documents.statement_docx import statement_word
from desktop_app.documents.taken import TakenFile, take
from desktop_app.documents.type import load_type
from desktop_app.domain.entries import Attachment
from desktop_app.domain.evidence import Passage, SignedOf, SignedPages, Statement
from desktop_app.domain.exhibits import Exhibit, TakenAs
from desktop_app.domain.referrals import PartSpec
from desktop_app.domain.rulebook import Rulebook
from desktop_app.domain.staff import Author
from desktop_app.rules.bundle import plan
from tests.documents.test_exhibits import pdf
from tests.support.long_case import HALE, long_case

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PARTS = (PartSpec("cover", "Cover"), PartSpec("statement", "Witness statement"))


def of_long_case(rulebook: Rulebook, entries: int) -> Statement:
    file = long_case(rulebook, entries)[0]
    made = plan(replace(file, referral=replace(file.referral, parts=PARTS, requirements=())), HALE).statement
    assert made is not None
    return made


def paragraphs(content: bytes, part: str = "word/document.xml") -> list[str]:
    with ZipFile(BytesIO(content)) as file:
        assert file.testzip() is None
        root: Element = fromstring(file.read(part))
    return ["".join(text.text or "" for text in one.iter(f"{W}t")) for one in root.iter(f"{W}p")]


@pytest.mark.parametrize("entries", [1, 20, 142])
def test_every_page_has_a_line_to_sign_and_the_declaration_says_how_many(rulebook: Rulebook, entries: int) -> None:
    file, _, stamp = long_case(rulebook, entries)
    file = replace(file, referral=replace(file.referral, parts=PARTS, requirements=()))
    printed = draw(file, plan(file, HALE), stamp)
    pages = [page.extract_text() for page in PdfReader(BytesIO(printed.content)).pages][1:]
    assert all("Signed" in page and "Date" in page for page in pages)
    assert f"consisting of {len(pages)} page" in " ".join(pages[0].split())
    assert "Draft, not signed" in pages[0]
    assert "Statement of Mrs K Hale" in " ".join(pages[0].split())
    numbers = [int(found) for page in pages for found in re.findall(r"^(\d+)\. ", page, re.MULTILINE)]
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_word_file_says_what_the_pages_say_and_can_be_changed(rulebook: Rulebook) -> None:
    made = of_long_case(rulebook, 20)
    content = statement_word(made, pages_of(made))
    lines = paragraphs(content)
    assert lines[:2] == ["Witness statement", "Criminal Justice Act 1967, section 9; Criminal Procedure Rules, Part 16"]
    assert "Statement of: Mrs K Hale" in lines
    assert "Age if under 18: Over 18" in lines
    assert f"(consisting of {pages_of(made)} pages each signed by me) is true to the best" in "\n".join(lines)
    for passage in made.passages:
        assert passage.heading in lines
        assert set(passage.paragraphs) <= set(lines)
    footer = paragraphs(content, "word/footer1.xml")
    assert footer[0].startswith("Signed: ____")
    assert footer[1].startswith("Page 1 of ")
    # It brings nothing with it that runs or is fetched: our own door for Word files takes it.
    assert "Witness statement" in check_word(content, ())
    assert statement_word(made, pages_of(made)) == content


def test_whatever_somebody_typed_is_text_in_the_word_file() -> None:
    nasty = 'Tabs\tand\nlines & <w:p> "quotes" \x00\x0b\ud800 عربى 中文'
    made = Statement(Author(1, "Mrs <b>", "R&D"), nasty, (Passage("A & B", (nasty, "x" * 20_000)),), "of {pages}.")
    lines = paragraphs(statement_word(made, 1))
    assert 'Tabsandlines & <w:p> "quotes"  عربى 中文' in lines
    assert "x" * 20_000 in lines
    assert "of 1 page." in lines
    assert pages_of(made) >= 1


@pytest.mark.parametrize(
    ("signed_by", "drawn"), [("Mrs K Hale", False), ("Mr T Roy", True), ("", True)]
)  # fmt: skip
def test_the_signed_pages_of_another_witness_stand_beside_the_draft(
    rulebook: Rulebook, signed_by: str, drawn: bool
) -> None:
    file, _, stamp = long_case(rulebook, 3)
    file = replace(file, referral=replace(file.referral, parts=PARTS, requirements=()))
    attachment = Attachment(7, 70, "signed.pdf", "application/pdf", "", 1)
    signed = (SignedPages(SignedOf.STATEMENT, attachment, 70, file.today, signed_by),) if signed_by else ()
    planned = replace(plan(file, HALE), signed=signed)
    taken = {7: take(Exhibit("", attachment, 70, file.today, "", TakenAs.PAGES), pdf("SIGNED-BY-HAND"))}
    type_ = load_type()
    printed = bind(file, stamp, list(lay_out(file, planned, stamp, type_, taken)), type_, taken)
    said = "\n".join(page.extract_text() for page in PdfReader(BytesIO(printed.content)).pages)
    assert ("Draft, not signed" in said) is drawn
    assert ("SIGNED-BY-HAND" in said) is bool(signed_by)


def test_a_scan_that_cannot_be_read_leaves_the_draft(rulebook: Rulebook) -> None:
    file, _, stamp = long_case(rulebook, 3)
    file = replace(file, referral=replace(file.referral, parts=PARTS, requirements=()))
    attachment = Attachment(7, 70, "signed.pdf", "application/pdf", "", 1)
    planned = replace(
        plan(file, HALE), signed=(SignedPages(SignedOf.STATEMENT, attachment, 70, file.today, "Mrs K Hale"),)
    )
    taken = {7: TakenFile(why="“signed.pdf” is not in the bundle: it is damaged.")}
    type_ = load_type()
    printed = bind(file, stamp, list(lay_out(file, planned, stamp, type_, taken)), type_, taken)
    said = "\n".join(page.extract_text() for page in PdfReader(BytesIO(printed.content)).pages)
    assert "Draft, not signed" in said
