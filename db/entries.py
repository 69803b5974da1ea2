"""The chronology: entries, whom they are about, what was taken back, and the files kept with them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, func, insert, select

from db.audit import Trail, signed
from db.known import Known
from db.tables import attachment, entry, entry_person, entry_pupil, link, withdrawal
from desktop_app.domain.deeds import Deed
from desktop_app.domain.entries import Attachment, Entry, EntryKind, NewEntry, Withdrawal


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
        about = select(entry_pupil.c.entry).where(entry_pupil.c.pupil.in_(pupils))
        return self._entries(entry.c.seq.in_(about))

    def all(
        self,
        first: datetime | None = None,
        last: datetime | None = None,
        kinds: Collection[EntryKind] | None = None,
    ) -> list[Entry]:
        limits: list[ColumnElement[bool]] = []
        if first is not None:
            limits.append(entry.c.happened_at >= local_moment(first))
        if last is not None:
            limits.append(entry.c.happened_at <= local_moment(last))
        if kinds is not None:
            limits.append(entry.c.kind.in_([kind.value for kind in kinds]))
        return self._entries(*limits)

    def get(self, entry_id: int) -> Entry | None:
        found = self._entries(entry.c.seq == entry_id)
        return found[0] if found else None

    def attachments(self, entry_id: int) -> list[Attachment]:
        columns = attachment.c
        statement = (
            select(columns.seq, columns.entry, columns.shown_name, columns.media_type, columns.sha256, columns.size)
            .where(columns.entry == entry_id, *self._limit(attachment))
            .order_by(columns.seq)
        )
        return [Attachment(*row) for row in self._connection.execute(statement).all()]

    def attachment_bytes(self, attachment_id: int) -> bytes:
        statement = select(attachment.c.content).where(attachment.c.seq == attachment_id)
        return bytes(self._connection.execute(statement).scalar_one())

    def _limit(self, table: Table) -> tuple[ColumnElement[bool], ...]:
        return () if self._known is None else (self._known.holds(table.c.link),)

    def _entries(self, *conditions: ColumnElement[bool]) -> list[Entry]:
        wanted = (*conditions, *self._limit(entry))
        columns = (entry, link.c.author, link.c.name, link.c.position, link.c.at)
        rows = self._connection.execute(
            select(*columns)
            .outerjoin(link, link.c.seq == entry.c.link)
            .where(*wanted)
            .order_by(entry.c.happened_at, entry.c.seq)
        ).all()
        if not rows:
            return []
        within = select(entry.c.seq).where(*wanted)
        pupils = self._tied(entry_pupil, entry_pupil.c.pupil, within)
        persons = self._tied(entry_person, entry_person.c.person, within)
        withdrawn = self._withdrawn(within)
        return [_entry(row, self._deed, pupils, persons, withdrawn) for row in rows]

    def _tied(self, table: Table, column: ColumnElement[int], within: Select[Any]) -> dict[int, tuple[int, ...]]:
        """By entry, the pupils or persons it names, in the order given."""
        statement = select(table.c.entry, column).where(table.c.entry.in_(within)).order_by(table.c.seq)
        found: dict[int, list[int]] = defaultdict(list)
        for entry_id, other in self._connection.execute(statement).all():
            found[entry_id].append(other)
        return {entry_id: tuple(others) for entry_id, others in found.items()}

    def _withdrawn(self, within: Select[Any]) -> dict[int, Withdrawal]:
        columns = withdrawal.c
        statement = (
            select(columns.entry, columns.reason, link.c.author, link.c.name, link.c.position, link.c.at)
            .outerjoin(link, link.c.seq == columns.link)
            .where(columns.entry.in_(within), *self._limit(withdrawal))
        )
        return {
            entry_id: Withdrawal(entry_id, reason, *signed(signature, self._deed))
            for entry_id, reason, *signature in self._connection.execute(statement).all()
        }


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
        seq = (self._connection.execute(select(func.max(table.c.seq))).scalar() or 0) + 1
        row = (seq, self._trail.link, *values)
        self._connection.execute(insert(table).values(row))
        self._trail.record(table.name, row)
        return seq


def _entry(
    row: Any,
    deed: Deed | None,
    pupils: dict[int, tuple[int, ...]],
    persons: dict[int, tuple[int, ...]],
    withdrawn: dict[int, Withdrawal],
) -> Entry:
    author, recorded_at = signed((row.author, row.name, row.position, row.at), deed)
    return Entry(
        id=row.seq,
        kind=EntryKind(row.kind),
        happened_at=datetime.fromisoformat(row.happened_at),
        recorded_at=recorded_at,
        author=author,
        pupils=pupils.get(row.seq, ()),
        persons=persons.get(row.seq, ()),
        outcome=row.outcome,
        note=row.note,
        details=json.loads(row.details),
        restricted=bool(row.restricted),
        adds_to=row.adds_to,
        withdrawn=withdrawn.get(row.seq),
    )
