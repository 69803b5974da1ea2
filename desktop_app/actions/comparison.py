"""The school beside its authority and England: like held against like, said in words."""

from __future__ import annotations

from datetime import date, datetime

from desktop_app.actions.benchmarks import read_benchmarks
from desktop_app.actions.group_figures import whole_school
from desktop_app.actions.needs import needs
from desktop_app.actions.roll import read_roll
from desktop_app.context import Context
from desktop_app.domain.comparison import Collection, Compared, PeriodOf
from desktop_app.domain.errors import Refused
from desktop_app.domain.rights import Right
from desktop_app.domain.school import School
from desktop_app.rules.comparable import who_is_counted
from desktop_app.rules.comparison import best, compared, phase_of, spans


@needs(Right.READ_FIGURES)
def comparisons(
    context: Context, on: date, as_at: datetime | None = None, comparable: bool = True
) -> tuple[Compared, ...]:
    """Everything that can be held against something published on a day, the newest and longest periods first, each
    collection by itself; of a period of which nothing is published there is one, with no published figure."""
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
    return tuple(found)


@needs(Right.READ_FIGURES)
def compare(context: Context, on: date, as_at: datetime | None = None, comparable: bool = True) -> Compared:
    """The one comparison to show: of the newest period of which something like it was published, in the collection with
    most areas; where there is none, the school's own figures with the words that say so."""
    found = best(comparisons(context, on, as_at, comparable))
    if found is None:
        raise Refused("There is no figure of the school to hold against anything on that day.")
    return found
