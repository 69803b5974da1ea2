"""Two people at one cell: what stands there now, who wrote it and when, so that a person chooses between the two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop_app.actions.needs import needs
from desktop_app.actions.register_checks import Edit, clash, completed
from desktop_app.context import Context
from desktop_app.domain.clock import school_time
from desktop_app.domain.marks import Mark
from desktop_app.domain.people import Pupil
from desktop_app.domain.rights import Right


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """A cell that changed since it was seen: the edit that was meant, what stands now (None: blank again), by whom and
    when in the school's own time (None: nothing was ever recorded)."""

    edit: Edit
    pupil: Pupil
    stands: Mark | None
    by: str
    at: datetime | None


@needs(Right.READ_REGISTER)
def meanwhile(context: Context, edits: Sequence[Edit]) -> tuple[Meanwhile, ...]:
    """Those of some edits whose cell another person has changed since, in the order of the edits."""
    found: list[Meanwhile] = []
    with context.store.reading() as reading:
        for edit in edits:
            stands = reading.marks.at(edit.pupil, edit.session)
            pupil = reading.book.get(Pupil, edit.pupil)
            if pupil is None or clash(completed(edit, stands), stands) is None:
                continue
            last = reading.marks.last_change([edit.pupil], edit.session)
            by, at = (last.author.name, school_time(last.recorded_at)) if last else ("", None)
            found.append(Meanwhile(edit, pupil, stands, by, at))
    return tuple(found)
