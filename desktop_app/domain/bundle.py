"""A referral bundle: what is asked for, what it will hold, what is missing, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from desktop_app.domain.evidence import Certificate, Reliable, SignedPages, Statement, UnusedItem
from desktop_app.domain.exhibits import Exhibit
from desktop_app.domain.people import Pupil
from desktop_app.domain.referrals import Referral
from desktop_app.domain.rulebook import Pack
from desktop_app.domain.sessions import Session
from desktop_app.domain.staff import Author


@dataclass(frozen=True, slots=True)
class Redaction:
    """A rectangle of a page of an exhibit that nobody may read. The page becomes a picture without it, so that what was
    under it is gone from the file. `exhibit` is the attachment’s number, `page` counts from 1; the rectangle is in
    parts of the page’s width and height, from its top left corner. `why` is for the maker alone."""

    exhibit: int
    page: int
    left: float
    top: float
    right: float
    bottom: float
    why: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Something the maker of a bundle chose, and why: `what` is the kind of a part, or `exhibit:N`, `entry:N` (numbers
    of attachments and entries)."""

    what: str
    why: str


@dataclass(frozen=True, slots=True)
class BundleRequest:
    """A bundle of one pupil for one referral: sessions and entries up to and including `on`, as known now.

    `referral` is a key of the school's pack. `first` and `last` are the period of the figures, both inclusive.
    `parent` is the person whose bundle it is, where the referral is made per parent. `laying` is the day on which the
    information is to be laid before the court, where it is for one. `left_out` are parts and exhibits the maker leaves
    out; `let_out` restricted entries that the safeguarding lead lets out; `redacted` pages of exhibits of which
    rectangles are blacked. `witness` is who produces the exhibits and makes the statement: the maker where nobody is
    named. `offences` are the sessions relied on; none chosen: all that are unauthorised. `duplex`: printed on both
    sides, each part begins on a sheet of its own.
    """

    pupil: int
    referral: str
    on: date
    first: date
    last: date
    parent: int | None = None
    laying: date | None = None
    left_out: tuple[Choice, ...] = ()
    let_out: tuple[Choice, ...] = ()
    redacted: tuple[Redaction, ...] = ()
    witness: str = ""
    duplex: bool = False
    offences: tuple[Session, ...] = ()

    def without(self, what: str) -> str:
        """Why the maker leaves this out; empty where it stays."""
        return next((choice.why for choice in self.left_out if choice.what == what), "")


class Readiness(StrEnum):
    """Whether what the authority looks for is there. `CHECK`: it is, but a person should look at it first."""

    MET = "met"
    CHECK = "check"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Relied:
    """What a line of readiness rests on: an entry by its number, a session, or neither; `says` is one short line."""

    says: str
    entry: int | None = None
    session: Session | None = None


class DoAt(StrEnum):
    """Where what is missing is done. `about` of `Do` is, in this order: the session as `YYYY-MM-DD AM`; the kind of
    entry; the kind of letter; the person’s number; the flag; what was considered; what is signed; what is asked; the
    kind of return; the setting."""

    REGISTER = "register"
    LOG = "log"
    LETTER = "letter"
    PERSON = "person"
    CHILD = "child"
    CONSIDER = "consider"
    SIGN = "sign"
    FORMAL = "formal"
    CASE = "case"
    LEAVE = "leave"
    SCHOOL = "school"
    PERIOD = "period"


@dataclass(frozen=True, slots=True)
class Do:
    """What to do about a line that is not met: where, about what, and a sentence that says it."""

    at: DoAt
    says: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one requirement of the referral. `says` is a plain sentence for the maker, never printed; `by`
    is what it rests on; `do` what to do where it is not met."""

    key: str
    title: str
    part: str
    state: Readiness
    says: str
    source: str = ""
    by: tuple[Relied, ...] = ()
    do: Do | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """Something a bundle lacks: the kind of the part it belongs to, and why, as a plain sentence."""

    part: str
    why: str


@dataclass(frozen=True, slots=True)
class PlannedPart:
    """A part of a bundle, in order. One that cannot be drawn has `why`; the bundle is made without it."""

    kind: str
    title: str
    why: str = ""

    @property
    def drawn(self) -> bool:
        """Whether the bundle will hold this part."""
        return not self.why


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that is not in a bundle: what, in one line, and why. For the maker alone, never printed."""

    what: str
    why: str


@dataclass(frozen=True, slots=True)
class BundlePlan:
    """A bundle before it is made: its parts in order, each requirement with what was found, and what is left out of it
    by what its reader may know or by the maker’s choice. `certificate` is read from the whole file, as `unused` is;
    `statement` from what its reader may know. `signed` are the signed pages kept for it, whether they stand or not;
    `reliable`, where it has a certificate, the sessions that may be chosen for it, and why others may not."""

    request: BundleRequest
    pupil: Pupil
    pack: Pack
    referral: Referral
    parts: tuple[PlannedPart, ...]
    findings: tuple[Finding, ...]
    left_out: tuple[LeftOut, ...] = ()
    exhibits: tuple[Exhibit, ...] = ()
    certificate: Certificate | None = None
    statement: Statement | None = None
    unused: tuple[UnusedItem, ...] = ()
    signed: tuple[SignedPages, ...] = ()
    reliable: tuple[Reliable, ...] = ()

    def signed_of(self, kind: str) -> tuple[SignedPages, ...]:
        """The signed pages that take the place of a part, in the order they were signed."""
        return tuple(one for one in self.signed if one.of.value == kind and not one.why_not)

    @property
    def missing(self) -> tuple[Missing, ...]:
        """What is not there or should be looked at, each once: parts that cannot be drawn, then requirements."""
        undrawn = [part for part in self.parts if not part.drawn]
        said = {part.why for part in undrawn}
        lacking = [Missing(part.kind, f"{part.title} is left out. {part.why}") for part in undrawn]
        lacking += [
            Missing(found.part, found.says)
            for found in self.findings
            if found.state is not Readiness.MET and not any(found.says.endswith(why) for why in said)
        ]
        return tuple(dict.fromkeys(lacking))


@dataclass(frozen=True, slots=True)
class Stamp:
    """What stands at the foot of each page: the bundle's reference, the moment of the record (school local time),
    the head of the audit chain then (hexadecimal), and who made the bundle."""

    reference: str
    as_at: datetime
    chain_head: str
    prepared_by: Author


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle that was made: its bytes, their SHA-256 (hexadecimal), its pages, and what it lacks."""

    content: bytes
    sha256: str
    pages: int
    reference: str
    missing: tuple[Missing, ...]
