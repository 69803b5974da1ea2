"""A case with two letters kept as files, at its referral in a real window, and hands for a bundle of it."""

from __future__ import annotations

from io import BytesIO

from pypdf import PdfReader
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from tests.support.windows import Desk
from ui.cases.page import CasesPage
from ui.cases.parts_model import PartLine

LETTER = "He plays with Aleksy from number 14."


def letter(*words: str) -> bytes:
    """A PDF of a page for each of the words."""
    stream = BytesIO()
    canvas = Canvas(stream, invariant=1)
    for word in words:
        canvas.drawString(90, 760, word)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def place(desk: Desk) -> CasesPage:
    page = desk.window.page("cases")
    assert isinstance(page, CasesPage)
    return page


def lines(desk: Desk) -> tuple[PartLine, ...]:
    return place(desk).case.parts.model.lines


def go_to(desk: Desk, key: str) -> PartLine:
    """Put the keyboard on a line of the parts."""
    parts = place(desk).case.parts
    row = next(at for at, line in enumerate(parts.model.lines) if line.key.startswith(key))
    parts.view.setFocus()
    desk.press("Ctrl+Home")
    for _ in range(row):
        desk.press("Down")
    return parts.model.lines[row]


def build_it(desk: Desk, qtbot: QtBot) -> None:
    place(desk).case.first_focus().setFocus()
    desk.press("b")
    qtbot.waitUntil(place(desk).preview.isVisible, timeout=20_000)
    desk.wait()


def text_of(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
