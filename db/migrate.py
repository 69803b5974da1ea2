"""Which revision a store is of, and how a new one is made. Alembic itself is imported only when a migration is due."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from db.tables import metadata
from db.triggers import guards, partial_indexes

REVISIONS = ("0001", "0002", "0003")
"""Every revision there has been, in order; the last is the one this program reads and writes."""
APPLICATION_ID = 0x524F4C4C
"""`ROLL`: marks a store as ours."""

_STAMP_TABLE = (
    "CREATE TABLE alembic_version (\n\tversion_num VARCHAR(32) NOT NULL, \n\t"
    "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)\n)"
)


def make_new(connection: Connection) -> None:
    """Make every table, index and trigger in an empty store, and stamp it with the present revision."""
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    metadata.create_all(connection)
    make_guards(connection)
    connection.exec_driver_sql(_STAMP_TABLE)
    connection.exec_driver_sql("INSERT INTO alembic_version (version_num) VALUES (?)", (REVISIONS[-1],))


def make_guards(connection: Connection) -> None:
    """Make every trigger and partial index that is not there."""
    there = set(connection.exec_driver_sql("SELECT name FROM sqlite_master").scalars())
    for name, statement in {**partial_indexes(), **guards()}.items():
        if name not in there:
            connection.exec_driver_sql(statement)


def revision_of(connection: Any) -> str:
    """The revision a store is stamped with, asked of a driver's connection; empty where there is none."""
    rows = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    return ", ".join(row[0] for row in rows)
