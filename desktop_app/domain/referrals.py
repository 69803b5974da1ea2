"""What an authority takes as a referral: its profile, the parts of its bundle, and what it looks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from desktop_app.domain.school import SchoolType


class Profile(StrEnum):
    """What a bundle is for. It decides which forms of words a part takes, never what may be shown: that is
    `Disclosure`."""

    PENALTY_HOLIDAY = "penalty-holiday"
    PENALTY_IRREGULAR = "penalty-irregular"
    CASEWORK = "casework"
    PROSECUTION = "prosecution"
    NEGLECT = "neglect"
    INDEPENDENT = "independent"
    MISSING = "missing"


class Disclosure(StrEnum):
    """Who will read a bundle, and so what may be in it (practice 5, 28 and 29).

    `COURT`: made per parent; no contact detail of another parent, no sibling, no other child, no restricted note, no
    earlier notice. `AUTHORITY`: what the authority must have, earlier notices too, and siblings where a part asks for
    them. `SAFEGUARDING`: as the authority, and restricted notes that the safeguarding lead lets out one by one.
    """

    COURT = "court"
    AUTHORITY = "authority"
    SAFEGUARDING = "safeguarding"


@dataclass(frozen=True, slots=True)
class PartSpec:
    """A part of a referral's bundle: its kind (`domain/bundle.py` names them) and the title printed above it."""

    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class Requirement:
    """Something the authority looks for in a referral. `rule` names the pure rule that decides whether it is there,
    `params` its settings; `why` is the plain sentence to show when it is missing."""

    key: str
    title: str
    rule: str
    part: str
    why: str
    source: str
    params: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Referral:
    """A referral that the authority takes: what its bundle contains and what it must be able to show.

    `per_parent`: a bundle is of one parent. `beside` are the referrals made along with it, as the authority’s own sheet
    goes with the pack for the court. `schools` are the types of school that may make it; none named: all.
    """

    key: str
    title: str
    subtitle: str
    addressed_to: str
    marking: str
    source: str
    parts: tuple[PartSpec, ...]
    requirements: tuple[Requirement, ...]
    profile: Profile = Profile.CASEWORK
    disclosure: Disclosure = Disclosure.AUTHORITY
    per_parent: bool = False
    beside: tuple[str, ...] = ()
    schools: tuple[SchoolType, ...] = ()

    def has(self, kind: str) -> bool:
        """Whether its bundle has a part of that kind: what that part tells, no other has to tell again."""
        return any(one.kind == kind for one in self.parts)

    def is_for(self, school: SchoolType) -> bool:
        """Whether a school of that type may make it."""
        return not self.schools or school in self.schools


@dataclass(frozen=True, slots=True)
class Defence:
    """Something that the law lets a parent answer to a charge of failing to secure regular attendance. `says` is the
    plain sentence of what is to be looked at in the record; that it was is an entry `considered`, whose detail `what`
    is `DEFENCE` and the key."""

    key: str
    title: str
    source: str
    says: str


WHAT, EQUALITY = "what", "equality"
"""In the details of an entry `considered`: which thing, and what was thought of under the Equality Act about a measure.
The second is the key of the thing itself as well."""
FOR, AGAINST = DECIDED = ("decided for", "decided against")
"""What comes of a thing that was considered."""
DEFENCE = "defence-"
"""What an entry `considered` has in its detail `what` where it is about a defence: this and the defence’s key. About
anything else it has the key itself, such as `parenting-order`."""

HOLIDAY = "holiday-"
"""What an entry `considered` has in its detail `what` where somebody read an entry that speaks of a holiday and said
whether there was one: this and the number of the entry that was read."""
