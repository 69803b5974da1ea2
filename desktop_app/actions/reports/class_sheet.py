"""The sheet of a class for its teacher: who came, who is often away or late, and nothing more than a teacher sees.

Sources: Lunt’s Heath, attendance policy 9.3 (regular attendance reports to class teachers); practice (a teacher’s sheet
bears no flags).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from desktop_app.actions.figures import PupilFigures
from desktop_app.actions.needs import needs
from desktop_app.actions.open_n import open_n
from desktop_app.actions.reports.counted import Rows, halves_between, seen_rows, some_rows
from desktop_app.actions.reports.frame import Frame, frame
from desktop_app.actions.reports.named import attendance, by_id, counts, table
from desktop_app.actions.reports.spec import Asked
from desktop_app.context import Context
from desktop_app.domain.errors import Refused
from desktop_app.domain.figures import Figures
from desktop_app.domain.report import BigFigure, Block, FiguresBlock, Report, ReportColumn, TableBlock, TextBlock, Unit
from desktop_app.domain.rights import Right
from desktop_app.domain.sessions import Half
from desktop_app.rules.display import half_words, long_date
from desktop_app.rules.figures import total
from desktop_app.rules.half_terms import half_term_of
from desktop_app.rules.names import class_order
from desktop_app.rules.report_values import written
from desktop_app.rules.session_lists import count_words

KEY, TITLE = "class-sheet", "Sheet for the class teacher"
COLUMNS = (
    ReportColumn("Since September", Unit.PERCENT),
    ReportColumn("This half term", Unit.PERCENT),
    ReportColumn("This week", Unit.PERCENT),
    ReportColumn("Missed", Unit.COUNT),
    ReportColumn("Late", Unit.COUNT),
    ReportColumn("Missed nothing"),
)
NOTE = "Missed (sessions, each half a day), late and “missed nothing” are of this half term."


@dataclass(frozen=True, slots=True)
class _Class:
    """A class with the figures of its children: since September, in this half term and in this week."""

    name: str
    year: Rows
    half: Mapping[int, PupilFigures]
    week: Mapping[int, PupilFigures]

    def among(self, of: Mapping[int, PupilFigures]) -> Figures:
        """Those of its children together."""
        return total(of[one.pupil.id].figures for one in self.year if one.pupil.id in of)


@needs(Right.READ_PUPIL)
def class_sheet(context: Context, asked: Asked) -> Report:
    """The class that was asked for; where none was, every class that the present user sees, one after the other.
    Refused for another’s class."""
    if asked.class_name:
        context.require_class(asked.class_name)
    with frame(context, asked) as made:
        known = {one.class_name for of in made.roll.memberships.values() for one in of}
        if asked.class_name and asked.class_name not in known:
            raise Refused(f"There is no class {asked.class_name}.")
        classes = _classes(made)
        several = len(classes) > 1
        blocks: list[Block] = []
        for one in classes:
            blocks += _blocks(made, one, several=several, fresh=bool(blocks))
        title = TITLE if len(classes) != 1 else f"{TITLE}: {classes[0].name}"
        nobody = TextBlock("Nobody is on the roll of a class that day.")
        return made.report(KEY, title, f"As of {long_date(asked.on)}", blocks or (nobody,))


def _classes(made: Frame) -> list[_Class]:
    on, wanted = made.asked.on, made.asked.class_name
    rows = [one for one in seen_rows(made, made.year_first, on) if wanted in ("", one.class_name)]
    ids = [one.pupil.id for one in rows]
    half = half_term_of(halves_between(made, made.year_first, on), on)
    of_half = _rows(made, half.first if half else None, ids)
    mondays = made.roll.calendar.school_weeks(on, 1)
    of_week = _rows(made, mondays[0] if mondays else None, ids)
    names = sorted({one.class_name for one in rows} | ({wanted} if wanted else set()), key=class_order)
    return [_Class(name, tuple(one for one in rows if one.class_name == name), of_half, of_week) for name in names]


def _blocks(made: Frame, of: _Class, *, several: bool, fresh: bool) -> Iterator[Block]:
    year = total(one.figures for one in of.year)
    week, now = of.among(of.week), of.among(of.half)
    title = f"{of.name}: pupils" if several else "Pupils"
    yield FiguresBlock(
        (
            BigFigure(
                f"{of.name} this week",
                week.attendance,
                says=f"this half term {written(now.attendance, Unit.PERCENT)}",
            ),
            BigFigure("Since September", year.attendance, says=count_words(len(of.year), "pupil", "pupils")),
            BigFigure("Late this half term", now.late, Unit.COUNT, "L and U together"),
        ),
        fresh=fresh,
    )
    lines = (
        (
            one,
            (
                one.figures.attendance,
                attendance(of.half.get(one.pupil.id)),
                attendance(of.week.get(one.pupil.id)),
                counts(of.half.get(one.pupil.id)).absent,
                counts(of.half.get(one.pupil.id)).late,
                _nothing_missed(of.half.get(one.pupil.id)),
            ),
        )
        for one in of.year
    )
    yield table(title, COLUMNS, lines, "Nobody is on the roll of this class.", NOTE, of_one_class=True)
    yield _open_n(made, of, several=several)


def _nothing_missed(row: PupilFigures | None) -> str:
    """Whether a child missed nothing, as far as every register it was expected in was taken."""
    if attendance(row) != 100:
        return ""
    return "so far: a mark is missing" if counts(row).unmarked else "yes"


def _rows(made: Frame, first: date | None, ids: list[int]) -> Mapping[int, PupilFigures]:
    """The figures from a day on, by pupil; none where there is no such day."""
    return {} if first is None else some_rows(made, first, made.asked.on, ids)


def _open_n(made: Frame, of: _Class, *, several: bool) -> TableBlock:
    rows = by_id(of.year)
    marks = open_n(made.reading, made.roll, made.context.rulebook.codes, made.asked.on)
    lines = ((rows[one.pupil], (one.day, half_words(Half(one.half)))) for one in marks if one.pupil in rows)
    columns = (ReportColumn("Day", Unit.DAY), ReportColumn("Session"))
    title = f"{of.name}: no reason known yet (N)" if several else "No reason known yet (N)"
    return table(
        title, columns, lines, "No reason is missing.", "If the family told you, tell the office.", of_one_class=True
    )
