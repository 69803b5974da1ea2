"""A school week as it is looked through before it is signed off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from desktop_app.domain.people import Pupil
from desktop_app.domain.sessions import Session


class Finding(StrEnum):
    """What may be found of a session."""

    OPEN_N = "open-n"
    GAP = "gap"
    NOTE = "note"
    CLASH = "clash"

    @property
    def blocks(self) -> bool:
        """Whether a week with it cannot be signed off. A clash is shown: it may be as it should."""
        return self is not Finding.CLASH


@dataclass(frozen=True, slots=True)
class Found:
    """Something to settle or to look at. `says` is a plain sentence; `days` and `due` are those of an N."""

    kind: Finding
    pupil: Pupil
    class_name: str
    session: Session
    code: str
    says: str
    days: int = 0
    due: date | None = None
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """Who opened a week again that had been signed off, when (local), and why."""

    by: str
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Week:
    """A school week. `signed_by` and `signed_at` (local) where it was signed off; `over` once its last session is;
    `opened` where it was signed off once, and opened again."""

    monday: date
    over: bool
    found: tuple[Found, ...]
    signed_by: str = ""
    signed_at: datetime | None = None
    opened: Opened | None = None

    @property
    def signed_off(self) -> bool:
        """Whether it was signed off and not opened again."""
        return self.signed_at is not None

    def of(self, kind: Finding) -> tuple[Found, ...]:
        """What was found of one kind."""
        return tuple(one for one in self.found if one.kind is kind)

    @property
    def open(self) -> int:
        """How many findings keep it from being signed off."""
        return sum(one.kind.blocks for one in self.found)
