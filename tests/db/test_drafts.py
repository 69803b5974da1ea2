"""What is half typed outlives the window and the process, belongs to one user, and is no record of anything."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from db.store import SqlStore

AT = datetime(2026, 11, 20, 9, 4, tzinfo=UTC)
LATER = datetime(2026, 11, 20, 9, 5, tzinfo=UTC)


def test_a_draft_is_kept_written_over_and_taken_away(store: SqlStore) -> None:
    assert store.drafts.get("log 1") == ""
    store.drafts.keep("log 1", "Rang moth", AT)
    store.drafts.keep("log 1", "Rang mother, she sai", LATER)
    assert store.drafts.get("log 1") == "Rang mother, she sai"
    store.drafts.keep("log 1", "", LATER)
    assert store.drafts.get("log 1") == ""


def test_the_newest_draft_is_named_first(store: SqlStore) -> None:
    store.drafts.keep("log 1", "a", LATER)
    store.drafts.keep("log 2", "b", AT)
    assert store.drafts.places() == ("log 1", "log 2")


def test_a_draft_outlives_the_process_and_makes_no_link(store: SqlStore, reopen: Callable[..., SqlStore]) -> None:
    before = store.check()
    store.drafts.keep("log 1", "half typed", AT)
    assert store.check() == before
    store.close()
    again = reopen(write=True)
    assert again.drafts.get("log 1") == "half typed"


def test_a_store_that_is_only_read_keeps_nothing(store: SqlStore, reopen: Callable[..., SqlStore]) -> None:
    store.drafts.keep("log 1", "half typed", AT)
    reader = reopen()
    reader.drafts.keep("log 1", "", LATER)
    assert reader.drafts.get("log 1") == "half typed"
