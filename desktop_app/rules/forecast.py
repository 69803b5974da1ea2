"""Looking ahead, on whole numbers: what is still possible, what may be missed, and what the present rate leads to.

Sources: the Department for Education's definition of persistent absence (10 % or more of the child's own possible
sessions missed); "Working together to improve school attendance", national framework for penalty notices (a school week
is any week with a session) and Notices to Improve; SI 2024/208 regulation 13 (sickness return).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

from desktop_app.domain.forecast import (
    Aim,
    DueSession,
    Forecast,
    Improvement,
    MayMiss,
    PastSession,
    Rate,
    Reach,
    ReachKind,
)
from desktop_app.domain.rulebook import Pack, Rulebook
from desktop_app.domain.sessions import SUNDAY
from desktop_app.domain.triggers import TriggerKind
from desktop_app.rules.calendar import SchoolCalendar
from desktop_app.rules.figures import is_share, least_sessions
from desktop_app.rules.targets import LEAST, holds

RATE_WEEKS = 6
"""The school weeks whose rate is carried on: long enough that one cold is no forecast, short enough to be the present;
the same six after which Knowsley's Level 1 is looked at again."""


class Window(NamedTuple):
    """So many sessions of some codes in so many school weeks."""

    sessions: int
    weeks: int
    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lines:
    """What a look ahead is held against: the national test of persistent absence and the sessions before which it is
    too early to say, the penalty threshold and the sessions of illness (None: no trigger of the school names any), the
    school weeks of a Notice to Improve."""

    times: int
    least: int
    penalty: Window | None
    sickness: int | None
    improvement: tuple[int, int]


def lines_of(rulebook: Rulebook, pack: Pack) -> Lines:
    """The lines of a school with that pack: those by which its triggers are worked out."""
    penalty = rulebook.trigger_of(pack, TriggerKind.PENALTY_THRESHOLD, "penalty-window")
    sickness = rulebook.trigger_of(pack, TriggerKind.SICKNESS_RETURN, "illness")
    return Lines(
        times=rulebook.persistent.times,
        least=least_sessions(pack, rulebook),
        penalty=_window(penalty.params) if penalty else None,
        sickness=2 * int(sickness.params["days"]) if sickness else None,
        improvement=(rulebook.outlook.improvement_from.value, rulebook.outlook.improvement_to.value),
    )


def _window(params: Mapping[str, str]) -> Window:
    return Window(int(params["sessions"]), int(params["weeks"]), frozenset(params["codes"].split()))


@dataclass(frozen=True, slots=True)
class Course:
    """What a forecast is worked out from. `past` are the sessions that count and have a mark, up to `on`, from as far
    back as the school weeks of the penalty threshold and the child's target reach; those from `first` on are this
    school year. `due` are those to come, in order, to the end of the year; `end` is the last day looked at and `end_is`
    why. `penalty`: the school may ask for penalty notices. `aims` are the attendances that somebody wants to hold."""

    pupil: int
    on: date
    first: date
    end: date
    end_is: str
    calendar: SchoolCalendar
    past: tuple[PastSession, ...]
    due: tuple[DueSession, ...]
    unmarked: int = 0
    penalty: bool = True
    aims: tuple[Aim, ...] = ()


def look_ahead(course: Course, lines: Lines) -> Forecast:
    """The forecast."""
    times = lines.times
    year = [one for one in course.past if one.day >= course.first]
    possible, absent = len(year), sum(one.absent for one in year)
    due = [one for one in course.due if one.session.day <= course.end]
    planned = sum(one.planned for one in due)
    whole, free = possible + len(due), len(due) - planned
    persistent = is_share(times, absent, possible) if possible else None
    rate = _rate(course)
    return Forecast(
        pupil=course.pupil,
        on=course.on,
        end=course.end,
        end_is=course.end_is,
        possible=possible,
        absent=absent,
        unmarked=course.unmarked,
        remaining=len(due),
        planned=planned,
        times=times,
        persistent=persistent,
        leave_pa=_most((whole - 1) // times - absent - planned if whole else -1, free),
        left_by=_left_by(possible, absent, due, times) if persistent else None,
        rate=rate,
        reaches=_reaches(course, due, rate, lines),
        improvements=_improvements(course, lines),
        aims=tuple(
            _target(course, due, aim, aim.first) if aim.first else may_miss(aim, whole, absent + planned, free)
            for aim in course.aims
        ),
        least=lines.least,
    )


def may_miss(aim: Aim, possible: int, absent: int, free: int) -> MayMiss:
    """How many of `free` more sessions may be missed so that, `absent` of `possible` being missed already, the aim is
    held: 100 × (possible - absent - m) ≥ percent × possible, or more than it."""
    share = aim.percent * possible / 100
    least = floor(share) + 1 if aim.above else ceil(share)
    return MayMiss(aim, _most(possible - absent - least, free))


def _target(course: Course, due: Sequence[DueSession], aim: Aim, first: date) -> MayMiss:
    """As `may_miss`, over the days of the child's target alone."""
    until = min(aim.until or course.end, course.end)
    since = [one for one in course.past if one.day >= first]
    left = [one for one in due if one.session.day <= until]
    absent, planned = sum(one.absent for one in since), sum(one.planned for one in left)
    found = may_miss(aim, len(since) + len(left), absent + planned, len(left) - planned)
    attended, possible = len(since) - absent, len(since)
    early = possible < min(LEAST, possible + len(left))
    met = None if early or not possible else holds(attended, possible, aim.percent)
    return MayMiss(aim, found.sessions, until, attended, possible, met, planned)


def persistent_if(found: Forecast, sessions: int) -> bool | None:
    """Whether the child would be persistently absent at the end, if it missed so many sessions more."""
    whole = found.possible_at_end
    return is_share(found.times, found.absent + found.planned + sessions, whole) if whole else None


def not_persistent(times: int) -> Aim:
    """The attendance above which nobody is persistently absent."""
    return Aim(100 - Fraction(100, times), above=True)


def _most(number: int, free: int) -> int | None:
    return None if number < 0 else min(number, free)


def _left_by(possible: int, absent: int, due: Sequence[DueSession], times: int) -> date | None:
    """The day of the first session after which the child is not persistently absent, if it attends every one for which
    nothing is planned."""
    for one in due:
        possible += 1
        absent += one.planned
        if not is_share(times, absent, possible):
            return one.session.day
    return None


def _rate(course: Course) -> Rate | None:
    """The newest school weeks; None where the child had no session in them."""
    weeks = course.calendar.school_weeks(course.on, RATE_WEEKS)
    if not weeks:
        return None
    recent = [one for one in course.past if one.day >= weeks[0]]
    if not recent:
        return None
    return Rate(
        weeks=len({SchoolCalendar.monday(one.day) for one in recent}),
        first=min(one.day for one in recent),
        possible=len(recent),
        absent=sum(one.absent for one in recent),
        unauthorised=sum(one.unauthorised for one in recent),
        ill=sum(one.ill for one in recent),
    )


def _reaches(course: Course, due: Sequence[DueSession], rate: Rate | None, lines: Lines) -> tuple[Reach, ...]:
    if rate is None:
        return ()
    year = [one for one in course.past if one.day >= course.first]
    found = [_persistence(year, due, Fraction(rate.absent, rate.possible), lines.times)] if year else []
    if course.penalty and lines.penalty is not None:
        found.append(_penalty(course, due, Fraction(rate.unauthorised, rate.possible), lines.penalty))
    if lines.sickness is not None:
        ill = sum(one.ill and one.compulsory for one in year)
        found.append(_sickness(ill, due, Fraction(rate.ill, rate.possible), lines.sickness))
    return tuple(found)


def _persistence(year: Sequence[PastSession], due: Sequence[DueSession], rate: Fraction, times: int) -> Reach:
    """Where the child is persistently absent, when it no longer would be; else when it would be."""
    possible, absent = len(year), sum(one.absent for one in year)
    met = is_share(times, absent, possible)

    def other(missed: Fraction, number: int) -> bool:
        return is_share(times, absent + missed, possible + number) is not met

    kind = ReachKind.NOT_PERSISTENT if met else ReachKind.PERSISTENT
    return Reach(kind, False, _first(due, rate, other), absent, possible)


def _sickness(ill: int, due: Sequence[DueSession], rate: Fraction, sessions: int) -> Reach:
    """So many sessions of illness in the school year, below and above compulsory school age left out."""
    of_age = [one for one in due if one.compulsory]
    met = ill >= sessions
    on = None if met or not rate else _first(of_age, rate, lambda missed, _: ill + missed >= sessions)
    return Reach(ReachKind.SICKNESS, met, on, ill, sessions)


def _first(due: Sequence[DueSession], rate: Fraction, holds: Callable[[Fraction, int], bool]) -> date | None:
    """The day of the first session after which something holds, where each is missed at a rate. A planned absence is
    no more than the rate says: the weeks it was taken from had theirs."""
    for number, one in enumerate(due, start=1):
        if holds(rate * number, number):
            return one.session.day
    return None


def _penalty(course: Course, due: Sequence[DueSession], rate: Fraction, threshold: Window) -> Reach:
    """So many unauthorised sessions in so many school weeks, those of compulsory school age alone: in the weeks that
    end with that of `on`, and then in every later one, its sessions being missed at the rate."""
    needed, weeks = threshold.sessions, threshold.weeks
    in_week: defaultdict[date, Fraction] = defaultdict(Fraction)
    for one in course.past:
        if one.unauthorised and one.compulsory:
            in_week[SchoolCalendar.monday(one.day)] += 1
    window = course.calendar.school_weeks(course.on, weeks)
    now = sum((in_week[monday] for monday in window), Fraction(0))
    on = None
    if now < needed and rate:
        on = _penalty_day(course, due, rate, in_week, needed, weeks)
    provisional = tuple(
        one.session
        for one in course.past
        if one.unauthorised and one.compulsory and one.provisional and SchoolCalendar.monday(one.day) in window
    )
    return Reach(ReachKind.PENALTY, now >= needed, on, int(now), needed, weeks, provisional)


def _penalty_day(
    course: Course,
    due: Sequence[DueSession],
    rate: Fraction,
    in_week: defaultdict[date, Fraction],
    needed: int,
    weeks: int,
) -> date | None:
    reckoned: date | None = None
    window: tuple[date, ...] = ()
    for one in due:
        if not one.compulsory:
            continue
        monday = SchoolCalendar.monday(one.session.day)
        if monday != reckoned:
            reckoned, window = monday, course.calendar.school_weeks(monday + SUNDAY, weeks)
        in_week[monday] += rate
        if sum((in_week[each] for each in window), Fraction(0)) >= needed:
            return one.session.day
    return None


def _improvements(course: Course, lines: Lines) -> tuple[Improvement, ...]:
    """The stretches that a Notice to Improve may set: whole school weeks, from the first that begins after `on`."""
    begins = SchoolCalendar.monday(course.on) + timedelta(days=7)
    mondays = sorted({SchoolCalendar.monday(one.session.day) for one in course.due if one.session.day >= begins})
    wanted = {Aim(aim.percent, aim.above) for aim in course.aims}
    aims = tuple(sorted({*wanted, not_persistent(lines.times)}, key=lambda aim: aim[:2], reverse=True))
    found: list[Improvement] = []
    least, most = lines.improvement
    for weeks in range(least, most + 1):
        if len(mondays) < weeks:
            break
        within = [one for one in course.due if mondays[0] <= one.session.day <= mondays[weeks - 1] + SUNDAY]
        planned = sum(one.planned for one in within)
        missable = tuple(may_miss(aim, len(within), planned, len(within) - planned) for aim in aims)
        days = [one.session.day for one in within]
        found.append(Improvement(weeks, days[0], days[-1], len(within), planned, missable))
    return tuple(found)
