"""Every group on a day: who is in it, its figures beside the rest of the school, and the standing groups nobody is in.

Source: Sefton’s attendance strategy asks of each group how many pupils are severely absent, in number and in per cent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Generator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from desktop_app.actions.figures import PupilFigures, Told, shown_groups, tell
from desktop_app.actions.group_figures import tally
from desktop_app.actions.needs import needs
from desktop_app.context import Context
from desktop_app.domain.groups import Group, GroupFigures
from desktop_app.domain.people import Pupil
from desktop_app.domain.progress import Progress
from desktop_app.domain.rights import Right
from desktop_app.rules.figures import least_sessions
from desktop_app.rules.groups import in_order_of_groups, is_social_care, standing_groups


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group on the last day of a period. `members` are those of it on roll that day whom the present user sees, in
    the order of the register, each with their class; `here` the number of all who are on roll, `gone` of those who left
    within the period and count in the figures to their last day. `persistent` and `severe` are numbers of pupils, the
    severe among the persistent, out of `told`: those of whom enough sessions were possible to say it. `beside` are the
    figures; None where they are not shown to the present user, who is told of the own members alone."""

    group: Group
    beside: GroupFigures | None
    members: tuple[tuple[Pupil, str], ...] = ()
    here: int = 0
    gone: int = 0
    told: int = 0
    persistent: int = 0
    severe: int = 0

    @property
    def attendance(self) -> Fraction | None:
        """Attendance of its members together, exact."""
        return self.beside.members.figures.attendance if self.beside else None

    @property
    def rest(self) -> Fraction | None:
        """Attendance of the rest of the school, exact."""
        return self.beside.rest.figures.attendance if self.beside else None

    @property
    def gap(self) -> Fraction | None:
        """By how many points its attendance is above that of the rest of the school (below 0: under it)."""
        inside, rest = self.attendance, self.rest
        return None if inside is None or rest is None else inside - rest

    @property
    def small(self) -> bool:
        """Whether so few are in it that a rate says little."""
        return self.beside is not None and bool(self.beside.members.pupils) and self.beside.small

    @property
    def too_early(self) -> bool:
        """Whether of none of its members enough sessions were possible to say who is persistently absent."""
        return self.beside is not None and self.beside.members.counted > 0 and not self.told


@dataclass(frozen=True, slots=True)
class GroupList:
    """The groups over a period, and the possible sessions before which nothing is said of persistent absence."""

    first: date
    last: date
    least: int
    lines: tuple[GroupLine, ...]


@needs(Right.READ_PUPIL)
def group_list(context: Context, first: date, last: date) -> Generator[Progress, None, GroupList]:
    """Every group that the present user may read of, in order, with the figures of all its members of the school from
    `first` to `last`; the standing groups that nobody is in are there too, empty. Long enough to be done beside the
    window."""
    yield Progress(0, 1, "Working out the figures of each group")
    told = tell(context, first, last)
    if told is None:
        return GroupList(first, last, 0, ())
    whose: defaultdict[str, list[PupilFigures]] = defaultdict(list)
    known: dict[str, Group] = {}
    for row in told.rows:
        for key, group in told.groups[row.pupil.id].items():
            known[key] = group
            whose[key].append(row)
    shown = {group.key for group in shown_groups(told, context)}
    found: list[GroupLine] = []
    for group in in_order_of_groups((*known.values(), *_empty(context, known))):
        line = _line(context, told, group, whose[group.key], last)
        if group.key in shown or group.key not in known:
            found.append(line)
        elif line.members and (context.reads_care or not is_social_care(group.key)):
            found.append(GroupLine(group, None, line.members, len(line.members)))
    return GroupList(first, last, least_sessions(context.pack(told.roll.school), context.rulebook), tuple(found))


def _empty(context: Context, known: Container[str]) -> list[Group]:
    """The standing groups that nobody is in. Who may not know every child is not told which are not empty."""
    if not (context.may(Right.READ_REGISTER) and context.sees_all):
        return []
    return [group for group in standing_groups(reads_care=context.reads_care) if group.key not in known]


def _line(context: Context, told: Told, group: Group, inside: Sequence[PupilFigures], last: date) -> GroupLine:
    outside = [row for row in told.rows if group.key not in told.groups[row.pupil.id]]
    here = [row for row in inside if row.pupil.on_roll(last)]
    sayable = [row for row in inside if not row.too_early]
    return GroupLine(
        group=group,
        beside=GroupFigures(group, tally(inside, told.minutes), tally(outside, told.minutes)),
        members=tuple((row.pupil, row.class_name) for row in here if context.sees(row.class_name)),
        here=len(here),
        gone=len(inside) - len(here),
        told=len(sayable),
        persistent=sum(row.persistent is True for row in sayable),
        severe=sum(row.severe is True for row in sayable),
    )
