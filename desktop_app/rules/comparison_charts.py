"""Comparisons as pictures: facts alone. No series has values of both collections, and none of two kinds of period."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from desktop_app.domain.benchmarks import Shape
from desktop_app.domain.charts import BarChart, LineChart, Series
from desktop_app.domain.comparison import Collection, Compared, PeriodOf, Published
from desktop_app.rules.comparison import period_words
from desktop_app.rules.shape import STEPS, joined, label, shares, told_cuts
from desktop_app.rules.suppression import rounded

SHORT = {Collection.CENSUS: "census", Collection.DAILY: "daily data"}
MEASURES = ("Absence", "Persistently absent", "Severely absent")


def absence_bars(found: Compared, ours: str) -> BarChart:
    """The school beside each area of one comparison. `ours` names the school's own bars. A measure that nobody has is
    left out."""
    own = Series(ours, (found.absence, found.persistent, found.severe))
    others = (Series(area_words(one), (one.absence, one.persistent, one.severe), ours=False) for one in found.published)
    series = (own, *others)
    kept = [place for place in range(len(MEASURES)) if any(one.values[place] is not None for one in series)]
    return BarChart(
        f"Absence, {found.period.value}",
        "%",
        tuple(MEASURES[place] for place in kept),
        tuple(Series(one.name, tuple(one.values[place] for place in kept), one.ours) for one in series),
        "Measure",
    )


def trend_lines(
    years: Sequence[str], ours: Sequence[Fraction | None], published: Sequence[Published], period: PeriodOf, name: str
) -> LineChart:
    """Absence over school years, in one kind of period: the school's own line and one for each area and collection.
    `published` are rows that may stand on one line with it (see `rules/comparison.py: alike`)."""
    lines: dict[tuple[str, Collection], dict[str, Fraction | None]] = {}
    for one in published:
        if one.period is period:
            lines.setdefault((one.area, one.collection), {})[one.school_year] = one.absence
    series = [Series(name, tuple(ours))]
    for (area, collection), of_year in lines.items():
        values = tuple(of_year.get(year) for year in years)
        if any(value is not None for value in values):
            series.append(Series(f"{area} ({SHORT[collection]})", values, ours=False))
    return LineChart(f"Absence over the years, {period.value}", "%", tuple(years), tuple(series), each="School year")


def shape_bars(counts: tuple[int, ...], england: Shape | None, name: str, *, public: bool) -> BarChart | None:
    """How many per cent of the pupils missed how much, beside England. With `public` the steps with few pupils are
    joined, and told to one decimal; None where the school is too small for any."""
    parts = joined(counts, told_cuts(counts)) if public else tuple((step, step) for step in range(STEPS))
    if not parts or not sum(counts) or (public and len(parts) == 1):
        return None  # all of them in one step say nothing
    ours = shares(counts, parts)
    series = [Series(name, tuple(map(rounded, ours)) if public else ours)]
    if england is not None:
        whole = [Fraction(share) for share in england.shares]
        theirs = tuple(sum(whole[first : last + 1], Fraction(0)) for first, last in parts)
        series.append(Series(f"England, {period_words(PeriodOf.YEAR, england.school_year)}", theirs, ours=False))
    titles = tuple(label(first, last) for first, last in parts)
    return BarChart("Pupils by how much of their sessions they missed", "%", titles, tuple(series), "Sessions missed")


def area_words(one: Published) -> str:
    """An area with its year and collection: `Knowsley, 2025/26 (daily data)`."""
    return f"{one.area}, {one.school_year} ({SHORT[one.collection]})"
