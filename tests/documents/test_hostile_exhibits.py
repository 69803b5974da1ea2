"""Exhibits that hide something or are broken: what is not seen stays behind, and nothing stops the bundle."""

from __future__ import annotations

import random
from io import BytesIO

import pypdfium2
import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    RectangleObject,
    StreamObject,
    TextStringObject,
)
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from desktop_app.documents.taken import take
from desktop_app.domain.bundle import Redaction
from tests.documents.test_exhibits import bound, exhibit, pdf

BYSTANDER = "Zebedee Bystander"


def made(writer: PdfWriter) -> bytes:
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def with_pictures(*colours: str) -> PdfWriter:
    """A page for each colour, with a picture on it and a word."""
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=(595, 842), invariant=1)
    for colour in colours:
        canvas.drawImage(ImageReader(Image.new("RGB", (50, 50), colour)), 100, 100, 400, 400)
        canvas.drawString(40, 60, f"SEEN {colour}")
        canvas.showPage()
    canvas.save()
    return PdfWriter(clone_from=BytesIO(stream.getvalue()))


def in_bundle(content: bytes, *redactions: Redaction) -> PdfReader:
    one = exhibit("letter.pdf")
    taken = take(one, content, redactions)
    assert not taken.why
    return bound([one], {1: taken})


def everything(reader: PdfReader) -> bytes:
    """All that is written anywhere in a file, unpacked."""
    writer = PdfWriter(clone_from=reader)
    whole = b""
    for one in writer._objects:
        found = one.get_object() if one is not None else None
        whole += repr(found).encode()
        if isinstance(found, StreamObject) and "/DCTDecode" not in str(found.get("/Filter")):
            whole += found.get_data()
    return whole


def dark(reader: PdfReader, number: int) -> float:
    """How much of a page is not white between head and foot, from 0 to 1."""
    document = pypdfium2.PdfDocument(made(PdfWriter(clone_from=reader)))
    grey = document[number].render(scale=0.5).to_pil().convert("L")
    document.close()
    across, down = grey.size
    middle = grey.crop((0, int(down * 0.1), across, int(down * 0.93)))
    counts = middle.histogram()
    return sum(counts[:200]) / sum(counts)


def test_what_hangs_on_a_page_and_its_pictures_and_shows_nothing_stays_behind() -> None:
    writer = with_pictures("red")
    page = writer.pages[0]
    told = DecodedStreamObject()
    told.set_data(f"<x>{BYSTANDER}</x>".encode())
    kept = writer._add_object(told)
    private = DictionaryObject({NameObject("/X"): TextStringObject(BYSTANDER)})
    resources = page["/Resources"].get_object()
    drawings = resources["/XObject"].get_object()  # type: ignore[index]
    for key in drawings:
        drawing = drawings[key].get_object()
        drawing[NameObject("/Metadata")] = kept
        drawing[NameObject("/PieceInfo")] = private
    resources[NameObject("/Properties")] = DictionaryObject({NameObject("/M0"): private})  # type: ignore[index]
    page[NameObject("/Metadata")], page[NameObject("/PieceInfo")] = kept, private
    writer.add_outline_item(title=BYSTANDER, page_number=0)
    writer.add_attachment(filename=f"{BYSTANDER}.txt", data=BYSTANDER.encode())
    writer.add_metadata({"/Title": BYSTANDER})
    reader = in_bundle(made(writer))
    assert BYSTANDER.encode() not in everything(reader)
    assert "SEEN red" in reader.pages[-1].extract_text()
    assert dark(reader, -1 % len(reader.pages)) > 0.2


def test_a_page_brings_nothing_of_a_blacked_one_with_which_it_shares_what_it_draws_with() -> None:
    writer = with_pictures("red", "blue")
    first, second = writer.pages
    hidden = DecodedStreamObject()
    hidden.set_data(f"BT /F1 12 Tf ({BYSTANDER}) Tj ET".encode())
    hidden[NameObject("/Type")], hidden[NameObject("/Subtype")] = NameObject("/XObject"), NameObject("/Form")
    hidden[NameObject("/BBox")] = RectangleObject((0, 0, 500, 500))
    shared = first["/Resources"].get_object()
    shared["/XObject"].get_object()[NameObject("/Of2")] = writer._add_object(hidden)  # type: ignore[index]
    second[NameObject("/Resources")] = first.raw_get("/Resources")
    drawn = DecodedStreamObject()
    drawn.set_data(b"q 1 0 0 1 50 50 cm /Of2 Do Q")
    second[NameObject("/Contents")] = writer._add_object(drawn)
    reader = in_bundle(made(writer), Redaction(1, 2, 0.0, 0.0, 1.0, 1.0, "another child"))
    assert BYSTANDER.encode() not in everything(reader)
    assert "SEEN red" in "".join(page.extract_text() for page in reader.pages)


def test_a_drawing_that_draws_with_what_its_page_has_is_still_whole() -> None:
    writer = with_pictures("red")
    page = writer.pages[0]
    resources = page["/Resources"].get_object()
    name = next(iter(resources["/XObject"].get_object()))  # type: ignore[index]
    inner = DecodedStreamObject()
    inner.set_data(f"q 400 0 0 400 100 300 cm {name} Do Q".encode())
    inner[NameObject("/Type")], inner[NameObject("/Subtype")] = NameObject("/XObject"), NameObject("/Form")
    inner[NameObject("/BBox")] = RectangleObject((0, 0, 595, 842))
    resources["/XObject"].get_object()[NameObject("/In#20")] = writer._add_object(inner)  # type: ignore[index]
    drawn = DecodedStreamObject()
    drawn.set_data(b"/In#2320 Do")
    page[NameObject("/Contents")] = writer._add_object(drawn)
    reader = in_bundle(made(writer))
    assert dark(reader, len(reader.pages) - 1) > 0.2


def test_a_layer_that_is_not_shown_is_not_shown_in_the_bundle() -> None:
    writer = with_pictures("white")
    page = writer.pages[0]
    layer = writer._add_object(
        DictionaryObject({NameObject("/Type"): NameObject("/OCG"), NameObject("/Name"): TextStringObject("Names")})
    )
    writer.root_object[NameObject("/OCProperties")] = DictionaryObject({
        NameObject("/OCGs"): ArrayObject([layer]),
        NameObject("/D"): DictionaryObject({NameObject("/OFF"): ArrayObject([layer])}),
    })  # fmt: skip
    page["/Resources"].get_object()[NameObject("/Properties")] = DictionaryObject({NameObject("/L0"): layer})  # type: ignore[index]
    drawn = DecodedStreamObject()
    drawn.set_data(f"/OC /L0 BDC BT /F1 30 Tf 50 400 Td ({BYSTANDER}) Tj ET EMC BT /F1 9 Tf 9 9 Td (.) Tj ET".encode())
    page[NameObject("/Contents")] = writer._add_object(drawn)
    reader = in_bundle(made(writer))
    assert BYSTANDER.encode() not in everything(reader)


def turned_by_45(page: DictionaryObject) -> None:
    page[NameObject("/Rotate")] = NumberObject(45)


def cut_to_nothing(page: DictionaryObject) -> None:
    page[NameObject("/CropBox")] = RectangleObject((0, 0, 0, 0))


def without_a_size(page: DictionaryObject) -> None:
    del page["/MediaBox"]


def ten_times_as_large(page: DictionaryObject) -> None:
    page[NameObject("/UserUnit")] = FloatObject(10)


@pytest.mark.parametrize("break_it", [turned_by_45, cut_to_nothing, without_a_size, ten_times_as_large])
def test_a_page_that_says_nonsense_of_its_size_is_shown_as_a_reader_shows_it(break_it: object) -> None:
    writer = with_pictures("red")
    break_it(writer.pages[0])  # type: ignore[operator]
    reader = in_bundle(made(writer))
    assert dark(reader, len(reader.pages) - 1) > 0.1


def test_a_damaged_file_that_can_be_seen_is_in_the_bundle_as_it_is_seen() -> None:
    # It never says where its list of objects lies: a reader looks for them.
    drawn = b"BT /F1 40 Tf 50 400 Td (SEEN OF A DAMAGED FILE) Tj ET"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%b\nendstream" % (len(drawn), drawn),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    listed = b"".join(b"%d 0 obj%b endobj\n" % (number, one) for number, one in enumerate(objects, start=1))
    content = b"%PDF-1.4\n" + listed + b"trailer<</Root 1 0 R/Size 6>>\n%%EOF"
    reader = in_bundle(content)
    assert dark(reader, len(reader.pages) - 1) > 0.005


@pytest.mark.parametrize("seed", range(40))
def test_no_damage_to_a_file_stops_the_bundle(seed: int) -> None:
    chance = random.Random(seed)
    content = bytearray(made(with_pictures("red", "blue")))
    for _ in range(chance.choice([1, 3, 10, 40])):
        at = chance.randrange(len(content))
        if chance.random() < 0.5:
            content[at] = chance.randrange(256)
        else:
            del content[at : at + chance.randrange(1, 30)]
    one = exhibit("letter.pdf")
    taken = take(one, bytes(content))
    if taken.why:
        assert "is not in the bundle" in taken.why
    else:
        assert len(bound([one], {1: taken}).pages) == 2 + len(taken.pages)


def test_a_blank_page_stays_a_blank_page_and_costs_nothing() -> None:
    small = len(made(PdfWriter(clone_from=in_bundle(pdf("one")))))
    writer = PdfWriter(clone_from=BytesIO(pdf("one")))
    writer.add_blank_page(595, 842)
    reader = in_bundle(made(writer))
    assert len(reader.pages) == 4
    assert len(made(PdfWriter(clone_from=reader))) - small < 3000


def test_a_page_of_no_size_is_said_and_left_out() -> None:
    assert "no size" in take(exhibit("letter.pdf"), pdf("SEEN", size=(0.0001, 842))).why


def test_a_scan_whose_second_page_has_no_dimensions_is_said_and_left_out() -> None:
    stream = BytesIO()
    pages = [Image.new("L", (60, 80), grey) for grey in (10, 20)]
    pages[0].save(stream, "TIFF", save_all=True, append_images=pages[1:])
    content = bytearray(stream.getvalue())
    first = int.from_bytes(content[4:8], "little")
    entries = int.from_bytes(content[first : first + 2], "little")
    second = int.from_bytes(content[first + 2 + 12 * entries :][:4], "little")
    content[second + 2 : second + 4] = b"\xff\x7f"  # what was the tag of its width
    assert "no picture that can be read" in take(exhibit("scan.tif"), bytes(content)).why
