"""The lists of those persistently and severely absent, the lowest attendance first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from desktop_app.actions.figures import PupilFigures
from desktop_app.actions.needs import needs
from desktop_app.actions.reports.counted import members_of
from desktop_app.actions.reports.frame import frame
from desktop_app.actions.reports.spec import Asked
from desktop_app.context import Context
from desktop_app.domain.report import BigFigure, FiguresBlock, Report, ReportColumn, TableBlock, Unit, Value
from desktop_app.domain.rights import Right
from desktop_app.domain.rulebook import Threshold
from desktop_app.rules.display import TOO_EARLY, long_date
from desktop_app.rules.figures import least_sessions
from desktop_app.rules.names import sort_key
from desktop_app.rules.session_lists import count_words

COLUMNS = (
    ReportColumn("Child", share=2.0),
    ReportColumn("Class"),
    ReportColumn("Attendance", Unit.PERCENT),
    ReportColumn("Sessions missed", Unit.COUNT),
    ReportColumn("of possible", Unit.COUNT),
    ReportColumn("Authorised", Unit.COUNT),
    ReportColumn("Unauthorised", Unit.COUNT),
    ReportColumn("Late", Unit.COUNT),
    ReportColumn("Band", share=1.4),
)


@needs(Right.READ_PUPIL)
def persistent_list(context: Context, asked: Asked) -> Report:
    """Everyone who missed a tenth or more of the sessions possible for them, the severely absent too. Of whom fewer
    sessions were possible than the pack asks for stands apart: it is too early to say."""
    return _list(context, asked, "persistent", "Persistently absent", lambda one: one.persistent is True)


@needs(Right.READ_PUPIL)
def severe_list(context: Context, asked: Asked) -> Report:
    """Everyone who missed half or more of the sessions possible for them."""
    return _list(context, asked, "severe", "Severely absent", lambda one: one.severe is True)


def _list(context: Context, asked: Asked, key: str, title: str, met: Callable[[PupilFigures], bool]) -> Report:
    if asked.class_name:
        context.require_class(asked.class_name)
    threshold = context.rulebook.severe if key == "severe" else context.rulebook.persistent
    with frame(context, asked) as made:
        seen = [one for one in made.figures(made.first, asked.on) if context.sees(one.class_name)]
        rows = [one for one in seen if asked.class_name in ("", one.class_name)]
        rows, group = (rows, "") if not asked.group else members_of(made, rows, asked.group)
        every = sorted(filter(met, rows), key=_lowest_first)
        found, early = [one for one in every if not one.too_early], [one for one in every if one.too_early]
        where = "".join(f"{one}, " for one in (group, f"class {asked.class_name}" if asked.class_name else "") if one)
        subtitle = f"{where}{long_date(made.first)} to {long_date(asked.on)}"
        subtitle = subtitle[:1].upper() + subtitle[1:]
        told = sum(one.figures.possible > 0 and not one.too_early for one in rows)
        big = [
            BigFigure("Pupils", len(found), Unit.COUNT, f"of {count_words(told, 'pupil', 'pupils')} counted"),
            BigFigure("Rate", Fraction(100 * len(found), told) if told else None, says="of those counted"),
        ]
        if early:
            big.append(BigFigure(TOO_EARLY, len(early), Unit.COUNT, "listed apart, in no rate"))
        least = least_sessions(context.pack(made.roll.school), context.rulebook)
        blocks = (FiguresBlock(tuple(big)), _table(title, found, threshold), *_apart(early, least))
        return made.report(key, title, subtitle, blocks)


def _apart(early: Sequence[PupilFigures], least: int) -> Iterator[TableBlock]:
    """Those who would be on the list, but of whom too few sessions were possible."""
    if early:
        note = f"Fewer than {least} sessions were possible for them in these days: one day of illness weighs too much."
        pupils = tuple(one.pupil.id for one in early)
        yield TableBlock(TOO_EARLY, COLUMNS[:-1], tuple(_row(one)[:-1] for one in early), note, pupils=pupils)


def _table(title: str, found: Sequence[PupilFigures], threshold: Threshold) -> TableBlock:
    note = (
        f"Met where {threshold.times} × the sessions missed are at least the sessions possible for the child: decided "
        "on whole numbers, never on a rounded percentage. Illness and other authorised absence count too: the list "
        f"says whom to look at, not why. Source: {threshold.source}"
    )
    rows = tuple(_row(one) for one in found)
    pupils = tuple(one.pupil.id for one in found)
    return TableBlock(title, COLUMNS, rows, note if rows else "", "Nobody.", pupils=pupils)


def _row(one: PupilFigures) -> tuple[Value, ...]:
    of = one.figures
    band = one.band.title if one.band else None
    return (
        one.pupil.list_name,
        one.class_name,
        of.attendance,
        of.absent,
        of.possible,
        of.authorised,
        of.unauthorised,
        of.late,
        band,
    )


def _lowest_first(one: PupilFigures) -> tuple[Fraction, tuple[str, ...]]:
    attendance = one.figures.attendance
    return (Fraction(101) if attendance is None else attendance, sort_key(one.pupil.surname, one.pupil.forename))
