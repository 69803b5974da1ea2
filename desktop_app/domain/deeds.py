"""What is written to the audit chain beside a change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from desktop_app.domain.staff import Author

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Deed:
    """One transaction: who does it, what it is, why, and when (aware, UTC). One deed is one link of the audit chain."""

    author: Author
    action: str
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Soundness:
    """What `check` found. `faults` are plain sentences, empty when all is well; `chain_head` is hexadecimal."""

    marks: int
    history: int
    links: int
    chain_head: str
    faults: tuple[str, ...]
    head_known: bool | None = None

    @property
    def ok(self) -> bool:
        """True where nothing is wrong and, if a head was asked after, it is in the chain."""
        return not self.faults and self.head_known is not False


@dataclass(frozen=True, slots=True)
class Version(Generic[V]):
    """One version of a fact of the book: what it then said, who said so, and when it was recorded (UTC). `removed`
    says that from then on it no longer held."""

    fact: V
    removed: bool
    author: Author
    recorded_at: datetime
    reason: str
