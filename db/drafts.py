"""What is half typed: kept at once, so that an interruption or a crash loses nothing; a record of nothing."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from db.audit import moment
from db.tables import draft


class SqlDrafts:
    """The drafts of one user. `begin` opens a transaction for writing, or is None where the store is only read."""

    def __init__(
        self,
        user: str,
        look: Callable[[], AbstractContextManager[Connection]],
        begin: Callable[[], AbstractContextManager[Connection]] | None,
    ) -> None:
        self._user = user
        self._look = look
        self._begin = begin

    def get(self, place: str) -> str:
        mine = (draft.c.user == self._user, draft.c.place == place)
        with self._look() as connection:
            return connection.execute(select(draft.c.content).where(*mine)).scalar() or ""

    def places(self) -> tuple[str, ...]:
        with self._look() as connection:
            found = select(draft.c.place).where(draft.c.user == self._user).order_by(draft.c.at.desc())
            return tuple(connection.execute(found).scalars())

    def keep(self, place: str, content: str, at: datetime) -> None:
        if self._begin is None:
            return
        with self._begin() as connection:
            connection.execute(delete(draft).where(draft.c.user == self._user, draft.c.place == place))
            if content:
                row = {"user": self._user, "place": place, "content": content, "at": moment(at)}
                connection.execute(insert(draft).values(row))
