"""The school beside its authority and England, as a block of a report."""

from __future__ import annotations

from datetime import date, datetime

from desktop_app.actions.comparison import compare
from desktop_app.actions.reports.public_rates import told_rate
from desktop_app.context import Context
from desktop_app.domain.comparison import Compared
from desktop_app.domain.errors import Refused
from desktop_app.domain.report import Block, ReportColumn, TableBlock, TextBlock, Unit, Value
from desktop_app.rules.suppression import may_tell, rounded

TITLE = "Beside others"
COLUMNS = (
    ReportColumn("", share=2.4),
    ReportColumn("Absence", Unit.PERCENT),
    ReportColumn("Persistently absent", Unit.PERCENT, 1.2),
    ReportColumn("Severely absent", Unit.PERCENT, 1.2),
)


def beside_others(
    context: Context, on: date, as_at: datetime | None, *, comparable: bool, public: bool = False
) -> Block:
    """The newest period of which something was published, with the year, the period and the collection said. Where the
    public reads it, the school's own figures are told to one decimal."""
    try:
        found = compare(context, on, as_at, comparable=comparable)
    except Refused as refused:
        return TextBlock(str(refused), TITLE)
    told: list[tuple[Value, ...]] = [_ours(found, public=public)]
    told += [
        (f"{one.area}, {one.phase.lower()}, {one.school_year}", one.absence, one.persistent, one.severe)
        for one in found.published
    ]
    note = " ".join(found.says)
    return TableBlock(f"{TITLE}: {found.period.value}", COLUMNS, tuple(told), note, strong=frozenset({0}))


def _ours(found: Compared, *, public: bool) -> tuple[Value, ...]:
    """The line of the school, with the school year it is of; in public with the rates that may be told alone."""
    title = f"This school, {found.school_year}" if found.school_year else "This school"
    if not public:
        return (title, found.absence, found.persistent, found.severe)
    numbers = (found.persistent_pupils, found.severe_pupils)
    rates = zip((found.persistent, found.severe), may_tell(*numbers), numbers, strict=True)
    return (title, rounded(found.absence), *(told_rate(rate, told, number) for rate, told, number in rates))
