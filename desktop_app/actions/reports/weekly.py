"""Weekly figures for the head: this week against last week and the year so far, and what is still open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from desktop_app.actions.figures import Grouping, PupilFigures, shown_parts
from desktop_app.actions.late_minutes import late_minutes
from desktop_app.actions.needs import needs
from desktop_app.actions.open_n import open_n
from desktop_app.actions.reports.frame import Frame, frame
from desktop_app.actions.reports.spec import Asked
from desktop_app.actions.roll import expected_by_class
from desktop_app.context import Context
from desktop_app.domain.errors import Refused
from desktop_app.domain.figures import Figures
from desktop_app.domain.report import (
    BigFigure,
    Block,
    FiguresBlock,
    Report,
    ReportColumn,
    TableBlock,
    TextBlock,
    Unit,
    Value,
)
from desktop_app.domain.rights import Right
from desktop_app.domain.sessions import SUNDAY, Half, Session
from desktop_app.rules.display import difference, half_words, long_date
from desktop_app.rules.figures import least_sessions, threshold_words, total
from desktop_app.rules.names import class_order, year_name
from desktop_app.rules.open_n import age_of_n
from desktop_app.rules.register import register_closed
from desktop_app.rules.report_values import written
from desktop_app.rules.session_lists import count_words

KEY, TITLE = "weekly", "Weekly figures for the head"
COLUMNS = (
    ReportColumn("Who", share=2.0),
    ReportColumn("Pupils", Unit.COUNT),
    ReportColumn("This week", Unit.PERCENT),
    ReportColumn("Last week", Unit.PERCENT),
    ReportColumn("Change", Unit.POINTS),
    ReportColumn("Authorised", Unit.PERCENT),
    ReportColumn("Unauthorised", Unit.PERCENT),
    ReportColumn("Late", Unit.COUNT),
    ReportColumn("Minutes late", Unit.COUNT),
    ReportColumn("Year to date", Unit.PERCENT),
    ReportColumn("PA", Unit.COUNT),
    ReportColumn("SA", Unit.COUNT),
)
NOTE = (
    "Attendance, authorised and unauthorised absence are of the sessions possible; authorised, unauthorised and late "
    "are of this week, and so are the minutes late, as far as they were written down. Change is in percentage points. "
    "PA and SA are the numbers of pupils persistently ({persistent} missed) and severely ({severe}) absent in the year "
    "to date; the severe are among the persistent. A pupil of whom fewer than {least} sessions were possible is not "
    "among them: it is too early to say."
)
EARLY = "too early to say"


@dataclass(frozen=True, slots=True)
class _Spans:
    """The figures of this week, last week (empty: there was none this year) and the year to date; `minutes` late this
    week by pupil."""

    week: tuple[PupilFigures, ...]
    before: tuple[PupilFigures, ...]
    year: tuple[PupilFigures, ...]
    minutes: Mapping[int, int]


@needs(Right.READ_REGISTER)
def weekly(context: Context, asked: Asked) -> Report:
    """The school week of a day, or the last one before it, up to that day. Refused where there was none yet."""
    with frame(context, asked) as made:
        mondays = made.roll.calendar.school_weeks(asked.on, 2)
        if not mondays:
            raise Refused(f"There was no school week by {long_date(asked.on)}.")
        monday = mondays[-1]
        last = min(asked.on, monday + SUNDAY)
        before = mondays[0] if len(mondays) == 2 and mondays[0] >= made.year_first else None
        spans = _Spans(
            made.figures(monday, last),
            made.figures(before, before + SUNDAY) if before else (),
            made.figures(made.year_first, last),
            late_minutes(made.reading, made.roll, [(monday, last, None)]),
        )
        law = context.rulebook
        words = threshold_words(law.persistent), threshold_words(law.severe)
        least = least_sessions(context.pack(made.roll.school), law)
        note = NOTE.format(persistent=words[0], severe=words[1], least=least)
        blocks: list[Block] = [
            _big(spans, *words),
            *_tables(spans, note, context),
            _not_taken(made, monday, last),
            *_open_n(made, last),
        ]
        days = made.roll.calendar.school_days(monday, last)
        subtitle = f"Week of {long_date(monday)}, up to {long_date(days[-1] if days else last)}"
        return made.report(KEY, TITLE, subtitle, blocks)


def _big(spans: _Spans, tenth: str, half: str) -> FiguresBlock:
    week, before, year = (_total(one) for one in (spans.week, spans.before, spans.year))
    persistent, severe, of = _persistent(spans.year), _severe(spans.year), "missed, year to date"
    against = f"last week {written(before.attendance, Unit.PERCENT)}" if spans.before else "no week before it this year"
    return FiguresBlock(
        (
            BigFigure("This week", week.attendance, says=against),
            BigFigure("Year to date", year.attendance, says=count_words(len(spans.year), "pupil", "pupils")),
            BigFigure("Persistently absent", persistent, Unit.COUNT, EARLY if persistent is None else f"{tenth} {of}"),
            BigFigure("Severely absent", severe, Unit.COUNT, EARLY if severe is None else f"{half} {of}"),
        )
    )


def _tables(spans: _Spans, note: str, context: Context) -> Iterator[TableBlock]:
    years = [_line(year_name(key), spans, _in_year(key)) for key in _keys(spans, Grouping.YEAR, context)]
    school = _line("School", spans, lambda _: True)
    yield TableBlock("School and years", COLUMNS, (school, *years), note, strong=frozenset({0}))
    classes = tuple(_line(key, spans, _in_class(key)) for key in _keys(spans, Grouping.CLASS, context))
    yield TableBlock("Classes", COLUMNS, classes)


def _keys(spans: _Spans, by: Grouping, context: Context) -> list[str]:
    """The years or classes, in order: to a class teacher none from which a child of another class could be told."""
    found: defaultdict[str, list[PupilFigures]] = defaultdict(list)
    for one in spans.year:
        found[one.year if by is Grouping.YEAR else one.class_name].append(one)
    return sorted(filter(None, shown_parts(found, context, by)), key=class_order)


def _in_year(year: str) -> Callable[[PupilFigures], bool]:
    return lambda one: one.year == year


def _in_class(class_name: str) -> Callable[[PupilFigures], bool]:
    return lambda one: one.class_name == class_name


def _line(name: str, spans: _Spans, member: Callable[[PupilFigures], bool]) -> tuple[Value, ...]:
    week, before, year = (tuple(filter(member, one)) for one in (spans.week, spans.before, spans.year))
    now, then = _total(week), _total(before)
    change = difference(now.attendance, then.attendance)
    return (
        name,
        len(week),
        now.attendance,
        then.attendance,
        change,
        _rate(now.authorised, now),
        _rate(now.unauthorised, now),
        now.late,
        sum(spans.minutes.get(one.pupil.id, 0) for one in week),
        _total(year).attendance,
        _persistent(year),
        _severe(year),
    )


def _not_taken(made: Frame, monday: date, last: date) -> TableBlock:
    """The registers of the week that have closed with nobody marked, or with somebody who has no mark."""
    sessions = [
        one for one in made.roll.calendar.sessions(monday, last) if register_closed(made.roll.school, one, made.moment)
    ]
    filled = {(one.pupil, Session(one.day, one.half)) for one in made.reading.marks.on([one.day for one in sessions])}
    rows: list[tuple[Value, ...]] = []
    for session in sessions:
        classes = expected_by_class(made.roll, session)
        for name in sorted(classes, key=class_order):
            blank = sum((pupil, session) not in filled for pupil in classes[name])
            if blank:
                rows.append((session.day, half_words(session.half), name, blank, len(classes[name])))
    columns = (
        ReportColumn("Day", Unit.DAY, 1.6),
        ReportColumn("Session", share=1.2),
        ReportColumn("Class"),
        ReportColumn("Without a mark", Unit.COUNT),
        ReportColumn("Pupils expected", Unit.COUNT),
    )
    return TableBlock("Registers not taken or not whole", columns, tuple(rows), empty="Every register was taken.")


def _open_n(made: Frame, last: date) -> Iterator[Block]:
    """How many sessions still have N, and how many of them are overdue. No name: the week’s page lists them."""
    settle = made.context.rulebook.settle_n.value
    marks = open_n(made.reading, made.roll, made.context.rulebook.codes, last)
    ages = [age_of_n(made.roll.calendar, Session(one.day, Half(one.half)), last, settle) for one in marks]
    children = len({one.pupil for one in marks})
    if not marks:
        yield TextBlock("No session is left with N.", "Reasons still to be established")
        return
    overdue = sum(one.overdue for one in ages)
    said = f"{count_words(len(marks), 'session', 'sessions')} of {count_words(children, 'child', 'children')} with N"
    late = "none of them overdue" if not overdue else f"{overdue} overdue (more than {settle} school days)"
    yield TextBlock(f"{said}; {late}.", "Reasons still to be established")


def _total(rows: Iterable[PupilFigures]) -> Figures:
    return total(one.figures for one in rows)


def _rate(sessions: int, of: Figures) -> Fraction | None:
    return Fraction(100 * sessions, of.possible) if of.possible else None


def _persistent(rows: Sequence[PupilFigures]) -> int | None:
    return None if _too_early(rows) else sum(one.told_persistent for one in rows)


def _severe(rows: Sequence[PupilFigures]) -> int | None:
    return None if _too_early(rows) else sum(one.told_severe for one in rows)


def _too_early(rows: Sequence[PupilFigures]) -> bool:
    """Whether it is too early to say of each of them."""
    return all(one.too_early for one in rows)
