"""The whole register: session ends, agreed timetables and plans, roles and classes of staff, holds, closed weeks, drafts.

New columns stand at the end of their tables and are NULL in the rows before them, so that every old link still
verifies. Written out, since a migration must mean tomorrow what it means today: it imports none of ours.
"""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

COLUMNS = (
    ("school", "am_ends", "TEXT"),
    ("school", "pm_ends", "TEXT"),
    ("pattern", "code", "TEXT"),
    ("pattern", "provider", "TEXT"),
    ("pattern", "agreed_with", "TEXT"),
    ("pattern", "agreed_on", "INTEGER"),
    ("pattern", "purpose", "TEXT"),
    ("pattern", "reviews", "TEXT"),
    ("pattern", "told", "TEXT"),
    ("pattern", "hours", "TEXT"),
    ("person", "protected_address", "INTEGER"),
    ("plan", '"group"', "INTEGER"),
    ("plan", "asked_by", "TEXT"),
    ("plan", "asked_on", "INTEGER"),
    ("plan", "decided_by", "TEXT"),
    ("plan", "decided_on", "INTEGER"),
    ("plan", "provider", "TEXT"),
    ("staff", "more_roles", "TEXT"),
    ("staff", "classes", "TEXT"),
    ("staff", "rights", "TEXT"),
)
TABLES = (
    """
    CREATE TABLE hold (
        seq INTEGER NOT NULL, link INTEGER NOT NULL, id INTEGER NOT NULL, version INTEGER NOT NULL, removed
        INTEGER NOT NULL, pupil INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER, sealed TEXT NOT NULL,
        PRIMARY KEY (seq), UNIQUE (id, version)
    )
    """,
    """
    CREATE TABLE closed_week (
        seq INTEGER NOT NULL, link INTEGER NOT NULL, id INTEGER NOT NULL, version INTEGER NOT NULL, removed
        INTEGER NOT NULL, monday INTEGER NOT NULL, note TEXT NOT NULL, PRIMARY KEY (seq), UNIQUE (id, version)
    )
    """,
    """
    CREATE TABLE draft (
        user TEXT NOT NULL, place TEXT NOT NULL, content TEXT NOT NULL, at TEXT NOT NULL,
        PRIMARY KEY (user, place)
    ) WITHOUT ROWID
    """,
)


def upgrade() -> None:
    """Add the columns and the tables; their guards are made after every migration."""
    for table, column, kind in COLUMNS:
        op.execute(f'ALTER TABLE "{table}" ADD COLUMN {column} {kind}')
    for statement in TABLES:
        op.execute(statement)
