"""The schedule of material that is not used, for the authority’s disclosure officer."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.documents.flow import Flow
from desktop_app.documents.table import DENSE, Column, Row, Table
from desktop_app.documents.words import short_day
from desktop_app.domain.evidence import UnusedItem

COLUMNS = (
    Column("No", 6),
    Column("Date", 15),
    Column("Kind", 24),
    Column("What it is", 32),
    Column("May help the parent", 23),
    Column("In the pack", 11),
)
UNDER = "For the disclosure officer alone. It is not served on anybody until that officer has decided."


def draw_unused(flow: Flow, items: Sequence[UnusedItem], title: str, name: str) -> None:
    """Every item, numbered."""
    flow.title(title, name)
    flow.paragraph(UNDER)
    flow.space(6.0)
    if not items:
        flow.paragraph("Nothing is held that is not used.")
        return
    Table(flow, COLUMNS, DENSE).draw(
        Row(
            (
                str(number),
                short_day(one.day) if one.day else "–",
                one.kind,
                one.says,
                one.helps or "–",
                "yes" if one.used else "no",
            )
        )
        for number, one in enumerate(items, start=1)
    )
