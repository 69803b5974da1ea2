"""Explaining a figure of a pupil, class, year, phase, group or the school: its arithmetic, and why others differ."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from desktop_app.actions.figures import (
    FigureRow,
    Grouping,
    PupilFigures,
    Told,
    count,
    figures,
    shown_groups,
    shown_parts,
    tell,
)
from desktop_app.actions.needs import needs
from desktop_app.actions.own_children import check_children
from desktop_app.actions.roll import Roll, read_roll
from desktop_app.context import Context
from desktop_app.domain.errors import Refused
from desktop_app.domain.explained import Explained, LeftOut
from desktop_app.domain.figures import NO_FIGURES, Figures
from desktop_app.domain.rights import Right
from desktop_app.domain.school import School
from desktop_app.domain.sessions import HALVES, Session
from desktop_app.ports import Reading
from desktop_app.rules.comparable import phase_of, who_is_counted
from desktop_app.rules.display import date_year, percent
from desktop_app.rules.expected import expected_count
from desktop_app.rules.explain import (
    AFTER,
    BEFORE,
    MEETS,
    STRAYS,
    TO_COME,
    UNMARKED,
    Child,
    account,
    amendments,
    circumstances,
    code_lines,
    dates_of,
    elsewhere,
    left_out,
    pupils_words,
    reckoning,
)
from desktop_app.rules.figures import total
from desktop_app.rules.groups import find_group, last_day_of
from desktop_app.rules.names import class_order
from desktop_app.rules.register import not_begun

ONE_DAY = timedelta(days=1)
SCHOOL = "The whole school"


@dataclass(frozen=True, slots=True)
class Whom:
    """Somebody of whom there is a figure: how it is asked for, and what they are called."""

    by: Grouping
    key: str
    title: str


@needs(Right.READ_FIGURES)
def whom(context: Context, first: date, last: date, as_at: datetime | None = None) -> tuple[Whom, ...]:
    """The school, and its phases, years, classes and groups, of which the present user may see a figure in a period."""
    told = tell(context, first, last, as_at)
    if told is None:
        return ()
    found = [Whom(Grouping.SCHOOL, "", SCHOOL)]
    parts: tuple[tuple[Grouping, str, Callable[[PupilFigures], str]], ...] = (
        (Grouping.PHASE, "", lambda row: phase_of(row.year)),
        (Grouping.YEAR, "Year ", lambda row: row.year),
        (Grouping.CLASS, "Class ", lambda row: row.class_name),
    )
    for by, words, of in parts:
        rows: defaultdict[str, list[PupilFigures]] = defaultdict(list)
        for row in told.rows:
            rows[of(row)].append(row)
        found += [
            Whom(by, key, f"{words}{key}") for key in sorted(shown_parts(rows, context, by), key=class_order) if key
        ]
    return (*found, *(Whom(Grouping.GROUP, group.key, group.title) for group in shown_groups(told, context)))


@needs(Right.READ_FIGURES)
def explain(
    context: Context,
    by: Grouping,
    key: str,
    first: date,
    last: date,
    as_at: datetime | None = None,
    comparable: bool = False,
) -> Explained:
    """Explain the figure that `figures` gives under the same words. `key` is a pupil's id, a class, year, phase or the
    key of a group; empty for the school. Raises `Refused` where there is nobody of that name then."""
    if last < first:
        raise Refused(f"The period ends ({date_year(last)}) before it begins ({date_year(first)}).")
    if by is Grouping.PUPIL:
        return _of_pupil(context, int(key), first, last, as_at)
    told = tell(context, first, last, as_at, comparable)
    if told is None:
        raise Refused("Nothing of the school had been recorded by then.")
    if by is not Grouping.GROUP and not context.knows_names:
        _check_shown(key, figures(context, first, last, by, as_at, comparable))
    title, rows = _whose(context, told, by, key)
    now: Figures | None = None
    if as_at is not None and (since := tell(context, first, last, None, comparable)) is not None:
        now = total(row.figures for row in _whose(context, since, by, key)[1])
    with context.store.reading(as_at) as reading:
        moment = context.moment(as_at)
        left, strays = _left_out_of_many(reading, told.roll, rows, (first, last), moment)
        if comparable:
            left, strays = tuple(one for one in left if one.why == UNMARKED), 0
        again = reading.marks.changed_again([row.pupil.id for row in rows], first, last)
    summed = total(row.figures for row in rows)
    amended = (f"Marks of {pupils_words(len(again))} were written more than once.",) if again else ()
    people = [(row.pupil, row.year) for row in rows]
    of = circumstances(people, told.roll.calendar, first, last, strays=strays, comparable=comparable)
    return Explained(
        title=title,
        first=first,
        last=last,
        as_at=moment,
        counts=who_is_counted(context.rulebook, comparable=comparable),
        pupils=len(rows),
        figures=summed,
        says=reckoning(summed, len(rows)),
        codes=code_lines(summed.codes, context.rulebook.codes),
        left_out=left,
        dates=_dates_of_many(told.roll, rows, first, last),
        amended=(*amended, *_since(summed, now)),
        elsewhere=elsewhere(summed, of, first, last, len(rows)),
    )


def _of_pupil(context: Context, pupil: int, first: date, last: date, as_at: datetime | None) -> Explained:
    context.require(Right.READ_REGISTER)
    moment = context.moment(as_at)
    with context.store.reading(as_at) as reading:
        roll = read_roll(reading.book) if reading.book.all(School) else None
        if roll is None or pupil not in roll.pupils:
            raise Refused("That pupil is not in this school’s book.")
        check_children(context, roll, [pupil])
        own = count(context, reading, roll, first, last, [pupil], moment).get(pupil, NO_FIGURES)
        marks = {Session(mark.day, mark.half): mark.code for mark in reading.marks.between(first, last, [pupil])}
        changes = reading.marks.history(pupil, first, last)
    now: Figures | None = None
    if as_at is not None:
        with context.store.reading() as reading:
            now = count(context, reading, read_roll(reading.book), first, last, [pupil]).get(pupil, NO_FIGURES)
    whose = roll.pupils[pupil]
    child = Child(whose, roll.memberships.get(pupil, ()), roll.patterns.get(pupil, ()), roll.calendar)
    found = account(child, marks, first, last, min(last, moment.date()), not_begun(roll.school, moment))
    place = roll.place(pupil, last_day_of(whose, last))
    people = [(whose, place.year if place else "")]
    of = circumstances(
        people, roll.calendar, first, last, strays=found.strays.total(), comparable=False, one_child=True
    )
    return Explained(
        title=whose.name,
        first=first,
        last=last,
        as_at=moment,
        counts="The sessions of this child while on roll.",
        pupils=1,
        figures=own,
        says=reckoning(own),
        codes=code_lines(own.codes, context.rulebook.codes),
        left_out=left_out(found),
        dates=dates_of(child, first, last),
        amended=(*amendments(changes), *_since(own, now)),
        elsewhere=elsewhere(own, of, first, last),
    )


def _whose(context: Context, told: Told, by: Grouping, key: str) -> tuple[str, list[PupilFigures]]:
    """Whom a figure is of, in words, and their rows."""
    if by is Grouping.SCHOOL:
        return SCHOOL, list(told.rows)
    if by is Grouping.GROUP:
        group = find_group(shown_groups(told, context), key)
        return group.title, [row for row in told.rows if group.key in told.groups[row.pupil.id]]
    if by is Grouping.CLASS:
        title, rows = f"Class {key}", [row for row in told.rows if row.class_name == key]
    elif by is Grouping.YEAR:
        title, rows = f"Year {key}", [row for row in told.rows if row.year == key]
    else:
        title, rows = key, [row for row in told.rows if phase_of(row.year) == key]
    if not rows:
        raise Refused(f"There is nobody in {title} then.")
    return title, rows


def _since(then: Figures, now: Figures | None) -> tuple[str, ...]:
    """What was recorded after the moment that was read as at."""
    if now is None:
        return ()
    if now == then:
        return ("Nothing that was recorded since changes it.",)
    return (f"As recorded now it is {percent(now.attendance)} ({now.attended} of {now.possible}).",)


def _check_shown(key: str, rows: Sequence[FigureRow]) -> None:
    if key not in {row.key for row in rows}:
        raise Refused("So few pupils are in it that one could be told by the figure. It is not shown to you.")


def _left_out_of_many(
    reading: Reading, roll: Roll, rows: Sequence[PupilFigures], period: tuple[date, date], moment: datetime
) -> tuple[tuple[LeftOut, ...], int]:
    """What is in no figure of several pupils, summed; and how many marks stand where none was expected."""
    first, last = period
    left: Counter[str] = Counter()
    raw = reading.marks.counts(first, last, [row.pupil.id for row in rows])
    strays = 0
    for row in rows:
        pupil, counted = row.pupil, row.figures
        strays += sum(raw.get(pupil.id, {}).values()) - sum(counted.codes.values())
        left[UNMARKED] += counted.unmarked
        place = roll.place(pupil.id, pupil.starting_day)
        scope = (place.class_name, place.year) if place else ("", "")
        left[BEFORE] += roll.calendar.count(first, min(last, pupil.starting_day - ONE_DAY), *scope)
        if pupil.leaving_day is not None:
            left[AFTER] += roll.calendar.count(max(first, pupil.leaving_day + ONE_DAY), last, row.class_name, row.year)
        of = roll.memberships.get(pupil.id, ()), roll.patterns.get(pupil.id, ()), roll.calendar
        left[TO_COME] += expected_count(pupil, *of, max(first, moment.date() + ONE_DAY), last)
    lines = [LeftOut(why, left[why]) for why in (UNMARKED, BEFORE, AFTER, TO_COME) if left[why]]
    return tuple([*lines, LeftOut(STRAYS, strays)] if strays else lines), strays


def _dates_of_many(roll: Roll, rows: Sequence[PupilFigures], first: date, last: date) -> tuple[str, ...]:
    came = sum(first < row.pupil.starting_day <= last for row in rows)
    went = sum(row.pupil.leaving_day is not None and first <= row.pupil.leaving_day <= last for row in rows)
    said = (
        [f"{pupils_words(came).capitalize()} came within the period, and count from the starting day."] if came else []
    )
    said += [f"{pupils_words(went).capitalize()} left within it, and count to the last day on roll."] if went else []
    closed: Counter[str] = Counter()
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        for half in HALVES:
            why = roll.calendar.closed(Session(day, half)) if day.weekday() < MEETS else None
            if why is not None:
                closed[why] += 1
    if closed:
        said.append("Half-days without school: " + ", ".join(f"{why} {n}" for why, n in closed.items()) + ".")
    return tuple(said)
