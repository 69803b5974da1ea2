"""Whose figure a line of a report is, so that its arithmetic can be opened elsewhere."""

from __future__ import annotations

from desktop_app.actions.explain import whom
from desktop_app.actions.figures import Grouping
from desktop_app.actions.reports.spec import Asked
from desktop_app.context import Context
from desktop_app.domain.people import Membership
from desktop_app.domain.sessions import school_year_start
from desktop_app.rules.names import year_name
from ui.reports.table import TableRow

PLACE = "explain"
SCHOOL, CLASS, YEAR, GROUP = "school", "class", "year", "group"
SMALL = " †"
"""What marks the name of a small group."""


def whose(context: Context, row: TableRow, asked: Asked) -> tuple[str, str]:
    """By what the line is told and its key, as `figures` has them: a class, a year group or a group that it names, else
    the school."""
    with context.store.reading() as reading:
        known = reading.book.all(Membership)
    classes = {one.class_name for one in known}
    years = {year_name(one.year): one.year for one in known}
    words = [value for value in row.values if isinstance(value, str)]
    for word in words:
        if word in classes:
            return CLASS, word
        if word in years:
            return YEAR, years[word]
    first = asked.first or school_year_start(asked.on)
    groups = {one.title: one.key for one in whom(context, first, asked.on, asked.as_at) if one.by is Grouping.GROUP}
    found = next((groups[name] for name in (word.removesuffix(SMALL) for word in words) if name in groups), None)
    return (SCHOOL, "") if found is None else (GROUP, found)


def can_explain() -> bool:
    """Whether the window has the place where figures are explained."""
    from ui.places import PLACES  # noqa: PLC0415 - the list of places knows this one

    return any(place.key == PLACE for place in PLACES)
