"""A clock that stands still until it is set."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


class StillClock:
    """Says the moment it was set to: handed to the program in place of the PC's clock."""

    def __init__(self, local: datetime) -> None:
        self.local = local

    def set(self, *local: int) -> None:
        """Set the school's local time: year, month, day, hour, minute."""
        self.local = datetime(*local)  # type: ignore[arg-type]

    def __call__(self) -> datetime:
        return self.local.replace(tzinfo=LONDON).astimezone(UTC)
