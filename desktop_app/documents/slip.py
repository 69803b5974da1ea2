"""The slip a late child takes to its class: one A6 page, big enough to read at a glance."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from desktop_app.documents.type import clean, load_type

WIDTH, HEIGHT = 297.64, 419.53
MARGIN = 24.0
ROOM = WIDTH - 2 * MARGIN


def draw_slip(school: str, name: str, class_name: str, facts: Sequence[tuple[str, str]]) -> bytes:
    """The slip as a PDF: the school, the child, and a fact under each small label. What is long is wrapped."""
    type_ = load_type()
    stream = BytesIO()
    canvas: Any = Canvas(stream, pagesize=(WIDTH, HEIGHT), invariant=1, lang="en-GB")
    canvas.setTitle("Late slip")
    y = MARGIN

    def put(words: str, face: Any, size: float, after: float) -> None:
        nonlocal y
        for line in face.wrap(clean(words), size, ROOM)[:3]:
            y += size * 1.25
            canvas.setFont(face.name, size)
            canvas.drawString(MARGIN, HEIGHT - y, line)
        y += after

    put(school, type_.regular, 9.0, 6.0)
    put("Late slip", type_.bold, 19.0, 8.0)
    canvas.setLineWidth(0.9)
    canvas.line(MARGIN, HEIGHT - y, WIDTH - MARGIN, HEIGHT - y)
    y += 6.0
    put(name, type_.bold, 16.0, 0.0)
    put(f"Class {class_name}", type_.regular, 12.0, 10.0)
    for label, words in facts:
        put(label, type_.regular, 8.5, 0.0)
        put(words, type_.regular, 12.0, 8.0)
    canvas.showPage()
    canvas.save()
    return stream.getvalue()
