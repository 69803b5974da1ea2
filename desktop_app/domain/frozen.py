"""Documents as they were made: kept byte for byte, made again the same, and told from what was changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from desktop_app.domain.entries import Entry

COPY_OF = b"% Rollbook: a locked copy of "
"""Stands after the end of a locked copy, in the clear, with the reference: so that it can be told from any other."""


class Ours(StrEnum):
    """What a file turned out to be."""

    UNCHANGED = "unchanged"
    CHANGED = "changed"
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a file is: `says` in a plain sentence; `reference` of the document it is or claims to be, if any;
    `sha256` of the bytes that were looked at."""

    state: Ours
    says: str
    sha256: str
    reference: str = ""


@dataclass(frozen=True, slots=True)
class KeptBundle:
    """A bundle that was made: its entry and file, what it was of, and its pages. `made` is school local time."""

    entry: Entry
    attachment: int
    reference: str
    referral: str
    title: str
    on: date
    made: datetime
    pages: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Since:
    """Something that is otherwise now than when a document was made, in one line."""

    says: str
