"""Casework as a pack tells it: levels and their steps, what each asks and when, and the authority's formal measures.

Every value names its source: a place in the authority's own words, in the law, or that it is the school's choice.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from desktop_app.domain.people import FlagKind

SCHOOLS_CHOICE = "the school’s choice"
"""The source of what no pack and no law says."""


class Who(StrEnum):
    """Whose part something is."""

    SCHOOL = "school"
    LA = "la"


class Unit(StrEnum):
    """What an interval is counted in. A week is seven calendar days; a school week any week with a session."""

    DAYS = "days"
    SCHOOL_DAYS = "school-days"
    WEEKS = "weeks"
    SCHOOL_WEEKS = "school-weeks"
    HALF_TERMS = "half-terms"
    TERMS = "terms"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class Interval:
    """So many of a unit."""

    value: int
    unit: Unit
    source: str


class Service(StrEnum):
    """Which attendance service a school has bought: the authority's own, another provider's, or none."""

    LA = "la"
    OTHER = "other"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Ask:
    """Something a step asks for. `kind` is the key of the entry kind by which it is done (empty: no kind tells it, and
    somebody says that it was done); `meeting` the pack's meeting of which that entry must be. `must`: the step cannot
    be left upwards without it, or without a reason. `within` counts from the first day of the step. `outcomes`: only an
    entry with one of these does it (empty: any, but one that says that it did not come about). `flags`: asked only for
    a child with one of these (empty: for every child). `doubted`: asked only while an illness of the child is doubted.
    """

    key: str
    title: str
    who: Who
    source: str
    what: str = ""
    kind: str = ""
    meeting: str = ""
    must: bool = False
    each_parent: bool = False
    within: Interval | None = None
    outcomes: tuple[str, ...] = ()
    flags: tuple[FlagKind, ...] = ()
    doubted: bool = False


@dataclass(frozen=True, slots=True)
class ReviewRule:
    """How often a step is reviewed, counted from its first day and then from each review, and in which meeting."""

    every: Interval
    meeting: str = ""


@dataclass(frozen=True, slots=True)
class Stay:
    """The longest a child stays in a step, and the step that follows then (its whole key)."""

    longest: Interval
    then: str


@dataclass(frozen=True, slots=True)
class CaseStep:
    """One step of a level. `key` is whole: `level.step`.

    `opens` are the keys of the triggers on which entering it is proposed; `after` the whole keys of the steps of which
    one must have been entered before (empty: it may be the first); `next` those that come next, the likeliest first.
    `urgent`: it may also be entered out of order where the risk to the child has grown, with a reason. `services`: only
    where the school has bought one of these (empty: always).
    """

    key: str
    title: str
    who: Who
    lead: str
    source: str
    what: str = ""
    opens: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    next: tuple[str, ...] = ()
    urgent: bool = False
    services: tuple[Service, ...] = ()
    asks: tuple[Ask, ...] = ()
    review: ReviewRule | None = None
    stay: Stay | None = None

    @property
    def ways(self) -> tuple[str, ...]:
        """The whole keys of the steps it leads to."""
        return (*self.next, *((self.stay.then,) if self.stay else ()))


@dataclass(frozen=True, slots=True)
class Level:
    """A level of an authority's graduated response, with its steps in order. `stay` is the longest a child stays in the
    level, counted from the first day in any of its steps, however often it moves within it."""

    key: str
    title: str
    source: str
    what: str = ""
    steps: tuple[CaseStep, ...] = ()
    stay: Stay | None = None


@dataclass(frozen=True, slots=True)
class PauseRule:
    """A reason for which a case may be paused, and for how long at most."""

    key: str
    title: str
    source: str
    what: str = ""
    longest: Interval | None = None


class Measure(StrEnum):
    """A national measure of a child's attendance in the school year."""

    PERSISTENT = "persistent"
    SEVERE = "severe"


@dataclass(frozen=True, slots=True)
class CloseRule:
    """When the authority has no case closed: while the child is absent in that measure, in the pack's words."""

    not_while: Measure
    words: str
    source: str


@dataclass(frozen=True, slots=True)
class MeetingRule:
    """A kind of meeting of the pack: who leads and comes, and what it talks about in which order."""

    key: str
    title: str
    lead: str
    source: str
    what: str = ""
    attendees: tuple[str, ...] = ()
    agenda: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of an authority's form. `record` is a `Filled`: what of the record fills it (empty: somebody writes
    it)."""

    key: str
    title: str
    record: str = ""
    what: str = ""


@dataclass(frozen=True, slots=True)
class FormRule:
    """A form that the authority asks for, and its fields in order."""

    key: str
    title: str
    source: str
    fields: tuple[FormField, ...]


@dataclass(frozen=True, slots=True)
class TeamContact:
    """Whom to turn to at the authority. What its own words do not give is empty, and the school fills it in."""

    key: str
    title: str
    source: str
    what: str = ""
    phone: str = ""
    email: str = ""
    web: str = ""


class Answerable(StrEnum):
    """Which authority answers for something where a child lives in another than the school's."""

    SCHOOL = "school"
    HOME = "home"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Border:
    """Who answers for a matter where the home authority is another, in the pack's words."""

    key: str
    title: str
    who: Answerable
    words: str
    source: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Where the authority's own words disagree or leave open: what they say, and which the pack takes."""

    key: str
    says: str
    takes: str
    source: str


@dataclass(frozen=True, slots=True)
class StepExample:
    """A worked example that a pack carries and a test runs: a child who comes into `step` on `entered` is reviewed by
    `review` and stays to `ends` at most, by the half terms of the example."""

    step: str
    entered: date
    review: date | None = None
    ends: date | None = None


class Issuer(StrEnum):
    """Who issues a formal notice. `ask`: the authority's words do not say, and the school asks it."""

    SCHOOL = "school"
    LA = "la"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class ImprovementRule:
    """How the authority has a Notice to Improve issued: by whom, for how many weeks as a rule, whether it looks first,
    and who has a copy."""

    issuer: Issuer
    weeks: int
    check_first: bool
    copy_to: str
    source: str


@dataclass(frozen=True, slots=True)
class ContractRule:
    """How the authority has an attendance contract made, and for how many weeks as a rule."""

    issuer: Issuer
    weeks: int
    source: str


@dataclass(frozen=True, slots=True)
class PenaltyRule:
    """Who issues penalty notices there; `referral` is the pack's referral by which one is asked for."""

    issuer: Issuer
    referral: str
    source: str
    what: str = ""


@dataclass(frozen=True, slots=True)
class CourtRule:
    """Who prosecutes and who applies for an education supervision order; `before` says what must be considered."""

    prosecutes: str
    supervises: str
    before: str
    source: str


@dataclass(frozen=True, slots=True)
class Formal:
    """The formal measures of an authority. None: its words say nothing, and the school asks."""

    improvement: ImprovementRule | None = None
    contract: ContractRule | None = None
    penalty: PenaltyRule | None = None
    court: CourtRule | None = None


@dataclass(frozen=True, slots=True)
class Casework:
    """All that a pack says of casework, besides its bands, triggers and referrals. `half_terms` are the first and last
    days of those by which its examples are reckoned."""

    levels: tuple[Level, ...] = ()
    pauses: tuple[PauseRule, ...] = ()
    meetings: tuple[MeetingRule, ...] = ()
    forms: tuple[FormRule, ...] = ()
    contacts: tuple[TeamContact, ...] = ()
    borders: tuple[Border, ...] = ()
    choices: tuple[Choice, ...] = ()
    formal: Formal = field(default_factory=Formal)
    close: CloseRule | None = None
    examples: tuple[StepExample, ...] = ()
    half_terms: tuple[tuple[date, date], ...] = ()

    @property
    def steps(self) -> tuple[CaseStep, ...]:
        """Every step, in the order of the levels."""
        return tuple(step for level in self.levels for step in level.steps)

    def step(self, key: str) -> CaseStep | None:
        """The step of that whole key, or None."""
        return next((step for step in self.steps if step.key == key), None)

    def level_of(self, step: str) -> Level | None:
        """The level to which the step of that whole key belongs."""
        return next((level for level in self.levels if any(one.key == step for one in level.steps)), None)

    def form(self, key: str) -> FormRule | None:
        """The form of that key, or None."""
        return next((form for form in self.forms if form.key == key), None)

    def meeting(self, key: str) -> MeetingRule | None:
        """The meeting of that key, or None."""
        return next((meeting for meeting in self.meetings if meeting.key == key), None)


@dataclass(frozen=True, slots=True)
class Power:
    """A formal measure that the law gives some types of school and not others. `not_for` are the keys of the types
    without it, and `instead` says what such a school can do."""

    key: str
    title: str
    source: str
    not_for: tuple[str, ...] = ()
    instead: str = ""


@dataclass(frozen=True, slots=True)
class PenaltyLaw:
    """The national framework for penalty notices: sums in pounds, days counted with the day of receipt as the first,
    `most` notices to one parent for one child in `years` years; notices before `counted_from` do not count."""

    first_early: int
    early_days: int
    first_late: int
    second: int
    days: int
    most: int
    years: int
    counted_from: date
    source: str


@dataclass(frozen=True, slots=True)
class Formalities:
    """What the law says a formal document must hold, and how long before a court may be asked."""

    improvement_contents: tuple[str, ...]
    contract_parts: tuple[str, ...]
    court_months: int
    penalty: PenaltyLaw
    source: str
    powers: tuple[Power, ...] = ()

    def power(self, key: str) -> Power | None:
        """The power of that key, or None."""
        return next((power for power in self.powers if power.key == key), None)
