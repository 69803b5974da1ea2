"""A picture put on a page: its few kinds of shapes are drawn straight onto the canvas.

The library's own way asks of each shape what state the canvas is in, saves it and brings it back: three times the work.
"""

from __future__ import annotations

from typing import Any

from reportlab.graphics.shapes import Circle, Line, Polygon, PolyLine, Rect, String


def paint(canvas: Any, drawing: Any, x: float, y: float, scale: float = 1.0) -> None:
    """Draw it with its lower left corner at `x` and `y`, in points from the foot of the page."""
    canvas.saveState()
    canvas.translate(x, y)
    if scale != 1.0:
        canvas.scale(scale, scale)
    canvas.setLineCap(0)
    for shape in drawing.contents:
        if isinstance(shape, String):
            _text(canvas, shape)
        else:
            _shape(canvas, shape)
    canvas.restoreState()


def _text(canvas: Any, shape: Any) -> None:
    canvas.setFillColor(shape.fillColor)
    canvas.setFont(shape.fontName, shape.fontSize)
    if shape.textAnchor == "middle":
        canvas.drawCentredString(shape.x, shape.y, shape.text)
    elif shape.textAnchor == "end":
        canvas.drawRightString(shape.x, shape.y, shape.text)
    else:
        canvas.drawString(shape.x, shape.y, shape.text)


def _shape(canvas: Any, shape: Any) -> None:
    stroke, fill = shape.strokeColor, getattr(shape, "fillColor", None)
    if stroke is not None:
        canvas.setStrokeColor(stroke)
        canvas.setLineWidth(shape.strokeWidth)
        canvas.setDash(shape.strokeDashArray or [])
    if fill is not None:
        canvas.setFillColor(fill)
    how = {"stroke": int(stroke is not None), "fill": int(fill is not None)}
    if isinstance(shape, Line):
        canvas.line(shape.x1, shape.y1, shape.x2, shape.y2)
    elif isinstance(shape, Rect):
        canvas.rect(shape.x, shape.y, shape.width, shape.height, **how)
    elif isinstance(shape, Circle):
        canvas.circle(shape.cx, shape.cy, shape.r, **how)
    elif isinstance(shape, PolyLine | Polygon):
        points: list[float] = shape.points  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
        path = canvas.beginPath()
        path.moveTo(points[0], points[1])
        for place in range(2, len(points), 2):
            path.lineTo(points[place], points[place + 1])
        if isinstance(shape, Polygon):
            path.close()
        canvas.drawPath(path, **how)
    else:
        raise TypeError(f"a picture has no such shape: {type(shape).__name__}")
