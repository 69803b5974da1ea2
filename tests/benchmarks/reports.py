"""A report as a PDF, against bare reportlab drawing the same pages, their pictures too."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from reportlab.graphics.shapes import Circle, Drawing, Line, Polygon, PolyLine, Rect, String
from reportlab.pdfgen.canvas import Canvas

from desktop_app.actions.reports.making import make_report
from desktop_app.actions.reports.spec import Asked
from desktop_app.documents import report_pdf
from desktop_app.documents.page import HEIGHT, WIDTH, Page
from desktop_app.documents.press import Imprint, PrintedPart
from desktop_app.documents.type import Type
from desktop_app.domain.report import Report
from tests.benchmarks.measure import Result, compare
from tests.benchmarks.school import LAST_YEAR, full_school, school_days

KEYS = ("weekly", "calendar", "governors")


def pages_of(report: Report) -> list[Page]:
    """The pages as they are drawn."""
    kept: list[Page] = []
    press = report_pdf.print_parts

    def listen(parts: Sequence[PrintedPart], imprint: Imprint, type_: Type) -> bytes:
        content = press(parts, imprint, type_)
        kept.extend(page for part in parts for page in part.pages)
        return content

    report_pdf.print_parts = listen
    try:
        report_pdf.report_pdf(report)
    finally:
        report_pdf.print_parts = press
    return kept


def bare(pages: Sequence[Page]) -> bytes:
    """The plainest use of the library: each box, line, word and shape where it stands, in turn."""
    stream = BytesIO()
    canvas: Any = Canvas(stream, pagesize=(WIDTH, HEIGHT), pageCompression=1)
    for page in pages:
        height = page.size.height
        canvas.setPageSize(page.size)
        for box in page.boxes:
            canvas.setFillGray(box.grey)
            canvas.rect(box.x, height - box.y - box.height, box.width, box.height, stroke=0, fill=1)
        for line in page.lines:
            canvas.setLineWidth(line.width)
            canvas.setStrokeGray(line.grey)
            canvas.line(line.x1, height - line.y1, line.x2, height - line.y2)
        for text in page.texts:
            canvas.setFillGray(text.grey)
            canvas.setFont(text.face, text.size)
            canvas.drawString(text.x, height - text.y, text.text)
        for picture in page.pictures:
            _shapes(canvas, picture.drawing, picture.x, height - picture.y - picture.height)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def _shapes(canvas: Any, drawing: Drawing, x: float, y: float) -> None:
    for shape in drawing.contents:
        if isinstance(shape, String):
            canvas.setFillColor(shape.fillColor)
            canvas.setFont(shape.fontName, shape.fontSize)
            draw = {"middle": canvas.drawCentredString, "end": canvas.drawRightString}.get(
                shape.textAnchor, canvas.drawString
            )
            draw(x + shape.x, y + shape.y, shape.text)
            continue
        canvas.setLineWidth(shape.strokeWidth)
        canvas.setDash(*([shape.strokeDashArray] if shape.strokeDashArray else []))
        if shape.strokeColor:
            canvas.setStrokeColor(shape.strokeColor)
        fill = getattr(shape, "fillColor", None)
        if fill:
            canvas.setFillColor(fill)
        how = {"stroke": int(bool(shape.strokeColor)), "fill": int(bool(fill))}
        if isinstance(shape, Line):
            canvas.line(x + shape.x1, y + shape.y1, x + shape.x2, y + shape.y2)
        elif isinstance(shape, Rect):
            canvas.rect(x + shape.x, y + shape.y, shape.width, shape.height, **how)
        elif isinstance(shape, Circle):
            canvas.circle(x + shape.cx, y + shape.cy, shape.r, **how)
        elif isinstance(shape, PolyLine | Polygon):
            path = canvas.beginPath()
            points = list(zip(shape.points[::2], shape.points[1::2], strict=True))
            path.moveTo(x + points[0][0], y + points[0][1])
            for px, py in points[1:]:
                path.lineTo(x + px, y + py)
            canvas.drawPath(path, stroke=1, fill=int(isinstance(shape, Polygon)))


def run(folder: Path, key: str = KEYS[0], years: int = 2, turns: int = 9) -> Result:
    """From the report's facts to the bytes, at the end of the school's last year; what the making of the facts takes
    stands beside it."""
    context, _ = full_school(folder / f"{key}.rollbook", years)
    day = school_days(LAST_YEAR)[-1]
    context = replace(context, clock=lambda: datetime(day.year, day.month, day.day, 15, 50, tzinfo=UTC))
    try:
        began = time.perf_counter()
        report = make_report(context, key, Asked(on=day))
        made = 1000 * (time.perf_counter() - began)
        pages = pages_of(report)
        result = compare(
            f"the drawing alone of the report “{key}” as a PDF, its facts made before",
            "reportlab, same pages and pictures",
            lambda: bare(pages),
            lambda: report_pdf.report_pdf(report),
            2.0,
            turns,
        )
        result.more.update({"pages": len(pages), "making the facts, not in the ratio, ms": round(made)})
        return result
    finally:
        context.store.close()
