"""The facts of one pupil's case, read from the store in one go: all that a bundle is decided and drawn from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desktop_app.domain.bundle import BundleRequest
from desktop_app.domain.entries import Entry
from desktop_app.domain.marks import Mark, MarkChange
from desktop_app.domain.people import Channel, Flag, Membership, Pattern, Person, Pupil, Tie
from desktop_app.domain.rulebook import Pack, Referral, Rulebook
from desktop_app.domain.school import Period, School


@dataclass(frozen=True, slots=True)
class Relative:
    """A person tied to the pupil, with the ways to reach them, the first to be called first."""

    person: Person
    tie: Tie
    channels: tuple[Channel, ...] = ()


@dataclass(frozen=True, slots=True)
class Sibling:
    """Another pupil of this school who shares a parent, with sessions by code in this school year up to the day."""

    pupil: Pupil
    class_name: str
    year: str
    codes: Mapping[str, int]
    unmarked: int = 0


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One pupil's case. Marks run from the earliest day any part asks about up to `request.on`; changes cover
    the period; entries are all those about the pupil; `names` are the people whom entries name, by id.
    `today` is the day the record was read."""

    request: BundleRequest
    today: date
    rulebook: Rulebook
    pack: Pack
    referral: Referral
    school: School
    pupil: Pupil
    memberships: tuple[Membership, ...]
    patterns: tuple[Pattern, ...]
    flags: tuple[Flag, ...]
    periods: tuple[Period, ...]
    relatives: tuple[Relative, ...]
    siblings: tuple[Sibling, ...]
    names: Mapping[int, str]
    marks: tuple[Mark, ...]
    changes: tuple[MarkChange, ...]
    entries: tuple[Entry, ...]
