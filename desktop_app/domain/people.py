"""Pupils, their parents and other contacts, and what is dated about them. All are versions in the book.

In every fact `id` is our own number; 0: not yet stored. `first`/`last` are inclusive days; `last` None: still so.
`since` is the day from which this version holds, the one before it till then; None: it holds from the beginning.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address, as written."""

    lines: tuple[str, ...] = ()
    postcode: str = ""

    @property
    def one_line(self) -> str:
        """The address on one line, parts joined by commas; empty when there is none."""
        return ", ".join([*self.lines, self.postcode] if self.postcode else self.lines)


@dataclass(frozen=True, slots=True)
class Pupil:
    """A child on the admission register (SI 2024/208 regulation 8), now or once.

    `upn` and `admission_number` may be empty. `starting_day` is the agreed first day of attendance;
    `leaving_day` the last day on roll, inclusive. `home_la` is the authority the child lives in, where it is another.
    """

    id: int
    legal_surname: str
    legal_forename: str
    date_of_birth: date
    starting_day: date
    upn: str = ""
    admission_number: str = ""
    used_surname: str = ""
    used_forename: str = ""
    middle_names: str = ""
    sex: str = ""
    address: Address = Address()
    home_la: str = ""
    leaving_day: date | None = None
    leaving_ground: str = ""
    last_school: str = ""
    next_school: str = ""
    boarder: bool = False
    since: date | None = None

    @property
    def surname(self) -> str:
        """The surname in daily use."""
        return self.used_surname or self.legal_surname

    @property
    def forename(self) -> str:
        """The forename in daily use."""
        return self.used_forename or self.legal_forename

    @property
    def name(self) -> str:
        """`Forename Surname`, as in daily use."""
        return f"{self.forename} {self.surname}"

    @property
    def legal_name(self) -> str:
        """`Forename Surname`, as on legal documents."""
        return f"{self.legal_forename} {self.legal_surname}"

    @property
    def list_name(self) -> str:
        """`Surname, Forename`, as in lists and registers."""
        return f"{self.surname}, {self.forename}"

    def on_roll(self, day: date) -> bool:
        """Whether the child is on the admission register on `day`."""
        return self.on_roll_between(day, day)

    def on_roll_between(self, first: date, last: date) -> bool:
        """Whether the child is on the admission register on any day from `first` to `last`, both inclusive."""
        return self.starting_day <= last and (self.leaving_day is None or first <= self.leaving_day)


@dataclass(frozen=True, slots=True)
class Membership:
    """A pupil's class and year group over some days. `year` is text: N1, N2, R, 1 … 13."""

    id: int
    pupil: int
    class_name: str
    year: str
    first: date
    last: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the membership stands on `day`."""
        return self.first <= day and (self.last is None or day <= self.last)


class FlagKind(StrEnum):
    """What may be said of a pupil between two dates."""

    FSM = "fsm"
    PUPIL_PREMIUM = "pupil-premium"
    SEN_SUPPORT = "sen-support"
    EHCP = "ehcp"
    LOOKED_AFTER = "looked-after"
    PREVIOUSLY_LOOKED_AFTER = "previously-looked-after"
    CHILD_IN_NEED = "child-in-need"
    CHILD_PROTECTION = "child-protection"
    EARLY_HELP = "early-help"
    SOCIAL_WORKER = "social-worker"
    YOUNG_CARER = "young-carer"
    EAL = "eal"
    SERVICE_CHILD = "service-child"
    MEDICAL = "medical"
    ETHNICITY = "ethnicity"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Flag:
    """One dated flag; `value` holds what the kind alone does not say (a social worker's name, an ethnicity code)."""

    id: int
    pupil: int
    kind: FlagKind
    value: str
    first: date
    last: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the flag stands on `day`."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Pattern:
    """The sessions expected of a pupil in each week, where they are not all; what stands in the others follows from
    `kind` and the child's age that day (`rules/standing.py`).

    `expected` is ten characters, Monday AM to Friday PM: `1` expected, `0` not. `kind` is one of `PatternKind`.
    `code` is that of alternative provision (K, B, …) at `provider`, whose nature is the `note`. An agreed part-time
    timetable says with whom and when it was agreed, why (`purpose`), when it is reviewed, who was told (the social
    worker, the authority that keeps the EHCP) and the `hours` offered a week.
    """

    id: int
    pupil: int
    kind: str
    expected: str
    first: date
    last: date | None = None
    note: str = ""
    code: str = ""
    provider: str = ""
    agreed_with: str = ""
    agreed_on: date | None = None
    purpose: str = ""
    reviews: tuple[str, ...] = ()
    told: str = ""
    hours: str = ""

    def holds(self, day: date) -> bool:
        """Whether the pattern stands on `day`."""
        return self.first <= day and (self.last is None or day <= self.last)


class PatternKind(StrEnum):
    """Why a pupil is not expected for every session. Kept as text in `Pattern.kind`, since older files have others."""

    PART_TIME = "part-time"
    NURSERY = "nursery"
    DUAL = "dual"
    ALTERNATIVE = "alternative"


class ChannelKind(StrEnum):
    """A way to reach a person."""

    PHONE = "phone"
    EMAIL = "email"


@dataclass(frozen=True, slots=True)
class Channel:
    """One phone number or e-mail address of a person, with the day it was last checked."""

    id: int
    person: int
    kind: ChannelKind
    value: str
    label: str = ""
    priority: int = 1
    checked: date | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A parent or other contact, shared by the siblings who have them. A `protected_address` is on nothing that goes to
    another parent, nor is the child's own where it is the same: documents say "held by the school"."""

    id: int
    full_name: str
    title: str = ""
    address: Address = Address()
    date_of_birth: date | None = None
    language: str = ""
    interpreter: bool = False
    reading_needs: str = ""
    since: date | None = None
    protected_address: bool = False

    @property
    def formal_name(self) -> str:
        """Title and name, as on a letter; a title that the name begins with already is not said twice."""
        named = not self.title or self.full_name.casefold().startswith(f"{self.title.casefold()} ")
        return self.full_name if named else f"{self.title} {self.full_name}"


class Answer(StrEnum):
    """Yes, no, or not known: the third matters wherever a law asks."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Tie:
    """What a person is to a pupil: relationship, responsibility, and what the school may do.

    `priority` is the order in which to call. `no_contact` is by order of a court: on no list, sheet or letter.
    """

    id: int
    pupil: int
    person: int
    relationship: str
    responsibility: Answer = Answer.UNKNOWN
    lives_with: Answer = Answer.UNKNOWN
    priority: int = 1
    may_contact: bool = True
    may_know_why: bool = True
    may_leave_message: bool = True
    may_collect: bool = True
    no_contact: bool = False
    first: date | None = None
    last: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the tie stands on `day`."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Hold:
    """The safeguarding lead's hold on a child: no letter, batch or script for the family, both days inclusive.

    `sealed` is the reason under the second key, which only some may read; everybody else is told "see the DSL".
    """

    id: int
    pupil: int
    first: date
    last: date | None = None
    sealed: str = ""

    def holds(self, day: date) -> bool:
        """Whether the hold stands on `day`."""
        return self.first <= day and (self.last is None or day <= self.last)
