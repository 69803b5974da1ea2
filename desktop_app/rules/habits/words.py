"""How patterns say their numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import floor

from desktop_app.rules.habits.record import ChildRecord, Held

AGREED_CODES = ("I", "M")


def days_of(sessions: int) -> str:
    """So many sessions in days: `½`, `2`, `3½`."""
    whole, half = divmod(sessions, 2)
    return f"{whole or ''}½" if half else str(whole)


def days_words(sessions: int) -> str:
    """`½ day`, `1 day`, `3½ days`."""
    return f"{days_of(sessions)} {'day' if sessions <= 2 else 'days'}"


def listed(words: Sequence[str]) -> str:
    """`one`, `one and two`, `one, two and three`."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def one_place(value: Fraction) -> str:
    """A number of 0 or more with one decimal place, half up: `1.1`."""
    whole, part = divmod(floor(value * 10 + Fraction(1, 2)), 10)
    return f"{whole}.{part}"


def agreed(record: ChildRecord, held: Iterable[Held]) -> str:
    """What is said of sessions of illness or appointments that the school has on record as medical: nobody is to be
    blamed for them. Empty where there are none."""
    number = sum(one.code.key in AGREED_CODES and any(flag.holds(one.day) for flag in record.medical) for one in held)
    if not number:
        return ""
    one = number == 1
    return (
        f" {number} of these sessions {'is' if one else 'are'} illness or {'an appointment' if one else 'appointments'}"
        " while a medical need is on record."
    )
