"""Word templates: fields are filled wherever Word cut them, and a file that would run or fetch anything is refused."""

from __future__ import annotations

import re
from io import BytesIO
from xml.etree.ElementTree import fromstring
from zipfile import ZipFile

import pytest

from desktop_app.documents.letter_docx import LARGEST, check_word, fill_word
from desktop_app.domain.errors import Refused
from desktop_app.domain.letters import LetterField
from tests.support.word_files import RELS, document, packed, paragraph, part, word_file

FIELDS = (LetterField("child", ""), LetterField("parent names", ""), LetterField("days missed", ""))
VALUES = {"child": "Łucja & Co <b>", "parent names": "Ms K Bielak", "days missed": "3\n½"}
OUTSIDE = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="http://example.test/x" '
    'TargetMode="External"/></Relationships>'
)
TEMPLATE = OUTSIDE.format(kind="attachedTemplate")


def texts(content: bytes) -> list[str]:
    found = re.findall(r"<w:p[ >].*?</w:p>", part(content), re.DOTALL)
    return ["".join(fromstring(f'<x xmlns:w="w">{one}</x>').itertext()) for one in found]


def test_a_field_cut_in_pieces_is_one_and_all_else_stays() -> None:
    content = word_file(
        paragraph("Dear [par", "ent na", "mes],"),
        paragraph("[child] missed [", "days missed", "] days. [[not a field]]"),
        paragraph("Untouched &amp; whole"),
        word__header1_dot_xml=document(paragraph("About [child]")),
        word__styles_dot_xml="<w:styles xmlns:w='w'/>",
    )
    assert check_word(content, FIELDS).startswith("Dear [parent names],\n[child] missed [days missed] days.")
    filled = fill_word(content, VALUES)
    assert texts(filled) == [
        "Dear Ms K Bielak,",
        "Łucja & Co <b> missed 3½ days. [not a field]",
        "Untouched & whole",
    ]
    assert '3</w:t><w:br/><w:t xml:space="preserve">½' in part(filled)
    assert paragraph("Untouched &amp; whole") in part(filled)
    assert "About Łucja &amp; Co &lt;b&gt;" in part(filled, "word/header1.xml")
    assert part(filled, "word/styles.xml") == part(content, "word/styles.xml")
    assert part(filled).count("<w:rPr><w:b/></w:rPr>") == part(content).count("<w:rPr><w:b/></w:rPr>")
    assert fill_word(content, VALUES) == filled


def test_a_value_never_becomes_a_field_or_a_mark() -> None:
    filled = fill_word(word_file(paragraph("[child]")), {"child": "[parent names] <w:p/>"})
    assert texts(filled) == ["[parent names] <w:p/>"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (word_file(paragraph("[chi", "dl]")), r"Paragraph 1: there is no field \[chidl\]. Did you mean \[child\]"),
        (word_file(paragraph("a"), paragraph("{{ child }}")), "Paragraph 2: “{{” is a sign of a program"),
        (word_file(paragraph("{%", "p for x in y %}")), "a sign of a program"),
        (word_file(paragraph("[child")), "has no"),
        (word_file(paragraph(" ")), "says nothing"),
        (word_file(paragraph("x"), word__vbaProject_dot_bin="x"), "brings a program"),
        (word_file(paragraph("x"), word__embeddings__a_dot_docx="x"), "brings a program"),
        (word_file(paragraph("x"), word___rels__document_dot_xml_dot_rels=TEMPLATE), "elsewhere"),
        (word_file(paragraph("x") + "<w:p><w:r><w:instrText> DDEAUTO c:\\x </w:instrText></w:r></w:p>"), "DDEAUTO"),
        (word_file('<w:p><w:fldSimple w:instr="INCLUDEPICTURE http://x"/></w:p>' + paragraph("x")), "INCLUDEPICTURE"),
        (packed({"[Content_Types].xml": "x", "a.xml": "y"}), "no Word document"),
        (b"PK\x03\x04 broken", "no Word document"),
        (b"plain text", "no Word document"),
        (b"x" * (LARGEST + 1), "no more than"),
        (packed({"[Content_Types].xml": "x", "_rels/.rels": RELS, "word/document.xml": "<w:p>"}), "damaged inside"),
        (
            packed({
                "[Content_Types].xml": "x",
                "_rels/.rels": RELS,
                "word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
            }),
            "damaged inside",
        ),
    ],
)  # fmt: skip
def test_a_file_that_is_no_harmless_letter_is_refused(content: bytes, says: str) -> None:
    with pytest.raises(Refused, match=says):
        check_word(content, FIELDS)


def test_a_link_to_a_page_is_no_fetching() -> None:
    rels = OUTSIDE.format(kind="hyperlink")
    assert check_word(word_file(paragraph("x"), word___rels__document_dot_xml_dot_rels=rels), FIELDS) == "x"


def test_a_file_that_unpacks_to_far_more_is_refused() -> None:
    stream = BytesIO()
    with ZipFile(stream, "w", compression=8) as file:
        file.writestr("word/document.xml", document(paragraph("x")))
        file.writestr("[Content_Types].xml", "x")
        file.writestr("word/media/a.xml", b"0" * 50_000_000)
    with pytest.raises(Refused, match="far larger inside"):
        check_word(stream.getvalue(), FIELDS)
