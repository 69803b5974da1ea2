"""The register of the school year to date with comments and the contact of each day: for information, no evidence."""

from __future__ import annotations

from desktop_app.documents.flow import Flow
from desktop_app.documents.register_print import draw_register
from desktop_app.documents.table import DENSE, Column, Row, Span, Table
from desktop_app.rules.display import date_year
from desktop_app.rules.parts.register_year import DayComment, YearToDate
from desktop_app.rules.session_lists import count_words

COLUMNS = (
    Column("Day", 19),
    Column("AM", 5),
    Column("PM", 5),
    Column("Comment in the register", 29),
    Column("Contact that day", 42),
)
MARKING = (
    "For information, not evidence. What is beside a code is what was told to the school or noted there; only the "
    "certificate signed by the headteacher is evidence of attendance."
)


def draw_year(flow: Flow, year: YearToDate, name: str, title: str) -> None:
    """The marking, the weeks, and each day that asks for a word."""
    draw_register(flow, year.register, name, title, with_corrections=False, marking=MARKING)
    if year.days:
        Table(flow, COLUMNS, DENSE).draw(map(_row, year.days), "Comments and contact received")
    else:
        flow.heading("Comments and contact received", 20.0)
        flow.paragraph("No comment stands in the register of these days, and no contact is recorded on one of absence.")
    if year.bare:
        flow.space(8.0)
        days = count_words(year.bare, "other day of absence has", "other days of absence have")
        flow.paragraph(f"{days} no comment and no contact of that day.", 9.0)


def _row(day: DayComment) -> Row:
    return Row((date_year(day.day), day.am, day.pm, _said(day.comments), _said(day.contacts)))


def _said(texts: tuple[str, ...]) -> tuple[Span, ...]:
    return tuple(Span(text) for text in texts) or (Span("–"),)
