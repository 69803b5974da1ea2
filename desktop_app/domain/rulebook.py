"""The rulebook: the law by date and the packs of local authorities, as read from data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Protocol

from desktop_app.domain.casework import Casework, Formalities, Who
from desktop_app.domain.codes import Code
from desktop_app.domain.evidence import StatementLaw
from desktop_app.domain.kinds import Kinds
from desktop_app.domain.leave import LeaveLaw, LeaveList
from desktop_app.domain.referrals import Defence, Referral
from desktop_app.domain.returns import ReturnChange
from desktop_app.domain.school import SchoolType
from desktop_app.domain.triggers import TriggerKind, TriggerSpec


@dataclass(frozen=True, slots=True)
class Threshold:
    """A national test on counts: met when `times` × absent sessions ≥ possible sessions."""

    key: str
    title: str
    times: int
    source: str


@dataclass(frozen=True, slots=True)
class Limit:
    """A whole number that the law sets, in the unit its place in the rulebook says."""

    value: int
    source: str


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a look ahead is held against besides the triggers: the school weeks of a Notice to Improve."""

    improvement_from: Limit
    improvement_to: Limit


@dataclass(frozen=True, slots=True)
class GuardNumbers:
    """The numbers of the letter guard: days since this parent was contacted, or written to about a brother or sister;
    school days since a child joined late; the percent of what was missed from which it was agreed, or medical, as a
    whole; the days for which a bereavement is thought of where nobody said until when."""

    contact_days: Limit
    sibling_days: Limit
    joined_days: Limit
    agreed_percent: Limit
    medical_percent: Limit
    bereaved_days: Limit


@dataclass(frozen=True, slots=True)
class Coming:
    """A law that is made and perhaps not in force: what it asks, the day on which that was last looked up, and the day
    it begins (None: no day was set then)."""

    words: str
    source: str
    known: date
    first: date | None = None


class GroundAge(StrEnum):
    """For a pupil of which age a ground is, on the last day. `over`: above compulsory school age by the day after;
    `nursery`: below it, or in the school year in which it is five."""

    ANY = "any"
    COMPULSORY = "compulsory"
    NOT_COMPULSORY = "not-compulsory"
    OVER = "over"
    NURSERY = "nursery"


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground on which a name may, and then must, be deleted from the admission register.

    `age` says for whom it is, and `schools` in which types of school (empty: in all); `asks` are what must be there and
    is answered one by one before; `evidence`, where it is not empty, is what has to be said in words. `absent_days` and
    `days_after_leave` are the school days in a row that the register must show. `warning` always holds; `coming`
    depends on the day.
    """

    key: str
    title: str
    meaning: str
    source: str
    age: GroundAge = GroundAge.COMPULSORY
    asks: tuple[str, ...] = ()
    warning: str = ""
    evidence: str = ""
    absent_days: int = 0
    days_after_leave: int = 0
    coming: Coming | None = None
    schools: tuple[SchoolType, ...] = ()


@dataclass(frozen=True, slots=True)
class BandAction:
    """Something the authority expects to be done, or considered, while a child is in a band. `kind` is the entry by
    which it is usually done and which is taken as that (empty: no kind tells it from other things, and somebody says
    that it was done)."""

    key: str
    title: str
    who: Who
    source: str
    what: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Band:
    """A band of attendance, a half-open interval of exact percentages (0 to 100).

    Exactly one of `at_least` (closed) and `above` (open) bounds it below, and one of `at_most` (closed)
    and `below` (open) bounds it above. `shape` is 1 to 5: ● ▲ ◆ ▼ ■ (see the design), 1 best and 5 severe.
    """

    key: str
    title: str
    shape: int
    source: str
    at_least: Fraction | None = None
    above: Fraction | None = None
    at_most: Fraction | None = None
    below: Fraction | None = None
    meaning: str = ""
    actions: tuple[BandAction, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example that a pack carries and a test runs: `attended` of `possible` falls in `band`."""

    attended: int
    possible: int
    band: str


@dataclass(frozen=True, slots=True)
class Pack:
    """One local authority's practice: only what is local; every value with its source.

    `note` says what was decided where the authority's own words leave it open. `too_early` is the number of possible
    sessions before which a band says nothing (None: the national one). `triggers` are those of the authority alone; one
    with the key of a national trigger takes its place. `leave_list` is a published list of exceptional circumstances;
    `returns` is what the authority asks of returns beyond the law.
    """

    key: str
    title: str
    version: str
    authority: str
    source: str
    bands: tuple[Band, ...]
    referrals: tuple[Referral, ...]
    examples: tuple[Example, ...]
    note: str = ""
    too_early: Limit | None = None
    triggers: tuple[TriggerSpec, ...] = ()
    casework: Casework = field(default_factory=Casework)
    leave_list: LeaveList | None = None
    returns: tuple[ReturnChange, ...] = ()

    def referral(self, key: str) -> Referral | None:
        """The referral of that key, or None."""
        return next((referral for referral in self.referrals if referral.key == key), None)


class PackTexts(Protocol):
    """The packs as texts, to be copied, changed by the school, and read again."""

    def text(self, key: str) -> str:
        """The text of the shipped pack of that key. Raises `Damaged`."""
        ...

    def read(self, text: str) -> Pack:
        """The pack that a text is. Raises `Damaged`, naming key and reason."""
        ...


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The law and the packs. `codes` holds every code the program ever met, by key; `packs` by key, a school’s own in
    the place of that of its authority; `texts` are those shipped, and how any is read.

    `register_open` is the most minutes a register may stay open, `settle_n` the school days in which an N is settled,
    `too_early` the possible sessions before which a band says nothing, where the pack has no number of its own.
    `grounds` by key, in the order of the law; `triggers` are those of every school. `counted_from` and `counted_to` are
    the ages, on 31 August before the school year, of those whom the published figures count, `census_from`
    the age from which the school census takes absence. `formalities` are what the
    law asks of formal steps, `kinds` the forms of the entry kinds, `guard` the numbers of the letter guard, `leave` on
    what leave may be granted, `defences` what a parent may answer to a charge.
    """

    codes: Mapping[str, Code]
    persistent: Threshold
    severe: Threshold
    register_open: Limit
    settle_n: Limit
    counted_from: Limit
    counted_to: Limit
    census_from: Limit
    too_early: Limit
    packs: Mapping[str, Pack]
    texts: PackTexts
    source: str
    grounds: Mapping[str, Ground]
    outlook: Outlook
    formalities: Formalities
    kinds: Kinds
    guard: GuardNumbers
    statement: StatementLaw
    triggers: tuple[TriggerSpec, ...] = ()
    leave: LeaveLaw = field(default_factory=LeaveLaw)
    defences: tuple[Defence, ...] = ()

    def triggers_of(self, pack: Pack) -> tuple[TriggerSpec, ...]:
        """The triggers of a school with that pack: the law's, each unless the pack has its own, then the pack's."""
        own = {spec.key for spec in pack.triggers}
        return (*(spec for spec in self.triggers if spec.key not in own), *pack.triggers)

    def trigger_of(self, pack: Pack, kind: TriggerKind, rule: str) -> TriggerSpec | None:
        """The trigger of that kind and rule of a school with that pack, the pack's own first; None where none is."""
        found = [spec for spec in self.triggers_of(pack) if spec.kind is kind and spec.rule == rule]
        return found[-1] if found else None
