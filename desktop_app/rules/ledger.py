"""The ledger of each parent: which entries are theirs, what each was towards them, and what came of it.

Sources: practice, points 3, 5, 21 and 47 (no contact by order, protected addresses, who is a parent, who interpreted);
“Working together to improve school attendance” (support first, recorded for each parent). What is restricted is left
out as though it were not there, with whatever was added to it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.kinds import Kinds
from desktop_app.domain.ledger import Came, InView, LedgerLine, ParentLedger, Way
from desktop_app.domain.notices import Notice
from desktop_app.domain.people import Answer
from desktop_app.rules.chasing import PERSON
from desktop_app.rules.chronology import sealed
from desktop_app.rules.contacts import ContactCard
from desktop_app.rules.display import date_year

NO_CONTACT = "no contact, by order"
"""All that is said of a person whom a court keeps from the child."""
ANSWER_DUE = "answer_due"
"""In the details of an entry: the day by which an answer was asked for."""
DIRECTION, THEY = "direction", "they "
"""In the details of a message: who wrote or rang; `they rang` and `they wrote` are the parent’s own."""
SUBJECTS = ("what", "agency", "voice")
"""The details by which a later entry of a kind is known to speak of the same thing."""

WAYS: Mapping[EntryKind, Way] = {
    **dict.fromkeys(
        (
            *(EntryKind.TEXT, EntryKind.EMAIL, EntryKind.LETTER, EntryKind.WARNING, EntryKind.NOTICE_TO_IMPROVE),
            *(EntryKind.IMPROVEMENT, EntryKind.PENALTY_NOTICE, EntryKind.LEAVE_DECISION, EntryKind.CONTRACT_BROKEN),
        ),
        Way.SENT,
    ),
    **dict.fromkeys(
        (
            *(EntryKind.SUPPORT, EntryKind.EARLY_HELP, EntryKind.AGENCY_REFERRAL, EntryKind.SUPPORT_PLAN),
            *(EntryKind.HEALTH_PLAN, EntryKind.RETURN_PLAN, EntryKind.CONTRACT),
        ),
        Way.OFFERED,
    ),
    EntryKind.MEDICAL_EVIDENCE: Way.ASKED,
    EntryKind.LEAVE_REQUEST: Way.ASKED,
}
"""What an entry of a kind is towards the parent it names; of every other kind, something said."""
ASKING = frozenset({"asked", "asked for", "asked and waiting"})
"""The outcomes that make any entry something asked."""

CAME: Mapping[str, Came] = {
    **dict.fromkeys(("came back", "not delivered", "wrong number", "the number of"), Came.CAME_BACK),
    **dict.fromkeys(
        ("declined", "refused", "consent refused", "not agreed", "would not say", "not accepted"), Came.DECLINED
    ),
    **dict.fromkeys(
        ("not attended", "no answer", "nobody in", "voicemail left", "left a message", "message left", "card left"),
        Came.MISSED,
    ),
    **dict.fromkeys(("offered", *sorted(ASKING)), Came.WAITING),
    **dict.fromkeys(
        (
            *("answered", "accepted", "consent given", "signed", "received", "spoke", "spoke at the door", "let in"),
            *("held", "agreed", "seen", "seen and copied", "said", "reason given", "completed", "begun"),
        ),
        Came.ANSWERED,
    ),
}
"""What the usual outcomes of the kinds say of an answer; of every other, nothing."""
_LONGEST_FIRST = sorted(CAME, key=len, reverse=True)
_SETTLED = (Came.ANSWERED, Came.DECLINED, Came.CAME_BACK)


@dataclass(frozen=True, slots=True)
class Column:
    """Of whom a column of the ledger is. `held`: the address is protected."""

    card: ContactCard
    held: bool = False


def came_of(outcome: str) -> Came:
    """What an outcome says of an answer: one of the usual ones, or a sentence that begins with it."""
    said = " ".join(outcome.casefold().split())
    key = next((one for one in _LONGEST_FIRST if said == one or said.startswith(f"{one} ")), "")
    return CAME.get(key, Came.NONE)


def way_of(entry: Entry) -> Way:
    """What an entry was towards the parent it names."""
    return Way.ASKED if entry.outcome.casefold() in ASKING else WAYS.get(entry.kind, Way.SAID)


def theirs(entry: Entry) -> bool:
    """Whether it came from the parent: a message of theirs, or leave they asked for."""
    return entry.kind is EntryKind.LEAVE_REQUEST or entry.details.get(DIRECTION, "").startswith(THEY)


def readable(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries of a child that a ledger tells of, oldest first: none withdrawn, none restricted or added to one."""
    known = tuple(entries)
    by_id = {one.id: one for one in known}
    kept = (one for one in known if one.withdrawn is None and not sealed(one, by_id))
    return tuple(sorted(kept, key=lambda one: (one.happened_at, one.id)))


def named(entry: Entry, person: int) -> bool:
    """Whether an entry belongs in the column of a person: it was with or about them, or they were dialled in vain. A
    note that was added to one is no deed of its own."""
    if entry.kind is EntryKind.NOTE:
        return False
    return person in entry.persons or (not entry.persons and entry.details.get(PERSON) == str(person))


def parent_ledger(column: Column, entries: Sequence[Entry], kinds: Kinds, known: Iterable[Notice]) -> ParentLedger:
    """The column of one parent. `entries` are those of the child that may be read (see `readable`), oldest first;
    `known` the penalty notices of the child."""
    card = column.card
    person = card.person.id
    lines = [_line(entry, entries, person, kinds) for entry in entries if named(entry, person)]
    return ParentLedger(
        person=person,
        name=card.person.formal_name,
        relationship=card.tie.relationship,
        is_parent=card.is_parent,
        in_view=in_view(column),
        lines=tuple(reversed(lines)),
        notices=tuple(one for one in known if one.parent == person),
    )


def kept_away() -> ParentLedger:
    """The column of a person whom a court keeps from the child: nothing else is said of them."""
    return ParentLedger(0, "A person", "", True, (InView("Contact", NO_CONTACT, alarm=True),), kept_away=True)


def in_view(column: Column) -> tuple[InView, ...]:
    """What is to be known of a parent before anything is sent, in the order in which it is asked."""
    person, tie = column.card.person, column.card.tie
    language = person.language or ("not known" if person.interpreter else "")
    interpreter = ", with an interpreter, never the child" if person.interpreter else ""
    spoken = f"{language or 'English, as far as is known'}{interpreter}"
    checked = max((one.checked for one in column.card.channels if one.checked), default=None)
    found = (
        InView("Parental responsibility", _answer(tie.responsibility), tie.responsibility is not Answer.YES),
        InView("Lives with the child", _answer(tie.lives_with)),
        InView("Language", spoken, alarm=bool(language)),
        InView("Reading", person.reading_needs, alarm=True) if person.reading_needs else None,
        InView("Address", "protected; held by the school", alarm=True) if column.held else None,
        None if tie.may_contact else InView("Contact", "the school may not contact this person", alarm=True),
        None if tie.may_know_why else InView("Reasons", "not to be told why", alarm=True),
        InView("Contact checked", date_year(checked) if checked else "never", alarm=checked is None),
    )
    return tuple(one for one in found if one is not None)


def order(ledgers: Iterable[ParentLedger], away: int) -> tuple[ParentLedger, ...]:
    """Parents first, then others with whom something was done, each in the order to call; last, so many who are kept
    away."""
    known = tuple(ledgers)
    others = (one for one in known if not one.is_parent and one.lines)
    return (*(one for one in known if one.is_parent), *others, *(kept_away() for _ in range(away)))


def _answer(answer: Answer) -> str:
    return {Answer.YES: "yes", Answer.NO: "no"}.get(answer, "not known")


def _line(entry: Entry, entries: Sequence[Entry], person: int, kinds: Kinds) -> LedgerLine:
    came, way, due = came_of(entry.outcome), way_of(entry), _due(entry)
    waits = came is Came.WAITING or (came is Came.NONE and (due is not None or way is Way.ASKED))
    if not waits:
        return LedgerLine(entry, way, came, theirs(entry), due=due)
    answer = _answer_to(entry, entries, person, kinds)
    return LedgerLine(entry, way, _settled(answer) if answer else Came.WAITING, theirs(entry), answer, due)


def _due(entry: Entry) -> date | None:
    text = entry.details.get(ANSWER_DUE, "")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _answer_to(entry: Entry, entries: Sequence[Entry], person: int, kinds: Kinds) -> Entry | None:
    """The first later entry that answers another: added to it, or of a kind that follows it about the same thing."""
    later = (one for one in entries if (one.happened_at, one.id) > (entry.happened_at, entry.id))
    return next((one for one in later if _answers(one, entry, person, kinds)), None)


def _answers(later: Entry, entry: Entry, person: int, kinds: Kinds) -> bool:
    if later.persons and person not in later.persons:
        return False
    if later.adds_to == entry.id:
        return later.kind is EntryKind.LEAVE_DECISION or theirs(later) or came_of(later.outcome) in _SETTLED
    if later.adds_to is not None or later.kind is EntryKind.LEAVE_REQUEST:
        return False
    rule = kinds.rules.get(later.kind)
    follows: Collection[EntryKind] = (later.kind, *(rule.follows if rule else ()))
    same = all(entry.details.get(key, "") == later.details.get(key, "") for key in SUBJECTS)
    return entry.kind in follows and same and came_of(later.outcome) in _SETTLED


def _settled(answer: Entry) -> Came:
    came = came_of(answer.outcome)
    return came if came in _SETTLED else Came.ANSWERED
