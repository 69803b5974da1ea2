"""Whether a target is being met, and what has improved: decided on counts of sessions.

Source: the authority's strategies ask for improvement as well as level. "One day is half a per cent" holds in a year of
200 days alone; here it is worked out from the sessions that are expected of the child.

A target is judged over the sessions since its first day, and those before it do not count. On the day it is set one
session would decide, so nothing is said of it, nor of what has improved, before `LEAST` sessions were possible: a
week of school, the shortest time over which every day of the week has its turn. Of a class or the school it is so many
for each of its pupils. A target of fewer is judged
when all of them have been, and one that is over by whatever it had. The national number for persistent
absence (forty sessions) is not taken: half a term is often all the time a target is agreed for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from math import floor

from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.figures import Figures
from desktop_app.domain.sessions import school_year_end
from desktop_app.domain.targets import Target, TargetState

LEAST = 10
"""The possible sessions, two a day for a week, before which it is too early to say whether a target is met. No
authority names one; it is Rollbook’s own."""
PERCENT = re.compile(r"(\d{1,3}(?:[.,]\d{1,2})?)\s*%?", re.ASCII)
MISREAD = "A target is a percentage above 0, at most 100, such as 95 or 96.5."


def read_percent(text: str) -> Fraction | None:
    """A typed percentage, exact; None where it is none, or not above 0 and at most 100."""
    match = PERCENT.fullmatch(text.strip())
    found = Fraction(match[1].replace(",", ".")) if match else Fraction(0)
    return found if 0 < found <= 100 else None


def percent_text(percent: Fraction) -> str:
    """A target's percentage as it is kept and shown, exact: `95`, `96.5`."""
    return f"{float(percent):.2f}".rstrip("0").rstrip(".")


def is_met(figures: Figures, percent: Fraction) -> bool | None:
    """Whether attendance is at least `percent`; None where no session was possible."""
    return holds(figures.attended, figures.possible, percent) if figures.possible else None


def holds(attended: int, possible: int, percent: Fraction) -> bool:
    """Whether so many of so many are at least `percent`, on whole numbers."""
    return 100 * attended >= percent * possible


def one_day(expected: int) -> Fraction | None:
    """What one day, two sessions, is of so many expected sessions, in per cent: 1/2 of 400, 10/19 of 380."""
    return Fraction(200, expected) if expected else None


def may_miss(figures: Figures, to_come: int, percent: Fraction) -> int:
    """How many of the sessions to come may be missed with `percent` still met over all of them; below 0: even if none
    is missed the target is not met, by so many sessions."""
    possible = figures.possible + to_come
    return floor(possible * (100 - percent) / 100) - figures.absent


def state_of(
    target: Target,
    on: date,
    before: Figures,
    since: Figures,
    expected: int | None = None,
    to_come: int | None = None,
    pupils: int = 1,
    planned: int = 0,
) -> TargetState:
    """How a target stands on a day. `expected` are the child's sessions of the whole school year; `pupils` are those of
    whom any session was possible since, of a class or the school. Of the sessions `to_come` so many are `planned`
    absences, which are missed besides those that may be."""
    over = last_day(target) < on
    enough = LEAST * max(1, pupils)
    least = enough if to_come is None else min(enough, since.possible + to_come)
    rate_before, rate_since = before.attendance, since.attendance
    points = gained = None
    if rate_before is not None and rate_since is not None and min(before.possible, since.possible) >= enough:
        points = rate_since - rate_before
        gained = since.attended - Fraction(before.attended, before.possible) * since.possible
    return TargetState(
        target=target,
        since=since,
        before=before,
        met=is_met(since, target.percent) if over or since.possible >= least else None,
        points=points,
        gained=gained,
        over=over,
        one_day=None if expected is None else one_day(expected),
        to_come=to_come,
        may_miss=None if to_come is None else may_miss(since, to_come, target.percent) - planned,
        planned=planned,
        least=least,
    )


def last_day(target: Target) -> date:
    """The last day of a target: the one agreed, else that of the school year in which it began."""
    return target.until or school_year_end(target.first)


def day_before(target: Target) -> date:
    """The day before a target begins."""
    return target.first - timedelta(days=1)


def target_of(entry: Entry) -> Target | None:
    """The target that an entry set; None where its details cannot be read (it came from elsewhere)."""
    percent = read_percent(entry.details.get("percent", ""))
    first, until = _day(entry.details.get("from", "")), entry.details.get("until", "")
    if percent is None or first is None or (until and _day(until) is None):
        return None
    return Target(percent, first, _day(until), entry.details.get("agreed with", ""), entry.id)


def details_of(target: Target) -> dict[str, str]:
    """The details of the entry that sets a target."""
    details = {"percent": percent_text(target.percent), "from": target.first.isoformat()}
    if target.until:
        details["until"] = target.until.isoformat()
    return {**details, "agreed with": target.agreed_with} if target.agreed_with else details


def in_force(entries: Iterable[Entry], on: date) -> Target | None:
    """The pupil's target on a day: the one set last of those that had begun and were not withdrawn, over or not, as
    long as it is of the same school year."""
    set_ones = (one for one in entries if one.kind is EntryKind.TARGET and one.withdrawn is None)
    known = [(one.happened_at, one.id, target) for one in set_ones if (target := target_of(one)) is not None]
    begun = [one for one in known if one[2].first <= on <= school_year_end(last_day(one[2]))]
    return max(begun, key=lambda one: one[:2])[2] if begun else None


def kept_text(target: Target) -> str:
    """A class's or the school's target as its setting keeps it."""
    until = target.until.isoformat() if target.until else ""
    return f"{percent_text(target.percent)};{target.first.isoformat()};{until}"


def read_kept(text: str) -> Target | None:
    """A class's or the school's target from its setting; None where it was taken back, or cannot be read."""
    parts = text.split(";")
    if len(parts) != 3:
        return None
    percent, first, until = read_percent(parts[0]), _day(parts[1]), _day(parts[2])
    return None if percent is None or first is None else Target(percent, first, until)


def fault(target: Target) -> str:
    """Why a target cannot be, in words; empty where it can."""
    if not 0 < target.percent <= 100:
        return MISREAD
    if (target.percent * 100).denominator != 1:
        return "A target has at most two decimals."
    if target.until is not None and target.until < target.first:
        return "The target ends before it begins."
    return ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
