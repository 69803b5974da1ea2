"""The sheet of defences: each statutory defence, what the record shows that bears on it, and what was considered.

It decides nothing: whether a defence holds is for the authority and the court. Sources: Education Act 1996 sections 444
and 444ZA (the list is national data); the referral forms ask that each is considered before anything is laid.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.people import FlagKind, PatternKind
from desktop_app.domain.referrals import AGAINST, DEFENCE, FOR, WHAT, Defence
from desktop_app.domain.school import SchoolType
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.display import long_date
from desktop_app.rules.parts.record import said, standing
from desktop_app.rules.readiness.considered import key_of
from desktop_app.rules.session_lists import count_words

AREA = "area"
"""The detail of a barrier that says what it is about."""
ILL, LEAVE, RELIGION, TRAVEL, ELSEWHERE = ("I", "M"), ("C", "C1", "C2", "J1", "S"), ("R",), ("T",), ("K", "B")


@dataclass(frozen=True, slots=True)
class Weighed:
    """One defence: what the record shows of it (empty: nothing), and what was considered and written down."""

    defence: Defence
    shows: tuple[str, ...]
    considered: tuple[str, ...]


def weighed(file: CaseFile) -> tuple[Weighed, ...]:
    """Every defence, in the order of the national list."""
    return tuple(
        Weighed(one, tuple(SHOWS[one.key](file)) if one.key in SHOWS else (), _considered(file, one))
        for one in file.rulebook.defences
    )


def _considered(file: CaseFile, defence: Defence) -> tuple[str, ...]:
    """Each time this defence was considered: when, by whom, whether it may hold, and why; the latest last."""
    keys = {f"{DEFENCE}{defence.key}", defence.key}
    found = [one for one in standing(file, EntryKind.CONSIDERED) if key_of(one.details.get(WHAT, "")) in keys]
    return tuple(
        said(f"{long_date(one.happened_at.date())}, {one.author.name}: {_outcome(one)}", one.note) for one in found
    )


def _outcome(entry: Entry) -> str:
    return {FOR: "it may hold", AGAINST: "it does not hold"}.get(entry.outcome.casefold(), entry.outcome)


def _coded(file: CaseFile, codes: tuple[str, ...]) -> Iterator[str]:
    """How many sessions of the period have these codes."""
    figures = file.figures(file.request.first, file.request.last)
    by_code = {key: figures.codes[key] for key in codes if figures.codes.get(key)}
    if by_code:
        each = ", ".join(f"{number} {key}" for key, number in by_code.items())
        yield f"{count_words(sum(by_code.values()), 'session', 'sessions')} of the period ({each})."


def _dated(entries: tuple[Entry, ...], label: str) -> Iterator[str]:
    for entry in entries:
        yield said(f"{label}, {long_date(entry.happened_at.date())}: {entry.outcome}", entry.note)


def _illness(file: CaseFile) -> Iterator[str]:
    yield from _coded(file, ILL)
    yield from _coded_as_suspended(file)
    for flag in file.flags:
        if flag.kind is FlagKind.MEDICAL and flag.holds(file.request.on):
            yield said(f"A medical condition is on record since {long_date(flag.first)}", flag.value)
    for kind in (EntryKind.MEDICAL_EVIDENCE, EntryKind.HEALTH_PLAN, EntryKind.ILLNESS_DOUBTED):
        yield from _dated(standing(file, kind), kind.label)


def _coded_as_suspended(file: CaseFile) -> Iterator[str]:
    number = file.figures(file.request.first, file.request.last).codes.get("E", 0)
    if number:
        yield f"Suspended or excluded for {count_words(number, 'session', 'sessions')} of the period (E)."


def _leave(file: CaseFile) -> Iterator[str]:
    yield from _coded(file, LEAVE)
    yield from _dated(standing(file, EntryKind.LEAVE_REQUEST), EntryKind.LEAVE_REQUEST.label)
    yield from _dated(standing(file, EntryKind.LEAVE_DECISION), EntryKind.LEAVE_DECISION.label)


def _religion(file: CaseFile) -> Iterator[str]:
    yield from _coded(file, RELIGION)


def _transport(file: CaseFile) -> Iterator[str]:
    named = (one for one in standing(file, EntryKind.BARRIER) if one.details.get(AREA) == "transport")
    yield from _dated(tuple(named), EntryKind.BARRIER.label)
    offered = (
        one for one in standing(file, EntryKind.SUPPORT) if "transport" in one.details.get("what", "").casefold()
    )
    yield from _dated(tuple(offered), EntryKind.SUPPORT.label)


def _distance(file: CaseFile) -> Iterator[str]:
    independent = file.school.type is SchoolType.INDEPENDENT
    yield "This school is independent." if independent else "This school is not independent."


def _travelling(file: CaseFile) -> Iterator[str]:
    yield from _coded(file, TRAVEL)


def _elsewhere(file: CaseFile) -> Iterator[str]:
    yield from _coded(file, ELSEWHERE)
    places = [
        one
        for one in file.patterns
        if one.kind == PatternKind.ALTERNATIVE
        and one.first <= file.request.last
        and (one.last is None or one.last >= file.request.first)
    ]
    for one in places:
        yield f"Alternative provision at {one.provider or 'a place not named'} from {long_date(one.first)}."
    if not places:
        yield "No alternative provision is on record in the period."


def _justification(file: CaseFile) -> Iterator[str]:
    for kind in (EntryKind.VIEWS, EntryKind.BARRIER):
        of_parents = tuple(one for one in standing(file, kind) if one.details.get("voice") == "parent" or one.persons)
        yield from _dated(of_parents, kind.label)


SHOWS: Mapping[str, Callable[[CaseFile], Iterator[str]]] = {
    "illness": _illness,
    "leave": _leave,
    "religion": _religion,
    "transport": _transport,
    "distance": _distance,
    "travelling": _travelling,
    "elsewhere-education": _elsewhere,
    "elsewhere-notice": _elsewhere,
    "justification": _justification,
}
"""What the record shows of each defence, by its key."""
