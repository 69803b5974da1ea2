"""Letters: their kinds, the templates they are made from, what is made for whom, and what the guard says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
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


@dataclass(frozen=True, slots=True)
class LetterField:
    """A field of letters: `key` is what stands between the brackets, `title` what is asked or filled in. `typed`: it is
    given when the letter is made; the others are worked out from the record. `may_be_empty`: nothing is wrong then."""

    key: str
    title: str
    typed: bool = False
    long: bool = False
    may_be_empty: bool = False


@dataclass(frozen=True, slots=True)
class Language:
    """A language that letters are written in. `names` are how a contact's language may be written; `months` by number;
    `page` is `page {0} of {1}`; `days` and `sessions` are one and several, or empty where only the number is said;
    `cover` is the sheet behind a letter in another language (its subject, then its words), or empty."""

    key: str
    title: str
    right_to_left: bool
    names: tuple[str, ...]
    months: tuple[str, ...]
    page: str
    reference: str
    closing: str
    days: tuple[str, ...] = ()
    sessions: tuple[str, ...] = ()
    joined: str = ", "
    cover: str = ""


@dataclass(frozen=True, slots=True)
class Cover:
    """A sheet in the language a parent reads, behind a letter that is in another."""

    language: str
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class LetterBook:
    """What is shipped: the kinds of letter, the fields, the languages and the templates."""

    rules: Mapping[str, LetterRule]
    fields: Mapping[str, LetterField]
    languages: Mapping[str, Language]
    templates: tuple[Template, ...]

    def fields_of(self, rule: LetterRule) -> tuple[LetterField, ...]:
        """What a template of that kind may use: what every letter has, and its own."""
        return tuple(one for one in self.fields.values() if not one.typed or one.key in rule.fields)

    def language(self, name: str) -> Language | None:
        """The language a contact's own words name; None where no letter is written in it."""
        wanted = name.strip().casefold()
        return next((one for one in self.languages.values() if wanted in (one.key, *one.names)), None)

    def shipped(self, kind: str, language: str) -> Template | None:
        """The template of a kind in a language, as shipped."""
        return next((one for one in self.templates if (one.kind, one.language) == (kind, language)), None)


@dataclass(frozen=True, slots=True)
class LetterOptions:
    """What is wished of letters: the days of the figures (None: the school year to date), what is typed for all, a
    language for all (empty: each parent's own), only some of the parents (empty: all), and the entry they
    belong to (a decision, a notice)."""

    first: date | None = None
    last: date | None = None
    values: Mapping[str, str] = field(default_factory=dict[str, str])
    language: str = ""
    persons: frozenset[int] = frozenset()
    adds_to: int | None = None


class Guarded:
    """Something planned that goes to a family: what the guard found, and what has to be mended first."""

    __slots__ = ()
    findings: tuple[GuardFinding, ...]
    faults: tuple[str, ...]

    @property
    def stopped(self) -> bool:
        """Whether it cannot go as it stands, whatever is said for it."""
        return bool(self.faults) or any(one.weight is Weight.STOP for one in self.findings)

    @property
    def asks(self) -> bool:
        """Whether somebody has to say why it goes all the same."""
        return any(one.weight is Weight.ASK for one in self.findings)


@dataclass(frozen=True, slots=True)
class PlannedLetter(Guarded):
    """One letter as it would be made. `faults` are what has to be mended first; `held`: the address is protected, so
    that the envelope is addressed by hand. `to` are the names above the address, a line each; `reads` the languages
    that its parents read and it is not in, `covers` the sheets that go with it for that."""

    key: str
    letter: LetterTo
    child: str
    class_name: str
    template: Template
    subject: str
    body: str
    to: tuple[str, ...] = ()
    findings: tuple[GuardFinding, ...] = ()
    faults: tuple[str, ...] = ()
    interpreter: bool = False
    reading_needs: str = ""
    held: bool = False
    reads: tuple[str, ...] = ()
    covers: tuple[Cover, ...] = ()


@dataclass(frozen=True, slots=True)
class MadeLetter:
    """One letter that was made and logged, an entry for each person it went to: the exact file, which is kept."""

    key: str
    entries: tuple[int, ...]
    pupil: int
    persons: tuple[int, ...]
    name: str
    media_type: str
    content: bytes
    sha256: str
    reference: str


@dataclass(frozen=True, slots=True)
class LettersMade:
    """What came of a batch: those made, and those left with why."""

    made: tuple[MadeLetter, ...]
    left: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class LetterSheet:
    """A letter ready to be drawn: every text as it stands on the page. `logo` and `signature` are pictures (PNG or
    JPEG), or empty."""

    school: str
    school_lines: tuple[str, ...]
    to_lines: tuple[str, ...]
    date: str
    reference: str
    subject: str
    body: str
    signed: tuple[str, ...]
    language: Language
    logo: bytes = b""
    signature: bytes = b""
