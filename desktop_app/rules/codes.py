"""Which code may stand where, and how a code is spelt key by key in the register.

Source: School Attendance (Pupil Registration) (England) Regulations 2024, regulation 10, through the rulebook's codes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from desktop_app.domain.codes import AgeRule, Code, Counts
from desktop_app.domain.sessions import Half
from desktop_app.rules.age import compulsory
from desktop_app.rules.display import half_words, long_date

PRESENT_KEYS = frozenset("/\\ ")
"""The keys that mean "present" whichever half of the day it is."""
NO_REASON = "N"
"""The code of an absence of which the reason is not known yet."""


class SpellState(StrEnum):
    """What became of a key pressed in a cell."""

    COMMIT = "commit"
    WAIT = "wait"
    REFUSE = "refuse"
    IGNORE = "ignore"


@dataclass(frozen=True, slots=True)
class Spelling:
    """The outcome of a key: the code to write (COMMIT) or shown while it waits (WAIT), or why not, in words (REFUSE).

    `carry` is a key that belongs to the next cell: `C` waited, `/` was pressed, so `C` is written here and `/` follows.
    """

    state: SpellState
    code: str = ""
    words: str = ""
    carry: str = ""


IGNORED = Spelling(SpellState.IGNORE)


def present_mark(half: Half, codes: Mapping[str, Code]) -> str:
    """The mark of a pupil who is present in that half of the day."""
    return next(key for key, code in codes.items() if code.counts is Counts.PRESENT and code.half is half)


def in_building(code: Code) -> bool:
    """Whether a mark says that the child is in the building. U is an absence of the session in law; the child came."""
    return (code.counts.attended and not code.elsewhere) or code.late


def spell(typed: str, key: str, half: Half, day: date, codes: Mapping[str, Code]) -> Spelling:
    r"""Take one more key in a cell where `typed` already waits (`""`, or the first letter of a longer code).

    `/`, `\` and Space write the present mark of the half. A letter that begins a longer code waits for the next key
    only on the days on which such a code is law. Anything but a printable character is ignored.
    """
    if len(key) != 1 or not key.isprintable():
        return IGNORED
    key = key.upper()
    if not typed:
        return _begin(key, half, day, codes)
    if typed + key in codes:
        return _commit(typed + key, half, day, codes)
    if key.isdigit():
        return Spelling(SpellState.REFUSE, words=f"There is no code {typed}{key}. {_endings(typed, day, codes)}")
    if typed in codes and refusal(typed, day, half, codes, typed=True) is None:
        return Spelling(SpellState.COMMIT, typed, carry=key)
    return Spelling(SpellState.REFUSE, words=f"{typed} is not a whole code. {_endings(typed, day, codes)}")


def settle(typed: str) -> Spelling:
    """Decide about what waits in a cell that is being left: a lone `C` is written, a lone `J` or `Y` is refused."""
    if not typed:
        return IGNORED
    if typed == "C":
        return Spelling(SpellState.COMMIT, typed)
    return Spelling(SpellState.REFUSE, words=f"{typed} is not a whole code, so nothing was written. Add its number.")


def refusal(code: str, day: date, half: Half, codes: Mapping[str, Code], *, typed: bool) -> str | None:
    """Say in words why `code` may not stand on that session, or None where it may.

    `typed` is true for a code a person gives now: it must be law on the session's date. Without it (imports, history)
    a code of 2024 is taken on an earlier session too; see `foresight`.
    """
    known = codes.get(code)
    if known is None:
        return f"“{code}” is not an attendance code."
    if known.by_calendar:
        return f"{code} ({known.title}) is worked out from the calendar and the roll; it is never given to one pupil."
    if known.half is not None and known.half is not half:
        return f"{code} is the {half_words(known.half)} mark; in the {half_words(half)} use {present_mark(half, codes)}"
    if known.last is not None and day > known.last:
        return f"{code} was withdrawn on {long_date(known.last + timedelta(days=1))}. {known.instead}"
    if typed and known.first is not None and day < known.first:
        return f"{code} is law only from {long_date(known.first)}; this session is on {long_date(day)}."
    return None


def age_refusal(code: Code, date_of_birth: date, day: date) -> str | None:
    """Say in words why a pupil of that age may not have the code on that day, or None. Decided for each day by itself.

    Source: "Working together to improve school attendance": X is never for a pupil of compulsory school age, C2 only.
    """
    if code.age is AgeRule.NOT_COMPULSORY and compulsory(date_of_birth, day):
        return f"{code.key} is not for a pupil of compulsory school age; on a part-time timetable it is C2."
    if code.age is AgeRule.COMPULSORY and not compulsory(date_of_birth, day):
        return f"{code.key} is only for a pupil of compulsory school age; this one is not required to come: use X."
    return None


def foresight(code: str, day: date, codes: Mapping[str, Code]) -> str | None:
    """A warning where an imported code stands on a session before it was law; None where all is well."""
    known = codes.get(code)
    if known is None or known.first is None or day >= known.first:
        return None
    return f"{code} became law on {long_date(known.first)}; on {long_date(day)} it is taken as the file has it."


def _begin(key: str, half: Half, day: date, codes: Mapping[str, Code]) -> Spelling:
    if key in PRESENT_KEYS:
        return Spelling(SpellState.COMMIT, present_mark(half, codes))
    if _longer(key, day, codes):
        return Spelling(SpellState.WAIT, key)
    return _commit(key, half, day, codes)


def _commit(code: str, half: Half, day: date, codes: Mapping[str, Code]) -> Spelling:
    why = refusal(code, day, half, codes, typed=True)
    return Spelling(SpellState.COMMIT, code) if why is None else Spelling(SpellState.REFUSE, words=why)


def _longer(letter: str, day: date, codes: Mapping[str, Code]) -> list[str]:
    """The codes in force that day which begin with `letter` and go on."""
    return [key for key, code in codes.items() if len(key) > 1 and key[0] == letter and code.in_force(day)]


def _endings(letter: str, day: date, codes: Mapping[str, Code]) -> str:
    return f"The codes are {', '.join(_longer(letter, day, codes))}."
