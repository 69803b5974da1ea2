"""The school year: periods added, changed and taken back, with what would come of it said before it is done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from desktop_app.actions.needs import needs
from desktop_app.actions.roll import Roll, read_roll, school_calendar
from desktop_app.actions.settle import settle_pupils
from desktop_app.context import Context
from desktop_app.domain.errors import Refused
from desktop_app.domain.marks import Mark
from desktop_app.domain.people import Pupil
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.domain.school import Period, Plan
from desktop_app.domain.sessions import Session
from desktop_app.ports import BookReading, MarksReading
from desktop_app.rules.display import date_year
from desktop_app.rules.session_lists import count_words

LONGEST = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change of the calendar would do: marks that would no longer count, marks that would count again, marks
    that stand already and stay, blanks of past sessions that would get the code of an unexpected closure, and plans
    that fall on it. Each is looked at, none is touched but the blanks."""

    lost: tuple[Mark, ...] = ()
    found_again: tuple[Mark, ...] = ()
    standing: tuple[Mark, ...] = ()
    plans: tuple[Plan, ...] = ()
    pupils: frozenset[int] = frozenset()

    @property
    def words(self) -> tuple[str, ...]:
        """The same in sentences; none where nothing would change for anybody."""
        said = (
            (len(self.lost), "mark would no longer count", "marks would no longer count"),
            (len(self.found_again), "mark would count again", "marks would count again"),
            (len(self.standing), "mark stands already and stays", "marks stand already and stay"),
            (len(self.plans), "planned absence falls on it", "planned absences fall on it"),
        )
        return tuple(f"{count_words(number, one, many)}." for number, one, many in said if number)


@needs(Right.READ_REGISTER)
def periods(context: Context, first: date, last: date) -> tuple[Period, ...]:
    """The periods of the calendar that reach into these days, in order."""
    with context.store.reading() as reading:
        known = reading.book.all(Period)
    return tuple(sorted((one for one in known if one.start <= last and one.end >= first), key=_order))


@needs(Right.CALENDAR)
def preview_period(context: Context, period: Period, *, remove: bool = False) -> Effect:
    """What adding, changing (its id is known) or removing a period would do. Raises `Refused` for a bad one."""
    with context.store.reading() as reading:
        return _effect(context, reading.book, reading.marks, _checked(period), remove=remove)


@needs(Right.CALENDAR)
def put_period(context: Context, period: Period) -> tuple[int, Effect, Changes]:
    """Add a period, or give one another version. Of an unexpected closure, what is blank of past sessions gets its code
    at once; a mark that stands is never touched."""
    with context.store.writing(context.deed("calendar", period.name)) as writing:
        effect = _effect(context, writing.book, writing.marks, _checked(period), remove=False)
        key = writing.book.put(period)
        settled = settle_pupils(context, writing, effect.pupils, period.start) if effect.pupils else 0
    changes = Changes(book=True, marks=bool(settled or effect.lost or effect.found_again))
    return key, effect, changes


@needs(Right.CALENDAR)
def remove_period(context: Context, period_id: int) -> tuple[Effect, Changes]:
    """Take a period back. Marks made while it stood stay."""
    with context.store.writing(context.deed("calendar", "removed")) as writing:
        known = writing.book.get(Period, period_id)
        if known is None:
            raise Refused("That period is not in the calendar any more.")
        effect = _effect(context, writing.book, writing.marks, known, remove=True)
        writing.book.remove(known)
    return effect, Changes(book=True, marks=bool(effect.lost or effect.found_again))


def _checked(period: Period) -> Period:
    if period.end < period.start:
        raise Refused(f"It ends ({date_year(period.end)}) before it begins ({date_year(period.start)}).")
    if period.end - period.start > LONGEST:
        raise Refused("A period is at most four hundred days long: look at the year.")
    if period.kind.unexpected and not period.name.strip():
        raise Refused("Say why the school is closed: the reason stands beside each mark.")
    return period


def _effect(context: Context, book: BookReading, marks: MarksReading, period: Period, *, remove: bool) -> Effect:
    before = read_roll(book)
    known = book.all(Period)
    after = replace(before, calendar=school_calendar(_changed(known, period, remove=remove), before.school.weekdays))
    touched = _touched(known, period)
    last = min(max(end for _, end in touched), context.today())
    of_span = marks.between(min(start for start, _ in touched), last) if touched else []
    changed = [(mark, _counts(before, mark), _counts(after, mark)) for mark in of_span]
    pupils = frozenset(one.id for one in _concerned(after, period))
    return Effect(
        lost=tuple(mark for mark, then, now in changed if then and not now),
        found_again=tuple(mark for mark, then, now in changed if now and not then),
        standing=tuple(mark for mark, _, now in changed if now and mark.pupil in pupils and _within(period, mark))
        if period.kind.unexpected
        else (),
        plans=tuple(one for one in book.all(Plan) if one.first <= period.end and one.last >= period.start)
        if not remove
        else (),
        pupils=pupils if period.kind.unexpected and not remove else frozenset(),
    )


def _changed(known: Sequence[Period], period: Period, *, remove: bool) -> tuple[Period, ...]:
    others = tuple(one for one in known if one.id != period.id or not period.id)
    return others if remove else (*others, period)


def _touched(known: Sequence[Period], period: Period) -> list[tuple[date, date]]:
    """The stretches in which anything can change: the period's own, and where it was before."""
    before = [(one.start, one.end) for one in known if period.id and one.id == period.id]
    return [(period.start, period.end), *before]


def _counts(roll: Roll, mark: Mark) -> bool:
    return mark.pupil in roll.pupils and roll.why_not(mark.pupil, Session(mark.day, mark.half)) is None


def _within(period: Period, mark: Mark) -> bool:
    return period.start <= mark.day <= period.end and period.half in (None, mark.half)


def _concerned(roll: Roll, period: Period) -> Iterable[Pupil]:
    """The pupils on roll then whose class and year the period is for."""
    for pupil in roll.pupils.values():
        place = roll.place(pupil.id, period.start)
        if place is None or not pupil.on_roll_between(period.start, period.end):
            continue
        if (
            (not period.years and not period.classes)
            or place.year in period.years
            or place.class_name in period.classes
        ):
            yield pupil


def _order(period: Period) -> tuple[date, date, int]:
    return (period.start, period.end, period.id)
