"""Pictures of absence as facts, for the screen, the PDF and the workbook alike: heats, reasons, a year, its weeks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from desktop_app.domain.charts import BarChart, CalendarChart, DaySquare, HeatChart, LineChart, Milestone, Series
from desktop_app.domain.codes import Code, Counts
from desktop_app.domain.sessions import HALVES, Half, Session
from desktop_app.rules.calendar import DAY_NAMES, SchoolCalendar
from desktop_app.rules.display import MONTHS
from desktop_app.rules.habits.record import Held, Step

SCHOOL_DAYS = 5


class Tally(NamedTuple):
    """Of how many possible sessions how many were missed."""

    absent: int
    possible: int

    def plus(self, other: Tally) -> Tally:
        """Both together."""
        return Tally(self.absent + other.absent, self.possible + other.possible)

    @property
    def missed(self) -> Fraction | None:
        """Absence in per cent; None where nothing was possible."""
        return Fraction(100 * self.absent, self.possible) if self.possible else None


NOTHING = Tally(0, 0)


def tally(held: Iterable[Held]) -> Mapping[Session, Tally]:
    """The sessions of a child, a class or a school that count, added up by session."""
    absent: defaultdict[tuple[date, Half], int] = defaultdict(int)
    possible: defaultdict[tuple[date, Half], int] = defaultdict(int)
    for one in held:
        if one.possible:
            possible[one.day, one.half] += 1
            absent[one.day, one.half] += one.absent
    return {Session(*place): Tally(absent[place], number) for place, number in sorted(possible.items())}


def day_by_day(title: str, tallies: Mapping[Session, Tally], mondays: Sequence[date] = ()) -> HeatChart:
    """Absence day by day: a line for each school week (those named, else those there are), a column for each day."""
    cells: defaultdict[date, Tally] = defaultdict(lambda: NOTHING)
    for session, one in tallies.items():
        cells[session.day] = cells[session.day].plus(one)
    weeks = mondays or mondays_of(cells)
    days = range(max([SCHOOL_DAYS, *(day.weekday() + 1 for day in cells)]))
    return HeatChart(
        title=title,
        unit="%",
        rows=tuple(map(week_name, weeks)),
        columns=tuple(DAY_NAMES[day] for day in days),
        values=tuple(tuple(cells[monday + timedelta(days=day)].missed for day in days) for monday in weeks),
        each="Week of",
        weeks=tuple(weeks),
    )


def weekday_by_half(title: str, tallies: Mapping[Session, Tally]) -> HeatChart:
    """Absence by day of the week, morning and afternoon."""
    cells: defaultdict[tuple[int, Half], Tally] = defaultdict(lambda: NOTHING)
    for session, one in tallies.items():
        place = session.day.weekday(), session.half
        cells[place] = cells[place].plus(one)
    rows = _weekdays(tallies)
    return HeatChart(
        title=title,
        unit="%",
        rows=tuple(DAY_NAMES[row] for row in rows),
        columns=("Morning", "Afternoon"),
        values=tuple(tuple(cells[row, half].missed for half in HALVES) for row in rows),
        each="Day",
    )


def reasons(title: str, counts: Mapping[str, int], codes: Mapping[str, Code]) -> BarChart:
    """The sessions of absence by code, the most first; of equals, in the order of the law."""
    order = list(codes)
    absent = [key for key, number in counts.items() if number and codes[key].counts.absent]
    absent.sort(key=lambda key: (-counts[key], order.index(key)))
    return BarChart(
        title=title,
        unit="sessions",
        categories=tuple(f"{key}  {codes[key].title}" for key in absent),
        series=(Series("Sessions missed", tuple(Fraction(counts[key]) for key in absent)),),
        each="Reason",
    )


def year_calendar(
    title: str, first: date, last: date, held: Iterable[Held], opened: Collection[Session]
) -> CalendarChart:
    """A child's year, every weekday of it: what stands there, `blank` where the school is open and no mark is yet, and
    `closed` where it is not."""
    marks = {Session(one.day, one.half): one.code for one in held}
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return CalendarChart(title, tuple(_square(day, marks, opened) for day in days if day.weekday() < SCHOOL_DAYS))


def attendance_by_week(
    title: str, named: Mapping[str, Mapping[Session, Tally]], steps: Sequence[Step] = ()
) -> LineChart:
    """Attendance by school week, one line for each name (the first is ours), with what was done at its week: in a week
    without a session, at the one that follows."""
    weeks = mondays_of(session.day for of in named.values() for session in of)
    return LineChart(
        title=title,
        unit="%",
        categories=tuple(map(week_name, weeks)),
        series=tuple(
            Series(name, _by_week(of, weeks), ours=number == 0) for number, (name, of) in enumerate(named.items())
        ),
        milestones=tuple(_milestones(weeks, steps)),
        each="Week of",
        weeks=tuple(weeks),
    )


Telling = tuple[str, Mapping[Session, Tally], Sequence[date]]
"""A school year: its name, its sessions, and the Mondays of its school weeks."""


def two_years(title: str, this: Telling, then: Telling) -> LineChart:
    """Attendance by school week, this year and the one before: the weeks lie one over the other as they are counted."""
    weeks = this[2]
    number = max(len(weeks), len(then[2]) if then[1] else 0)
    names = tuple(week_name(weeks[at]) if at < len(weeks) else f"week {at + 1}" for at in range(number))
    series = [
        Series(name, (*_by_week(tallies, mondays), *(None,) * (number - len(mondays))), ours=of == 0)
        for of, (name, tallies, mondays) in enumerate((this, then))
        if tallies or of == 0
    ]
    return LineChart(title, "%", names, tuple(series), each="Week of", weeks=tuple(weeks))


def mondays_of(days: Iterable[date]) -> list[date]:
    """The Mondays of the weeks in which some days lie, in order."""
    return sorted({SchoolCalendar.monday(day) for day in days})


def week_name(monday: date) -> str:
    """`2 Nov`, the Monday of a week."""
    return f"{monday.day} {MONTHS[monday.month - 1][:3]}"


def _by_week(tallies: Mapping[Session, Tally], weeks: Sequence[date]) -> tuple[Fraction | None, ...]:
    cells: defaultdict[date, Tally] = defaultdict(lambda: NOTHING)
    for session, one in tallies.items():
        monday = SchoolCalendar.monday(session.day)
        cells[monday] = cells[monday].plus(one)
    missed = (cells[monday].missed for monday in weeks)
    return tuple(None if one is None else 100 - one for one in missed)


def _milestones(weeks: Sequence[date], steps: Sequence[Step]) -> Iterable[Milestone]:
    for step in sorted(steps):
        at = next((place for place, monday in enumerate(weeks) if step.day < monday + timedelta(days=7)), None)
        if at is not None:
            yield Milestone(at, f"{step.what}, {week_name(step.day)}")


def _weekdays(tallies: Mapping[Session, Tally]) -> list[int]:
    return sorted({*range(SCHOOL_DAYS), *(session.day.weekday() for session in tallies)}) if tallies else []


def _square(day: date, marks: Mapping[Session, Code], opened: Collection[Session]) -> DaySquare:
    codes = [marks.get(Session(day, half)) for half in HALVES]
    am, pm = (_state(code, Session(day, half) in opened) for code, half in zip(codes, HALVES, strict=True))
    return DaySquare(day, am, pm, *(code.key if code else "" for code in codes))


def _state(code: Code | None, opened: bool) -> str:
    if code is None:
        return "blank" if opened else "closed"
    if code.counts.attended:
        return "late" if code.late else "present"
    if code.counts.absent:
        return "unauthorised" if code.counts is Counts.UNAUTHORISED else "authorised"
    return "not-counted"
