"""What the public is told of some pupils: percentages to one decimal, and words where fewer than ten are behind one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from desktop_app.actions.figures import PupilFigures
from desktop_app.actions.reports.counted import Rows, rates
from desktop_app.domain.groups import SMALL
from desktop_app.domain.report import ReportColumn, TableBlock, Unit, Value
from desktop_app.rules.display import difference
from desktop_app.rules.suppression import Members, Shown, may_tell, rates_told, rounded

FEW = f"fewer than {SMALL}"
NOT_TOLD = "not told"
GROUP_COLUMNS = (
    ReportColumn("Group", share=2.6),
    ReportColumn("Pupils", Unit.COUNT, 1.2),
    ReportColumn("Attendance", Unit.PERCENT),
    ReportColumn("Gap to the rest", Unit.POINTS, 1.2),
    ReportColumn("Persistently absent", Unit.PERCENT, 1.3),
    ReportColumn("Severely absent", Unit.PERCENT, 1.2),
)


def everyone(row: PupilFigures) -> bool:
    """Anybody of whom a session was possible."""
    return row.figures.possible > 0


def is_persistent(row: PupilFigures) -> bool:
    """Whether a pupil is persistently absent."""
    return row.persistent is True


def is_severe(row: PupilFigures) -> bool:
    """Whether a pupil is severely absent."""
    return row.severe is True


def those(rows: Iterable[PupilFigures], test: Callable[[PupilFigures], bool]) -> frozenset[int]:
    """Who of some pupils passes a test."""
    return frozenset(one.pupil.id for one in rows if test(one))


class PublicRates(NamedTuple):
    """What the public is told of some pupils: each percentage to one decimal, or words where it is not told."""

    pupils: int
    attendance: Fraction | None
    persistent: Value
    severe: Value


NOTHING = PublicRates(0, None, None, None)


def told_of(rows: Iterable[PupilFigures], early: bool = False) -> PublicRates:
    """Of some pupils, each rate that ten or more are behind, or none; nothing of persistent and severe absence where it
    is too `early`."""
    of = tuple(rows)
    exact = rates(of)
    if early:
        return PublicRates(exact.pupils, rounded(exact.attendance), None, None)
    numbers = (len(those(of, is_persistent)), len(those(of, is_severe)))
    may = may_tell(*numbers)
    values = (exact.persistent, exact.severe)
    persistent, severe = (told_rate(*one) for one in zip(values, may, numbers, strict=True))
    return PublicRates(exact.pupils, rounded(exact.attendance), persistent, severe)


def told_rate(value: Fraction | None, told: bool, pupils: int) -> Value:
    """A rate to one decimal where it may be told; else why not."""
    if told:
        return rounded(value)
    return FEW if pupils < SMALL else NOT_TOLD


class ToldOfGroups:
    """What is told of the groups: attendance of all that may be told, and PA and SA where enough pupils are behind."""

    def __init__(self, rows: Rows, shown: Sequence[Shown], early: bool) -> None:
        """Take who is counted, the breakdowns as they may be told, and whether it is too early to say."""
        self._rows = rows
        self._early = early
        persistent, severe = those(rows, is_persistent), those(rows, is_severe)
        may = may_tell(len(persistent), len(severe))
        told: Mapping[str, Sequence[Members]] = rates_told(persistent, shown) if may[0] else {}
        also = [persistent, *(part for parts in told.values() for part in parts)]
        self._persistent = frozenset(told)
        self._severe = frozenset(rates_told(severe, shown, also) if may[1] else ())

    def table(self, shown: Shown) -> TableBlock:
        """A breakdown as a table of its own, without PA and SA where neither is told."""
        title, lines = shown.breakdown.title, tuple(self.lines(shown))
        some = shown.breakdown.key in self._persistent or shown.breakdown.key in self._severe
        if self._early or some or not shown.told:
            return TableBlock(title, GROUP_COLUMNS, lines)
        note = f"Persistent and severe absence are not told here: {FEW} pupils are behind some of them."
        return TableBlock(title, GROUP_COLUMNS[:4], tuple(one[:4] for one in lines), note)

    def lines(self, shown: Shown) -> Iterator[tuple[Value, ...]]:
        """A line for each group that may be told, and one for those that may not: whether few or none is not said."""
        key = shown.breakdown.key
        if not shown.told:
            small = len(shown.breakdown.parts[0].members) < SMALL if shown.breakdown.asks_about_first else False
            yield (shown.breakdown.title, FEW if small else NOT_TOLD, None, None, None, None)
            return
        for part in shown.parts:
            inside = rates(one for one in self._rows if one.pupil.id in part.members)
            rest = rates(one for one in self._rows if one.pupil.id not in part.members)
            persistent = self._rate(inside.persistent, key in self._persistent)
            severe = self._rate(inside.severe, key in self._severe)
            attendance = rounded(inside.attendance)
            gap = difference(attendance, rounded(rest.attendance))
            yield (part.title, inside.pupils, attendance, gap, persistent, severe)

    def _rate(self, value: Fraction | None, told: bool) -> Value:
        return None if self._early else rounded(value) if told else NOT_TOLD
