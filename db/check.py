"""Is the store as it was written? Recomputes every link from the rows, folds the history, and asks the file itself."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import DBAPIError

from db.audit import GENESIS, Part, link_hash
from db.engine import driver
from db.faults import CORRUPT, NOT_A_STORE, primary_code
from db.migrate import REVISIONS, make_new, revision_of
from db.subjects import subject_of
from db.tables import CHAINED
from desktop_app.domain.deeds import Soundness
from desktop_app.domain.sessions import HALVES

MOST_FAULTS = 200
"""Faults told one by one; those beyond are only counted."""

_MADE = (
    "typeof(pupil) = 'integer' AND typeof(day) = 'integer'"
    f" AND day BETWEEN 1 AND {date.max.toordinal()} AND half IN (0, 1)"
)
"""The condition that a row of marks is one this program could have made; no other can be told of by its session."""

Row = Sequence[Any]
Found = Generator[str, None, None]


def examine(connection: Connection, head: str | None) -> Soundness:
    """Everything that is wrong with an open store, in plain sentences. Reads inside the transaction of `connection`,
    which is not to be used for anything else afterwards."""
    raw: Any = connection.connection.driver_connection
    raw.text_factory = _text
    chain = Chain(connection)
    faults: list[str] = []
    beyond = 0
    for fault in _all_faults(connection, chain):
        if len(faults) < MOST_FAULTS:
            faults.append(fault)
        else:
            beyond += 1
    if beyond:
        faults.append(f"There are {beyond} more faults of this kind.")
    return Soundness(
        marks=_count(connection, "mark"),
        history=_count(connection, "mark_history"),
        links=chain.links,
        chain_head=chain.head,
        faults=tuple(faults),
        head_known=None if head is None else head.strip().lower() in chain.hashes,
    )


def _text(stored: bytes) -> str:
    """Text as stored, even where somebody put bytes there that are none."""
    return stored.decode("utf-8", "surrogateescape")


def _all_faults(connection: Connection, chain: Chain) -> Found:
    try:
        yield from _file_faults(connection)
        yield from _schema_faults(connection)
        yield from chain.faults()
        yield from _mark_faults(connection)
    except (DBAPIError, driver.Error) as error:
        if primary_code(error) not in (CORRUPT, NOT_A_STORE):
            raise
        yield "The file is damaged: not all of it can be read."


def _rows(connection: Connection, statement: str) -> Iterator[Any]:
    """The rows of a statement as they come, straight from the driver: a check may walk a million."""
    cursor: Any = connection.connection.cursor()
    try:
        yield from cursor.execute(statement)
    finally:
        cursor.close()


def _count(connection: Connection, table: str) -> int:
    try:
        return connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() or 0  # noqa: S608 - our own names
    except DBAPIError:
        return 0


def _file_faults(connection: Connection) -> Found:
    for row in _rows(connection, "PRAGMA cipher_integrity_check"):
        yield f"The file is damaged: {row[0]}."
    for row in _rows(connection, "PRAGMA quick_check"):
        if row[0] != "ok":
            yield f"The file is damaged: {row[0]}."
    for table, row, parent, _ in _rows(connection, "PRAGMA foreign_key_check"):
        yield f"Row {row} of {table} points to a row of {parent} that is not there."


def _schema(connection: Connection) -> dict[tuple[str, str], str]:
    """What the file is made of, by kind and name; how the statements are set out does not matter."""
    rows = _rows(connection, "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'")
    return {(kind, name): " ".join(sql.split()).replace("( ", "(").replace(" )", ")") for kind, name, sql in rows}


def _schema_faults(connection: Connection) -> Found:
    """What differs from a new store: a guard taken away, a table added."""
    with create_engine("sqlite://", module=driver).connect() as fresh:
        make_new(fresh)
        wanted = _schema(fresh)
    found = _schema(connection)
    for kind, name in sorted(wanted.keys() | found.keys()):
        if (kind, name) not in found:
            yield f"The {kind} {name} is missing."
        elif (kind, name) not in wanted:
            yield f"The {kind} {name} does not belong in a school’s file."
        elif found[kind, name] != wanted[kind, name]:
            yield f"The {kind} {name} is not as it was made."
    if revision_of(connection.connection.driver_connection) != REVISIONS[-1]:
        yield "The revision in alembic_version is not the one this file was made with."


class Chain:
    """The audit chain read beside the rows it speaks of: all tables are walked at once, in the order of links."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._salts: dict[str, bytes] = {}
        self._salted: set[str] = set()
        self.links = 0
        self.head = GENESIS
        self.hashes: set[str] = set()

    def faults(self) -> Found:
        """Everything about links, rows and salts that does not agree."""
        found = _rows(self._connection, "SELECT * FROM salt")
        self._salts = {subject: salt if isinstance(salt, bytes) else b"" for subject, salt in found}
        walks = [Walk(self._connection, table.name) for table in CHAINED]
        for row in _rows(self._connection, "SELECT * FROM link ORDER BY seq"):
            yield from self._link_faults(row)
            yield from self._part_faults(row, walks)
        for walk in walks:
            yield from walk.rest(self.links)
        for subject in sorted(self._salts.keys() - self._salted):
            yield f"The table salt has a row for {subject}, of whom no link speaks."

    def _link_faults(self, row: Row) -> Found:
        seq, prev, found = row[0], row[-2], row[-1]
        if seq != self.links + 1:
            yield f"The table link goes from link {self.links} to link {seq}: what was between them is gone."
        if prev != self.head:
            yield f"Link {seq} of the table link does not follow from the one before it."
        if link_hash(row[:-1]) != found:
            yield f"Link {seq} of the table link was changed: its hash is not that of its contents."
        self.links, self.head = seq, found
        self.hashes.add(found)

    def _part_faults(self, row: Row, walks: list[Walk]) -> Found:
        seq = row[0]
        said = _said(row[-3])
        self._salted.update(subject for _, subject in said)
        for walk in walks:
            parts: dict[str, Part] = {}
            yield from walk.take(seq, parts, self._salts)
            for subject, part in parts.items():
                rows, digest = said.pop((walk.table, subject), (0, ""))
                if rows != part.rows:
                    yield f"Link {seq} wrote {rows} rows of {subject} to {walk.table}; there are {part.rows}."
                elif digest != part.digest():
                    yield f"What link {seq} wrote of {subject} to {walk.table} was changed, or its salt was."
        for (table, subject), (rows, _) in said.items():
            yield f"Link {seq} wrote {rows} rows of {subject} to {table}; there are none."


class Walk:
    """The rows of one table, in order, a link's worth at a time."""

    def __init__(self, connection: Connection, table: str) -> None:
        self.table = table
        self._rows = _rows(connection, f"SELECT * FROM {table} ORDER BY seq")  # noqa: S608 - our own names
        self._next: Row | None = next(self._rows, None)

    def take(self, link: int, parts: dict[str, Part], salts: dict[str, bytes]) -> Found:
        """Digest the rows of `link` into `parts`, by subject."""
        without_salt: set[str] = set()
        while (row := self._next) is not None and _link_of(row) <= link:
            self._next = next(self._rows, None)
            if _link_of(row) != link:
                yield self._astray(row)
                continue
            subject = subject_of(self.table, row)
            if subject not in parts:
                if subject not in salts:
                    without_salt.add(subject)
                parts[subject] = Part(salts.get(subject, b""))
            parts[subject].add(row)
        for subject in sorted(without_salt):
            yield f"The salt of {subject} is missing from the table salt, so link {link} cannot be made again."

    def rest(self, links: int) -> Found:
        """What is left when the chain has ended."""
        while (row := self._next) is not None:
            self._next = next(self._rows, None)
            yield f"{self._astray(row)} The chain ends at link {links}."

    def _astray(self, row: Row) -> str:
        return f"Row {row[0]} of {self.table} claims link {row[1]}, but that link is not there or did not write it."


def _link_of(row: Row) -> int:
    """The link a row claims; none at all where what stands there is no whole number."""
    return row[1] if isinstance(row[1], int) else 0


def _said(parts: str) -> dict[tuple[str, str], tuple[int, str]]:
    """What a link says it wrote; nothing where its text cannot be read, which its hash has already shown."""
    try:
        return {(table, subject): (rows, digest) for table, subject, rows, digest in json.loads(parts)}
    except (ValueError, TypeError):
        return {}


def _mark_faults(connection: Connection) -> Found:
    """The current marks of each day against the history of that day."""
    for table, made in (("mark", f"{_MADE} AND code <> ''"), ("mark_history", _MADE)):
        odd = sum(1 for _ in _rows(connection, f"SELECT 1 FROM {table} WHERE NOT ({made})"))  # noqa: S608
        if odd:
            yield f"The table {table} has rows ({odd}) of no pupil, day, half or code that there could be."
    days = connection.exec_driver_sql(
        f"SELECT day FROM mark WHERE {_MADE} UNION SELECT day FROM mark_history WHERE {_MADE} ORDER BY 1"  # noqa: S608
    )
    for (day,) in days.fetchall():
        folded = _of_day(connection, "mark_history", day, " ORDER BY seq")
        current = _of_day(connection, "mark", day, "")
        if folded == current:
            continue
        for pupil, half in sorted(folded.keys() | current.keys()):
            if folded.get((pupil, half)) != current.get((pupil, half)):
                session = f"{date.fromordinal(day)} {HALVES[half]}"
                yield f"The current mark of pupil {pupil} for {session}, in the table mark, is not that of the history."


def _of_day(connection: Connection, table: str, day: int, order: str) -> dict[tuple[int, int], Row]:
    statement = f"SELECT pupil, half, code, minutes, note FROM {table} WHERE day = {day:d} AND {_MADE}{order}"  # noqa: S608
    marks: dict[tuple[int, int], Row] = {(row[0], row[1]): row[2:] for row in _rows(connection, statement)}
    return {place: mark for place, mark in marks.items() if mark[0]}
