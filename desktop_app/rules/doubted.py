"""Illness that the school doubts: the reason is recorded, and each parent is warned before any absence is left
unauthorised (Working together, 19 August 2024, code I: parents are told in advance; practice of the schools)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.sessions import school_year_start

WARNS_OF = "unauthorised absence"
"""What a warning says it is of."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A doubt that stands: the entry that records it, and the names of the parents who are still to be warned."""

    entry: Entry
    unwarned: tuple[str, ...]

    @property
    def says(self) -> str:
        """What comes before an absence can be left unauthorised, in words; empty where nothing does."""
        if not self.unwarned:
            return ""
        return f"Illness is doubted: O is proposed once {' and '.join(self.unwarned)} had a warning of it."


def doubt_of(entries: Iterable[Entry], parents: Mapping[int, str], on: date) -> Doubt | None:
    """The doubt of this school year that stands on a day; None where there is none, or where medical evidence has been
    seen since."""
    known = sorted(
        (one for one in entries if one.withdrawn is None and one.happened_at.date() <= on),
        key=lambda one: (one.happened_at, one.id),
    )
    doubts = [one for one in known if one.kind is EntryKind.ILLNESS_DOUBTED]
    if not doubts or doubts[-1].happened_at.date() < school_year_start(on):
        return None
    doubt = doubts[-1]
    since = known[known.index(doubt) :]
    if any(one.kind is EntryKind.MEDICAL_EVIDENCE and one.outcome.startswith("seen") for one in since):
        return None
    if doubt.details.get("warned") == "yes":
        return Doubt(doubt, ())
    warned = {person for one in since if _warns(one) for person in one.persons}
    return Doubt(doubt, tuple(name for key, name in parents.items() if key not in warned))


def _warns(one: Entry) -> bool:
    return one.kind is EntryKind.WARNING and one.details.get("what") == WARNS_OF
