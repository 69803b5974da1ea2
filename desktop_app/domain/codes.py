"""Attendance and absence codes, as the rulebook holds them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop_app.domain.sessions import Half

ILLNESS = "I"
"""The code of illness, in body or mind (not of an appointment)."""


class Counts(StrEnum):
    """How a session with this code counts towards the figures."""

    PRESENT = "present"
    APPROVED = "approved-activity"
    AUTHORISED = "authorised"
    UNAUTHORISED = "unauthorised"
    NOT_POSSIBLE = "not-possible"
    NOT_COUNTED = "not-counted"

    @property
    def attended(self) -> bool:
        """True where the session counts as attendance (present, or an approved educational activity)."""
        return self in (Counts.PRESENT, Counts.APPROVED)

    @property
    def absent(self) -> bool:
        """True where the session counts as absence, authorised or not."""
        return self in (Counts.AUTHORISED, Counts.UNAUTHORISED)

    @property
    def words(self) -> str:
        """What it counts as, in words."""
        return WORDS[self]

    @property
    def possible(self) -> bool:
        """True where the session is in the denominator of every rate."""
        return self.attended or self.absent


WORDS = {
    Counts.PRESENT: "present",
    Counts.APPROVED: "attending elsewhere",
    Counts.AUTHORISED: "authorised absence",
    Counts.UNAUTHORISED: "unauthorised absence",
    Counts.NOT_POSSIBLE: "not a possible attendance",
    Counts.NOT_COUNTED: "not counted",
}


class AgeRule(StrEnum):
    """Which ages a code is for; most are for any."""

    ANY = "any"
    COMPULSORY = "compulsory"
    NOT_COMPULSORY = "not-compulsory"


@dataclass(frozen=True, slots=True)
class Code:
    """One code of the register, with what it counts as, what it needs and when it is law.

    `first` and `last` are the first and last session dates on which the law knows the code (None: no limit).
    `half` restricts it to mornings or afternoons. `elsewhere` marks the codes that say the child is attending
    in another place (K, V, P, W, B), which a person must confirm. `provisional` is true of N alone.
    `given_to` says in words who may be given it; `instead` what to use once it is withdrawn.
    `age` says whether only pupils of compulsory school age, or only others, may have it.
    `by_calendar` is true of codes a school writes for everybody from its calendar or roll (#, Z): never typed.
    """

    key: str
    title: str
    counts: Counts
    source: str
    half: Half | None = None
    late: bool = False
    takes_minutes: bool = False
    needs_note: bool = False
    elsewhere: bool = False
    provisional: bool = False
    by_calendar: bool = False
    given_to: str = ""
    first: date | None = None
    last: date | None = None
    instead: str = ""
    age: AgeRule = AgeRule.ANY

    def in_force(self, day: date) -> bool:
        """Whether the law knows this code for a session on `day`."""
        return (self.first is None or day >= self.first) and (self.last is None or day <= self.last)
