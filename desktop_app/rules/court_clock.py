"""The six months within which a prosecution must be begun.

Source: Magistrates' Courts Act 1980 section 127: the information is laid within six months of the offence; the day of
the offence is not counted. Practice 25: six months from the earliest session relied on, shown as the last school day
before; a referral that leaves the authority days says how many.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection
from datetime import date, timedelta

from desktop_app.domain.notices import CourtClock
from desktop_app.domain.sessions import Session
from desktop_app.rules.calendar import SchoolCalendar
from desktop_app.rules.display import date_year, long_date
from desktop_app.rules.session_lists import count_words

LOOK_BACK = timedelta(days=120)
"""How far before the last day a school day is looked for: no holiday is longer."""


def months_after(day: date, months: int) -> date:
    """The same day some months later; the last of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_days(day: date, calendar: SchoolCalendar, months: int) -> tuple[date, date]:
    """The last day on which an information may be laid for an offence of that day, and the last school day till
    then."""
    last = months_after(day, months)
    before = calendar.school_days(last - LOOK_BACK, last)
    return last, before[-1] if before else last


def court_clock(sessions: Collection[Session], today: date, calendar: SchoolCalendar, months: int) -> CourtClock | None:
    """The clock that runs from the earliest of the sessions relied on; None where there are none."""
    if not sessions:
        return None
    earliest = min(one.day for one in sessions)
    last, school_day = last_days(earliest, calendar, months)
    left = (last - today).days
    return CourtClock(earliest, last, school_day, left, _says(earliest, last, school_day, left))


def _says(earliest: date, last: date, school_day: date, left: int) -> str:
    of = f"The earliest session relied on is of {date_year(earliest)}"
    if left < 0:
        return f"{of}: since {date_year(last)} it is too late for a court. Rely on later sessions, or leave it out."
    days = count_words(left, "day", "days")
    by = f"an information must be laid by {date_year(last)}"
    return f"{of}: {by}, and {long_date(school_day)} is the last school day till then. That leaves {days} from today."
