"""The school's own time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

SCHOOL_ZONE = ZoneInfo("Europe/London")


def school_time(moment: datetime) -> datetime:
    """An aware moment as naive school local time, as people say it."""
    return moment.astimezone(SCHOOL_ZONE).replace(tzinfo=None)


@dataclass(frozen=True, slots=True)
class Recorded:
    """When something was last recorded (aware, UTC), by the clocks it was recorded by. `newest` is the latest moment
    since somebody last said that the clock is right, `register` that of the last deed in a register, or of that saying;
    None where there is none among the links looked at."""

    newest: datetime | None
    register: datetime | None
