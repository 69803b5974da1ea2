"""The letter guard: what speaks against sending a letter, one small question at a time.

A `STOP` cannot be overridden; an `ASK` needs a reason and the right to give one; a `TELL` is to be known. Where the
safeguarding lead holds the family, or a court keeps the person from the child, nothing else is said.

Sources: practice 4 (holds), 9 (a batch never writes to the bereaved, the ill as agreed, the late joiner or the held),
20 (paid notices and orders); Knowsley's handbook (no warning letter where a medical condition is known); the numbers
are data, in the national file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from desktop_app.domain.casework import Power
from desktop_app.domain.codes import Code
from desktop_app.domain.entries import Entry
from desktop_app.domain.figures import NO_FIGURES, Figures
from desktop_app.domain.letters import GuardFinding, LetterRule, Weight
from desktop_app.domain.marks import Mark
from desktop_app.domain.notices import Order
from desktop_app.domain.people import Answer, Flag, FlagKind, Pattern, PatternKind, Person, Pupil, Tie
from desktop_app.domain.rulebook import GuardNumbers
from desktop_app.domain.sessions import Session
from desktop_app.rules.display import date_year, percent
from desktop_app.rules.session_lists import count_words

SEE_THE_DSL = "See the DSL"
"""All that is said of a family that is held."""
SEND = (FlagKind.SEN_SUPPORT, FlagKind.EHCP)
CARE = (
    FlagKind.LOOKED_AFTER,
    FlagKind.CHILD_IN_NEED,
    FlagKind.CHILD_PROTECTION,
    FlagKind.EARLY_HELP,
    FlagKind.SOCIAL_WORKER,
    FlagKind.YOUNG_CARER,
)
AGREED = frozenset({"C", "C1", "C2", "J1", "R", "S", "T", "E", "H"})
"""The codes of absence that the school itself agreed to, or brought about."""
UNAVOIDABLE = frozenset({"Q", "Y", "Y1", "Y2", "Y3", "Y4", "Y5", "Y6", "Y7", "X", "D"})
"""The codes of sessions that could not be attended, or were to be attended elsewhere."""
ILL, APPOINTMENT = "I", "M"


@dataclass(frozen=True, eq=False)
class GuardFacts:
    """What the guard is told of one letter about one child, to one person (None: not chosen yet).

    `figures` and `missed` (the marks of every session that was not attended, possible or not, in order) are of the
    days that the letter speaks of, up to `on`. `listed` are the figures as they stood when the list was made (None: no
    list). `least` is the number of possible sessions before which nothing is said; `joined` the school days since the
    first day of a child who joined after the school year had begun (None: was there from the beginning). `contacts`
    are what was said or sent to this person about this child, `about_siblings` what was sent to this person about a
    brother or sister; neither holds anything restricted. `bereaved` says until which day a bereavement is thought of.
    `lacking` is the power that a school of this type has not; `paid` are the sessions this person has paid a notice
    for. `known`: the person is a contact of the child on the day.
    """

    rule: LetterRule
    numbers: GuardNumbers
    codes: Mapping[str, Code]
    on: date
    pupil: Pupil
    person: Person | None = None
    tie: Tie | None = None
    held: bool = False
    protected: bool = False
    figures: Figures = NO_FIGURES
    listed: Figures | None = None
    missed: Sequence[Mark] = ()
    least: int = 0
    joined: int | None = None
    flags: Sequence[Flag] = ()
    patterns: Sequence[Pattern] = ()
    contacts: Sequence[Entry] = ()
    about_siblings: Sequence[Entry] = ()
    bereaved: date | None = None
    order: Order | None = None
    paid: frozenset[Session] = frozenset()
    lacking: Power | None = None

    def of(self, codes: Collection[str]) -> list[Mark]:
        """Those of the marks with one of some codes."""
        return [mark for mark in self.missed if mark.code in codes]


class Said(NamedTuple):
    """What one question found."""

    weight: Weight
    words: str
    source: str = ""


Question = Callable[[GuardFacts], Said | None]


def guard(facts: GuardFacts) -> tuple[GuardFinding, ...]:
    """Everything the guard says against a letter, the gravest first; empty where nothing is."""
    for key, ask in FIRST.items():
        if said := ask(facts):
            return (_finding(facts, key, said),)
    found = [
        _finding(facts, key, said)
        for key, ask in (*ALWAYS.items(), *_of_kind(facts.rule))
        if (said := ask(facts)) is not None
    ]
    return tuple(sorted(found, key=lambda one: list(Weight).index(one.weight)))


def asks(findings: Sequence[GuardFinding]) -> bool:
    """Whether somebody has to give a reason before the letter goes."""
    return any(one.weight is Weight.ASK for one in findings)


def _of_kind(rule: LetterRule) -> Iterator[tuple[str, Question]]:
    """The questions that a kind of letter names: by key, or all of them as `concern`."""
    for key, ask in OF_KIND.items():
        if CONCERN in rule.guards or key in rule.guards:
            yield key, ask


def _finding(facts: GuardFacts, key: str, said: Said) -> GuardFinding:
    person = facts.person.id if facts.person else 0
    return GuardFinding(key, said.weight, said.words, facts.pupil.id, person, said.source)


def _hold(facts: GuardFacts) -> Said | None:
    return Said(Weight.STOP, SEE_THE_DSL) if facts.held else None


def _no_contact(facts: GuardFacts) -> Said | None:
    if facts.tie is None or not facts.tie.no_contact:
        return None
    return Said(Weight.STOP, "No letter about this child can go to this person.")


def _not_a_contact(facts: GuardFacts) -> Said | None:
    if facts.person is None or facts.tie is not None:
        return None
    return Said(Weight.STOP, "This person is not among the child’s contacts: add them to the contacts first.")


def _power(facts: GuardFacts) -> Said | None:
    if facts.lacking is None:
        return None
    words = f"A school of this type cannot use it. {facts.lacking.instead}".strip()
    return Said(Weight.STOP, words, facts.lacking.source)


def _may_not_be_written_to(facts: GuardFacts) -> Said | None:
    if facts.tie is None or facts.tie.may_contact:
        return None
    return Said(Weight.ASK, "The contacts say that this person is not to be contacted.")


def _responsibility(facts: GuardFacts) -> Said | None:
    if not facts.rule.formal or facts.tie is None or facts.tie.responsibility is not Answer.UNKNOWN:
        return None
    return Said(
        Weight.ASK,
        "Whether this person has parental responsibility is not known: a formal letter goes to each parent, so find "
        "out first.",
        "Education Act 1996 section 576",
    )


def _protected(facts: GuardFacts) -> Said | None:
    if not facts.protected:
        return None
    return Said(Weight.TELL, "An address of this family is protected: the letter says that the school holds it.")


def _order(facts: GuardFacts) -> Said | None:
    """While an education supervision order is in force nothing is sent that leads to a notice or a prosecution."""
    if facts.order is None or not facts.rule.formal:
        return None
    until = f"An education supervision order stands until {date_year(facts.order.last)}"
    if facts.rule.power in ORDER_STOPS:
        return Said(Weight.STOP, f"{until}: nothing that leads to a notice or a prosecution is sent while it does.")
    return Said(Weight.ASK, f"{until}: ask the supervisor whom it names first.")


def _paid(facts: GuardFacts) -> Said | None:
    if not facts.rule.formal or not facts.paid:
        return None
    number = sum(Session(mark.day, mark.half) in facts.paid for mark in facts.missed)
    if not number:
        return None
    said = count_words(number, "session behind this is one", "sessions behind this are ones")
    return Said(Weight.ASK, f"{said} for which this parent has paid a notice: leave them out of what it relies on.")


def _bereavement(facts: GuardFacts) -> Said | None:
    if facts.bereaved is None or facts.on > facts.bereaved:
        return None
    words = f"A bereavement is recorded, and is thought of until {date_year(facts.bereaved)}."
    return Said(Weight.ASK, words, facts.numbers.bereaved_days.source)


def _few_sessions(facts: GuardFacts) -> Said | None:
    if facts.figures.possible >= facts.least:
        return None
    said = count_words(facts.figures.possible, "session was", "sessions were")
    return Said(Weight.ASK, f"Only {said} possible, fewer than {facts.least}: it is too early to say.")


def _agreed(facts: GuardFacts) -> Said | None:
    found = facts.of(AGREED | UNAVOIDABLE)
    return _share(facts, found, facts.numbers.agreed_percent.value, "agreed to, or could not be attended")


def _medical(facts: GuardFacts) -> Said | None:
    found = facts.of({ILL, APPOINTMENT})
    return _share(facts, found, facts.numbers.medical_percent.value, "for illness or an appointment")


def _share(facts: GuardFacts, found: Sequence[Mark], least: int, what: str) -> Said | None:
    if not found:
        return None
    missed = len(facts.missed)
    by_code = ", ".join(f"{number} {code}" for code, number in sorted(Counter(one.code for one in found).items()))
    words = f"{len(found)} of the {count_words(missed, 'session', 'sessions')} missed {_was(found)} {what} ({by_code})."
    return Said(Weight.ASK if 100 * len(found) >= least * missed else Weight.TELL, words)


def _was(found: Sequence[Mark]) -> str:
    return "was" if len(found) == 1 else "were"


def _send(facts: GuardFacts) -> Said | None:
    return _flagged(facts, SEND, "Special educational needs are recorded: is what the school gives in place?")


def _medical_flag(facts: GuardFacts) -> Said | None:
    return _flagged(facts, (FlagKind.MEDICAL,), "A medical condition is recorded: no warning for illness it explains.")


def _care(facts: GuardFacts) -> Said | None:
    return _flagged(facts, CARE, "Somebody outside the school works with this family: speak to them first.")


def _flagged(facts: GuardFacts, kinds: Collection[FlagKind], words: str) -> Said | None:
    standing = any(one.kind in kinds and one.holds(facts.on) for one in facts.flags)
    return Said(Weight.ASK, words) if standing else None


def _late_joiner(facts: GuardFacts) -> Said | None:
    if facts.joined is None or facts.joined > facts.numbers.joined_days.value:
        return None
    said = count_words(facts.joined, "school day", "school days")
    words = f"Joined on {date_year(facts.pupil.starting_day)}, {said} ago: the figure is that of a late start."
    return Said(Weight.ASK, words, facts.numbers.joined_days.source)


def _contacted(facts: GuardFacts) -> Said | None:
    days = facts.numbers.contact_days
    latest = _latest(facts, facts.contacts, days.value)
    if latest is None:
        return None
    words = f"{latest.kind.label} with this person on {date_year(latest.happened_at.date())}: within {days.value} days."
    return Said(Weight.ASK, words, days.source)


def _sibling(facts: GuardFacts) -> Said | None:
    days = facts.numbers.sibling_days
    latest = _latest(facts, facts.about_siblings, days.value)
    if latest is None:
        return None
    when = date_year(latest.happened_at.date())
    words = f"This person was written to about a brother or sister on {when}: within {days.value} days."
    return Said(Weight.ASK, words, days.source)


def _latest(facts: GuardFacts, entries: Sequence[Entry], days: int) -> Entry | None:
    """The newest of some entries of the last so many days, the day itself being the first of them."""
    near = [one for one in entries if 0 <= (facts.on - one.happened_at.date()).days < days]
    return max(near, key=lambda one: (one.happened_at, one.id), default=None)


def _n_codes(facts: GuardFacts) -> Said | None:
    number = len([mark for mark in facts.missed if facts.codes[mark.code].provisional])
    if not number:
        return None
    said = count_words(number, "session behind the figure is", "sessions behind the figure are")
    return Said(Weight.ASK, f"{said} still N: the reason may be a good one. Settle it first.")


def _changed(facts: GuardFacts) -> Said | None:
    before, now = facts.listed, facts.figures
    if before is None or (before.possible, before.attended, before.unauthorised) == (
        now.possible,
        now.attended,
        now.unauthorised,
    ):
        return None
    words = (
        f"The figure changed since the list was made: it was {percent(before.attendance)} ({_of(before)}) and is "
        f"{percent(now.attendance)} ({_of(now)})."
    )
    return Said(Weight.ASK, words)


def _of(figures: Figures) -> str:
    return f"{figures.attended} of {figures.possible}, {figures.unauthorised} unauthorised"


def _part_time(facts: GuardFacts) -> Said | None:
    standing = any(one.kind == PatternKind.PART_TIME and one.holds(facts.on) for one in facts.patterns)
    if not standing and not facts.of({"C2"}):
        return None
    return Said(Weight.ASK, "A part-time timetable was agreed: sessions outside it lower the figure.")


ORDER_STOPS = frozenset({"penalty-notice", "notice-to-improve"})
"""The powers of which nothing is sent while an education supervision order stands."""
CONCERN = "concern"
"""In the guards of a kind of letter: all the questions that a letter about attendance is asked."""
FIRST: Mapping[str, Question] = {"hold": _hold, "no-contact": _no_contact}
"""Where one of these says stop, nothing more is said."""
ALWAYS: Mapping[str, Question] = {
    "not-a-contact": _not_a_contact,
    "power": _power,
    "order": _order,
    "may-not-be-contacted": _may_not_be_written_to,
    "responsibility": _responsibility,
    "paid": _paid,
    "bereavement": _bereavement,
    "protected-address": _protected,
}
"""Asked of every letter."""
OF_KIND: Mapping[str, Question] = {
    "few-sessions": _few_sessions,
    "late-joiner": _late_joiner,
    "agreed": _agreed,
    "part-time": _part_time,
    "medical": _medical,
    "medical-flag": _medical_flag,
    "send": _send,
    "social-care": _care,
    "n-codes": _n_codes,
    "changed": _changed,
    "contacted": _contacted,
    "sibling": _sibling,
}
"""Asked where the kind of letter names them, or names `concern`."""
GUARDS = frozenset({*OF_KIND, CONCERN})
"""What the guards of a kind of letter may name."""
