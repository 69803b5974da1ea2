"""Two plain questions that propose a code: where the child is, then what for. A person decides; this only proposes.

Source: "Working together to improve school attendance", the chapter on recording attendance, code by code, and School
Attendance (Pupil Registration) (England) Regulations 2024, regulations 10 and 11. What the regulations leave to the
school (whether leave is exceptional, whether an illness is accepted) is asked as what the school has decided.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop_app.domain.codes import Code
from desktop_app.domain.sessions import Session
from desktop_app.rules.codes import present_mark, refusal
from desktop_app.rules.doubted import Doubt

PRESENT = "/"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A plain answer and the code it proposes."""

    words: str
    code: str


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """An answer to the first question, the second question it leads to, and what can be answered to that."""

    words: str
    asks: str
    answers: tuple[Proposal, ...]


FIRST_QUESTION = "Where is the child?"
HELP: tuple[Whereabouts, ...] = (
    Whereabouts(
        "In school",
        "When did the child come?",
        (
            Proposal("in time", PRESENT),
            Proposal("late, while the register was open", "L"),
            Proposal("after it had closed, and nothing else fits", "U"),
        ),
    ),
    Whereabouts(
        "Learning somewhere else",
        "Where, with a member of staff or somebody the school has agreed?",
        (
            Proposal("a visit or trip of the school", "V"),
            Proposal("an approved sporting activity", "P"),
            Proposal("work experience", "W"),
            Proposal("the other school of a dual registration", "D"),
            Proposal("education arranged by the local authority", "K"),
            Proposal("other education arranged or approved by the school", "B"),
        ),
    ),
    Whereabouts(
        "Ill, or at an appointment",
        "Which is it?",
        (
            Proposal("too ill to attend, in body or mind", "I"),
            Proposal("a medical or dental appointment", "M"),
        ),
    ),
    Whereabouts(
        "Away by leave or agreement of the school",
        "What was agreed beforehand?",
        (
            Proposal("leave in exceptional circumstances", "C"),
            Proposal("a licensed performance, or employment abroad", "C1"),
            Proposal("a temporary part-time timetable, at home then", "C2"),
            Proposal("an interview for a job or another school", "J1"),
            Proposal("study leave for a public examination", "S"),
            Proposal("not of compulsory school age, and not expected", "X"),
        ),
    ),
    Whereabouts(
        "Kept away by faith, travel, suspension or justice",
        "Which is it?",
        (
            Proposal("a day set apart by the parents’ religious body", "R"),
            Proposal("a Traveller parent who travels for work", "T"),
            Proposal("suspended or excluded, with no other place yet", "E"),
            Proposal("held by the police, a court or in custody", "Y5"),
        ),
    ),
    Whereabouts(
        "School cannot be reached, or is closed",
        "What stands in the way?",
        (
            Proposal("transport the school or authority gives has not come", "Y1"),
            Proposal("widespread disruption to travel", "Y2"),
            Proposal("part of the premises is closed", "Y3"),
            Proposal("the whole school is unexpectedly closed", "Y4"),
            Proposal("public health guidance or law forbids it", "Y6"),
            Proposal("the authority has made no access arrangement it owes", "Q"),
            Proposal("another cause nobody could avoid", "Y7"),
        ),
    ),
    Whereabouts(
        "Nobody has given a good reason",
        "What is known?",
        (
            Proposal("nothing yet: somebody is finding out", "N"),
            Proposal("on a holiday the school has not granted", "G"),
            Proposal("away without leave, or the reason is not accepted", "O"),
        ),
    ),
)


NOT_ACCEPTED = Proposal("an illness the school does not accept, each parent warned beforehand", "O")
"""Answered only where the illness is doubted, the reason recorded and each parent warned."""


def proposals(
    place: Whereabouts, session: Session, codes: Mapping[str, Code], doubt: Doubt | None = None
) -> tuple[Proposal, ...]:
    """What can be answered for a session: only codes that are law on its date, with the stroke of its half. Where the
    child’s illness is doubted, O is proposed once each parent has been warned, and not before."""
    found: list[Proposal] = []
    may_doubt = doubt is not None and not doubt.unwarned and any(one.code == "I" for one in place.answers)
    for one in (*place.answers, *([NOT_ACCEPTED] if may_doubt else [])):
        if one.code == "O" and doubt is not None and doubt.unwarned:
            continue
        code = present_mark(session.half, codes) if one.code == PRESENT else one.code
        if refusal(code, session.day, session.half, codes, typed=True) is None:
            found.append(Proposal(one.words, code))
    return tuple(found)
