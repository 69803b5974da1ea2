"""Tasks: what is left to do about a child, handed on, and closed by a person with what came of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from desktop_app.actions.case_deeds import check_staff
from desktop_app.actions.case_work import resume, review
from desktop_app.actions.needs import needs
from desktop_app.actions.own_children import check_children, sees_child
from desktop_app.actions.roll import Roll, read_roll
from desktop_app.context import Context
from desktop_app.domain.cases import CASE
from desktop_app.domain.entries import EntryKind, NewEntry, Task
from desktop_app.domain.errors import Refused
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.domain.staff import Staff
from desktop_app.domain.tasks import REVIEW
from desktop_app.rules.casework.state import case_of_task, what_of_task

OF_A_CASE = {"review": review, "resume": resume}
"""Tasks of a case that are closed by a deed of casework."""


@needs(Right.LOG)
def close_task(context: Context, task_id: int, outcome: str) -> tuple[int, Changes]:
    """Close a task with the entry that says what came of it, in one transaction. Whoever closes one must be able to
    read what it is about. The review of a case is recorded as one, and its next one set; the end of a pause takes the
    case up again."""
    context.require(Right.READ_LOG)
    said = " ".join(outcome.split())
    if not said:
        raise Refused("Say what came of it.")
    with context.store.reading() as reading:
        known = reading.book.get(Task, task_id)
    if known is not None and known.closed_by is None and what_of_task(known) in OF_A_CASE:
        return OF_A_CASE[what_of_task(known)](context, case_of_task(known), said)
    with context.store.writing(context.deed("close task")) as writing:
        task = writing.book.get(Task, task_id)
        if task is None or task.closed_by is not None:
            raise Refused("That task is closed already.")
        check_children(context, read_roll(writing.book), [task.pupil])
        kind = EntryKind.REVIEW if task.kind == REVIEW else EntryKind.SEEN_TO
        case = case_of_task(task)
        of_case = {CASE: str(case)} if case else {}
        new = NewEntry(kind, context.now(), (task.pupil,), said, note=task.text, details=of_case)
        entry = writing.entries.add(new)
        writing.book.put(replace(task, closed_by=entry))
    return entry, Changes(entries=True, book=True, pupils=frozenset({task.pupil}))


@needs(Right.LOG)
def own_task(context: Context, task_id: int, owner: int, *, due: date | None = None) -> Changes:
    """Hand an open task to somebody (0: to nobody), and set it another day. One of a case asks for the right to work on
    cases. Raises `Refused` for somebody who would not see it, and where nothing would be another than it is."""
    context.require(Right.READ_LOG)
    with context.store.writing(context.deed("give task")) as writing:
        found = writing.book.get(Task, task_id)
        if found is None or found.closed_by is not None:
            raise Refused("That task is closed already.")
        roll = read_roll(writing.book)
        check_children(context, roll, [found.pupil])
        if case_of_task(found):
            context.require(Right.WRITE_CASE)
        named = check_staff(writing.book, owner)
        if named is not None:
            _check_sees(context, roll, named, found)
        if due is not None and due < context.today():
            raise Refused("That day is over: give one that is to come.")
        if (owner or None) == found.owner and due in (None, found.due):
            raise Refused(f"{named.name if named else 'Nobody'} has it already: choose somebody else, or another day.")
        writing.book.put(replace(found, owner=owner or None, due=due or found.due))
    return Changes(book=True, pupils=frozenset({found.pupil}))


def _check_sees(context: Context, roll: Roll, named: Staff, task: Task) -> None:
    """Nobody who signs in is handed what never comes into their sight there."""
    if not named.user:
        return
    theirs = replace(context, staff=named, alone=False)
    if not theirs.may(Right.READ_LOG) or not sees_child(theirs, roll, task.pupil):
        raise Refused(f"{named.name} does not see the tasks of this child: choose somebody else.")
