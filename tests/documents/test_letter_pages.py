"""Letters as pages: the window, long names, many pages, and lines that run from right to left."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

import pypdfium2
import pytest
from PIL import Image
from pypdf import PdfReader

from desktop_app import paths
from desktop_app.documents.joining import join_pdfs
from desktop_app.documents.letter import LEFT, RIGHT, letter_pdf
from desktop_app.documents.letter_picture import as_jpeg
from desktop_app.documents.page import WIDTH
from desktop_app.documents.script import NASKH, set_line
from desktop_app.domain.errors import Refused
from desktop_app.domain.letters import LetterSheet
from desktop_app.rulebook_letters import read_letters
from desktop_app.rules.letters import merge

BOOK = read_letters(paths.resources() / "casework" / "letters")
AT = datetime(2026, 11, 20, 9, 0)
LONG = "Aleksandra Wiśniewska-Brzęczyszczykiewicz"


def sheet(
    language: str = "en", subject: str = "Łucja’s attendance", body: str = "One.\n\nTwo.", **more: object
) -> LetterSheet:
    facts: dict[str, object] = {
        "school": "Marsh Lane Primary School",
        "school_lines": ("12 Marsh Lane, Exampleton", "0151 496 0000"),
        "to_lines": (f"Ms {LONG}", "Flat 3", "44 Đặng Street", "Exampleton", "EX1 2AB"),
        "date": "20 November 2026",
        "reference": "L/2026/0042",
        "subject": subject,
        "body": body,
        "signed": ("Dr A Rahman", "Headteacher"),
        "language": BOOK.languages[language],
    }
    return LetterSheet(**{**facts, **more})  # type: ignore[arg-type]


def pages(content: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(content)).pages]


def inked(content: bytes, page: int = 0) -> Image.Image:
    """Where anything is drawn, a point of the picture for a point of the page."""
    return (
        pypdfium2.PdfDocument(content)[page]
        .render(scale=1)
        .to_pil()
        .convert("L")
        .point(lambda grey: 255 * (grey < 200))
    )


def visual(text: str, *, right_to_left: bool) -> str:
    """A line's letters as they stand from left to right; those of a run that turns are turned back for reading."""
    line = set_line(text, bold=False, right_to_left=right_to_left)
    return "|".join(run.text.strip() for run in line.runs if run.text.strip())


def test_a_letter_says_everything_once_on_one_page() -> None:
    content, count = letter_pdf(sheet(), AT)
    (said,) = pages(content)
    assert count == 1
    assert "page" not in said.casefold()
    for part in (
        "Marsh Lane Primary School",
        "20 November 2026",
        "Our reference: L/2026/0042",
        "Yours sincerely",
        "Headteacher",
    ):
        assert said.count(part) == 1, part
    assert letter_pdf(sheet(), AT)[0] == content


def test_the_address_lies_in_the_window_whatever_its_length() -> None:
    for lines in (("Ms A",), (f"Ms {LONG}", f"Mr {LONG} {LONG}", "a", "b", "c", "d", "e", "f", "EX1 2AB")):
        content, _ = letter_pdf(sheet(to_lines=lines), AT)
        left_half = inked(content).crop((0, 110, 290, 262)).getbbox()
        assert left_half is not None
        top, bottom = 110 + left_half[1], 110 + left_half[3]
        assert 127 <= top < bottom <= 240, lines
        assert left_half[0] >= LEFT - 1


def test_nothing_passes_the_margins_however_long_the_words_are() -> None:
    body = f"{LONG * 5}\n\n- {LONG} {LONG} {LONG}\n\n# {LONG} {LONG} {LONG}"
    for language in ("en", "ur"):
        content, _ = letter_pdf(sheet(language, f"{LONG} {LONG} فاطمہ الزہراء {LONG}", body), AT)
        box = inked(content).getbbox()
        assert box is not None
        assert box[0] >= LEFT - 2
        assert box[2] <= RIGHT + 2


def test_a_long_letter_is_numbered_and_its_signature_never_stands_alone() -> None:
    for paragraphs in range(24, 40):
        content, count = letter_pdf(sheet(body="\n\n".join(f"Paragraph {n}." for n in range(paragraphs))), AT)
        said = pages(content)
        assert len(said) == count
        if count > 1:
            assert all(f"Page {number} of {count}" in page for number, page in enumerate(said, start=1))
            assert "Marsh Lane Primary School · L/2026/0042" in said[1]
        assert "Yours sincerely" in said[-1]
        assert f"Paragraph {paragraphs - 1}." in said[-1]
        assert "Headteacher" in said[-1]
    assert count == 2


def test_letters_of_many_alphabets_are_printed() -> None:
    (said,) = pages(letter_pdf(sheet(body="ł ș ğ ç ő ů ħ Đặng Ňuňez Þór Иван Ωμέγα"), AT)[0])
    assert "ł ș ğ ç ő ů ħ Đặng Ňuňez Þór Иван Ωμέγα" in said


def test_an_urdu_letter_is_set_from_the_right_with_its_letters_joined() -> None:
    template = BOOK.shipped("half-term", "ur")
    assert template is not None
    values = dict.fromkeys(BOOK.fields, "x") | {"child": "فاطمہ"}
    body = merge(template.body, values, right_to_left=True)
    content, _ = letter_pdf(sheet("ur", "فاطمہ", body), AT)
    fonts = {name for page in PdfReader(BytesIO(content)).pages for name in page["/Resources"]["/Font"]}  # type: ignore[index]
    assert len(fonts) >= 2
    below = inked(content).crop((0, 270, int(WIDTH), 330)).getbbox()
    assert below is not None
    assert below[2] >= RIGHT - 3
    assert below[0] > WIDTH / 2
    ya = set_line("ی", bold=False, right_to_left=True).runs[0].glyphs[0].signs
    joined = set_line("یی", bold=False, right_to_left=True).runs[0].glyphs
    assert "".join(one.signs for one in joined) != ya * 2
    assert all(one.face == NASKH for one in joined)


def test_names_keep_their_order_in_a_letter_that_runs_the_other_way() -> None:
    assert visual("Dear فاطمہ Zahra,", right_to_left=False) == "Dear|فاطمہ|Zahra,"
    assert visual("محترم Ms Bielak،", right_to_left=True) == "،|Ms Bielak|محترم"
    marked = merge("[child]: 8", {"child": "فاطمہ"})
    assert visual(marked, right_to_left=False) == "فاطمہ|: 8"
    bare = "فاطمہ: 8"
    assert visual(bare, right_to_left=False) != visual(marked, right_to_left=False)
    phone = merge("فون [child] کریں", {"child": "0151 496 0000"}, right_to_left=True)
    assert visual(phone, right_to_left=True) == "کریں|0151 496 0000|فون"


def test_what_is_drawn_in_another_script_says_what_it_reads() -> None:
    content, _ = letter_pdf(sheet(subject="فاطمہ"), AT)
    raw = PdfReader(BytesIO(content)).pages[0].get_contents()
    assert raw is not None
    assert b"ActualText <FEFF" + "فاطمہ".encode("utf-16-be").hex().upper().encode() in raw.get_data()


def test_the_signs_of_direction_are_not_drawn() -> None:
    assert "\u200e" not in "".join(
        one.signs for run in set_line("\u200eab\u200e فا", bold=False, right_to_left=True).runs for one in run.glyphs
    )


def picture(size: tuple[int, int] = (400, 100), mode: str = "RGBA") -> bytes:
    stream = BytesIO()
    Image.new(mode, size, (20, 90, 160) if mode == "RGB" else (20, 90, 160, 128)).save(stream, "PNG")
    return stream.getvalue()


def test_logo_and_signature_stand_on_the_letter() -> None:
    logo = as_jpeg(picture())
    plain, with_both = letter_pdf(sheet(), AT)[0], letter_pdf(sheet(logo=logo, signature=logo), AT)[0]
    assert inked(plain).crop((60, 38, 200, 100)).getbbox() is None
    assert inked(with_both).crop((60, 38, 200, 100)).getbbox() is not None
    assert pages(plain) == pages(with_both)
    assert letter_pdf(sheet("ur", logo=logo, signature=logo), AT)[1] == 1


def test_a_picture_is_kept_small_on_white_and_bare() -> None:
    kept = Image.open(BytesIO(as_jpeg(picture((3000, 300)))))
    assert kept.format == "JPEG"
    assert kept.size == (900, 90)
    for wrong in (b"GIF89a", b"not a picture", b"\x89PNG\r\n\x1a\n broken", b""):
        with pytest.raises(Refused, match="PNG or a JPEG"):
            as_jpeg(wrong)
    with pytest.raises(Refused, match="too many points"):
        as_jpeg(picture((9000, 5000), "RGB"))


def test_letters_are_joined_as_they_are() -> None:
    one, two = (letter_pdf(sheet(reference=f"L/2026/000{n}"), AT)[0] for n in (1, 2))
    whole = join_pdfs([one, two])
    assert pages(whole) == [*pages(one), *pages(two)]
