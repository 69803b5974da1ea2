"""The audit chain: one link for each transaction, from which any later edit of the tables can be told.

A link says when, who, what and why, and `parts`: a JSON list of `[table, subject, rows, digest]`, one for each table
and subject it wrote to. A subject is whose data the rows are (`pupil 12`, `person 3`, `entry 7`, `staff 1`, `school`).
A digest is the SHA-256 of the subject's salt followed by the canonical bytes of those rows in the order of `seq`, in
URL-safe base64 without padding. The canonical bytes of a row are a JSON list of its columns, ASCII only, without
spaces, bytes given as the hexadecimal of their SHA-256, then a comma; NULLs at its end are left out, so that a later
revision may add a column at the end of a table. The hash of a link is the SHA-256, hexadecimal, of the list `[seq, at,
author, name, position, action, reason, parts, prev]` in the same manner, where `prev` is the hash of the link before,
and 64 zeros for the first. Because digests are salted by subject, the rows and salt of one subject can one day be
erased as the law asks, and every link still verifies.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from secrets import token_bytes
from typing import Any

from sqlalchemy import Connection

from db import plain
from db.subjects import subject_of
from db.tables import metadata
from desktop_app.domain.clock import Recorded
from desktop_app.domain.deeds import Deed
from desktop_app.domain.staff import Author

GENESIS = "0" * 64
SALT_BYTES = 32
TOGETHER = 64
"""Rows of a part that are encoded at once."""

_LAST = "SELECT seq, hash FROM link ORDER BY seq DESC LIMIT 1"
LOOKED_BACK = 500
"""So many links are looked at to hold the clock against: a day’s, and no more than a key press has time for."""
_NEWEST = (
    "SELECT max(at) FROM link WHERE seq > ? AND seq >= "
    "(SELECT coalesce(max(seq), 0) FROM link WHERE seq > ? AND action = 'clock')"
)
_REGISTER = (
    "SELECT at FROM link WHERE seq > ? AND (action IN ('register', 'clock') "
    "OR action IN ('register from paper', 'arrivals', 'call: spoke') AND instr(parts, '[\"mark_history\",') > 0) "
    "ORDER BY seq DESC LIMIT 1"
)
"""A register is written wherever a person makes marks: typed, keyed from paper, as the answer of who arrived, or with
the reason that a call gave. What settles by itself or is imported is none."""
_SALTS = "SELECT subject, salt FROM salt WHERE subject IN ({places})"


def _digest_of_bytes(value: Any) -> str:
    return sha256(value).hexdigest()


_encode = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"), default=_digest_of_bytes).encode


def canonical(row: Sequence[Any]) -> bytes:
    """The canonical bytes of a row."""
    return _encode(row).encode("ascii") + b","


@cache
def insertion(table: str) -> str:
    """The statement that adds a row, with all its columns in order, to a table."""
    columns = [f'"{column.name}"' for column in metadata.tables[table].columns]
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"  # noqa: S608


def moment(at: datetime) -> str:
    """An aware moment as it is stored: ISO text in UTC to the microsecond, without offset."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds")


def signed(link: Sequence[Any], deed: Deed | None) -> tuple[Author, datetime]:
    """Who wrote a row, and when (UTC), from `author, name, position, at` of its link. Inside a transaction the rows of
    its own link come without these, since a link is written last: they are of its deed."""
    author, name, position, at = link
    if deed is not None and at is None:
        return deed.author, deed.at.astimezone(UTC)
    return Author(author, name, position), datetime.fromisoformat(str(at)).replace(tzinfo=UTC)


def link_hash(values: Sequence[Any]) -> str:
    """The hash of a link, from its columns in order without the hash itself."""
    return sha256(canonical(values)).hexdigest()


def chain_head(connection: Connection) -> tuple[int, str]:
    """The number and hash of the newest link; 0 and the genesis hash where there is none."""
    found = plain.rows(connection, _LAST)
    return found[0] if found else (0, GENESIS)


def recorded(connection: Connection) -> Recorded:
    """The moments of the newest links, by the clocks of the computers they were written on: what the present clock is
    held against."""
    floor = chain_head(connection)[0] - LOOKED_BACK
    newest = plain.first(connection, _NEWEST, (floor, floor))
    return Recorded(_moment(newest), _moment(plain.first(connection, _REGISTER, (floor,))))


def _moment(kept: object) -> datetime | None:
    return None if kept is None else datetime.fromisoformat(str(kept)).replace(tzinfo=UTC)


class Part:
    """What a link wrote of one subject to one table, digested as it goes, some rows at a time."""

    __slots__ = ("_sha", "_waiting", "rows")

    def __init__(self, salt: bytes) -> None:
        self._sha = sha256(salt)
        self._waiting: list[Sequence[Any]] = []
        self.rows = 0

    def add(self, row: Sequence[Any]) -> None:
        """Take one row into the digest."""
        while row[-1] is None:
            row = row[:-1]
        self.rows += 1
        self._waiting.append(row)
        if len(self._waiting) == TOGETHER:
            self._take_in()

    def digest(self) -> str:
        """The digest so far."""
        if self._waiting:
            self._take_in()
        return urlsafe_b64encode(self._sha.digest()).rstrip(b"=").decode("ascii")

    def _take_in(self) -> None:
        """Encoding many rows at once costs a third; without its brackets their list is what each alone would give."""
        self._sha.update(_encode(self._waiting)[1:-1].encode("ascii") + b",")
        self._waiting.clear()


class Salts:
    """The salts known so far, shared by the transactions of an open store."""

    def __init__(self) -> None:
        self.known: dict[str, bytes] = {}

    def read(self, connection: Connection, subjects: Sequence[str]) -> None:
        """Know the salts of these subjects too, as far as the store has them: one question for them all."""
        statement = _SALTS.format(places=", ".join("?" * len(subjects)))
        for subject, salt in plain.rows(connection, statement, subjects):
            self.known[subject] = bytes(salt)


class Trail:
    """The link of one transaction while it grows; `seal` writes it, and from then on it has a hash."""

    def __init__(self, connection: Connection, deed: Deed, salts: Salts) -> None:
        self._connection = connection
        self.deed = deed
        self._salts = salts
        self._new: dict[str, bytes] = {}
        self._parts: dict[tuple[str, str], Part] = {}
        last, self._prev = chain_head(connection)
        self.link = last + 1
        self.hash = ""
        self._failed = False

    def expect(self, subjects: Collection[str]) -> None:
        """Have the salts of all these subjects at once: each of them will be written to."""
        asked = [subject for subject in subjects if subject not in self._salts.known and subject not in self._new]
        if asked:
            self._salts.read(self._connection, asked)
        for subject in asked:
            if subject not in self._salts.known:
                self._new[subject] = token_bytes(SALT_BYTES)

    def part(self, table: str, subject: str) -> Part:
        """The part of this link for one table and subject; rows must be added to it in the order of their `seq`."""
        found = self._parts.get((table, subject))
        if found is None:
            found = self._parts[table, subject] = Part(self._salt(subject))
        return found

    def record(self, table: str, row: Sequence[Any]) -> None:
        """Take one row, with all its columns in order, into this link."""
        self.part(table, subject_of(table, row)).add(row)

    def write(self, statement: str, rows: list[tuple[Any, ...]]) -> None:
        """Run a statement for each of some rows. Where it fails, the link can no longer be sealed, even if somebody
        catches the error: some of the rows may have been written."""
        try:
            plain.write(self._connection, statement, rows)
        except BaseException:
            self._failed = True
            raise

    def seal(self) -> None:
        """Write the salts and the link, if there is anything to write."""
        if self._failed:
            raise RuntimeError("a write failed, and the transaction was to be kept all the same")
        if not self._parts:
            return
        if self._new:
            self.write(insertion("salt"), list(self._new.items()))
        deed = self.deed
        values = (
            *(self.link, moment(deed.at), deed.author.id, deed.author.name, deed.author.position),
            *(deed.action, deed.reason, _parts_text(self._parts.items()), self._prev),
        )
        self.hash = link_hash(values)
        self.write(insertion("link"), [(*values, self.hash)])

    def _salt(self, subject: str) -> bytes:
        self.expect((subject,))
        return self._new.get(subject) or self._salts.known[subject]


def _parts_text(parts: Iterable[tuple[tuple[str, str], Part]]) -> str:
    return _encode([[table, subject, part.rows, part.digest()] for (table, subject), part in parts])
