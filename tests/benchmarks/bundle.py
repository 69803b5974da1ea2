"""A bundle of some forty pages, against bare reportlab drawing the same rows."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from desktop_app import paths, rulebook as rulebooks
from desktop_app.documents.bundle import draw, lay_out
from desktop_app.documents.page import HEIGHT, WIDTH, Page
from desktop_app.documents.type import load_type
from tests.benchmarks.measure import Result, compare
from tests.support.long_case import long_case


def bare(pages: list[Page]) -> bytes:
    """The plainest use of the library: each box, line and word where it stands, in turn."""
    stream = BytesIO()
    canvas: Any = Canvas(stream, pagesize=(WIDTH, HEIGHT), pageCompression=1)
    for page in pages:
        for box in page.boxes:
            canvas.setFillGray(box.grey)
            canvas.rect(box.x, HEIGHT - box.y - box.height, box.width, box.height, stroke=0, fill=1)
        for line in page.lines:
            canvas.setLineWidth(line.width)
            canvas.setStrokeGray(line.grey)
            canvas.line(line.x1, HEIGHT - line.y1, line.x2, HEIGHT - line.y2)
        for text in page.texts:
            canvas.setFillGray(text.grey)
            canvas.setFont(text.face, text.size)
            canvas.drawString(text.x, HEIGHT - text.y, text.text)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def run(folder: Path, turns: int = 9) -> Result:
    """Both draw the same pages; the program also decides where everything goes."""
    del folder
    file, plan, stamp = long_case(rulebooks.load(paths.resources()))
    pages = [page for part in lay_out(file, plan, stamp, load_type()) for page in part.pages]
    what, floor_is = "a bundle, from facts to PDF", "reportlab, same rows"
    result = compare(what, floor_is, lambda: bare(pages), lambda: draw(file, plan, stamp), 1.5, turns)
    result.more["pages"] = draw(file, plan, stamp).pages
    return result
