"""A report as a PDF: the same blocks, in the same order, as on the screen. Equal reports give equal bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop_app.documents.charts import draw_chart
from desktop_app.documents.flow import Flow
from desktop_app.documents.page import BOTTOM, LEFT, MEASURE, SECOND, TOP, Picture
from desktop_app.documents.press import Imprint, PrintedPart, print_parts
from desktop_app.documents.report_columns import columns_of
from desktop_app.documents.table import Cell, Row, Span, Table
from desktop_app.documents.type import clean, load_type
from desktop_app.documents.words import moment_words
from desktop_app.domain.charts import Chart, LineChart
from desktop_app.domain.report import Block, ChartBlock, FiguresBlock, Report, TableBlock, TextBlock
from desktop_app.rules.chart_table import chart_table
from desktop_app.rules.report_values import written

ACROSS = 4
"""So many big figures stand side by side."""
FIGURE = 20.0
NOTE = 8.6
WHOLE = 14
"""A table of no more rows than this is not broken over two pages."""
STRONG_ROW = 0.94
PUBLIC = "For governors and the public: no child is named, and no small group can be told."
IN_HOUSE = "For the school’s own use: it may be about single children. Keep it locked away."
APPENDIX = "Numbers of the pictures"


def report_pdf(report: Report) -> bytes:
    """The report, with its school, moment and whom it counts at its head, and `page x of y` on each page."""
    type_ = load_type()
    flow = Flow(type_)
    _head(flow, report)
    for block in report.blocks:
        _block(flow, block)
    lines = [one.chart for one in report.blocks if isinstance(one, ChartBlock) and isinstance(one.chart, LineChart)]
    for number, chart in enumerate(lines):
        if number == 0:
            flow.heading(APPENDIX)
        _table(flow, chart_table(chart))
    foot = f"{report.title} · as at {moment_words(report.as_at)}{' · public' if report.public else ''}"
    imprint = Imprint(report.school, foot, report.title, report.school, report.as_at)
    part = PrintedPart(1, "report", report.title, report.title, flow.pages)
    return print_parts([part], imprint, type_)


def _head(flow: Flow, report: Report) -> None:
    flow.title(report.title, report.subtitle)
    flow.y -= 12.0
    counted = " ".join(filter(None, (report.counts, f"As recorded by {moment_words(report.as_at)}.")))
    flow.paragraph(counted, NOTE, SECOND)
    flow.paragraph(PUBLIC if report.public else IN_HOUSE, NOTE, SECOND)
    flow.space(6.0)


def _block(flow: Flow, block: Block) -> None:
    if isinstance(block, TableBlock):
        _table(flow, block)
    elif isinstance(block, FiguresBlock):
        _figures(flow, block)
    elif isinstance(block, ChartBlock):
        _chart(flow, block.chart)
    else:
        _text(flow, block)


def _text(flow: Flow, block: TextBlock) -> None:
    if block.heading:
        flow.heading(block.heading, 20.0)
    flow.paragraph(block.text)


def _table(flow: Flow, block: TableBlock) -> None:
    if not block.rows:
        flow.heading(block.title, 20.0)
        flow.paragraph(block.empty)
        return
    columns, setting = columns_of(block, flow.type)
    notes = flow.type.regular.wrap(clean(block.note), NOTE, MEASURE) if block.note else []
    Table(flow, columns, setting).draw(
        _rows(block), block.title, whole=len(block.rows) <= WHOLE, after=len(notes) * NOTE * 1.5
    )
    if block.note:
        flow.space(4.0)
        flow.paragraph(block.note, NOTE, SECOND)


def _rows(block: TableBlock) -> Iterator[Row]:
    for number, values in enumerate(block.rows):
        words = [written(value, column.unit) for value, column in zip(values, block.columns, strict=True)]
        strong = number in block.strong
        cells: Sequence[Cell] = [(Span(one, bold=True),) for one in words] if strong else words
        yield Row(cells, STRONG_ROW if strong else 1.0)


def _figures(flow: Flow, block: FiguresBlock) -> None:
    type_ = flow.type
    for start in range(0, len(block.figures), ACROSS):
        some = block.figures[start : start + ACROSS]
        width = MEASURE / max(len(some), min(len(block.figures), ACROSS))
        said = [type_.regular.wrap(clean(one.says), 8.0, width - 12) if one.says else [] for one in some]
        flow.need(54.0 + max(map(len, said)) * 10.5)
        flow.page.across(flow.y, grey=0.45)
        for number, (one, lines) in enumerate(zip(some, said, strict=True)):
            x = LEFT + number * width
            flow.page.text(x, flow.y + 15.0, type_.regular.fit(clean(one.name), NOTE, width - 8), type_.regular, NOTE)
            flow.page.text(x, flow.y + 38.0, written(one.value, one.unit), type_.bold, FIGURE)
            for line, words in enumerate(lines):
                flow.page.text(x, flow.y + 51.0 + line * 10.5, words, type_.regular, 8.0, SECOND)
        flow.y += 52.0 + max(map(len, said)) * 10.5


def _chart(flow: Flow, chart: Chart) -> None:
    drawing = draw_chart(chart, MEASURE, flow.type)
    height = float(drawing.height)
    scale = min(1.0, (BOTTOM - TOP - 30.0) / height)  # a picture higher than a page is made to fit it
    height *= scale
    flow.heading(chart.title, height)
    flow.page.pictures.append(Picture(LEFT, flow.y, height, drawing, scale))
    flow.y += height + 6.0
