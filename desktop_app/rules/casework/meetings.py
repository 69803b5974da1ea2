"""Which of the pack’s meetings a case waits for: those its step asks for, and that in which its review is held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.domain.cases import CaseState, CaseStatus
from desktop_app.domain.casework import CaseStep
from desktop_app.rules.casework.asks import asked, met_for_review
from desktop_app.rules.casework.facts import CaseFacts
from desktop_app.rules.casework.proposals import review_due


@dataclass(frozen=True, slots=True)
class DueMeeting:
    """A kind of meeting of the pack that is to be held. `due` None: the pack sets no day."""

    key: str
    title: str
    due: date | None


def due_meetings(facts: CaseFacts, case: CaseState, step: CaseStep) -> tuple[DueMeeting, ...]:
    """The meetings that a case in work waits for, each once, the earliest first and those without a day last."""
    if case.status is not CaseStatus.OPEN:
        return ()
    wanted = [(one.ask.meeting, one.due) for one in asked(facts, case, step) if one.ask.meeting and one.done is None]
    of_review = step.review.meeting if step.review is not None else ""
    if of_review and met_for_review(facts.entries, of_review, case) is None:
        wanted.append((of_review, review_due(facts, case)))
    found: dict[str, DueMeeting] = {}
    for key, due in sorted(wanted, key=lambda one: one[1] or date.max):
        rule = facts.casework.meeting(key)
        if rule is not None and key not in found:
            found[key] = DueMeeting(key, rule.title, due)
    return tuple(found.values())
