"""Absence that falls on one day of the week, in one half of the day, or beside weekends and holidays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import date, timedelta
from itertools import pairwise

from desktop_app.domain.habits import Habit, HabitKind
from desktop_app.domain.sessions import HALVES, Half
from desktop_app.rules.calendar import DAY_NAMES
from desktop_app.rules.habits.chance import rare, rare_coin
from desktop_app.rules.habits.numbers import LEAST_BESIDE_HOLIDAY, LEAST_DAYS
from desktop_app.rules.habits.record import ChildRecord, Held, by_day, missed_days
from desktop_app.rules.habits.words import agreed

HALF_NAMES = {Half.AM: "Mornings", Half.PM: "Afternoons"}
SATURDAY = 5


def weekdays(record: ChildRecord) -> tuple[Habit, ...]:
    """Each day of the week on which the child is missing more often than chance would have it (`numbers.ONE_IN`)."""
    days = tuple(by_day(record.counted))
    missed = missed_days(record.counted)
    open_on, missed_on = Counter(day.weekday() for day in days), Counter(day.weekday() for day in missed)
    found: list[Habit] = []
    for weekday, number in sorted(missed_on.items()):
        if number < LEAST_DAYS or not rare(number, len(missed), open_on[weekday], len(days), len(open_on)):
            continue
        held = tuple(one for one in record.missed if one.day.weekday() == weekday)
        name = DAY_NAMES[weekday]
        says = (
            f"{name}s: {number} of the {len(missed)} days missed are {name}s. "
            f"{open_on[weekday]} of the {len(days)} school days were."
        )
        found.append(_habit(HabitKind.WEEKDAY, record, says, held))
    return tuple(found)


def halves(record: ChildRecord) -> tuple[Habit, ...]:
    """Mornings or afternoons missed by themselves. A day missed whole says nothing about its halves, and a day of which
    only one half was to be attended neither."""
    alone = [
        next(one for one in held if one.absent)
        for held in by_day(record.counted).values()
        if len(held) == len(HALVES) and sum(one.absent for one in held) == 1
    ]
    found: list[Habit] = []
    for half in HALVES:
        held = tuple(one for one in alone if one.half is half)
        if len(held) < LEAST_DAYS or not rare_coin(len(held), len(alone), len(HALVES)):
            continue
        which = "the morning" if half is Half.AM else "the afternoon"
        says = (
            f"{HALF_NAMES[half]}: on {len(held)} of the {len(alone)} days of which one half was missed, it was {which}."
        )
        found.append(_habit(HabitKind.HALF, record, says, held))
    return tuple(found)


def beside_weekends(record: ChildRecord) -> tuple[Habit, ...]:
    """The last day before and the first after a weekend, together. Where only one of the two is missed it is a weekday,
    and told as such."""
    before, after = _edges(record, weekend=True)
    missed = missed_days(record.counted)
    if not before.intersection(missed) or not after.intersection(missed):
        return ()
    words = "the last before or the first after a weekend"
    return _beside(record, HabitKind.BESIDE_WEEKEND, "Beside weekends", words, before | after, LEAST_DAYS)


def beside_holidays(record: ChildRecord) -> tuple[Habit, ...]:
    """The last day before and the first after a holiday, an INSET day or a closure that was planned."""
    before, after = _edges(record, weekend=False)
    words = "the last before or the first after a holiday"
    return _beside(record, HabitKind.BESIDE_HOLIDAY, "Beside holidays", words, before | after, LEAST_BESIDE_HOLIDAY)


def _beside(
    record: ChildRecord, kind: HabitKind, name: str, words: str, edges: Collection[date], least: int
) -> tuple[Habit, ...]:
    days, missed = tuple(by_day(record.counted)), missed_days(record.counted)
    of_kind = sum(day in edges for day in days)
    number = sum(day in edges for day in missed)
    if number < least or not rare(number, len(missed), of_kind, len(days)):
        return ()
    held = tuple(one for one in record.missed if one.day in edges)
    says = (
        f"{name}: {number} of the {len(missed)} days missed are {words}. {of_kind} of the {len(days)} school days were."
    )
    return (_habit(kind, record, says, held),)


def _edges(record: ChildRecord, *, weekend: bool) -> tuple[set[date], set[date]]:
    """The school days before, and those after, every gap that is only a weekend; or every gap that is more."""
    month = timedelta(days=70)  # longer than the summer holiday, so that its far side is seen
    days = record.calendar.school_days(record.first - month, record.on + month)
    before: set[date] = set()
    after: set[date] = set()
    for one, following in pairwise(days):
        between = [one + timedelta(days=number) for number in range(1, (following - one).days)]
        if between and all(day.weekday() >= SATURDAY for day in between) is weekend:
            before.add(one)
            after.add(following)
    return before, after


def _habit(kind: HabitKind, record: ChildRecord, says: str, held: tuple[Held, ...]) -> Habit:
    return Habit(kind, says + agreed(record, held), tuple(one.seen for one in held))
