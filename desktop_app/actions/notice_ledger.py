"""Reads what the penalty-notice ledger of one child stands on, inside whatever transaction asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desktop_app.actions.families import read_families
from desktop_app.actions.formal_checks import roll_with
from desktop_app.actions.holds import held
from desktop_app.context import Context
from desktop_app.domain.casework import PenaltyLaw, Power
from desktop_app.domain.codes import Counts
from desktop_app.domain.entries import Entry
from desktop_app.domain.notices import Notice, Order
from desktop_app.domain.people import Pattern, Pupil
from desktop_app.domain.referrals import Requirement
from desktop_app.domain.rulebook import Pack
from desktop_app.domain.sessions import Session
from desktop_app.ports import BookReading, EntriesReading, MarksReading
from desktop_app.rules.contacts import ContactCard
from desktop_app.rules.notices import notices
from desktop_app.rules.orders import orders
from desktop_app.rules.powers import PENALTY_NOTICE, lacking

EVIDENCE = "entry-of-kind"
WARNINGS = frozenset({"warning", "notice-to-improve"})
"""The kinds of entry that warn a parent: where the authority’s referral asks for one, none is asked for without."""


@dataclass(frozen=True, eq=False)
class NoticeLedger:
    """The ledger of one child on a day: `parents` are the contacts who are parents, in the order to call them, `codes`
    the marks of the sessions asked about, `warnings` what the authority wants each parent to have been warned by."""

    pupil: Pupil
    on: date
    parents: tuple[ContactCard, ...]
    contacts: tuple[ContactCard, ...]
    names: Mapping[int, str]
    entries: Sequence[Entry]
    notices: tuple[Notice, ...]
    orders: tuple[Order, ...]
    patterns: tuple[Pattern, ...]
    lacking: Power | None
    law: PenaltyLaw
    held: bool
    codes: Mapping[Session, str]
    unauthorised: frozenset[str]
    provisional: frozenset[str]
    warnings: tuple[Requirement, ...]
    pack: Pack


def read_ledger(
    context: Context,
    book: BookReading,
    entries: EntriesReading,
    marks: MarksReading,
    pupil: int,
    on: date,
    sessions: Sequence[Session] = (),
) -> NoticeLedger:
    """The ledger of a child as it is recorded at this moment. Raises `Refused` for one who is not on the roll."""
    roll = roll_with(context, book, pupil)
    cards = read_families(book, on, [pupil]).of(pupil)
    told = entries.of(pupil)
    rulebook, pack = context.rulebook, context.pack(roll.school)
    return NoticeLedger(
        pupil=roll.pupils[pupil],
        on=on,
        parents=tuple(card for card in cards if card.is_parent),
        contacts=cards,
        names={card.person.id: card.person.formal_name for card in cards},
        entries=told,
        notices=tuple(one for one in notices(told) if one.pupil == pupil),
        orders=orders(told),
        patterns=roll.patterns.get(pupil, ()),
        lacking=lacking(rulebook.formalities, PENALTY_NOTICE, roll.school.type),
        law=rulebook.formalities.penalty,
        held=pupil in held(book, on),
        codes={session: mark.code for session in sessions if (mark := marks.at(pupil, session)) is not None},
        unauthorised=frozenset(key for key, code in rulebook.codes.items() if code.counts is Counts.UNAUTHORISED),
        provisional=frozenset(key for key, code in rulebook.codes.items() if code.provisional),
        warnings=_warnings(pack),
        pack=pack,
    )


def _warnings(pack: Pack) -> tuple[Requirement, ...]:
    rule = pack.casework.formal.penalty
    referral = pack.referral(rule.referral) if rule else None
    if referral is None:
        return ()
    asked = (one for one in referral.requirements if one.rule == EVIDENCE)
    return tuple(one for one in asked if WARNINGS & set(one.params["kinds"].split(", ")))
