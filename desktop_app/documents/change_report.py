"""The history-of-change report: every amendment of closed registers, by class and pupil."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop_app.documents.class_sheet import amendment_cells
from desktop_app.documents.flow import Flow
from desktop_app.documents.press import PrintedPart
from desktop_app.documents.table import DENSE, Column, Row, Table
from desktop_app.documents.type import Type
from desktop_app.documents.words import span_words
from desktop_app.domain.paper import Amendment, ChangeReport
from desktop_app.rules.display import date_year
from desktop_app.rules.session_lists import count_words

TITLE = "History of changes"
SAYS = (
    "Every mark that was changed after its register had closed: the original entry, the amended entry, the reason, the "
    "date and time, and the name and position of whoever amended it. What was changed while a register was open is no "
    "amendment."
)
NONE = "No register of these days was amended after it had closed."
COLUMNS = (
    Column("Pupil", 21, bold=True),
    Column("Session", 19),
    Column("Original", 10),
    Column("Amended", 11),
    Column("Reason", 30),
    Column("When", 19),
    Column("By", 22),
)


def changes_part(report: ChangeReport, type_: Type) -> PrintedPart:
    """The report. A pupil's name stands once for all their amendments in a class.

    Source: SI 2024/208: original entry, amended entry, reason, date, and name and title of who amended it.
    """
    flow = Flow(type_)
    flow.title(TITLE, f"{report.whose} · {span_words(report.first, report.last)}")
    flow.paragraph(SAYS, 9.0)
    if not report.classes:
        flow.space(8.0)
        flow.paragraph(NONE, bold=True)
    for name, amendments in report.classes:
        count = count_words(len(amendments), "amendment", "amendments")
        heading = f"Class {name}: {count}" if name else f"No class: {count}"
        Table(flow, COLUMNS, DENSE).draw(_rows(amendments), heading)
    return PrintedPart(1, "changes", TITLE, f"{TITLE} · {report.whose}", flow.pages)


def _rows(amendments: Sequence[Amendment]) -> Iterator[Row]:
    before = 0
    for one in amendments:
        session = f"{date_year(one.session.day)} {one.session.half.value}"
        yield Row(("" if one.pupil == before else one.name, session, *amendment_cells(one)))
        before = one.pupil
