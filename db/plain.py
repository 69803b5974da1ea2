"""Plain statements, handed to the driver itself. What runs at every key press must not wait for a builder of statements
and of results, which costs more than most of the questions. Faults are those of every other statement."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from db.engine import driver

Values = Sequence[Any] | Mapping[str, Any]


def rows(connection: Connection, statement: str, values: Values = ()) -> list[Any]:
    """Every row of a statement, as the driver’s own tuples; all at once, or an open cursor would keep a writer from its
    commit."""
    return _run(connection, statement, lambda plain: plain.execute(statement, values).fetchall())


def first(connection: Connection, statement: str, values: Values = ()) -> Any:
    """The first column of the first row; None where there is no row."""
    found = rows(connection, statement, values)
    return found[0][0] if found else None


def write(connection: Connection, statement: str, values: Sequence[Sequence[Any]]) -> None:
    """Run a statement for each of some rows of values."""
    _run(connection, statement, lambda plain: plain.executemany(statement, values))


def _run(connection: Connection, statement: str, deed: Callable[[Any], Any]) -> Any:
    """The deed with the driver's connection, whose transaction is that of `connection`."""
    try:
        return deed(connection.connection.dbapi_connection)
    except driver.Error as error:
        raise DBAPIError.instance(statement, None, error, driver.Error, hide_parameters=True) from error
