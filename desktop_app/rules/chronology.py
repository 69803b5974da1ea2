"""The chronology of a case as it is printed: which entries, in which order, and with whom.

Restricted entries are left out as though they were not there, with whatever was added to them: nobody is told how many
notes they may not read. A person whom a court keeps from the child is not named.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from desktop_app.domain.bundle import LeftOut
from desktop_app.domain.cases import ASK, CASE, STEP
from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.next_steps import STEP as BAND_STEP
from desktop_app.domain.referrals import DEFENCE, HOLIDAY, Disclosure
from desktop_app.rules.arrivals import Outcome
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.display import long_date
from desktop_app.rules.session_lists import count_words
from desktop_app.rules.triggers.facts import EXPECTED_DAYS

UNNAMED = "a person not named here"
NOBODY = "nobody reached"
WHETHER_HOLIDAY = "whether an absence was a holiday"
HOME_VISITS = "home-visits"
"""The part that tells of home visits alone."""
WITH_SOMEBODY = (
    EntryKind.PHONE_CALL,
    EntryKind.TEXT,
    EntryKind.EMAIL,
    EntryKind.LETTER,
    EntryKind.MEETING,
    EntryKind.HOME_VISIT,
)
"""The kinds that are with somebody; without a person, nobody was reached."""
ABOUT_DOCUMENTS = frozenset({EntryKind.BUNDLE, EntryKind.SIGNED})
UNPRINTED = ABOUT_DOCUMENTS | frozenset({
    EntryKind.TEMPLATE, EntryKind.PACK, EntryKind.SCHOOL,
    EntryKind.WEEK_CLOSED, EntryKind.PAPER_REGISTER, EntryKind.CASE_LED,
})  # fmt: skip
"""The kinds that no chronology tells of. They are about documents, or the office’s own books (the words of letters, the
pack, weeks signed off, who of the staff leads): nothing of them was done for the child or said to a parent."""
NOT_FOR_COURT = frozenset({
    EntryKind.CONSIDERED, EntryKind.DECISION, EntryKind.TARGET, EntryKind.TOLD, EntryKind.LA_REFERRAL,
    EntryKind.LA_QUESTION,
})  # fmt: skip
"""What a court is not told as evidence: the school’s own reasoning and aims, who was told for safeguarding, and what
went between school and authority, from which an earlier notice could be read. Practice, points 8, 28 and 29."""
ARRIVAL = "arrival"
"""The detail of a checked arrival that says what came of it."""
TELLING = (CASE, STEP, ASK, BAND_STEP)
"""The details by which something seen to is of the case, or a step of the band, done for the child; without one, the
office ticked off a task of its own, or a chase of calls ended by itself."""


ABOUT: Mapping[EntryKind, tuple[str, ...]] = {
    EntryKind.LETTER: ("about",),
    EntryKind.MEETING: ("meeting", "agreed"),
    EntryKind.SUPPORT: ("what", "by"),
    EntryKind.AGENCY_REFERRAL: ("agency",),
    EntryKind.ASSESSMENT: ("tool", "finding"),
    EntryKind.SUPPORT_PLAN: ("plan",),
    EntryKind.HEALTH_PLAN: ("condition",),
    EntryKind.RETURN_PLAN: ("plan",),
    EntryKind.MEDICAL_EVIDENCE: ("what",),
    EntryKind.ILLNESS_DOUBTED: ("why",),
    EntryKind.OTHER_SCHOOL: ("school",),
    EntryKind.WARNING: ("what", "method"),
    EntryKind.CONSIDERED: ("what",),
    EntryKind.LA_QUESTION: ("asked", "answer"),
    EntryKind.ORDER: ("what", "court"),
    EntryKind.UNDER_CAUTION: ("by",),
}
"""By kind, the details that say what an entry was about, in the order in which they are read."""

NEXT = {"next": "Next meeting", "review": "To be reviewed on", "answer_due": "Answer looked for by", "until": "Until"}
"""The details that set a day for what is to follow, and how each is said."""


@dataclass(frozen=True, slots=True)
class ChronologyLine:
    """One entry with whom it was with, in words, whatever was added to it later, and what it was about, where its kind
    alone does not say, and which step was to follow, where a day was set for one."""

    entry: Entry
    persons: str
    additions: tuple[Entry, ...]
    about: str = ""
    next: str = ""


def chronology(file: CaseFile) -> tuple[ChronologyLine, ...]:
    """Every open entry up to the day of the bundle, by when it happened; additions stand under their entry."""
    additions: defaultdict[int, list[Entry]] = defaultdict(list)
    heads: list[Entry] = []
    by_id = {entry.id: entry for entry in file.entries}
    for entry in file.entries:
        if not printed(file, entry) or entry.happened_at.date() > file.request.on or sealed(entry, by_id):
            continue
        if entry.adds_to is None:
            heads.append(entry)
        else:
            additions[head_of(entry, by_id).id].append(entry)
    heads.sort(key=lambda entry: (entry.happened_at, entry.id))
    return tuple(
        ChronologyLine(head, with_words(file, head), tuple(additions[head.id]), about(file, head), next_step(head))
        for head in heads
    )


def contacts(file: CaseFile) -> tuple[ChronologyLine, ...]:
    """The calls of the chronology, and the home visits where no part of the bundle is theirs."""
    kinds = {EntryKind.PHONE_CALL} if file.referral.has(HOME_VISITS) else {EntryKind.PHONE_CALL, EntryKind.HOME_VISIT}
    return tuple(line for line in chronology(file) if line.entry.kind in kinds)


def printed(file: CaseFile, entry: Entry) -> bool:
    """Whether the bundle of this file tells of such an entry at all."""
    return not why_unprinted(file, entry)


def why_unprinted(file: CaseFile, entry: Entry) -> str:
    """Why the bundle does not tell of an entry, in words; empty where it does."""
    if entry.kind in UNPRINTED:
        return "it is of the office’s own books, not of what was done for the child"
    if entry.kind is EntryKind.SEEN_TO and not any(key in entry.details for key in TELLING):
        return "the office ticked off a task of its own"
    if entry.kind is EntryKind.ARRIVAL and entry.details.get(ARRIVAL) == Outcome.ARRIVED:
        return "the register says that the child was there"
    # A long illness that was announced is kept as a decision, and may help the parent.
    reasoning = entry.kind in NOT_FOR_COURT and EXPECTED_DAYS not in entry.details
    if file.referral.disclosure is Disclosure.COURT and reasoning:
        return "it is the school’s own reasoning, or between school and authority: no evidence"
    return ""


def untold(file: CaseFile) -> Iterator[LeftOut]:
    """What the chronology does not tell of, for the maker: one line for each kind and reason."""
    by_id = {entry.id: entry for entry in file.entries}
    kinds: Counter[tuple[str, str]] = Counter()
    for entry in file.entries:
        why = why_unprinted(file, entry)
        if why and entry.kind not in ABOUT_DOCUMENTS and not sealed(entry, by_id):
            kinds[entry.kind.label, why] += 1
    for (label, why), number in kinds.items():
        yield LeftOut(f"{label} ({count_words(number, 'entry', 'entries')})", why)


def about(file: CaseFile, entry: Entry) -> str:
    """What an entry was about, of its details: the support that was offered, the agency, what was agreed. Never what
    somebody thinks of it, or what is kept for whoever goes next."""
    texts = [entry.details.get(key, "").strip() for key in ABOUT.get(entry.kind, ())]
    if entry.kind is EntryKind.MEETING and texts[0]:
        rule = file.pack.casework.meeting(texts[0])
        texts[0] = rule.title if rule else texts[0]
    if entry.kind is EntryKind.CONSIDERED:
        texts = [WHETHER_HOLIDAY if text.startswith(HOLIDAY) else _of_key(text) for text in texts]
    said = ". ".join(text.rstrip(".") for text in texts if text)
    return said[:1].upper() + said[1:]


def _of_key(what: str) -> str:
    return what.removeprefix(DEFENCE).replace("-", " ")


def next_step(entry: Entry) -> str:
    """What was to follow an entry and when, as it was set then; empty where no day was."""
    for key, words in NEXT.items():
        try:
            return f"{words} {long_date(date.fromisoformat(entry.details.get(key, '')))}"
        except ValueError:
            continue
    return ""


def with_words(file: CaseFile, entry: Entry) -> str:
    """With whom an entry was, in words; empty for a kind that is with nobody."""
    if not entry.persons:
        return NOBODY if entry.kind in WITH_SOMEBODY else ""
    return ", ".join(file.names.get(person, UNNAMED) for person in entry.persons)


def head_of(entry: Entry, by_id: Mapping[int, Entry]) -> Entry:
    """The entry at the top of a chain of additions, as far as the chain is among `by_id`."""
    while entry.adds_to is not None and entry.adds_to in by_id:
        entry = by_id[entry.adds_to]
    return entry


def sealed(entry: Entry, by_id: Mapping[int, Entry]) -> bool:
    """Whether the entry, or any it was added to, is restricted or not among `by_id`, the entries about a pupil."""
    if entry.restricted:
        return True
    if entry.adds_to is None:
        return False
    return entry.adds_to not in by_id or sealed(by_id[entry.adds_to], by_id)
