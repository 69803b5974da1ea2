"""What an authority looks for in a referral, decided from the facts of a case.

A pack names a rule by its key and gives it settings; each rule says whether the thing is there, and if not, what is
lacking. Nothing here is printed: the maker reads it before the bundle is made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from desktop_app.domain.bundle import Finding, Readiness
from desktop_app.domain.codes import Counts
from desktop_app.domain.entries import Entry
from desktop_app.domain.people import Answer
from desktop_app.domain.referrals import Requirement
from desktop_app.domain.sessions import Session, school_year_start
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.certificate import why_not_drawn
from desktop_app.rules.chronology import sealed
from desktop_app.rules.display import NO_FIGURE, long_date, percent
from desktop_app.rules.session_lists import count_words, sessions_list
from desktop_app.rules.unauthorised import offences

SESSIONS = "10"
WEEKS = "10"
MONTHS = "6"


@dataclass(frozen=True, slots=True)
class Answered:
    """What a rule found, and a sentence that says it."""

    state: Readiness
    says: str


@dataclass(frozen=True, slots=True)
class Window:
    """The unauthorised sessions of some school weeks: `first` to `last` inclusive, by code. `provisional` are N.

    Of the `weeks` asked for the calendar has `found`; where it has none, `first` is `last`."""

    first: date
    last: date
    weeks: int
    found: int
    codes: Mapping[str, int]
    provisional: int

    @property
    def total(self) -> int:
        """Unauthorised sessions of every code, N among them."""
        return sum(self.codes.values())

    @property
    def shortfall(self) -> str:
        """What the calendar lacks of the weeks, in words; empty where it has them all."""
        if not self.found:
            return f"No school week lies in the calendar up to {long_date(self.last)}"
        if self.found < self.weeks:
            return f"only {count_words(self.found, 'school week lies', 'school weeks lie')} in the calendar up to then"
        return ""


def unauthorised_window(file: CaseFile, weeks: int) -> Window:
    """The unauthorised sessions in the school week of the day and the school weeks before it, `weeks` in all.

    Source: "Working together to improve school attendance", the national framework for penalty notices: ten school
    weeks, any week with a session being one; N counts until it is settled. Sessions outside compulsory school age
    cannot be an offence and do not count.
    """
    mondays = file.calendar.school_weeks(file.request.on, weeks)
    first = mondays[0] if mondays else file.request.on
    unauthorised = {key for key, code in file.rulebook.codes.items() if code.counts is Counts.UNAUTHORISED}
    marks = offences(file.counted(first, file.request.on), unauthorised, file.pupil.date_of_birth)
    codes = dict(Counter(mark.code for mark in marks))
    provisional = sum(number for key, number in codes.items() if file.rulebook.codes[key].provisional)
    return Window(first, file.request.on, weeks, len(mondays), codes, provisional)


def window_weeks(file: CaseFile) -> int:
    """How many school weeks the referral's own window has; ten, the national one, where it asks for none."""
    asked = (r for r in file.referral.requirements if r.rule == "unauthorised-in-weeks")
    return next((int(requirement.params.get("weeks", WEEKS)) for requirement in asked), int(WEEKS))


def finding(file: CaseFile, requirement: Requirement) -> Finding:
    """What was found of one requirement. Raises `KeyError` for a rule this program does not know."""
    answered = RULES[requirement.rule](file, requirement)
    says = answered.says
    if answered.state is not Readiness.MET:
        says = f"{requirement.why} {says}".strip()
    return Finding(requirement.key, requirement.title, requirement.part, answered.state, says, requirement.source)


def _met(says: str) -> Answered:
    return Answered(Readiness.MET, says)


def _missing(says: str) -> Answered:
    return Answered(Readiness.MISSING, says)


def _no_n_or_gaps(file: CaseFile, _: Requirement) -> Answered:
    first, last = file.request.first, file.request.last
    codes = file.rulebook.codes
    open_marks = [Session(m.day, m.half) for m in file.counted(first, last) if codes[m.code].provisional]
    gaps = file.gaps(first, last)
    said = [f"Still N: {sessions_list(open_marks)}."] if open_marks else []
    if gaps:
        said.append(f"No mark: {sessions_list(gaps)}.")
    return _missing(" ".join(said)) if said else _met("Every session of the period has its mark and no N is left.")


def _unauthorised_in_weeks(file: CaseFile, requirement: Requirement) -> Answered:
    needed = int(requirement.params.get("sessions", SESSIONS))
    window = unauthorised_window(file, int(requirement.params.get("weeks", WEEKS)))
    if not window.found:
        return _missing(f"{window.shortfall}; {needed} unauthorised sessions are asked for.")
    by_code = ", ".join(f"{number} {key}" for key, number in sorted(window.codes.items()))
    says = (
        f"{count_words(window.total, 'unauthorised session', 'unauthorised sessions')}"
        f"{f' ({by_code})' if by_code else ''} in the {window.weeks} school weeks from {long_date(window.first)}"
        f" to {long_date(window.last)}{f' ({window.shortfall})' if window.shortfall else ''}; {needed} are asked for."
    )
    if window.total < needed:
        return _missing(says)
    if window.total - window.provisional < needed:
        return Answered(Readiness.CHECK, f"{says} {window.provisional} of them N, provisional.")
    return _met(says)


def _entry_of_kind(file: CaseFile, requirement: Requirement) -> Answered:
    kinds = {kind.strip() for kind in requirement.params["kinds"].split(",")}
    since = min(school_year_start(file.request.on), file.request.first)
    found = [entry for entry in evidence(file) if entry.kind.value in kinds and entry.happened_at.date() >= since]
    if requirement.params.get("each-parent", "").casefold() in ("true", "yes", "1"):
        return _each_parent(file, found)
    if not found:
        return _missing(f"Nothing of the kind is recorded since {long_date(since)}.")
    latest = found[-1]
    return _met(f"{latest.kind.label}, {long_date(latest.happened_at.date())}: {latest.outcome}")


def _each_parent(file: CaseFile, found: list[Entry]) -> Answered:
    if not file.parents:
        return _missing("No parent is recorded.")
    latest = {relative.person.id: _latest_with(found, relative.person.id) for relative in file.parents}
    without = [relative.person.formal_name for relative in file.parents if latest[relative.person.id] is None]
    if without:
        return _missing(f"None is recorded with {' or '.join(without)}.")
    said = [
        f"{relative.person.formal_name} {long_date(entry.happened_at.date())}"
        for relative in file.parents
        if (entry := latest[relative.person.id]) is not None
    ]
    return _met(f"{', '.join(said)}.")


def _latest_with(found: list[Entry], person: int) -> Entry | None:
    return next((entry for entry in reversed(found) if person in entry.persons), None)


def _responsibility_known(file: CaseFile, _: Requirement) -> Answered:
    if not file.parents:
        return _missing("No parent is recorded.")
    unknown = [one.person.formal_name for one in file.parents if one.tie.responsibility is Answer.UNKNOWN]
    if unknown:
        return _missing(f"Not known: {', '.join(unknown)}.")
    return _met("It is known of each parent.")


def _contacts_checked(file: CaseFile, requirement: Requirement) -> Answered:
    months = int(requirement.params.get("months", MONTHS))
    since = months_before(file.request.on, months)
    if not file.parents:
        return _missing("No parent is recorded.")
    stale: list[str] = []
    for relative in file.parents:
        checked = max((channel.checked for channel in relative.channels if channel.checked), default=None)
        if checked is None:
            stale.append(f"{relative.person.formal_name}: never recorded as checked")
        elif checked < since:
            stale.append(f"{relative.person.formal_name}: last checked {long_date(checked)}")
    if stale:
        return Answered(Readiness.CHECK, f"{'; '.join(stale)}.")
    return _met(f"Each parent’s details were checked since {long_date(since)}.")


def _certificate_possible(file: CaseFile, _: Requirement) -> Answered:
    why = why_not_drawn(file)
    return _missing(why) if why else _met("Every session it covers has a settled mark.")


def _attendance_below(file: CaseFile, requirement: Requirement) -> Answered:
    limit = Fraction(requirement.params["percent"])
    attendance = file.figures(file.request.first, file.request.last).attendance
    says = f"{NO_FIGURE if attendance is None else percent(attendance)} in the period."
    says = says[0].upper() + says[1:]
    return _met(says) if attendance is not None and attendance < limit else _missing(says)


def evidence(file: CaseFile) -> list[Entry]:
    """The entries that may be relied on: up to the day, neither sealed nor withdrawn, in order."""
    by_id = {entry.id: entry for entry in file.entries}
    return [
        entry
        for entry in file.entries
        if entry.withdrawn is None and entry.happened_at.date() <= file.request.on and not sealed(entry, by_id)
    ]


def months_before(day: date, months: int) -> date:
    """The same day some months earlier; the last of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for of_month in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, of_month)
        except ValueError:
            continue
    raise ValueError(day)


RULES: Mapping[str, Callable[[CaseFile, Requirement], Answered]] = {
    "no-n-or-gaps": _no_n_or_gaps,
    "unauthorised-in-weeks": _unauthorised_in_weeks,
    "entry-of-kind": _entry_of_kind,
    "responsibility-known": _responsibility_known,
    "contacts-checked": _contacts_checked,
    "certificate-possible": _certificate_possible,
    "attendance-below": _attendance_below,
}
"""Every rule a pack may name."""
