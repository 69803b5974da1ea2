"""The history of marks: every change, with what stood before, why, when and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from desktop_app.actions.needs import needs
from desktop_app.context import Context
from desktop_app.domain.clock import school_time
from desktop_app.domain.marks import CLEARED, MarkChange
from desktop_app.domain.rights import Right
from desktop_app.domain.sessions import Session


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One change of a mark: the row as recorded, the code that stood before it (empty: none), and when it was made in
    the school's own time. `change.amends` is true where the register had closed (SI 2024/208: original, amended,
    reason, date, name and position)."""

    change: MarkChange
    was: str
    at: datetime

    @property
    def session(self) -> Session:
        """Whose session it is."""
        return Session(self.change.day, self.change.half)


@needs(Right.READ_HISTORY)
def mark_history(context: Context, pupil: int, first: date, last: date) -> tuple[HistoryLine, ...]:
    """Every change of a pupil's marks over some days, both inclusive, by session and then in the order made."""
    with context.store.reading() as reading:
        changes = reading.marks.history(pupil, first, last)
    stood: dict[Session, str] = {}
    lines: list[HistoryLine] = []
    for change in changes:
        session = Session(change.day, change.half)
        lines.append(HistoryLine(change, stood.get(session, CLEARED), school_time(change.recorded_at)))
        stood[session] = change.code
    return tuple(sorted(lines, key=lambda line: (line.session.day, line.session.half.ordinal, line.change.seq)))
