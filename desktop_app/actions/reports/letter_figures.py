"""The figures for the half-termly letters to parents: each pupil’s since September and in this half term, and who gets
no letter of a batch.

Source: Lunt’s Heath, attendance policy ("half termly attendance letters, highlighting your child’s attendance and
punctuality").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from desktop_app.actions.figures import PupilFigures
from desktop_app.actions.holds import held
from desktop_app.actions.needs import needs
from desktop_app.actions.reports.counted import halves_between, seen_rows, some_rows
from desktop_app.actions.reports.frame import Frame, frame
from desktop_app.actions.reports.named import attendance, counts, flags_on, table
from desktop_app.actions.reports.spec import Asked
from desktop_app.context import Context
from desktop_app.domain.errors import Refused
from desktop_app.domain.report import BigFigure, Block, FiguresBlock, Report, ReportColumn, Unit, Value
from desktop_app.domain.rights import Right
from desktop_app.rules.display import long_date
from desktop_app.rules.half_terms import HalfTerm, half_term_of
from desktop_app.rules.letter_list import why_left_out

KEY, TITLE = "letters", "Figures for the half-termly letters"
COLUMNS = (
    ReportColumn("School year", Unit.PERCENT),
    ReportColumn("Missed", Unit.COUNT, 0.8),
    ReportColumn("Of", Unit.COUNT, 0.8),
    ReportColumn("Late", Unit.COUNT, 0.7),
    ReportColumn("Half term", Unit.PERCENT),
    ReportColumn("Authorised", Unit.COUNT, 0.9),
    ReportColumn("Not authorised", Unit.COUNT, 1.0),
    ReportColumn("Out of", Unit.COUNT, 0.8),
    ReportColumn("Times late", Unit.COUNT, 0.7),
    ReportColumn("Minutes late", Unit.COUNT, 0.8),
)
"""So narrow that the list stands on upright pages, with many more children on each."""
NOTE = (
    "Missed, authorised and not authorised are sessions, half a day each, of those possible. Late: L and U, the "
    "minutes as far as they were written down. The school year at the left, this half term at the right."
)
LEFT_OUT_NOTE = (
    "No letter of a batch goes to them. A letter to one of them is written by a named person with a reason, and where "
    "a family is held, only after asking the safeguarding lead."
)


@needs(Right.READ_PUPIL)
def letter_figures(context: Context, asked: Asked) -> Report:
    """The half term of a day (in a holiday, the one before), up to that day."""
    with frame(context, asked) as made:
        half = half_term_of(halves_between(made, made.year_first, asked.on), asked.on)
        if half is None:
            raise Refused(f"No half term of the school year had begun by {long_date(asked.on)}.")
        last = min(asked.on, half.last)
        subtitle = f"{half.name}, {half.year}: {long_date(half.first)} to {long_date(last)}"
        return made.report(KEY, TITLE, subtitle, tuple(_blocks(made, half, last)))


def _blocks(made: Frame, half: HalfTerm, last: date) -> Iterator[Block]:
    rows = seen_rows(made, half.first, last)
    year = some_rows(made, made.year_first, last, [one.pupil.id for one in rows])
    flags = flags_on(made, made.asked.on)
    of_held = held(made.reading.book, made.asked.on)
    why = {
        one.pupil.id: why_left_out(
            held=one.pupil.id in of_held,
            flags=flags.get(one.pupil.id, ()),
            starting_day=one.pupil.starting_day,
            first=half.first,
            possible=one.figures.possible,
        )
        for one in rows
    }
    getting = [one for one in rows if not why[one.pupil.id]]
    left_out = [one for one in rows if why[one.pupil.id]]
    yield FiguresBlock(
        (
            BigFigure("Letters", len(getting), Unit.COUNT, "pupils with figures below"),
            BigFigure("Left out", len(left_out), Unit.COUNT, "pupils, listed with why"),
        )
    )
    minutes: Counter[int] = Counter()
    for mark in made.reading.marks.not_present(half.first, last, [one.pupil.id for one in getting]):
        minutes[mark.pupil] += mark.minutes or 0
    lines = ((one, _line(one, year.get(one.pupil.id), minutes[one.pupil.id])) for one in getting)
    yield table("Letters", COLUMNS, lines, "No pupil gets a letter.", NOTE)
    columns = (ReportColumn("Why", share=3.0),)
    reasons = ((one, (why[one.pupil.id],)) for one in left_out)
    yield table("Left out of the batch", columns, reasons, "Nobody is left out.", LEFT_OUT_NOTE)


def _line(half: PupilFigures, year: PupilFigures | None, minutes: int) -> tuple[Value, ...]:
    so_far, now = counts(year), half.figures
    return (
        attendance(year),
        so_far.absent,
        so_far.possible,
        so_far.late,
        now.attendance,
        now.authorised,
        now.unauthorised,
        now.possible,
        now.late,
        minutes,
    )
