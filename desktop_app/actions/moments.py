"""The moment under which a deed is recorded that was done today, or on an earlier day."""

from __future__ import annotations

from datetime import date, datetime

from desktop_app.rules.display import END_OF_DAY


def moment_of(now: datetime, day: date | None = None) -> datetime:
    """Now, for a deed of today; of a past day only the day is known, and it is kept as its last second: nothing that is
    printed of it claims a time at which it was not done (`rules.display.happened_time`)."""
    return now if day is None or day == now.date() else datetime.combine(day, END_OF_DAY)
