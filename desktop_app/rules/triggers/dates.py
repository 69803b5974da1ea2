"""What comes with a day: a timetable that ends, compulsory school age, the return of a new pupil, and tasks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from desktop_app.domain.entries import EntryKind
from desktop_app.domain.people import PatternKind
from desktop_app.domain.triggers import TriggerSpec
from desktop_app.rules.age import compulsory_from, compulsory_until
from desktop_app.rules.display import date_year
from desktop_app.rules.triggers.facts import Met, Watched


def timetable_ends(child: Watched, spec: TriggerSpec) -> Iterator[Met]:
    """A part-time timetable in its last days."""
    days = timedelta(days=int(spec.params["days"]))
    for pattern in child.patterns:
        if pattern.kind != PatternKind.PART_TIME or pattern.last is None or not pattern.holds(child.watch.on):
            continue
        since = max(pattern.first, pattern.last - days)
        if since <= child.watch.on:
            purpose = f" It is for: {pattern.purpose}." if pattern.purpose else ""
            says = f"The part-time timetable ends on {date_year(pattern.last)}: full time from then, or agree it anew."
            yield Met(since, says + purpose, due=pattern.last)


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
    junior class on the first day of the school year. Who was brought in from a list and started with the year came
    with the list: of them only a later start tells that a name was entered."""
    watch, pupil = child.watch, child.pupil
    admitted = min((one.happened_at.date() for one in child.entries if one.kind is EntryKind.ADMISSION), default=None)
    entered = admitted or pupil.starting_day
    days = watch.calendar.school_days(watch.year_start, watch.on)
    with_the_year = bool(days) and pupil.starting_day <= days[0]
    junior = bool(child.year) and child.year == watch.junior
    if not watch.year_start <= entered <= watch.on or (with_the_year and (junior or admitted is None)):
        return
    due = entered + timedelta(days=int(spec.params["days"]))
    late = " The time is over." if watch.on > due else ""
    says = f"The name was entered on {date_year(entered)}: tell the authority by {date_year(due)}.{late}"
    yield Met(entered, says, due=due)


def may_be_new(child: Watched, spec: TriggerSpec) -> bool:
    """Whether the child starts, or was entered, in this school year: a cheap test."""
    del spec
    return child.pupil.starting_day >= child.watch.year_start


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
