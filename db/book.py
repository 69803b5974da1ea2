"""The book: versions in, newest facts out. What was read is kept until the book changes, since every key press asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, cast

from sqlalchemy import Connection, select

from db import plain
from db.audit import Trail, insertion, recorded, signed
from db.facts import SHAPES, Shape, Values
from db.known import Known
from db.tables import link as links
from desktop_app.domain.clock import Recorded
from desktop_app.domain.deeds import Version
from desktop_app.domain.school import School, Setting
from desktop_app.ports import BookFact, F

_FIXED = ("seq", "link", "id", "version", "removed")
Facts = dict[int, Any]


class Shelf:
    """The newest facts of each kind as last read, each with the link at which they were read.

    One process writes and knows when the book changes (`changed`); a reader of somebody else's store trusts what it
    has only while no link at all was added.
    """

    def __init__(self, *, writes: bool) -> None:
        self._writes = writes
        self._since = 0
        self._kept: dict[type[Any], tuple[int, Facts, tuple[Any, ...]]] = {}

    def changed(self, link: int) -> None:
        """The book was changed by that link."""
        self._since = link

    def facts(self, kind: type[Any], link: int, load: Callable[[], Facts]) -> tuple[Facts, tuple[Any, ...]]:
        """The facts of a kind as they stand at `link`, from the shelf if they are still good."""
        kept = self._kept.get(kind)
        if kept is not None and (kept[0] == link or (self._writes and min(kept[0], link) >= self._since)):
            return kept[1], kept[2]
        facts = load()
        kept = self._kept[kind] = (link, facts, tuple(facts.values()))
        return kept[1], kept[2]


def _load(connection: Connection, shape: Shape, known: Known | None) -> Facts:
    table = shape.table.name
    columns = ", ".join(f'"{column.name}"' for column in shape.table.columns if column.name not in _FIXED)
    limit = "" if known is None else f" WHERE {known.sql()}"
    rows = plain.rows(
        connection,
        f"SELECT id, {columns} FROM {table} WHERE removed = 0"  # noqa: S608 - our own names
        f" AND seq IN (SELECT max(seq) FROM {table}{limit} GROUP BY id) ORDER BY id",
    )
    return {row[0]: shape.decode(row[0], row[1:]) for row in rows}


class Book:
    """Reads the book: today's through the shelf, a past one from the tables."""

    def __init__(self, connection: Connection, known: Known | None, shelf: Shelf, link: Callable[[], int]) -> None:
        self._connection = connection
        self._known = known
        self._shelf = shelf
        self._link = link

    def all(self, kind: type[F]) -> tuple[F, ...]:
        return cast("tuple[F, ...]", self._facts(kind)[1])

    def get(self, kind: type[F], fact_id: int) -> F | None:
        return self._facts(kind)[0].get(fact_id)

    def school(self) -> School:
        return self.all(School)[0]

    def recorded(self) -> Recorded:
        return recorded(self._connection)

    def history(self, kind: type[F], fact_id: int) -> list[Version[F]]:
        shape = SHAPES[kind]
        columns = shape.table.c
        wanted = columns.id == fact_id
        if self._known is not None:
            wanted &= self._known.holds(columns.link)
        values = [column for column in columns if column.name not in _FIXED]
        signature = (links.c.author, links.c.name, links.c.position, links.c.at, links.c.reason)
        rows = self._connection.execute(
            select(columns.removed, *signature, *values)
            .join(links, links.c.seq == columns.link)
            .where(wanted)
            .order_by(columns.seq)
        ).all()
        versions: list[Version[F]] = []
        for removed, *rest in rows:
            author, recorded_at = signed(rest[:4], None)
            fact = shape.decode(fact_id, tuple(rest[5:]))
            versions.append(Version(fact, bool(removed), author, recorded_at, reason=rest[4]))
        return versions

    def _facts(self, kind: type[Any]) -> tuple[Facts, tuple[Any, ...]]:
        if self._known is not None:
            facts = _load(self._connection, SHAPES[kind], self._known)
            return facts, tuple(facts.values())
        return self._shelf.facts(kind, self._link(), lambda: _load(self._connection, SHAPES[kind], None))


class BookWriter(Book):
    """Adds versions, and reads what it has added."""

    def __init__(self, connection: Connection, shelf: Shelf, trail: Trail) -> None:
        super().__init__(connection, None, shelf, lambda: trail.link - 1)
        self._trail = trail
        self._last: dict[tuple[str, str], int] = {}
        self._versions: dict[tuple[str, int], int] = {}
        self._settings: dict[str, int] = {}
        self._fresh: dict[type[Any], tuple[Facts, tuple[Any, ...]]] = {}
        self.wrote = False

    def put(self, fact: BookFact) -> int:
        return self.put_many((fact,))[0]

    def put_many(self, facts: Iterable[BookFact]) -> list[int]:
        return self._write(facts, removed=0)

    def remove(self, fact: BookFact) -> None:
        self._write((fact,), removed=1)

    def _facts(self, kind: type[Any]) -> tuple[Facts, tuple[Any, ...]]:
        if not self.wrote:
            return super()._facts(kind)
        if kind not in self._fresh:
            facts = _load(self._connection, SHAPES[kind], None)
            self._fresh[kind] = facts, tuple(facts.values())
        return self._fresh[kind]

    def _write(self, facts: Iterable[BookFact], *, removed: int) -> list[int]:
        ids: list[int] = []
        rows: dict[str, list[Values]] = {}
        for fact in facts:
            shape = SHAPES[type(fact)]
            table = shape.table.name
            fact_id = self._number(fact, shape) or self._take(table, "id")
            version = self._next_version(table, fact_id)
            row = (self._take(table, "seq"), self._trail.link, fact_id, version, removed, *shape.encode(fact))
            rows.setdefault(table, []).append(row)
            ids.append(fact_id if shape.numbered else 0)
        for table, added in rows.items():
            self.wrote = True
            self._trail.write(insertion(table), added)
            for row in added:
                self._trail.record(table, row)
        self._fresh.clear()
        return ids

    def _number(self, fact: BookFact, shape: Shape) -> int:
        """The fact's own number, 0 for a new one. A school is always 1, a setting has the number of its key."""
        if isinstance(fact, School):
            return 1
        if isinstance(fact, Setting):
            return self._setting_number(fact.key)
        if fact.id and self._version(shape.table.name, fact.id) == 0:
            raise LookupError(f"there is no {shape.table.name} {fact.id} to add a version to")
        return fact.id

    def _setting_number(self, key: str) -> int:
        if key not in self._settings:
            found = plain.first(self._connection, "SELECT id FROM setting WHERE key = ? LIMIT 1", (key,))
            self._settings[key] = found or self._take("setting", "id")
        return self._settings[key]

    def _take(self, table: str, column: str) -> int:
        """The next unused number of a table's column."""
        if (table, column) not in self._last:
            statement = f"SELECT max({column}) FROM {table}"  # noqa: S608 - our own names
            self._last[table, column] = plain.first(self._connection, statement) or 0
        self._last[table, column] += 1
        return self._last[table, column]

    def _version(self, table: str, fact_id: int) -> int:
        """The newest version of a fact; 0 where there is none."""
        if (table, fact_id) not in self._versions:
            statement = f"SELECT max(version) FROM {table} WHERE id = ?"  # noqa: S608 - our own names
            self._versions[table, fact_id] = plain.first(self._connection, statement, (fact_id,)) or 0
        return self._versions[table, fact_id]

    def _next_version(self, table: str, fact_id: int) -> int:
        version = self._versions[table, fact_id] = self._version(table, fact_id) + 1
        return version
