"""Marks: what the register says of one pupil for one session, and the history behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from desktop_app.domain.sessions import Half
from desktop_app.domain.staff import Author

CLEARED = ""
"""The code of a history row that makes the session blank again."""


class Source(StrEnum):
    """Where a mark came from."""

    TYPED = "typed"
    IMPORT = "import"
    PLAN = "plan"
    UNDO = "undo"


class Mark(NamedTuple):
    """The current mark of one pupil for one session; a blank session has none. A tuple, since a year of a school reads
    a hundred thousand of them."""

    pupil: int
    day: date
    half: Half
    code: str
    minutes: int | None = None
    note: str = ""


class NewMark(NamedTuple):
    """A mark about to be added to the history. A tuple, since a great import makes a million of them.

    `code` is `CLEARED` to blank the session; `minutes` are minutes late; `reason` is why a closed register changes.
    `amends` is true when the register was closed and another mark stood there.
    """

    pupil: int
    day: date
    half: Half
    code: str
    minutes: int | None = None
    note: str = ""
    reason: str = ""
    source: Source = Source.TYPED
    amends: bool = False


@dataclass(frozen=True, slots=True)
class MarkChange:
    """One row of the append-only history: the mark that was made, why, by whom and when (UTC)."""

    seq: int
    pupil: int
    day: date
    half: Half
    code: str
    minutes: int | None
    note: str
    reason: str
    source: Source
    amends: bool
    author: Author
    recorded_at: datetime
