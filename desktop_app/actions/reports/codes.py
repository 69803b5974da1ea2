"""How often each code was used, and the reasons of absence as a picture."""

from __future__ import annotations

from fractions import Fraction

from desktop_app.actions.needs import needs
from desktop_app.actions.reports.frame import frame
from desktop_app.actions.reports.spec import Asked
from desktop_app.context import Context
from desktop_app.domain.figures import Figures
from desktop_app.domain.report import Block, ChartBlock, Report, ReportColumn, TableBlock, Unit, Value
from desktop_app.domain.rights import Right
from desktop_app.rules.display import long_date
from desktop_app.rules.figures import total
from desktop_app.rules.pictures import reasons

COLUMNS = (
    ReportColumn("Code"),
    ReportColumn("Meaning", share=3.0),
    ReportColumn("Counts as", share=2.0),
    ReportColumn("Sessions", Unit.COUNT),
    ReportColumn("Of all marks", Unit.PERCENT),
    ReportColumn("Of possible", Unit.PERCENT),
)
NOTE = "Sessions that are not possible or not counted have no share of the sessions possible."


@needs(Right.READ_REGISTER)
def codes(context: Context, asked: Asked) -> Report:
    """Every code that was used, of the school or a class, and the absences by reason, the most frequent first."""
    if asked.class_name:
        context.require_class(asked.class_name)
    with frame(context, asked) as made:
        rows = made.figures(made.first, asked.on)
        summed = total(one.figures for one in rows if asked.class_name in ("", one.class_name))
        whose = f"Class {asked.class_name}, " if asked.class_name else ""
        subtitle = f"{whose}{long_date(made.first)} to {long_date(asked.on)}"
        blocks: list[Block] = [
            ChartBlock(reasons("Absence by reason", summed.codes, context.rulebook.codes)),
            _table(context, summed),
        ]
        return made.report("codes", "Codes and reasons", subtitle, blocks)


def _table(context: Context, of: Figures) -> TableBlock:
    known = context.rulebook.codes
    marks = sum(of.codes.values())
    rows: list[tuple[Value, ...]] = []
    for key, code in known.items():
        number = of.codes.get(key, 0)
        if number:
            share = Fraction(100 * number, of.possible) if code.counts.possible and of.possible else None
            rows.append((key, code.title, code.counts.words, number, Fraction(100 * number, marks), share))
    if of.unmarked:
        rows.append((None, "No mark, though a session was expected", "not counted", of.unmarked, None, None))
    possible = Fraction(100) if of.possible else None
    rows.append(("All", "", "", marks, Fraction(100) if marks else None, possible))
    return TableBlock("By code", COLUMNS, tuple(rows), NOTE, strong=frozenset({len(rows) - 1}))
