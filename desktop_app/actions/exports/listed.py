"""From rows to the report that a list is: whose rows, in which order, and what is said of them."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import TypeVar

from desktop_app.actions.exports.spec import ListAsked
from desktop_app.actions.own_children import check_children
from desktop_app.actions.roll import Roll, read_roll
from desktop_app.context import Context, as_aware
from desktop_app.domain.errors import Refused
from desktop_app.domain.people import Pupil
from desktop_app.domain.progress import Progress
from desktop_app.domain.report import Report, ReportColumn, TableBlock, Unit, Value
from desktop_app.rules.display import long_date
from desktop_app.rules.session_lists import count_words

R = TypeVar("R")
YES = "yes"
CHILD, CLASS = ReportColumn("Child"), ReportColumn("Class")
FULL = "Every line of the list is here."


def text(*headings: str) -> tuple[ReportColumn, ...]:
    """Columns of text."""
    return tuple(map(ReportColumn, headings))


def days(*headings: str) -> tuple[ReportColumn, ...]:
    """Columns of days."""
    return tuple(ReportColumn(one, Unit.DAY) for one in headings)


def moments(*headings: str) -> tuple[ReportColumn, ...]:
    """Columns of days with the time."""
    return tuple(ReportColumn(one, Unit.MOMENT) for one in headings)


def counts(*headings: str) -> tuple[ReportColumn, ...]:
    """Columns of whole numbers."""
    return tuple(ReportColumn(one, Unit.COUNT) for one in headings)


def yes(said: bool) -> str:
    """`yes`, or nothing."""
    return YES if said else ""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a list. `key` is what a screen calls it by; `pupil` and `class_name` are those it is about."""

    values: tuple[Value, ...]
    key: str = ""
    pupil: int = 0
    class_name: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a list; `empty` is said where it has no row."""

    title: str
    columns: Sequence[ReportColumn]
    lines: Iterable[Line]
    empty: str = "Nothing to list."
    note: str = ""


def listed(
    context: Context, asked: ListAsked, key: str, sheets: Sequence[Sheet], subtitle: str = "", *, pupil: int = 0
) -> Report:
    """The list as a report of this moment. Lines of another child or class than was asked for are left out, and so are
    those that the screen does not show; the order is that of the screen. Refused for a child or a class whom the
    present user does not see."""
    with context.store.reading() as reading:
        roll = read_roll(reading.book)
    whose = _whose(context, roll, asked)
    tables = tuple(_table(one, asked) for one in sheets)
    return Report(
        key=key,
        title=sheets[0].title,
        subtitle=". ".join(filter(None, (whose, subtitle))),
        school=roll.school.name,
        as_at=context.now(),
        counts=_counts(asked, len(tables[0].rows)),
        blocks=tables,
        pupil=pupil or asked.pupil,
    )


def day_of(context: Context, asked: ListAsked) -> date:
    """The day that the list is of."""
    return asked.on or context.today()


def as_of(context: Context, asked: ListAsked) -> Context:
    """The context of the end of the day that was asked for, where that is not today: what is worked out up to today is
    then worked out up to that day, from what is known now."""
    if asked.on is None or asked.on == context.today():
        return context
    moment = as_aware(datetime.combine(asked.on, time(23, 59))).astimezone(UTC)
    return replace(context, clock=lambda: moment)


def worked_out(work: Generator[Progress, None, R]) -> R:
    """What long work returns, without a stop."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            result: R = end.value
            return result


def class_of(roll: Roll, pupil: int, day: date) -> str:
    """The class of a child on a day; of one who starts later, the first."""
    child = roll.pupils.get(pupil)
    place = roll.place(pupil, max(day, child.starting_day)) if child is not None else None
    return place.class_name if place else ""


def _whose(context: Context, roll: Roll, asked: ListAsked) -> str:
    """Whom the list is of, in words, once it holds that the present user may read of them."""
    if asked.class_name:
        context.require_class(asked.class_name)
    child: Pupil | None = None
    if asked.pupil:
        child = roll.pupils.get(asked.pupil)
        if child is None:
            raise Refused("That pupil is not in this school’s book.")
        check_children(context, roll, [asked.pupil])
    on = f"on {long_date(asked.on)}" if asked.on is not None and asked.first is None else ""
    words = (child.name if child else "", f"Class {asked.class_name}" if asked.class_name else "", on)
    said = ", ".join(filter(None, words))
    return said[:1].upper() + said[1:]


def _counts(asked: ListAsked, rows: int) -> str:
    """Whether it is all of the list, or by what it was narrowed on the screen."""
    if asked.filtered:
        return f"As narrowed on the screen ({asked.filtered}): {count_words(rows, 'line', 'lines')}."
    return FULL


def _table(sheet: Sheet, asked: ListAsked) -> TableBlock:
    lines = [
        one
        for one in sheet.lines
        if (not asked.pupil or one.pupil in (0, asked.pupil))
        and (not asked.class_name or one.class_name in ("", asked.class_name))
    ]
    if asked.shown is not None and any(one.key for one in lines):
        place = {key: at for at, key in reversed(list(enumerate(asked.shown)))}
        lines = sorted((one for one in lines if one.key in place), key=lambda one: place[one.key])
    return TableBlock(
        sheet.title,
        tuple(sheet.columns),
        tuple(one.values for one in lines),
        sheet.note,
        sheet.empty,
        pupils=tuple(one.pupil for one in lines),
    )
