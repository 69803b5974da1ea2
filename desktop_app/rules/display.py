"""Figures, dates and times as people read them: rounding happens here and nowhere else."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from fractions import Fraction
from math import floor

from desktop_app.domain.sessions import Half, Session, school_year_start

NO_FIGURE = "no sessions"
END_OF_DAY = time(23, 59, 59)
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
TOO_EARLY = "Too early to say"
"""What is said of persistent and severe absence before enough sessions were possible (`least_sessions`)."""
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def percent(value: Fraction | None, places: int = 1) -> str:
    """A percentage of 0 or more such as `81.9%`, rounded half up; `no sessions` where there is no figure."""
    if value is None:
        return NO_FIGURE
    scale = 10**places
    whole, part = divmod(floor(value * scale + Fraction(1, 2)), scale)
    return f"{whole}.{part:0{places}d}%" if places else f"{whole}%"


def tenth(value: Fraction) -> Fraction:
    """A percentage as it is printed, to one decimal, rounded half up."""
    return Fraction(floor(value * 10 + Fraction(1, 2)), 10)


def difference(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    """The difference of two percentages as both are printed: whoever takes one from the other on the page gets what
    stands beside them, in every report. None where there is none of one of them. For a decision, compare them exact."""
    return None if one is None or other is None else tenth(one) - tenth(other)


def short_date(day: date) -> str:
    """`Tue 24 Nov`."""
    return f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1][:3]}"


def due_words(due: date, *, overdue: bool) -> str:
    """`by Tue 24 Nov`, the last day on which something is in time; `overdue since Wed 25 Nov`, the day after it."""
    return f"overdue since {short_date(due + timedelta(days=1))}" if overdue else f"by {short_date(due)}"


def date_seen_from(day: date, today: date) -> str:
    """`Tue 24 Nov`, with the year where it is of another school year than today."""
    return short_date(day) if school_year_start(day) == school_year_start(today) else date_year(day)


def long_date(day: date) -> str:
    """`24 November 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def long_month(day: date) -> str:
    """`November 2026`."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def date_year(day: date) -> str:
    """`Tue 24 Nov 2026`."""
    return f"{short_date(day)} {day.year}"


def half_words(half: Half) -> str:
    """`morning` or `afternoon`."""
    return "morning" if half is Half.AM else "afternoon"


def session_words(session: Session) -> str:
    """`Tue 24 Nov, morning`."""
    return f"{short_date(session.day)}, {half_words(session.half)}"


def clock_time(moment: time | datetime) -> str:
    """`10:42`, on the 24-hour clock."""
    return f"{moment.hour:02d}:{moment.minute:02d}"


def happened_time(moment: datetime) -> str:
    """The time at which something happened, `10:42`; empty where only the day was given, which is kept as its last
    second: a document must not claim that somebody called a minute before midnight."""
    return "" if moment.time().replace(microsecond=0) == END_OF_DAY else clock_time(moment)
