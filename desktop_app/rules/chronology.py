"""The chronology of a case as it is printed: which entries, in which order, and with whom.

Restricted entries are left out as though they were not there, with whatever was added to them: nobody is told how many
notes they may not read. A person whom a court keeps from the child is not named.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.rules.casefile import CaseFile

UNNAMED = "a person not named here"
NOBODY = "nobody reached"
CONTACT_KINDS = (EntryKind.PHONE_CALL, EntryKind.HOME_VISIT)
WITH_SOMEBODY = (
    EntryKind.PHONE_CALL,
    EntryKind.TEXT,
    EntryKind.EMAIL,
    EntryKind.LETTER,
    EntryKind.MEETING,
    EntryKind.HOME_VISIT,
)
"""The kinds that are with somebody; without a person, nobody was reached."""
UNPRINTED = frozenset({EntryKind.BUNDLE, EntryKind.SIGNED})
"""The kinds that are about documents, not about what was done: no chronology tells of them."""


@dataclass(frozen=True, slots=True)
class ChronologyLine:
    """One entry with whom it was with, in words, and whatever was added to it later."""

    entry: Entry
    persons: str
    additions: tuple[Entry, ...]


def chronology(file: CaseFile) -> tuple[ChronologyLine, ...]:
    """Every open entry up to the day of the bundle, by when it happened; additions stand under their entry."""
    additions: defaultdict[int, list[Entry]] = defaultdict(list)
    heads: list[Entry] = []
    by_id = {entry.id: entry for entry in file.entries}
    for entry in file.entries:
        if entry.kind in UNPRINTED or entry.happened_at.date() > file.request.on or sealed(entry, by_id):
            continue
        if entry.adds_to is None:
            heads.append(entry)
        else:
            additions[_head(entry, by_id).id].append(entry)
    heads.sort(key=lambda entry: (entry.happened_at, entry.id))
    return tuple(ChronologyLine(head, with_words(file, head), tuple(additions[head.id])) for head in heads)


def contacts(file: CaseFile) -> tuple[ChronologyLine, ...]:
    """The calls and home visits of the chronology."""
    return tuple(line for line in chronology(file) if line.entry.kind in CONTACT_KINDS)


def with_words(file: CaseFile, entry: Entry) -> str:
    """With whom an entry was, in words; empty for a kind that is with nobody."""
    if not entry.persons:
        return NOBODY if entry.kind in WITH_SOMEBODY else ""
    return ", ".join(file.names.get(person, UNNAMED) for person in entry.persons)


def _head(entry: Entry, by_id: dict[int, Entry]) -> Entry:
    """The entry at the top of a chain of additions."""
    while entry.adds_to is not None:
        entry = by_id[entry.adds_to]
    return entry


def sealed(entry: Entry, by_id: Mapping[int, Entry]) -> bool:
    """Whether the entry, or any it was added to, is restricted or not among `by_id`, the entries about a pupil."""
    if entry.restricted:
        return True
    if entry.adds_to is None:
        return False
    return entry.adds_to not in by_id or sealed(by_id[entry.adds_to], by_id)
