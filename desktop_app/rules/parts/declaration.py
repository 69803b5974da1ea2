"""The headteacher’s declaration: what a headteacher says of a request, crossed where the record shows it.

What the record does not show stays blank, for the headteacher to cross or to strike out; nothing is claimed for them.
Sources: the authorities’ request forms (reasons considered, recorded as unauthorised, parent aware, support offered or
not right, policy published and naming penalty notices, Equality Act considered, willing to give evidence).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.ledger import Came
from desktop_app.domain.referrals import EQUALITY, WHAT, Profile
from desktop_app.domain.school_log import SchoolLine
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.display import long_date
from desktop_app.rules.improvement import taken_back
from desktop_app.rules.ledger import came_of
from desktop_app.rules.parts.policy import policies, published, speaks_of_notices
from desktop_app.rules.parts.record import standing
from desktop_app.rules.parts.support import support
from desktop_app.rules.session_lists import count_words

TOLD = (
    EntryKind.WARNING, EntryKind.NOTICE_TO_IMPROVE, EntryKind.LETTER, EntryKind.EMAIL, EntryKind.MEETING,
    EntryKind.LEAVE_DECISION, EntryKind.PHONE_CALL, EntryKind.HOME_VISIT,
)  # fmt: skip
"""By what a parent is made aware, the surest first."""
MOST = 4
"""So many things that were offered are named."""
NOTHING_AGAINST = "no reason not to proceed"
NOT_HEARD = (Came.MISSED, Came.CAME_BACK, Came.DECLINED)


@dataclass(frozen=True, slots=True)
class Declared:
    """One line of the declaration. `crossed`: the record shows it, and `shows` says where; where it is not crossed,
    `shows` says what there is of it, or nothing."""

    says: str
    crossed: bool
    shows: str = ""


def declaration(file: CaseFile) -> tuple[Declared, ...]:
    """Every line, in the order of the forms."""
    return tuple(line(file) for line in LINES)


def _reasons(file: CaseFile) -> Declared:
    figures = file.figures(file.request.first, file.request.last)
    provisional = sum(n for key, n in figures.codes.items() if file.rulebook.codes[key].provisional)
    settled = figures.possible > 0 and not provisional and not figures.unmarked
    shows = "Every session of the period has a settled mark; none is N." if settled else ""
    return Declared("The reason given for each absence, or that none was given, was considered.", settled, shows)


def _recorded(file: CaseFile) -> Declared:
    number = file.figures(file.request.first, file.request.last).unauthorised
    sessions = count_words(number, "session is", "sessions are")
    shows = f"{sessions} recorded as unauthorised in the period." if number else ""
    return Declared("The absences relied on are recorded in the register as unauthorised.", bool(number), shows)


def _aware(file: CaseFile) -> Declared:
    says = "The parent is aware of the absences, and that they are unauthorised."
    whom = [file.parent] if file.parent is not None else list(file.parents)
    told = [(one.person.formal_name, _told(file, one.person.id)) for one in whom]
    known = [(name, entry) for name, entry in told if entry is not None]
    shows = "; ".join(
        f"{name}: {entry.kind.label.lower()} of {long_date(entry.happened_at.date())}" for name, entry in known
    )
    return Declared(says, bool(told) and len(known) == len(told), f"{shows}." if shows else "")


def _told(file: CaseFile, person: int) -> Entry | None:
    """The surest thing by which a parent was told, the latest of it, since the period began."""
    since, void = file.request.first, taken_back(standing(file, EntryKind.IMPROVEMENT))
    for kind in TOLD:
        found = [
            one
            for one in standing(file, kind)
            if one.id not in void
            and person in one.persons
            and one.happened_at.date() >= since
            and came_of(one.outcome) not in NOT_HEARD
        ]
        if found:
            return found[-1]
    return None


def _nothing_against(file: CaseFile) -> Declared:
    asked = [one for one in standing(file, EntryKind.LA_QUESTION) if one.outcome.casefold() == NOTHING_AGAINST]
    shows = f"So answered on {long_date(asked[-1].happened_at.date())}." if asked else ""
    return Declared("No circumstances are known to the school that speak against the request.", bool(asked), shows)


def _support(file: CaseFile) -> Declared:
    offered = [(line.what, line.offered) for line in support(file) if line.offered]
    offered += [(one.kind.label, one.happened_at.date()) for one in standing(file, EntryKind.EARLY_HELP)[:1]]
    says = "Support was offered to the family, or is not the right thing in this case."
    if file.referral.profile is not Profile.PENALTY_HOLIDAY:
        says = "Support was offered to the family before this request, or is not the right thing in this case."
    named = [f"{what} ({long_date(day)})" for what, day in offered[:MOST]]
    shows = f"Offered: {', '.join(named)}." if named else ""
    return Declared(says, bool(offered), shows)


def _policy(file: CaseFile) -> Declared:
    known = policies(file)
    line = known.now if known else None
    both = line is not None and published(line) and speaks_of_notices(line)
    says = "The school’s attendance policy is published, and says that penalty notices may be issued."
    return Declared(says, both, _policy_words(line))


def _policy_words(line: SchoolLine | None) -> str:
    if line is None:
        return ""
    approved = f", approved on {long_date(line.approved)}" if line.approved else ""
    return f"Version {line.version}{approved}."


def _equality(file: CaseFile) -> Declared:
    considered = [
        one for one in standing(file, EntryKind.CONSIDERED) if EQUALITY in one.details.get(WHAT, "").casefold()
    ]
    measures = standing(file, EntryKind.PENALTY_NOTICE, EntryKind.CONSIDERED)
    asked = [one for one in measures if one.details.get(EQUALITY)]
    found = sorted([*considered, *asked], key=lambda one: (one.happened_at, one.id))
    shows = ""
    if found:
        words = found[-1].details.get(EQUALITY) or found[-1].note
        shows = f"{long_date(found[-1].happened_at.date())}: {words}"
    says = "The school’s duties under the Equality Act 2010 to the child and to the parent were considered."
    return Declared(says, bool(found), shows)


def _evidence(_: CaseFile) -> Declared:
    return Declared("I am willing to give evidence in court, or will name a member of staff who is.", crossed=False)


LINES: tuple[Callable[[CaseFile], Declared], ...] = (
    _reasons,
    _recorded,
    _aware,
    _nothing_against,
    _support,
    _policy,
    _equality,
    _evidence,
)
