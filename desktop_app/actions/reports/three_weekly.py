"""What changed in three school weeks: who is worse and who is better, why, what is open, who was late, who crossed.

Source: Lunt’s Heath, attendance policy 9 ("every three weeks, school analyse attendance and punctuality patterns");
Knowsley’s handbook reviews support where attendance has fallen over three weeks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from desktop_app.actions.crossings import crossings
from desktop_app.actions.figures import PupilFigures
from desktop_app.actions.needs import needs
from desktop_app.actions.open_n import open_n
from desktop_app.actions.reports.counted import Rows, seen_rows, some_rows
from desktop_app.actions.reports.frame import Frame, frame
from desktop_app.actions.reports.named import attendance, by_id, change, counts, reasons, table
from desktop_app.actions.reports.spec import Asked
from desktop_app.context import Context
from desktop_app.domain.errors import Refused
from desktop_app.domain.figures import Figures
from desktop_app.domain.marks import Mark
from desktop_app.domain.report import BigFigure, Block, FiguresBlock, Report, ReportColumn, TableBlock, Unit, Value
from desktop_app.domain.rights import Right
from desktop_app.domain.sessions import Half, Session
from desktop_app.rules.display import difference, half_words, long_date
from desktop_app.rules.figures import threshold_words, total
from desktop_app.rules.open_n import age_of_n
from desktop_app.rules.report_values import written

KEY, TITLE = "three-weekly", "Three-weekly analysis"
WEEKS, SUNDAY, DAY = 3, timedelta(days=6), timedelta(days=1)
OFTEN_LATE = 3
CHANGED = (
    ReportColumn("Three weeks before", Unit.PERCENT),
    ReportColumn("These weeks", Unit.PERCENT),
    ReportColumn("Change", Unit.POINTS),
    ReportColumn("Sessions missed", Unit.COUNT),
    ReportColumn("Codes", share=1.4),
    ReportColumn("Year to date", Unit.PERCENT),
)
REASONS = (
    ReportColumn("Code", share=0.6),
    ReportColumn("Reason", share=3.0),
    ReportColumn("These weeks", Unit.COUNT),
    ReportColumn("Three weeks before", Unit.COUNT),
)


@dataclass(frozen=True, slots=True)
class _Weeks:
    """The three weeks, those before them, and the year up to the day; each with the figures of those seen."""

    first: date
    last: date
    now: Rows
    before: dict[int, PupilFigures]
    year: dict[int, PupilFigures]


@needs(Right.READ_PUPIL)
def three_weekly(context: Context, asked: Asked) -> Report:
    """The three school weeks that end with the week of a day, up to that day, against the three before them."""
    with frame(context, asked) as made:
        mondays = made.roll.calendar.school_weeks(asked.on, 2 * WEEKS)
        if not mondays:
            raise Refused(f"There was no school week by {long_date(asked.on)}.")
        weeks = _weeks(made, mondays)
        blocks: list[Block] = [_big(weeks), *_changed(made, weeks), _reasons(made, weeks)]
        blocks += [_open_n(made, weeks), _lateness(made, weeks)]
        subtitle = f"{long_date(weeks.first)} to {long_date(weeks.last)}, against the three school weeks before"
        report = made.report(KEY, TITLE, subtitle, blocks)
    crossed = _crossed(context, weeks, asked)
    return replace(report, blocks=(*blocks, crossed))


def _weeks(made: Frame, mondays: Sequence[date]) -> _Weeks:
    first, last = mondays[-WEEKS:][0], made.asked.on
    now = seen_rows(made, first, last)
    ids = [one.pupil.id for one in now]
    earlier = [one for one in mondays if one < first]
    before: dict[int, PupilFigures] = {}
    if earlier:
        before |= some_rows(made, earlier[0], earlier[-1] + SUNDAY, ids)
    return _Weeks(first, last, now, before, dict(some_rows(made, made.year_first, last, ids)))


def _big(weeks: _Weeks) -> FiguresBlock:
    now, before = (_total(one) for one in (weeks.now, weeks.before.values()))
    against = f"three weeks before {written(before.attendance, Unit.PERCENT)}" if before.possible else ""
    return FiguresBlock(
        (
            BigFigure("These weeks", now.attendance, says=against),
            BigFigure("Change", difference(now.attendance, before.attendance), Unit.POINTS, "percentage points"),
            BigFigure("Late", now.late, Unit.COUNT, f"three weeks before {before.late}"),
            BigFigure("Unauthorised", now.unauthorised, Unit.COUNT, f"three weeks before {before.unauthorised}"),
        )
    )


def _changed(made: Frame, weeks: _Weeks) -> Iterator[TableBlock]:
    """Who missed a tenth or more of these weeks, and more than of those before; and the other way round."""
    both = [(one, weeks.before.get(one.pupil.id)) for one in weeks.now]
    exact = [(one, attendance(one), attendance(then)) for one, then in both]
    told = [(one, now - then) for one, now, then in exact if now is not None and then is not None]
    worse = sorted((one for one in told if one[1] < 0 and one[0].persistent), key=lambda one: one[1])
    rose = [one for one in told if one[1] > 0 and weeks.before[one[0].pupil.id].persistent]
    better = sorted(rose, key=lambda one: -one[1])

    def line(row: PupilFigures) -> tuple[PupilFigures, tuple[Value, ...]]:
        before = weeks.before[row.pupil.id]
        return row, (
            attendance(before),
            attendance(row),
            change(row, before),
            row.figures.absent,
            reasons(row.figures, made.context.rulebook.codes),
            attendance(weeks.year.get(row.pupil.id)),
        )

    much = threshold_words(made.context.rulebook.persistent)
    note = f"Those who missed {much} of these weeks and came less than in the three weeks before."
    yield table("Worse", CHANGED, (line(one) for one, _ in worse), f"Nobody who missed {much} came less.", note)
    note = f"Those who missed {much} of the three weeks before and came more in these."
    yield table("Better", CHANGED, (line(one) for one, _ in better), f"Nobody who had missed {much} came more.", note)


def _reasons(made: Frame, weeks: _Weeks) -> TableBlock:
    now, before = _total(weeks.now), _total(weeks.before.values())
    codes = made.context.rulebook.codes
    found = [key for key in {**now.codes, **before.codes} if codes[key].counts.absent]
    in_order = sorted(found, key=lambda key: (-now.codes.get(key, 0), -before.codes.get(key, 0), key))
    rows = ((key, codes[key].title, now.codes.get(key, 0), before.codes.get(key, 0)) for key in in_order)
    return TableBlock("Reasons, in sessions", REASONS, tuple(rows), empty="Nobody was absent.")


def _open_n(made: Frame, weeks: _Weeks) -> TableBlock:
    """The sessions that still have N, the oldest first; of those who have left too."""
    settle = made.context.rulebook.settle_n.value
    of = open_n(made.reading, made.roll, made.context.rulebook.codes, weeks.last)
    now = by_id(weeks.now)
    left = some_rows(made, weeks.first, weeks.last, [key for key in {one.pupil for one in of} if key not in now])
    rows = {**now, **{key: row for key, row in left.items() if made.context.sees(row.class_name)}}
    lines: list[tuple[PupilFigures, tuple[Value, ...]]] = []
    for mark in (one for one in of if one.pupil in rows):
        age = age_of_n(made.roll.calendar, _session(mark), weeks.last, settle)
        says = "overdue" if age.overdue else ""
        lines.append((rows[mark.pupil], (mark.day, half_words(Half(mark.half)), age.due, says)))
    columns = (
        ReportColumn("Day", Unit.DAY, 1.5),
        ReportColumn("Session"),
        ReportColumn("To be settled by", Unit.DAY, 1.5),
        ReportColumn("Overdue"),
    )
    return table("No reason yet (N)", columns, lines, "No session is left with N.")


def _session(mark: Mark) -> Session:
    return Session(mark.day, Half(mark.half))


def _lateness(made: Frame, weeks: _Weeks) -> TableBlock:
    minutes: Counter[int] = Counter()
    for mark in made.reading.marks.not_present(weeks.first, weeks.last, [one.pupil.id for one in weeks.now]):
        minutes[mark.pupil] += mark.minutes or 0
    often = [one for one in weeks.now if one.figures.late >= OFTEN_LATE]
    lines = (
        (one, (one.figures.late, minutes[one.pupil.id], counts(weeks.before.get(one.pupil.id)).late))
        for one in sorted(often, key=lambda one: (-one.figures.late, -minutes[one.pupil.id]))
    )
    columns = (
        ReportColumn("Times late", Unit.COUNT),
        ReportColumn("Minutes", Unit.COUNT),
        ReportColumn("Three weeks before", Unit.COUNT),
    )
    note = f"Late (L or U) {OFTEN_LATE} times or more in these weeks; minutes as far as they were written down."
    return table("Lateness", columns, lines, f"Nobody was late {OFTEN_LATE} times or more.", note)


def _crossed(context: Context, weeks: _Weeks, asked: Asked) -> TableBlock:
    found = crossings(context, weeks.first - DAY, weeks.last, asked.as_at)
    rows = by_id(weeks.now)
    lines = (
        (
            rows[one.pupil.id],
            (one.was.title, one.now.title, "up" if one.better else "down", one.before.attendance, one.after.attendance),
        )
        for one in found
        if one.pupil.id in rows
    )
    columns = (
        ReportColumn("Was in", share=1.6),
        ReportColumn("Is in", share=1.6),
        ReportColumn("Direction", share=0.8),
        ReportColumn("Then", Unit.PERCENT),
        ReportColumn("Now", Unit.PERCENT),
    )
    return table("Crossed into another band", columns, lines, "Nobody crossed into another band.")


def _total(rows: Iterable[PupilFigures]) -> Figures:
    return total(one.figures for one in rows)
