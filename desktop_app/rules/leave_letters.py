"""What the letter of a decision on leave says: which kind it is, and the words of its fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from desktop_app.domain.leave import Decided, LeaveRequest, LeaveState, Span
from desktop_app.domain.sessions import Half
from desktop_app.rules.display import long_date

KINDS: Mapping[LeaveState, str] = {
    LeaveState.GRANTED: "leave-granted",
    LeaveState.PART: "leave-part",
    LeaveState.REFUSED: "leave-refused",
}
"""The kind of letter of each decision."""
HALVES = {Half.AM: "morning", Half.PM: "afternoon"}


def letter_days(span: Span) -> str:
    """Days as a letter says them: `30 November 2026 to 4 December 2026`, `the afternoon of 30 November 2026`."""
    first, last = long_date(span.first), long_date(span.last)
    if span.first == span.last:
        return first if span.first_half is not span.last_half else f"the {HALVES[span.first_half]} of {first}"
    begins = f"the afternoon of {first}" if span.first_half is Half.PM else first
    ends = f"the morning of {last}" if span.last_half is Half.AM else last
    return f"{begins} to {ends}"


def letter_values(request: LeaveRequest, decided: Decided, back: date | None) -> Mapping[str, str]:
    """The fields of the letter that no record but the request and its decision has; `back`: the first day with a
    session of the child after the days asked for."""
    said = {
        "leave dates": letter_days(request.span),
        "leave reason": request.reason.strip().rstrip("."),
        "decision reason": decided.reasons.strip(),
        "back on": back.isoformat() if back is not None else "",
    }
    if decided.state is LeaveState.PART:
        said["leave granted"] = _listed(map(letter_days, decided.granted))
    return said


def _listed(parts: Iterable[str]) -> str:
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last
