"""The matrix of support: each thing that was offered, by whom, from when to when, and what came of it.

Source: the authorities’ request and checklist forms, which ask of every agency and kind of support whether it was
offered, when it began and ended, and its outcome.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.people import Pattern, PatternKind
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.parts.record import additions, day_of, said, standing

ABOUT = {EntryKind.SUPPORT: "what", EntryKind.AGENCY_REFERRAL: "agency", EntryKind.HEALTH_PLAN: "condition"}
"""By which detail two entries of a kind are about the same thing; of another kind all are."""
KINDS = (
    EntryKind.SUPPORT, EntryKind.AGENCY_REFERRAL, EntryKind.SUPPORT_PLAN, EntryKind.HEALTH_PLAN, EntryKind.RETURN_PLAN,
    EntryKind.CONTRACT,
)  # fmt: skip
BEGUN = ("accepted", "agreed", "signed", "answered", "begun")
OVER = ("ended",)
REFUSED = ("declined", "not agreed", "refused", "not accepted", "not attended")
PATTERNS = {
    PatternKind.PART_TIME: "Part-time timetable",
    PatternKind.ALTERNATIVE: "Alternative provision",
}


@dataclass(frozen=True, slots=True)
class SupportLine:
    """One line of the matrix. `offered`, `start` and `end` are None where the record has no such day; `until` is an
    end that was planned. `outcome` is the last word of it, `said` what was written at each step."""

    what: str
    by: str
    offered: date | None
    start: date | None
    end: date | None
    until: date | None
    outcome: str
    said: tuple[str, ...]


def support(file: CaseFile) -> tuple[SupportLine, ...]:
    """Every support and agency, in the order in which each was first offered."""
    grouped: dict[tuple[EntryKind, str], list[Entry]] = {}
    for entry in standing(file, *KINDS):
        about = entry.details.get(ABOUT.get(entry.kind, ""), "")
        grouped.setdefault((entry.kind, " ".join(about.casefold().split())), []).append(entry)
    later = additions(file)
    lines = [_line(entries, [one for entry in entries for one in later.get(entry.id, ())])
             for entries in grouped.values()]  # fmt: skip
    lines += [_pattern(one) for one in file.patterns if one.kind in PATTERNS and one.first <= file.request.on]
    return tuple(sorted(lines, key=lambda line: (line.offered or line.start or date.min, line.what)))


def no_support(file: CaseFile) -> str:
    """Why there is no such part."""
    return "" if support(file) else "No support, plan or referral to an agency is recorded up to this day."


def _line(entries: Sequence[Entry], later: Sequence[Entry]) -> SupportLine:
    first, last = entries[0], entries[-1]
    about = first.details.get(ABOUT.get(first.kind, ""), "")
    what = f"{first.kind.label}: {about}" if about and first.kind is EntryKind.HEALTH_PLAN else about
    steps = [said(one.note, one.details.get("plan", "")) for one in (*entries, *later)]
    return SupportLine(
        what=what or first.kind.label,
        by=next((one.details["by"] for one in reversed(entries) if one.details.get("by")), ""),
        offered=first.happened_at.date(),
        start=_first(entries, BEGUN) or day_of(first, "from"),
        end=_first(entries, OVER),
        until=next((day for one in reversed(entries) for key in ("until", "last") if (day := day_of(one, key))), None),
        outcome=last.outcome,
        said=tuple(dict.fromkeys(filter(None, steps))),
    )


def _first(entries: Iterable[Entry], outcomes: tuple[str, ...]) -> date | None:
    """The day of the first entry with one of these outcomes."""
    days = (one.happened_at.date() for one in entries if one.outcome.casefold().startswith(outcomes))
    return next(days, None)


def _pattern(pattern: Pattern) -> SupportLine:
    """A timetable that the school agreed; what it is called says what the register has of it."""
    title = PATTERNS[PatternKind(pattern.kind)]
    words = said(pattern.purpose, f"{pattern.hours} hours a week" if pattern.hours else "")
    return SupportLine(
        what=f"{title} ({pattern.code})" if pattern.code else title,
        by=pattern.provider,
        offered=pattern.agreed_on,
        start=pattern.first,
        end=None,
        until=pattern.last,
        outcome="agreed" if pattern.agreed_on else "",
        said=(words,) if words else (),
    )
