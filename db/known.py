"""What had been recorded at a past moment, as a limit on links."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, ColumnElement, Connection, func, or_, select

from db.audit import moment
from db.tables import link


@dataclass(frozen=True, slots=True)
class Known:
    """The links recorded up to a moment: all before `cut`, and `strays` after it, which there are only where the
    clock of the PC was once set back."""

    cut: int
    strays: tuple[int, ...]

    def holds(self, column: Column[int]) -> ColumnElement[bool]:
        """The condition that a row's link was known."""
        return or_(column < self.cut, column.in_(self.strays)) if self.strays else column < self.cut

    def sql(self, column: str = "link") -> str:
        """The same condition as text."""
        within = ", ".join(map(str, self.strays))
        return f"({column} < {self.cut} OR {column} IN ({within}))" if within else f"{column} < {self.cut}"


def known_at(connection: Connection, as_at: datetime) -> Known | None:
    """What had been recorded at `as_at` (aware); None where that is everything."""
    at = moment(as_at)
    later = connection.execute(select(func.min(link.c.seq)).where(link.c.at > at)).scalar()
    if later is None:
        return None
    strays = connection.execute(select(link.c.seq).where(link.c.seq > later, link.c.at <= at)).scalars()
    return Known(later, tuple(strays))
