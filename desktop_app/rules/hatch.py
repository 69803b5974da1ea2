"""At the hatch: which child is meant, and which code a late arrival has.

Sources: SI 2024/208 regulation 10 (L while the register is open; U from its close to the end of the session, and only
where no other code applies) and the school's safeguarding practice (nobody is picked from two of the same name).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time

from desktop_app.domain.people import Pupil
from desktop_app.domain.school import School
from desktop_app.domain.sessions import Session
from desktop_app.rules.names import plain
from desktop_app.rules.register import arrival_code, minutes_late

LEAST_LETTERS = 3


@dataclass(frozen=True, slots=True)
class LateReason:
    """Why a child comes late. `after_close` is the code once the register has closed: U only where nothing else fits.
    `asks`: what it was has to be said besides."""

    key: str
    words: str
    after_close: str
    asks: bool = False


REASONS = (
    LateReason("1", "Overslept, missed the bus, no reason", "U"),
    LateReason("2", "Doctor, dentist or hospital", "M"),
    LateReason("3", "Was ill earlier, better now", "I"),
    LateReason("4", "School transport did not run", "Y1"),
    LateReason("5", "Travel widely disrupted", "Y2"),
    LateReason("6", "Something else", "U", asks=True),
)
"""The reason comes before the code: asked first, whatever the clock says."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a late arrival is to be written as. `minutes` late count from the beginning of the taking (None where the
    code has none); an empty `code` writes nothing, and `why` says why not."""

    code: str
    minutes: int | None = None
    why: str = ""


def arrival(school: School, session: Session, at: time, reason: LateReason, *, closing_minute_late: bool) -> Arrival:
    """The code of a child who comes to `session` at `at`. Before the taking begins nobody is late; once the session has
    ended the child was absent from it, and only another reason than lateness can be given: never U."""
    code = arrival_code(school, session, at, closing_minute_late=closing_minute_late)
    if code == "L":
        return Arrival("L", max(1, minutes_late(school, session, at)))
    if code is None and at < school.times(session.half).opens:
        return Arrival("", why="The register has not begun: the class marks the child present.")
    if code is None and reason.after_close == "U":
        return Arrival("", why="That session has ended: the absence stays as it is, and its reason is asked for.")
    if reason.after_close == "U":
        return Arrival("U", max(1, minutes_late(school, session, at)))
    return Arrival(reason.after_close)


def matching(pupils: Iterable[Pupil], typed: str) -> list[Pupil]:
    """The children of whose names, used or legal, each typed word begins a part; none before three letters."""
    words = _parts(typed)
    if sum(map(len, words)) < LEAST_LETTERS:
        return []
    return [pupil for pupil in pupils if all(_begins(word, pupil) for word in words)]


def _begins(word: str, pupil: Pupil) -> bool:
    return any(part.startswith(word) for part in _parts(f"{pupil.name} {pupil.legal_name}"))


def _parts(names: str) -> list[str]:
    return plain(names).replace("-", " ").replace("'", " ").split()


def same_name(one: str, other: str) -> bool:
    """Whether two names of a person are the same, whatever the case, accents and spaces."""
    return plain(one).split() == plain(other).split()
