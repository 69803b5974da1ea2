"""What the deeds of casework share: which case is worked, when a thing happened, its details, its tasks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from desktop_app.actions.case_reading import OpenCase, read_open_case
from desktop_app.actions.moments import moment_of
from desktop_app.context import Context
from desktop_app.domain.cases import CASE, CaseState, CaseStatus, task_kind
from desktop_app.domain.entries import Task
from desktop_app.domain.errors import Refused
from desktop_app.domain.progress import Changes
from desktop_app.domain.sessions import Session, school_year_start
from desktop_app.domain.staff import Staff
from desktop_app.ports import BookReading, Writing
from desktop_app.rules.casework.proposals import review_due, why_not_close
from desktop_app.rules.casework.state import what_of_task
from desktop_app.rules.display import date_year
from desktop_app.rules.figures import figures_of, persistent, severe


def said(text: str) -> str:
    """A text in one line, as an outcome or a reason is kept."""
    return " ".join(text.split())


def worked(context: Context, writing: Writing, case: int, *, paused: bool = False) -> OpenCase:
    """A case that is worked. Raises `Refused` where it is closed, or paused where that is not meant."""
    here = read_open_case(context, writing.book, writing.entries, case)
    if here.state.closed is not None:
        day = date_year(here.state.closed.happened_at.date())
        raise Refused(f"The case was closed on {day}: open a new one, or withdraw the closing.")
    if here.state.status is CaseStatus.PAUSED and not paused:
        raise Refused(f"The case is paused until {date_year(here.state.pauses[-1].until)}: take it up again first.")
    return here


def happened(now: datetime, on: date | None, state: CaseState | None = None) -> datetime:
    """When a deed counts: now, or on an earlier day. Raises `Refused` for a day to come, and for one before the case
    last came into a step."""
    if on is None or on == now.date():
        return moment_of(now)
    if on > now.date():
        raise Refused(f"{date_year(on)} is still to come: give the day on which it was.")
    if state is not None and on < _last_turn(state):
        raise Refused(
            f"The case has stood as it does since {date_year(_last_turn(state))}: give that day or a later one."
        )
    return moment_of(now, on)


def details_of(here: OpenCase, more: Mapping[str, str]) -> dict[str, str]:
    """The details of an entry of a case: its number, and what is not empty of the rest."""
    return {CASE: str(here.state.id), **{key: value for key, value in more.items() if value}}


def check_staff(book: BookReading, staff: int) -> Staff | None:
    """The member of staff of that number; None for 0. Raises `Refused` where there is none, or no longer."""
    if not staff:
        return None
    found = book.get(Staff, staff)
    if found is None or not found.active:
        raise Refused("That member of staff is not here any more: choose another.")
    return found


def put_review_task(context: Context, writing: Writing, case: int, due: date | None = None) -> int:
    """Make the task of the next review: on the day given, else by the pack's rhythm; 0 where there is none."""
    here = read_open_case(context, writing.book, writing.entries, case)
    state = replace(here.state, tasks=tuple(one for one in here.state.tasks if what_of_task(one) != "review"))
    day = due or review_due(here.facts(context.today()), state)
    if day is None:
        return 0
    title = here.step.title if here.step else "the case"
    known = next((one.id for one in here.state.tasks if what_of_task(one) == "review"), 0)
    owner = here.state.lead or None
    return writing.book.put(Task(known, state.pupil, task_kind(case, "review"), day, owner, f"Review {title}"))


def close_tasks(writing: Writing, state: CaseState, entry: int, what: Sequence[str] = ()) -> None:
    """Close the tasks of a case by an entry: those of some kinds, or all."""
    for task in state.tasks:
        if not what or what_of_task(task) in what:
            writing.book.put(replace(task, closed_by=entry))


def check_closing(context: Context, writing: Writing, here: OpenCase, on: date) -> None:
    """Raise `Refused` where the pack has no case closed as the child's figures of the school year are. Of a child who
    has left, every case may be closed."""
    if here.pack.casework.close is None or not here.child.on_roll(on):
        return
    rules = context.rulebook
    codes: Counter[str] = Counter()
    for mark in writing.marks.between(school_year_start(on), on, [here.child.id]):
        if here.roll.why_not(mark.pupil, Session(mark.day, mark.half)) is None:
            codes[mark.code] += 1
    counted = figures_of(codes, 0, rules.codes)
    facts = replace(here.facts(on), severe=severe(counted, rules), persistent=persistent(counted, rules))
    why = why_not_close(facts)
    if why is not None:
        raise Refused(why)


def touched(pupil: int) -> Changes:
    """What a deed of a case touches: the chronology of the child, and the tasks in the book."""
    return Changes(entries=True, book=True, pupils=frozenset({pupil}))


def _last_turn(state: CaseState) -> date:
    """The last day on which the case was opened, moved, paused or taken up again."""
    return max([state.opened, state.since, *(one.ended or one.since for one in state.pauses)])
