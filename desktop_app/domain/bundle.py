"""A referral bundle: what is asked for, what it will hold, what is missing, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from desktop_app.domain.people import Pupil
from desktop_app.domain.rulebook import Pack, Referral
from desktop_app.domain.staff import Author


@dataclass(frozen=True, slots=True)
class BundleRequest:
    """A bundle of one pupil for one referral: sessions and entries up to and including `on`, as known now.

    `referral` is a key of the school's pack. `first` and `last` are the period of the figures, both inclusive.
    """

    pupil: int
    referral: str
    on: date
    first: date
    last: date


class Readiness(StrEnum):
    """Whether what the authority looks for is there. `CHECK`: it is, but a person should look at it first."""

    MET = "met"
    CHECK = "check"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one requirement of the referral. `says` is a plain sentence for the maker, never printed."""

    key: str
    title: str
    part: str
    state: Readiness
    says: str
    source: str = ""


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
class BundlePlan:
    """A bundle before it is made: its parts in order, and each requirement with what was found."""

    request: BundleRequest
    pupil: Pupil
    pack: Pack
    referral: Referral
    parts: tuple[PlannedPart, ...]
    findings: tuple[Finding, ...]

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
