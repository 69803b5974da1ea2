"""The school's own times for late arrivals, read once for a page of the register."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop_app.actions.closing_minute import closing_minute_late
from desktop_app.actions.needs import needs
from desktop_app.context import Context
from desktop_app.domain.rights import Right
from desktop_app.domain.school import School
from desktop_app.domain.sessions import Session
from desktop_app.rules.lateness import Late, default_arrival, late_of


@dataclass(frozen=True, slots=True)
class Arrivals:
    """The school with its times, and on which side of the close its last minute falls."""

    school: School
    closing_minute_late: bool

    def default(self, session: Session, now: datetime) -> str:
        """The time that is offered for a child who comes now; empty where none can."""
        return default_arrival(self.school, session, now, closing_minute_late=self.closing_minute_late)

    def late(self, session: Session, code: str, typed: str, now: datetime) -> Late:
        """What L or U becomes with the minutes or the time typed after it. Raises `Refused`."""
        return late_of(self.school, session, code, typed, now, closing_minute_late=self.closing_minute_late)


@needs(Right.READ_REGISTER)
def read_arrivals(context: Context) -> Arrivals:
    """Read them."""
    with context.store.reading() as reading:
        return Arrivals(reading.book.school(), closing_minute_late(reading.book))
