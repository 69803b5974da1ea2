"""The home visits of a bundle: when, who went, who was seen, and what came of it.

What is kept for whoever goes next (a dog, a gate) and what the visitor thinks of it are not for the reader.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.chronology import with_words
from desktop_app.rules.parts.record import additions, said, standing


@dataclass(frozen=True, slots=True)
class Visit:
    """One home visit. `seen` says who was seen, and whether the child was, where that was written down; `card` whether
    a card was left; `came` what came of it, with whatever was added later."""

    entry: Entry
    went: str
    seen: tuple[str, ...]
    came: tuple[str, ...]


CHILD_SEEN = {"yes": "The child was seen.", "no": "The child was not seen."}


def visits(file: CaseFile) -> tuple[Visit, ...]:
    """Every home visit up to the day."""
    later = additions(file)
    return tuple(_visit(file, entry, later.get(entry.id, ())) for entry in standing(file, EntryKind.HOME_VISIT))


def no_visits(file: CaseFile) -> str:
    """Why there is no such part."""
    return "" if standing(file, EntryKind.HOME_VISIT) else "No home visit is recorded up to this day."


def _visit(file: CaseFile, entry: Entry, later: Sequence[Entry]) -> Visit:
    details = entry.details
    card = "A card was left." if details.get("card") == "yes" else ""
    seen = (details.get("seen") or with_words(file, entry), CHILD_SEEN.get(details.get("child_seen", ""), ""))
    came = (entry.outcome, said(entry.note), card, *(said(one.outcome, one.note) for one in later))
    went = details.get("went", "") or entry.author.name
    return Visit(entry, went, tuple(filter(None, seen)), tuple(filter(None, came)))
