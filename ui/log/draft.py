"""What is half typed in the log form, and the entry it becomes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.errors import Refused
from desktop_app.domain.people import Pupil
from desktop_app.rules.contacts import ContactCard
from desktop_app.rules.typed_when import read_day, read_time


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom an entry is about, and with whom it can have been. Siblings share one entry."""

    pupils: tuple[Pupil, ...]
    contacts: tuple[ContactCard, ...]

    @property
    def key(self) -> tuple[int, ...]:
        """By which a draft is found again: the pupils."""
        return tuple(pupil.id for pupil in self.pupils)

    @property
    def names(self) -> str:
        """The pupils by name, as the form's title has them."""
        return " and ".join(pupil.name for pupil in self.pupils)

    def contact(self, person: int) -> ContactCard | None:
        """The contact of that id, or None."""
        return next((card for card in self.contacts if card.person.id == person), None)


@dataclass(frozen=True, slots=True)
class Draft:
    """The form as it stands: text as typed, unread. `nobody` says outright that nobody was reached."""

    kind: EntryKind = EntryKind.PHONE_CALL
    persons: frozenset[int] = frozenset()
    nobody: bool = False
    day: str = ""
    time: str = ""
    outcome: str = ""
    note: str = ""

    def is_begun(self) -> bool:
        """Whether anything was typed that would be a loss."""
        return bool(self.outcome.strip() or self.note.strip())


@dataclass(frozen=True, slots=True)
class QuickOutcome:
    """An outcome picked by one letter. `words` may hold `{who}`; `nobody` where it means that nobody was reached."""

    key: str
    label: str
    words: str
    nobody: bool = False


QUICK: dict[EntryKind, tuple[QuickOutcome, ...]] = {
    EntryKind.PHONE_CALL: (
        QuickOutcome("S", "Spoke", "Spoke"),
        QuickOutcome("M", "Left message", "Left a message for {who}", nobody=True),
        QuickOutcome("N", "No answer", "No answer from {who}", nobody=True),
        QuickOutcome("W", "Wrong number", "Number of {who} is wrong or out of service", nobody=True),
    ),
    EntryKind.TEXT: (
        QuickOutcome("S", "Sent", "Sent, no answer yet"),
        QuickOutcome("A", "Answered", "Answered"),
        QuickOutcome("F", "Failed", "Not delivered to {who}", nobody=True),
    ),
    EntryKind.EMAIL: (
        QuickOutcome("S", "Sent", "Sent, no answer yet"),
        QuickOutcome("A", "Answered", "Answered"),
        QuickOutcome("F", "Failed", "Not delivered to {who}", nobody=True),
    ),
    EntryKind.LETTER: (
        QuickOutcome("P", "Posted", "Posted"),
        QuickOutcome("H", "By hand", "Given by hand"),
        QuickOutcome("R", "Returned", "Returned undelivered from {who}", nobody=True),
    ),
    EntryKind.MEETING: (
        QuickOutcome("H", "Held", "Held"),
        QuickOutcome("D", "Did not come", "{who} did not come", nobody=True),
        QuickOutcome("R", "Declined", "Declined"),
    ),
    EntryKind.HOME_VISIT: (
        QuickOutcome("S", "Spoke", "Spoke at the home"),
        QuickOutcome("N", "Nobody in", "Nobody in", nobody=True),
        QuickOutcome("C", "Card left", "Nobody in; card left", nobody=True),
        QuickOutcome("R", "Refused", "Would not speak"),
    ),
}
"""The usual outcomes of each kind. They only fill the line, which can say anything."""


def nobody_words(kind: EntryKind) -> str:
    """How the form says that nobody was reached, by kind."""
    if kind is EntryKind.HOME_VISIT:
        return "Nobody at home"
    return "Nobody came" if kind is EntryKind.MEETING else "Nobody reached"


def outcome_words(quick: QuickOutcome, draft: Draft, subject: Subject) -> str:
    """The words a quick outcome puts in the line, naming the contacts that are ticked."""
    names = [card.person.formal_name for card in subject.contacts if card.person.id in draft.persons]
    return quick.words.format(who=" and ".join(names) or "the family")


def contact_words(card: ContactCard) -> str:
    """A contact on one line: name, relation and the number to dial first."""
    parts = (card.person.formal_name, card.tie.relationship, card.phone or "no number")
    return " · ".join(part for part in parts if part)


def happened_at(draft: Draft, now: datetime) -> datetime:
    """The moment the draft names, school local time. Raises `Refused` for a day or time that cannot be read."""
    return datetime.combine(read_day(draft.day, now.date()), read_time(draft.time))


def entry_of(draft: Draft, subject: Subject, now: datetime) -> NewEntry:
    """The entry that the draft says. Raises `Refused` in words for what is still missing."""
    when = happened_at(draft, now)
    if not draft.persons and not draft.nobody:
        raise Refused(f"Tick with whom it was, or “{nobody_words(draft.kind)}”.")
    if not draft.outcome.strip():
        raise Refused("Say what came of it: pick an outcome or type one.")
    return NewEntry(
        kind=draft.kind,
        happened_at=when,
        pupils=subject.key,
        outcome=draft.outcome.strip(),
        persons=() if draft.nobody else tuple(sorted(draft.persons)),
        note=draft.note.strip(),
    )
