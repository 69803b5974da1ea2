"""Entries that seem to speak of a holiday and that somebody has read, with what that person said of them.

A holiday is found by words alone (practice 30), so it is found where there was none: “his aunt in Spain is ill”. Only a
person who has read the entry can say so: an entry `considered`, taken back as any other, and then it is asked again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.referrals import FOR, HOLIDAY, WHAT


def is_answer(entry: Entry) -> bool:
    """Whether an entry says of another whether it is about a holiday."""
    return entry.kind is EntryKind.CONSIDERED and entry.details.get(WHAT, "").startswith(HOLIDAY)


def answers(entries: Iterable[Entry]) -> Mapping[int, Entry]:
    """By the number of the entry that was read, the newest of these that says whether there was a holiday, and was not
    withdrawn."""
    found: dict[int, Entry] = {}
    standing = (one for one in entries if is_answer(one) and one.withdrawn is None)
    for one in sorted(standing, key=lambda one: (one.happened_at, one.id)):
        number = one.details[WHAT].removeprefix(HOLIDAY)
        if number.isascii() and number.isdecimal():
            found[int(number)] = one
    return found


def of_none(entries: Iterable[Entry]) -> frozenset[int]:
    """The entries that were read, and are about no holiday."""
    return frozenset(key for key, one in answers(entries).items() if one.outcome.strip().casefold() != FOR)
