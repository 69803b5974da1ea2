"""What the application asks of storage: a few small protocols, which `db/` answers."""

from __future__ import annotations

from desktop_app.ports.facts import (
    BookFact,
    BookReading,
    BookWriting,
    EntriesReading,
    EntriesWriting,
    F,
    IssuesReading,
    IssuesWriting,
    MarksReading,
    MarksWriting,
)
from desktop_app.ports.store import Clock, Drafts, KeysChange, Reading, Slots, Store, StoreHouse, Writing

__all__ = (
    "BookFact",
    "BookReading",
    "BookWriting",
    "Clock",
    "Drafts",
    "EntriesReading",
    "EntriesWriting",
    "F",
    "IssuesReading",
    "IssuesWriting",
    "KeysChange",
    "MarksReading",
    "MarksWriting",
    "Reading",
    "Slots",
    "Store",
    "StoreHouse",
    "Writing",
)
