"""What a deed about leave does besides its entry: days planned and ended, tasks set and closed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from desktop_app.actions.families import read_families
from desktop_app.actions.plans import plan_within
from desktop_app.actions.roll import read_roll
from desktop_app.context import Context
from desktop_app.domain.entries import Task
from desktop_app.domain.leave import Decided, LeaveGround, LeaveRequest, LeaveState, NewDecision, Span
from desktop_app.domain.people import Pupil
from desktop_app.domain.school import Plan
from desktop_app.domain.sessions import Half
from desktop_app.domain.tasks import LEAVE_DECIDE, LEAVE_LETTER
from desktop_app.ports import Writing
from desktop_app.rules import leave as rules

ONE_DAY = timedelta(days=1)


def plan_granted(
    context: Context, writing: Writing, found: LeaveRequest, ground: LeaveGround, spans: Sequence[Span], opens: date
) -> tuple[int, ...]:
    """Plan the days granted, with who asked and who gave it. What lies before a day, before the child starts or after
    it leaves is not planned: no session of it is the child’s, or a mark stands there already."""
    child = read_roll(writing.book).pupils[found.pupil]
    made: list[int] = []
    for span in _within(spans, child, opens):
        wanted = Plan(
            0, found.pupil, ground.code, span.first, span.first_half, span.last, span.last_half, found.reason,
            made[0] if made else 0, found.by, found.asked_on, context.staff.name, context.today(),
        )  # fmt: skip
        made.append(plan_within(context, writing, wanted, [found.pupil]).plans[0].id)
    return tuple(made)


def _within(spans: Iterable[Span], child: Pupil, opens: date) -> Iterable[Span]:
    first = max(opens, child.starting_day)
    for span in spans:
        cut = span if first <= span.first else replace(span, first=first, first_half=Half.AM)
        if child.leaving_day is not None and child.leaving_day < cut.last:
            cut = replace(cut, last=child.leaving_day, last_half=Half.PM)
        if cut.begins <= cut.ends:
            yield cut


def end_granted(context: Context, writing: Writing, decided: Decided | None) -> bool:
    """End what a decision planned: the days from today on are taken back, those before stand, as their marks do. Says
    whether anything was planned still."""
    today, ended = context.today(), False
    for key in decided.plans if decided is not None else ():
        plan = writing.book.get(Plan, key)
        if plan is None or plan.last < today:
            continue
        ended = True
        if plan.first >= today:
            writing.book.remove(plan)
        else:
            writing.book.put(replace(plan, last=today - ONE_DAY, last_half=Half.PM))
    return ended


def ask_to_decide(context: Context, writing: Writing, pupil: int, entry: int, words: str) -> None:
    """A task that a request waits for its decision: nobody finds it by chance."""
    writing.book.put(Task(0, pupil, f"{LEAVE_DECIDE}:{entry}", context.today(), None, f"Decide on leave: {words}"))


def ask_to_write(context: Context, writing: Writing, found: LeaveRequest, new: NewDecision, entry: int) -> None:
    """A task for each parent the school may write to: the letter of the decision. Nobody who is kept away is one."""
    families = read_families(writing.book, context.today(), [found.pupil])
    said = f"leave {new.state.value}, {rules.span_words(found.span)}"
    writing.book.put_many(
        Task(
            0,
            found.pupil,
            f"{LEAVE_LETTER}:{entry}:{card.person.id}",
            context.today(),
            None,
            f"Write to {card.person.formal_name}: {said}",
        )
        for card in families.of(found.pupil)
        if card.is_parent and card.tie.may_contact
    )


def close_tasks_of(writing: Writing, found: LeaveRequest, entry: int) -> None:
    """Close what is still to be done of a request: to decide it, and to write of a decision that holds no more."""
    heads = [f"{LEAVE_DECIDE}:{found.entry}:"]
    heads += [f"{LEAVE_LETTER}:{found.decided.entry}:"] if found.decided is not None else []
    for task in writing.book.all(Task):
        if task.closed_by is None and task.pupil == found.pupil and f"{task.kind}:".startswith(tuple(heads)):
            writing.book.put(replace(task, closed_by=entry))


def may_take_back(found: LeaveRequest) -> bool:
    """Whether there is anything to take back: a request that waits, or leave that was granted."""
    return found.state in (LeaveState.WAITING, LeaveState.GRANTED, LeaveState.PART)
