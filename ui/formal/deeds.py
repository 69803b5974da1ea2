"""The formal deeds as data: what each asks for, and the action that does it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from desktop_app.actions.contracts import (
    NewContract,
    break_contract,
    check_contract,
    decide_contract,
    end_contract,
    make_contract,
)
from desktop_app.actions.court import (
    LAID,
    NewReferral,
    OrderStep,
    consider,
    record_answer,
    record_hearing,
    record_order,
    refer,
)
from desktop_app.actions.improving import NewImprovement, decide_improvement, issue_improvement
from desktop_app.actions.notices import (
    AskNotice,
    Became,
    Elsewhere,
    ask_notice,
    decide_against,
    record_elsewhere,
    record_notice,
    record_received,
    take_back_last,
)
from desktop_app.context import Context
from desktop_app.domain.entries import EntryKind
from desktop_app.domain.errors import Refused
from desktop_app.domain.notices import ImprovementState, NoticeState
from desktop_app.domain.progress import Changes
from desktop_app.domain.referrals import DECIDED
from desktop_app.domain.rights import Right
from desktop_app.domain.sessions import Session
from desktop_app.rules.contracts import ENDS_IT, GOES_ON
from desktop_app.rules.orders import EXTENDED, VARIED


class Section(StrEnum):
    """The parts of the place, in their order."""

    NOTICES = "Penalty notices"
    IMPROVEMENT = "Notice to Improve"
    CONTRACT = "Contract"
    COURT = "Order and court"


class Asked(StrEnum):
    """What a deed may ask for, in the order in which it is asked."""

    ITEM = "item"
    PARENT = "parent"
    PARENTS = "parents"
    SCHOOL = "school"
    SESSIONS = "sessions"
    FIRST = "first"
    ON = "on"
    RECEIVED = "received"
    WEEKS = "weeks"
    ALLOWED = "allowed"
    STATE = "state"
    UNTIL = "until"
    CHASE = "chase"
    REFERENCE = "reference"
    WORDS = "words"
    EQUALITY = "equality"
    LA_SAID = "la-said"
    TEXTS = "texts"


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form. `item` is the notice, contract, referral or prosecution it is about; `parent` the one
    parent, where it is of one alone."""

    pupil: int
    item: int = 0
    parents: tuple[int, ...] = ()
    why_not: Mapping[int, str] = field(default_factory=dict[int, str])
    sessions: tuple[Session, ...] = ()
    first: date | None = None
    on: date | None = None
    weeks: int = 0
    allowed: int = 0
    state: str = ""
    words: str = ""
    equality: str = ""
    la_said: str = ""
    texts: tuple[str, ...] = ()
    parent: int = 0
    school: str = ""
    reference: str = ""
    received: date | None = None
    until: date | None = None
    chase: date | None = None


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that can be done. `states` are what may be chosen, each with its words; `about` the kind of what a
    later deed is about, where its part has several. `known`: its day is not today as a rule, so none is filled in."""

    title: str
    section: Section
    right: Right
    asks: frozenset[Asked]
    run: Callable[[Context, Typed], Changes]
    words: str = "Reasons"
    states: tuple[tuple[str, str], ...] = ()
    weeks: str = "School weeks"
    about: EntryKind | None = None
    day: str = "On which day"
    known: bool = False


def _notice(typed: Typed) -> AskNotice:
    return AskNotice(
        typed.pupil, typed.parents, typed.sessions, typed.words, typed.equality, typed.why_not, on=typed.on
    )


def _became(context: Context, typed: Typed) -> Changes:
    on = typed.on or context.today()
    if typed.state == RECEIVED:
        return record_received(context, typed.item, on)[1]
    state = NoticeState(typed.state)
    return record_notice(context, typed.item, Became(state, on, reasons=typed.words))[1]


def _improve(context: Context, typed: Typed) -> Changes:
    new = NewImprovement(
        typed.pupil,
        typed.parents,
        typed.first or context.today(),
        typed.weeks,
        typed.allowed,
        dict(enumerate(typed.texts, 1)),
        la_said=typed.la_said,
        why_not=typed.why_not,
    )
    return issue_improvement(context, new)[1]


def _improved(context: Context, typed: Typed) -> Changes:
    state, _, ground = typed.state.partition(": ")
    return decide_improvement(context, typed.item, ImprovementState(state), typed.words, ground)[1]


def _contract(context: Context, typed: Typed) -> Changes:
    first = typed.first or context.today()
    new = NewContract(
        typed.pupil, typed.parents, typed.texts, first, typed.weeks or None, typed.state, typed.why_not, typed.on
    )
    return make_contract(context, new)[1]


def _checked(context: Context, typed: Typed) -> Changes:
    if typed.state == "broken":
        return break_contract(context, typed.item, typed.words, typed.on)[1]
    if typed.state in (GOES_ON, ENDS_IT):
        return decide_contract(context, typed.item, typed.state == GOES_ON, typed.words, typed.on)[1]
    if typed.state == "ended":
        return end_contract(context, typed.item, typed.words, typed.on)[1]
    return check_contract(context, typed.item, typed.state == "kept", typed.words, typed.on)[1]


def _order(context: Context, typed: Typed) -> Changes:
    step = OrderStep(typed.pupil, typed.state, typed.words, last=typed.until, on=typed.on)
    return record_order(context, step)[1]


def _elsewhere(context: Context, typed: Typed) -> Changes:
    if typed.on is None:
        raise Refused("Say on which day it was issued: that decides for how long it counts.")
    state = NoticeState(typed.state)
    told = Elsewhere(typed.pupil, typed.parent, typed.on, typed.school, state, typed.received, typed.reference)
    return record_elsewhere(context, told)[1]


def _laid(context: Context, typed: Typed) -> Changes:
    return record_hearing(
        context, typed.pupil, typed.parent, LAID, typed.words, on=typed.on, sessions=typed.sessions
    )[1]  # fmt: skip


def _hearing(context: Context, typed: Typed) -> Changes:
    return record_hearing(
        context, typed.pupil, typed.parent, typed.state, typed.words, begun=typed.item, on=typed.on
    )[1]  # fmt: skip


def _refer(context: Context, typed: Typed) -> Changes:
    new = NewReferral(
        typed.pupil, typed.state, typed.parents, typed.sessions, typed.words, typed.why_not, typed.on,
        chase=typed.chase,
    )  # fmt: skip
    return refer(context, new)[2]


RECEIVED = "received"
_ASKING = frozenset({Asked.PARENTS, Asked.SESSIONS, Asked.WORDS, Asked.EQUALITY, Asked.ON})
_LATER = frozenset({Asked.ITEM, Asked.STATE, Asked.WORDS, Asked.ON})
_BECAME = (NoticeState.ISSUED, NoticeState.PAID, NoticeState.UNPAID, NoticeState.PROSECUTED, NoticeState.WITHDRAWN)
_STATES = (*((one.value, one.value) for one in (*_BECAME, NoticeState.REFUSED)), (RECEIVED, "received by the parent"))
_GROUNDS = (
    "the parent is not engaging with the support",
    "there is further unauthorised absence, so that sufficient improvement is out of reach",
    "the family takes, or is about to take, leave that was not granted",
)

DEEDS: tuple[Deed, ...] = (
    Deed(
        "Ask the authority for a notice", Section.NOTICES, Right.ASK_NOTICE, _ASKING,
        lambda context, typed: ask_notice(context, _notice(typed))[1], "Why a notice is right: what was tried",
    ),
    Deed(
        "Considered, and decided against", Section.NOTICES, Right.ASK_NOTICE, _ASKING,
        lambda context, typed: decide_against(context, _notice(typed))[1], "Why it is not right",
    ),
    Deed(
        "What became of one", Section.NOTICES, Right.ASK_NOTICE, _LATER, _became, "What the authority said",
        _STATES,
    ),
    Deed(
        "Known from another school", Section.NOTICES, Right.ASK_NOTICE,
        frozenset({Asked.PARENT, Asked.SCHOOL, Asked.ON, Asked.RECEIVED, Asked.STATE, Asked.REFERENCE}), _elsewhere,
        states=tuple((one.value, one.value) for one in _BECAME), day="Issued on which day", known=True,
    ),
    Deed(
        "Take back what was entered last", Section.NOTICES, Right.ASK_NOTICE, frozenset({Asked.ITEM, Asked.WORDS}),
        lambda context, typed: take_back_last(context, typed.item, typed.words)[1], "Why it was a mistake",
    ),
    Deed(
        "Issue a Notice to Improve", Section.IMPROVEMENT, Right.ASK_NOTICE,
        frozenset({Asked.PARENTS, Asked.FIRST, Asked.WEEKS, Asked.ALLOWED, Asked.LA_SAID, Asked.TEXTS}), _improve,
    ),
    Deed(
        "Decide what came of one", Section.IMPROVEMENT, Right.ASK_NOTICE,
        frozenset({Asked.ITEM, Asked.STATE, Asked.WORDS}), _improved, "Why, where the register says otherwise",
        (
            ("improved", "improved enough"),
            ("not-improved", "not improved enough"),
            *((f"ended-early: {ground}", f"ended early: {ground}") for ground in _GROUNDS),
            ("withdrawn", "withdrawn"),
        ),
    ),
    Deed(
        "Make a contract", Section.CONTRACT, Right.WRITE_CASE,
        frozenset({Asked.PARENTS, Asked.FIRST, Asked.WEEKS, Asked.STATE, Asked.ON, Asked.TEXTS}), _contract,
        states=(("signed", "signed"), ("refused", "offered and refused"), ("not attended", "nobody came to sign")),
        weeks="Weeks, holidays among them",
    ),
    Deed(
        "Check how it is kept", Section.CONTRACT, Right.WRITE_CASE, _LATER, _checked,
        "What was looked at: what the parent did, and what the school did",
        (
            *(("kept", "kept"), ("not kept", "not kept"), ("broken", "broken"), (GOES_ON, GOES_ON), (ENDS_IT, ENDS_IT)),
            ("ended", "ended before its last day"),
        ),
    ),
    Deed(
        "An education supervision order", Section.COURT, Right.WRITE_CASE,
        frozenset({Asked.STATE, Asked.WORDS, Asked.ON}), _order, "Why, or what the court said",
        tuple((one, one) for one in ("considered", "applied for", "made", "refused", "ended")),
    ),
    Deed(
        "Extend or vary the order that stands", Section.COURT, Right.WRITE_CASE,
        frozenset({Asked.STATE, Asked.UNTIL, Asked.WORDS, Asked.ON}), _order,
        "What the court said, or which directions changed",
        ((EXTENDED, "extended by the court"), (VARIED, "varied: its directions changed")),
    ),
    Deed(
        "Something else considered", Section.COURT, Right.WRITE_CASE,
        frozenset({Asked.STATE, Asked.WORDS, Asked.EQUALITY, Asked.ON}),
        lambda context, typed: consider(
            context, typed.pupil, typed.state.removesuffix(" +"), typed.state.endswith(" +"), typed.words, typed.on,
            equality=typed.equality,
        )[1],
        "Why",
        tuple(
            (f"{what}{sign}", f"{what}: {said}")
            for what in ("prosecution", "parenting order")
            for sign, said in zip((" +", ""), DECIDED, strict=True)
        ),
    ),
    Deed(
        "Refer to the authority", Section.COURT, Right.WRITE_CASE,
        frozenset({Asked.PARENTS, Asked.SESSIONS, Asked.STATE, Asked.WORDS, Asked.ON, Asked.CHASE}), _refer, "Note",
    ),
    Deed(
        "What the authority answered", Section.COURT, Right.WRITE_CASE, _LATER,
        lambda context, typed: record_answer(context, typed.item, typed.state, typed.words, typed.on)[1],
        "What it said",
        tuple((one, one) for one in ("accepted", "not accepted", "answered")),
        about=EntryKind.LA_REFERRAL,
    ),
    Deed(
        "A prosecution: the information is laid", Section.COURT, Right.WRITE_CASE,
        frozenset({Asked.PARENT, Asked.SESSIONS, Asked.WORDS, Asked.ON}), _laid,
        "What was laid, by whom, at which court",
    ),
    Deed(
        "What a court heard, or how it ended", Section.COURT, Right.WRITE_CASE, _LATER, _hearing,
        "What was decided or said", (("heard", "heard"), ("ended", "ended")), about=EntryKind.PROSECUTION,
    ),
)  # fmt: skip
"""Every deed, in the order of its section."""
