"""Many sessions in few words."""

from __future__ import annotations

from collections.abc import Collection
from itertools import groupby

from desktop_app.domain.sessions import Session
from desktop_app.rules.display import date_year, short_date

AT_MOST = 4
"""How many days a sentence names before it only counts the rest."""


def sessions_list(sessions: Collection[Session]) -> str:
    """`Thu 12 Nov AM and PM, Fri 13 Nov AM`, with the year on the last; after a few days, `and 7 more sessions`."""
    days = [(day, list(of_day)) for day, of_day in groupby(sorted(sessions), key=lambda session: session.day)]
    named, rest = days[:AT_MOST], days[AT_MOST:]
    words: list[str] = []
    for place, (day, of_day) in enumerate(named, start=1):
        when = date_year(day) if place == len(named) else short_date(day)
        words.append(f"{when} {' and '.join(session.half.value for session in of_day)}")
    more = sum(len(of_day) for _, of_day in rest)
    said = ", ".join(words)
    return f"{said} and {more} more {'session' if more == 1 else 'sessions'}" if more else said


def count_words(number: int, one: str, many: str) -> str:
    """`1 session`, `12 sessions`."""
    return f"{number} {one if number == 1 else many}"
