"""What a court reads: the certificate, the witness statement, the signed pages, and the list of what was not used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop_app.domain.entries import Attachment
from desktop_app.domain.sessions import Half, Session
from desktop_app.domain.staff import Author


@dataclass(frozen=True, slots=True)
class StatementLaw:
    """The declaration that a witness signs, with `{pages}` where their number goes, and where it is from."""

    declaration: str
    source: str


@dataclass(frozen=True, slots=True)
class Absence:
    """One line of the certificate: an unauthorised session, or both halves of a day where they have the same code."""

    day: date
    halves: tuple[Half, ...]
    code: str


@dataclass(frozen=True, slots=True)
class Certificate:
    """What the certificate states. `possible` = `attended` + `authorised` + `unauthorised`, in sessions.

    `first` and `last` are the days of the period on which the pupil was on roll; `left_out` says in a sentence which
    sessions of it are not in the certificate, or is empty. `absences` are all unauthorised ones, or, where `chosen`,
    those relied on.
    """

    first: date
    last: date
    possible: int
    attended: int
    authorised: int
    unauthorised: int
    absences: tuple[Absence, ...]
    left_out: str
    chosen: bool = False

    @property
    def relied(self) -> int:
        """The number of sessions listed."""
        return sum(len(one.halves) for one in self.absences)


@dataclass(frozen=True, slots=True)
class Reliable:
    """A session that a case may rely on, or why it may not (`why_not`; empty where it may). `code` is the mark that
    stands there, empty where none does. `last` is the last day on which an information may be laid for it, and
    `last_school_day` the last school day till then."""

    session: Session
    code: str
    last: date
    last_school_day: date
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of a statement: its heading and its paragraphs, which are numbered through."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement as it is drafted: of which witness, about which child, with its passages in order. `declaration` has
    `{pages}` where their number goes."""

    witness: Author
    child: str
    passages: tuple[Passage, ...]
    declaration: str


@dataclass(frozen=True, slots=True)
class PossibleWitness:
    """Somebody who could give a statement: who did what is relied on, and how many entries that is."""

    witness: Author
    entries: int


class SignedOf(StrEnum):
    """The documents that somebody signs on paper and that are scanned back in. The value is the kind of their part."""

    CERTIFICATE = "certificate"
    STATEMENT = "statement"
    DECLARATION = "declaration"

    @property
    def words(self) -> str:
        """As it is said in the middle of a sentence."""
        return {"statement": "witness statement"}.get(self.value, self.value)


@dataclass(frozen=True, slots=True)
class SignedPages:
    """Signed pages that were scanned back in: of what, the file and the entry it is kept with, and who signed.
    `why_not` says why they do not take the place of what is drawn now; empty where they do."""

    of: SignedOf
    attachment: Attachment
    entry: int
    day: date
    witness: str = ""
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class UnusedItem:
    """One line of the schedule of what is not used: its day, of what kind it is, one neutral line. `helps` says in a
    word how it may help the parent; empty where nothing says so. `used`: it is in the bundle as well."""

    day: date | None
    kind: str
    says: str
    helps: str = ""
    used: bool = False
