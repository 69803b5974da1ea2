"""The first tables. Written out, since a migration must mean tomorrow what it means today: it imports none of ours."""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

STATEMENTS = (
    "PRAGMA application_id = 1380928588",
    """
    CREATE TABLE school (
        seq INTEGER NOT NULL, link INTEGER NOT NULL, id INTEGER NOT NULL, version INTEGER NOT NULL, removed
        INTEGER NOT NULL, name TEXT NOT NULL, la TEXT NOT NULL, type TEXT NOT NULL, phase TEXT NOT NULL,
        am_opens TEXT NOT NULL, am_closes TEXT NOT NULL, pm_opens TEXT NOT NULL, pm_closes TEXT NOT NULL,
        is_register INTEGER NOT NULL, dfe_number TEXT NOT NULL, headteacher TEXT NOT NULL, weekdays TEXT NOT
        NULL, address TEXT NOT NULL, phone TEXT NOT NULL, email TEXT NOT NULL, first INTEGER, demo INTEGER NOT
        NULL, PRIMARY KEY (seq), UNIQUE (id, version)
    )
    """,
    """
    CREATE TABLE period (
        seq INTEGER NOT NULL, link INTEGER NOT NULL, id INTEGER NOT NULL, version INTEGER NOT NULL, removed
        INTEGER NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT
        NULL, half INTEGER, years TEXT NOT NULL, classes TEXT NOT NULL, PRIMARY KEY (seq), UNIQUE (id, version)
    )
    """,
    """
    CREATE TABLE pupil (
        seq INTEGER NOT NULL, link INTEGER NOT NULL, id INTEGER NOT NULL, version INTEGER NOT NULL, removed
        INTEGER NOT NULL, legal_surname TEXT NOT NULL, legal_forename TEXT NOT NULL, date_of_birth INTEGER NOT
        NULL, starting_day INTEGER NOT NULL, upn TEXT NOT NULL, admission_number TEXT NOT NULL, used_surname
        TEXT NOT NULL, used_forename TEXT NOT NULL, middle_names TEXT NOT NULL, sex TEXT NOT NULL, address TEXT
        NOT NULL, postcode TEXT NOT NULL, home_la TEXT NOT NULL, leaving_day INTEGER, leaving_ground TEXT NOT
        NULL, last_school TEXT NOT NULL, next_school TEXT NOT NULL, boarder INTEGER NOT NULL, since INTEGER, PRIMARY KEY (seq),
        UNIQUE (id, version)
    )
    """,
    """
    CREATE TABLE membership (
        seq INTEGER NOT NULL, link INTEGER NOT NULL, id INTEGER NOT NULL, version INTEGER NOT NULL, removed
        INTEGER NOT NULL, pupil INTEGER NOT NULL, class_name TEXT NOT NULL, year TEXT NOT NULL, first INTEGER
        NOT NULL, last INTEGER, PRIMARY KEY (seq), UNIQUE (id, version)
    )
    """,
    """
    CREATE TABLE flag (
        seq INTEGER NOT NULL, link INTEGER NOT NULL, id INTEGER NOT NULL, version INTEGER NOT NULL, removed
        INTEGER NOT NULL, pupil INTEGER NOT NULL, kind TEXT NOT NULL, value TEXT NOT NULL, first INTEGER NOT
        NULL, last INTEGER, PRIMARY KEY (seq), UNIQUE (id, version)
    )
    """,
    """
    CREATE TABLE pattern (
        seq INTEGER NOT NULL, link INTEGER NOT NULL, id INTEGER NOT NULL, version INTEGER NOT NULL, removed
        INTEGER NOT NULL, pupil INTEGER NOT NULL, kind TEXT NOT NULL, expected TEXT NOT NULL, first INTEGER NOT
        NULL, last INTEGER, note TEXT NOT NULL, PRIMARY KEY (seq), UNIQUE (id, version)
    )
    """,
    """
    CREATE TABLE person (
        seq INTEGER NOT NULL, link INTEGER NOT NULL, id INTEGER NOT NULL, version INTEGER NOT NULL, removed
        INTEGER NOT NULL, full_name TEXT NOT NULL, title TEXT NOT NULL, address TEXT NOT NULL, postcode TEXT NOT
        NULL, date_of_birth INTEGER, language TEXT NOT NULL, interpreter INTEGER NOT NULL, reading_needs TEXT
        NOT NULL, since INTEGER, PRIMARY KEY (seq), UNIQUE (id, version)
    )
    """,
    """
    CREATE TABLE channel (
        seq INTEGER NOT NULL, link INTEGER NOT NULL, id INTEGER NOT NULL, version INTEGER NOT NULL, removed
        INTEGER NOT NULL, person INTEGER NOT NULL, kind TEXT NOT NULL, value TEXT NOT NULL, label TEXT NOT NULL,
        priority INTEGER NOT NULL, checked INTEGER, since INTEGER, PRIMARY KEY (seq), UNIQUE (id, version)
    )
    """,
    """
    CREATE TABLE tie (
        seq INTEGER NOT NULL, link INTEGER NOT NULL, id INTEGER NOT NULL, version INTEGER NOT NULL, removed
        INTEGER NOT NULL, pupil INTEGER NOT NULL, person INTEGER NOT NULL, relationship TEXT NOT NULL,
        responsibility TEXT NOT NULL, lives_with TEXT NOT NULL, priority INTEGER NOT NULL, may_contact INTEGER
        NOT NULL, may_know_why INTEGER NOT NULL, may_leave_message INTEGER NOT NULL, may_collect INTEGER NOT
        NULL, no_contact INTEGER NOT NULL, first INTEGER, last INTEGER, PRIMARY KEY (seq), UNIQUE (id, version)
    )
    """,
    """
    CREATE TABLE "plan" (
        seq INTEGER NOT NULL, link INTEGER NOT NULL, id INTEGER NOT NULL, version INTEGER NOT NULL, removed
        INTEGER NOT NULL, pupil INTEGER NOT NULL, code TEXT NOT NULL, first INTEGER NOT NULL, first_half INTEGER
        NOT NULL, last INTEGER NOT NULL, last_half INTEGER NOT NULL, note TEXT NOT NULL, PRIMARY KEY (seq),
        UNIQUE (id, version)
    )
    """,
    """
    CREATE TABLE staff (
        seq INTEGER NOT NULL, link INTEGER NOT NULL, id INTEGER NOT NULL, version INTEGER NOT NULL, removed
        INTEGER NOT NULL, name TEXT NOT NULL, position TEXT NOT NULL, role TEXT NOT NULL, user TEXT NOT NULL,
        active INTEGER NOT NULL, since INTEGER, PRIMARY KEY (seq), UNIQUE (id, version)
    )
    """,
    """
    CREATE TABLE setting (
        seq INTEGER NOT NULL, link INTEGER NOT NULL, id INTEGER NOT NULL, version INTEGER NOT NULL, removed
        INTEGER NOT NULL, "key" TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (seq), UNIQUE (id, version)
    )
    """,
    """
    CREATE TABLE task (
        seq INTEGER NOT NULL, link INTEGER NOT NULL, id INTEGER NOT NULL, version INTEGER NOT NULL, removed
        INTEGER NOT NULL, pupil INTEGER NOT NULL, kind TEXT NOT NULL, due INTEGER NOT NULL, owner INTEGER, text
        TEXT NOT NULL, closed_by INTEGER, PRIMARY KEY (seq), UNIQUE (id, version)
    )
    """,
    """
    CREATE TABLE mark_history (
        seq INTEGER NOT NULL, link INTEGER NOT NULL, pupil INTEGER NOT NULL, day INTEGER NOT NULL, half INTEGER
        NOT NULL, code TEXT NOT NULL, minutes INTEGER, note TEXT NOT NULL, reason TEXT NOT NULL, source TEXT NOT
        NULL, amends INTEGER NOT NULL, PRIMARY KEY (seq)
    )
    """,
    "CREATE INDEX mark_history_of_session ON mark_history (day, half, pupil)",
    """
    CREATE TABLE mark (
        pupil INTEGER NOT NULL, day INTEGER NOT NULL, half INTEGER NOT NULL, code TEXT NOT NULL, minutes
        INTEGER, note TEXT NOT NULL, PRIMARY KEY (pupil, day, half)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX mark_by_day ON mark (day, half, pupil, code)",
    """
    CREATE TABLE entry (
        seq INTEGER NOT NULL, link INTEGER NOT NULL, kind TEXT NOT NULL, happened_at TEXT NOT NULL, outcome TEXT
        NOT NULL, note TEXT NOT NULL, details TEXT NOT NULL, restricted INTEGER NOT NULL, adds_to INTEGER,
        PRIMARY KEY (seq), FOREIGN KEY(adds_to) REFERENCES entry (seq)
    )
    """,
    "CREATE INDEX entry_by_kind ON entry (kind, happened_at)",
    "CREATE INDEX entry_by_time ON entry (happened_at)",
    """
    CREATE TABLE issue (
        seq INTEGER NOT NULL, link INTEGER NOT NULL, reference TEXT NOT NULL, kind TEXT NOT NULL, pupil INTEGER
        NOT NULL, as_at TEXT NOT NULL, sha256 TEXT NOT NULL, pages INTEGER NOT NULL, pack TEXT NOT NULL,
        pack_version TEXT NOT NULL, chain_head TEXT NOT NULL, PRIMARY KEY (seq), UNIQUE (reference)
    )
    """,
    "CREATE INDEX ix_issue_pupil ON issue (pupil)",
    """
    CREATE TABLE link (
        seq INTEGER NOT NULL, at TEXT NOT NULL, author INTEGER NOT NULL, name TEXT NOT NULL, position TEXT NOT
        NULL, action TEXT NOT NULL, reason TEXT NOT NULL, parts TEXT NOT NULL, prev TEXT NOT NULL, hash TEXT NOT
        NULL, PRIMARY KEY (seq)
    )
    """,
    "CREATE INDEX link_by_time ON link (at)",
    """
    CREATE TABLE salt (
        subject TEXT NOT NULL, salt BLOB NOT NULL, PRIMARY KEY (subject)
    )
    """,
    """
    CREATE TABLE entry_pupil (
        seq INTEGER NOT NULL, link INTEGER NOT NULL, entry INTEGER NOT NULL, pupil INTEGER NOT NULL, PRIMARY KEY
        (seq), FOREIGN KEY(entry) REFERENCES entry (seq)
    )
    """,
    "CREATE INDEX ix_entry_pupil_entry ON entry_pupil (entry)",
    "CREATE INDEX ix_entry_pupil_pupil ON entry_pupil (pupil)",
    """
    CREATE TABLE entry_person (
        seq INTEGER NOT NULL, link INTEGER NOT NULL, entry INTEGER NOT NULL, person INTEGER NOT NULL, PRIMARY
        KEY (seq), FOREIGN KEY(entry) REFERENCES entry (seq)
    )
    """,
    "CREATE INDEX ix_entry_person_entry ON entry_person (entry)",
    "CREATE INDEX ix_entry_person_person ON entry_person (person)",
    """
    CREATE TABLE withdrawal (
        seq INTEGER NOT NULL, link INTEGER NOT NULL, entry INTEGER NOT NULL, reason TEXT NOT NULL, PRIMARY KEY
        (seq), UNIQUE (entry), FOREIGN KEY(entry) REFERENCES entry (seq)
    )
    """,
    """
    CREATE TABLE attachment (
        seq INTEGER NOT NULL, link INTEGER NOT NULL, entry INTEGER NOT NULL, shown_name TEXT NOT NULL,
        media_type TEXT NOT NULL, sha256 TEXT NOT NULL, size INTEGER NOT NULL, content BLOB NOT NULL, PRIMARY
        KEY (seq), FOREIGN KEY(entry) REFERENCES entry (seq)
    )
    """,
    "CREATE INDEX ix_attachment_entry ON attachment (entry)",
    "CREATE INDEX mark_unauthorised ON mark (code, day, half, pupil)"
    " WHERE code = 'G' OR code = 'N' OR code = 'O' OR code = 'U'",
)
APPEND_ONLY = (
    "school", "period", "pupil", "membership", "flag", "pattern", "person", "channel", "tie", "plan", "staff",
    "setting", "task", "mark_history", "entry", "entry_pupil", "entry_person", "withdrawal", "attachment",
    "issue", "link", "salt",
)


def upgrade() -> None:
    """Make every table, index and trigger of revision 1."""
    for statement in STATEMENTS:
        op.execute(statement)
    for table in APPEND_ONLY:
        for verb, kept in (("UPDATE", "its_values"), ("DELETE", "its_rows")):
            op.execute(
                f"CREATE TRIGGER {table}_keeps_{kept} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
