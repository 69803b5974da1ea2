"""Tasks: what is left to do about a child, closed by a person with what came of it."""

from __future__ import annotations

from dataclasses import replace

from desktop_app.actions.case_work import resume, review
from desktop_app.actions.needs import needs
from desktop_app.actions.own_children import check_children
from desktop_app.actions.roll import read_roll
from desktop_app.context import Context
from desktop_app.domain.cases import CASE
from desktop_app.domain.entries import EntryKind, NewEntry, Task
from desktop_app.domain.errors import Refused
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
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
