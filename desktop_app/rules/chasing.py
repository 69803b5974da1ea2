"""Chasing an absence that nobody has explained: which number to dial next, what may be said, who comes first, and what
follows when nobody is reached.

Source: Working together to improve school attendance (first-day contact, further contact while an absence is
unexplained, more than one emergency number); the school's own attendance policy for its hour and its steps.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum

from desktop_app.domain.codes import Code
from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.people import Channel, ChannelKind, Flag, FlagKind, Person
from desktop_app.rules.contacts import ContactCard
from desktop_app.rules.display import clock_time

WRONG = "wrong number"
"""The label of a number that reached somebody else, or nobody for good."""
CONTACT_BY, STEPS = "chase.contact-by", "chase.steps"
"""The settings: the hour by which somebody is to be reached, and the steps of the school's policy, apart by `;`."""
UNKNOWN = "O"
"""The code of an absence in circumstances that nobody has established."""
DEFAULT_BY = time(10, 0)
DEFAULT_STEPS = ("call the second contact", "home visit", "ask the police for a welfare check")
OUTCOME, NUMBER, PERSON, WHO, CODE = "call", "number", "person", "who", "code"
"""What the details of an entry hold: of a call its outcome, number and person, of a telling who was told, and of a
message the code it gave (and, see `domain/entries.py`, the halves of the day it spoke of)."""


class Outcome(StrEnum):
    """What came of a call, in the order of their keys."""

    SPOKE = "spoke"
    MESSAGE = "message"
    NO_ANSWER = "no-answer"
    WRONG_NUMBER = "wrong-number"
    NOT_SAFE = "not-established"


@dataclass(frozen=True, slots=True)
class Call:
    """A call that was logged. `number` is empty and `outcome` None where the log form was used."""

    at: datetime
    number: str
    person: int
    reached: bool
    outcome: Outcome | None


@dataclass(frozen=True, slots=True)
class Dial:
    """A number to dial: whose, about which of the children (those the person is tied to), the how-manieth of how many,
    and what must not be done."""

    person: Person
    relation: str
    channel: Channel
    about: tuple[int, ...]
    position: int
    of: int
    answered_last: bool = False
    tried: bool = False
    untold: bool = False
    no_message: bool = False
    doubt: str = ""

    @property
    def cautions(self) -> tuple[str, ...]:
        """What to know before dialling, in words."""
        spoken = self.person.language or "language not known"
        said = (
            (self.person.interpreter, f"interpreter: {spoken}"),
            (not self.person.interpreter and bool(self.person.language), f"speaks {self.person.language}"),
            (self.untold, "do not say why you call"),
            (self.no_message, "leave no message"),
            (self.answered_last, "answered last time"),
            (bool(self.doubt), self.doubt),
        )
        return tuple(words for true, words in said if true)


@dataclass(frozen=True, slots=True)
class Dials:
    """The numbers of a family in the order to dial them, and who is not to be called. `next` is None where there is no
    number; once each was tried, the longest untried comes again (`round_again`)."""

    numbers: tuple[Dial, ...] = ()
    next: Dial | None = None
    barred: tuple[str, ...] = ()
    round_again: bool = False


def call_of(entry: Entry) -> Call | None:
    """The call an entry records; None for any other kind, one withdrawn, and one that only some may read."""
    if entry.kind is not EntryKind.PHONE_CALL or entry.withdrawn is not None or entry.restricted:
        return None
    outcome = entry.details.get(OUTCOME, "")
    person = int(entry.details.get(PERSON, "") or (entry.persons[0] if entry.persons else 0))
    return Call(
        entry.happened_at,
        digits(entry.details.get(NUMBER, "")),
        person,
        bool(entry.persons),
        Outcome(outcome) if outcome else None,
    )


def digits(number: str) -> str:
    """A number without what is only there to read it by."""
    return "".join(sign for sign in number if sign.isdigit() or sign == "+")


def dials(children: Mapping[int, Sequence[ContactCard]], calls: Sequence[Call], since: datetime) -> Dials:
    """The numbers for a call about some brothers and sisters, by the contacts of each.

    People by the priority of their tie; of one person the number that answered last, then by its own priority. What
    was tried from `since` on is skipped, and so is a wrong number. Whom a court keeps from one of the children is
    nowhere, and who may not be called about one of them is only named as such.
    """
    cards = [(child, card) for child, known in children.items() for card in known]
    if not cards:
        return Dials()
    kept_away = {card.person.id for _, card in cards if card.tie.no_contact}
    barred = {card.person.id: card.person.formal_name for _, card in cards if not card.tie.may_contact}
    tried = {call.number: call.at for call in calls if call.number and call.at >= since}
    answered = _answered_last(calls)
    found: list[Dial] = []
    for person, known in _by_person(cards, kept_away | barred.keys()).items():
        numbers = [one for one in known[0][1].channels if one.kind is ChannelKind.PHONE and one.label != WRONG]
        for channel in sorted(numbers, key=lambda one: (digits(one.value) != answered.get(person), one.priority)):
            if digits(channel.value) not in {digits(one.channel.value) for one in found}:
                found.append(_dial(known, channel, answered.get(person, ""), tried, _doubt(known, channel, calls)))
    numbered = [replace(one, position=position, of=len(found)) for position, one in enumerate(found, 1)]
    untried = next((one for one in numbered if not one.tried), None)
    again = min(numbered, key=lambda one: tried[digits(one.channel.value)], default=None) if untried is None else None
    names = tuple(name for key, name in sorted(barred.items()) if key not in kept_away)
    return Dials(tuple(numbered), untried or again, names, again is not None)


def _by_person(
    cards: Sequence[tuple[int, ContactCard]], left_out: Collection[int]
) -> dict[int, list[tuple[int, ContactCard]]]:
    """The cards of each person, first to be called first."""
    people: dict[int, list[tuple[int, ContactCard]]] = {}
    for child, card in sorted(cards, key=lambda one: (one[1].tie.priority, one[1].tie.id)):
        if card.person.id not in left_out:
            people.setdefault(card.person.id, []).append((child, card))
    return people


def _doubt(known: list[tuple[int, ContactCard]], channel: Channel, calls: Sequence[Call]) -> str:
    """Why a number may be wrong, in words; empty once somebody has answered at it since."""
    doubt, plain = known[0][1].doubt(channel), digits(channel.value)
    if doubt is None or any(one.reached and one.number == plain and one.at > doubt.at for one in calls):
        return ""
    return doubt.words


def _dial(
    known: list[tuple[int, ContactCard]], channel: Channel, answered: str, tried: Collection[str], doubt: str
) -> Dial:
    first = known[0][1]
    plain = digits(channel.value)
    return Dial(
        person=first.person,
        relation=first.tie.relationship,
        channel=channel,
        about=tuple(dict.fromkeys(child for child, _ in known)),
        position=0,
        of=0,
        answered_last=bool(answered) and plain == answered,
        tried=plain in tried,
        untold=any(not card.tie.may_know_why for _, card in known),
        no_message=any(not card.tie.may_leave_message for _, card in known),
        doubt=doubt,
    )


def _answered_last(calls: Sequence[Call]) -> dict[int, str]:
    """The number at which each person last answered."""
    answered = (call for call in sorted(calls, key=lambda one: one.at) if call.reached and call.number)
    return {call.person: call.number for call in answered}


def vary(calls: Sequence[Call]) -> str:
    """A hint where the last two calls, both unanswered, were made in the same hour of the day; empty: none."""
    last = sorted(calls, key=lambda one: one.at)[-2:]
    if len(last) < 2 or any(one.reached for one in last) or last[0].at.hour != last[1].at.hour:
        return ""
    return (
        f"The last two calls, both about {clock_time(time(last[0].at.hour))}, went unanswered: vary who calls and when."
    )


VULNERABLE: Mapping[FlagKind, str] = {
    FlagKind.CHILD_PROTECTION: "child protection plan",
    FlagKind.LOOKED_AFTER: "looked after",
    FlagKind.CHILD_IN_NEED: "child in need",
    FlagKind.SOCIAL_WORKER: "social worker",
    FlagKind.EHCP: "EHCP",
    FlagKind.MEDICAL: "medical condition",
}
"""The flags that put a child first on the list, in words."""
TELLS: Mapping[FlagKind, tuple[str, ...]] = {
    FlagKind.CHILD_PROTECTION: ("social worker",),
    FlagKind.CHILD_IN_NEED: ("social worker",),
    FlagKind.SOCIAL_WORKER: ("social worker",),
    FlagKind.LOOKED_AFTER: ("social worker", "virtual school"),
}
"""Who is told the same day that the child is absent without a reason, by flag."""
YOUTH_JUSTICE = ("youth justice", "youth offending")
YOUTH_WORKER = "youth justice worker"


def vulnerable(flags: Collection[Flag]) -> tuple[str, ...]:
    """Why a child comes first, in words; empty: not before others."""
    kinds = {one.kind for one in flags}
    words = [said for kind, said in VULNERABLE.items() if kind in kinds]
    return tuple([*words, "youth justice"] if any(_youth_justice(one) for one in flags) else words)


def to_tell(flags: Collection[Flag]) -> tuple[str, ...]:
    """Who must be told today, each once."""
    kinds = {one.kind for one in flags}
    who = [one for kind, told in TELLS.items() if kind in kinds for one in told]
    return tuple(dict.fromkeys([*who, YOUTH_WORKER] if any(_youth_justice(one) for one in flags) else who))


def _youth_justice(flag: Flag) -> bool:
    return any(words in flag.value.casefold() for words in YOUTH_JUSTICE)


def contact_by(setting: str) -> time:
    """The hour by which somebody is to be reached; ten o'clock where the setting says none."""
    try:
        return time.fromisoformat(setting.strip())
    except ValueError:
        return DEFAULT_BY


def steps(setting: str) -> tuple[str, ...]:
    """The steps of the school's policy, in order."""
    return tuple(one.strip() for one in setting.split(";") if one.strip()) or DEFAULT_STEPS


def next_step(policy: Sequence[str], taken: int) -> str:
    """What the policy says next when so many steps were taken; the last one stays."""
    return policy[min(taken, len(policy) - 1)]


def reached_today(entries: Collection[Entry], today: date) -> bool:
    """Whether somebody was spoken to today who could say that the child is safe."""
    return any(
        entry.kind in (EntryKind.PHONE_CALL, EntryKind.HOME_VISIT, EntryKind.MEETING)
        and entry.withdrawn is None
        and not entry.restricted
        and bool(entry.persons)
        and entry.happened_at.date() == today
        and entry.details.get(OUTCOME) != Outcome.NOT_SAFE
        for entry in entries
    )


def accounts_for(code: Code) -> bool:
    """Whether a mark of that code says where the child is or why it is away: then nobody need look for it any more. N
    and O do not: a child of whom nothing is known is still to be found, whatever the absence is counted as."""
    return not code.provisional and code.key != UNKNOWN


def silence(*, reached: bool, now: datetime, by: time, step: str) -> str:
    """What the line says in the alarm colour of a child absent today of whom nothing was heard by the school's hour."""
    return "" if reached or now.time() < by else f"No contact by {clock_time(by)}. Next: {step}"


PROPOSED: Sequence[tuple[str, tuple[str, ...]]] = (
    ("M", ("dentist", "doctor", "hospital", "appointment", "clinic", "optician", "orthodont")),
    ("R", ("eid", "diwali", "yom kippur", "religious")),
    ("I", ("ill", "sick", "poorly", "unwell", "temperature", "fever", "vomit", "cough", "cold", "flu", "headache")),
    ("G", ("holiday", "abroad", "flight")),
    ("O", ("refus", "overslept", "birthday", "no reason")),
)
"""The code that what was said suggests, by the beginnings of its words. It is only proposed: a person decides."""


def proposed(said: str) -> str:
    """The code to propose for what was said; empty: none. A word is met at its beginning: `will` is not `ill`."""
    words = " " + "".join(sign if sign.isalnum() else " " for sign in said.casefold())
    return next((code for code, heads in PROPOSED if any(f" {head}" in words for head in heads)), "")


def says_holiday(said: str) -> bool:
    """Whether what was said speaks of a holiday, by the same words."""
    words = " " + "".join(sign if sign.isalnum() else " " for sign in said.casefold())
    return any(f" {head}" in words for code, heads in PROPOSED if code == "G" for head in heads)
