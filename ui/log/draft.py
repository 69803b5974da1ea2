"""What is half typed in the log form, and the entry it becomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from desktop_app.actions.attachments import NewFile
from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.errors import Refused
from desktop_app.domain.kinds import OPINION, FieldType, KindRule, Persons
from desktop_app.domain.people import Pupil
from desktop_app.rules.contacts import ContactCard
from desktop_app.rules.display import clock_time
from desktop_app.rules.typed_when import read_day, read_time


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom an entry is about, and with whom it can have been. Siblings share one entry; `siblings` are those it can
    be about besides."""

    pupils: tuple[Pupil, ...]
    contacts: tuple[ContactCard, ...]
    siblings: tuple[Pupil, ...] = ()

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
    """The form as it stands: text as typed, unread. `nobody` says outright that nobody was reached; `also` are the
    siblings it is about besides; `details` what stands in the fields of the kind and in the place for opinion."""

    kind: EntryKind = EntryKind.PHONE_CALL
    persons: frozenset[int] = frozenset()
    nobody: bool = False
    day: str = ""
    time: str = ""
    outcome: str = ""
    note: str = ""
    also: frozenset[int] = frozenset()
    details: Mapping[str, str] = field(default_factory=dict[str, str])
    restricted: bool = False
    files: tuple[NewFile, ...] = ()

    def is_begun(self, likely: Mapping[str, str] | None = None) -> bool:
        """Whether anything was typed or chosen that would be a loss; what is `likely` stood there by itself."""
        chosen = (value for key, value in self.details.items() if value != (likely or {}).get(key))
        typed = (self.outcome, self.note, *chosen)
        return bool(self.files) or any(text.strip() for text in typed)


@dataclass(frozen=True, slots=True)
class QuickOutcome:
    """An outcome picked by one letter. `words` and `note` may hold `{who}`; `nobody` where it means that nobody was
    reached. The note is put where none stands yet."""

    key: str
    label: str
    words: str
    nobody: bool = False
    note: str = ""


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
        QuickOutcome("F", "Failed", "Not delivered", nobody=True, note="To {who}."),
    ),
    EntryKind.EMAIL: (
        QuickOutcome("S", "Sent", "Sent, no answer yet"),
        QuickOutcome("A", "Answered", "Answered"),
        QuickOutcome("F", "Failed", "Not delivered", nobody=True, note="To {who}."),
    ),
    EntryKind.LETTER: (
        QuickOutcome("P", "Posted", "Posted"),
        QuickOutcome("H", "By hand", "Handed over"),
        QuickOutcome("R", "Came back", "Came back", nobody=True, note="Sent to {who}."),
    ),
    EntryKind.MEETING: (
        QuickOutcome("H", "Held", "Held"),
        QuickOutcome("D", "Did not come", "Not attended", nobody=True, note="{who} did not come."),
        QuickOutcome("R", "Refused", "Refused"),
        QuickOutcome("O", "Put off", "Put off"),
    ),
    EntryKind.HOME_VISIT: (
        QuickOutcome("S", "Spoke", "Spoke at the home"),
        QuickOutcome("N", "Nobody in", "Nobody in", nobody=True),
        QuickOutcome("C", "Card left", "Nobody in; card left", nobody=True),
        QuickOutcome("R", "Refused", "Would not speak"),
    ),
}
"""The usual outcomes of the usual kinds. They only fill the line, which can say anything. Where a case asks for a
meeting or a letter, its outcome is told by these words: see `resources/casework/kinds.toml`."""


def quick_of(rule: KindRule) -> tuple[QuickOutcome, ...]:
    """The outcomes that a kind offers, each with a letter of its own."""
    return QUICK.get(rule.kind) or tuple(
        QuickOutcome(key, words[:1].upper() + words[1:], words[:1].upper() + words[1:])
        for key, words in zip(letters(rule.outcomes), rule.outcomes, strict=True)
    )


def letters(words: tuple[str, ...]) -> list[str]:
    """A letter for each of some words, no two alike: the first of its own that is free; empty where none is."""
    taken: list[str] = []
    for one in words:
        free = (letter.upper() for letter in one if letter.isalpha() and letter.upper() not in taken)
        taken.append(next(free, ""))
    return taken


def nobody_words(kind: EntryKind) -> str:
    """How the form says that nobody was reached, by kind."""
    if kind is EntryKind.HOME_VISIT:
        return "Nobody at home"
    return "Nobody came" if kind is EntryKind.MEETING else "Nobody reached"


def outcome_words(quick: QuickOutcome, draft: Draft, subject: Subject) -> str:
    """The words a quick outcome puts in the line, naming the contacts that are ticked."""
    return quick.words.format(who=_who(draft, subject))


def outcome_note(quick: QuickOutcome, draft: Draft, subject: Subject) -> str:
    """What a quick outcome says in the note; empty: nothing."""
    words = quick.note.format(who=_who(draft, subject))
    return words[:1].upper() + words[1:]


def _who(draft: Draft, subject: Subject) -> str:
    names = [card.person.formal_name for card in subject.contacts if card.person.id in draft.persons]
    return " and ".join(names) or "the family"


def contact_words(card: ContactCard) -> str:
    """A contact on one line: name, relation and the number to dial first."""
    parts = (card.person.formal_name, card.tie.relationship, card.phone or "no number")
    return " · ".join(part for part in parts if part)


def happened_at(draft: Draft, now: datetime) -> datetime:
    """The moment the draft names, school local time. Raises `Refused` for a day or time that cannot be read."""
    return datetime.combine(read_day(draft.day, now.date()), read_time(draft.time))


def details_of(rule: KindRule, typed: Mapping[str, str], today: date) -> dict[str, str]:
    """What stands in the fields of a kind as it is kept: days as `YYYY-MM-DD`, times as `HH:MM`, nothing that is empty.
    Raises `Refused`, naming the field, for a day or a time that cannot be read."""
    kept: dict[str, str] = {}
    for one in rule.fields:
        text = typed.get(one.key, "").strip()
        if text:
            kept[one.key] = _read(one.title, one.type, text, today)
    if rule.opinion and typed.get(OPINION, "").strip():
        kept[OPINION] = typed[OPINION].strip()
    return kept


def _read(title: str, kind: FieldType, text: str, today: date) -> str:
    try:
        if kind is FieldType.DAY:
            return read_day(text, today).isoformat()
        return clock_time(read_time(text)) if kind is FieldType.TIME else text
    except Refused as refused:
        raise Refused(f"{title}: {refused}") from refused


def entry_of(
    draft: Draft, subject: Subject, now: datetime, rule: KindRule | None = None, *, adds_to: int | None = None
) -> NewEntry:
    """The entry that the draft says. Raises `Refused` in words for what is still missing. Without a rule it is of a
    kind that is with somebody and asks nothing more."""
    when = happened_at(draft, now)
    people = rule.persons if rule is not None else Persons.WITH
    if people is Persons.WITH and not draft.persons and not draft.nobody:
        raise Refused(f"Tick with whom it was, or “{nobody_words(draft.kind)}”.")
    if not draft.outcome.strip():
        raise Refused("Say what came of it: pick an outcome or type one.")
    named = () if people is Persons.NONE or draft.nobody else tuple(sorted(draft.persons))
    return NewEntry(
        kind=draft.kind,
        happened_at=when,
        pupils=(*subject.key, *sorted(draft.also)),
        outcome=draft.outcome.strip(),
        persons=named,
        note=draft.note.strip(),
        details=details_of(rule, draft.details, now.date()) if rule is not None else {},
        restricted=draft.restricted,
        adds_to=adds_to,
    )
