"""A store: its readings and transactions, drafts, key slots, and how it is made and opened."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Protocol

from desktop_app.domain.deeds import Deed, Soundness
from desktop_app.domain.progress import Progress
from desktop_app.domain.school import School
from desktop_app.domain.staff import Role, Staff
from desktop_app.ports.facts import (
    BookReading,
    BookWriting,
    EntriesReading,
    EntriesWriting,
    IssuesReading,
    IssuesWriting,
    MarksReading,
    MarksWriting,
)

Clock = Callable[[], datetime]
"""Says what time it is, as an aware datetime."""


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
