"""Sessions: half a school day, the unit in which attendance is counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Half(StrEnum):
    """Which half of the school day; the order AM before PM is the order of the register."""

    AM = "AM"
    PM = "PM"

    @property
    def ordinal(self) -> int:
        """0 for the morning, 1 for the afternoon."""
        return 0 if self is Half.AM else 1


HALVES = (Half.AM, Half.PM)


@dataclass(frozen=True, slots=True, order=True)
class Session:
    """One half of one day. Whether a school is open then is the calendar's business."""

    day: date
    half: Half


SUNDAY = timedelta(days=6)
"""From the Monday of a week to its Sunday."""


def school_year_start(day: date) -> date:
    """The 1 September on or before `day`: the first day of its school year."""
    year = day.year if day.month >= 9 else day.year - 1
    return date(year, 9, 1)


def school_year_end(day: date) -> date:
    """The 31 August on or after `day`: the last day of its school year."""
    return date(school_year_start(day).year + 1, 8, 31)


def school_year_name(day: date) -> str:
    """The usual name of the school year `day` falls in, such as `2026/27`."""
    first = school_year_start(day).year
    return f"{first}/{(first + 1) % 100:02d}"
