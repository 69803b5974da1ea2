"""What a bundle says of Early Help: the assessment, what was offered and refused, the meetings of the team around the
family with what was agreed, and reviews; where there was no assessment, the reason that is on record.

Sources: “Working together to improve school attendance” (support first, and Early Help where there are wider needs);
the authorities’ referral forms, which ask for the assessment or the reason why there is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop_app.domain.cases import MEETING
from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.people import FlagKind
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.chronology import with_words
from desktop_app.rules.display import long_date
from desktop_app.rules.parts.record import additions, begun, day_of, said, standing

DONE = ("completed", "begun", "consent given", "closed")
"""The outcomes by which there is an assessment, the furthest first but for `closed`."""
AROUND = ("team around", "early help", "taf", "tac")
"""In the name of a meeting: it is one of those around the family."""
NONE = "None is recorded"


@dataclass(frozen=True, slots=True)
class Offered:
    """Something of an assessment: the day, what it was, with whom, and what was written."""

    day: date
    what: str
    persons: str
    said: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting of the team around the family, or a review: who was there, what came of it, and what was agreed."""

    day: date
    what: str
    there: str
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EarlyHelp:
    """All that is said of it. `assessment` is how it stands, `reason` why there is none, empty where there is one."""

    assessment: str
    reason: str
    lead: str
    offers: tuple[Offered, ...]
    meetings: tuple[Meeting, ...]
    reviews: tuple[Meeting, ...]


def early_help(file: CaseFile) -> EarlyHelp:
    """What the record says of Early Help up to the day."""
    entries = standing(file, EntryKind.EARLY_HELP)
    assessment = _assessment(file, entries)
    there_is = assessment != NONE
    later = additions(file)
    return EarlyHelp(
        assessment=assessment,
        reason="" if there_is else _reason(file, entries),
        lead=next((one.details["lead"] for one in reversed(entries) if one.details.get("lead")), ""),
        offers=tuple(_offered(file, one) for one in entries),
        meetings=tuple(
            _meeting(file, one, later.get(one.id, ()))
            for one in standing(file, EntryKind.MEETING)
            if _around(file, one)
        ),
        reviews=tuple(_meeting(file, one, later.get(one.id, ())) for one in standing(file, EntryKind.REVIEW)),
    )


def _assessment(file: CaseFile, entries: Sequence[Entry]) -> str:
    for outcome in DONE:
        found = [one for one in entries if one.outcome.casefold().startswith(outcome)]
        if found:
            last = found[-1]
            reference = f", reference {last.details['reference']}" if last.details.get("reference") else ""
            return begun(f"{last.outcome} on {long_date(last.happened_at.date())}{reference}")
    flag = next((one for one in file.flags if one.kind is FlagKind.EARLY_HELP and one.holds(file.request.on)), None)
    if flag is not None:
        return said(f"In place since {long_date(flag.first)}", flag.value).rstrip(".")
    return NONE


def _reason(file: CaseFile, entries: Sequence[Entry]) -> str:
    """Why there is no assessment: consent refused, or considered and decided against."""
    considered = [
        one for one in standing(file, EntryKind.CONSIDERED) if "early" in one.details.get("what", "").casefold()
    ]
    refused = [one for one in entries if one.outcome.casefold().startswith("consent refused")]
    found = sorted([*considered, *refused], key=lambda one: (one.happened_at, one.id))
    if found:
        last = found[-1]
        return said(begun(f"{last.outcome} on {long_date(last.happened_at.date())}"), last.note)
    if entries:
        return f"Offered on {long_date(entries[-1].happened_at.date())}; no answer is recorded."
    return "No reason is recorded."


def _offered(file: CaseFile, entry: Entry) -> Offered:
    reference = entry.details.get("reference", "")
    note = said(entry.note, f"Reference {reference}" if reference else "")
    return Offered(entry.happened_at.date(), entry.outcome, with_words(file, entry), note)


def _around(file: CaseFile, entry: Entry) -> bool:
    key = entry.details.get(MEETING, "")
    name = f"{key} {_title(file, key)}".casefold()
    return any(words in name.split() or (" " in words and words in name) for words in AROUND)


def _title(file: CaseFile, key: str) -> str:
    rule = file.pack.casework.meeting(key)
    return rule.title if rule else key


def _meeting(file: CaseFile, entry: Entry, later: Sequence[Entry]) -> Meeting:
    details = entry.details
    what = _title(file, details.get(MEETING, "")) or entry.kind.label
    agreed, nxt = details.get("agreed", ""), day_of(entry, "next")
    absent = details.get("invited", "")
    there = said(details.get("attendees") or with_words(file, entry), f"Did not come: {absent}" if absent else "")
    texts = (
        entry.outcome,
        said(entry.note),
        f"Agreed: {said(agreed)}" if agreed else "",
        f"Next on {long_date(nxt)}." if nxt else "",
        *(said(one.outcome, one.note) for one in later),
    )
    return Meeting(entry.happened_at.date(), what, there, tuple(filter(None, texts)))
