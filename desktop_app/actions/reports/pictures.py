"""The school’s year in pictures: when children were absent, why, and how it compares with last year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from desktop_app.actions.needs import needs
from desktop_app.actions.reports.beside import pictures_beside
from desktop_app.actions.reports.frame import Frame, frame
from desktop_app.actions.reports.spec import Asked
from desktop_app.context import Context
from desktop_app.domain.charts import LineChart
from desktop_app.domain.marks import Mark
from desktop_app.domain.report import Block, ChartBlock, Report, TextBlock
from desktop_app.domain.rights import Right
from desktop_app.domain.sessions import Session, school_year_end, school_year_name, school_year_start
from desktop_app.rules.display import long_date
from desktop_app.rules.pictures import Tally, day_by_day, mondays_of, reasons, two_years, weekday_by_half

ONE_DAY = timedelta(days=1)


class Year(NamedTuple):
    """The marks of some days: what each session came to, and how often each code stands."""

    sessions: Mapping[Session, Tally]
    codes: Mapping[str, int]


@needs(Right.READ_REGISTER)
def school_pictures(context: Context, asked: Asked) -> Report:
    """Pictures of the school year of a day, up to that day, of the school or a class; no child is named in them."""
    if asked.class_name:
        context.require_class(asked.class_name)
    with frame(context, asked) as made:
        year = read_year(made, made.year_first, asked.on)
        before = made.year_first - ONE_DAY
        last_year = read_year(made, school_year_start(before), before)
        mondays = mondays_of(made.roll.calendar.school_days(made.year_first, asked.on))
        blocks: list[Block] = [
            ChartBlock(trend(made, year, last_year)),
            ChartBlock(weekday_by_half("Absence by day of the week and half", year.sessions)),
            ChartBlock(reasons("Absence by reason", year.codes, context.rulebook.codes)),
            ChartBlock(day_by_day("Absence, day by day", year.sessions, mondays)),
            *pictures_beside(context, asked.on, asked.as_at, comparable=True),
        ]
        if not last_year.sessions:
            blocks.insert(1, TextBlock("Nothing is recorded of the year before, so there is nothing to set beside it."))
        whose = f"Class {asked.class_name}, school" if asked.class_name else "School"
        subtitle = f"{whose} year {school_year_name(asked.on)}, up to {long_date(asked.on)}"
        return made.report("calendar", "The school year in pictures", subtitle, blocks)


def read_year(made: Frame, first: date, last: date) -> Year:
    """Every mark from `first` to `last` of the school or the class that was asked for. One where no session was
    expected is not counted, as it is not in the figures."""
    counts = _of_class(made, first, last) if made.asked.class_name else _of_school(made, first, last)
    known = made.context.rulebook.codes
    tallies: dict[Session, Tally] = {}
    codes: Counter[str] = Counter()
    for session in sorted(counts, key=lambda one: (one.day, one.half.ordinal)):
        of = counts[session]
        codes.update(of)
        possible = sum(number for key, number in of.items() if known[key].counts.possible)
        if possible:
            tallies[session] = Tally(sum(number for key, number in of.items() if known[key].counts.absent), possible)
    return Year(tallies, codes)


def trend(made: Frame, year: Year, last_year: Year) -> LineChart:
    """Attendance by school week, this year and last."""
    calendar, before = made.roll.calendar, made.year_first - ONE_DAY
    ours = mondays_of(calendar.school_days(made.year_first, school_year_end(made.year_first)))
    theirs = mondays_of(calendar.school_days(school_year_start(before), before))
    this = (school_year_name(made.year_first), year.sessions, ours)
    then = (school_year_name(before), last_year.sessions, theirs)
    return two_years("Attendance by school week", this, then)


def _of_school(made: Frame, first: date, last: date) -> Mapping[Session, Counter[str]]:
    """Added up in the store, and then without what stands where it should not: that is sought among the marks of the
    days on which some have no session, and of those who joined or left."""
    found = {session: Counter(of) for session, of in made.reading.marks.by_session(first, last).items()}
    days = {session.day for session in found}.intersection(made.roll.calendar.not_open_to_all(first, last))
    for mark in {*made.reading.marks.on(days), *_out_of_span(made, first, last)}:
        session = Session(mark.day, mark.half)
        if made.roll.why_not(mark.pupil, session):
            found[session][mark.code] -= 1
    return found


def _out_of_span(made: Frame, first: date, last: date) -> Iterator[Mark]:
    pupils, marks = made.roll.pupils.values(), made.reading.marks
    joined = {one.id: one.starting_day for one in pupils if one.starting_day > first}
    if joined:
        until = min(last, max(joined.values()) - ONE_DAY)
        yield from marks.between(first, until, list(joined))
    left = {one.id: one.leaving_day for one in pupils if one.leaving_day is not None and one.leaving_day < last}
    if left:
        yield from marks.between(max(first, min(left.values()) + ONE_DAY), last, list(left))


def _of_class(made: Frame, first: date, last: date) -> Mapping[Session, Counter[str]]:
    """The marks of those who were in the class on the day."""
    roll, name = made.roll, made.asked.class_name
    found: dict[Session, Counter[str]] = {}
    for mark in made.reading.marks.between(first, last, [one.id for one in roll.in_class(name, first, last)]):
        session, place = Session(mark.day, mark.half), roll.place(mark.pupil, mark.day)
        if place is not None and place.class_name == name and not roll.why_not(mark.pupil, session):
            found.setdefault(session, Counter())[mark.code] += 1
    return found
