"""The history-of-change report as a workbook: one row for each amendment."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook

from desktop_app.domain.paper import Amendment, ChangeReport

HEADINGS = (
    ("Class", 8), ("Pupil", 26), ("Date", 12), ("Session", 9), ("Original", 9), ("Amended", 9), ("Reason", 40),
    ("What else changed", 30), ("Amended on", 17), ("Amended by", 22), ("Position", 22),
)  # fmt: skip
DAY, MOMENT = "dd/mm/yyyy", "dd/mm/yyyy hh:mm"


def change_workbook(report: ChangeReport, made: datetime) -> bytes:
    """The rows with a heading that stays in sight. What people typed is text and never a formula."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None, "a new workbook has a sheet"  # noqa: S101 - for the type alone
    sheet.title = "Changes"
    book.properties.title = f"History of changes, {report.whose}"
    book.properties.creator = "Rollbook"
    book.properties.created = book.properties.modified = made.replace(tzinfo=None)
    for column, (heading, width) in enumerate(HEADINGS, start=1):
        sheet.cell(1, column, heading).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    for row, (class_name, one) in enumerate(report.lines, start=2):
        for column, value in enumerate(_values(class_name, one), start=1):
            cell = sheet.cell(row, column)
            _write(cell, value)
        sheet.cell(row, 3).number_format = DAY
        sheet.cell(row, 9).number_format = MOMENT
    sheet.freeze_panes = "A2"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _values(class_name: str, one: Amendment) -> tuple[object, ...]:
    return (
        class_name,
        one.name,
        one.session.day,
        one.session.half.value,
        one.was or "blank",
        one.now or "blank",
        one.reason,
        one.details,
        one.at.replace(tzinfo=None),
        one.by,
        one.position,
    )


def _write(cell: Cell | MergedCell, value: object) -> None:
    cell.value = value  # pyright: ignore[reportAttributeAccessIssue]
    if isinstance(value, str):
        cell.data_type = "s"
