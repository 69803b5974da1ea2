"""Reading a list for the place, on the thread beside the window."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from desktop_app.actions.pupils import pupil_list
from desktop_app.actions.returns.book import returns_of
from desktop_app.actions.returns.due import returns_due
from desktop_app.actions.returns.making import made_of
from desktop_app.actions.returns.reading import list_return
from desktop_app.context import Context
from desktop_app.domain.errors import Refused
from desktop_app.domain.people import Pupil
from desktop_app.domain.progress import Progress
from desktop_app.domain.returns import MadeReturn, ReturnDue, ReturnKind, ReturnList, ReturnSpec
from desktop_app.rules.hatch import matching


@dataclass(frozen=True, slots=True)
class Read:
    """All that the place shows of one return of one month. `children`: everybody on roll, with the class."""

    found: ReturnList
    specs: tuple[ReturnSpec, ...]
    due: tuple[ReturnDue, ...]
    made: tuple[MadeReturn, ...]
    children: dict[int, tuple[Pupil, str]]


def reading_return(context: Context, kind: ReturnKind, day: date) -> Iterator[Progress]:
    """Work for the thread beside the window."""
    yield Progress(0, 1, "Looking through the register")
    children = {row.pupil.id: (row.pupil, row.class_name) for row in pupil_list(context)}
    return Read(
        list_return(context, kind, day), returns_of(context), returns_due(context), made_of(context, kind), children
    )


def one_child(read: Read | None, typed: str) -> int:
    """The child on roll whose name begins so. Raises `Refused` where there is none, or several."""
    found = matching((pupil for pupil, _ in read.children.values()), typed) if read else ()
    if len(found) != 1:
        some = f"{len(found)} children begin so" if found else "no child is called so"
        raise Refused(f"“{typed}”: {some}. Type the other name too.")
    return found[0].id


def month_beside(month: date, by: int) -> date:
    """A day of the month before (-1) or after (1)."""
    first = month.replace(day=1)
    return first - timedelta(days=1) if by < 0 else (first + timedelta(days=32)).replace(day=1)
