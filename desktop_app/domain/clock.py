"""The school's own time."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

SCHOOL_ZONE = ZoneInfo("Europe/London")


def school_time(moment: datetime) -> datetime:
    """An aware moment as naive school local time, as people say it."""
    return moment.astimezone(SCHOOL_ZONE).replace(tzinfo=None)
