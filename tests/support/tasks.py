"""What is left to do, as the store has it."""

from __future__ import annotations

from datetime import date

from desktop_app.context import Context
from desktop_app.domain.entries import Task


def tasks_due(context: Context, until: date) -> tuple[Task, ...]:
    """The open tasks due by a day, the oldest first."""
    with context.store.reading() as reading:
        due = [one for one in reading.book.all(Task) if one.closed_by is None and one.due <= until]
    return tuple(sorted(due, key=lambda one: (one.due, one.id)))
