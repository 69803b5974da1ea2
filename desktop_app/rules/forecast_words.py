"""A forecast in plain sentences, the same on the screen, on paper and at the door."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from desktop_app.domain.forecast import Aim, Forecast, Improvement, MayMiss, Reach, ReachKind
from desktop_app.domain.sessions import Session
from desktop_app.rules.display import date_year, percent, short_date
from desktop_app.rules.forecast import persistent_if
from desktop_app.rules.habits.words import days_of, days_words, listed
from desktop_app.rules.session_lists import count_words, sessions_list


class Said(NamedTuple):
    """One line: what it is about, and the sentence."""

    about: str
    says: str


def forecast_words(found: Forecast) -> tuple[Said, ...]:
    """Every line of a forecast."""
    return tuple(_lines(found))


def what_if(found: Forecast, sessions: int) -> str:
    """What so many more missed sessions would come to."""
    if not found.possible_at_end:
        return "There is no session to reckon with."
    if sessions > found.may_come:
        return f"Only {count_words(found.may_come, 'session is', 'sessions are')} still to come."
    missed = "everything attended from now on" if not sessions else f"{missed_words(sessions)} more missed"
    persistent = "persistently absent" if persistent_if(found, sessions) else "not persistently absent"
    return f"With {missed}: {percent(found.if_misses(sessions), 2)} on {date_year(found.end)}, {persistent}."


def missed_words(sessions: int) -> str:
    """`5 sessions (2½ days)`."""
    return f"{count_words(sessions, 'session', 'sessions')} ({days_words(sessions)})"


def aim_words(aim: Aim) -> str:
    """`95%`, `more than 90%`."""
    whole = aim.percent.denominator == 1
    said = percent(aim.percent, 0 if whole else 2)
    return f"more than {said}" if aim.above else said


def _lines(found: Forecast) -> Iterator[Said]:
    if not found.possible_at_end:
        yield Said("Nothing to say", "No session of this school year counts for this child, behind or ahead.")
        return
    yield Said("So far", _so_far(found))
    if found.remaining:
        yield Said("If all is attended", _at_best(found))
    yield Said("Persistent absence", _persistence(found))
    for one in found.aims:
        if one.aim.first is None:
            yield Said(f"For {aim_words(one.aim)}", _aim(one, found.end))
        else:
            yield Said(f"Target of {aim_words(one.aim)}", _target(one, one.aim.first, one.until or found.end))
    yield Said("One day", _one_day(found))
    if found.rate is not None:
        rate = found.rate
        weeks = count_words(rate.weeks, "school week", "school weeks")
        yield Said(
            "Present rate",
            f"In the last {weeks}, from {short_date(rate.first)}, {rate.absent} of {rate.possible} sessions were "
            f"missed: {rate.unauthorised} unauthorised, {rate.ill} ill. What follows supposes that it goes on so.",
        )
    for reach in found.reaches:
        yield Said(REACH_NAMES[reach.kind], _reach(found, reach))
    for stretch in found.improvements:
        yield Said(f"{stretch.weeks} weeks to improve", _improvement(stretch))


REACH_NAMES = {
    ReachKind.PERSISTENT: "At this rate: persistent",
    ReachKind.NOT_PERSISTENT: "At this rate: persistent",
    ReachKind.PENALTY: "At this rate: penalty",
    ReachKind.SICKNESS: "At this rate: illness",
}


def _so_far(found: Forecast) -> str:
    said = f"{percent(found.now, 2)}: {found.possible - found.absent} of {found.possible} sessions attended."
    if found.unmarked:
        said += f" {count_words(found.unmarked, 'session has no mark', 'sessions have no mark')}: left out."
    return said


def _at_best(found: Forecast) -> str:
    said = (
        f"{percent(found.at_best, 2)} on {date_year(found.end)}, {found.end_is}: "
        f"{count_words(found.remaining, 'session is', 'sessions are')} still to come."
    )
    if found.planned:
        said += f" {count_words(found.planned, 'planned absence counts', 'planned absences count')} as missed."
    return said


def _persistence(found: Forecast) -> str:
    by, left = date_year(found.end), found.leave_pa
    if found.too_early:
        return f"{_too_early(found)} {_left_for_the_year(left, by)}"
    if not found.persistent:
        if left is None:
            return f"What is planned alone makes the child persistently absent by {by}."
        most = f"At most {missed_words(left)} more" if left else "No more"
        return f"Not persistently absent now. {most} may be missed by {by} to stay so."
    if left is None:
        missed = f"{found.absent + found.planned} of {found.possible_at_end} sessions"
        return f"Cannot be left by {by}: even if all is attended, {missed} are missed."
    most = f"at most {missed_words(left)} more" if left else "no more"
    said = f"Persistently absent now. To have left it by {by}, {most} may be missed."
    return f"{said} With everything attended it is left on {date_year(found.left_by)}." if found.left_by else said


def _too_early(found: Forecast) -> str:
    return f"Too early to say now: fewer than {found.least} sessions were possible so far."


def _left_for_the_year(left: int | None, by: str) -> str:
    if left is None:
        return f"By {by} the child is persistently absent even if all the rest is attended."
    most = f"At most {missed_words(left)} more" if left else "No more"
    return f"{most} may be missed so that the child is not persistently absent on {by}."


def _target(one: MayMiss, first: date, until: date) -> str:
    rest = _aim(one, until)
    if one.planned and one.sessions is not None:
        planned = count_words(one.planned, "planned absence", "planned absences")
        rest = f"{rest[:-1]}, besides {planned}."
    if not one.possible:
        return f"No session of it has been yet. {rest}"
    met = {True: "met so far", False: "not met so far", None: "too early to say whether it is met"}[one.met]
    return f"{one.attended} of {one.possible} sessions attended since {short_date(first)}: {met}. {rest}"


def _aim(one: MayMiss, end: date) -> str:
    by = date_year(end)
    if one.sessions is None:
        return f"Out of reach by {by}, even if all is attended."
    if not one.sessions:
        return f"No more may be missed by {by}."
    return f"At most {missed_words(one.sessions)} more may be missed by {by}."


def _one_day(found: Forecast) -> str:
    return f"One day is {percent(found.one_day, 3)} of this child’s year of {found.possible_at_end} sessions."


def _reach(found: Forecast, reach: Reach) -> str:
    if reach.kind is ReachKind.PENALTY:
        counted = count_words(reach.number, "unauthorised session", "unauthorised sessions")
        now = f"{counted} in the last {reach.weeks} school weeks"
        met = "is met now, provisionally." if reach.only_provisionally else "is met now."
        said = _when(f"{now}; the threshold of {reach.of}", reach, met, "is reached")
        return f"{said} {_provisional(reach.provisional)}" if reach.provisional else said
    if reach.kind is ReachKind.SICKNESS:
        now = f"{days_of(reach.number) if reach.number else '0'} of {days_of(reach.of)} days of illness this year"
        return _when(f"{now}; the sickness return", reach, "is due.", "is due")
    if found.too_early and reach.kind is ReachKind.NOT_PERSISTENT:
        return "Too early to say."
    if reach.kind is ReachKind.NOT_PERSISTENT:
        return f"Left on {date_year(reach.on)}." if reach.on else "Not left at this rate."
    return f"Reached on {date_year(reach.on)}." if reach.on else "Not reached at this rate."


def _provisional(sessions: tuple[Session, ...]) -> str:
    are = "is N and" if len(sessions) == 1 else "are N and"
    return f"{len(sessions)} of them {are} provisional: {sessions_list(sessions)}."


def _when(said: str, reach: Reach, met: str, comes: str) -> str:
    if reach.met:
        return f"{said} {met}"
    return f"{said} {comes} on {date_year(reach.on)}." if reach.on else f"{said} is not reached at this rate."


def _improvement(stretch: Improvement) -> str:
    held = [
        f"{aim_words(one.aim)} none may be missed"
        if one.sessions == 0
        else f"{aim_words(one.aim)} at most {missed_words(one.sessions)}"
        for one in stretch.may_miss
        if one.sessions is not None
    ]
    planned = f", {stretch.planned} of them planned absences" if stretch.planned else ""
    begins = f"{short_date(stretch.first)} to {date_year(stretch.last)}"
    said = f"{begins}, {count_words(stretch.sessions, 'session', 'sessions')}{planned}."
    return f"{said} For {listed(held)}." if held else f"{said} What is planned leaves none of it in reach."
