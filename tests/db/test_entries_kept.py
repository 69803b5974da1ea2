"""The chronology and the documents issued, as the store keeps them."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from db.store import SqlStore
from desktop_app.domain.entries import Attachment, EntryKind, Issue, NewEntry
from desktop_app.domain.staff import Author


def call(at: datetime, *pupils: int, **more: Any) -> NewEntry:
    return NewEntry(EntryKind.PHONE_CALL, at, pupils, "spoke", **more)


def test_an_entry_comes_back_with_its_people_in_order(store: SqlStore, deed: Any) -> None:
    new = NewEntry(
        EntryKind.HOME_VISIT,
        datetime(2026, 9, 7, 9, 30, 15, 25),
        (3, 1),
        "nobody at home",
        persons=(9, 4),
        note="Left a card; “call back” — ł ş",
        details={"card": "yes", "a": ""},
        restricted=True,
    )
    with store.writing(deed("log")) as writing:
        number = writing.entries.add(new)
        unsealed = writing.entries.get(number)
    with store.reading() as reading:
        entry = reading.entries.get(number)
        assert reading.entries.get(99) is None
    assert entry == unsealed
    assert entry is not None
    for name in ("kind", "happened_at", "pupils", "persons", "outcome", "note", "details", "restricted", "adds_to"):
        assert getattr(entry, name) == getattr(new, name)
    assert (entry.id, entry.author, entry.recorded_at) == (number, Author(1, "Mrs A Head", "headteacher"), deed.at)
    assert entry.withdrawn is None


def test_a_backdated_entry_sorts_into_place(store: SqlStore, deed: Any) -> None:
    times = [datetime(2026, 9, day, 9) for day in (9, 7, 8, 7)]
    with store.writing(deed()) as writing:
        numbers = [writing.entries.add(call(at, 1)) for at in times]
        writing.entries.add(call(times[0], 2))
    with store.reading() as reading:
        assert [entry.id for entry in reading.entries.of(1)] == [numbers[place] for place in (1, 3, 2, 0)]
        assert [entry.id for entry in reading.entries.all(times[1], times[2])] == [2, 4, 3]
        assert len(reading.entries.all()) == 5
        assert len(reading.entries.all(first=times[0])) == 2
        assert reading.entries.of(3) == []
        assert [entry.id for entry in reading.entries.of(1, 2, 3)] == [2, 4, 3, 1, 5]
        assert reading.entries.of() == []


def test_entries_are_read_by_kind(store: SqlStore, deed: Any) -> None:
    days = [datetime(2026, 9, day, 9) for day in (7, 8, 9)]
    with store.writing(deed()) as writing:
        writing.entries.add(call(days[0], 1))
        visit = writing.entries.add(NewEntry(EntryKind.HOME_VISIT, days[1], (1,), "nobody in"))
        text = writing.entries.add(NewEntry(EntryKind.TEXT, days[2], (1,), "sent"))
    wanted = (EntryKind.TEXT, EntryKind.HOME_VISIT)
    with store.reading() as reading:
        assert [entry.id for entry in reading.entries.all(kinds=wanted)] == [visit, text]
        assert [entry.id for entry in reading.entries.all(days[2], kinds=wanted)] == [text]
        assert reading.entries.all(kinds=()) == []


def test_a_withdrawn_entry_stays_with_why_and_by_whom(store: SqlStore, deed: Any) -> None:
    with store.writing(deed()) as writing:
        number = writing.entries.add(call(datetime(2026, 9, 7, 9), 1))
    known = deed.between()
    with store.writing(deed()) as writing:
        writing.entries.withdraw(number, "the other Jaydn")
    with store.reading() as now, store.reading(known) as then:
        taken_back = now.entries.of(1)[0].withdrawn
        assert then.entries.of(1)[0].withdrawn is None
    assert taken_back is not None
    assert (taken_back.entry, taken_back.reason, taken_back.recorded_at) == (number, "the other Jaydn", deed.at)
    with pytest.raises(IntegrityError), store.writing(deed()) as writing:
        writing.entries.withdraw(number, "again")


def test_an_entry_that_was_not_yet_recorded_was_not_known(store: SqlStore, deed: Any) -> None:
    with store.writing(deed()) as writing:
        writing.entries.add(call(datetime(2026, 9, 9, 9), 1))
    known = deed.between()
    with store.writing(deed()) as writing:
        backdated = writing.entries.add(call(datetime(2026, 9, 7, 9), 1, adds_to=1))
        writing.entries.attach(1, "a.txt", "text/plain", b"a")
    with store.reading(known) as then, store.reading() as now:
        assert [entry.id for entry in then.entries.of(1)] == [1]
        assert then.entries.attachments(1) == []
        assert then.entries.get(backdated) is None
        assert [entry.adds_to for entry in now.entries.of(1)] == [1, None]


def test_a_file_is_kept_with_its_bytes_and_their_hash(store: SqlStore, deed: Any) -> None:
    content = bytes(range(256)) * 5000
    with store.writing(deed()) as writing:
        number = writing.entries.add(call(datetime(2026, 9, 7, 9), 1))
        kept = writing.entries.attach(number, "GP letter.pdf", "application/pdf", content)
    with store.reading() as reading:
        assert reading.entries.attachments(number) == [
            Attachment(
                kept, number, "GP letter.pdf", "application/pdf", hashlib.sha256(content).hexdigest(), len(content)
            )
        ]
        assert reading.entries.attachment_bytes(kept) == content
    assert store.check().ok


def test_nothing_is_kept_with_an_entry_that_is_not_there(store: SqlStore, deed: Any) -> None:
    with pytest.raises(IntegrityError), store.writing(deed()) as writing:
        writing.entries.attach(5, "a.txt", "text/plain", b"a")
    with pytest.raises(IntegrityError), store.writing(deed()) as writing:
        writing.entries.add(call(datetime(2026, 9, 7, 9), 1, adds_to=5))


def document(reference: str, pupil: int) -> Issue:
    as_at = datetime(2026, 9, 8, 10, 0, 0, 7, tzinfo=UTC)
    return Issue(0, reference, "bundle", pupil, as_at, "ab" * 32, 12, "sefton", "2026-09", "cd" * 32)


def test_an_issued_document_is_recorded_and_counted_by_year(store: SqlStore, deed: Any) -> None:
    with store.writing(deed()) as writing:
        assert writing.issues.add(document("REG-2026-0001", 1)) == 1
        assert writing.issues.count(2026) == 1
        assert writing.issues.add(document("REG-2026-0002", 2)) == 2
    known = deed.between()
    deed.at = datetime(2027, 1, 4, tzinfo=UTC)
    with store.writing(deed()) as writing:
        writing.issues.add(document("REG-2027-0001", 1))
    with store.reading() as now, store.reading(known) as then:
        assert [now.issues.count(year) for year in (2025, 2026, 2027)] == [0, 2, 1]
        assert [issue.reference for issue in now.issues.of(1)] == ["REG-2026-0001", "REG-2027-0001"]
        assert then.issues.of(1) == [Issue(**{**plain(document("REG-2026-0001", 1)), "id": 1})]
        assert then.issues.count(2027) == 0


def plain(issue: Issue) -> dict[str, Any]:
    return {name: getattr(issue, name) for name in Issue.__dataclass_fields__}


def test_a_reference_is_given_once(store: SqlStore, deed: Any) -> None:
    with store.writing(deed()) as writing:
        writing.issues.add(document("REG-2026-0001", 1))
    with pytest.raises(IntegrityError), store.writing(deed()) as writing:
        writing.issues.add(document("REG-2026-0001", 2))
