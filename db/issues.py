"""The documents that were issued."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select

from db.audit import Trail
from db.known import Known
from db.tables import issue, link
from desktop_app.domain.entries import Issue

_COLUMNS = [column for column in issue.c if column.name not in ("seq", "link")]


class Issues:
    """Reads what was issued."""

    def __init__(self, connection: Connection, known: Known | None) -> None:
        self._connection = connection
        self._limit = () if known is None else (known.holds(issue.c.link),)

    def of(self, pupil: int) -> list[Issue]:
        statement = select(issue.c.seq, *_COLUMNS).where(issue.c.pupil == pupil, *self._limit).order_by(issue.c.seq)
        return [_issue(row) for row in self._connection.execute(statement).all()]

    def named(self, reference: str) -> Issue | None:
        statement = select(issue.c.seq, *_COLUMNS).where(issue.c.reference == reference, *self._limit)
        row = self._connection.execute(statement).first()
        return None if row is None else _issue(row)

    def count(self, year: int) -> int:
        statement = select(func.count()).select_from(issue).join(link, link.c.seq == issue.c.link)
        of_year = link.c.at.between(f"{year:04d}-01-01", f"{year + 1:04d}-01-01")
        return self._connection.execute(statement.where(of_year, *self._limit)).scalar_one()


class IssuesWriter(Issues):
    """Records what is issued."""

    def __init__(self, connection: Connection, trail: Trail) -> None:
        super().__init__(connection, None)
        self._trail = trail

    def count(self, year: int) -> int:
        mine = select(func.count()).select_from(issue).where(issue.c.link == self._trail.link)
        in_year = self._trail.deed.at.astimezone(UTC).year == year
        return super().count(year) + (self._connection.execute(mine).scalar_one() if in_year else 0)

    def add(self, new: Issue) -> int:
        seq = (self._connection.execute(select(func.max(issue.c.seq))).scalar() or 0) + 1
        as_at = new.as_at.astimezone(UTC).isoformat(timespec="microseconds")
        named = (new.reference, new.kind, new.pupil, as_at, new.sha256, new.pages)
        row = (seq, self._trail.link, *named, new.pack, new.pack_version, new.chain_head)
        self._connection.execute(insert(issue).values(row))
        self._trail.record(issue.name, row)
        return seq


def _issue(row: Any) -> Issue:
    seq, reference, kind, pupil, as_at, *rest = row
    return Issue(seq, reference, kind, pupil, datetime.fromisoformat(as_at), *rest)
