"""The pack for a Targeting Support Meeting with the authority: severely absent with plan or none, persistently absent
with barriers out of school, others by exception.

Sources: Sefton’s strategy ("agreeing joint action plans for severely absent pupils … joint actions for persistently
absent pupils where necessary"; the table of severe absence by vulnerable group); AfC, Attendance Support Meeting.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from desktop_app.actions.figures import PupilFigures
from desktop_app.actions.needs import needs
from desktop_app.actions.reports.frame import frame
from desktop_app.actions.reports.named import table
from desktop_app.actions.reports.spec import Asked
from desktop_app.actions.reports.support import BARRIERS, COLUMNS, NOTE, Support, support
from desktop_app.context import Context
from desktop_app.domain.people import FlagKind
from desktop_app.domain.report import BigFigure, Block, FiguresBlock, Report, ReportColumn, TableBlock, Unit, Value
from desktop_app.domain.rights import Right
from desktop_app.rules.display import long_date
from desktop_app.rules.groups import FLAG_WORDS, SOCIAL_CARE
from desktop_app.rules.session_lists import count_words

KEY, TITLE = "targeted-support", "Targeting Support Meeting"
PLAN, WHY = ReportColumn("Plan", share=2.0), ReportColumn("Barriers", share=2.0)
VULNERABLE = (
    FlagKind.FSM,
    FlagKind.PUPIL_PREMIUM,
    FlagKind.SEN_SUPPORT,
    FlagKind.EHCP,
    FlagKind.EARLY_HELP,
    FlagKind.CHILD_IN_NEED,
    FlagKind.CHILD_PROTECTION,
    FlagKind.LOOKED_AFTER,
    FlagKind.YOUNG_CARER,
    FlagKind.MEDICAL,
)
NONE_OF_THESE = "None of these"


@needs(Right.READ_LOG)
def targeted_support(context: Context, asked: Asked) -> Report:
    """The pack as of a day, with the figures since September."""
    with frame(context, asked) as made:
        blocks = tuple(_blocks(support(made)))
        report = made.report(KEY, TITLE, f"As of {long_date(asked.on)}, figures since September", blocks)
        return replace(report, handed_on=True)


def _blocks(of: Support) -> Iterator[Block]:
    severe = [one for one in of.rows if one.severe and not of.early(one)]
    persistent = [one for one in of.rows if one.persistent and not one.severe and not of.early(one)]
    barred = [one for one in persistent if of.has(one, BARRIERS)]
    others = [one for one in of.rows if one not in severe and one not in barred and _exception(of, one)]
    without = sum(of.plan(one) == "none" for one in severe)
    yield FiguresBlock(
        (
            BigFigure("Severely absent", len(severe), Unit.COUNT, f"{without} of them with no plan on record"),
            BigFigure(
                "Persistently, not severely",
                len(persistent),
                Unit.COUNT,
                f"{len(barred)} with a barrier out of school; the severely absent are not counted again",
            ),
            BigFigure("By exception", len(others), Unit.COUNT, "a threshold met, something overdue, or an open case"),
        )
    )
    lines = ((one, (of.plan(one), *of.line(one))) for one in _worst(severe))
    yield table("Severely absent", (PLAN, *COLUMNS), lines, "Nobody is severely absent.", NOTE)
    lines = ((one, (of.words(one, BARRIERS), *of.line(one))) for one in _worst(barred))
    rest = count_words(len(persistent) - len(barred), "more pupil is", "more pupils are")
    note = f"{rest} persistently, not severely absent with no such barrier on record: worked with in school."
    empty = "Nobody who is persistently, not severely absent has a barrier out of school on record."
    yield table("Persistently, not severely absent, with barriers out of school", (WHY, *COLUMNS), lines, empty, note)
    lines = ((one, (_why(of, one), *of.line(one))) for one in _worst(others))
    why = (ReportColumn("Why", share=1.6), *COLUMNS)
    yield table("Others by exception", why, lines, "Nobody: no threshold met, nothing overdue, no open case.")
    yield _vulnerable(of, severe)


def _exception(of: Support, row: PupilFigures) -> bool:
    return bool(_why(of, row))


def _why(of: Support, row: PupilFigures) -> str:
    found = ["overdue"] if of.overdue(row.pupil.id) else []
    found += of.formal(row.pupil.id)
    if row.pupil.id in of.cases and of.made.context.may(Right.READ_CASE):
        found.append("open case")
    return ", ".join(found)


def _worst(rows: Sequence[PupilFigures]) -> list[PupilFigures]:
    return sorted(rows, key=lambda one: one.figures.attendance or Fraction(0))


def _vulnerable(of: Support, severe: Sequence[PupilFigures]) -> TableBlock:
    """The shape of Sefton's table: how many of each group are severely absent, of all pupils and of the severe;
    and of no group that the present user reads."""
    read = [one for one in VULNERABLE if of.made.context.reads_care or one not in SOCIAL_CARE]
    rows: list[tuple[Value, ...]] = []
    for kind in read:
        number = sum(of.has(one, (kind,)) for one in severe)
        rows.append((FLAG_WORDS[kind], number, _share(number, len(of.rows)), _share(number, len(severe))))
    number = sum(not of.has(one, read) for one in severe)
    rows.append((NONE_OF_THESE, number, _share(number, len(of.rows)), _share(number, len(severe))))
    columns = (
        ReportColumn("Group", share=2.0),
        ReportColumn("Severely absent", Unit.COUNT),
        ReportColumn("Of all pupils", Unit.PERCENT),
        ReportColumn("Of the severely absent", Unit.PERCENT, 1.2),
    )
    note = "A child may be in several groups, so that the numbers do not add up."
    return TableBlock("Severe absence by group", columns, tuple(rows), note)


def _share(some: int, of: int) -> Fraction | None:
    return Fraction(100 * some, of) if of else None
