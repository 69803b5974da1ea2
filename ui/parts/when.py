"""Dates and times as people type them, read the British way round. Pure functions of the text and today's date."""

from __future__ import annotations

import re
from datetime import date, time, timedelta

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})[\s/.\-]+(\d{1,2})(?:[\s/.\-]+(\d{4}|\d{2}))?")
_WORDED = re.compile(r"(?:[a-z]{3,9}\s+)?(\d{1,2})\s*([a-z]{3,9})(?:\s+(\d{4}|\d{2}))?")
_TIME = re.compile(r"(\d{1,2})(?:[:.h]?(\d{2}))?(am|pm)?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def read_date(text: str, today: date) -> date | None:
    """A date from `24/11`, `24 11`, `24 Nov`, `Tue 24 Nov`, `24/11/26`, `2026-11-24`, `yesterday` or a weekday.

    Without a year: the one nearest to today. A weekday is the last such day, today included. None: not a date.
    """
    typed = " ".join(text.casefold().replace(",", " ").split())
    named = {"today": 0, "yesterday": -1, "tomorrow": 1}
    if typed in named:
        return today + timedelta(days=named[typed])
    weekday = next((n for n, name in enumerate(_WEEKDAYS) if len(typed) >= 3 and name.startswith(typed)), None)
    if weekday is not None:
        return today - timedelta(days=(today.weekday() - weekday) % 7)
    if found := _ISO.fullmatch(typed):
        return _make(int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMBERS.fullmatch(typed):
        return _with_year(int(found[1]), int(found[2]), found[3], today)
    if (found := _WORDED.fullmatch(typed)) and found[2][:3] in _MONTHS:
        return _with_year(int(found[1]), _MONTHS.index(found[2][:3]) + 1, found[3], today)
    return None


def read_time(text: str) -> time | None:
    """A time of day from `8:45`, `0845`, `8.45`, `9`, `9am` or `2:15 pm`. None: not a time."""
    found = _TIME.fullmatch("".join(text.casefold().split()))
    if not found:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found[3] == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _with_year(day: int, month: int, year: str | None, today: date) -> date | None:
    if year:
        return _make(int(year) + (2000 if len(year) == 2 else 0), month, day)
    near = [found for add in (-1, 0, 1) if (found := _make(today.year + add, month, day))]
    return min(near, key=lambda found: abs(found - today)) if near else None


def _make(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
