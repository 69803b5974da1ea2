"""A child's planned absences and attendance elsewhere, past and coming, with what the register has of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop_app.actions.needs import needs
from desktop_app.actions.own_children import check_children
from desktop_app.actions.plans import end_plan
from desktop_app.actions.roll import Roll, read_roll
from desktop_app.context import Context
from desktop_app.domain.errors import Refused
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.domain.school import Plan
from desktop_app.domain.sessions import HALVES, Session
from desktop_app.rules.expected import due_sessions
from desktop_app.rules.register import taking_begun


class PlanState(StrEnum):
    """Where a plan stands today."""

    COMING = "to come"
    RUNNING = "now"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan with its state: the sessions it covers that are due of the child, how many of them have a mark, how many
    of those another than planned, and how many children it was planned for together."""

    plan: Plan
    state: PlanState
    sessions: int
    marked: int
    other: int
    together: int


@needs(Right.READ_PUPIL)
def planned_of(context: Context, pupil: int) -> tuple[Planned, ...]:
    """The plans of a child, the newest first."""
    with context.store.reading() as reading:
        roll = read_roll(reading.book)
        check_children(context, roll, [pupil])
        plans = sorted(roll.plans.get(pupil, ()), key=lambda one: (one.first, one.id), reverse=True)
        if pupil not in roll.pupils or not plans:
            return ()
        first, last = min(one.first for one in plans), max(one.last for one in plans)
        found = reading.marks.between(first, last, [pupil])
        marks = {Session(mark.day, mark.half): mark.code for mark in found}
        return tuple(_planned(context, roll, plan, marks) for plan in plans)


@needs(Right.PLAN)
def end_now(context: Context, plan_id: int) -> Changes:
    """End a plan with the session that is running or was last: the child is expected again from the next. A mark that
    was made stays."""
    now = context.now()
    with context.store.reading() as reading:
        roll = read_roll(reading.book)
        plan = reading.book.get(Plan, plan_id)
    if plan is None:
        raise Refused("That plan is not there any more.")
    begun = [half for half in HALVES if taking_begun(roll.school, Session(now.date(), half), now)]
    if plan.last < now.date():
        raise Refused("That plan is over already.")
    if plan.first > now.date() or (plan.first == now.date() and plan.first_half not in begun):
        raise Refused("It has not begun yet: take it away instead.")
    if not begun:
        raise Refused("No register of today has begun: change its last day to the school day before.")
    return end_plan(context, plan_id, now.date(), begun[-1])


def _planned(context: Context, roll: Roll, plan: Plan, marks: Mapping[Session, str]) -> Planned:
    due = _due(roll, plan)
    made = [marks[session] for session in due if session in marks]
    other = sum(code != plan.code for code in made)
    group = [one for known in roll.plans.values() for one in known if plan.group and one.group == plan.group]
    return Planned(plan, _state(context, plan), len(due), len(made), other, max(1, len(group)))


def _due(roll: Roll, plan: Plan) -> Sequence[Session]:
    child = roll.pupils[plan.pupil]
    sessions = due_sessions(child, roll.memberships.get(child.id, ()), roll.calendar, plan.first, plan.last)
    return [session for session in sessions if plan.covers(session)]


def _state(context: Context, plan: Plan) -> PlanState:
    today = context.today()
    if plan.first > today:
        return PlanState.COMING
    return PlanState.OVER if plan.last < today else PlanState.RUNNING
