"""The governors’ report: attendance, persistent and severe absence, by group, against others, and what was done.

It is public. It names nobody; groups under ten are joined or left out, and cannot be got by adding what is told and
taking it away again (`rules/suppression.py`); percentages are told to one decimal, so that no count is behind them. It
is told of whole half terms alone, so that the reports of two days next to one another are one report and nothing is got
by taking one from the other.
Sources: AfC, attendance reporting at governors’ meetings; “Working together to improve school attendance” (what a
governing body regularly reviews).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from desktop_app.actions.figures import PupilFigures, count_comparable, figures_of_pupil
from desktop_app.actions.needs import needs
from desktop_app.actions.reports.beside import beside_others, pictures_beside
from desktop_app.actions.reports.counted import (
    Rows,
    counted_rows,
    halves_between,
    members,
    too_early,
)
from desktop_app.actions.reports.frame import Frame, frame
from desktop_app.actions.reports.public_rates import (
    FEW,
    GROUP_COLUMNS,
    NOTHING,
    PublicRates,
    ToldOfGroups,
    everyone,
    is_persistent,
    is_severe,
    those,
    told_of,
)
from desktop_app.actions.reports.spec import Asked
from desktop_app.actions.school_log import school_lines
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
from desktop_app.domain.sessions import Half, Session, school_year_name, school_year_start
from desktop_app.rules.breakdowns import breakdowns
from desktop_app.rules.comparable import who_is_counted
from desktop_app.rules.display import difference, long_date, percent
from desktop_app.rules.effect import LEAST, SIDE, sides
from desktop_app.rules.figures import least_sessions
from desktop_app.rules.half_terms import HalfTerm, day_over, over_by
from desktop_app.rules.school_log import told
from desktop_app.rules.suppression import Shown, gives_away, publishable, rounded
from desktop_app.rules.work_done import before_after, first_steps, open_entries, work_done

KEY, TITLE = "governors", "Attendance: report to governors"
APART = ("part", "year")
YEARS_BACK = 2
ONE_DAY = timedelta(days=1)
LAST_YEAR = timedelta(weeks=52)
HALF_NOTE = (
    "Each half term by itself. The rates of persistent and severe absence are those of that half term alone, and so "
    f"differ from those of the year; not told where {FEW} pupils are behind one, or where it is too early to say."
)
COVERS = (
    "Whole half terms alone are told of, up to the end of the last one that is over: reports of different days then "
    "cannot be taken from one another to find single children."
)
NO_HALF_TERM = "No half term of these days is over yet. The report to governors is of whole half terms alone."
GROUP_NOTE = (
    f"A group of {FEW} is joined with others or not told, and so is one that would give such a group away by "
    "subtraction. The gap is in percentage points, to all other pupils. Persistently absent: 10 % or more of a pupil’s "
    "own sessions missed, the severely absent (50 % or more) among them, both of the pupils of the group; not told "
    f"where {FEW} pupils are behind a rate, or could be found by subtraction."
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
SCHOOL_COLUMNS = (ReportColumn("What"), ReportColumn("How often and when", share=1.4))
SCHOOL_NOTE = (
    "From the school’s own log; its entries are about no pupil. The policy is the one in force on the last day."
)
NO_SCHOOL_LOG = "No training, no assembly and no attendance policy is in the school’s own log."


@needs(Right.READ_REPORTS)
def governors(context: Context, asked: Asked) -> Report:
    """The report of the half terms that are over by a day, from that of the first day that was asked for (the first of
    the newest one’s school year, where none was). What was not over by the moment up to which is read is not told,
    whatever the day: else two moments in one half term could be taken from one another.

    Everyone on roll is counted, whatever was asked: of the same report once with and once without the youngest, the few
    between them would be the difference.
    """
    with frame(context, replace(asked, comparable=False)) as made:
        halves = halves_between(made, school_year_start(asked.on) - YEARS_BACK * LAST_YEAR, asked.on)
        over = over_by(halves, day_over(made.roll.school, asked.on, made.moment), asked.first)
        counts = who_is_counted(context.rulebook, comparable=False)
        if not over:
            report = made.report(KEY, TITLE, school_year_name(asked.on), (TextBlock(NO_HALF_TERM),))
            return replace(report, public=True, counts=counts)
        year = school_year_start(over[0].first)
        first = max((one.last + ONE_DAY for one in halves if year <= one.last < over[0].first), default=year)
        told = replace(made, asked=replace(made.asked, first=first, on=over[-1].last))
        rows = tuple(one for one in counted_rows(told, first, told.asked.on) if one.figures.possible)
        report = made.report(KEY, TITLE, _subtitle(over), tuple(_blocks(told, rows, over)))
        return replace(report, public=True, counts=counts)


def _subtitle(over: Sequence[HalfTerm]) -> str:
    names = f"{over[0].name} of {over[0].year}"
    if len(over) > 1:
        year = "" if over[0].year == over[-1].year else f" of {over[0].year}"
        names = f"{over[0].name}{year} to {over[-1].name} of {over[-1].year}"
    return f"{names}: {long_date(over[0].first)} to {long_date(over[-1].last)}"


def _blocks(made: Frame, rows: Rows, halves: Sequence[HalfTerm]) -> Iterator[Block]:
    if len(rows) < SMALL:
        words = "Nobody was counted in these days." if not rows else f"The school counted {FEW} pupils in these days."
        yield TextBlock(f"{words} Nothing can be told without telling of single children.")
        return
    least = least_sessions(made.context.pack(made.roll.school), made.context.rulebook)
    early = too_early(rows, least)
    everybody = frozenset(one.pupil.id for one in rows)
    as_dfe = _as_the_dfe_counts(made)
    comparable = _told_beside(rows, as_dfe, everyone)
    rates = comparable and _told_beside(rows, as_dfe, is_persistent) and _told_beside(rows, as_dfe, is_severe)
    also = (frozenset(as_dfe),) if comparable else ()
    shown = publishable(everybody, breakdowns(members(made, rows, made.asked.on)), also)
    before = _before(made, halves)
    yield _big(made, rows, before, early)
    yield TextBlock(COVERS)
    if early:
        yield TextBlock(
            "It is too early to say who is persistently or severely absent: so far fewer than "
            f"{least} sessions were possible for anybody."
        )
    yield from _groups(rows, shown, early)
    context, on, as_at = made.context, made.asked.on, made.asked.as_at
    yield beside_others(context, on, as_at, comparable=comparable, rates=rates, public=True)
    yield from pictures_beside(context, on, as_at, comparable=comparable, rates=rates, public=True)
    yield from _trend(made, halves, before, least)
    yield from _work(made, rows)


def _told_beside(rows: Rows, as_dfe: Mapping[int, PupilFigures], test: Callable[[PupilFigures], bool]) -> bool:
    """Whether those whom the DfE counts may be told of beside everybody: those of both who pass a test, all of them or
    the persistently or severely absent."""
    if len(as_dfe) < SMALL:
        return False
    both = [those(of, test) for of in (rows, as_dfe.values())]
    return not gives_away([one for one in both if len(one) >= SMALL])


def _as_the_dfe_counts(made: Frame) -> Mapping[int, PupilFigures]:
    """Those whom the DfE counts. They are told of beside everybody only where the few too young or too old between the
    two do not give themselves away by the difference; else everybody is held against what is published. Where only the
    few who are persistently absent would, their absence is told and not the rates."""
    last = made.asked.on
    counted = count_comparable(made.context, made.reading, made.roll, made.first, last, made.moment)
    return {
        key: figures_of_pupil(made.context, made.roll, made.roll.pupils[key], counted, last)
        for key, of in counted.items()
        if of.possible
    }


def _before(made: Frame, halves: Sequence[HalfTerm]) -> Mapping[tuple[str, str], HalfTerm]:
    """The half terms a year before those of the report, by their school year and name."""
    earlier = halves_between(made, halves[0].first - 2 * LAST_YEAR, made.asked.on)
    by_name = {(one.year, one.name): one for one in earlier}
    found = ((one, by_name.get((school_year_name(one.first - LAST_YEAR), one.name))) for one in halves)
    return {(now.year, now.name): then for now, then in found if then is not None}


def _big(made: Frame, rows: Rows, before: Mapping[tuple[str, str], HalfTerm], early: bool) -> FiguresBlock:
    school = told_of(rows, early)
    then = sorted(before.values(), key=lambda one: one.first)
    old = told_of(counted_rows(made, then[0].first, then[-1].last)) if then else NOTHING
    against = f"{percent(old.attendance)} in the same half terms a year before" if old.pupils >= SMALL else ""
    return FiguresBlock(
        (
            BigFigure("Attendance", school.attendance, says=against),
            BigFigure("Persistently absent", school.persistent, says="of pupils: 10 % or more of sessions missed"),
            BigFigure("Severely absent", school.severe, says="of pupils: 50 % or more of sessions missed"),
        )
    )


def _groups(rows: Rows, shown: Sequence[Shown], early: bool) -> Iterator[Block]:
    told = ToldOfGroups(rows, shown, early)
    school = told_of(rows, early)
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
    if len(bars) > 1:
        yield ChartBlock(BarChart("Attendance by group", "%", titles, (Series("Attendance", values),), "Group"))
    for one in shown:
        if one.breakdown.key in APART:
            yield told.table(one)


def _line(title: str, of: PublicRates, gap: Fraction | None) -> tuple[Value, ...]:
    return (title, of.pupils, of.attendance, gap, of.persistent, of.severe)


def _trend(
    made: Frame, halves: Sequence[HalfTerm], before: Mapping[tuple[str, str], HalfTerm], least: int
) -> Iterator[Block]:
    """Each half term by itself, beside the same one a year before where that is on record."""
    lines: list[tuple[Value, ...]] = []
    now: list[Fraction | None] = []
    then: list[Fraction | None] = []
    for half in halves:
        this = _of_half(made, half, least)
        old = _of_half(made, before.get((half.year, half.name)), least)
        now.append(this.attendance)
        then.append(old.attendance)
        change = difference(this.attendance, old.attendance)
        lines.append((half.name, this.attendance, old.attendance, change, this.persistent, this.severe))
    yield TableBlock("By half term", HALF_COLUMNS, tuple(lines), HALF_NOTE)
    if len(halves) > 1:
        series = [Series("These half terms", tuple(now))]
        if any(one is not None for one in then):
            series.append(Series("A year before", tuple(then)))
        chart = LineChart(
            "Attendance by half term", "%", tuple(one.name for one in halves), tuple(series), each="Half term"
        )
        yield ChartBlock(chart)


def _of_half(made: Frame, half: HalfTerm | None, least: int) -> PublicRates:
    """The rates of a half term; none where fewer than ten were counted."""
    if half is None:
        return NOTHING
    rows = counted_rows(made, half.first, half.last)
    found = told_of(rows, too_early(rows, least))
    return found if found.pupils >= SMALL else NOTHING


def _work(made: Frame, rows: Rows) -> Iterator[Block]:
    """What was done about whom, by kind, and attendance before and after: nobody is named and no wording shown."""
    ids = frozenset(one.pupil.id for one in rows)
    entries = open_entries(made.reading.entries.all(), made.first, made.asked.on)
    of = [one for one in entries if ids & set(one.pupils)]
    lines = tuple((line.title, _many(line.times), _many(line.pupils)) for line in work_done(of))
    yield TableBlock("What was done", WORK_COLUMNS, lines, empty="No call, letter, meeting or visit is on record.")
    school = told(school_lines(made.reading, made.asked.on), made.first, made.asked.on)
    yield TableBlock("What the school did", SCHOOL_COLUMNS, school, SCHOOL_NOTE, empty=NO_SCHOOL_LOG)
    yield _did_it_work(made, ids, first_steps(of))


def _many(number: int) -> Value:
    return number if number >= SMALL else FEW


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
