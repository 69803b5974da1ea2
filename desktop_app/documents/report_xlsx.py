"""A report as a workbook: one sheet for each table, real numbers, and each picture beside its own numbers.

What people typed is text and never a formula. No sheet, row or column is hidden: what is not in the report is not in
the file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from fractions import Fraction
from functools import cache
from io import BytesIO
from typing import Any

from openpyxl.drawing.image import Image
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.page import PageMargins

from desktop_app.documents.charts import chart_png
from desktop_app.documents.words import for_whom, moment_words
from desktop_app.domain.report import ChartBlock, FiguresBlock, Report, ReportColumn, TableBlock, TextBlock, Unit, Value
from desktop_app.rules.chart_table import chart_table
from desktop_app.rules.display import happened_time
from desktop_app.rules.report_values import NONE, is_number, written

FORMATS = {
    Unit.COUNT: "#,##0",
    Unit.PERCENT: "0.0%",
    Unit.POINTS: '[>=0.05]+0.0;[<=-0.05]-0.0;"0.0"',
    Unit.DAY: "ddd d mmm yyyy",
    Unit.MOMENT: "ddd d mmm yyyy hh:mm",
}
"""A change too small to be seen has no sign, as on paper."""
DECIMAL = "#,##0.0"
NAME_LENGTH = 31
"""The most letters of the name of a sheet."""
NOT_IN_CELLS = re.compile("[^\\t\\n\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
PICTURE = 470.0
"""How wide a picture is drawn, in points."""
NARROWEST, WIDEST = 9.0, 44.0
EMPTY = 30.0
"""How wide a column of a table without rows is at most, for its heading."""
BOLD = 1.2
"""How much wider than a figure a letter of a heading may be, whatever face stands in for the workbook’s own."""
FIRST_SHEET = "Summary"
ARROW = 3.0
"""What the arrow of a filter takes of a heading, in letters."""
TALLEST = 409.0
"""The greatest height of a row that a workbook can have, in points."""
ORDERS = "=+-@\t/"
"""What a spreadsheet takes a typed text that begins with it for an order: it is said to be text, also when edited."""
FRONT = (34.0, 14.0, 40.0)
"""How wide columns are, in letters; those of the first sheet."""
HEAD_ROWS = 3
FACE, LINE = "Calibri", 15.0
"""The face of a workbook, and the height of a line of it in points."""
RULE = Border(bottom=Side("thin", "FF888888"))
SHADED = PatternFill("solid", start_color="FFEFEFEF")


def list_workbook(report: Report) -> bytes:
    """A list: a sheet for each of its tables, headed by whose it is, of when, and what of it was left out. Every
    table can be filtered by its headings, which stay in sight."""
    book = _book(report)
    book.remove(book.worksheets[0])
    taken: set[str] = set()
    for block in report.blocks:
        if isinstance(block, TableBlock):
            made: Any = book.create_sheet(_name(block.title, taken))
            taken.add(made.title.casefold())
            _table(made, report, block, more=f"{report.counts} {for_whom(report)}", nothing="")
    return _saved(book, report)


def report_workbook(report: Report) -> bytes:
    """The first sheet says what the report is, with its big figures and words; then one sheet for each table and each
    picture, in the order of the report. A report that is one table and words is one sheet."""
    book = _book(report)
    sheet: Any = book.active
    sheet.title = FIRST_SHEET
    _front(sheet, report)
    taken = {FIRST_SHEET.casefold()}
    for block in report.blocks:
        if isinstance(block, TableBlock | ChartBlock):
            table = chart_table(block.chart) if isinstance(block, ChartBlock) else block
            made: Any = book.create_sheet(_name(table.title or report.title, taken))
            taken.add(made.title.casefold())
            _table(made, report, table)
            if isinstance(block, ChartBlock):
                _picture(made, block, len(table.columns))
    return _saved(book, report)


def _book(report: Report) -> Workbook:
    book = Workbook()
    book.properties.title = report.title
    book.properties.creator = "Rollbook"
    book.properties.created = book.properties.modified = report.as_at.replace(tzinfo=None)
    return book


def _saved(book: Workbook, report: Report) -> bytes:
    for one in book.worksheets:
        _print_set_up(one, report)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _front(sheet: Any, report: Report) -> None:
    """What it is, whose and of when, and everything in it that is no table."""
    _write(sheet.cell(1, 1), report.title)
    sheet.cell(1, 1).font = _font(14, bold=True)
    said = [
        report.subtitle,
        report.school,
        report.counts,
        f"As recorded by {moment_words(report.as_at)}.",
        for_whom(report),
    ]
    row = 2
    for words in filter(None, said):
        _over(sheet, row, len(FRONT), sum(FRONT), words)
        row += 1
    for block in report.blocks:
        if isinstance(block, FiguresBlock):
            row += 1
            for one in block.figures:
                _write(sheet.cell(row, 1), one.name)
                sheet.cell(row, 1).alignment = Alignment(vertical="top")
                _value(sheet.cell(row, 2), one.value, one.unit)
                sheet.cell(row, 2).font = _font(bold=True)
                _write(sheet.cell(row, 3), one.says)
                sheet.cell(row, 3).alignment = Alignment(horizontal="left", vertical="top", wrap_text=True, indent=1)
                sheet.row_dimensions[row].height = LINE * _lines(one.says, FRONT[2] - 3)
                row += 1
        elif isinstance(block, TextBlock):
            row += 1
            for words, bold in ((block.heading, True), (block.text, False)):
                if words:
                    _over(sheet, row, len(FRONT), sum(FRONT), words)
                    sheet.cell(row, 1).font = _font(bold=bold)
                    row += 1
    for place, width in enumerate(FRONT, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width


def _table(sheet: Any, report: Report, block: TableBlock, *, more: str = "", nothing: str = NONE) -> None:
    """Title and moment, the headings, which stay in sight and can be filtered by, the rows, and what is said under
    them; `nothing` stands where there is no value. The filter goes to the totals at the end and not over them: they
    would be sorted in among what they add up."""
    _write(sheet.cell(1, 1), block.title)
    sheet.cell(1, 1).font = _font(12, bold=True)
    said = filter(None, (report.school, report.subtitle, f"As recorded by {moment_words(report.as_at)}"))
    _across(sheet, 2, block, f"{'. '.join(said)}. {more}".rstrip())
    for place, column in enumerate(block.columns, start=1):
        cell = sheet.cell(HEAD_ROWS, place)
        _write(cell, _heading(column))
        cell.font, cell.border = _font(bold=True), RULE
        side = "right" if is_number(column.unit) else "left"
        indent = int(side == "left" and place > 1)
        cell.alignment = _placed(side, "bottom", indent)
        sheet.column_dimensions[get_column_letter(place)].width = _width(block, place - 1)
    heads = (_lines(_heading(one), _width(block, place) / BOLD - 1) for place, one in enumerate(block.columns))
    sheet.row_dimensions[HEAD_ROWS].height = LINE * max(heads)
    for number, values in enumerate(block.rows):
        for place, (value, column) in enumerate(zip(values, block.columns, strict=True), start=1):
            cell = sheet.cell(HEAD_ROWS + 1 + number, place)
            _value(cell, nothing if value is None else value, column.unit)
            if number in block.strong:
                cell.font, cell.fill = _font(bold=True), SHADED
        lines = max(_lines(one, WIDEST - 4) for one in values if isinstance(one, str)) if _long(values) else 1
        if lines > 1:
            sheet.row_dimensions[HEAD_ROWS + 1 + number].height = min(LINE * lines, TALLEST)
    row = HEAD_ROWS + 1 + len(block.rows)
    if not block.rows:
        _write(sheet.cell(row, 1), block.empty)
        row += 1
    if block.note:
        _across(sheet, row + 1, block, block.note)
    if filtered := _filtered(block):
        sheet.auto_filter.ref = f"A{HEAD_ROWS}:{get_column_letter(len(block.columns))}{HEAD_ROWS + filtered}"
    sheet.freeze_panes = sheet.cell(HEAD_ROWS + 1, 2)
    sheet.print_title_rows = f"{HEAD_ROWS}:{HEAD_ROWS}"


def _long(values: Sequence[Value]) -> bool:
    return any(isinstance(one, str) and (len(one) > WIDEST - 4 or "\n" in one) for one in values)


def _across(sheet: Any, row: int, block: TableBlock, text: str) -> None:
    """Words under or over a table, broken into lines within its width, so that they widen no page."""
    columns = len(block.columns)
    _over(sheet, row, columns, sum(_width(block, place) for place in range(columns)), text)


def _over(sheet: Any, row: int, columns: int, width: float, text: str) -> None:
    """Words over the first so many columns, `width` letters wide together, on as many lines as they need."""
    _write(sheet.cell(row, 1), text)
    sheet.cell(row, 1).alignment = Alignment(wrap_text=True, vertical="top")
    if columns > 1:
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=columns)
    sheet.row_dimensions[row].height = min(LINE * _lines(text, width), TALLEST)


def _lines(text: str, width: float) -> int:
    """How many lines a text takes in so many characters, on the safe side; a word that is longer takes several."""
    lines = 0
    for paragraph in text.split("\n"):
        lines, taken = lines + 1, 0
        for word in paragraph.split():
            if taken and taken + 1 + len(word) > width:
                lines, taken = lines + 1, 0
            lines += max(0, len(word) - 1) // max(1, int(width))
            taken += len(word) + (1 if taken else 0)
    return lines


@cache
def _placed(side: str | None, upright: str = "top", indent: int = 0, *, wrap: bool = True) -> Alignment:
    """How a cell is set; one of each kind, since a long list has tens of thousands of cells."""
    return Alignment(horizontal=side, vertical=upright, wrap_text=wrap, indent=indent)


def _font(size: int = 11, *, bold: bool = False, italic: bool = False) -> Font:
    return Font(name=FACE, size=size, bold=bold, italic=italic)


def _picture(sheet: Any, block: ChartBlock, columns: int) -> None:
    """The picture to the right of its numbers."""
    png, width, height = chart_png(block.chart, PICTURE)
    image: Any = Image(BytesIO(png))
    image.width, image.height = round(width * 4 / 3), round(height * 4 / 3)
    sheet.add_image(image, f"{get_column_letter(columns + 2)}{HEAD_ROWS + 1}")


def _print_set_up(sheet: Any, report: Report) -> None:
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape" if sheet.max_column > 7 or sheet._images else "portrait"  # noqa: SLF001
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.7, header=0.3, footer=0.3)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.left.text = _footer(f"{report.title}, as at {moment_words(report.as_at)}")
    sheet.oddFooter.right.text = "Page &P of &N"


def _footer(text: str) -> str:
    """Words in a footer, where an ampersand would begin an order."""
    return text.replace("&", "&&")


def _value(cell: Any, value: Value, unit: Unit) -> None:
    """A value as a spreadsheet knows it: a percentage is a share of one, so that its own sign of per cent is right."""
    if value is None:
        _write(cell, written(value, unit))
        cell.alignment = _placed("right" if is_number(unit) else "left", "bottom", wrap=False)
        return
    if isinstance(value, str):
        if value:
            _write(cell, value)
        side, indent = ("right", 0) if is_number(unit) else ("left", int(cell.column > 1))
        cell.alignment = _placed(side, "top", indent, wrap=len(value) > WIDEST - 4 or "\n" in value)
        return
    if isinstance(value, date):
        timed = isinstance(value, datetime) and unit is Unit.MOMENT and bool(happened_time(value))
        cell.value = value.replace(second=0, microsecond=0) if isinstance(value, datetime) and timed else _day(value)
        cell.number_format = FORMATS[Unit.MOMENT if timed else Unit.DAY]
        cell.alignment = _placed("left", "top", int(cell.column > 1), wrap=False)
        return
    cell.alignment = _placed(None, "top", wrap=False)
    exact = Fraction(value) / (100 if unit is Unit.PERCENT else 1)
    cell.value = int(exact) if exact.denominator == 1 else float(exact)
    whole = unit in (Unit.COUNT, Unit.TEXT, Unit.DAY, Unit.MOMENT)
    cell.number_format = (FORMATS[Unit.COUNT] if exact.denominator == 1 else DECIMAL) if whole else FORMATS[unit]


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def _filtered(block: TableBlock) -> int:
    """How many rows the filter is of: those before the totals at the end; none where a total stands among them."""
    rows = len(block.rows)
    while rows - 1 in block.strong:
        rows -= 1
    return 0 if any(one < rows for one in block.strong) else rows


def _heading(column: ReportColumn) -> str:
    return f"{column.heading} (points)" if column.unit is Unit.POINTS and column.heading else column.heading


def _write(cell: Any, text: str) -> None:
    """Text, whatever it begins with; what no workbook can hold is left out."""
    cell.value = NOT_IN_CELLS.sub("", text)
    cell.data_type = "s"
    if text[:1] and text[0] in ORDERS:
        cell.number_format, cell.quotePrefix = "@", True


def _width(block: TableBlock, place: int) -> float:
    column = block.columns[place]
    words: Sequence[str] = [written(row[place], column.unit) for row in block.rows]
    heading = _heading(column)
    head = BOLD * max((len(word) for word in heading.split()), default=0)
    if not block.rows:
        head = max(head, min(EMPTY, BOLD * len(heading)))
    lines = (len(line) for one in words for line in one.split("\n"))
    return max(NARROWEST, min(WIDEST, 3.0 + max([head + ARROW - 1, *lines])))


def _name(title: str, taken: set[str]) -> str:
    """A name that a sheet can have and none has yet."""
    plain = " ".join(NOT_IN_NAMES.sub(" ", title).split()).strip("'")
    name, number = _short(plain, NAME_LENGTH), 1
    while name.casefold() in taken:
        number += 1
        name = f"{_short(plain, NAME_LENGTH - 4)} ({number})"
    return name


def _short(text: str, most: int) -> str:
    """A text of no more than so many letters, without the words that are too many; a word longer than that is cut."""
    if len(text) > most:
        whole = text[: most + 1].rpartition(" ")[0].rstrip(" ,;:.–-")
        text = whole or text[:most]
    return text or "Report"
