"""The chronology: entries, whom they are about, what was taken back, and the files kept with them."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Table, select

from db import plain
from db.audit import Trail, insertion, signed
from db.known import Known
from db.tables import attachment, entry, entry_person, entry_pupil, withdrawal
from desktop_app.domain.deeds import Deed
from desktop_app.domain.entries import Attachment, Entry, EntryKind, NewEntry, Withdrawal
from desktop_app.domain.staff import Author

_ENTRY = (
    "SELECT e.seq, e.kind, e.happened_at, e.outcome, e.note, e.details, e.restricted, e.adds_to,"
    " l.author, l.name, l.position, l.at FROM entry e LEFT JOIN link l ON l.seq = e.link"
)
_FILE = "SELECT seq, entry, shown_name, media_type, sha256, size FROM attachment"
_WITHDRAWAL = (
    "SELECT w.entry, w.reason, l.author, l.name, l.position, l.at FROM withdrawal w LEFT JOIN link l ON l.seq = w.link"
)


def local_moment(at: datetime) -> str:
    """A naive local moment as it is stored: ISO text to the microsecond."""
    return at.isoformat(timespec="microseconds")


class Entries:
    """Reads the chronology."""

    def __init__(self, connection: Connection, known: Known | None, deed: Deed | None = None) -> None:
        self._connection = connection
        self._deed = deed
        self._known = known

    def of(self, *pupils: int) -> list[Entry]:
        keys = ", ".join(str(int(pupil)) for pupil in pupils)
        return self._entries(f"e.seq IN (SELECT entry FROM entry_pupil WHERE pupil IN ({keys}))", {})  # noqa: S608

    def all(
        self,
        first: datetime | None = None,
        last: datetime | None = None,
        kinds: Collection[EntryKind] | None = None,
    ) -> list[Entry]:
        limits: list[str] = []
        values: dict[str, str] = {}
        if first is not None:
            limits.append("e.happened_at >= :first")
            values["first"] = local_moment(first)
        if last is not None:
            limits.append("e.happened_at <= :last")
            values["last"] = local_moment(last)
        if kinds is not None:
            named = ", ".join(f"'{kind.value}'" for kind in kinds)
            limits.append(f"e.kind IN ({named})")
        return self._entries(" AND ".join(limits) or "1", values)

    def get(self, entry_id: int) -> Entry | None:
        found = self._entries("e.seq = :id", {"id": entry_id})
        return found[0] if found else None

    def attachments(self, entry_id: int) -> list[Attachment]:
        return self._attachments("entry = :entry", {"entry": entry_id})

    def attachments_of(self, entries: Collection[int]) -> list[Attachment]:
        return self._attachments(f"entry IN ({', '.join(str(int(one)) for one in entries)})", {})

    def attachment(self, attachment_id: int) -> Attachment | None:
        found = self._attachments("seq = :seq", {"seq": attachment_id})
        return found[0] if found else None

    def file_of(self, digest: str) -> Attachment | None:
        found = self._attachments("sha256 = :digest", {"digest": digest})
        return found[-1] if found else None

    def _attachments(self, condition: str, values: Mapping[str, Any]) -> list[Attachment]:
        of = f"{_FILE} WHERE {condition}{self._known_only('link')} ORDER BY seq"
        return [Attachment(*row) for row in self._rows(of, values)]

    def attachment_bytes(self, attachment_id: int) -> bytes:
        statement = select(attachment.c.content).where(attachment.c.seq == attachment_id)
        return bytes(self._connection.execute(statement).scalar_one())

    def _entries(self, condition: str, values: Mapping[str, Any]) -> list[Entry]:
        """The entries of which that holds, in the order they happened. The desk of the morning asks four times."""
        where = f"WHERE {condition}{self._known_only('e.link')}"
        rows = self._rows(f"{_ENTRY} {where} ORDER BY e.happened_at, e.seq", values)
        if not rows:
            return []
        within = f"(SELECT e.seq FROM entry e {where})"  # noqa: S608 - our own words
        pupils = self._tied("entry_pupil", "pupil", within, values)
        persons = self._tied("entry_person", "person", within, values)
        withdrawn = self._withdrawn(within, values)
        signatures: dict[tuple[Any, ...], tuple[Author, datetime]] = {}
        entries: list[Entry] = []
        for row in rows:
            link = row[_LINK:]
            if link not in signatures:
                signatures[link] = signed(link, self._deed)
            entries.append(_entry(row, signatures[link], pupils, persons, withdrawn))
        return entries

    def _tied(self, table: str, column: str, within: str, values: Mapping[str, Any]) -> dict[int, tuple[int, ...]]:
        """By entry, the pupils or persons it names, in the order given."""
        statement = f"SELECT entry, {column} FROM {table} WHERE entry IN {within} ORDER BY seq"  # noqa: S608 - our own
        found: dict[int, tuple[int, ...]] = {}
        for entry_id, other in self._rows(statement, values):
            found[entry_id] = (*found[entry_id], other) if entry_id in found else (other,)
        return found

    def _withdrawn(self, within: str, values: Mapping[str, Any]) -> dict[int, Withdrawal]:
        statement = f"{_WITHDRAWAL} WHERE w.entry IN {within}{self._known_only('w.link')}"
        return {
            entry_id: Withdrawal(entry_id, reason, *signed(signature, self._deed))
            for entry_id, reason, *signature in self._rows(statement, values)
        }

    def _known_only(self, column: str) -> str:
        return "" if self._known is None else f" AND {self._known.sql(column)}"

    def _rows(self, statement: str, values: Mapping[str, Any]) -> list[Any]:
        return plain.rows(self._connection, statement, values)


class EntriesWriter(Entries):
    """Adds to the chronology."""

    def __init__(self, connection: Connection, trail: Trail) -> None:
        super().__init__(connection, None, trail.deed)
        self._trail = trail

    def add(self, new: NewEntry) -> int:
        details = json.dumps(dict(new.details), ensure_ascii=False)
        said = (new.outcome, new.note, details, int(new.restricted), new.adds_to)
        entry_id = self._append(entry, (new.kind.value, local_moment(new.happened_at), *said))
        for pupil in new.pupils:
            self._append(entry_pupil, (entry_id, pupil))
        for person in new.persons:
            self._append(entry_person, (entry_id, person))
        return entry_id

    def withdraw(self, entry_id: int, reason: str) -> None:
        self._append(withdrawal, (entry_id, reason))

    def attach(self, entry_id: int, shown_name: str, media_type: str, content: bytes) -> int:
        values = (entry_id, shown_name, media_type, sha256(content).hexdigest(), len(content), content)
        return self._append(attachment, values)

    def _append(self, table: Table, values: tuple[Any, ...]) -> int:
        """Add a row and return its number."""
        seq = int(plain.first(self._connection, f"SELECT max(seq) FROM {table.name}") or 0) + 1  # noqa: S608 - our own
        row = (seq, self._trail.link, *values)
        self._trail.write(insertion(table.name), [row])
        self._trail.record(table.name, row)
        return seq


_NONE = "{}"
"""No details, as they are kept."""
_LINK = 8
"""Where in a row of an entry what its link says begins."""
_KINDS = {kind.value: kind for kind in EntryKind}


def _entry(
    row: Any,
    signature: tuple[Author, datetime],
    pupils: dict[int, tuple[int, ...]],
    persons: dict[int, tuple[int, ...]],
    withdrawn: dict[int, Withdrawal],
) -> Entry:
    seq, kind, happened_at, outcome, note, details, restricted, adds_to = row[:_LINK]
    return Entry(
        seq,
        _KINDS[kind],
        datetime.fromisoformat(happened_at),
        signature[1],
        signature[0],
        pupils.get(seq, ()),
        persons.get(seq, ()),
        outcome,
        note,
        json.loads(details) if details != _NONE else {},
        bool(restricted),
        adds_to,
        withdrawn.get(seq),
    )
