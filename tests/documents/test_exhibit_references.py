"""The chronology and the log of calls name the exhibits that are kept with an entry, where they are in the bundle."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from desktop_app.documents.bundle import bind, lay_out
from desktop_app.documents.taken import take
from desktop_app.documents.type import load_type
from desktop_app.domain.bundle import Choice
from desktop_app.domain.entries import Attachment, EntryKind
from desktop_app.domain.referrals import PartSpec
from desktop_app.domain.rulebook import Rulebook
from desktop_app.rules.bundle import plan
from desktop_app.rules.disclosed import disclose
from tests.support.long_case import HALE, long_case
from tests.support.parts_case import bare_case, entry, with_parts
from tests.support.reading_pdf import ReadBack, read_pdf

LOG, CALLS, EXHIBITS = (
    PartSpec("chronology", "Chronology"),
    PartSpec("contacts", "Calls and home visits"),
    PartSpec("exhibits", "Exhibits"),
)
DAYS = (date(2026, 10, 6), date(2026, 10, 7), date(2026, 10, 8), date(2026, 10, 9))


def page(text: str) -> bytes:
    stream = BytesIO()
    canvas = Canvas(stream, invariant=1)
    canvas.drawString(40, 60, text)
    canvas.save()
    return stream.getvalue()


def read(rulebook: Rulebook, *parts: PartSpec, left_out: tuple[Choice, ...] = ()) -> ReadBack:
    entries = (
        entry(1, EntryKind.LETTER, DAYS[0], "LETTER posted", persons=(1,)),
        entry(2, EntryKind.HOME_VISIT, DAYS[1], "CARD left"),
        entry(3, EntryKind.NOTE, DAYS[2], "PICTURE of the card", adds_to=2),
        entry(4, EntryKind.EMAIL, DAYS[3], "WORD file", persons=(1,)),
    )
    kinds = ("application/pdf", "application/pdf", "application/pdf", "application/msword", "application/pdf")
    of = (1, 1, 3, 4, 2)
    files = tuple(Attachment(n, one, f"{n}.pdf", kinds[n - 1], "0" * 64, 9) for n, one in enumerate(of, start=1))
    file = with_parts(replace(bare_case(rulebook), entries=entries, files=files), *parts)
    file = replace(file, request=replace(file.request, left_out=left_out))
    stamp, type_ = long_case(rulebook, 0)[2], load_type()
    planned = plan(file, HALE)
    contents = {number: page(f"PAGE OF {number}") for number in (1, 2, 3)} | {5: b"%PDF-1.4 broken"}
    taken = {
        one.attachment.id: take(one, contents.get(one.attachment.id, b""), ())
        for one in planned.exhibits
        if EXHIBITS in parts
    }
    shown = disclose(file)
    return read_pdf(bind(shown, stamp, list(lay_out(shown, planned, stamp, type_, taken)), type_, taken).content)


def flat(pages: tuple[str, ...]) -> str:
    return " ".join(" ".join(pages).split())


def test_an_entry_names_its_exhibits_and_an_addition_its_own(rulebook: Rulebook) -> None:
    found = read(rulebook, LOG, CALLS, EXHIBITS)
    said = flat(found.part("Chronology"))
    assert "LETTER posted Exhibits KH/1, KH/2" in said
    assert "PICTURE of the card Exhibit KH/4" in said
    assert "PICTURE of the card Exhibit KH/4" in flat(found.part("Calls and home visits"))
    for label in ("KH/1", "KH/2", "KH/4"):
        assert any(title.startswith(f"{label} · ") or label in title for title in _labels(found))


def _labels(found: ReadBack) -> list[str]:
    return [line for line in found.pages[0].splitlines() if line.startswith("KH/")]


def test_a_file_that_could_not_be_taken_in_is_not_named(rulebook: Rulebook) -> None:
    said = flat(read(rulebook, LOG, EXHIBITS).part("Chronology"))
    assert "CARD left Exhibit" not in said
    assert "KH/3" not in said
    assert "WORD file Exhibit" not in said


def test_without_exhibits_in_the_bundle_none_is_named(rulebook: Rulebook) -> None:
    assert "Exhibit" not in read(rulebook, LOG, CALLS).text
    chosen = (Choice("exhibits", "sent apart"),)
    assert "Exhibit KH" not in read(rulebook, LOG, EXHIBITS, left_out=chosen).text
