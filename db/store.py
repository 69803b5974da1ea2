"""An open school: short reads, and transactions that are one link of the audit chain each."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from pathlib import Path
from threading import Lock, get_ident

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from db import keys
from db.audit import Salts, Trail, chain_head
from db.backup import copy_to
from db.book import Book, BookWriter, Shelf
from db.check import examine
from db.drafts import SqlDrafts
from db.engine import WRITES, open_engine
from db.entries import Entries, EntriesWriter
from db.faults import CORRUPT, FULL, INPUT_OUTPUT, in_words, primary_code
from db.files import force
from db.issues import Issues, IssuesWriter
from db.keys import KdfCost, Keys
from db.known import Known, known_at
from db.lock import WriterLock, holder_of
from db.marks import Marks, MarksWriter
from db.sealing import seal, unseal
from db.slots import SqlSlots
from db.tries import Now, Tries
from desktop_app.domain.deeds import Deed, Soundness
from desktop_app.domain.errors import Damaged, Locked, Refused
from desktop_app.domain.progress import Progress


class SqlReading:
    """One short read of an open school."""

    def __init__(self, connection: Connection, shelf: Shelf, known: Known | None) -> None:
        self._connection = connection
        self.book = Book(connection, known, shelf, lambda: self._head[0])
        self.marks = Marks(connection, known)
        self.entries = Entries(connection, known)
        self.issues = Issues(connection, known)

    @cached_property
    def _head(self) -> tuple[int, str]:
        return chain_head(self._connection)

    @property
    def chain_head(self) -> str:
        return self._head[1]


class SqlWriting:
    """One transaction of an open school."""

    def __init__(self, connection: Connection, shelf: Shelf, trail: Trail) -> None:
        self.trail = trail
        self.book = BookWriter(connection, shelf, trail)
        self.marks = MarksWriter(connection, trail)
        self.entries = EntriesWriter(connection, trail)
        self.issues = IssuesWriter(connection, trail)


class SqlStore:
    """An open school, with the writer's lock or, without it, to read only."""

    def __init__(
        self,
        path: Path,
        key: bytes,
        user: str,
        lock: WriterLock | None,
        restricted: bytes | None = None,
        cost: KdfCost | None = None,
        now: Now = time.time,
    ) -> None:
        """`restricted` is the second key, where the slot that was opened has it; `cost` that of a new password;
        `now` times the wait after wrong ones."""
        self._path = path
        self._key = key
        self._restricted = restricted
        self._cost = cost or KdfCost()
        self._tries = Tries(path, now)
        self._engine = open_engine(path, key, query_only=lock is None)
        self._user = user
        self._lock = lock
        self._holder = "" if lock else holder_of(path)
        self._salts = Salts()
        self._shelf = Shelf(writes=lock is not None)
        self._turn = Lock()
        self._writer: int | None = None
        self._reads: dict[int, Connection] = {}
        self._closed = False

    @property
    def path(self) -> Path:
        return self._path

    @property
    def read_only(self) -> bool:
        return self._lock is None

    @property
    def holder(self) -> str:
        return self._holder

    @property
    def user(self) -> str:
        return self._user

    @contextmanager
    def reading(self, as_at: datetime | None = None) -> Generator[SqlReading, None, None]:
        """A read. One inside another, in the same thread, shares its connection and so its moment."""
        self._must_be_open()
        thread = get_ident()
        if thread in self._reads:
            yield self._reading(self._reads[thread], as_at)
            return
        with _plainly("Not read"), self._engine.connect() as connection, _begun(connection):
            self._reads[thread] = connection
            try:
                yield self._reading(connection, as_at)
            finally:
                del self._reads[thread]

    @contextmanager
    def writing(self, deed: Deed) -> Generator[SqlWriting, None, None]:
        """A transaction. Not to be begun inside a read: the read would keep it from its commit."""
        self._must_be_open()
        if self._lock is None:
            raise Locked(self._holder) if self._holder else Refused("This school was opened to read only.")
        thread = get_ident()
        if thread in self._reads or thread == self._writer:
            raise RuntimeError("a transaction was begun inside a read or another transaction")
        with self._turn, _plainly("Not saved"), self._engine.connect() as connection:
            self._writer = thread
            try:
                yield from self._transaction(connection.execution_options(**{WRITES: True}), deed)
            finally:
                self._writer = None

    def _transaction(self, connection: Connection, deed: Deed) -> Iterator[SqlWriting]:
        writing: SqlWriting | None = None
        try:
            with _begun(connection):
                writing = SqlWriting(connection, self._shelf, Trail(connection, deed, self._salts))
                yield writing
                writing.trail.seal()
        except DBAPIError:
            if writing is None or not self._landed(writing.trail):
                raise
        if writing.book.wrote:
            self._shelf.changed(writing.trail.link)

    def _landed(self, trail: Trail) -> bool:
        """After an error at the very end of a commit: whether the link is in the file all the same. The last thing a
        commit does is to force the emptied journal to the disk; that is tried once more, and then the file is asked."""
        if not trail.hash:
            return False
        try:
            force(self._path.with_name(f"{self._path.name}-journal"))
            with self._engine.connect() as connection, connection.begin():
                return chain_head(connection) == (trail.link, trail.hash)
        except (OSError, DBAPIError):
            return False

    @property
    def drafts(self) -> SqlDrafts:
        return SqlDrafts(self._user, self._looking, None if self._lock is None else self._keeping)

    @property
    def slots(self) -> SqlSlots:
        self._must_be_open()
        return SqlSlots(
            self._path, Keys(self._key, self._restricted), self._user, self._cost, self._is_demo, self._tries
        )

    def _is_demo(self) -> bool:
        with self.reading() as reading:
            return reading.book.school().demo

    def hand_over(self, user: str, password: str) -> None:
        self._must_be_open()
        name, opened = self._tries.unlock(keys.load(self._path)[0], user, password)
        if opened.data != self._key:
            raise Damaged(f"{self._path.name} was not opened: the keys beside it belong to another school.")
        self._user, self._restricted = name, opened.restricted
        if self._lock is not None:
            self._lock.name(name)

    def drop_second_key(self) -> None:
        self._restricted = None

    @property
    def opens_sealed(self) -> bool:
        return self._restricted is not None

    def seal(self, text: str) -> str:
        if self._restricted is None:
            raise Refused(
                "Only who has the key of restricted notes can write what is sealed: the headteacher and the "
                "safeguarding lead."
            )
        return seal(self._restricted, text)

    def unseal(self, sealed: str) -> str | None:
        return None if self._restricted is None else unseal(self._restricted, sealed)

    @contextmanager
    def _looking(self) -> Generator[Connection, None, None]:
        self._must_be_open()
        with _plainly("Not read"), self._engine.connect() as connection, _begun(connection):
            yield connection

    @contextmanager
    def _keeping(self) -> Generator[Connection, None, None]:
        """A transaction beside the chain: only what is no record is written in it."""
        self._must_be_open()
        with self._turn, _plainly("Not kept"), self._engine.connect() as connection:
            writes = connection.execution_options(**{WRITES: True})
            with _begun(writes):
                yield writes

    def check(self, head: str | None = None) -> Soundness:
        self._must_be_open()
        with _plainly("Not read"), self._engine.connect() as connection:
            connection.begin()
            try:
                return examine(connection, head)
            finally:
                connection.invalidate()

    def backup(self, target: Path) -> Iterator[Progress]:
        self._must_be_open()
        return copy_to(self._engine, self._path, self._key, target)

    def disconnect(self) -> None:
        """Close every connection to the file; the lock stays, and the next use opens it again."""
        self._engine.dispose()

    def close(self) -> None:
        self._closed = True
        self.disconnect()
        if self._lock is not None:
            self._lock.release()

    def _must_be_open(self) -> None:
        """A closed school has given up its lock: to open the file again here would be to write beside somebody else."""
        if self._closed:
            raise RuntimeError("the school was closed")

    def _reading(self, connection: Connection, as_at: datetime | None) -> SqlReading:
        return SqlReading(connection, self._shelf, None if as_at is None else known_at(connection, as_at))


@contextmanager
def _begun(connection: Connection) -> Generator[None, None, None]:
    """A transaction; a connection that met a fault of disk or file is not used again, nor the pages it holds."""
    try:
        with connection.begin():
            yield
    except DBAPIError as error:
        if primary_code(error) in (INPUT_OUTPUT, FULL, CORRUPT):
            connection.invalidate()
        raise


@contextmanager
def _plainly(doing: str) -> Generator[None, None, None]:
    """Turns what the disk or the file did to the driver into a plain sentence; a bug stays an error."""
    try:
        yield
    except DBAPIError as error:
        refusal = in_words(error, doing)
        if refusal is None:
            raise
        raise refusal from error
