"""The school beside its authority and England, as a block of a report."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from desktop_app.actions.comparison import absence_shape, absence_trend, compare
from desktop_app.actions.reports.public_rates import NOT_TOLD, told_rate
from desktop_app.context import Context
from desktop_app.domain.comparison import Compared
from desktop_app.domain.errors import Refused
from desktop_app.domain.report import Block, ChartBlock, ReportColumn, TableBlock, TextBlock, Unit, Value
from desktop_app.rules.comparable import who_is_counted
from desktop_app.rules.comparison_charts import absence_bars
from desktop_app.rules.suppression import RATE_NOT_TOLD, may_tell, rounded

TITLE = "Beside others"
ALL_IN_SHAPE = "The picture of how much the pupils missed counts everyone on roll."
COLUMNS = (
    ReportColumn("Who", share=2.4),
    ReportColumn("Absence", Unit.PERCENT),
    ReportColumn("Persistently absent", Unit.PERCENT, 1.2),
    ReportColumn("Severely absent", Unit.PERCENT, 1.2),
)


def beside_others(
    context: Context, on: date, as_at: datetime | None, *, comparable: bool, rates: bool = True, public: bool = False
) -> Block:
    """The newest period of which something was published, with the year, the period and the collection said. Where the
    public reads it, the school's own figures are told to one decimal, and persistent and severe absence only where
    `rates` may be told of those who are counted."""
    try:
        found = compare(context, on, as_at, comparable=comparable)
    except Refused as refused:
        return TextBlock(str(refused), TITLE)
    told: list[tuple[Value, ...]] = [_ours(found, rates=rates, public=public)]
    told += [
        (f"{one.area}, {one.phase.lower()}, {one.school_year}", one.absence, one.persistent, one.severe)
        for one in found.published
    ]
    says = [one for one in found.says if one != RATE_NOT_TOLD]
    if public and not (rates and all(may_tell(found.persistent_pupils, found.severe_pupils))):
        says.append(RATE_NOT_TOLD)
    note = " ".join(says)
    return TableBlock(f"{TITLE}: {found.period.value}", COLUMNS, tuple(told), note, strong=frozenset({0}))


def pictures_beside(
    context: Context, on: date, as_at: datetime | None, *, comparable: bool, rates: bool = True, public: bool = False
) -> Iterator[Block]:
    """The same as pictures: absence of the last full years beside the authority’s and England’s, how much the pupils
    missed beside England’s (everyone on roll, where the `rates` of those counted may not be told), and, where not for
    the public, the newest period of which something was published."""
    if not public:
        yield from _bars(context, on, as_at, comparable=comparable)
    yield ChartBlock(absence_trend(context, on, as_at=as_at, comparable=comparable, public=public))
    shape = absence_shape(context, on, as_at, comparable and rates, public)
    if shape is not None:
        yield ChartBlock(shape)
    says = f"Beside the authority and England: {who_is_counted(context.rulebook, comparable=comparable)}"
    yield TextBlock(says if rates or not comparable or shape is None else f"{says} {ALL_IN_SHAPE}")


def _bars(context: Context, on: date, as_at: datetime | None, *, comparable: bool) -> Iterator[Block]:
    try:
        found = compare(context, on, as_at, comparable=comparable)
    except Refused:
        return  # before there is anything of the school to tell
    if found.published:
        yield ChartBlock(absence_bars(found, f"This school, {found.school_year}"))


def _ours(found: Compared, *, rates: bool, public: bool) -> tuple[Value, ...]:
    """The line of the school, with the school year it is of; in public with the rates that may be told alone."""
    title = f"This school, {found.school_year}" if found.school_year else "This school"
    if not public:
        return (title, found.absence, found.persistent, found.severe)
    if not rates:
        return (title, rounded(found.absence), NOT_TOLD, NOT_TOLD)
    numbers = (found.persistent_pupils, found.severe_pupils)
    both = zip((found.persistent, found.severe), may_tell(*numbers), numbers, strict=True)
    return (title, rounded(found.absence), *(told_rate(rate, told, number) for rate, told, number in both))
