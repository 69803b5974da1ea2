"""Who may do what: one table of roles and rights, default deny.

Source: the school's own division of work. SI 2024/208 lets the school decide who amends a register, and asks for an
authorised person where leave is given (regulation 11): so granting leave and taking a pupil off the roll go with the
headteacher’s role alone, and are given to others by name. A history of marks is read by those who answer for the
register and by an inspector, since the register holds the first entry beside the amended one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache

from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.evidence import OF, SignedOf
from desktop_app.domain.rights import Right
from desktop_app.domain.staff import Role, Staff

_READS = frozenset({Right.OPEN, Right.READ_REGISTER, Right.READ_REPORTS, Right.READ_FIGURES})
_SUPPLY = frozenset({Right.OPEN, Right.READ_REGISTER, Right.TAKE_REGISTER})
_TEACHER = _READS | {Right.TAKE_REGISTER, Right.AMEND, Right.READ_PUPIL, Right.LOG, Right.PRINT_REGISTER}
_OFFICE = _TEACHER | {
    *(Right.ALL_CLASSES, Right.HATCH, Right.PLAN, Right.READ_LOG, Right.ADMIT, Right.CALENDAR, Right.IMPORT),
    *(Right.BACK_UP, Right.CONTINUITY),
}
_LEAD = _OFFICE | {
    *(Right.AMEND_CLOSED_WEEK, Right.CLOSE_WEEK, Right.READ_CASE, Right.WRITE_CASE, Right.SETTINGS),
    *(Right.READ_HISTORY, Right.TEMPLATES),
}
_HEAD = _LEAD | {
    *(Right.GRANT_LEAVE, Right.DELETE_FROM_ROLL, Right.STAFF, Right.HOLD, Right.SEE_PROTECTED, Right.NO_CONTACT),
    *(Right.ASK_NOTICE, Right.OVERRIDE_GUARD, Right.SIGN_CERTIFICATE),
}
_DSL = _READS | {
    *(Right.READ_PUPIL, Right.READ_LOG, Right.LOG, Right.READ_CASE, Right.WRITE_CASE, Right.READ_HISTORY),
    *(Right.HOLD, Right.SEE_PROTECTED, Right.NO_CONTACT),
}

ROLES: Mapping[Role, frozenset[Right]] = {
    Role.HEADTEACHER: _HEAD,
    Role.ATTENDANCE_LEAD: _LEAD,
    Role.OFFICE: _OFFICE,
    Role.TEACHER: _TEACHER,
    Role.SUPPLY: _SUPPLY,
    Role.DSL: _DSL,
    Role.READ_ONLY: _READS,
    Role.INSPECTOR: _READS | {Right.READ_HISTORY, Right.PRINT_REGISTER},
    Role.GOVERNOR: frozenset({Right.OPEN, Right.READ_REPORTS}),
}
"""What each role gives. A governor reads what is made for governors and no figure besides: of two counts over days or
parts of one’s own choice the difference may be one child; a supply teacher the classes given and no more."""

GIVEN_ALONE = (
    *(Right.GRANT_LEAVE, Right.DELETE_FROM_ROLL, Right.SEE_PROTECTED, Right.HOLD, Right.STAFF, Right.CLOSE_WEEK),
    *(Right.ASK_NOTICE, Right.OVERRIDE_GUARD, Right.SIGN_CERTIFICATE),
)
"""The rights kept apart, which may be given to one person besides their roles."""

ANY_DAY = None
AMEND_DAYS: Mapping[Role, int | None] = {
    Role.HEADTEACHER: ANY_DAY,
    Role.ATTENDANCE_LEAD: ANY_DAY,
    Role.OFFICE: 10,
    Role.TEACHER: 0,
}
"""How many days back each role may change a closed register, with a reason: 0 is the same day, None any."""


SECOND_KEY = (Role.HEADTEACHER, Role.DSL)
"""The roles whose password opens restricted notes."""


TAKES_BACK: Mapping[EntryKind, Right] = {
    **dict.fromkeys((EntryKind.NOTICE_TO_IMPROVE, EntryKind.IMPROVEMENT), Right.ASK_NOTICE),
    **dict.fromkeys((EntryKind.CONTRACT, EntryKind.CONTRACT_CHECK, EntryKind.CONTRACT_BROKEN), Right.WRITE_CASE),
    **dict.fromkeys((EntryKind.SUPERVISION_ORDER, EntryKind.PROSECUTION, EntryKind.LA_REFERRAL), Right.WRITE_CASE),
    **dict.fromkeys((EntryKind.CONSIDERED, EntryKind.BUNDLE, EntryKind.BARRIER, EntryKind.STRENGTH), Right.WRITE_CASE),
    **dict.fromkeys((EntryKind.CASE_OPENED, EntryKind.CASE_MOVED, EntryKind.CASE_LED), Right.WRITE_CASE),
    **dict.fromkeys((EntryKind.CASE_PAUSED, EntryKind.CASE_RESUMED, EntryKind.CASE_CLOSED), Right.WRITE_CASE),
    EntryKind.SIGNED: Right.SIGN_CERTIFICATE,
    EntryKind.DELETION: Right.DELETE_FROM_ROLL,
    EntryKind.ADMISSION: Right.ADMIT,
}
"""What it asks to withdraw an entry that a deed of its own wrote: what that deed asks. To write in the log and to take
out of it is one right for everything else."""


def takes_back(entry: Entry) -> Right:
    """The right asked of whoever withdraws an entry. Of signed pages the certificate alone asks for the right to
    sign it: a statement and a declaration were kept by whoever works the case."""
    if entry.kind is EntryKind.SIGNED and entry.details.get(OF) != SignedOf.CERTIFICATE:
        return Right.WRITE_CASE
    return TAKES_BACK.get(entry.kind, Right.LOG)


READS_CARE = (Right.READ_LOG, Right.READ_CASE, Right.HOLD)
"""Whoever has one of these reads what social care does for a child: to take a register asks for none of it."""


OF_A_CLASS = frozenset({Role.TEACHER, Role.SUPPLY})
"""The roles that are of one class or several, and not of the school."""


def key_role(roles: Collection[Role]) -> Role:
    """The role to which the way in of somebody with these roles is bound: of several, one that has the second key."""
    return min(roles, key=lambda role: (role not in SECOND_KEY, list(Role).index(role)))


@lru_cache(maxsize=64)
def rights_of(staff: Staff, *, alone: bool = False) -> frozenset[Right]:
    """Every right of a member of staff: of all their roles together, and those given to them. `alone` is true of the
    only person who can sign in: whoever keeps a school by themselves may do everything, or nobody could."""
    if not staff.active:
        return frozenset()
    if alone:
        return frozenset(Right)
    given = frozenset(Right(one) for one in staff.rights)
    return frozenset[Right]().union(*(ROLES[role] for role in staff.roles)) | given


def amend_days(staff: Staff, *, alone: bool = False) -> int | None:
    """How many days back this person may change a closed register: the most of their roles; None: any."""
    days = [AMEND_DAYS[role] for role in staff.roles if role in AMEND_DAYS]
    if alone or any(one is ANY_DAY for one in days):
        return ANY_DAY
    return max((one for one in days if one is not None), default=0)


def own_classes(staff: Staff, *, alone: bool = False) -> frozenset[str] | None:
    """The classes whose children this person sees; None: all. A class or supply teacher sees those given to them, and
    no more, unless another role of theirs reads the registers of the whole school. Source: the school's own division of
    work, least access as the DfE's cyber security standards ask for it."""
    if alone or Right.ALL_CLASSES in rights_of(staff, alone=alone):
        return None
    reading = {role for role in staff.roles if Right.READ_REGISTER in ROLES[role]}
    return frozenset(staff.classes) if reading <= OF_A_CLASS else None


def may_words(staff: Staff, *, alone: bool = False) -> str:
    """All that this person may do, as one sentence after “may”; what everybody may is left out."""
    held = rights_of(staff, alone=alone) - {Right.OPEN}
    return ", ".join(right.words for right in Right if right in held) or "open the school, and nothing more"
