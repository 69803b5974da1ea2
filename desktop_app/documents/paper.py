"""Sheets bound as one PDF: registers, roll-call, contacts, or all of them as the continuity pack."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from desktop_app.documents.class_sheet import draw_class_sheet
from desktop_app.documents.flow import Flow
from desktop_app.documents.press import Imprint, PrintedPart, print_parts
from desktop_app.documents.roll_call import draw_roll_call
from desktop_app.documents.table import DENSE, Column, Row, Span, Table
from desktop_app.documents.type import Type
from desktop_app.domain.paper import ClassSheet, ContactLine, RollClass
from desktop_app.rules.display import date_year

CONTACTS = (
    Column("Child", 28, bold=True),
    Column("Call, in this order", 48),
    Column("Number", 24),
    Column("Collect", 12),
)


def sheet_part(number: int, sheet: ClassSheet, type_: Type, *, blank: bool, dated: bool = False) -> PrintedPart:
    """The register of a class. `dated`: there are several weeks of it, and its bookmark says which."""
    flow = Flow(type_)
    draw_class_sheet(flow, sheet, blank=blank)
    week = f", week of {date_year(sheet.monday)}" if dated else ""
    title = f"Register {sheet.class_name}{week}"
    return PrintedPart(number, "register", title, title, flow.pages)


def roll_part(number: int, classes: Sequence[RollClass], when: str, type_: Type) -> PrintedPart:
    """The roll-call."""
    flow = Flow(type_)
    draw_roll_call(flow, classes, when)
    return PrintedPart(number, "roll-call", "Roll-call", "Roll-call", flow.pages)


def contact_part(number: int, class_name: str, lines: Sequence[ContactLine], type_: Type) -> PrintedPart:
    """Whom to call for each child of a class. No address, no flag, nobody whom a court keeps away."""
    flow = Flow(type_)
    title = f"Contacts {class_name}"
    flow.title(title, f"{len(lines)} children")
    Table(flow, CONTACTS, DENSE).draw(row for line in lines for row in _contact(line))
    return PrintedPart(number, "contacts", title, title, flow.pages)


def cover_part(lines: Sequence[str], type_: Type) -> PrintedPart:
    """The first page of the continuity pack: what it is for, and from when it is too old."""
    flow = Flow(type_)
    flow.title("Continuity pack", "For a day on which the computer cannot be used")
    for line in lines:
        flow.paragraph(line, 11.0)
    return PrintedPart(0, "cover", "Continuity pack", "Continuity pack", flow.pages)


def bind_paper(parts: Sequence[PrintedPart], school: str, title: str, made: datetime, type_: Type) -> tuple[bytes, int]:
    """The sheets as one PDF, and how many pages it has."""
    foot = f"{title} · printed {made:%d/%m/%Y %H:%M}"
    imprint = Imprint(head=school, foot=foot, title=title, author=school, made=made)
    return print_parts(parts, imprint, type_), sum(len(part.pages) for part in parts)


def _contact(line: ContactLine) -> Iterator[Row]:
    """A row for each contact, so that no number can slip beside another name."""
    if not line.contacts:
        yield Row((line.name, line.instead, "", ""))
    for place, (who, numbers, collects) in enumerate(line.contacts):
        collect = (Span("yes" if collects else "NO", bold=not collects),)
        yield Row(("" if place else line.name, who, tuple(Span(one) for one in numbers or ("no number",)), collect))
