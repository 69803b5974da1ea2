"""Figures of every group beside the rest of the school, and of the school as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from desktop_app.actions.figures import PupilFigures, shown_groups, tell
from desktop_app.actions.needs import needs
from desktop_app.context import Context
from desktop_app.domain.groups import GroupFigures, Tally
from desktop_app.domain.rights import Right
from desktop_app.rules.figures import total


@needs(Right.READ_REPORTS)
def group_figures(
    context: Context, first: date, last: date, as_at: datetime | None = None, comparable: bool = False
) -> tuple[GroupFigures, ...]:
    """Every group that somebody counted is in, with the rest of the school beside it; members are those of the last
    day of the period, of a leaver the last on roll. `as_at` (aware) and `comparable` as in `figures`, and so are the
    groups that the present user is not shown."""
    told = tell(context, first, last, as_at, comparable)
    if told is None:
        return ()
    found: list[GroupFigures] = []
    for group in shown_groups(told, context):
        inside = [row for row in told.rows if group.key in told.groups[row.pupil.id]]
        outside = [row for row in told.rows if group.key not in told.groups[row.pupil.id]]
        found.append(GroupFigures(group, tally(inside, told.minutes), tally(outside, told.minutes)))
    return tuple(found)


@needs(Right.READ_REPORTS)
def whole_school(
    context: Context, first: date, last: date, as_at: datetime | None = None, comparable: bool = False
) -> Tally:
    """The figures of everyone counted, together."""
    told = tell(context, first, last, as_at, comparable)
    return tally(told.rows, told.minutes) if told else tally((), {})


def tally(rows: Iterable[PupilFigures], minutes: Mapping[int, int]) -> Tally:
    """The figures of some pupils together: counts and `minutes` late summed, the national tests met by how many."""
    of = list(rows)
    return Tally(
        pupils=len(of),
        counted=sum(row.figures.possible > 0 for row in of),
        figures=total(row.figures for row in of),
        persistent=sum(row.persistent is True for row in of),
        severe=sum(row.severe is True for row in of),
        minutes_late=sum(minutes.get(row.pupil.id, 0) for row in of),
    )
