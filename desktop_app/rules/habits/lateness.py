"""Minutes late, month by month, and what they come to in a year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import time
from fractions import Fraction
from itertools import pairwise

from desktop_app.domain.habits import Habit, HabitKind
from desktop_app.domain.school import School
from desktop_app.domain.sessions import HALVES, school_year_end, school_year_start
from desktop_app.rules.display import MONTHS
from desktop_app.rules.habits.numbers import LEAST_LATE, RISING_MONTHS
from desktop_app.rules.habits.record import ChildRecord, Held
from desktop_app.rules.habits.words import listed, one_place
from desktop_app.rules.session_lists import count_words


def lateness(record: ChildRecord) -> tuple[Habit, ...]:
    """How often and how many minutes late since `first`, whether it rises from month to month, and the days of
    teaching that go missing in a year where it stays so."""
    counted = record.counted
    late = tuple(one for one in counted if one.code.late)
    if len(late) < LEAST_LATE:
        return ()
    months = _by_month(counted)
    of_months = [f"{MONTHS[month[1] - 1]} {minutes_of(held)}" for month, held in months.items()]
    silent = sum(one.minutes is None for one in late)
    says = (
        f"Late {count_words(len(late), 'time', 'times')}, {count_words(minutes_of(late), 'minute', 'minutes')}: "
        f"{listed(of_months)}{', rising month by month' if rising(list(months.values())) else ''}."
    )
    if silent:
        says += f" {silent} of them {'has' if silent == 1 else 'have'} no minutes."
    if minutes_of(late):
        says += f" At this rate {one_place(days_lost(record))} days of teaching are lost in the year."
    return (Habit(HabitKind.LATENESS, says, tuple(one.seen for one in late)),)


def minutes_of(held: Sequence[Held]) -> int:
    """The minutes late of some sessions."""
    return sum(one.minutes or 0 for one in held if one.code.late)


def rising(months: Sequence[Sequence[Held]]) -> bool:
    """Whether each of the newest months has more minutes for its sessions than the one before it. On whole numbers:
    a month of two weeks is not held against one of four."""
    newest = months[-RISING_MONTHS:]
    if len(newest) < RISING_MONTHS:
        return False
    return all(
        minutes_of(later) * len(earlier) > minutes_of(earlier) * len(later) for earlier, later in pairwise(newest)
    )


def days_lost(record: ChildRecord) -> Fraction:
    """The days of teaching lost in this school year if minutes are late in every session as they were in those so far:
    minutes a session, times the sessions of the school's year, by the minutes of the school's own day."""
    counted = record.counted
    year = record.calendar.count(school_year_start(record.on), school_year_end(record.on))
    return Fraction(minutes_of(counted) * year, len(counted) * minutes_of_day(record.school))


def minutes_of_day(school: School) -> int:
    """The minutes of teaching of a day: both sessions, each from the taking of its register to its end."""
    return sum(_minutes(school.ends(half)) - _minutes(school.times(half).opens) for half in HALVES)


def _minutes(at: time) -> int:
    return 60 * at.hour + at.minute


def _by_month(held: Sequence[Held]) -> Mapping[tuple[int, int], list[Held]]:
    months: defaultdict[tuple[int, int], list[Held]] = defaultdict(list)
    for one in held:
        months[one.day.year, one.day.month].append(one)
    return months
