"""What was logged about a child, offered as the reason for changing a closed register."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from desktop_app.actions.needs import needs
from desktop_app.context import Context
from desktop_app.domain.people import Person
from desktop_app.domain.rights import Right
from desktop_app.rules.log_reasons import LogReason, log_reasons


@needs(Right.READ_LOG)
def reasons_from_log(context: Context, pupils: Collection[int], day: date) -> tuple[LogReason, ...]:
    """The log entries that may be the reason for changing marks of those pupils on a day: see `rules/log_reasons`."""
    if not pupils:
        return ()
    with context.store.reading() as reading:
        entries = reading.entries.of(*pupils)
        ids = {key for one in entries for key in one.persons}
        people = [reading.book.get(Person, key) for key in ids]
    names = {one.id: one.formal_name for one in people if one is not None}
    return log_reasons(entries, names, pupils, day)
