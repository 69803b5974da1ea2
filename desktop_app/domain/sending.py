"""A bundle that went to the authority: who sent it, when, how, and what came back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.domain.notices import CourtClock

HOW = (
    ("secure e-mail", "by secure e-mail"),
    ("e-mail, locked", "by e-mail, as a locked copy"),
    ("portal", "through the authority’s portal"),
    ("post", "by recorded post"),
    ("hand", "by hand"),
)
"""The ways in which a bundle goes, as they are kept and in words."""


@dataclass(frozen=True, slots=True)
class Sending:
    """A bundle about to be recorded as sent: our reference, to whom, how, and the reference given back, if one was."""

    reference: str
    to: str
    how: str
    given: str = ""
    note: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """What the authority answered to one."""

    on: date
    answer: str
    says: str


@dataclass(frozen=True, slots=True)
class Sent:
    """A bundle that went: the entry of it, by whom, when, to whom, how, and what came back."""

    entry: int
    reference: str
    by: str
    on: date
    to: str
    how: str
    given: str = ""
    answers: tuple[Answered, ...] = ()

    @property
    def says(self) -> str:
        """All of it in a line."""
        way = dict(HOW).get(self.how, self.how)
        words = f"to {self.to}, {way}, by {self.by}" if way else f"to {self.to}, by {self.by}"
        return f"{words}; their reference {self.given}" if self.given else words


@dataclass(frozen=True, slots=True)
class SentNow:
    """What recording one came to: the entry, and the court’s clock where sessions are relied on."""

    entry: int
    clock: CourtClock | None
