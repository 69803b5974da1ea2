"""Triggers and partial indexes: what SQLAlchemy's tables cannot say. A migration must make them again with a table."""

from __future__ import annotations

from db.tables import APPEND_ONLY

UNAUTHORISED = "code = 'G' OR code = 'N' OR code = 'O' OR code = 'U'"
"""The condition of the partial index. SQLite uses it only where the letter stands in the query as a literal."""

LATE = "minutes IS NOT NULL"
"""The condition of the partial index of late marks: of a year’s marks some in a hundred."""


def guards() -> dict[str, str]:
    """The triggers that keep history as it was written, by name. `INSERT OR REPLACE` meets the second one, since
    every connection has `recursive_triggers` on."""
    return {
        f"{table.name}_keeps_{kept}": (
            f"CREATE TRIGGER {table.name}_keeps_{kept} BEFORE {verb} ON {table.name} "
            f"BEGIN SELECT RAISE(ABORT, '{table.name} is append-only'); END"
        )
        for table in APPEND_ONLY
        for verb, kept in (("UPDATE", "its_values"), ("DELETE", "its_rows"))
    }


def partial_indexes() -> dict[str, str]:
    """The partial indexes, by name."""
    return {
        "mark_unauthorised": f"CREATE INDEX mark_unauthorised ON mark (code, day, half, pupil) WHERE {UNAUTHORISED}",
        "mark_late": f"CREATE INDEX mark_late ON mark (day, half, pupil) WHERE {LATE}",
    }
