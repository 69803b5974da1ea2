"""A school with children on returns: written in one deed, as another system would bring it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from desktop_app.actions.returns.making import make_return
from desktop_app.actions.returns.reading import list_return
from desktop_app.cli.answers import finish
from desktop_app.context import Context
from desktop_app.domain.marks import NewMark
from desktop_app.domain.people import Address, Pupil
from desktop_app.domain.returns import Checked, MadeReturn, ReturnKind
from desktop_app.domain.sessions import Session
from desktop_app.rules.returns.checking import line_id
from tests.support.schools import SmallSchool
from tests.support.watching import calendar_of

TODAY = date(2026, 11, 20)


def marked(context: Context, pupil: int, code: str, days: Iterable[date]) -> None:
    """Mark every session of those days."""
    calendar = calendar_of()
    new = [
        NewMark(pupil, one.day, one.half, code, source="import") for day in days for one in calendar.sessions(day, day)
    ]
    with context.store.writing(context.deed("set up")) as writing:
        writing.marks.add(new)


def changed(context: Context, pupil: int, **more: object) -> Pupil:
    """Change particulars of a child."""
    with context.store.writing(context.deed("set up")) as writing:
        found = writing.book.get(Pupil, pupil)
        assert found is not None
        now = replace(found, **more)  # type: ignore[arg-type]
        writing.book.put(now)
        return now


def school_days(first: date, number: int) -> list[date]:
    """So many school days from a day on."""
    return list(calendar_of().school_days(first, date(2027, 8, 31))[:number])


def with_absences(school: SmallSchool) -> SmallSchool:
    """Abara: fifteen days unauthorised in November; Bielak: fifteen days ill, and lives in Sefton; Doyle: suspended."""
    context, of = school.context, school.pupils
    changed(context, of["Abara"], upn="A340200122001", address=Address(("1 Mill Row", "Prescot"), "L99 1AA"))
    changed(context, of["Bielak"], upn="B340200122002", home_la="Sefton", address=Address(("2 Shore Road",), "L99 2BB"))
    marked(context, of["Abara"], "O", school_days(date(2026, 11, 2), 15))
    marked(context, of["Bielak"], "I", school_days(date(2026, 11, 2), 15))
    marked(context, of["Doyle"], "E", school_days(date(2026, 11, 16), 2))
    return school


def excluded(school: SmallSchool) -> SmallSchool:
    """Bielak, who lives in Sefton, permanently excluded."""
    changed(school.context, school.pupils["Bielak"], leaving_day=TODAY, leaving_ground="excluded")
    return school


def made_now(context: Context, kind: ReturnKind, day: date = TODAY, **more: object) -> tuple[MadeReturn, ...]:
    """Keep every line that is owed, and make it."""
    found = list_return(context, kind, day)
    kept = frozenset(line_id(one.line) for one in found.lines if one.owed)
    checked = Checked(**{"kept": kept, **more})  # type: ignore[arg-type]
    made, _ = finish(make_return(context, kind, day, checked))
    return made


def head_of(context: Context) -> str:
    """The newest link of the chain: the same before and after whatever writes nothing."""
    with context.store.reading() as reading:
        return reading.chain_head


__all__ = ["Session", "changed", "excluded", "head_of", "made_now", "marked", "school_days", "with_absences"]
