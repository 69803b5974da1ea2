"""Reading reports back from the files they were put in, for tests that compare them with the facts."""

from __future__ import annotations

import io
from fractions import Fraction
from typing import Any

import openpyxl
import pytest
from pypdf import PdfReader

from desktop_app.domain.report import ChartBlock, Report, TableBlock, Unit, Value
from desktop_app.rules.chart_table import chart_table


def pdf_words(content: bytes) -> str:
    """All that a PDF says, its spaces made one."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def workbook(content: bytes) -> Any:
    """A workbook as written, with its formulas if it had any."""
    return openpyxl.load_workbook(io.BytesIO(content))


def tables_of(report: Report) -> list[TableBlock]:
    """The tables of a report and those of its pictures, in order."""
    found: list[TableBlock] = []
    for block in report.blocks:
        if isinstance(block, TableBlock):
            found.append(block)
        elif isinstance(block, ChartBlock):
            found.append(chart_table(block.chart))
    return found


def in_sheet(value: Value, unit: Unit) -> object:
    """What a cell of a workbook should hold of a value."""
    if value is None:
        return "–"
    if isinstance(value, int | Fraction):
        exact = Fraction(value) / (100 if unit is Unit.PERCENT else 1)
        return int(exact) if exact.denominator == 1 else float(exact)
    return value


def check_workbook(report: Report, content: bytes) -> None:
    """All values stand in the workbook, to the sixteen digits it keeps; nothing is hidden or a formula."""
    book = workbook(content)
    sheets = book.worksheets
    tables = tables_of(report)
    assert len(sheets) == 1 + len(tables)
    for sheet in sheets:
        assert sheet.sheet_state == "visible"
        assert not any(one.hidden for one in sheet.column_dimensions.values())
        assert not any(one.hidden for one in sheet.row_dimensions.values())
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    for sheet, table in zip(sheets[1:], tables, strict=True):
        assert sheet.freeze_panes == "B4"
        for row, values in enumerate(table.rows, start=4):
            for column, (value, of) in enumerate(zip(values, table.columns, strict=True), start=1):
                found = sheet.cell(row, column).value
                found = found.date() if of.unit is Unit.DAY and hasattr(found, "date") else found
                wanted = in_sheet(value, of.unit)
                if isinstance(wanted, float):
                    assert found == pytest.approx(wanted, rel=1e-15, abs=0)
                else:
                    assert (found or "") == (wanted or ""), (table.title, row, column)
