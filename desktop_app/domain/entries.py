"""Entries: what was done about a pupil's attendance, with whom, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from desktop_app.domain.staff import Author


class EntryKind(StrEnum):
    """The kinds of entry that have a form in this version; others arrive as data."""

    PHONE_CALL = "phone-call"
    TEXT = "text"
    EMAIL = "email"
    LETTER = "letter"
    MEETING = "meeting"
    HOME_VISIT = "home-visit"
    CASE_OPENED = "case-opened"
    NOTE = "note"
    ADMISSION = "admission"
    DELETION = "deletion"
    SIGNED_OUT = "signed-out"
    SIGNED_IN = "signed-in"
    PAPER_REGISTER = "paper-register"
    WEEK_CLOSED = "week-closed"
    TOLD = "told"
    ESCALATION = "escalation"
    REVIEW = "review"
    ARRIVAL = "arrival"
    SEEN_TO = "seen-to"
    DECISION = "decision"
    TARGET = "target"
    SUPPORT = "support"
    AGENCY_REFERRAL = "agency-referral"
    EARLY_HELP = "early-help"
    ASSESSMENT = "assessment"
    SUPPORT_PLAN = "support-plan"
    HEALTH_PLAN = "health-plan"
    RETURN_PLAN = "return-plan"
    VIEWS = "views"
    BARRIER = "barrier"
    STRENGTH = "strength"
    MEDICAL_EVIDENCE = "medical-evidence"
    ILLNESS_DOUBTED = "illness-doubted"
    WARNING = "warning"
    CONTRACT = "contract"
    CONTRACT_CHECK = "contract-check"
    CONTRACT_BROKEN = "contract-broken"
    NOTICE_TO_IMPROVE = "notice-to-improve"
    IMPROVEMENT = "improvement"
    PENALTY_NOTICE = "penalty-notice"
    CONSIDERED = "considered"
    LEAVE_REQUEST = "leave-request"
    LEAVE_DECISION = "leave-decision"
    LA_REFERRAL = "la-referral"
    LA_QUESTION = "la-question"
    UNDER_CAUTION = "under-caution"
    ORDER = "order"
    SUPERVISION_ORDER = "supervision-order"
    PROSECUTION = "prosecution"
    OTHER_SCHOOL = "other-school"
    CASE_MOVED = "case-moved"
    CASE_LED = "case-led"
    CASE_PAUSED = "case-paused"
    CASE_RESUMED = "case-resumed"
    CASE_CLOSED = "case-closed"
    TEMPLATE = "template"
    PACK = "pack"
    BUNDLE = "bundle"
    SIGNED = "signed"
    SCHOOL = "school"
    """Of the school itself, about no pupil: see `domain/school_log.py`."""
    IMPORT = "import"
    """A file that was brought in, about no pupil: see `actions/import_log.py`."""
    RETURN = "return"
    """A return to an authority that was made, about no pupil; or, added to it, that it was sent."""

    @property
    def label(self) -> str:
        """The kind in words, as lists and documents show it."""
        return LABELS[self]


LABELS: Mapping[EntryKind, str] = {
    EntryKind.PHONE_CALL: "Phone call",
    EntryKind.TEXT: "Text message",
    EntryKind.EMAIL: "E-mail",
    EntryKind.LETTER: "Letter",
    EntryKind.MEETING: "Meeting",
    EntryKind.HOME_VISIT: "Home visit",
    EntryKind.CASE_OPENED: "Case opened",
    EntryKind.NOTE: "Note added",
    EntryKind.ADMISSION: "Admitted",
    EntryKind.DELETION: "Left the roll",
    EntryKind.SIGNED_OUT: "Signed out",
    EntryKind.SIGNED_IN: "Signed in again",
    EntryKind.PAPER_REGISTER: "Register on paper",
    EntryKind.WEEK_CLOSED: "Week closed",
    EntryKind.TOLD: "Somebody told",
    EntryKind.ESCALATION: "Absence escalated",
    EntryKind.REVIEW: "Review held",
    EntryKind.ARRIVAL: "Arrival checked",
    EntryKind.SEEN_TO: "Seen to",
    EntryKind.DECISION: "Decided",
    EntryKind.TARGET: "Target set",
    EntryKind.SUPPORT: "Support",
    EntryKind.AGENCY_REFERRAL: "Referral to an agency",
    EntryKind.EARLY_HELP: "Early Help Assessment",
    EntryKind.ASSESSMENT: "Assessment",
    EntryKind.SUPPORT_PLAN: "Plan agreed",
    EntryKind.HEALTH_PLAN: "Healthcare plan",
    EntryKind.RETURN_PLAN: "Reintegration plan",
    EntryKind.VIEWS: "What was said of it",
    EntryKind.BARRIER: "Barrier named",
    EntryKind.STRENGTH: "Strength named",
    EntryKind.MEDICAL_EVIDENCE: "Medical evidence seen",
    EntryKind.ILLNESS_DOUBTED: "Illness doubted",
    EntryKind.WARNING: "Warning given",
    EntryKind.CONTRACT: "Attendance contract",
    EntryKind.CONTRACT_CHECK: "Contract checked",
    EntryKind.CONTRACT_BROKEN: "Contract broken",
    EntryKind.NOTICE_TO_IMPROVE: "Notice to Improve",
    EntryKind.IMPROVEMENT: "Notice to Improve decided",
    EntryKind.PENALTY_NOTICE: "Penalty notice",
    EntryKind.CONSIDERED: "Considered",
    EntryKind.LEAVE_REQUEST: "Leave asked for",
    EntryKind.LEAVE_DECISION: "Leave decided",
    EntryKind.LA_REFERRAL: "Referral to the authority",
    EntryKind.LA_QUESTION: "The authority asked",
    EntryKind.UNDER_CAUTION: "Interview under caution",
    EntryKind.ORDER: "Order or fine made",
    EntryKind.SUPERVISION_ORDER: "Education supervision order",
    EntryKind.PROSECUTION: "Prosecution",
    EntryKind.OTHER_SCHOOL: "Another school",
    EntryKind.CASE_MOVED: "Case moved",
    EntryKind.CASE_LED: "Case led by",
    EntryKind.CASE_PAUSED: "Case paused",
    EntryKind.CASE_RESUMED: "Case taken up again",
    EntryKind.CASE_CLOSED: "Case closed",
    EntryKind.TEMPLATE: "Letter template",
    EntryKind.PACK: "Authority pack",
    EntryKind.BUNDLE: "Bundle made",
    EntryKind.SIGNED: "Signed",
    EntryKind.SCHOOL: "The school’s own log",
    EntryKind.IMPORT: "File brought in",
    EntryKind.RETURN: "Return to the authority",
}

LOGGED_KINDS = (
    EntryKind.PHONE_CALL,
    EntryKind.TEXT,
    EntryKind.EMAIL,
    EntryKind.LETTER,
    EntryKind.MEETING,
    EntryKind.HOME_VISIT,
)
"""The kinds a person logs by hand, in the order of the form."""
REPORTED = "reported"
"""In the details of a message: the halves of the day it said would be missed."""


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """An entry taken back: it stays readable, with why, by whom and when (UTC)."""

    entry: int
    reason: str
    author: Author
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file kept with an entry."""

    id: int
    entry: int
    shown_name: str
    media_type: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry about to be recorded. `happened_at` is naive school local time; `persons` empty: nobody was reached.

    `adds_to` names the entry this one adds to; `details` holds what the kind asks beyond outcome and note.
    """

    kind: EntryKind
    happened_at: datetime
    pupils: tuple[int, ...]
    outcome: str
    persons: tuple[int, ...] = ()
    note: str = ""
    details: Mapping[str, str] = field(default_factory=dict[str, str])
    restricted: bool = False
    adds_to: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the chronology, as recorded; never edited, only added to or withdrawn."""

    id: int
    kind: EntryKind
    happened_at: datetime
    recorded_at: datetime
    author: Author
    pupils: tuple[int, ...]
    persons: tuple[int, ...]
    outcome: str
    note: str
    details: Mapping[str, str]
    restricted: bool
    adds_to: int | None
    withdrawn: Withdrawal | None


@dataclass(frozen=True, slots=True)
class Task:
    """What is due, by when, and who owns it. `closed_by` is the entry that closed it."""

    id: int
    pupil: int
    kind: str
    due: date
    owner: int | None
    text: str
    closed_by: int | None = None


@dataclass(frozen=True, slots=True)
class Issue:
    """A document that was issued: what it was, of whom, as at when, and the SHA-256 of its bytes."""

    id: int
    reference: str
    kind: str
    pupil: int
    as_at: datetime
    sha256: str
    pages: int
    pack: str
    pack_version: str
    chain_head: str
