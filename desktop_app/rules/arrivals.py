"""Whether a child who should be somewhere else arrived there: who is asked about, and what follows from the answer.

Sources: School Attendance (Pupil Registration) (England) Regulations 2024, regulation 10 (K, V, P, W and B say that the
child is attending, so a person confirms them; D stands for the sessions due at the other school, which records its own)
and "Working together to improve school attendance" (the school makes sure that pupils elsewhere arrive and are safe).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

NO_REASON, OTHER_SCHOOL = "N", "D"
STAYED = frozenset({"N", "I", "M", "/"})
"""What may stand for a child who did not go: no reason yet, ill, at an appointment, or here at school instead."""
PHONE = "provider.phone."
"""The setting that holds the number of a provider, with its name in small letters after this."""


class Outcome(StrEnum):
    """What was answered."""

    ARRIVED = "arrived"
    NOT_ARRIVED = "not-arrived"
    NO_REPLY = "no-reply"


class How(StrEnum):
    """How somebody knows who arrived."""

    PROVIDER = "provider"
    OWN_STAFF = "own-staff"
    THEIR_REGISTER = "their-register"


HOW_WORDS: Mapping[How, str] = {
    How.PROVIDER: "told by the provider",
    How.OWN_STAFF: "own staff, there with them",
    How.THEIR_REGISTER: "the provider’s own register",
}


def known_by(name: str, how: How) -> str:
    """Who confirmed, and how, as a mark and the log keep it."""
    return f"{name.strip()}, {HOW_WORDS[how]}"


def phone_key(provider: str) -> str:
    """The key of the setting with the number of a provider; empty where there is no provider."""
    name = " ".join(provider.casefold().split())
    return f"{PHONE}{name}" if name else ""


def stayed_fault(code: str, place_code: str) -> str | None:
    """Why a mark cannot stand for a child who did not go."""
    if code not in STAYED:
        return f"{code} is given in the register; here a child who did not go has N, I, M or the stroke."
    if place_code == OTHER_SCHOOL and code not in (NO_REASON, "/"):
        return "D stands whether or not the child came: the other school records the absence. Say only that it is so."
    return None
