"""What speaks against asking for a penalty notice, in words; and against deciding that none is asked for.

Sources: Education Act 1996 sections 444, 444A and 576; the national framework in "Working together to improve school
attendance"; Equality Act 2010 section 149; practice 15, 19, 20, 21 and 24.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from desktop_app.domain.casework import PenaltyLaw, Power
from desktop_app.domain.entries import Entry
from desktop_app.domain.notices import Notice, NoticeScheme, NoticeState, Order
from desktop_app.domain.people import Pattern, PatternKind, Pupil
from desktop_app.domain.referrals import Requirement
from desktop_app.domain.sessions import Session, school_year_start
from desktop_app.rules.age import compulsory
from desktop_app.rules.contacts import ContactCard
from desktop_app.rules.display import date_year
from desktop_app.rules.expected import pattern_off
from desktop_app.rules.guard import SEE_THE_DSL
from desktop_app.rules.improvement import taken_back
from desktop_app.rules.notices import next_notice, order_on
from desktop_app.rules.session_lists import sessions_list

STANDING = frozenset({
    NoticeState.ASKED, NoticeState.ISSUED, NoticeState.PAID, NoticeState.UNPAID, NoticeState.PROSECUTED,
})  # fmt: skip
"""The states of a notice whose sessions are spoken for."""


@dataclass(frozen=True, eq=False)
class Asking:
    """A notice about to be asked for (`for_one`) or decided against. `contacts` are everybody tied to the child on the
    day, nobody a court keeps away; `why_not` says why a parent is left out; `codes` are the marks of the sessions."""

    pupil: Pupil
    on: date
    parents: tuple[int, ...]
    contacts: Sequence[ContactCard]
    sessions: tuple[Session, ...]
    codes: Mapping[Session, str]
    unauthorised: Collection[str]
    provisional: Collection[str]
    why_not: Mapping[int, str]
    equality: str
    scheme: NoticeScheme
    entries: Sequence[Entry]
    notices: Sequence[Notice]
    orders: Sequence[Order]
    patterns: Sequence[Pattern]
    lacking: Power | None
    law: PenaltyLaw
    held: bool
    warnings: Sequence[Requirement]
    for_one: bool = True

    def name(self, parent: int) -> str:
        """How a contact is called."""
        return next((one.person.formal_name for one in self.contacts if one.person.id == parent), "that person")


def faults_of(asking: Asking) -> tuple[str, ...]:
    """Everything that speaks against it, as sentences; empty where nothing does. Of a family that is held nothing is
    said but whom to see."""
    if asking.held:
        return (f"{SEE_THE_DSL}.",)
    found = [fault for ask in _BOTH for fault in ask(asking)]
    if asking.for_one:
        found += [fault for ask in _FOR_ONE for fault in ask(asking)]
    return tuple(dict.fromkeys(found))


def _power(asking: Asking) -> Iterator[str]:
    if asking.lacking is not None:
        yield f"A school of this type cannot ask for a penalty notice. {asking.lacking.instead}"


def _parents(asking: Asking) -> Iterator[str]:
    if not asking.parents:
        yield "Name the parent, or each of the parents, whom it is about."
    if len(set(asking.parents)) < len(asking.parents):
        yield "A parent is named twice: each is asked a notice for once."
    known = {one.person.id: one for one in asking.contacts}
    for parent in asking.parents:
        if parent not in known:
            yield "That person is not a contact of the child; add them to the contacts first."
        elif not known[parent].is_parent:
            yield f"{asking.name(parent)} is not recorded as a parent: neither responsibility nor care of the child is."


def _others(asking: Asking) -> Iterator[str]:
    """Each parent is named, or why not: a notice goes to the parent or parents who allowed the absence."""
    for one in asking.contacts:
        key = one.person.id
        if one.is_parent and key not in asking.parents and not asking.why_not.get(key, "").strip():
            yield f"Say why {asking.name(key)} is not named: each parent is, or it is said why not."


def _equality(asking: Asking) -> Iterator[str]:
    if not asking.equality.strip():
        yield (
            "Say what was thought of under the Equality Act: is the child or a parent disabled, what was adjusted, and "
            "would a notice be fair?"
        )


def _sessions(asking: Asking) -> Iterator[str]:
    if not asking.sessions:
        yield "Choose the sessions that it is asked for."
    if after := [one for one in asking.sessions if one.day > asking.on]:
        yield f"Still to come: {sessions_list(after)}."
    if outside := [one for one in asking.sessions if not compulsory(asking.pupil.date_of_birth, one.day)]:
        yield f"Outside compulsory school age, so no offence: {sessions_list(outside)}."
    if asking.scheme is NoticeScheme.ABSENCE:
        yield from _marks(asking)
        yield from _under_order(asking)
        yield from _elsewhere(asking)


def _marks(asking: Asking) -> Iterator[str]:
    if still_n := [one for one in asking.sessions if asking.codes.get(one) in asking.provisional]:
        yield f"Still N: {sessions_list(still_n)}. Settle the reason first."
    wrong = [
        one
        for one in asking.sessions
        if asking.codes.get(one, "") not in asking.unauthorised and one.day <= asking.on and one not in still_n
    ]
    if wrong:
        yield f"Not unauthorised: {sessions_list(wrong)}."


def _under_order(asking: Asking) -> Iterator[str]:
    if under := [one for one in asking.sessions if order_on(asking.orders, asking.pupil.id, one.day)]:
        yield f"Under an education supervision order, and shown apart: {sessions_list(under)}."


def _elsewhere(asking: Asking) -> Iterator[str]:
    """At alternative provision a session is evidence only where each parent was told in writing (section 444ZA)."""
    found = [(one, pattern_off(asking.patterns, one)) for one in asking.sessions]
    untold = [one for one, place in found if place and place.kind == PatternKind.ALTERNATIVE and not place.told.strip()]
    if untold:
        yield (
            "At alternative provision, of which it is not recorded that each parent was told in writing: "
            f"{sessions_list(untold)}."
        )


def _spoken_for(asking: Asking) -> Iterator[str]:
    for notice in asking.notices:
        if notice.parent not in asking.parents or notice.state not in STANDING or notice.scheme is not asking.scheme:
            continue
        if twice := [one for one in asking.sessions if one in notice.sessions]:
            when = date_year(notice.issued or notice.said)
            yield f"{asking.name(notice.parent)} has a notice of {when} for these already: {sessions_list(twice)}."


def _ledger(asking: Asking) -> Iterator[str]:
    if asking.scheme is not NoticeScheme.ABSENCE or asking.lacking is not None:
        return
    for parent in asking.parents:
        found = next_notice(asking.notices, asking.pupil.id, parent, asking.on, asking.law, orders=asking.orders)
        if not found.number:
            yield f"{asking.name(parent)}: {found.says} {found.instead}"


def _pending(asking: Asking) -> Iterator[str]:
    for notice in asking.notices:
        same = notice.parent in asking.parents and notice.scheme is asking.scheme
        if same and notice.state is NoticeState.ASKED:
            yield (
                f"A notice to {asking.name(notice.parent)} was asked for on {date_year(notice.said)}: record what the "
                "authority answered first."
            )


def _warned(asking: Asking) -> Iterator[str]:
    """What the authority wants to have come before: where it asks for it of each parent, each of those named has it."""
    since = datetime.combine(min([school_year_start(asking.on), *(one.day for one in asking.sessions)]), time.min)
    void = taken_back(asking.entries)
    standing = (one for one in asking.entries if one.withdrawn is None and one.id not in void)
    told = [one for one in standing if one.happened_at >= since]
    for requirement in asking.warnings:
        kinds = set(requirement.params["kinds"].split(", "))
        found = [one for one in told if one.kind.value in kinds and one.happened_at.date() <= asking.on]
        for parent in asking.parents:
            if not any(parent in one.persons for one in found):
                yield f"{requirement.why} Nothing of the kind is recorded for {asking.name(parent)}."


_BOTH: Sequence[Callable[[Asking], Iterator[str]]] = (_parents, _others, _equality)
_FOR_ONE: Sequence[Callable[[Asking], Iterator[str]]] = (
    *(_power, _sessions, _spoken_for, _ledger, _pending),
    _warned,
)
