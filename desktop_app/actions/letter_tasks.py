"""The tasks that wait for a letter: closed by the letter itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop_app.domain.entries import Task
from desktop_app.domain.tasks import LEAVE_LETTER
from desktop_app.ports import Writing


def close_waiting(writing: Writing, about: int | None, persons: Sequence[int], entries: Sequence[int]) -> None:
    """Close the tasks to write to some persons of the decision a letter belongs to, each by that person’s own entry."""
    if about is None:
        return
    made = {f"{LEAVE_LETTER}:{about}:{person}": entry for person, entry in zip(persons, entries, strict=True)}
    for task in writing.book.all(Task):
        if task.closed_by is None and task.kind in made:
            writing.book.put(replace(task, closed_by=made[task.kind]))
