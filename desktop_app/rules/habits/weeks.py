"""Whole weeks looked at: the first of a term, those that were broken, and three that were each worse."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from desktop_app.domain.codes import Counts
from desktop_app.domain.habits import Habit, HabitKind
from desktop_app.domain.school import Period
from desktop_app.rules.display import percent, short_date
from desktop_app.rules.habits.numbers import LEAST_BROKEN, RECENT_WEEKS, WORSE_IN_A_ROW
from desktop_app.rules.habits.record import SUNDAY, ChildRecord, Held, attendance, by_day, missed_days, week_of
from desktop_app.rules.habits.words import agreed
from desktop_app.rules.session_lists import count_words


def first_weeks(record: ChildRecord) -> tuple[Habit, ...]:
    """Sessions missed in the first school week of each term. Source: `numbers.FIRST_WEEK_SOURCE`."""
    found: list[Habit] = []
    for term in sorted(record.terms, key=lambda one: one.start):
        held = _first_week(record, term)
        missed = tuple(one for one in held if one.absent)
        if not missed:
            continue
        without = sum(one.code.counts is Counts.UNAUTHORISED for one in missed)
        authority = f", {without} of them unauthorised" if without else ", all of them authorised"
        name = f" ({term.name})" if term.name else ""
        says = (
            f"First week of term{name}: {len(missed)} of {count_words(len(held), 'session', 'sessions')} missed"
            f"{authority}."
        )
        found.append(Habit(HabitKind.FIRST_WEEK, says + agreed(record, missed), tuple(one.seen for one in missed)))
    return tuple(found)


def broken_weeks(record: ChildRecord) -> tuple[Habit, ...]:
    """Weeks with some days missed and not all, among the newest school weeks that are over."""
    weeks = record.whole_weeks(RECENT_WEEKS)
    broken = [monday for monday in weeks if _broken(record.week(monday))]
    if len(broken) < LEAST_BROKEN:
        return ()
    held = tuple(one for monday in broken for one in record.week(monday) if one.absent)
    says = f"Broken weeks: in {len(broken)} of the last {len(weeks)} school weeks some days were missed and others not."
    return (Habit(HabitKind.BROKEN_WEEKS, says + agreed(record, held), tuple(one.seen for one in held)),)


def decline(record: ChildRecord) -> tuple[Habit, ...]:
    """Each of the newest whole weeks worse than the one before it, three times in a row. Source: Knowsley, Level 2."""
    weeks = record.whole_weeks(WORSE_IN_A_ROW + 1)
    held = [record.week(monday) for monday in weeks]
    if len(weeks) <= WORSE_IN_A_ROW or not all(held):
        return ()
    missed = [(sum(one.absent for one in week), len(week)) for week in held]
    if not all(absent * later_of > later * of for (later, later_of), (absent, of) in pairwise(missed)):
        return ()
    shown = [percent(attendance(week)) for week in held]
    says = (
        f"Falling: {', '.join(shown)} in the weeks from {short_date(weeks[0])} to {short_date(weeks[-1])}, "
        f"each of the last three worse than the one before."
    )
    sessions = tuple(one for week in held for one in week if one.absent)
    return (Habit(HabitKind.DECLINE, says + agreed(record, sessions), tuple(one.seen for one in sessions)),)


def _broken(held: tuple[Held, ...]) -> bool:
    return 0 < len(missed_days(held)) < len(by_day(held))


def _first_week(record: ChildRecord, term: Period) -> tuple[Held, ...]:
    """The sessions of the week in which a term's first school day lies; none where it began before `first`."""
    opened = record.calendar.school_days(term.start, term.end)
    begins: date | None = next(iter(opened), None)
    if begins is None or begins < record.first:
        return ()
    return record.between(begins, min(week_of(begins) + SUNDAY, record.on))
