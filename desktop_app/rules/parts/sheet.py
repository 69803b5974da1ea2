"""What the authority’s own sheet says beyond the figures: why it is referred, notices there were before, brothers and
sisters, exclusions, health, agencies, and what the school considered. Nothing of it is for a court.

Sources: practice, point 28 (the authority’s sheet carries earlier notices, since the authority counts them, and
brothers and sisters where its pack asks for them); the authorities’ referral forms (one reason only; agencies with the
named officer; exclusions; medical).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from desktop_app.domain.codes import Counts
from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.notices import Notice, NoticeScheme, NoticeState
from desktop_app.domain.referrals import DEFENCE, HOLIDAY, WHAT, Disclosure, Profile
from desktop_app.domain.sessions import school_year_start
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.chronology import UNNAMED
from desktop_app.rules.display import long_date
from desktop_app.rules.notices import LA_DECIDES, notices
from desktop_app.rules.parts.other_schools import brothers_elsewhere
from desktop_app.rules.parts.record import begun, day_of, said, standing
from desktop_app.rules.readiness.considered import key_of
from desktop_app.rules.session_lists import count_words

SUSPENDED = "E"
CAUSES = {"G": "Holiday in term time without leave", "U": "Late after the register had closed"}
BY_PROFILE = {
    Profile.PENALTY_HOLIDAY: "Holiday in term time without leave",
    Profile.MISSING: "The child’s whereabouts, or the reason for the absence, is not known",
    Profile.NEGLECT: "Neglect of the child’s education",
}
FORMAL = (EntryKind.NOTICE_TO_IMPROVE, EntryKind.SUPERVISION_ORDER, EntryKind.PROSECUTION, EntryKind.ORDER)
STATES = {
    NoticeState.ASKED: "asked for",
    NoticeState.UNPAID: "issued, not paid",
    NoticeState.PROSECUTED: "not paid, prosecuted",
    NoticeState.DECIDED_AGAINST: "considered, not asked for",
}


@dataclass(frozen=True, slots=True)
class Earlier:
    """A notice or a step before a court of before: what, to whom, on which day, and how it stands."""

    what: str
    whom: str
    day: date
    stands: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rest of the sheet: label and value of each line, the earlier notices with what is said of their count, and
    what was considered."""

    reason: str
    lines: tuple[tuple[str, str], ...]
    earlier: tuple[Earlier, ...]
    count_says: str
    considered: tuple[tuple[str, str], ...]


def sheet(file: CaseFile) -> Sheet | None:
    """The rest of the sheet; None for a court."""
    if file.referral.disclosure is Disclosure.COURT:
        return None
    earlier = sorted([*_penalties(file), *_formal(file)], key=lambda one: one.day)
    return Sheet(
        reason=_reason(file),
        lines=tuple(_lines(file)),
        earlier=tuple(earlier),
        count_says=LA_DECIDES,
        considered=tuple(_considered(file)),
    )


def _reason(file: CaseFile) -> str:
    """The one reason: what the profile is for, else the cause of more than half of the unauthorised sessions."""
    if file.referral.profile in BY_PROFILE:
        return BY_PROFILE[file.referral.profile]
    codes = file.figures(file.request.first, file.request.last).codes
    unauthorised = {
        key: number for key, number in codes.items() if file.rulebook.codes[key].counts is Counts.UNAUTHORISED
    }
    total = sum(unauthorised.values())
    if not total:
        return "Attendance; no absence of the period is unauthorised"
    most = (cause for key, cause in CAUSES.items() if 2 * unauthorised.get(key, 0) > total)
    return next(most, "Unauthorised absence")


def _lines(file: CaseFile) -> Iterator[tuple[str, str]]:
    if file.referral.has("siblings"):
        yield "Brothers and sisters", "\n".join(_siblings(file)) or "none recorded"
    yield "Suspensions and exclusions", _suspended(file)
    yield "Health", "\n".join(_health(file)) or "nothing recorded"
    yield "Agencies and named officers", "\n".join(_agencies(file)) or "none recorded"


def _siblings(file: CaseFile) -> Iterator[str]:
    for one in file.siblings:
        yield f"{one.pupil.legal_name}, born {long_date(one.pupil.date_of_birth)}, {file.school.name}"
    for other in brothers_elsewhere(file):
        yield ", ".join(filter(None, (other.child or "name not recorded", other.school)))


def _suspended(file: CaseFile) -> str:
    first = school_year_start(file.request.on)
    number = file.figures(first, file.request.on).codes.get(SUSPENDED, 0)
    if not number:
        return "no session this school year"
    return f"{count_words(number, 'session', 'sessions')} this school year (E)"


def _health(file: CaseFile) -> Iterator[str]:
    for kind in (EntryKind.HEALTH_PLAN, EntryKind.MEDICAL_EVIDENCE, EntryKind.ILLNESS_DOUBTED):
        found = standing(file, kind)
        if found:
            last = found[-1]
            about = last.details.get("condition") or last.details.get(WHAT) or last.details.get("why", "")
            what = f": {about}" if about else ""
            yield f"{kind.label}{what} ({last.outcome.lower()}, {long_date(last.happened_at.date())})"


def _agencies(file: CaseFile) -> Iterator[str]:
    latest: dict[str, Entry] = {}
    for entry in standing(file, EntryKind.AGENCY_REFERRAL):
        latest[" ".join(entry.details.get("agency", "").casefold().split())] = entry
    for entry in latest.values():
        reference = entry.details.get("reference", "")
        words = (entry.outcome.lower(), long_date(entry.happened_at.date()), reference and f"reference {reference}")
        yield f"{entry.details.get('agency', 'not named')}: {', '.join(filter(None, words))}"
    leads = [one.details["lead"] for one in standing(file, EntryKind.EARLY_HELP) if one.details.get("lead")]
    if leads:
        yield f"Early Help, lead professional: {leads[-1]}"


def _penalties(file: CaseFile) -> Iterator[Earlier]:
    for one in notices(standing(file, EntryKind.PENALTY_NOTICE)):
        public = " (public place)" if one.scheme is NoticeScheme.PUBLIC_PLACE else ""
        elsewhere = ", known from another school" if one.elsewhere else ""
        what = f"{EntryKind.PENALTY_NOTICE.label}{public}{elsewhere}"
        yield Earlier(what, file.names.get(one.parent, UNNAMED), one.issued or one.said, _state(one))


def _state(one: Notice) -> str:
    paid = f"paid on {long_date(one.paid)}" if one.paid else ""
    words = paid or STATES.get(one.state, one.state.value.replace("-", " "))
    return ", ".join(filter(None, (words, one.reference and f"reference {one.reference}")))


def _formal(file: CaseFile) -> Iterator[Earlier]:
    """Notices to Improve, orders and prosecutions, each at its last word."""
    last: dict[int, Entry] = {}
    entries = standing(file, *FORMAL, EntryKind.IMPROVEMENT)
    first = {entry.id: entry for entry in entries if entry.adds_to is None}
    for entry in entries:
        root = entry.adds_to if entry.adds_to in first else entry.id
        if root in first:
            last[root] = entry
    for root, entry in last.items():
        begins = first[root]
        whom = ", ".join(file.names.get(person, UNNAMED) for person in begins.persons)
        ends = day_of(begins, "last") if begins.kind is EntryKind.NOTICE_TO_IMPROVE else None
        until = f"until {long_date(ends)}" if ends and entry is begins else ""
        stands = ", ".join(filter(None, (entry.outcome.lower(), until)))
        yield Earlier(begins.kind.label, whom, begins.happened_at.date(), stands)


def _considered(file: CaseFile) -> Iterator[tuple[str, str]]:
    """What was considered, by the titles of the pack; the defences have a sheet of their own."""
    titles = {one.params["what"]: one.title for one in file.referral.requirements if "what" in one.params}
    latest: dict[str, Entry] = {}
    for entry in standing(file, EntryKind.CONSIDERED):
        latest[key_of(entry.details.get(WHAT, ""))] = entry
    defences = {one.key for one in file.rulebook.defences} - titles.keys()
    for key, entry in latest.items():
        if key and key not in defences and not key.startswith((DEFENCE, HOLIDAY)):
            when = long_date(entry.happened_at.date())
            yield titles.get(key, begun(entry.details[WHAT])), said(begun(f"{entry.outcome}, {when}"), entry.note)
