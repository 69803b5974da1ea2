"""What was logged about a child, offered as the reason for changing a closed register."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from desktop_app.actions.families import namable
from desktop_app.actions.needs import needs
from desktop_app.actions.own_children import check_children
from desktop_app.actions.roll import read_roll
from desktop_app.context import Context
from desktop_app.domain.people import Person
from desktop_app.domain.rights import Right
from desktop_app.rules.log_reasons import LogReason, log_reasons


@needs(Right.READ_LOG)
def reasons_from_log(context: Context, pupils: Collection[int], day: date) -> tuple[LogReason, ...]:
    """The log entries that may be the reason for changing marks of those pupils on a day: see `rules/log_reasons`. The
    reason is printed, so nobody whom a court has ever kept from one of them is named in it: not as the person it was
    with, and an entry that says the name in its words is not offered."""
    if not pupils:
        return ()
    with context.store.reading() as reading:
        check_children(context, read_roll(reading.book), pupils)
        entries = reading.entries.of(*pupils)
        namable_ids = namable(reading.book, pupils).keys()
        people = reading.book.all(Person)
    names = {one.id: one.formal_name for one in people if one.id in namable_ids}
    barred = {
        name.casefold() for one in people if one.id not in namable_ids for name in (one.full_name, one.formal_name)
    }
    silent = [one for one in entries if not any(name in one.outcome.casefold() for name in barred)]
    return log_reasons(silent, names, pupils, day)
