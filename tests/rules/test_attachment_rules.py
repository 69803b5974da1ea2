"""Which files are kept: by what they are and what they are called, in words that say what to do."""

from __future__ import annotations

import tracemalloc
import zipfile
from io import BytesIO

import pytest
from hypothesis import given, strategies as st

from desktop_app.actions.attachments import files_kept
from desktop_app.domain.files import FileType
from desktop_app.rules.attachments import (
    DOCX,
    JPEG,
    ODT,
    OUTLOOK,
    PDF,
    PNG,
    TEXT,
    XLSX,
    fault as fault_by,
    kind_of as kind_by,
)
from desktop_app.rules.file_names import PROGRAMS, doubled, name_fault, visible

RULES = files_kept()
LARGEST, BY_MEDIA = RULES.largest, RULES.types


def fault(name: str, content: bytes) -> str | None:
    return fault_by(name, content, RULES)


def kind_of(content: bytes, name: str) -> FileType | str:
    return kind_by(content, name, RULES)


PNG_BYTES = b"\x89PNG\r\n\x1a\n" + bytes(20) + b"IEND"
OLE_BYTES = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def packed(*names: str, **inside: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), inside.get("content", b"x"))  # not the time of day
    return out.getvalue()


def deflated(name: str, content: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("note.pdf", b"%PDF-1.7\n...%%EOF\n", PDF),
        ("Scan of Łucja’s letter.PDF", b"junk\n%PDF-1.4 %%EOF", PDF),
        ("card.png", PNG_BYTES, PNG),
        ("card.JPEG", b"\xff\xd8\xff\xe0abc\xff\xd9 more of the camera", JPEG),
        ("mail.eml", b"From: somebody\r\n\r\nHello", TEXT),
        ("plan.docx", packed("[Content_Types].xml", "word/document.xml"), DOCX),
        ("sums.xlsx", packed("xl/workbook.xml"), XLSX),
        ("mail.msg", OLE_BYTES, OUTLOOK),
    ],
)
def test_what_is_kept(name: str, content: bytes, kind: FileType) -> None:
    assert fault(name, content) is None
    assert kind_of(content, name) == BY_MEDIA[kind]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("..\\..\\x", "another folder"),
        ("../../x.pdf", "another folder"),
        ("C:x.pdf", "another folder"),
        ("CON.pdf", "device"),
        ("con .pdf", "device"),
        ("lpt1.letter.pdf", "device"),
        ("NUL.pdf", "device"),
        ("letter\u202efdp.exe", "hidden"),
        ("let\u200bter.pdf", "hidden"),
        ("letter\u2066.pdf", "hidden"),
        ("letter\n.pdf", "hidden"),
        ("letter\x00.pdf", "hidden"),
        ("letter.pdf.", "a dot"),
        (" letter.pdf", "space"),
        ("letter", "no ending"),
        (".pdf", "no ending"),
        ("   ", "needs a name"),
        ("a" * 121, "120 letters"),
        ("letter.pdf.exe", "program"),
        ("letter.LNK", "program"),
        ("macro.docm", "program"),
        ("page.html", "program"),
        ("drawing.svg", "program"),
    ],
)
def test_a_name_that_would_mislead_or_lead_away_is_refused(name: str, says: str) -> None:
    told = fault(name, b"%PDF-1.7")
    assert told is not None
    assert says in told
    assert all(letter.isprintable() for letter in told)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("letter.pdf", b"", "is empty"),
        ("letter.pdf", b"MZ\x90\x00", "program"),
        ("letter.txt", b"#!/bin/sh\nrm", "program"),
        ("letter.txt", b"  <!DOCTYPE html><script>", "program"),
        ("letter.pdf", PNG_BYTES, "is called .pdf, and is a PNG picture"),
        ("photo.png", b"%PDF-1.7 %%EOF", "is called .png, and is a PDF"),
        ("plan.docx", packed("word/document.xml", "word/vbaProject.bin"), "macros"),
        ("plan.docx", packed("word/document.xml")[:60], "damaged"),
        ("letter.pdf", b"%PDF-1.7\nhalf of it", "its end is missing"),
        ("card.png", PNG_BYTES[:20], "its end is missing"),
        ("card.jpg", b"\xff\xd8\xff\xe0abc", "its end is missing"),
        ("letter.pdf", b"%PDF-1.7 trailer <</Encrypt 12 0 R>> %%EOF", "locked with a password"),
        ("plan.docx", OLE_BYTES + "EncryptedPackage".encode("utf-16-le"), "locked with a password"),
        ("files.zip", packed("a.exe"), "archive"),
        ("letter.doc", OLE_BYTES + "_VBA_PROJECT".encode("utf-16-le"), "macros"),
        ("letter.pdf", b"\x00\x01\x02\x03", "not kept here"),
        ("big.pdf", b"%PDF-" + bytes(LARGEST), "25 MB are kept at most"),
    ],
)
def test_what_is_not_what_it_says_or_could_run_is_refused(name: str, content: bytes, says: str) -> None:
    told = fault(name, content)
    assert told is not None
    assert says in told


@given(st.text(max_size=130), st.binary(max_size=600))
def test_whatever_comes_is_kept_as_a_known_type_or_refused_in_printable_words(name: str, content: bytes) -> None:
    told = fault(name, content)
    if told is None:
        kind = kind_of(content, name)
        assert isinstance(kind, FileType)
        assert BY_MEDIA[kind.media] == kind
        assert name.rpartition(".")[2].casefold() in kind.endings
        assert not {name.rpartition(".")[2].casefold()} & PROGRAMS
    else:
        assert told.isprintable()
        assert told.endswith(".")


@given(st.sampled_from(["plan.odt", "plan.docx", "sums.xlsx"]), st.integers(0, 400), st.binary(min_size=1, max_size=9))
def test_a_broken_archive_is_refused_in_words_or_kept_and_never_raises(name: str, place: int, wrong: bytes) -> None:
    whole = deflated("mimetype", ODT.encode() * 40)
    place %= len(whole)
    spoilt = whole[:place] + wrong + whole[place + len(wrong) :]
    told = fault(name, spoilt)
    assert told is None or told.endswith(".")


def test_what_unpacks_to_a_gigabyte_is_never_unpacked() -> None:
    bomb = deflated("mimetype", bytes(60_000_000))
    tracemalloc.start()
    told = fault("plan.odt", bomb)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert told is not None
    assert "archive" in told
    assert most < 2_000_000


@given(st.text(max_size=300))
def test_a_name_is_always_shown_in_one_line(name: str) -> None:
    assert visible(name).isprintable()
    assert len(visible(name)) <= 121


def test_no_kept_ending_is_one_of_a_program() -> None:
    assert not PROGRAMS & {ending for kind in BY_MEDIA.values() for ending in kind.endings}
    assert name_fault("letter.pdf") is None


def test_names_are_compared_whatever_their_capitals() -> None:
    assert doubled(["a.pdf", "b.pdf", "A.PDF"]) == "A.PDF"
    assert doubled(["a.pdf", "b.pdf"]) is None
