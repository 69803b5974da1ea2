"""Days and times as people type them, read the British way round: day before month, 24-hour or am/pm."""

from __future__ import annotations

import re
from datetime import date, time, timedelta

from desktop_app.domain.errors import Refused

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
NUMBERS = re.compile(r"(\d{1,2})[\s/.\-](\d{1,2})(?:[\s/.\-](\d{4}|\d{2}))?")
WORDED = re.compile(r"(\d{1,2})\s*([a-z]{3,9})\.?(?:\s+(\d{4}|\d{2}))?")
CLOCK = re.compile(r"(\d{1,2})(?:[:.h]?(\d{2}))?\s*(am|pm)?")


def read_day(text: str, today: date) -> date:
    """The day that `text` names, as typed on `today`.

    Takes `24/11`, `24 11`, `24.11.26`, `24/11/2026`, `24 nov`, `Tue 24 Nov`, `2026-11-24`, `today`, `yesterday` and the
    name of a weekday (the last one, today included). Without a year it is the one nearest to today, so that a slip of a
    day is seen as a day to come and not taken for last year's. Raises `Refused` where it cannot be read.
    """
    words = " ".join(text.casefold().replace(",", " ").split())
    if not words or words == "today":
        return today
    if words == "yesterday":
        return today - timedelta(days=1)
    name, _, rest = words.partition(" ")
    weekday = _weekday(name)
    if weekday is not None and not rest:
        return today - timedelta(days=(today.weekday() - weekday) % 7)
    if weekday is not None:
        words = rest
    found = _iso(words) or _numbers(words, today) or _worded(words, today)
    if found is None:
        raise Refused(f"“{text.strip()}” is not a day. Type it as 24/11, 24 11, 24 Nov or yesterday.")
    return found


def read_time(text: str) -> time:
    """The time of day that `text` names: `10:42`, `10.42`, `1042`, `9`, `9am`, `2:15 pm`. Raises `Refused`."""
    match = CLOCK.fullmatch(text.strip().casefold())
    refused = Refused(f"“{text.strip()}” is not a time. Type it as 10:42 or 2:15 pm.")
    if match is None:
        raise refused
    hour, minute = int(match[1]), int(match[2] or 0)
    if match[3]:
        if not 1 <= hour <= 12:
            raise refused
        hour = hour % 12 + (12 if match[3] == "pm" else 0)
    if hour > 23 or minute > 59:
        raise refused
    return time(hour, minute)


def _weekday(name: str) -> int | None:
    """0 for Monday, where `name` is at least three letters of a weekday."""
    return next((n for n, full in enumerate(WEEKDAYS) if len(name) >= 3 and full.startswith(name)), None)


def _iso(words: str) -> date | None:
    match = ISO_DAY.fullmatch(words)
    return _real(int(match[1]), int(match[2]), int(match[3])) if match else None


def _numbers(words: str, today: date) -> date | None:
    match = NUMBERS.fullmatch(words)
    return _with_year(int(match[1]), int(match[2]), match[3], today) if match else None


def _worded(words: str, today: date) -> date | None:
    match = WORDED.fullmatch(words)
    if match is None or match[2][:3] not in MONTHS:
        return None
    return _with_year(int(match[1]), MONTHS.index(match[2][:3]) + 1, match[3], today)


def _with_year(day: int, month: int, typed: str | None, today: date) -> date | None:
    if typed:
        return _real(int(typed) + (2000 if len(typed) == 2 else 0), month, day)
    near = [found for year in range(today.year - 4, today.year + 5) if (found := _real(year, month, day)) is not None]
    return min(near, key=lambda found: abs(found - today), default=None)  # nine years hold a 29 February


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
