"""The school’s attendance policy as a bundle tells of it: which version, when approved, and where it is published.

Sources: “Working together to improve school attendance” (every school has an attendance policy and publishes it); the
authorities’ checklists, which ask whether it says that penalty notices may be issued.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.domain.school_log import SchoolLine
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.school_log import line_of, policy_in_force

PUBLISHED = ("publish", "website", "web site", "sent to", "handbook")
"""In what is written of a policy: where parents find it."""
NOTICES = "penalty notice"


@dataclass(frozen=True, slots=True)
class Policies:
    """The policy in force on the day of the bundle, and, where it was another, that on the first day of the period."""

    now: SchoolLine
    then: SchoolLine | None


def policies(file: CaseFile) -> Policies | None:
    """The policies of the period; None where none is in the school’s log."""
    lines = [line for entry in file.school_log if (line := line_of(entry)) is not None]
    now = policy_in_force(lines, file.request.on)
    if now is None:
        return None
    then = policy_in_force(lines, file.request.first)
    return Policies(now, then if then != now else None)


def no_policy(file: CaseFile) -> str:
    """Why there is no such part."""
    known = policies(file)
    return "" if known else "No version of the attendance policy is in the school’s own log up to this day."


def published(line: SchoolLine) -> bool:
    """Whether what was written of a policy says where it is published."""
    words = line.what.casefold()
    return any(word in words for word in PUBLISHED)


def speaks_of_notices(line: SchoolLine) -> bool:
    """Whether what was written of a policy says that it speaks of penalty notices."""
    return NOTICES in " ".join(line.what.casefold().split())


def since(line: SchoolLine) -> date:
    """The day from which a policy counts: of its approval, else of its entry."""
    return line.approved or line.day
