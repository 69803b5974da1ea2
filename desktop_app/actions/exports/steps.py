"""The lists of leave and of the formal steps: what was asked, decided, issued, agreed and ordered."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from desktop_app.actions.contracts import contracts_of
from desktop_app.actions.court import orders_of
from desktop_app.actions.exports.listed import (
    CHILD,
    CLASS,
    Line,
    Sheet,
    class_of,
    counts,
    days,
    listed,
    text,
    yes,
)
from desktop_app.actions.exports.spec import ListAsked
from desktop_app.actions.families import namable
from desktop_app.actions.improving import improvements
from desktop_app.actions.leave import leave_page
from desktop_app.actions.leave_reading import LeaveLine
from desktop_app.actions.needs import needs
from desktop_app.actions.notice_page import NoticeLine, notice_page
from desktop_app.actions.own_children import sees_child
from desktop_app.actions.roll import Roll, in_order, read_roll
from desktop_app.context import Context
from desktop_app.domain.entries import EntryKind
from desktop_app.domain.notices import Contract, Improvement, Order
from desktop_app.domain.people import Pupil
from desktop_app.domain.report import Report, Value
from desktop_app.domain.rights import Right
from desktop_app.rules.chronology import UNNAMED

LEAVE = (
    *(CHILD, CLASS, *days("Asked on"), *text("Asked by"), *days("From"), *text("Half"), *days("To"), *text("To half")),
    *counts("Sessions"),
    *text("Why", "Evidence", "Asked late", "State"),
    *days("Decided on"),
    *text("Decided by", "Ground", "Reasons"),
)
NOTICES = (
    *(CHILD, CLASS, *text("Parent", "State"), *days("Recorded", "Issued", "Received", "Early sum by", "Full sum by")),
    *days("Paid"),
    *text("Counts today", "From another school", "Reference"),
    *counts("Sessions"),
    *text("In words", "Reasons"),
)
CONTRACTS = (
    *(CHILD, CLASS, *text("Parents"), *days("From", "To"), *counts("Times looked at"), *days("Last looked at")),
    *text("Kept then", "Words", "State"),
    *days("Ended"),
)
IMPROVEMENTS = (
    *(CHILD, CLASS, *text("Parent"), *days("From", "To"), *counts("Unauthorised allowed", "Unauthorised so far")),
    *counts("Authorised", "Sessions possible"),
    *text("State", "The record proposes", "In words"),
)
ORDERS = (CHILD, CLASS, *days("From", "To"))
STEPS = (EntryKind.CONTRACT, EntryKind.NOTICE_TO_IMPROVE, EntryKind.SUPERVISION_ORDER)


@needs(Right.READ_LOG)
def leave(context: Context, asked: ListAsked) -> Report:
    """Leave that was asked for: what waits first, then what was decided, the newest first."""
    found = leave_page(context)
    every = (*found.waiting, *found.decided)
    with context.store.reading() as reading:
        names = {one.child.id: namable(reading.book, {one.child.id}) for one in every}
    grounds = {one.key: one.title for one in context.rulebook.leave.grounds}
    lines = [
        Line(_leave(one, names[one.child.id], grounds), str(one.request.entry), one.child.id, one.class_name)
        for one in every
    ]
    return listed(context, asked, "leave", [Sheet("Leave of absence", LEAVE, lines, "No leave was asked for.")])


def _leave(line: LeaveLine, names: Mapping[int, str], grounds: Mapping[str, str]) -> tuple[Value, ...]:
    one, decided = line.request, line.request.decided
    by = one.by if all(key in names for key in one.persons) else UNNAMED
    span = one.span
    return (
        *(line.child.list_name, line.class_name, one.asked_on, by),
        *(span.first, span.first_half.value, span.last, span.last_half.value, line.sessions),
        *(one.reason, one.evidence, yes(one.late), one.state.value),
        *((decided.on, decided.by, grounds.get(decided.ground, decided.ground)) if decided else (None, "", "")),
        decided.reasons if decided else one.taken_back,
    )


def _children(context: Context, kinds: tuple[EntryKind, ...], asked: ListAsked) -> tuple[Roll, list[Pupil]]:
    """The children of whom anything of these kinds is recorded, and whom the present user sees."""
    with context.store.reading() as reading:
        roll = read_roll(reading.book)
        found = {key for one in reading.entries.all(kinds=kinds) for key in one.pupils if key in roll.pupils}
    wanted = (key for key in found if asked.pupil in (0, key) and sees_child(context, roll, key))
    return roll, in_order(roll.pupils[key] for key in wanted)


@needs(Right.READ_CASE)
def notices(context: Context, asked: ListAsked) -> Report:
    """Every penalty notice that is known: asked for, issued, paid, withdrawn, or from another school."""
    roll, children = _children(context, (EntryKind.PENALTY_NOTICE,), asked)
    lines = [
        Line(_notice(child, name, one), str(one.notice.entry), child.id, name)
        for child in children
        for name in [class_of(roll, child.id, context.today())]
        for one in notice_page(context, child.id).lines
    ]
    return listed(context, asked, "notices", [Sheet("Penalty notices", NOTICES, lines, "No notice is recorded.")])


def _notice(child: Pupil, class_name: str, line: NoticeLine) -> tuple[Value, ...]:
    one = line.notice
    return (
        *(child.list_name, class_name, line.name, one.state.value.replace("-", " "), one.said, one.issued),
        *(one.received, line.early, line.late, one.paid, yes(line.counts), yes(one.elsewhere), one.reference),
        *(len(one.sessions) or None, line.says, one.reasons),
    )


@needs(Right.READ_CASE)
def formal(context: Context, asked: ListAsked) -> Report:
    """Attendance contracts, Notices to Improve and supervision orders, each on a sheet of its own."""
    roll, children = _children(context, STEPS, asked)
    contracts: list[Line] = []
    improving: list[Line] = []
    orders: list[Line] = []
    for child in children:
        with context.store.reading() as reading:
            names = namable(reading.book, {child.id})
        name = class_of(roll, child.id, context.today())
        who = (child.list_name, name)
        whose = partial(Line, pupil=child.id, class_name=name)
        contracts += [whose((*who, *_contract(one, names))) for one in contracts_of(context, child.id)]
        improving += [whose((*who, *_improving(one.notice, names))) for one in improvements(context, child.id)]
        orders += [whose((*who, *_order(one))) for one in orders_of(context, child.id)]
    sheets = [
        Sheet("Attendance contracts", CONTRACTS, contracts, "No contract is recorded."),
        Sheet("Notices to Improve", IMPROVEMENTS, improving, "No Notice to Improve is recorded."),
        Sheet("Supervision orders", ORDERS, orders, "No order is recorded."),
    ]
    return listed(context, asked, "formal", sheets)


def _contract(one: Contract, names: Mapping[int, str]) -> tuple[Value, ...]:
    last = one.checks[-1] if one.checks else None
    state = "ended" if one.ended else "broken" if one.broken else "runs"
    return (
        *(", ".join(names.get(key, UNNAMED) for key in one.parents), one.first, one.last, len(one.checks)),
        *((last[0], "yes" if last[1] else "no", last[2]) if last else (None, "", "")),
        *(state, one.ended),
    )


def _improving(one: Improvement, names: Mapping[int, str]) -> tuple[Value, ...]:
    return (
        *(names.get(one.parent, UNNAMED), one.first, one.last, one.allowed),
        *(len(one.unauthorised), len(one.authorised), one.possible, one.state.value.replace("-", " ")),
        *(one.proposed.value.replace("-", " ") if one.proposed else "", one.says or one.sufficient),
    )


def _order(one: Order) -> tuple[Value, ...]:
    return one.first, one.last
