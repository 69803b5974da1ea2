"""A report as a PDF: the same blocks, in the same order, as on the screen. Equal reports give equal bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from desktop_app.documents.charts import draw_chart
from desktop_app.documents.flow import BODY, Flow
from desktop_app.documents.page import LANDSCAPE, LEFT, PORTRAIT, SECOND, TOP, Picture
from desktop_app.documents.press import Imprint, PrintedPart, print_parts
from desktop_app.documents.report_columns import columns_of, page_for, parted
from desktop_app.documents.table import Cell, Row, Span, Table
from desktop_app.documents.type import clean, load_type
from desktop_app.documents.words import for_whom, moment_words
from desktop_app.domain.charts import Chart, LineChart
from desktop_app.domain.report import Block, ChartBlock, FiguresBlock, Report, TableBlock, TextBlock
from desktop_app.rules.chart_table import chart_table
from desktop_app.rules.report_values import written

ACROSS = 4
"""So many big figures stand side by side."""
FIGURE = 20.0
NOTE = 8.6
WHOLE = {PORTRAIT: 14, LANDSCAPE: 12}
"""A table of no more rows than this is not broken over two pages."""
LONG = {PORTRAIT: 20, LANDSCAPE: 12}
TIGHT, LEAST_PAD = 1.25, 1.4
"""From so many rows on a table is set closer: its lines, of their size, and the space above and below a row."""
STRONG_ROW = 0.94
AIRS = (0.6, 0.3, 0.15, 0.0)
"""How much of the usual space there is: what is to be one page is set closer until it is."""
CLOSE, CLOSE_NOTE = 0.8, 7.8
"""How large a picture is there, and the size of running text."""
HIGHER = 14.0
"""How much nearer to its head such a page begins, at most."""
APPENDIX = "Numbers of the pictures"


def report_pdf(report: Report) -> bytes:
    """The report, with its school, moment and whom it counts at its head, and `page x of y` on each page."""
    type_ = load_type()
    charts = [one.chart for one in report.blocks if isinstance(one, ChartBlock)]
    numbers = [chart_table(one) for one in charts if isinstance(one, LineChart)]
    tables = [one for one in report.blocks if isinstance(one, TableBlock)]
    size = page_for((*tables, *numbers), type_)
    flow = _laid_out(report, numbers, Flow(type_, size))
    for air in AIRS if report.one_page else ():
        if len(flow.pages) > 1:
            flow = _laid_out(report, numbers, Flow(type_, size, air))
    foot = f"{report.title} · as at {moment_words(report.as_at)}{' · public' if report.public else ''}"
    imprint = Imprint(report.school, foot, report.title, report.school, report.as_at)
    part = PrintedPart(1, "report", report.title, report.title, flow.pages)
    return print_parts([part], imprint, type_)


def _laid_out(report: Report, numbers: Sequence[TableBlock], flow: Flow) -> Flow:
    _head(flow, report)
    for block in report.blocks:
        _block(flow, block)
    for place, block in enumerate(numbers):
        _table(flow, block, APPENDIX if place == 0 else "")
    return flow


def _head(flow: Flow, report: Report) -> None:
    flow.y -= HIGHER * (1.0 - flow.air)
    flow.title(report.title, report.subtitle)
    flow.y -= 12.0 * flow.air
    counted = " ".join(filter(None, (report.counts, f"As recorded by {moment_words(report.as_at)}.")))
    said = (counted, for_whom(report)) if flow.air == 1.0 else (f"{counted} {for_whom(report)}",)
    for words in said:
        flow.paragraph(words, _note(flow), SECOND)
    flow.space(6.0 * flow.air)


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
    flow.paragraph(block.text, BODY if flow.air == 1.0 else CLOSE_NOTE)


def _table(flow: Flow, block: TableBlock, above: str = "") -> None:
    """A table, or, where its columns have no room side by side, several; `above` heads the first."""
    if not block.rows:
        flow.heading(block.title, 20.0)
        flow.paragraph(block.empty)
        return
    for part in parted(block, flow.type, flow.size):
        _set(flow, part, above)
        above = ""
    if block.note:
        flow.space(4.0 * flow.air)
        flow.paragraph(block.note, _note(flow), SECOND)


def _note(flow: Flow) -> float:
    return NOTE if flow.air == 1.0 else CLOSE_NOTE


def _set(flow: Flow, block: TableBlock, above: str) -> None:
    columns, setting = columns_of(block, flow.type, flow.size, flow.air)
    if len(block.rows) >= LONG[flow.size]:
        setting = replace(setting, lead=setting.size * TIGHT, pad=min(setting.pad, LEAST_PAD))
    notes = flow.type.regular.wrap(clean(block.note), NOTE, flow.size.measure) if block.note else []
    whole, after = len(block.rows) <= WHOLE[flow.size], len(notes) * NOTE * 1.5 + (4.0 if notes else 0.0)
    Table(flow, columns, setting).draw(_rows(block), block.title, over=above, whole=whole, after=after)


def _rows(block: TableBlock) -> Iterator[Row]:
    for number, values in enumerate(block.rows):
        words = [written(value, column.unit) for value, column in zip(values, block.columns, strict=True)]
        strong = number in block.strong
        cells: Sequence[Cell] = [(Span(one, bold=True),) for one in words] if strong else words
        yield Row(cells, STRONG_ROW if strong else 1.0)


def _figures(flow: Flow, block: FiguresBlock) -> None:
    type_ = flow.type
    if block.fresh:
        flow.new_page()
    for start in range(0, len(block.figures), ACROSS):
        some = block.figures[start : start + ACROSS]
        width = flow.size.measure / max(len(some), min(len(block.figures), ACROSS))
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
    drawing = draw_chart(chart, flow.size.measure, flow.type)
    height = float(drawing.height)
    most = (flow.size.bottom - TOP - 30.0) / height  # a picture higher than a page is made to fit it
    scale = min(1.0 if flow.air == 1.0 else CLOSE, most)
    height *= scale
    flow.heading(chart.title, height)
    flow.page.pictures.append(Picture(LEFT, flow.y, height, drawing, scale))
    flow.y += height + 6.0 * flow.air
