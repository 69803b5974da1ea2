"""The year’s summary for the head and leaders: half terms, years, classes, groups, bands, reasons, what was done.

Source: Lunt’s Heath, attendance policy 9 (half-termly, termly and yearly analysis, by school, year and cohort).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

from desktop_app.actions.figures import PupilFigures, Told, shown_groups, shown_parts
from desktop_app.actions.needs import needs
from desktop_app.actions.reports.beside import beside_others, pictures_beside
from desktop_app.actions.reports.counted import (
    Rates,
    Rows,
    by_class,
    counted_rows,
    halves_between,
    rates,
    too_early,
)
from desktop_app.actions.reports.frame import Frame, frame
from desktop_app.actions.reports.spec import Asked
from desktop_app.context import Context
from desktop_app.domain.charts import BarChart, LineChart, Series
from desktop_app.domain.groups import SMALL
from desktop_app.domain.people import Flag
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
from desktop_app.domain.sessions import school_year_name
from desktop_app.rules.breakdowns import year_words
from desktop_app.rules.comparable import who_is_counted
from desktop_app.rules.display import difference, long_date, percent
from desktop_app.rules.figures import least_sessions, total
from desktop_app.rules.groups import by_pupil, groups_of, last_day_of
from desktop_app.rules.half_terms import same_part
from desktop_app.rules.names import class_order
from desktop_app.rules.session_lists import count_words
from desktop_app.rules.work_done import open_entries, work_done

KEY, TITLE = "year-end", "Summary of the school year"
YEAR = timedelta(weeks=52)
COLUMNS = (
    ReportColumn("Which", share=2.2),
    ReportColumn("Pupils", Unit.COUNT, 0.8),
    ReportColumn("Attendance", Unit.PERCENT),
    ReportColumn("A year before", Unit.PERCENT),
    ReportColumn("Change", Unit.POINTS),
    ReportColumn("Persistently absent", Unit.PERCENT, 1.2),
    ReportColumn("Severely absent", Unit.PERCENT, 1.2),
)
GROUPS = (
    ReportColumn("Group", share=2.2),
    ReportColumn("Pupils", Unit.COUNT, 0.8),
    ReportColumn("Attendance", Unit.PERCENT),
    ReportColumn("Gap to the rest", Unit.POINTS),
    ReportColumn("Persistently absent", Unit.PERCENT, 1.2),
    ReportColumn("Severely absent", Unit.PERCENT, 1.2),
)
NOTE = (
    "The year before is the same weeks of it, for those who were in that year group or class then. Change is in "
    "percentage points."
)
GROUP_NOTE = f"Of groups of fewer than {SMALL} pupils (†) a rate says little. The gap is in percentage points."


@needs(Right.READ_REGISTER)
def year_end(context: Context, asked: Asked) -> Report:
    """The school year of a day up to that day."""
    with frame(context, asked) as made:
        rows = _possible(counted_rows(made, made.year_first, asked.on))
        before = _possible(counted_rows(made, made.year_first - YEAR, asked.on - YEAR))
        subtitle = f"{school_year_name(asked.on)}, up to {long_date(asked.on)}"
        report = made.report(KEY, TITLE, subtitle, tuple(_blocks(made, rows, before)))
        return replace(report, counts=who_is_counted(context.rulebook, comparable=asked.comparable))


def _possible(rows: Rows) -> Rows:
    return tuple(one for one in rows if one.figures.possible)


def _blocks(made: Frame, rows: Rows, before: Rows) -> Iterator[Block]:
    if not rows:
        yield TextBlock("Nobody was counted in this school year by that day.")
        return
    school, last_year = _rates(made, rows), rates(before)
    against = f"{percent(last_year.attendance)} in the same weeks a year before" if before else ""
    yield FiguresBlock(
        (
            BigFigure("Attendance", school.attendance, says=against),
            BigFigure("Persistently absent", school.persistent, says="of pupils"),
            BigFigure("Severely absent", school.severe, says="of pupils"),
            _missed_nothing(rows),
        )
    )
    if too_early(rows, _least(made)):
        yield TextBlock(_early_note(made))
    yield beside_others(made.context, made.asked.on, made.asked.as_at, comparable=True)
    yield from pictures_beside(made.context, made.asked.on, made.asked.as_at, comparable=True)
    yield from _halves(made)
    whole = [_line(made, "School", rows, before)]
    years = _by(made, rows, before, lambda one: one.year, year_words)
    yield TableBlock("School and years", COLUMNS, (*whole, *years), NOTE, strong=frozenset({0}))
    told = shown_parts(by_class(rows), made.context)  # to a class teacher none from which another’s child could be told
    classes = (line for line in _by(made, rows, before, lambda one: one.class_name, str) if line[0] in told)
    yield TableBlock("Classes", COLUMNS, tuple(classes))
    yield _groups(made, rows)
    yield from _bands(made, rows, before)
    yield _reasons(made, rows, before)
    entries = open_entries(made.reading.entries.all(), made.year_first, made.asked.on)
    columns = (
        ReportColumn("What", share=2.0),
        ReportColumn("How often", Unit.COUNT),
        ReportColumn("Pupils", Unit.COUNT),
    )
    lines = tuple((one.title, one.times, one.pupils) for one in work_done(entries))
    yield TableBlock("What was done", columns, lines, empty="No call, letter, meeting or visit is on record.")


def _missed_nothing(rows: Rows) -> BigFigure:
    """Who missed nothing, as far as every register was taken; who waits for a mark is counted apart."""
    every = [one for one in rows if not one.figures.absent]
    waiting = sum(one.figures.unmarked > 0 for one in every)
    more = f"; {count_words(waiting, 'more waits', 'more wait')} for a mark" if waiting else ""
    return BigFigure("Missed nothing", len(every) - waiting, Unit.COUNT, f"pupils{more}")


def _halves(made: Frame) -> Iterator[Block]:
    halves = halves_between(made, made.year_first, made.asked.on)
    earlier = {one.name: one for one in halves_between(made, made.year_first - YEAR, made.asked.on - YEAR)}
    lines: list[tuple[Value, ...]] = []
    for half in halves:
        of = earlier.get(half.name)
        now = counted_rows(made, half.first, min(half.last, made.asked.on))
        days = same_part(half, made.asked.on, of, made.roll.calendar) if of else None
        then = counted_rows(made, *days) if days else ()
        lines.append(_line(made, half.name, _possible(now), _possible(then)))
    note = (
        "Each half term by itself. Of one that is not over, the half term of the year before is cut at the same day of "
        f"the same school week. {_early_note(made)}"
    )
    yield TableBlock("Half terms", COLUMNS, tuple(lines), note, "No half term has begun.")
    if len(lines) > 1:
        names = tuple(one.name for one in halves)
        series = [Series("This year", _column(lines, 2))]
        if any(one is not None for one in _column(lines, 3)):
            series.append(Series("The year before", _column(lines, 3)))
        yield ChartBlock(LineChart("Attendance by half term", "%", names, tuple(series), each="Half term"))


def _column(lines: Iterable[tuple[Value, ...]], place: int) -> tuple[Fraction | None, ...]:
    return tuple(one[place] if isinstance(one[place], Fraction) else None for one in lines)  # type: ignore[misc]


def _line(made: Frame, title: str, rows: Rows, before: Rows) -> tuple[Value, ...]:
    now, then = _rates(made, rows), rates(before)
    change = difference(now.attendance, then.attendance)
    return (title, now.pupils, now.attendance, then.attendance, change, now.persistent, now.severe)


def _rates(made: Frame, rows: Rows) -> Rates:
    """The rates of some pupils, without those of persistent and severe absence where it is too early to say."""
    found = rates(rows)
    return replace(found, persistent=None, severe=None) if too_early(rows, _least(made)) else found


def _least(made: Frame) -> int:
    return least_sessions(made.context.pack(made.roll.school), made.context.rulebook)


def _early_note(made: Frame) -> str:
    return f"Before {_least(made)} possible sessions it is too early to say who is persistently or severely absent."


def _by(
    made: Frame, rows: Rows, before: Rows, key: Callable[[PupilFigures], str], words: Callable[[str], str]
) -> Iterator[tuple[Value, ...]]:
    for name in sorted({key(one) for one in rows}, key=class_order):
        inside = tuple(one for one in rows if key(one) == name)
        yield _line(made, words(name), inside, tuple(one for one in before if key(one) == name))


def _groups(made: Frame, rows: Rows) -> TableBlock:
    """Every group that the present user is shown, beside the rest."""
    flags = by_pupil(made.reading.book.all(Flag))
    last = made.asked.on
    of = {one.pupil.id: groups_of(one.pupil, flags.get(one.pupil.id, ()), last_day_of(one.pupil, last)) for one in rows}
    lines: list[tuple[Value, ...]] = []
    for group in shown_groups(Told(made.roll, rows, of, {}), made.context):
        inside = _rates(made, tuple(one for one in rows if group.key in of[one.pupil.id]))
        rest = rates(one for one in rows if group.key not in of[one.pupil.id])
        lines.append(_group_line(group.title, inside, rest))
    return TableBlock("Groups", GROUPS, tuple(lines), GROUP_NOTE, "No group is on record.")


def _group_line(title: str, inside: Rates, rest: Rates) -> tuple[Value, ...]:
    few = " †" if inside.pupils < SMALL else ""
    gap = difference(inside.attendance, rest.attendance)
    return (f"{title}{few}", inside.pupils, inside.attendance, gap, inside.persistent, inside.severe)


def _bands(made: Frame, rows: Rows, before: Rows) -> Iterator[Block]:
    """How many pupils are in each band of the authority, now and a year before."""
    pack = made.context.pack(made.roll.school)
    lines: list[tuple[Value, ...]] = []
    shares: list[Fraction] = []
    for band in pack.bands:
        now = sum(one.band is not None and one.band.key == band.key for one in rows)
        then = sum(one.band is not None and one.band.key == band.key for one in before)
        shares.append(Fraction(100 * now, len(rows)))
        lines.append((band.title, now, shares[-1], then))
    columns = (
        ReportColumn("Band", share=2.0),
        ReportColumn("Pupils", Unit.COUNT),
        ReportColumn("Of all", Unit.PERCENT),
        ReportColumn("A year before", Unit.COUNT),
    )
    yield TableBlock(f"Bands of {pack.authority}", columns, tuple(lines))
    titles = tuple(band.title for band in pack.bands)
    yield ChartBlock(BarChart("Pupils by band", "%", titles, (Series("Of all pupils", tuple(shares)),), "Band"))


def _reasons(made: Frame, rows: Rows, before: Rows) -> TableBlock:
    now, then = (total(one.figures for one in of) for of in (rows, before))
    codes = made.context.rulebook.codes
    absent = [key for key, times in now.codes.items() if times and codes[key].counts.absent]
    absent.sort(key=lambda key: (-now.codes[key], key))
    lines: tuple[tuple[Value, ...], ...] = tuple(
        (key, codes[key].title, now.codes[key], Fraction(100 * now.codes[key], now.possible), then.codes.get(key, 0))
        for key in absent
    )
    columns = (
        ReportColumn("Code", share=0.6),
        ReportColumn("Reason", share=3.0),
        ReportColumn("Sessions", Unit.COUNT),
        ReportColumn("Of sessions", Unit.PERCENT),
        ReportColumn("A year before", Unit.COUNT),
    )
    return TableBlock("Reasons for absence", columns, lines, empty="Nobody was absent.")
