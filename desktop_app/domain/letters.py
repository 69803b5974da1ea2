"""Letters: their kinds, the templates they are made from, what is made for whom, and what the guard says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from desktop_app.domain.entries import EntryKind
from desktop_app.domain.people import Address


class Sent(StrEnum):
    """To whom a letter goes: to each parent by itself, even at one address, or once to each household."""

    EACH = "each"
    HOUSEHOLD = "household"


@dataclass(frozen=True, slots=True)
class LetterRule:
    """A kind of letter. `logged` is the entry kind it is kept as; `fields` the names that a template of it may use
    besides those of every letter; `formal` decides that it goes to each parent and asks for more of the guard.
    `power` names the formal measure that the school must have (empty: none)."""

    key: str
    title: str
    sent: Sent
    formal: bool
    logged: EntryKind
    source: str
    fields: tuple[str, ...] = ()
    guards: tuple[str, ...] = ()
    power: str = ""
    what: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """The words of a letter in one language. `language` is its tag (`en`, `pl`, `ur`); `right_to_left` how it is
    written. `word` is the number of the attached Word file that is used instead of `body` (0: none). `own`: the
    school's own; else as shipped."""

    kind: str
    language: str
    subject: str
    body: str
    right_to_left: bool = False
    word: int = 0
    own: bool = False
    entry: int = 0


@dataclass(frozen=True, slots=True)
class LetterTo:
    """One letter to be made: to whom, at which address, and with which values of the fields."""

    kind: str
    pupil: int
    persons: tuple[int, ...]
    names: str
    address: Address
    language: str
    values: Mapping[str, str] = field(default_factory=dict[str, str])


class Weight(StrEnum):
    """How much a finding of the guard weighs: it stops the letter for good, asks for a reason, or is to be known."""

    STOP = "stop"
    ASK = "ask"
    TELL = "tell"


@dataclass(frozen=True, slots=True)
class GuardFinding:
    """One thing the guard says against a letter. `key` names the rule; a `STOP` cannot be overridden, an `ASK` can with
    a reason and the right to."""

    key: str
    weight: Weight
    words: str
    pupil: int
    person: int = 0
    source: str = ""
