"""Who left during the day, and who was said to stay away: read by the hatch, the registers, Today and the roll-call."""

from __future__ import annotations

from datetime import datetime, time

from desktop_app.domain.entries import REPORTED, EntryKind
from desktop_app.domain.sessions import Half
from desktop_app.ports import EntriesReading
from desktop_app.rules.display import clock_time

MOVES = (EntryKind.SIGNED_OUT, EntryKind.SIGNED_IN)


def signed_out(entries: EntriesReading, now: datetime) -> dict[int, time]:
    """The children signed out today and not in again, with the time they went."""
    out: dict[int, time] = {}
    for entry in entries.all(datetime.combine(now.date(), time()), now, MOVES):
        if entry.withdrawn is not None:
            continue
        for pupil in entry.pupils:
            if entry.kind is EntryKind.SIGNED_OUT:
                out[pupil] = entry.happened_at.time()
            else:
                out.pop(pupil, None)
    return out


def reported_absent(entries: EntriesReading, now: datetime) -> dict[tuple[int, Half], str]:
    """The children and halves of today of which a message said that they would be missed, with what was said."""
    said: dict[tuple[int, Half], str] = {}
    for entry in entries.all(datetime.combine(now.date(), time()), now, {EntryKind.PHONE_CALL}):
        if entry.withdrawn is None and not entry.restricted:
            words = f"{clock_time(entry.happened_at)}: {entry.note or entry.outcome}"
            for half in entry.details.get(REPORTED, "").split():
                said.update({(key, Half(half)): words for key in entry.pupils})
    return said
