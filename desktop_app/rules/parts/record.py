"""Reading the record for a part: the entries that stand, what was added to them, and days kept as text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.chronology import sealed


def standing(file: CaseFile, *kinds: EntryKind) -> tuple[Entry, ...]:
    """The entries of these kinds (none named: of all) that a part may tell of, by when they happened: up to the day,
    neither withdrawn nor sealed."""
    by_id = {entry.id: entry for entry in file.entries}
    found = [
        entry
        for entry in file.entries
        if (not kinds or entry.kind in kinds)
        and entry.withdrawn is None
        and entry.happened_at.date() <= file.request.on
        and not sealed(entry, by_id)
    ]
    return tuple(sorted(found, key=lambda entry: (entry.happened_at, entry.id)))


def additions(file: CaseFile) -> Mapping[int, Sequence[Entry]]:
    """What was added later, by the entry to which it was."""
    found: defaultdict[int, list[Entry]] = defaultdict(list)
    for entry in standing(file):
        if entry.adds_to is not None:
            found[entry.adds_to].append(entry)
    return found


def day_of(entry: Entry, key: str) -> date | None:
    """A day of an entry’s details; None where there is none, or it is no day."""
    try:
        return date.fromisoformat(entry.details.get(key, ""))
    except ValueError:
        return None


def begun(text: str) -> str:
    """A text with a capital first letter."""
    return text[:1].upper() + text[1:]


def said(*texts: str) -> str:
    """Some texts as sentences, one after the other; the empty ones are not there."""
    return " ".join(text if text.endswith((".", "!", "?", "…")) else f"{text}." for text in texts if text.strip())
