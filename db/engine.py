"""How a store is opened: the driver, the key, the pragmas and the way a transaction begins."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as _driver  # pyright: ignore[reportMissingTypeStubs]
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

driver: Any = _driver
"""The DB-API module of SQLCipher, which brings no types of its own."""

PRAGMAS = (
    ("journal_mode", "TRUNCATE", "truncate"),
    ("synchronous", "FULL", 2),
    ("foreign_keys", "ON", 1),
    ("recursive_triggers", "ON", 1),
    ("trusted_schema", "OFF", 0),
    ("cell_size_check", "ON", 1),
    ("mmap_size", "0", 0),
    ("temp_store", "MEMORY", 2),
    ("secure_delete", "ON", 1),
    ("cache_size", "-131072", -131072),
    ("busy_timeout", "5000", 5000),
)
"""What each connection is told, and what it then answers. TRUNCATE with FULL is the one setting of a rollback journal
that lost nothing in simulated power cuts and that Windows honours; the great cache spares decrypting pages twice."""

WRITES = "rollbook_writes"
"""The execution option of a connection whose transactions write."""


def connect(path: Path, key: bytes, *, query_only: bool = False) -> Any:
    """A DB-API connection to the store at `path`. The key comes before anything else; a wrong key or a foreign file
    shows itself only at the first read, that of the journal mode, as `NOT_A_STORE`."""
    connection = driver.connect(str(path), isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        for name, value, _ in PRAGMAS:
            connection.execute(f"PRAGMA {name} = {value}")
        if query_only:
            connection.execute("PRAGMA query_only = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def open_engine(path: Path, key: bytes, *, query_only: bool = False) -> Engine:
    """The engine of a store: two connections at most, for each may cache 128 MB, and no parameter in any message."""
    engine = create_engine(
        "sqlite://",
        module=driver,
        creator=lambda: connect(path, key, query_only=query_only),
        poolclass=QueuePool,
        pool_size=2,
        max_overflow=0,
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    """Begin in words of our own: the driver is told to leave transactions alone."""
    immediate = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
