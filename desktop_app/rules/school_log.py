"""School-level entries: what each asks for, how the chronology keeps it, and what governors are told of them.

Source: the DfE's guidance ("Working together to improve school attendance") asks every school for an attendance policy
that is reviewed and known, for regular training of its staff, and for a governing body that sees to both; authorities
ask for the same as evidence that a school did its part before theirs (Level 1).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.school_log import SchoolKind, SchoolLine
from desktop_app.rules.display import date_year

LONGEST = 300
LONGEST_VERSION = 20
TIMES = {
    SchoolKind.TRAINING: "Training of staff about attendance",
    SchoolKind.ASSEMBLY: "Assemblies about attendance",
    SchoolKind.OTHER: "Other work of the whole school",
}
"""What governors are told of by how often it was; of a policy its version and days are told."""


def fault(line: SchoolLine, today: date) -> str:
    """Why such an entry cannot be, in words; empty where it can."""
    if line.day > today:
        return "That has not happened yet: give the day on which it did."
    if not line.what.strip():
        return "Say in a few words what it was."
    if max(len(line.what), len(line.who)) > LONGEST:
        return f"That is too long: {LONGEST} letters at most."
    if line.kind is not SchoolKind.POLICY:
        of_policy = line.version or line.approved or line.review
        return "A version, its approval and its review go with a policy alone." if of_policy else ""
    return _policy_fault(line, today)


def _policy_fault(line: SchoolLine, today: date) -> str:
    if not any(letter.isdigit() for letter in line.version) or len(line.version) > LONGEST_VERSION:
        return f"Say which version it is, with a number or a year in it: {LONGEST_VERSION} letters at most."
    if line.approved is None or line.review is None:
        return "Of a policy, say on which day it was approved and by which day it is to be reviewed."
    if line.approved > today:
        return "It is not approved yet: log it when it is."
    if line.review <= line.approved:
        return "The review must be after the approval."
    return ""


def words_of(line: SchoolLine) -> str:
    """An entry in words, as the chronology has it."""
    return f"{line.kind.label}: {line.what}"


def details_of(line: SchoolLine) -> dict[str, str]:
    """The details that its entry keeps."""
    kept = {
        "what": line.kind.value,
        "said": line.what,
        "who": line.who,
        "version": line.version,
        "approved": line.approved.isoformat() if line.approved else "",
        "review": line.review.isoformat() if line.review else "",
    }
    return {name: value for name, value in kept.items() if value}


def line_of(entry: Entry) -> SchoolLine | None:
    """The line of a school-level entry; None of any other, and of one whose details cannot be read."""
    details = entry.details
    if entry.kind is not EntryKind.SCHOOL or details.get("what", "") not in list(SchoolKind):
        return None
    return SchoolLine(
        kind=SchoolKind(details["what"]),
        day=entry.happened_at.date(),
        what=details.get("said", entry.outcome),
        who=details.get("who", ""),
        version=details.get("version", ""),
        approved=_day(details.get("approved", "")),
        review=_day(details.get("review", "")),
        entry=entry.id,
        author=entry.author,
        withdrawn=entry.withdrawn.reason if entry.withdrawn else "",
    )


def policy_in_force(lines: Iterable[SchoolLine], on: date) -> SchoolLine | None:
    """The policy on a day: of those that had begun and stand, the one approved last; of two of one day, the one
    recorded last."""
    stands = [one for one in lines if one.kind is SchoolKind.POLICY and not one.withdrawn and one.day <= on]
    return max(stands, key=lambda one: (one.approved or date.min, one.entry), default=None)


def review_due(lines: Iterable[SchoolLine], on: date) -> SchoolLine | None:
    """The policy in force, where its review is due by a day."""
    policy = policy_in_force(lines, on)
    return policy if policy is not None and policy.review is not None and policy.review <= on else None


def told(lines: Sequence[SchoolLine], first: date, last: date) -> tuple[tuple[str, str], ...]:
    """What governors are told: how often each kind was in those days, and the policy in force on the last of them.
    No wording and no name, since somebody may have written one there."""
    stands = [one for one in lines if not one.withdrawn and first <= one.day <= last]
    found: list[tuple[str, str]] = []
    for kind, title in TIMES.items():
        days = [one.day for one in stands if one.kind is kind]
        if days:
            often = "once" if len(days) == 1 else f"{len(days)} times, last"
            found.append((title, f"{often} on {date_year(max(days))}"))
    policy = policy_in_force(lines, last)
    if policy is not None:
        found.append((f"Attendance policy, version {policy.version}", policy_words(policy, last)))
    return tuple(found)


def policy_words(line: SchoolLine, on: date) -> str:
    """When a policy was approved and is to be reviewed."""
    approved = f"approved on {date_year(line.approved)}" if line.approved else ""
    verb = "was due by" if line.review and line.review < on else "due by"
    review = f"review {verb} {date_year(line.review)}" if line.review else ""
    return ", ".join(words for words in (approved, review) if words)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
