"""What comes with a day: a timetable that ends, compulsory school age, the return of a new pupil, and tasks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from desktop_app.domain.entries import EntryKind
from desktop_app.domain.people import Pattern, PatternKind
from desktop_app.domain.sessions import school_year_start
from desktop_app.domain.triggers import TriggerSpec
from desktop_app.rules.age import compulsory_from, compulsory_until
from desktop_app.rules.display import date_year
from desktop_app.rules.expected import membership_on
from desktop_app.rules.triggers.facts import Met, Watched


def timetable_ends(child: Watched, spec: TriggerSpec) -> Iterator[Met]:
    """A part-time timetable in its last days; and one that ran out, overdue, until it is decided about or another
    follows it. Due on its last school day. What ran out before the days that are looked through is history."""
    days = timedelta(days=int(spec.params["days"]))
    part_time = [one for one in child.patterns if one.kind == PatternKind.PART_TIME and one.first <= child.watch.on]
    for pattern in part_time:
        if pattern.last is None or pattern.last < child.watch.reach or any(_follows(one, pattern) for one in part_time):
            continue
        since = max(pattern.first, pattern.last - days)
        if since <= child.watch.on:
            purpose = f" It is for: {pattern.purpose}." if pattern.purpose else ""
            ends = "ends" if pattern.last >= child.watch.on else "ended"
            says = (
                f"The part-time timetable {ends} on {date_year(pattern.last)}: full time from then, or agree it anew."
            )
            yield Met(since, says + purpose, due=_school_day(child, pattern.last))


def _follows(one: Pattern, pattern: Pattern) -> bool:
    return (one.first, one.id) > (pattern.first, pattern.id)


def age_changes(child: Watched, spec: TriggerSpec) -> Iterator[Met]:
    """Compulsory school age about to begin or end."""
    days = timedelta(days=int(spec.params["days"]))
    begins, ends = compulsory_from(child.pupil.date_of_birth), compulsory_until(child.pupil.date_of_birth)
    if begins - days <= child.watch.on <= begins:
        says = (
            f"Of compulsory school age from {date_year(begins)}: X ends, every session is expected, and absence counts "
            "for returns and notices."
        )
        yield Met(begins - days, says, due=begins)
    if ends - days <= child.watch.on <= ends:
        says = f"Compulsory school age ends on {date_year(ends)}: until then the child is registered and marked."
        yield Met(ends - days, says, due=ends)


def new_pupil(child: Watched, spec: TriggerSpec) -> Iterator[Met]:
    """The return of a pupil whose name was entered, due by the end of the fifth calendar day after; not of the most
    junior class on the first day of the school year. A name is entered with the starting day, and later where the
    admission was recorded later. Who was brought in from a list and started with the year came with the list: of them
    only a later start tells that a name was entered. Told of the school year, and of the ten school weeks before the
    day: a name entered at the end of August is still to be returned in September."""
    watch, entered = child.watch, _entered(child)
    if not watch.reach <= entered <= watch.on:
        return
    junior = _year_on(child, entered) == watch.junior != ""
    if _with_the_year(child) and (junior or _admitted(child) is None):
        return
    due = entered + timedelta(days=int(spec.params["days"]))
    late = " The time is over." if watch.on > due else ""
    says = f"The name was entered on {date_year(entered)}: tell the authority by {date_year(due)}.{late}"
    yield Met(entered, says, due=due)


def may_be_new(child: Watched, spec: TriggerSpec) -> bool:
    """Whether the child starts, or was entered, in this school year or not long before: a cheap test."""
    del spec
    return _entered(child) >= child.watch.reach


def _entered(child: Watched) -> date:
    return max(_admitted(child) or date.min, child.pupil.starting_day)


def _admitted(child: Watched) -> date | None:
    """The day on which the admission was recorded."""
    return min((one.happened_at.date() for one in child.entries if one.kind is EntryKind.ADMISSION), default=None)


def _with_the_year(child: Watched) -> bool:
    """Whether the child started no later than the first school day of the school year of its start."""
    begins = school_year_start(child.pupil.starting_day)
    days = child.watch.calendar.school_days(begins, child.watch.on)
    return bool(days) and child.pupil.starting_day <= days[0]


def _year_on(child: Watched, day: date) -> str:
    """The year group on a day: that of today, in the same school year."""
    if day >= child.watch.year_start:
        return child.year
    place = membership_on(child.memberships, day)
    return place.year if place else ""


def task_due(child: Watched, spec: TriggerSpec) -> Iterator[Met]:
    """Open tasks on and after the day they are due; one due on a day without school is due on the school day before."""
    del spec
    for task in child.tasks:
        due = _school_day(child, task.due)
        if task.closed_by is None and due <= child.watch.on:
            late = " It is overdue." if due < child.watch.on else ""
            yield Met(due, f"{task.text.rstrip('.')}: due on {date_year(due)}.{late}", due=due)


def _school_day(child: Watched, day: date) -> date:
    """The day itself where there is school on it, else the last school day before."""
    before = child.watch.calendar.school_days(day - timedelta(days=100), day)
    return before[-1] if before else day
