"""The log entry that established a reason, as the reason of an amendment: nothing is typed twice.

Source: practice of school offices: what the register was amended for is what the parent said on the telephone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from desktop_app.domain.entries import LOGGED_KINDS, Entry
from desktop_app.domain.sessions import HALVES, Session
from desktop_app.rules.display import happened_time, short_date
from desktop_app.rules.leave import in_force, refuses

MOST = 3
LONGEST = 300
"""The most characters a reason has."""


@dataclass(frozen=True, slots=True)
class LogReason:
    """An entry as a reason: `words` name the kind, the day, with whom and what came of it, and end with its number."""

    entry: int
    words: str


def log_reasons(
    entries: Iterable[Entry], names: Mapping[int, str], pupils: Collection[int], day: date
) -> tuple[LogReason, ...]:
    """The entries that may be the reason for changing marks of `day`: about all of those pupils, of that day first and
    then of the days after it, the nearest first, and the decision that leave for the day was not granted. Nothing
    restricted and nothing withdrawn: the reason is printed."""
    known = tuple(entries)
    decided = {one.id for one in in_force(known)}
    fitting = [
        one
        for one in known
        if not one.restricted
        and one.withdrawn is None
        and set(pupils) <= set(one.pupils)
        and ((one.kind in LOGGED_KINDS and one.happened_at.date() >= day) or (one.id in decided and _refused(one, day)))
    ]
    nearest = sorted(fitting, key=lambda one: one.happened_at, reverse=True)
    nearest.sort(key=lambda one: one.happened_at.date())
    return tuple(LogReason(one.id, _words(one, names)) for one in nearest[:MOST])


def _refused(entry: Entry, day: date) -> bool:
    """Whether it is the decision that leave for that day was not granted: that was before the day."""
    return any(refuses(entry, Session(day, half)) for half in HALVES)


def _words(entry: Entry, names: Mapping[int, str]) -> str:
    time = happened_time(entry.happened_at)
    when = f"{short_date(entry.happened_at.date())}{f' {time}' if time else ''}"
    whom = [names[one] for one in entry.persons if one in names]
    said = f"{entry.kind.label} {', '.join([when, *whom])}: {' '.join(entry.outcome.split())}"
    number = f" (log entry {entry.id})"
    room = LONGEST - len(number)
    return f"{said if len(said) <= room else f'{said[: room - 1]}…'}{number}"
