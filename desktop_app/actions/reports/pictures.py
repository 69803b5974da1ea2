"""The school’s year in pictures: when children were absent, why, and how it compares with last year."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from desktop_app.actions.needs import needs
from desktop_app.actions.reports.beside import pictures_beside
from desktop_app.actions.reports.frame import Frame, frame
from desktop_app.actions.reports.spec import Asked
from desktop_app.context import Context
from desktop_app.domain.charts import BarChart, HeatChart, LineChart, Series
from desktop_app.domain.report import Block, ChartBlock, Report, TextBlock
from desktop_app.domain.rights import Right
from desktop_app.domain.sessions import HALVES, Half, Session, school_year_end, school_year_name, school_year_start
from desktop_app.rules.calendar import DAY_NAMES
from desktop_app.rules.display import MONTHS, long_date

SUNDAY = timedelta(days=6)


class Tally(NamedTuple):
    """Of how many possible sessions how many were missed."""

    absent: int = 0
    possible: int = 0

    def plus(self, other: Tally) -> Tally:
        """Both together."""
        return Tally(self.absent + other.absent, self.possible + other.possible)

    @property
    def missed(self) -> Fraction | None:
        """Absence in per cent; None where nothing was possible."""
        return Fraction(100 * self.absent, self.possible) if self.possible else None


class Year(NamedTuple):
    """The marks of some days: what each session came to, and how often each code stands."""

    sessions: Mapping[Session, Tally]
    codes: Mapping[str, int]


@needs(Right.READ_REGISTER)
def school_pictures(context: Context, asked: Asked) -> Report:
    """Pictures of the school year of a day, up to that day; no child is named in them."""
    with frame(context, asked) as made:
        year = read_year(made, made.year_first, asked.on)
        before = made.year_first - timedelta(days=1)
        last_year = read_year(made, school_year_start(before), before)
        blocks: list[Block] = [
            ChartBlock(trend(made, year, last_year)),
            ChartBlock(_by_weekday("Absence by day of the week and half", year)),
            ChartBlock(_reasons(context, year)),
            ChartBlock(_by_week(made, year, asked.on)),
            *pictures_beside(context, asked.on, asked.as_at, comparable=True),
        ]
        if not last_year.sessions:
            blocks.insert(1, TextBlock("Nothing is recorded of the year before, so there is nothing to set beside it."))
        subtitle = f"School year {school_year_name(asked.on)}, up to {long_date(asked.on)}"
        return made.report("calendar", "The school year in pictures", subtitle, blocks)


def read_year(made: Frame, first: date, last: date) -> Year:
    """Read every mark from `first` to `last` in one statement; one where no session was expected is not counted, as it
    is not in the figures."""
    known = made.context.rulebook.codes
    roll = made.roll
    odd_days = frozenset(roll.calendar.not_open_to_all(first, last))
    kinds = {key: (code.counts.possible, code.counts.absent) for key, code in known.items()}
    spans = {key: (one.starting_day, one.leaving_day or date.max) for key, one in roll.pupils.items()}
    mornings: defaultdict[date, list[int]] = defaultdict(lambda: [0, 0])  # how many missed, of how many
    afternoons: defaultdict[date, list[int]] = defaultdict(lambda: [0, 0])
    codes: Counter[str] = Counter()
    for pupil, day, half, code, *_ in made.reading.marks.between(first, last):
        starts, leaves = spans[pupil]
        odd = day in odd_days or day < starts or day > leaves
        if odd and roll.why_not(pupil, Session(day, half)):
            continue
        codes[code] += 1
        counts, missed = kinds[code]
        if counts:
            found = (mornings if half is Half.AM else afternoons)[day]
            found[0] += missed
            found[1] += 1
    by_half = ((Half.AM, mornings), (Half.PM, afternoons))
    places = [(Session(day, half), Tally(*number)) for half, of in by_half for day, number in of.items()]
    tallies = dict(sorted(places, key=lambda one: (one[0].day, one[0].half.ordinal)))
    return Year(tallies, codes)


def trend(made: Frame, year: Year, last_year: Year) -> LineChart:
    """Attendance by school week, this year and last: the weeks lie one over the other as they are counted."""
    calendar = made.roll.calendar
    ours = _mondays(calendar.school_days(made.year_first, school_year_end(made.year_first)))
    before = made.year_first - timedelta(days=1)
    theirs = _mondays(calendar.school_days(school_year_start(before), before))
    number = max(len(ours), len(theirs) if last_year.sessions else 0)
    names = tuple(_week_name(ours[at]) if at < len(ours) else f"week {at + 1}" for at in range(number))
    series = [Series(f"{school_year_name(made.year_first)}", _weekly(year, ours, number))]
    if last_year.sessions:
        series.append(Series(school_year_name(before), _weekly(last_year, theirs, number), ours=False))
    return LineChart("Attendance by school week", "%", names, tuple(series))


def _weekly(year: Year, mondays: Sequence[date], number: int) -> tuple[Fraction | None, ...]:
    weeks: defaultdict[date, Tally] = defaultdict(Tally)
    for session, one in year.sessions.items():
        monday = session.day - timedelta(days=session.day.weekday())
        weeks[monday] = weeks[monday].plus(one)
    values = [weeks[monday].missed for monday in mondays] + [None] * (number - len(mondays))
    return tuple(None if one is None else 100 - one for one in values)


def _by_weekday(title: str, year: Year) -> HeatChart:
    cells: defaultdict[tuple[int, Half], Tally] = defaultdict(Tally)
    for session, one in year.sessions.items():
        place = session.day.weekday(), session.half
        cells[place] = cells[place].plus(one)
    days = sorted({*range(5), *(day for day, _ in cells)})
    values = tuple(tuple(cells[day, half].missed for half in HALVES) for day in days)
    return HeatChart(title, "%", tuple(DAY_NAMES[day] for day in days), ("Morning", "Afternoon"), values)


def _by_week(made: Frame, year: Year, last: date) -> HeatChart:
    """The absence calendar of the year: a line for each school week, a column for each day of the week."""
    cells: defaultdict[date, Tally] = defaultdict(Tally)
    for session, one in year.sessions.items():
        cells[session.day] = cells[session.day].plus(one)
    mondays = _mondays(made.roll.calendar.school_days(made.year_first, last))
    days = range(max([5, *(day.weekday() + 1 for day in cells)]))
    values = tuple(
        tuple(
            cells[monday + timedelta(days=day)].missed if monday + timedelta(days=day) in cells else None
            for day in days
        )
        for monday in mondays
    )
    columns = tuple(DAY_NAMES[day] for day in days)
    return HeatChart("Absence, day by day", "%", tuple(map(_week_name, mondays)), columns, values)


def _reasons(context: Context, year: Year) -> BarChart:
    known = context.rulebook.codes
    absent = [key for key, number in year.codes.items() if number and known[key].counts.absent]
    order = sorted(absent, key=lambda key: (-year.codes[key], list(known).index(key)))
    names = tuple(f"{key}  {known[key].title}" for key in order)
    return BarChart(
        "Absence by reason",
        "sessions",
        names,
        (Series("Sessions missed", tuple(Fraction(year.codes[k]) for k in order)),),
    )


def _mondays(days: Sequence[date]) -> list[date]:
    return sorted({day - timedelta(days=day.weekday()) for day in days})


def _week_name(monday: date) -> str:
    return f"{monday.day} {MONTHS[monday.month - 1][:3]}"
