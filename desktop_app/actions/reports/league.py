"""The classes side by side, the best attendance first."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from fractions import Fraction

from desktop_app.actions.figures import PupilFigures
from desktop_app.actions.needs import needs
from desktop_app.actions.reports.frame import frame
from desktop_app.actions.reports.spec import Asked
from desktop_app.context import Context
from desktop_app.domain.charts import BarChart, Series
from desktop_app.domain.figures import NO_FIGURES, Figures
from desktop_app.domain.report import ChartBlock, Report, ReportColumn, TableBlock, Unit, Value
from desktop_app.domain.rights import Right
from desktop_app.rules.calendar import SchoolCalendar
from desktop_app.rules.display import difference, long_date
from desktop_app.rules.figures import total
from desktop_app.rules.names import class_order

COLUMNS = (
    ReportColumn("Place", Unit.COUNT),
    ReportColumn("Class", share=1.5),
    ReportColumn("Pupils", Unit.COUNT),
    ReportColumn("Attendance", Unit.PERCENT),
    ReportColumn("Year to date", Unit.PERCENT),
    ReportColumn("Against the year", Unit.POINTS),
    ReportColumn("Late", Unit.COUNT),
    ReportColumn("Every session attended", Unit.COUNT),
)
NOTE = (
    "Of sessions possible. A code that is not counted (Y, X and the like) is held against nobody. Classes with "
    "the same attendance share a place. “Every session attended” counts the pupils who missed none that was possible."
)


@needs(Right.READ_REGISTER)
def classes(context: Context, asked: Asked) -> Report:
    """The classes over the days asked for, or the school week of the day (the last one before it, in a holiday)."""
    with frame(context, asked) as made:
        weeks = made.roll.calendar.school_weeks(asked.on, 1)
        first = asked.first or (weeks[0] if weeks else SchoolCalendar.monday(asked.on))
        last = min(asked.on, first + timedelta(days=6)) if asked.first is None else asked.on
        span, year = _by_class(made.figures(first, last)), _by_class(made.figures(made.year_first, last))
        named = {name: total(one.figures for one in rows) for name, rows in span.items()}
        order = sorted(named, key=lambda name: (-(_rate(named[name])), class_order(name)))
        rows: list[tuple[Value, ...]] = []
        for name in order:
            here = named[name]
            place = 1 + sum(_rate(other) > _rate(here) for other in named.values())
            to_date = total(one.figures for one in year.get(name, ()))
            rows.append((place, name, len(span[name]), *_compared(here, to_date), here.late, _all_there(span[name])))
        shown = {name: named[name].attendance for name in sorted(named, key=class_order)}
        chart = BarChart("Attendance by class", "%", tuple(shown), (Series("", tuple(shown.values())),))
        subtitle = f"{long_date(first)} to {long_date(last)}"
        blocks = (TableBlock("Classes", COLUMNS, tuple(rows), NOTE if rows else ""), ChartBlock(chart))
        return made.report("classes", "Class league", subtitle, blocks)


def _by_class(rows: tuple[PupilFigures, ...]) -> dict[str, list[PupilFigures]]:
    found: defaultdict[str, list[PupilFigures]] = defaultdict(list)
    for one in rows:
        if one.class_name:
            found[one.class_name].append(one)
    return found


def _compared(here: Figures, year: Figures) -> tuple[Value, Value, Value]:
    now, then = here.attendance, year.attendance
    return now, then, difference(now, then)


def _rate(of: Figures) -> Fraction:
    """The attendance by which classes are placed; one of whom nothing was possible comes last."""
    return Fraction(-1) if of.attendance is None else of.attendance


def _all_there(rows: list[PupilFigures]) -> int:
    return sum(one.figures is not NO_FIGURES and one.figures.possible > 0 and not one.figures.absent for one in rows)
