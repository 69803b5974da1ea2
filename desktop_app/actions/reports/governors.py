"""The governors’ report: attendance, persistent and severe absence, by group, against others, and what was done.

It is public. It names nobody; groups under ten are joined or left out, and cannot be got by adding what is told and
taking it away again (`rules/suppression.py`); percentages are told to one decimal, so that no count is behind them.
Sources: AfC, attendance reporting at governors’ meetings; “Working together to improve school attendance” (what a
governing body regularly reviews).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from desktop_app.actions.figures import PupilFigures, count_comparable
from desktop_app.actions.needs import needs
from desktop_app.actions.reports.beside import beside_others
from desktop_app.actions.reports.counted import (
    Rates,
    Rows,
    counted_rows,
    halves_between,
    less,
    members,
    rates,
    too_early,
)
from desktop_app.actions.reports.frame import Frame, frame
from desktop_app.actions.reports.spec import Asked
from desktop_app.context import Context
from desktop_app.domain.charts import BarChart, LineChart, Series
from desktop_app.domain.groups import SMALL
from desktop_app.domain.marks import Mark
from desktop_app.domain.report import (
    BigFigure,
    Block,
    ChartBlock,
    FiguresBlock,
    Report,
    ReportColumn,
    TableBlock,
    TextBlock,
    Unit,
    Value,
)
from desktop_app.domain.rights import Right
from desktop_app.domain.sessions import Half, Session, school_year_name
from desktop_app.rules.breakdowns import breakdowns
from desktop_app.rules.comparable import who_is_counted
from desktop_app.rules.display import long_date, percent
from desktop_app.rules.figures import least_sessions
from desktop_app.rules.half_terms import HalfTerm
from desktop_app.rules.suppression import Shown, gives_away, publishable, rates_told, rounded
from desktop_app.rules.work_done import LEAST, SIDE, before_after, first_steps, open_entries, sides, work_done

KEY, TITLE = "governors", "Attendance: report to governors"
FEW = f"fewer than {SMALL}"
NOT_TOLD = "not told"
APART = ("part", "year")
YEAR = timedelta(weeks=52)
NOTHING = Rates(0, None, None, None)
HALF_NOTE = (
    "Each half term by itself, the last one up to the day of this report. The rates of persistent and severe absence "
    "are those of that half term alone, and so differ from those of the year."
)
GROUP_COLUMNS = (
    ReportColumn("", share=2.6),
    ReportColumn("Pupils", Unit.COUNT, 1.2),
    ReportColumn("Attendance", Unit.PERCENT),
    ReportColumn("Gap to the rest", Unit.POINTS, 1.2),
    ReportColumn("Persistently absent", Unit.PERCENT, 1.3),
    ReportColumn("Severely absent", Unit.PERCENT, 1.2),
)
GROUP_NOTE = (
    f"A group of {FEW} is joined with others or not told, and so is one that would give such a group away by "
    "subtraction. The gap is in percentage points, to all other pupils. Persistently absent: 10 % or more of a pupil’s "
    "own sessions missed, the severely absent (50 % or more) among them, both of the pupils of the group; not told "
    f"where {FEW} pupils are behind the rate of a group, or could be found by subtraction."
)
HALF_COLUMNS = (
    ReportColumn("Half term", share=1.6),
    ReportColumn("Attendance", Unit.PERCENT),
    ReportColumn("A year before", Unit.PERCENT),
    ReportColumn("Change", Unit.POINTS),
    ReportColumn("Persistently absent", Unit.PERCENT, 1.3),
    ReportColumn("Severely absent", Unit.PERCENT, 1.2),
)
WORK_COLUMNS = (
    ReportColumn("What", share=2.0),
    ReportColumn("How often", Unit.COUNT),
    ReportColumn("Pupils concerned", Unit.COUNT, 1.2),
)


@needs(Right.READ_FIGURES)
def governors(context: Context, asked: Asked) -> Report:
    """The report from the first day that was asked for (that of the school year, where none was) up to a day.

    Everyone on roll is counted, whatever was asked: of the same report once with and once without the youngest, the few
    between them would be the difference.
    """
    with frame(context, replace(asked, comparable=False)) as made:
        rows = tuple(one for one in counted_rows(made, made.first, asked.on) if one.figures.possible)
        subtitle = f"{long_date(made.first)} to {long_date(asked.on)}"
        report = made.report(KEY, TITLE, subtitle, tuple(_blocks(made, rows)))
        counts = who_is_counted(context.rulebook, comparable=False)
        return replace(report, public=True, counts=counts)


def _blocks(made: Frame, rows: Rows) -> Iterator[Block]:
    if len(rows) < SMALL:
        words = "Nobody was counted in these days." if not rows else f"The school counted {FEW} pupils in these days."
        yield TextBlock(f"{words} Nothing can be told without telling of single children.")
        return
    least = least_sessions(made.context.pack(made.roll.school), made.context.rulebook)
    early = too_early(rows, least)
    everybody = frozenset(one.pupil.id for one in rows)
    as_dfe = _as_the_dfe_counts(made)
    comparable = len(as_dfe) >= SMALL and not gives_away((everybody, as_dfe))
    also = (as_dfe,) if comparable else ()
    shown = publishable(everybody, breakdowns(members(made, rows, made.asked.on)), also)
    yield _big(made, rows, early)
    if early:
        yield TextBlock(
            "It is too early to say who is persistently or severely absent: so far fewer than "
            f"{least} sessions were possible for anybody."
        )
    yield from _groups(rows, shown, early)
    yield beside_others(made.context, made.asked.on, made.asked.as_at, comparable=comparable, public=True)
    yield from _trend(made)
    yield from _work(made, rows)


def _as_the_dfe_counts(made: Frame) -> frozenset[int]:
    """Those whom the DfE counts. They are told of beside everybody only where the few too young or too old between the
    two do not give themselves away by the difference; else everybody is held against what is published."""
    counted = count_comparable(made.context, made.reading, made.roll, made.first, made.asked.on, made.moment)
    return frozenset(key for key, of in counted.items() if of.possible)


def _told(rows: Iterable[PupilFigures], early: bool = False) -> Rates:
    exact = rates(rows)
    return Rates(
        exact.pupils,
        rounded(exact.attendance),
        None if early else rounded(exact.persistent),
        None if early else rounded(exact.severe),
    )


def _big(made: Frame, rows: Rows, early: bool) -> FiguresBlock:
    school = _told(rows, early)
    before = _told(counted_rows(made, made.first - YEAR, made.asked.on - YEAR))
    known = before.pupils >= SMALL
    return FiguresBlock(
        (
            BigFigure("Attendance", school.attendance, says=_against(before.attendance if known else None)),
            BigFigure("Persistently absent", school.persistent, says="of pupils: 10 % or more of sessions missed"),
            BigFigure("Severely absent", school.severe, says="of pupils: 50 % or more of sessions missed"),
        )
    )


def _against(before: Fraction | None) -> str:
    return "" if before is None else f"{percent(before)} in the same weeks a year before"


def _groups(rows: Rows, shown: Sequence[Shown], early: bool) -> Iterator[Block]:
    told = _Told(rows, shown, early)
    school = _told(rows, early)
    lines: list[tuple[Value, ...]] = [_line("All pupils", school, None)]
    bars: list[tuple[str, Fraction | None]] = [("All pupils", school.attendance)]
    for one in shown:
        if one.breakdown.key in APART:
            continue
        found = tuple(told.lines(one))
        lines += found
        bars += [(str(line[0]), line[2]) for line in found if isinstance(line[2], Fraction)]
    yield TableBlock("By group", GROUP_COLUMNS, tuple(lines), GROUP_NOTE, strong=frozenset({0}))
    titles, values = zip(*bars, strict=True)
    yield ChartBlock(BarChart("Attendance by group", "%", titles, (Series("Attendance", values),)))
    for one in shown:
        if one.breakdown.key in APART:
            yield told.table(one)


class _Told:
    """What is told of the groups: attendance of all that may be told, and PA and SA where enough pupils are behind."""

    def __init__(self, rows: Rows, shown: Sequence[Shown], early: bool) -> None:
        self._rows = rows
        self._early = early
        self._persistent = rates_told(frozenset(one.pupil.id for one in rows if one.persistent), shown)
        self._severe = rates_told(frozenset(one.pupil.id for one in rows if one.severe), shown)

    def table(self, shown: Shown) -> TableBlock:
        """A breakdown as a table of its own, without PA and SA where neither is told."""
        title, lines = shown.breakdown.title, tuple(self.lines(shown))
        if self._early or shown.breakdown.key in self._persistent | self._severe or not shown.told:
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
            inside = _told((one for one in self._rows if one.pupil.id in part.members), self._early)
            rest = _told(one for one in self._rows if one.pupil.id not in part.members)
            persistent: Value = inside.persistent if key in self._persistent or self._early else NOT_TOLD
            severe: Value = inside.severe if key in self._severe or self._early else NOT_TOLD
            gap = less(inside.attendance, rest.attendance)
            yield (part.title, inside.pupils, inside.attendance, gap, persistent, severe)


def _line(title: str, of: Rates, gap: Fraction | None) -> tuple[Value, ...]:
    return (title, of.pupils, of.attendance, gap, of.persistent, of.severe)


def _trend(made: Frame) -> Iterator[Block]:
    """Each half term by itself, beside the same one a year before where that is on record."""
    halves = halves_between(made, made.first, made.asked.on)
    before = {(one.year, one.name): one for one in halves_between(made, made.first - YEAR, made.asked.on)}
    lines: list[tuple[Value, ...]] = []
    now: list[Fraction | None] = []
    then: list[Fraction | None] = []
    for half in halves:
        this = _of_half(made, half)
        old = _of_half(made, before.get((school_year_name(half.first - YEAR), half.name)))
        now.append(this.attendance)
        then.append(old.attendance)
        change = less(this.attendance, old.attendance)
        lines.append((half.name, this.attendance, old.attendance, change, this.persistent, this.severe))
    yield TableBlock("By half term", HALF_COLUMNS, tuple(lines), HALF_NOTE, empty="No half term lies in these days.")
    if len(halves) > 1:
        series = [Series("These half terms", tuple(now))]
        if any(one is not None for one in then):
            series.append(Series("A year before", tuple(then)))
        chart = LineChart("Attendance by half term", "%", tuple(one.name for one in halves), tuple(series))
        yield ChartBlock(chart)


def _of_half(made: Frame, half: HalfTerm | None) -> Rates:
    """The rates of a half term up to the day of the report; none where fewer than ten were counted."""
    if half is None:
        return NOTHING
    found = _told(counted_rows(made, half.first, min(half.last, made.asked.on)))
    return found if found.pupils >= SMALL else NOTHING


def _work(made: Frame, rows: Rows) -> Iterator[Block]:
    """What was done about whom, by kind, and attendance before and after: nobody is named and no wording shown."""
    ids = frozenset(one.pupil.id for one in rows)
    entries = open_entries(made.reading.entries.all(), made.first, made.asked.on)
    of = [one for one in entries if ids & set(one.pupils)]
    lines = tuple((line.title, line.times, line.pupils if line.pupils >= SMALL else FEW) for line in work_done(of))
    yield TableBlock("What was done", WORK_COLUMNS, lines, empty="No call, letter, meeting or visit is on record.")
    yield _did_it_work(made, ids, first_steps(of))


def _did_it_work(made: Frame, ids: frozenset[int], steps: Mapping[int, date]) -> TextBlock:
    roll, last = made.roll, made.asked.on
    stretches = {
        key: both
        for key, step in steps.items()
        if key in ids and (both := sides(roll.calendar, step, last)) is not None
    }
    heading = "Did it work?"
    if len(stretches) < SMALL:
        return TextBlock(
            f"{FEW.capitalize()} pupils had a letter, a meeting or a home visit long enough ago to compare attendance "
            "before and after.",
            heading,
        )
    first = min(before[0] for before, _ in stretches.values())

    def counts(mark: Mark) -> bool:
        return roll.why_not(mark.pupil, Session(mark.day, Half(mark.half))) is None

    marks = made.reading.marks.between(first, last, list(stretches))
    found = before_after(stretches, marks, made.context.rulebook.codes, counts)
    if found.pupils < SMALL:
        return TextBlock(f"{FEW.capitalize()} pupils had sessions both before and after a step.", heading)
    before, after = rounded(found.before.attendance), rounded(found.after.attendance)
    return TextBlock(
        f"{found.pupils} pupils had a letter, a meeting or a home visit with at least {LEAST} school days since. In "
        f"the {SIDE} school days before the first of these their attendance was {percent(before)}, in up to {SIDE} "
        f"after it {percent(after)}. Attendance that was low often rises by itself: this says what followed, not what "
        "brought it about.",
        heading,
    )
