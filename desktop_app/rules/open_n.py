"""How long an N has been open, and by when it is to be settled.

Source: SI 2024/208 regulation 10(7) to (9): the register is amended within five school days of the session. The program
lists an N from its first day, proposes O once the time is over, and never decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from desktop_app.domain.sessions import Session
from desktop_app.rules.calendar import SchoolCalendar

LOOK_AHEAD = timedelta(days=120)


@dataclass(frozen=True, slots=True)
class Age:
    """`days` are the school days since the session's own, `due` the last day on which it is in time (None: the calendar
    does not reach so far)."""

    days: int
    due: date | None
    overdue: bool


def age_of_n(calendar: SchoolCalendar, session: Session, today: date, settle: int) -> Age:
    """The age of an N of `session` on `today`, to be settled within `settle` school days after it."""
    after = session.day + timedelta(days=1)
    days = len(calendar.school_days(after, today)) if today >= after else 0
    coming = calendar.school_days(after, session.day + LOOK_AHEAD)
    due = coming[settle - 1] if len(coming) >= settle else None
    return Age(days, due, overdue=due is not None and today > due)
