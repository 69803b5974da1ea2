"""Pictures, drawn once: the same drawing goes into the PDF as it is, to the screen as SVG, and to the workbook as PNG.

Black and white say everything; lines differ in dashes and markers, bars in hatching, and every cell has its number.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

from reportlab.graphics import renderSVG
from reportlab.pdfgen.canvas import Canvas

from desktop_app.documents.chart_grids import draw_calendar, draw_heat
from desktop_app.documents.chart_lines import draw_bars, draw_lines
from desktop_app.documents.ink import PRINT, Ink
from desktop_app.documents.painting import paint
from desktop_app.documents.raster import first_page
from desktop_app.documents.type import BOLD, REGULAR, Type, load_type
from desktop_app.domain.charts import BarChart, CalendarChart, Chart, HeatChart

IN_QT = (
    (re.compile(r"<clipPath.*?</clipPath>", re.DOTALL), ""),
    (re.compile(r' style="clip-path: url\(#clip\)"'), ""),
    (re.compile(r' Z" style="stroke'), '" style="stroke'),
    (re.compile("fill: None"), "fill: none"),
)
"""What Qt would paint where nothing is meant: a clip as wide as the whole, straight lines closed, lines filled."""
FAMILY = "Noto Sans"
"""What the faces are called by whoever shows an SVG."""


def draw_chart(chart: Chart, width: float, type_: Type, ink: Ink = PRINT) -> Any:
    """The picture of a chart, `width` points wide and as high as it needs (`.height`). Its title is not in it."""
    if isinstance(chart, HeatChart):
        return draw_heat(chart, width, ink, type_)
    if isinstance(chart, CalendarChart):
        return draw_calendar(chart, width, ink, type_)
    if isinstance(chart, BarChart):
        return draw_bars(chart, width, ink, type_)
    return draw_lines(chart, width, ink, type_)


def chart_svg(chart: Chart, width: float, ink: Ink) -> bytes:
    """The picture for the screen."""
    render: Any = renderSVG
    text: str = render.drawToString(draw_chart(chart, width, load_type(), ink))
    for said, meant in IN_QT:
        text = said.sub(meant, text)
    text = text.replace(f"font-family: {BOLD}", f"font-weight: bold; font-family: {FAMILY}")
    return text.replace(f"font-family: {REGULAR}", f"font-family: {FAMILY}").encode()


def chart_png(chart: Chart, width: float, scale: float = 2.0) -> tuple[bytes, float, float]:
    """The picture for a workbook, printed and then seen: its PNG, `scale` dots a point, and its size in points."""
    drawing = draw_chart(chart, width, load_type())
    stream = BytesIO()
    canvas: Any = Canvas(stream, pagesize=(drawing.width, drawing.height), invariant=1)
    paint(canvas, drawing, 0, 0)
    canvas.save()
    return first_page(stream.getvalue(), scale), float(drawing.width), float(drawing.height)
