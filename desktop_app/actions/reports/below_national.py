"""September’s list for targets: everybody who came less last school year than pupils in England did.

Source: practice (in September the list of pupils below the national average last year, for targets); School-Home
Support, *Monitor* ("setting a target for each individual child that had attendance below national average in the last
academic year").
"""

from __future__ import annotations

from desktop_app.actions.needs import needs
from desktop_app.actions.reports.frame import frame
from desktop_app.actions.reports.spec import Asked
from desktop_app.actions.target_list import target_list
from desktop_app.context import Context
from desktop_app.domain.report import BigFigure, FiguresBlock, Report, ReportColumn, TableBlock, Unit
from desktop_app.domain.rights import Right
from desktop_app.domain.sessions import school_year_name
from desktop_app.rules.display import difference

KEY, TITLE = "below-national", "Below England’s average last year"
COLUMNS = (
    ReportColumn("Pupil", share=2.2),
    ReportColumn("Class", share=0.8),
    ReportColumn("Last year", Unit.PERCENT),
    ReportColumn("Below by", Unit.POINTS),
    ReportColumn("Sessions missed", Unit.COUNT),
    ReportColumn("One day this year is", Unit.PERCENT, 1.2),
    ReportColumn("Target"),
)


@needs(Right.READ_PUPIL)
def below_national(context: Context, asked: Asked) -> Report:
    """Of those on roll on a day, whom the present user sees, the lowest first."""
    found = target_list(context, asked.on, asked.as_at)
    rows = tuple(
        (
            one.name,
            one.class_name,
            one.figures.attendance,
            difference(one.figures.attendance, found.average),
            one.figures.absent,
            one.one_day,
            "set" if one.has_target else "none yet",
        )
        for one in found.pupils
    )
    listed = TableBlock(
        "Pupils",
        COLUMNS,
        rows,
        f"{found.says} A target suits the child: illness and other circumstances are looked at one by one.",
        "Nobody was below the average, or nothing was there to hold against it.",
        pupils=tuple(one.pupil for one in found.pupils),
    )
    big = FiguresBlock(
        (
            BigFigure("England", found.average, says="average attendance that each pupil is held against"),
            BigFigure("Below it", len(found.pupils), Unit.COUNT, "pupils"),
            BigFigure("With a target", sum(one.has_target for one in found.pupils), Unit.COUNT, "of them"),
        )
    )
    with frame(context, asked) as made:
        return made.report(KEY, TITLE, f"School year {school_year_name(found.first)}", (big, listed))
