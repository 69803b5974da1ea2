"""What a rule of readiness answers, and what all of them ask of a case."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from desktop_app.domain.bundle import Do, DoAt, Readiness, Relied
from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.marks import Mark
from desktop_app.domain.referrals import Requirement
from desktop_app.domain.sessions import Session, school_year_start
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.chronology import sealed
from desktop_app.rules.contacts import ContactCard
from desktop_app.rules.display import date_year, long_date
from desktop_app.rules.improvement import taken_back

NO_PARENT = "No parent is recorded."
LONGEST = 120
"""The most characters of an outcome that a line of what is relied on repeats."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What a rule found, a sentence that says it, what it rests on, and what to do where it is not met."""

    state: Readiness
    says: str
    by: tuple[Relied, ...] = ()
    do: Do | None = None


Rule = Callable[[CaseFile, Requirement], Answered]


def met(says: str, by: Iterable[Relied] = ()) -> Answered:
    """It is there."""
    return Answered(Readiness.MET, says, tuple(by))


def check(says: str, do: Do, by: Iterable[Relied] = ()) -> Answered:
    """It is there, but a person should look at it first."""
    return Answered(Readiness.CHECK, says, tuple(by), do)


def missing(says: str, do: Do, by: Iterable[Relied] = ()) -> Answered:
    """It is not there."""
    return Answered(Readiness.MISSING, says, tuple(by), do)


def of_entry(entry: Entry) -> Relied:
    """An entry as something a line rests on."""
    outcome = " ".join(entry.outcome.split())
    if len(outcome) > LONGEST:
        outcome = f"{outcome[:LONGEST].rstrip()}…"
    return Relied(f"{entry.kind.label}, {long_date(entry.happened_at.date())}: {outcome}", entry=entry.id)


def of_entries(entries: Iterable[Entry]) -> tuple[Relied, ...]:
    """Entries, each once, as what a line rests on."""
    return tuple(map(of_entry, {one.id: one for one in entries}.values()))


def of_mark(mark: Mark) -> Relied:
    """A marked session as something a line rests on."""
    return of_session(Session(mark.day, mark.half), mark.code)


def of_session(session: Session, code: str = "") -> Relied:
    """A session, with the code that stands there or without a mark."""
    return Relied(f"{date_year(session.day)} {session.half.value}: {code or 'no mark'}", session=session)


def evidence(file: CaseFile) -> list[Entry]:
    """The entries that may be relied on: up to the day, neither sealed nor withdrawn, no Notice to Improve that was
    taken back, in order."""
    by_id = {entry.id: entry for entry in file.entries}
    known = [one for one in file.entries if one.withdrawn is None and one.happened_at.date() <= file.request.on]
    void = taken_back(known)
    return [one for one in known if one.id not in void and not sealed(one, by_id)]


def since(file: CaseFile) -> date:
    """The first day of what counts as done for this referral: the school year of its day, or of its period."""
    return min(school_year_start(file.request.on), file.request.first)


def lately(file: CaseFile, *kinds: str) -> list[Entry]:
    """The entries of these kinds that may be relied on and are not of an earlier school year, the oldest first."""
    first = since(file)
    found = [entry for entry in evidence(file) if entry.kind.value in kinds and entry.happened_at.date() >= first]
    return sorted(found, key=lambda entry: (entry.happened_at, entry.id))


def judged(file: CaseFile) -> tuple[ContactCard, ...]:
    """The parents of whom a line that asks about each of them asks: the one whose bundle it is, or all."""
    return (file.parent,) if file.parent is not None else file.parents


def at_register(session: Session, says: str) -> Do:
    """To the register of a session."""
    return Do(DoAt.REGISTER, says, f"{session.day.isoformat()} {session.half.value}")


def add_parent() -> Do:
    """To the people of the child, where no parent is known."""
    return Do(DoAt.PERSON, "Add each parent to the child’s contacts.")


PLACES = {
    EntryKind.LETTER: (DoAt.LETTER, ""),
    EntryKind.WARNING: (DoAt.LETTER, "warning"),
    EntryKind.CONTRACT: (DoAt.FORMAL, "contract"),
    EntryKind.CONTRACT_CHECK: (DoAt.FORMAL, "contract"),
    EntryKind.CONTRACT_BROKEN: (DoAt.FORMAL, "contract"),
    EntryKind.NOTICE_TO_IMPROVE: (DoAt.FORMAL, "improvement"),
    EntryKind.IMPROVEMENT: (DoAt.FORMAL, "improvement"),
    EntryKind.PENALTY_NOTICE: (DoAt.FORMAL, "notices"),
    EntryKind.SUPERVISION_ORDER: (DoAt.FORMAL, "court"),
    EntryKind.LA_REFERRAL: (DoAt.FORMAL, "court"),
    EntryKind.PROSECUTION: (DoAt.FORMAL, "court"),
    EntryKind.LEAVE_REQUEST: (DoAt.LEAVE, ""),
    EntryKind.LEAVE_DECISION: (DoAt.LEAVE, ""),
    EntryKind.CASE_OPENED: (DoAt.CASE, "open"),
    EntryKind.CASE_MOVED: (DoAt.CASE, "move"),
    EntryKind.REVIEW: (DoAt.CASE, "review"),
    EntryKind.BARRIER: (DoAt.CASE, "say"),
    EntryKind.STRENGTH: (DoAt.CASE, "say"),
}
"""Where the kinds are written that nobody logs by hand."""


def where_written(kind: EntryKind, says: str) -> Do:
    """Where an entry of a kind is written: by the deed that does the thing, else in the log."""
    at, about = PLACES.get(kind, (DoAt.LOG, kind.value))
    return Do(at, says, about)
