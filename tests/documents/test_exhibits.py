"""Exhibits taken into a bundle: pages, pictures, text, what cannot be read, and what is blacked."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject
from reportlab.pdfgen.canvas import Canvas

from desktop_app import paths, rulebook as rulebooks
from desktop_app.documents.bundle import bind, lay_out
from desktop_app.documents.flow import BLANK_PAGE
from desktop_app.documents.taken import TakenFile, take
from desktop_app.documents.type import load_type
from desktop_app.domain.bundle import BundlePlan, Choice, PlannedPart, Redaction, Stamp
from desktop_app.domain.entries import Attachment, EntryKind
from desktop_app.domain.exhibits import Exhibit, TakenAs
from desktop_app.domain.staff import Author
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.exhibits import exhibits, files_left_out, initials
from tests.support.long_case import long_case

MAKER = Author(1, "Mrs K Hale", "attendance lead")
STAMP = Stamp("RB-2026-0007", datetime(2026, 11, 20, 15, 0), "7f3a91c2" * 8, MAKER)
CASE = long_case(rulebooks.load(paths.resources()), entries=3)[0]
MEDIA = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png", "tif": "image/tiff", "txt": "text/plain"}


def pdf(*pages: str, size: tuple[float, float] = (595, 842), turn: int = 0) -> bytes:
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=size, invariant=1)
    for text in pages:
        canvas.drawString(40, 60, text)
        canvas.showPage()
    canvas.save()
    if not turn:
        return stream.getvalue()
    writer = PdfWriter(clone_from=BytesIO(stream.getvalue()))
    for page in writer.pages:
        page.rotate(turn)
    turned = BytesIO()
    writer.write(turned)
    return turned.getvalue()


def picture(kind: str, mode: str = "RGB", size: tuple[int, int] = (300, 200)) -> bytes:
    stream = BytesIO()
    Image.new(mode, size, 128 if mode == "L" else None).save(stream, kind)
    return stream.getvalue()


def exhibit(name: str, number: int = 1, label: str = "KH/1") -> Exhibit:
    ending = name.rpartition(".")[2]
    kind = {"pdf": TakenAs.PAGES, "txt": TakenAs.TEXT, "docx": TakenAs.BESIDE}.get(ending, TakenAs.PICTURE)
    attachment = Attachment(number, 10 + number, name, MEDIA.get(ending, "application/msword"), "ab" * 32, 100)
    return Exhibit(label, attachment, 10 + number, date(2026, 11, 1 + number % 28), "Letter: posted", kind)


def bound(shown: list[Exhibit], taken: dict[int, TakenFile], *, duplex: bool = False) -> PdfReader:
    file = replace(CASE, request=replace(CASE.request, duplex=duplex))
    part = PlannedPart("exhibits", "Exhibits")
    plan = BundlePlan(file.request, file.pupil, file.pack, file.referral, (part,), (), (), tuple(shown))
    type_ = load_type()
    parts = list(lay_out(file, plan, STAMP, type_, taken))
    printed = bind(file, STAMP, parts, type_, taken)
    reader = PdfReader(BytesIO(printed.content))
    assert len(reader.pages) == printed.pages
    again = bind(file, STAMP, list(lay_out(file, plan, STAMP, type_, taken)), type_, taken)
    assert again.content == printed.content
    return reader


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_stands_upright_between_head_and_foot_however_it_is_turned(turn: int) -> None:
    one = exhibit("letter.pdf")
    taken = take(one, pdf("SEEN ON PAGE ONE", "SEEN ON PAGE TWO", turn=turn))
    reader = bound([one], {1: taken})
    texts = [page.extract_text() for page in reader.pages]
    first = next(number for number, text in enumerate(texts) if "SEEN ON PAGE ONE" in text)
    assert "SEEN ON PAGE TWO" in texts[first + 1]
    assert f"page {first + 1} of {len(texts)}" in texts[first]
    assert "RB-2026-0007" in texts[first]
    assert "Exhibit KH/1" in texts[first - 1]
    where: list[tuple[float, float]] = []
    page = reader.pages[first]
    page.extract_text(visitor_text=lambda text, cm, tm, *_: where.append((cm, tm)) if "SEEN" in text else None)  # type: ignore[arg-type,misc]
    assert page.mediabox.width > page.mediabox.height if turn in (90, 270) else page.mediabox.width < 600


@pytest.mark.parametrize(("duplex", "pages"), [(False, (2, 6, 8)), (True, (3, 7, 9))])
def test_index_and_bookmarks_name_each_exhibit_on_its_page(duplex: bool, pages: tuple[int, ...]) -> None:
    """Printed on both sides, each slip begins a sheet: between three pages and a slip of the next a back is blank."""
    shown = [exhibit("one.pdf", 1, "KH/1"), exhibit("two.jpg", 2, "KH/2"), exhibit("three.txt", 3, "KH/3")]
    taken = {
        1: take(shown[0], pdf("FIRST", "SECOND", "THIRD")),
        2: take(shown[1], picture("JPEG")),
        3: take(shown[2], b"A message, as it came"),
    }
    reader = bound(shown, taken, duplex=duplex)
    children = reader.outline[2]
    assert isinstance(children, list)
    found = {str(mark.title)[:4]: reader.get_destination_page_number(mark) + 1 for mark in children}  # type: ignore[arg-type,union-attr]
    assert found == dict(zip(("KH/1", "KH/2", "KH/3"), pages, strict=True))
    cover = reader.pages[0].extract_text()
    for label, page in found.items():
        assert re.search(rf"{label}\s.*\s{page}\n", cover)
        assert f"Exhibit {label}" in reader.pages[page - 1].extract_text()
        assert page % 2 == 1 or not duplex
    assert "A message, as it came" in reader.pages[pages[2]].extract_text()


def test_a_blank_back_is_left_behind_an_exhibit_of_an_even_number_of_pages() -> None:
    shown = [exhibit("one.pdf", 1, "KH/1"), exhibit("two.pdf", 2, "KH/2")]
    taken = {1: take(shown[0], pdf("FIRST", "SECOND")), 2: take(shown[1], pdf("THIRD"))}
    texts = [page.extract_text() for page in bound(shown, taken, duplex=True).pages]
    assert [number for number, text in enumerate(texts, start=1) if BLANK_PAGE in text] == [2, 6]
    assert "Exhibit KH/2" in texts[6]


def test_the_marking_stands_on_the_first_page_however_long_the_index_is() -> None:
    """With few at its foot, by closer lines if need be; with many above an index of two pages."""
    for number, before in ((2, False), (20, False), (40, True)):
        shown = [exhibit(f"{one}.pdf", one, f"KH/{one}") for one in range(1, number + 1)]
        reader = bound(shown, {one.attachment.id: take(one, pdf("A PAGE")) for one in shown})
        cover = " ".join(reader.pages[0].extract_text().split())
        assert "Only for those named above" in cover
        assert (cover.index("Only for those") < cover.index("Contents")) == before
        assert ("KH/40" in reader.pages[1].extract_text()) == before


def test_a_form_keeps_what_was_filled_in_and_no_script_comes_along() -> None:
    form = BytesIO()
    canvas = Canvas(form, invariant=1)
    canvas.acroForm.textfield(value="FILLED IN BY HAND", x=50, y=200, width=250, height=30, name="name")
    canvas.showPage()
    canvas.save()
    writer = PdfWriter(clone_from=form)
    script = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("alert")}
    )
    writer.root_object[NameObject("/OpenAction")] = script
    writer.add_attachment("secret.txt", b"SECRET ATTACHMENT")
    stream = BytesIO()
    writer.write(stream)
    one = exhibit("form.pdf")
    reader = bound([one], {1: take(one, stream.getvalue())})
    assert "/Annots" not in reader.pages[2]
    assert "FILLED IN BY HAND" in "".join(page.extract_text() for page in reader.pages)
    assert "/OpenAction" not in str(reader.root_object)
    assert not reader.attachments


def test_what_lies_under_the_black_is_gone_from_the_file() -> None:
    one = exhibit("letter.pdf")
    content = pdf("NAME OF ANOTHER CHILD", "STAYS")
    black = Redaction(1, 1, 0.0, 0.9, 1.0, 1.0, "another child")
    taken = take(one, content, [black])
    assert taken.pages[0].jpeg
    reader = bound([one], {1: taken})
    assert "NAME OF ANOTHER" not in "".join(page.extract_text() for page in reader.pages)
    assert any("STAYS" in page.extract_text() for page in reader.pages)
    seen = Image.open(BytesIO(taken.pages[0].jpeg)).convert("L")
    assert seen.getpixel((seen.width // 2, seen.height - 20)) == 0
    assert seen.getpixel((seen.width // 2, 20)) == 255


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("torn.pdf", b"%PDF-1.7\nnothing of it", "damaged"),
        ("empty.pdf", b"", "damaged"),
        ("torn.jpg", b"\xff\xd8\xff\xe0torn", "no picture that can be read"),
        ("plan.docx", b"PK", "save it as PDF"),
    ],
)
def test_what_cannot_be_read_is_said_and_left_out(name: str, content: bytes, said: str) -> None:
    one = exhibit(name)
    taken = take(one, content)
    assert said in taken.why
    assert name in taken.why
    reader = bound([one], {1: taken})
    assert "No exhibit is in this bundle" in reader.pages[1].extract_text()


def test_a_locked_pdf_is_refused_in_words() -> None:
    writer = PdfWriter(clone_from=BytesIO(pdf("LOCKED")))
    writer.encrypt("secret", algorithm="AES-256")
    stream = BytesIO()
    writer.write(stream)
    assert "locked with a password" in take(exhibit("locked.pdf"), stream.getvalue()).why


@pytest.mark.parametrize(
    ("kind", "mode"), [("JPEG", "CMYK"), ("PNG", "RGBA"), ("TIFF", "1"), ("PNG", "P"), ("GIF", "P")]
)
def test_a_picture_of_any_kind_becomes_a_page(kind: str, mode: str) -> None:
    taken = take(exhibit("scan.jpg"), picture(kind, mode))
    assert len(taken.pages) == 1
    assert Image.open(BytesIO(taken.pages[0].jpeg)).mode == "RGB"


def test_a_scan_of_several_pages_is_several_pages() -> None:
    stream = BytesIO()
    sheets = [Image.new("L", (200, 300), shade) for shade in (0, 90, 200)]
    sheets[0].save(stream, "TIFF", save_all=True, append_images=sheets[1:])
    assert len(take(exhibit("scan.tif"), stream.getvalue()).pages) == 3


def test_a_picture_of_a_hundred_megapixels_is_made_small() -> None:
    taken = take(exhibit("huge.png"), picture("PNG", "L", (10_000, 10_000)))
    assert len(taken.pages) == 1
    assert len(taken.pages[0].jpeg) < 300_000


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Mrs K Hale", "KH"), ("Anne-Marie O’Neill", "AMO"), ("Dr. Singh", "S"), ("", "W"), ("林 小红", "林小")],
)
def test_the_label_is_the_initials_of_the_witness(name: str, letters: str) -> None:
    assert initials(name) == letters


def with_files(*media: str) -> CaseFile:
    file = CASE
    when = datetime(2026, 11, 3, 9, 0)
    first = replace(file.entries[0], kind=EntryKind.LETTER, pupils=(file.pupil.id,), withdrawn=None, adds_to=None)
    entries = tuple(replace(first, id=100 + n, happened_at=when.replace(day=3 + n)) for n in range(len(media)))
    files = tuple(Attachment(n, 100 + n, f"{n}", one, "cd" * 32, 5) for n, one in enumerate(media))
    return replace(file, entries=entries, files=files)


def test_labels_count_only_what_comes_in() -> None:
    file = with_files("application/pdf", "application/msword", "image/png")
    assert [one.label for one in exhibits(file, "Mrs K Hale")] == ["KH/1", "", "KH/2"]


def test_an_exhibit_left_out_by_choice_is_told_to_the_maker_and_takes_no_label() -> None:
    file = with_files("application/pdf", "image/png")
    chosen = replace(file, request=replace(file.request, left_out=(Choice("exhibit:0", "a copy of another"),)))
    assert [one.label for one in exhibits(chosen, "K Hale")] == ["KH/1"]
    assert [one.why for one in files_left_out(chosen)] == ["a copy of another"]
