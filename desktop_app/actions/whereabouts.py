"""Who left during the day: read by the hatch, the registers and the roll-call."""

from __future__ import annotations

from datetime import datetime, time

from desktop_app.domain.entries import EntryKind
from desktop_app.ports import EntriesReading

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
