"""The schedule of material that is not used: for the authority’s disclosure officer, and for nobody else.

It says of each thing when it was, of what kind, and one neutral line, and never what it holds. What is restricted is
one line, however much of it there is: nobody is told how many notes they may not read (practice 8). What may help the
parent is always listed, whether it is used or not. Source: practice 29; Criminal Procedure and Investigations Act
1996, Code of Practice, the schedules for the prosecutor.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.evidence import UnusedItem
from desktop_app.domain.exhibits import TakenAs
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.chronology import UNPRINTED, printed, sealed
from desktop_app.rules.disclosed import EARLIER_DISPOSALS, disclose_to_court
from desktop_app.rules.exhibits import TAKEN_AS, exhibits
from desktop_app.rules.session_lists import count_words

SENSITIVE = UnusedItem(
    None, "Sensitive", "One sensitive item, or more: the safeguarding lead tells the disclosure officer alone."
)
ILLNESS_CODES = ("I", "M")
HELPS = (
    ("medical evidence", re.compile(r"\b(GP|doctor|consultant|prescription|prescribed|diagnos\w+)\b", re.IGNORECASE)),
    (
        "illness",
        re.compile(
            r"\b(ill|illness\w*|unwell|sick|sickness|poorly|asthma|anxi\w+|hospital|medical|medication|CAMHS)\b",
            re.IGNORECASE,
        ),
    ),
    ("bullying", re.compile(r"\b(bull(y|ied|ies|ying)|picked on)\b", re.IGNORECASE)),
    ("transport", re.compile(r"\b(transport|bus(es)?|minibus|taxi|train|no car)\b", re.IGNORECASE)),
    ("unavoidable cause", re.compile(r"\b(bereave\w*|funeral|died|death|homeless|evict\w*|refuge|flood)\b", re.I)),
)
"""What may help the parent, by the words somebody wrote: looked for wide rather than narrow, for a person to judge."""
KINDS = {
    EntryKind.MEDICAL_EVIDENCE: "medical evidence", EntryKind.HEALTH_PLAN: "illness",
    EntryKind.BARRIER: "a barrier named", EntryKind.VIEWS: "what was said of it",
}  # fmt: skip
FILES = {
    TakenAs.PAGES: "PDF", TakenAs.PICTURE: "Picture", TakenAs.TEXT: "Text", TakenAs.BESIDE: "Document",
}  # fmt: skip
"""What a file is called by what it is."""
PROMISES = {
    EntryKind.SUPPORT: {"offered", "accepted"}, EntryKind.SUPPORT_PLAN: {"agreed"},
    EntryKind.AGENCY_REFERRAL: {"sent", "not accepted"}, EntryKind.EARLY_HELP: {"offered", "consent given"},
    EntryKind.RETURN_PLAN: {"agreed"},
}  # fmt: skip
"""By kind, the outcomes of a promise: where nothing later says what came of it, it may not have been kept."""


def unused(file: CaseFile) -> tuple[UnusedItem, ...]:
    """The schedule, of the whole file: what the pack for the court does not hold, by day, then what is sensitive."""
    by_id = {entry.id: entry for entry in file.entries}
    open_ones = [
        entry
        for entry in file.entries
        if not sealed(entry, by_id) and entry.kind not in UNPRINTED and entry.happened_at.date() <= file.request.on
    ]
    court = disclose_to_court(file)
    used = {entry.id for entry in court.entries if printed(court, entry)}
    items = [*_marks(file), *_entries(file, open_ones, used), *_files(file, open_ones, court)]
    items.sort(key=lambda one: (one.day is not None, one.day or file.request.on, one.kind, one.says))
    secret = any(sealed(entry, by_id) for entry in file.entries if entry.happened_at.date() <= file.request.on)
    return (*items, SENSITIVE) if secret else tuple(items)


def _marks(file: CaseFile) -> Iterator[UnusedItem]:
    counts = Counter(mark.code for mark in file.counted(file.request.first, file.request.last))
    number = sum(counts[code] for code in ILLNESS_CODES)
    if number:
        says = (
            f"{count_words(number, 'session', 'sessions')} recorded as illness or medical ({', '.join(ILLNESS_CODES)})"
        )
        yield UnusedItem(None, "Register", says, "illness", used=True)


def _entries(file: CaseFile, entries: list[Entry], used: set[int]) -> Iterator[UnusedItem]:
    for entry in entries:
        helps = _helps(entry, file.entries)
        is_used = entry.id in used
        if helps or not is_used:
            yield UnusedItem(entry.happened_at.date(), entry.kind.label, _neutral(file, entry), helps, used=is_used)


def _neutral(file: CaseFile, entry: Entry) -> str:
    """What a thing is, with nothing of what it says."""
    if entry.kind in EARLIER_DISPOSALS:
        return "Record of an earlier disposal"
    if entry.withdrawn is not None:
        return "Record, withdrawn since"
    if entry.persons and file.parent is not None and file.parent.person.id not in entry.persons:
        return "Record of dealings with somebody else than this parent"
    return "Record added to another" if entry.adds_to is not None else "Record made by the school"


def _helps(entry: Entry, entries: Iterable[Entry]) -> str:
    """How an entry may help the parent, in a few words; empty where nothing says so."""
    said = " ".join((entry.outcome, entry.note, *entry.details.values()))
    found = [KINDS[entry.kind]] if entry.kind in KINDS else []
    found += [word for word, pattern in HELPS if pattern.search(said)]
    if entry.outcome in PROMISES.get(entry.kind, ()) and not _followed(entry, entries):
        found.append("support with no record that it was given")
    return ", ".join(dict.fromkeys(found))


def _followed(entry: Entry, entries: Iterable[Entry]) -> bool:
    """Whether a later entry says what came of it."""
    return any(one.adds_to == entry.id and one.withdrawn is None for one in entries)


def _files(file: CaseFile, entries: list[Entry], court: CaseFile) -> Iterator[UnusedItem]:
    """The files that are no exhibit."""
    shown = {one.attachment.id for one in exhibits(court, "") if one.attachment.media_type in TAKEN_AS}
    by_id = {entry.id: entry for entry in entries}
    for one in file.files:
        entry = by_id.get(one.entry)
        if entry is not None and one.id not in shown:
            says = f"{FILES[TAKEN_AS.get(one.media_type, TakenAs.BESIDE)]} kept with the record"
            yield UnusedItem(entry.happened_at.date(), f"File: {entry.kind.label}", says, _helps(entry, file.entries))
