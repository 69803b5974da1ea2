"""What the application asks of storage: a few small protocols on one page, which `db/` answers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import date, datetime
from pathlib import Path
from typing import Protocol, TypeVar

from desktop_app.domain.clock import Recorded
from desktop_app.domain.deeds import Deed, Soundness, Version
from desktop_app.domain.entries import Attachment, Entry, EntryKind, Issue, NewEntry, Task
from desktop_app.domain.marks import Mark, MarkChange, NewMark
from desktop_app.domain.people import Channel, Flag, Hold, Membership, Pattern, Person, Pupil, Tie
from desktop_app.domain.progress import Progress
from desktop_app.domain.school import ClosedWeek, Period, Plan, School, Setting
from desktop_app.domain.sessions import Half, Session
from desktop_app.domain.staff import Role, Staff

BookFact = (
    School | Period | Pupil | Membership | Flag | Pattern | Person | Channel | Tie
    | Plan | Staff | Setting | Task | Hold | ClosedWeek
)  # fmt: skip
F = TypeVar(
    "F",
    School, Period, Pupil, Membership, Flag, Pattern, Person, Channel, Tie,
    Plan, Staff, Setting, Task, Hold, ClosedWeek,
)  # fmt: skip

Clock = Callable[[], datetime]
"""Says what time it is, as an aware datetime."""


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

    def on(self, days: Collection[date]) -> list[Mark]:
        """Current marks on any of those days, however many days are named."""
        ...

    def at(self, pupil: int, session: Session) -> Mark | None:
        """The current mark of one pupil for one session."""
        ...

    def with_code(self, code: str, first: date, last: date) -> list[Mark]:
        """Current marks with that code, by day, half and pupil."""
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

    def last_changes(self, pupils: Collection[int], first: date, last: date) -> dict[Session, MarkChange]:
        """The same for each session from `first` to `last` that has one, read at once."""
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

    def count(self, year: int) -> int:
        """How many documents were issued in that calendar year, for the next reference."""
        ...


class IssuesWriting(IssuesReading, Protocol):
    """Records documents that were issued."""

    def add(self, new: Issue) -> int:
        """Record that a document was issued and return its id."""
        ...


class Reading(Protocol):
    """One short read: every answer inside it is of the same moment."""

    @property
    def book(self) -> BookReading:
        """The book."""
        ...

    @property
    def marks(self) -> MarksReading:
        """The register."""
        ...

    @property
    def entries(self) -> EntriesReading:
        """The chronology."""
        ...

    @property
    def issues(self) -> IssuesReading:
        """The documents issued."""
        ...

    @property
    def chain_head(self) -> str:
        """The hash of the newest link of the audit chain, hexadecimal."""
        ...


class Drafts(Protocol):
    """What the present user has half typed, by the place it was typed in. No record of anything, so neither a version
    nor a link: it is kept until it is saved, given up or written over."""

    def get(self, place: str) -> str:
        """What is half typed there; empty where nothing is."""
        ...

    def places(self) -> tuple[str, ...]:
        """Where something is half typed, the newest first."""
        ...

    def keep(self, place: str, content: str, at: datetime) -> None:
        """Keep what is half typed there (`at`: aware); an empty text takes it away. A store only read keeps nothing."""
        ...


class KeysChange(Protocol):
    """A change of the key slots that is made ready but not kept yet."""

    @property
    def sha256(self) -> str:
        """The SHA-256 of the keys file as it will be, for the audit chain; hexadecimal."""
        ...

    def keep(self) -> None:
        """Write both copies of the keys file, each whole or not at all."""
        ...

    def undo(self) -> None:
        """Put the former keys file back."""
        ...


class Slots(Protocol):
    """Who can sign in. Nothing is written before a change is kept."""

    @property
    def sha256(self) -> str:
        """The SHA-256 of the keys file as it lies there."""
        ...

    def users(self) -> Mapping[str, Role]:
        """The sign-in names, each with the role to which its slot is bound."""
        ...

    def put(self, user: str, roles: Collection[Role], password: str) -> KeysChange:
        """A slot for that name, new or in the place of the one there is. Headteacher and safeguarding lead open the
        second key too. Raises `Refused` for a weak password, and where the present user cannot hand that key on."""
        ...

    def own(self, old: str, new: str) -> KeysChange:
        """Another password for the present user's own slot. Raises `WrongPassword` where `old` is not it."""
        ...

    def remove(self, user: str) -> KeysChange:
        """Without the slot of that name. Raises `Refused` where it is the last."""
        ...


class Writing(Protocol):
    """One transaction and one link of the audit chain: all of it is kept, or none of it."""

    @property
    def book(self) -> BookWriting:
        """The book."""
        ...

    @property
    def marks(self) -> MarksWriting:
        """The register."""
        ...

    @property
    def entries(self) -> EntriesWriting:
        """The chronology."""
        ...

    @property
    def issues(self) -> IssuesWriting:
        """The documents issued."""
        ...


class Store(Protocol):
    """An open school. Raises `Refused` for what the user can mend; anything else is a bug."""

    @property
    def path(self) -> Path:
        """The school's file."""
        ...

    @property
    def read_only(self) -> bool:
        """True where another process holds the writer's lock, or none was asked for."""
        ...

    @property
    def holder(self) -> str:
        """Who has the file open for writing, where that is somebody else; else empty."""
        ...

    @property
    def user(self) -> str:
        """The sign-in name that opened it."""
        ...

    def reading(self, as_at: datetime | None = None) -> AbstractContextManager[Reading]:
        """A read; with `as_at` (aware), of what had been recorded at that moment."""
        ...

    def writing(self, deed: Deed) -> AbstractContextManager[Writing]:
        """A `BEGIN IMMEDIATE … COMMIT`; an exception inside it rolls all of it back. Where nothing was written there is
        no link. Raises `Locked` where another process writes, `Refused` where the store is only read."""
        ...

    @property
    def drafts(self) -> Drafts:
        """What is half typed."""
        ...

    @property
    def slots(self) -> Slots:
        """The key slots: who can sign in."""
        ...

    def hand_over(self, user: str, password: str) -> None:
        """Another person takes over, or the same again; the writer's lock stays. `WrongPassword` changes nothing."""
        ...

    def drop_second_key(self) -> None:
        """Forget the key of restricted text until `hand_over`: nobody is at the desk."""
        ...

    @property
    def opens_sealed(self) -> bool:
        """Whether the present user has the second key."""
        ...

    def seal(self, text: str) -> str:
        """Seal a text with the second key. Raises `Refused` where the present user has it not."""
        ...

    def unseal(self, sealed: str) -> str | None:
        """What was sealed; None without the second key, or where it is not ours."""
        ...

    def check(self, head: str | None = None) -> Soundness:
        """Reckon the audit chain again from the rows, and hold the marks against their history and the file's HMACs."""
        ...

    def backup(self, target: Path) -> Iterator[Progress]:
        """Copy the store and its keys to `target` (and `target`.keys), verify the copy, then name it. A generator:
        drive it to the end; closing it early leaves nothing behind. Refuses a target that exists."""
        ...

    def close(self) -> None:
        """Close the file and let the next one write."""
        ...


class StoreHouse(Protocol):
    """Makes and opens schools; the port through which `cli` and `ui` reach `db` without seeing it."""

    def create(self, path: Path, school: School, staff: Staff, password: str, at: datetime) -> tuple[Store, str]:
        """Make FILE and FILE.keys with the first member of staff; return it open, and the recovery key (shown once)."""
        ...

    def open(self, path: Path, user: str | None, password: str, *, write: bool) -> Store:
        """Open a school. `user` None: the only slot. With `write`, takes the writer's lock or raises `Locked`.
        Raises `WrongPassword`, `Damaged`."""
        ...

    def users(self, path: Path) -> Mapping[str, Role]:
        """The sign-in names of the key slots, without opening anything."""
        ...


__all__ = [
    "BookFact", "BookReading", "BookWriting", "Clock", "Drafts", "EntriesReading", "EntriesWriting", "Half",
    "IssuesReading", "IssuesWriting", "KeysChange", "MarksReading", "MarksWriting", "Reading", "Slots", "Store",
    "StoreHouse", "Writing",
]  # fmt: skip
