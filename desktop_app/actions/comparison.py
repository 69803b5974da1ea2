"""The school beside its authority and England: like held against like, said in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from desktop_app import paths
from desktop_app.actions.benchmarks import read_benchmarks
from desktop_app.actions.figures import tell
from desktop_app.actions.group_figures import whole_school
from desktop_app.actions.needs import needs
from desktop_app.actions.roll import read_roll
from desktop_app.context import Context, turned_back
from desktop_app.domain.charts import BarChart, LineChart
from desktop_app.domain.comparison import Collection, Compared, PeriodOf
from desktop_app.domain.errors import Refused
from desktop_app.domain.groups import SMALL
from desktop_app.domain.rights import Right
from desktop_app.domain.school import School
from desktop_app.domain.sessions import school_year_end, school_year_name, school_year_start
from desktop_app.exchange.benchmarks_file import shapes
from desktop_app.rules.comparable import who_is_counted
from desktop_app.rules.comparison import alike, best, compared, phase_of, rate, spans
from desktop_app.rules.comparison_charts import shape_bars, trend_lines
from desktop_app.rules.shape import numbers
from desktop_app.rules.suppression import RATE_NOT_TOLD, may_tell, rounded

SHAPE = "shape-2022-23.csv"
"""England's shape of absence, as published of that year."""


@needs(Right.READ_REPORTS)
def comparisons(
    context: Context, on: date, as_at: datetime | None = None, comparable: bool = True
) -> tuple[Compared, ...]:
    """Everything that can be held against something published on a day, the newest and longest periods first, each
    collection by itself; of a period of which nothing is published there is one, with no published figure."""
    context = turned_back(context, as_at)
    with context.store.reading(as_at) as reading:
        if not reading.book.all(School):
            raise Refused("Nothing of the school had been recorded by then.")
        roll = read_roll(reading.book)
        held = read_benchmarks(context, reading.book, as_at)
    phase = phase_of(roll.school)
    counted = who_is_counted(context.rulebook, comparable=comparable)
    found: list[Compared] = []
    for span in spans(roll.calendar, on):
        ours = whole_school(context, span.first, span.last, as_at, comparable)
        if not ours.counted and span.period is PeriodOf.YEAR:
            continue  # before the school kept its register here
        both = [compared(span, ours, phase, held, one, counted) for one in (Collection.DAILY, Collection.CENSUS)]
        found += [one for one in both if one.published] or both[:1]
    return tuple(found) if context.may(Right.READ_REGISTER) else tuple(map(_told, found))


def _told(of: Compared) -> Compared:
    """A comparison for who may know no name: without a rate that fewer than ten pupils are behind."""
    persistent, severe = may_tell(of.persistent_pupils, of.severe_pupils)
    if persistent and severe:
        return of
    return replace(
        of, persistent=of.persistent if persistent else None, severe=of.severe if severe else None,
        says=(*of.says, RATE_NOT_TOLD),
    )  # fmt: skip


@needs(Right.READ_REPORTS)
def absence_shape(
    context: Context, on: date, as_at: datetime | None = None, comparable: bool = True, public: bool = False
) -> BarChart | None:
    """How much the pupils missed in the last full school year, beside England's newest full year of the phase. With
    `public` (and for whoever may not know every name) steps with fewer than ten pupils are joined; None where
    that leaves nothing, or where no full year is kept."""
    with context.store.reading(as_at) as reading:
        if not reading.book.all(School):
            return None
        roll = read_roll(reading.book)
    span = next((one for one in spans(roll.calendar, on) if one.period is PeriodOf.YEAR), None)
    told = tell(context, span.first, span.last, as_at, comparable) if span else None
    if span is None or told is None:
        return None
    found = shapes(paths.resources() / "benchmarks" / SHAPE)
    england = next((one for one in found if one.phase == phase_of(roll.school)), None)
    counts = numbers(row.figures for row in told.rows)
    hidden = public or not context.knows_names
    return shape_bars(counts, england, f"Ours, {span.words}", public=hidden)


@needs(Right.READ_REPORTS)
def absence_trend(
    context: Context,
    on: date,
    years: int = 3,
    as_at: datetime | None = None,
    comparable: bool = True,
    public: bool = False,
) -> LineChart:
    """Absence of the last full school years, the school's own and each area's by collection. With `public` the school's
    own to one decimal, and not of years in which it counted fewer than ten pupils."""
    context = turned_back(context, as_at)
    with context.store.reading(as_at) as reading:
        if not reading.book.all(School):
            raise Refused("Nothing of the school had been recorded by then.")
        roll = read_roll(reading.book)
        held = read_benchmarks(context, reading.book, as_at)
    newest = next((one for one in spans(roll.calendar, on) if one.period is PeriodOf.YEAR), None)
    last = newest.first.year if newest else school_year_start(on).year - 1
    firsts = [date(year, 9, 1) for year in range(last - years + 1, last + 1)]
    tallies = [whole_school(context, first, school_year_end(first), as_at, comparable) for first in firsts]
    phase, names = phase_of(roll.school), [school_year_name(first) for first in firsts]
    rows = [row for one in Collection for row in alike(held.rows, PeriodOf.YEAR, phase, one, names[-1])]
    ours = [rate(one.figures.absent, one.figures.possible) for one in tallies]
    if public:
        ours = [rounded(of) if one.counted >= SMALL else None for of, one in zip(ours, tallies, strict=True)]
    return trend_lines(names, ours, rows, PeriodOf.YEAR, "Ours")


@needs(Right.READ_REPORTS)
def compare(context: Context, on: date, as_at: datetime | None = None, comparable: bool = True) -> Compared:
    """The one comparison to show: of the newest period of which something like it was published, in the collection with
    most areas; where there is none, the school's own figures with the words that say so."""
    found = best(comparisons(context, on, as_at, comparable))
    if found is None:
        raise Refused("There is no figure of the school to hold against anything on that day.")
    return found
