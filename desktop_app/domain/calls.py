"""Early calls: children whom the school rings before school; and texts to mobile numbers, in one file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desktop_app.domain.habits import HabitKind
from desktop_app.domain.letters import Guarded, GuardFinding, Weight
from desktop_app.domain.people import Pupil
from desktop_app.domain.rulebook import Limit
from desktop_app.domain.staff import Author


@dataclass(frozen=True, slots=True)
class EarlyNumbers:
    """Who is proposed: so many `mornings` late or missed in so many school `weeks`, with one of the `patterns` besides.
    A child stays on the list `longest_days` at most before somebody looks again; `compared_weeks` before and since are
    held against each other."""

    weeks: Limit
    mornings: Limit
    longest_days: Limit
    compared_weeks: Limit
    patterns: frozenset[HabitKind]
    source: str


@dataclass(frozen=True, slots=True)
class TextWords:
    """Words to begin a text from, with fields of letters in them."""

    key: str
    title: str
    words: str
    source: str


@dataclass(frozen=True, slots=True)
class CallBook:
    """What is shipped of early calls and texts: numbers, the fields a text may name, what the guard is asked besides
    what it always is, and words to begin from."""

    early: EarlyNumbers
    longest: Limit
    fields: tuple[str, ...]
    guards: tuple[str, ...]
    texts: Mapping[str, TextWords]


@dataclass(frozen=True, slots=True)
class EarlySpell:
    """A child on the early-call list, by a person's decision, from a day until the day it is looked at again, both
    inclusive; `ended` is the last day where somebody took the child off before, with `why`."""

    entry: int
    pupil: int
    first: date
    review: date
    reason: str
    author: Author
    ended: date | None = None
    why: str = ""

    @property
    def last(self) -> date:
        """The last day on the list."""
        return self.review if self.ended is None else min(self.ended, self.review)

    def holds(self, day: date) -> bool:
        """Whether the child is on the list on a day."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Mornings:
    """The mornings of some days that counted, and those of them on which the child was there on time."""

    counted: int
    on_time: int


@dataclass(frozen=True, slots=True)
class EarlyLine:
    """A child on the list: the spell, the mornings before and since, and what was last done this morning."""

    pupil: Pupil
    class_name: str
    spell: EarlySpell
    before: Mornings
    since: Mornings
    held: bool = False


@dataclass(frozen=True, slots=True)
class EarlyProposal:
    """A child who is not on the list and might be, in the words of the patterns found; a person decides."""

    pupil: Pupil
    class_name: str
    says: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlannedText(Guarded):
    """One text to one parent about one child: as it would go, and what stands against it. `faults`: it cannot go."""

    key: str
    pupil: Pupil
    class_name: str
    person: int
    name: str
    mobile: str
    words: str
    findings: tuple[GuardFinding, ...] = ()
    faults: tuple[str, ...] = ()

    @property
    def why_not(self) -> str:
        """What stands against it, in words; empty: nothing."""
        return " ".join([*self.faults, *(one.words for one in self.findings if one.weight is not Weight.TELL)])


@dataclass(frozen=True, slots=True)
class SavedTexts:
    """What came of a file of texts: the entries, one for each text, and those left out with why."""

    entries: tuple[int, ...]
    left: tuple[tuple[str, str], ...]
