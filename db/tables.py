"""The tables, as of revision 3.

Every table but `mark` is append-only: a row is never changed or taken away (`db/triggers.py` sees to it). Each such row
has `seq`, its number in its table, and `link`, the link of the audit chain that recorded it; who wrote the row and when
(UTC) are those of the link and are written only there, so that they cannot disagree.

The tables of the book hold *versions*: `id` is the fact's own number, `version` counts from 1, and a row with `removed`
says that the fact no longer holds. The newest version is today's; the newest that had been recorded by some moment is
what was known then.

A day is an INTEGER, the proleptic Gregorian ordinal of `date.toordinal()` (1 January of year 1 is 1): half the size of
ISO text and quicker to compare. A half is 0 (AM) or 1 (PM). A time of day is text `HH:MM`. A local moment is ISO text
without offset, a moment of recording is ISO text in UTC, both to the microsecond, so that text order is time order.
A yes or no is 1 or 0; several short texts in one column are a JSON list.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text, UniqueConstraint

metadata = MetaData()


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def _number(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False)


def _maybe(name: str) -> Column[int]:
    return Column(name, Integer, nullable=True)


def _later(name: str) -> Column[str]:
    """A text that a later revision added at the end of its table: NULL in the rows before it, which then have the
    default of the field (`db/facts.py`), and the digests they always had."""
    return Column(name, Text, nullable=True)


def _appended(name: str, *columns: Column[str] | Column[int] | Column[bytes] | Index) -> Table:
    """A table of rows that are only ever added."""
    return Table(name, metadata, Column("seq", Integer, primary_key=True), _number("link"), *columns)


def _versions(name: str, *columns: Column[str] | Column[int]) -> Table:
    """A table of the book: versions of one kind of fact."""
    fixed = (_number("id"), _number("version"), _number("removed"))
    table = _appended(name, *fixed, *columns)
    table.append_constraint(UniqueConstraint("id", "version"))
    return table


school = _versions(
    "school",
    *map(_text, ("name", "la", "type", "phase", "am_opens", "am_closes", "pm_opens", "pm_closes")),
    _number("is_register"),
    *map(_text, ("dfe_number", "headteacher", "weekdays", "address", "phone", "email")),
    _maybe("first"),
    _number("demo"),
    *map(_later, ("am_ends", "pm_ends")),
)
period = _versions(
    "period",
    *map(_text, ("kind", "name")),
    *map(_number, ("start", "end")),
    _maybe("half"),
    *map(_text, ("years", "classes")),
)
pupil = _versions(
    "pupil",
    *map(_text, ("legal_surname", "legal_forename")),
    *map(_number, ("date_of_birth", "starting_day")),
    *map(_text, ("upn", "admission_number", "used_surname", "used_forename", "middle_names", "sex")),
    *map(_text, ("address", "postcode", "home_la")),
    _maybe("leaving_day"),
    *map(_text, ("leaving_ground", "last_school", "next_school")),
    _number("boarder"),
    _maybe("since"),
)
membership = _versions(
    "membership", _number("pupil"), *map(_text, ("class_name", "year")), _number("first"), _maybe("last")
)
flag = _versions("flag", _number("pupil"), *map(_text, ("kind", "value")), _number("first"), _maybe("last"))
pattern = _versions(
    "pattern",
    _number("pupil"),
    *map(_text, ("kind", "expected")),
    _number("first"),
    _maybe("last"),
    _text("note"),
    *map(_later, ("code", "provider", "agreed_with")),
    _maybe("agreed_on"),
    *map(_later, ("purpose", "reviews", "told", "hours")),
)
person = _versions(
    "person",
    *map(_text, ("full_name", "title", "address", "postcode")),
    _maybe("date_of_birth"),
    _text("language"),
    _number("interpreter"),
    _text("reading_needs"),
    *map(_maybe, ("since", "protected_address")),
)
channel = _versions(
    "channel",
    _number("person"),
    *map(_text, ("kind", "value", "label")),
    _number("priority"),
    _maybe("checked"),
    _maybe("since"),
)
tie = _versions(
    "tie",
    *map(_number, ("pupil", "person")),
    *map(_text, ("relationship", "responsibility", "lives_with")),
    *map(_number, ("priority", "may_contact", "may_know_why", "may_leave_message", "may_collect", "no_contact")),
    *map(_maybe, ("first", "last")),
)
plan = _versions(
    "plan",
    _number("pupil"),
    _text("code"),
    *map(_number, ("first", "first_half", "last", "last_half")),
    _text("note"),
    _maybe("group"),
    _later("asked_by"),
    _maybe("asked_on"),
    _later("decided_by"),
    _maybe("decided_on"),
    _later("provider"),
)
staff = _versions(
    "staff",
    *map(_text, ("name", "position", "role", "user")),
    _number("active"),
    _maybe("since"),
    *map(_later, ("more_roles", "classes", "rights")),
)
hold = _versions("hold", *map(_number, ("pupil", "first")), _maybe("last"), _text("sealed"))
closed_week = _versions("closed_week", _number("monday"), _text("note"))
setting = _versions("setting", *map(_text, ("key", "value")))
task = _versions(
    "task", _number("pupil"), _text("kind"), _number("due"), _maybe("owner"), _text("text"), _maybe("closed_by")
)

mark_history = _appended(
    "mark_history",
    *map(_number, ("pupil", "day", "half")),
    _text("code"),
    _maybe("minutes"),
    *map(_text, ("note", "reason", "source")),
    _number("amends"),
    Index("mark_history_of_session", "day", "half", "pupil"),
)
"""Every mark ever made, in the order made; an empty code made the session blank again. Its index begins with the day:
the rows of a register lie side by side in it, so that a save writes as few pages in the sixth year as in the first."""

mark = Table(
    "mark",
    metadata,
    *(Column(name, Integer, primary_key=True, nullable=False) for name in ("pupil", "day", "half")),
    _text("code"),
    _maybe("minutes"),
    _text("note"),
    Index("mark_by_day", "day", "half", "pupil", "code"),
    sqlite_with_rowid=False,
)
"""The current marks: derived from `mark_history`, written in the same transaction. Without a row number of its own the
table lies in the order of its key, so that it is itself the covering index on pupil, day, half and code."""

entry = _appended(
    "entry",
    *map(_text, ("kind", "happened_at", "outcome", "note", "details")),
    _number("restricted"),
    Column("adds_to", Integer, ForeignKey("entry.seq"), nullable=True),
    Index("entry_by_time", "happened_at"),
    Index("entry_by_kind", "kind", "happened_at"),
)
entry_pupil = _appended(
    "entry_pupil",
    Column("entry", Integer, ForeignKey("entry.seq"), nullable=False, index=True),
    Column("pupil", Integer, nullable=False, index=True),
)
entry_person = _appended(
    "entry_person",
    Column("entry", Integer, ForeignKey("entry.seq"), nullable=False, index=True),
    Column("person", Integer, nullable=False, index=True),
)
withdrawal = _appended(
    "withdrawal",
    Column("entry", Integer, ForeignKey("entry.seq"), nullable=False, unique=True),
    _text("reason"),
)
attachment = _appended(
    "attachment",
    Column("entry", Integer, ForeignKey("entry.seq"), nullable=False, index=True),
    *map(_text, ("shown_name", "media_type", "sha256")),
    _number("size"),
    Column("content", LargeBinary, nullable=False),
)
issue = _appended(
    "issue",
    Column("reference", Text, nullable=False, unique=True),
    _text("kind"),
    Column("pupil", Integer, nullable=False, index=True),
    *map(_text, ("as_at", "sha256")),
    _number("pages"),
    *map(_text, ("pack", "pack_version", "chain_head")),
)

link = Table(
    "link",
    metadata,
    Column("seq", Integer, primary_key=True),
    _text("at"),
    _number("author"),
    *map(_text, ("name", "position", "action", "reason", "parts", "prev", "hash")),
    Index("link_by_time", "at"),
)
"""The audit chain: one row for each transaction (see `db/audit.py`)."""

draft = Table(
    "draft",
    metadata,
    *(Column(name, Text, primary_key=True, nullable=False) for name in ("user", "place")),
    *map(_text, ("content", "at")),
    sqlite_with_rowid=False,
)
"""What somebody has half typed, so that neither a call nor a crash loses it. No record of anything: it is written over,
taken away once it is saved or given up, and belongs to no link."""

salt = Table("salt", metadata, Column("subject", Text, primary_key=True), Column("salt", LargeBinary, nullable=False))
"""32 random bytes for each subject; what the chain digests of a subject is salted with them."""

BOOK = (
    *(school, period, pupil, membership, flag, pattern, person, channel, tie, plan, staff, setting, task),
    *(hold, closed_week),
)
CHAINED = (*BOOK, mark_history, entry, entry_pupil, entry_person, withdrawal, attachment, issue)
"""The tables whose rows belong to a link."""
APPEND_ONLY = (*CHAINED, link, salt)
DERIVED = (mark,)
SCRATCH = (draft,)
