"""Readiness of the formal steps: what the school may use, what may come next, and a Notice to Improve that failed.

Sources: the national framework for penalty notices in "Working together to improve school attendance"; practice 19, 20
and 22: the outcome is proposed and a person decides.
"""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.domain.bundle import Do, DoAt
from desktop_app.domain.notices import Improvement, ImprovementState, NextNotice
from desktop_app.domain.referrals import Requirement
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.contacts import ContactCard
from desktop_app.rules.display import long_date
from desktop_app.rules.improvement import Course, improvements
from desktop_app.rules.notices import next_notice, notices
from desktop_app.rules.orders import orders
from desktop_app.rules.powers import PENALTY_NOTICE, lacking
from desktop_app.rules.readiness.answers import (
    NO_PARENT,
    Answered,
    add_parent,
    check,
    evidence,
    judged,
    met,
    missing,
    of_entries,
)

FAILED = (ImprovementState.NOT_IMPROVED, ImprovementState.ENDED_EARLY)
DECIDED_WORDS = {
    ImprovementState.IMPROVED: "attendance improved enough",
    ImprovementState.NOT_IMPROVED: "attendance did not improve enough",
    ImprovementState.ENDED_EARLY: "it was ended early",
}


def improvement_not_met(file: CaseFile, _: Requirement) -> Answered:
    """The newest Notice to Improve to the parent was not met, or ended early; of several parents, that of any."""
    parents = judged(file)
    if not parents:
        return missing(NO_PARENT, add_parent())
    newest = [one for parent in parents if (one := _newest(file, parent)) is not None]
    entries = {entry.id: entry for entry in file.entries}
    by = of_entries(
        entry
        for one in newest
        for entry in evidence(file)
        if entry.id == one.entry or (entry.adds_to == one.entry and entry.kind is not entries[one.entry].kind)
    )
    failed = [one for one in newest if one.state in FAILED]
    if failed:
        return met(_told(file, failed), by)
    due = [one for one in newest if one.proposed is ImprovementState.NOT_IMPROVED]
    if due:
        return check(_told(file, due), Do(DoAt.FORMAL, "Decide what came of it.", "improvement"), by)
    if newest:
        return missing(_told(file, newest), Do(DoAt.FORMAL, "See how it goes.", "improvement"), by)
    do = Do(DoAt.FORMAL, "Issue a Notice to Improve first, where the authority asks for one.", "improvement")
    return missing("No Notice to Improve is recorded.", do)


def _newest(file: CaseFile, parent: ContactCard) -> Improvement | None:
    """The newest of a parent’s that was not withdrawn."""
    told = evidence(file)
    marks = file.counted(min((mark.day for mark in file.marks), default=file.request.first), file.request.on)
    first = marks[0].day if marks else file.request.first
    course = Course(
        marks, frozenset(file.expected(first, file.request.on)), file.rulebook.codes, orders(told), file.request.on
    )
    found = [
        one
        for one in improvements(told, course)
        if one.parent == parent.person.id and one.state is not ImprovementState.WITHDRAWN
    ]
    return found[-1] if found else None


def _told(file: CaseFile, found: Sequence[Improvement]) -> str:
    return " ".join(
        f"{file.names.get(one.parent, 'The parent')}, from {long_date(one.first)} to {long_date(one.last)}: "
        f"{_state(one)}"
        for one in found
    )


def _state(one: Improvement) -> str:
    says = one.says or DECIDED_WORDS.get(one.state, one.state.value)
    if one.state in DECIDED_WORDS:
        says = f"{DECIDED_WORDS[one.state]}. {one.says}".strip()
    return says if says.endswith(".") else f"{says}."


def notice_possible(file: CaseFile, _: Requirement) -> Answered:
    """Another penalty notice is possible for each parent; where for some of them only, somebody looks at it."""
    parents = judged(file)
    if not parents:
        return missing(NO_PARENT, add_parent())
    answers = [(parent, _next(file, parent)) for parent in parents]
    entries = {entry.id: entry for entry in file.entries}
    by = of_entries(
        entries[notice.entry] for _, answer in answers for notice in answer.counted if notice.entry in entries
    )
    says = " ".join(f"{parent.person.formal_name}: {answer.says}" for parent, answer in answers)
    if all(answer.number for _, answer in answers):
        return met(says, by)
    instead = next(answer.instead for _, answer in answers if not answer.number)
    do = Do(DoAt.FORMAL, instead or "Ask the authority what else there is.", "notices")
    return check(says, do, by) if any(answer.number for _, answer in answers) else missing(says, do, by)


def _next(file: CaseFile, parent: ContactCard) -> NextNotice:
    formalities, told = file.rulebook.formalities, evidence(file)
    return next_notice(
        notices(told), file.pupil.id, parent.person.id, file.request.on, formalities.penalty,
        lacking=lacking(formalities, PENALTY_NOTICE, file.school.type), orders=orders(told),
    )  # fmt: skip


def power(file: CaseFile, requirement: Requirement) -> Answered:
    """The law gives a school of this type the measure."""
    key = requirement.params["power"]
    without = lacking(file.rulebook.formalities, key, file.school.type)
    if without is not None:
        return missing(f"A school of this type cannot use it. {without.instead}", Do(DoAt.FORMAL, without.instead))
    known = file.rulebook.formalities.power(key)
    return met(f"{known.title}: this school may use it." if known is not None else "Nothing keeps it from this school.")
