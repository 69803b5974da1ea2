"""Restricted notes: their words are sealed with the second key, and read by those alone whose password opens it.

To everybody else they are as though not there, and nobody is told how many they may not read.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import cast

from desktop_app.actions.needs import needs
from desktop_app.actions.own_children import check_children
from desktop_app.actions.roll import read_roll
from desktop_app.context import Context
from desktop_app.domain.entries import Entry, NewEntry
from desktop_app.domain.errors import Refused
from desktop_app.domain.rights import Right
from desktop_app.ports import Store

SEALED = "sealed"
"""The detail of a restricted entry that holds its words, sealed."""
OUTSIDE = "Restricted"
"""What stands outside as the outcome of a restricted entry."""
NO_KEY = "Only the headteacher and the safeguarding lead write and read restricted notes. Tell the safeguarding lead."


@dataclass(frozen=True, slots=True)
class RestrictedNote:
    """A restricted entry with its words; `readable` is false where they were sealed with another key."""

    entry: Entry
    readable: bool


def restricted(store: Store, entry: NewEntry) -> NewEntry:
    """The entry as it is kept: as it is, or with its words sealed where it is restricted. Raises `Refused` where the
    present user has not the second key."""
    if not entry.restricted:
        return entry
    if not store.opens_sealed:
        raise Refused(NO_KEY)
    words = {"outcome": entry.outcome, "note": entry.note, "details": dict(entry.details)}
    sealed = store.seal(json.dumps(words, ensure_ascii=False))
    return replace(entry, outcome=OUTSIDE, note="", details={SEALED: sealed})


def sealed_reason(store: Store, entry: int, reason: str) -> str:
    """Why an entry is withdrawn, as it is kept: sealed where the entry is restricted."""
    with store.reading() as reading:
        found = reading.entries.get(entry)
    hidden = found is not None and found.restricted and store.opens_sealed
    return store.seal(reason) if hidden else reason


def _withdrawal(store: Store, entry: Entry) -> Entry:
    """The entry with the reason for its withdrawal as it was written."""
    back = entry.withdrawn
    reason = store.unseal(back.reason) if back is not None else None
    return entry if back is None or reason is None else replace(entry, withdrawn=replace(back, reason=reason))


def opened(store: Store, entry: Entry) -> RestrictedNote:
    """A restricted entry as whoever has the second key reads it. Words of before the seal read as they are."""
    sealed = entry.details.get(SEALED)
    if sealed is None:
        return RestrictedNote(_withdrawal(store, entry), readable=True)
    text = store.unseal(sealed)
    if text is None:
        return RestrictedNote(entry, readable=False)
    words = cast("dict[str, object]", json.loads(text))
    details = cast("dict[str, str]", words["details"])
    return RestrictedNote(
        replace(_withdrawal(store, entry), outcome=str(words["outcome"]), note=str(words["note"]), details=details),
        readable=True,
    )


@needs(Right.READ_LOG)
def restricted_notes(context: Context, pupil: int) -> tuple[RestrictedNote, ...]:
    """The restricted entries about a child, oldest first. Raises `Refused` for somebody without the second key, whether
    or not there are any."""
    if not context.store.opens_sealed:
        raise Refused(NO_KEY)
    with context.store.reading() as reading:
        check_children(context, read_roll(reading.book), [pupil])
        return tuple(opened(context.store, one) for one in reading.entries.of(pupil) if one.restricted)
