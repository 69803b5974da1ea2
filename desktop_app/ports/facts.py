"""What is read and written inside one moment of a store: the book, the marks, the entries, the issues."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Protocol, TypeVar

from desktop_app.domain.clock import Recorded
from desktop_app.domain.deeds import Version
from desktop_app.domain.entries import Attachment, Entry, EntryKind, Issue, NewEntry, Task
from desktop_app.domain.marks import Mark, MarkChange, NewMark
from desktop_app.domain.people import Channel, Flag, Hold, Membership, Pattern, Person, Pupil, Tie
from desktop_app.domain.school import ClosedWeek, Period, Plan, School, Setting
from desktop_app.domain.sessions import Session
from desktop_app.domain.staff import Staff

BookFact = (
    School | Period | Pupil | Membership | Flag | Pattern | Person | Channel | Tie
    | Plan | Staff | Setting | Task | Hold | ClosedWeek
)  # fmt: skip
F = TypeVar(
    "F",
    School, Period, Pupil, Membership, Flag, Pattern, Person, Channel, Tie,
    Plan, Staff, Setting, Task, Hold, ClosedWeek,
)  # fmt: skip


class BookReading(Protocol):
    """The book: people, families, memberships, plans, calendar, staff, settings; the newest version of each."""

    def all(self, kind: type[F]) -> tuple[F, ...]:
        """Every fact of that kind that has not been removed, by id."""
        ...

    def get(self, kind: type[F], fact_id: int) -> F | None:
        """One fact by id, or None."""
        ...

    def school(self) -> School:
        """The school this store belongs to."""
        ...

    def recorded(self) -> Recorded:
        """When the newest links of the file were recorded, also in a read as at a past moment."""
        ...

    def history(self, kind: type[F], fact_id: int) -> list[Version[F]]:
        """Every version of one fact, oldest first, with who recorded it, when and why."""
        ...


class BookWriting(BookReading, Protocol):
    """Adds versions to the book; nothing is updated in place."""

    def put(self, fact: BookFact) -> int:
        """Add a version of `fact` and return its id; an id of 0 makes a new fact. A school or setting has none: 0."""
        ...

    def put_many(self, facts: Iterable[BookFact]) -> list[int]:
        """Add many versions, in order, and return their ids in the same order."""
        ...

    def remove(self, fact: BookFact) -> None:
        """Add a version that says the fact no longer holds; its past stays readable as at a past moment."""
        ...


class MarksReading(Protocol):
    """The register: current marks and their history. Days are inclusive at both ends."""

    def counts(self, first: date, last: date, pupils: Collection[int] | None = None) -> dict[int, dict[str, int]]:
        """How many sessions carry each code, by pupil id then code; None for `pupils` means all."""
        ...

    def between(self, first: date, last: date, pupils: Collection[int] | None = None) -> list[Mark]:
        """Current marks, by pupil, day and half."""
        ...

    def by_session(self, first: date, last: date) -> dict[Session, dict[str, int]]:
        """How many marks each code has in each session that has any, by day and half, then code."""
        ...

    def not_present(self, first: date, last: date, pupils: Collection[int] | None = None) -> list[Mark]:
        """Current marks of every code but that of plain presence, by pupil, day and half: one in ten or so of all."""
        ...

    def with_minutes(self, first: date, last: date) -> list[Mark]:
        """Current marks with which minutes late were written down, by pupil, day and half."""
        ...

    def on(self, days: Collection[date]) -> list[Mark]:
        """Current marks on any of those days, however many days are named."""
        ...

    def at(self, pupil: int, session: Session) -> Mark | None:
        """The current mark of one pupil for one session."""
        ...

    def with_code(self, code: str, first: date, last: date) -> list[Mark]:
        """Current marks with that code, by day, half and pupil."""
        ...

    def codes(self, session: Session) -> dict[int, str]:
        """The codes of a session by pupil: all that a count of the whole school needs of its marks."""
        ...

    def filled(self, session: Session) -> frozenset[int]:
        """The pupils who have a mark for that session."""
        ...

    def history(self, pupil: int, first: date, last: date) -> list[MarkChange]:
        """Every history row of a pupil over some days, in the order made."""
        ...

    def changed_again(self, pupils: Collection[int], first: date, last: date) -> frozenset[int]:
        """Those of the pupils with a session from `first` to `last` that was written more than once."""
        ...

    def last_change(self, pupils: Collection[int], session: Session) -> MarkChange | None:
        """The newest history row of any of those pupils for that session: who took the register, and when."""
        ...

    def last_changes(
        self, pupils: Collection[int], first: date, last: date, codes: Collection[str] = ()
    ) -> dict[Session, MarkChange]:
        """The newest row for each session from `first` to `last` that somebody wrote: what stood by itself signs no
        register. Of those `codes` alone, where they are given."""
        ...


class MarksWriting(MarksReading, Protocol):
    """Adds to the history; the current marks follow in the same transaction."""

    def add(self, marks: Iterable[NewMark]) -> int:
        """Append history rows, in order, and return how many. The iterable is consumed as it is written."""
        ...


class EntriesReading(Protocol):
    """The chronology."""

    def of(self, *pupils: int) -> list[Entry]:
        """Every entry about any of these pupils, withdrawn ones too, by when it happened, then id."""
        ...

    def all(
        self,
        first: datetime | None = None,
        last: datetime | None = None,
        kinds: Collection[EntryKind] | None = None,
    ) -> list[Entry]:
        """Every entry of those kinds that happened between two local moments, inclusive; None: no limit."""
        ...

    def get(self, entry_id: int) -> Entry | None:
        """One entry by id."""
        ...

    def attachments(self, entry_id: int) -> list[Attachment]:
        """The files kept with an entry, without their bytes."""
        ...

    def attachments_of(self, entries: Collection[int]) -> list[Attachment]:
        """The files kept with these entries, without their bytes, in the order they came; one statement."""
        ...

    def attachment(self, attachment_id: int) -> Attachment | None:
        """One file without its bytes, or None."""
        ...

    def file_of(self, digest: str) -> Attachment | None:
        """The newest file kept whose SHA-256 (hexadecimal) that is, or None."""
        ...

    def attachment_bytes(self, attachment_id: int) -> bytes:
        """The bytes of one file."""
        ...


class EntriesWriting(EntriesReading, Protocol):
    """Adds to the chronology; nothing is edited."""

    def add(self, new: NewEntry) -> int:
        """Record an entry and return its id."""
        ...

    def withdraw(self, entry_id: int, reason: str) -> None:
        """Say that an entry is taken back, and why."""
        ...

    def attach(self, entry_id: int, shown_name: str, media_type: str, content: bytes) -> int:
        """Keep a file with an entry and return its id."""
        ...


class IssuesReading(Protocol):
    """The documents that were issued."""

    def of(self, pupil: int) -> list[Issue]:
        """The documents issued about a pupil, oldest first."""
        ...

    def named(self, reference: str) -> Issue | None:
        """The document issued under that reference, or None."""
        ...

    def count(self, year: int) -> int:
        """How many documents were issued in that calendar year, for the next reference."""
        ...


class IssuesWriting(IssuesReading, Protocol):
    """Records documents that were issued."""

    def add(self, new: Issue) -> int:
        """Record that a document was issued and return its id."""
        ...
