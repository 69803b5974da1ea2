"""However much was done in a case, its page is read in a handful of statements; the agenda too, however many cases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine

from db import plain
from desktop_app.actions.agenda import agenda
from desktop_app.actions.case_page import case_page
from desktop_app.actions.casework import open_at
from desktop_app.domain.entries import EntryKind, NewEntry
from tests.support.casework import mark_days, under
from tests.support.clock import StillClock
from tests.support.schools import SmallSchool


def test_a_case_is_read_in_a_handful_of_statements(school: SmallSchool, clock: StillClock) -> None:
    clock.set(2026, 10, 5, 9, 0)
    context, ryan = under(school.context), school.pupils["Doyle"]
    mark_days(context, ryan, date(2026, 9, 3), date(2026, 11, 20), absent=(0,))
    case, _ = open_at(context, ryan, "one.support")
    clock.set(2026, 11, 20, 15, 40)
    case_page(context, case)  # the book is read once
    few = statements(lambda: case_page(context, case))
    assert few <= 30
    with context.store.writing(context.deed("more")) as writing:
        for number in range(40):
            at = datetime(2026, 10, 6, 9, 0) + timedelta(days=number)
            entry = writing.entries.add(NewEntry(EntryKind.PHONE_CALL, at, (ryan,), "spoke"))
            writing.entries.attach(entry, "note.txt", "text/plain", b"seen")
    page = case_page(context, case)
    assert len(page.files) == 40
    assert statements(lambda: case_page(context, case)) <= few


def test_a_case_and_what_is_met_of_its_child_are_of_one_moment(school: SmallSchool, clock: StillClock) -> None:
    clock.set(2026, 10, 5, 9, 0)
    context = under(school.context)
    case, _ = open_at(context, school.pupils["Doyle"], "one.support")
    begun: list[Connection] = []

    def heard(connection: Connection) -> None:
        begun.append(connection)

    event.listen(Engine, "begin", heard)
    try:
        case_page(context, case)
    finally:
        event.remove(Engine, "begin", heard)
    assert len(begun) == 1


def test_the_agenda_does_not_grow_with_cases(school: SmallSchool, clock: StillClock) -> None:
    clock.set(2026, 10, 5, 9, 0)
    context = under(school.context)
    open_at(context, school.pupils["Doyle"], "one.support")
    agenda(context)
    few = statements(lambda: agenda(context))
    for name in ("Kaya", "Abara", "Bielak"):
        open_at(context, school.pupils[name], "one.support")
    agenda(context)
    assert statements(lambda: agenda(context)) <= few


def statements(deed: Callable[[], object]) -> int:
    """How many statements a deed comes to, those handed to the driver itself too."""
    made: list[str] = []
    run = plain._run

    def heard(*told: object) -> None:
        made.append(str(told[2]))

    def handed(connection: Connection, statement: str, to: Callable[[Any], Any]) -> Any:
        made.append(statement)
        return run(connection, statement, to)

    event.listen(Engine, "before_cursor_execute", heard)
    try:
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(plain, "_run", handed)
            deed()
    finally:
        event.remove(Engine, "before_cursor_execute", heard)
    return len(made)
