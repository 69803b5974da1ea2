"""The kinds of entry as data: what each asks on its own small form, its usual outcomes, and what may follow it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from desktop_app.domain.entries import EntryKind


class KindGroup(StrEnum):
    """Under which heading a kind is offered."""

    CONTACT = "contact"
    MEETING = "meeting"
    SUPPORT = "support"
    VIEWS = "views"
    FORMAL = "formal"
    COURT = "court"
    RECORD = "record"


class Persons(StrEnum):
    """Whether an entry of the kind is with somebody (nobody: not reached), about somebody, or names no contact."""

    WITH = "with"
    ABOUT = "about"
    NONE = "none"


class FieldType(StrEnum):
    """What a field of a form takes, and so how it is asked."""

    TEXT = "text"
    LONG = "long"
    DAY = "day"
    TIME = "time"
    NUMBER = "number"
    CHOICE = "choice"
    YES_NO = "yes-no"
    PERSON = "person"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class FieldRule:
    """One field of a kind's form. Its value stands in the entry's details under `key`, always as text: a day as
    `YYYY-MM-DD`, a time as `HH:MM`, yes or no as `yes`/`no`, a contact or a member of staff by number."""

    key: str
    title: str
    type: FieldType
    needed: bool = False
    choices: tuple[str, ...] = ()
    hint: str = ""


@dataclass(frozen=True, slots=True)
class KindRule:
    """What the form of one kind asks. `opinion`: it has a place for what the writer thinks, apart from the facts, kept
    in the details under `opinion`. `follows` are the kinds to which one of this kind is an answer. `by_hand`: a person
    may log it as it stands; the others are written by the deed that does the thing. `due`: the field with the day on
    which something more is due, and the words of the task that it makes; what stands in braces is the value of a field
    (empty: nothing is)."""

    kind: EntryKind
    title: str
    group: KindGroup
    persons: Persons
    outcomes: tuple[str, ...]
    fields: tuple[FieldRule, ...] = ()
    opinion: bool = False
    by_hand: bool = True
    follows: tuple[EntryKind, ...] = ()
    source: str = ""
    due: tuple[str, str] = ("", "")


OPINION = "opinion"
"""In the details of an entry: what the writer thinks of it, kept apart from the facts."""


@dataclass(frozen=True, slots=True)
class BarrierArea:
    """What a barrier to attendance may be about. `group` is where it lies: in school, at home, with the child."""

    key: str
    title: str
    group: str
    source: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Kinds:
    """Every kind that has a form, and the areas of barriers."""

    rules: Mapping[EntryKind, KindRule]
    barriers: tuple[BarrierArea, ...] = ()

    def by_hand(self) -> tuple[KindRule, ...]:
        """Those a person may log, in the order of the file."""
        return tuple(rule for rule in self.rules.values() if rule.by_hand)
