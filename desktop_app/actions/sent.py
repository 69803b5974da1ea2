"""A bundle goes to the authority: recorded as a referral, so that the court’s clock and what is owed follow from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from desktop_app.actions.casefiles import read_case
from desktop_app.actions.court import BUNDLE, GIVEN, HOW_SENT, SENT_TO, NewReferral, record_answer, refer
from desktop_app.actions.formal_checks import said
from desktop_app.actions.frozen import kept_of
from desktop_app.actions.needs import needs
from desktop_app.actions.own_children import check_children
from desktop_app.actions.roll import read_roll
from desktop_app.actions.since import request_of
from desktop_app.context import Context
from desktop_app.domain.codes import Counts
from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.errors import Refused
from desktop_app.domain.progress import Changes
from desktop_app.domain.referrals import Profile
from desktop_app.domain.rights import Right
from desktop_app.domain.sending import HOW, Answered, Sending, Sent, SentNow
from desktop_app.domain.sessions import Session
from desktop_app.rules.age import compulsory
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.notices import notices, sessions_paid_for

RELYING = frozenset({Profile.PENALTY_HOLIDAY, Profile.PENALTY_IRREGULAR, Profile.PROSECUTION, Profile.INDEPENDENT})
"""The profiles that ask for a penalty or a court: they rely on sessions, and the six months run from those."""
NOT_OF_THIS_ONE = "the bundle is of the other parent; each has their own"


@needs(Right.WRITE_CASE)
def record_sent(context: Context, sending: Sending) -> tuple[SentNow, Changes]:
    """Record that a bundle went to the authority: to whom, when, how, and the reference it gave, if it gave one. Its
    parents and the unauthorised sessions of its period are those of the referral. Raises `Refused`."""
    to = said(sending.to, "Say to whom it went: a name, a team or an address.")
    if sending.how not in dict(HOW):
        raise Refused(f"Say how it went: {', '.join(how for how, _ in HOW)}.")
    with context.store.reading() as reading:
        issue, entry = kept_of(context, reading, sending.reference)
        request = request_of(issue, entry)
        file = read_case(context, reading, request)
        known = notices(reading.entries.of(issue.pupil))
    own = (request.parent,) if request.parent else tuple(card.person.id for card in file.parents)
    others = [card.person.id for card in file.parents if card.person.id not in own]
    paid = frozenset[Session]().union(*(sessions_paid_for(known, issue.pupil, parent) for parent in own))
    new = NewReferral(
        pupil=issue.pupil,
        referral=request.referral,
        parents=own,
        sessions=tuple(one for one in _relied(file) if one not in paid),
        note=sending.note,
        why_not=dict.fromkeys(others, NOT_OF_THIS_ONE),
        on=sending.on,
        to=to,
        how=sending.how,
        given=" ".join(sending.given.split()),
        bundle=issue.reference,
    )
    recorded, clock, changes = refer(context, new)
    return SentNow(recorded, clock), replace(changes, issued=True)


def _relied(file: CaseFile) -> tuple[Session, ...]:
    """The unauthorised sessions of the period at compulsory school age, where the referral asks for a penalty or a
    court; else none: help is asked for, and no clock runs."""
    if file.referral.profile not in RELYING:
        return ()
    codes, born = file.rulebook.codes, file.pupil.date_of_birth
    marks = file.counted(file.request.first, file.request.last)
    return tuple(
        Session(mark.day, mark.half)
        for mark in marks
        if codes[mark.code].counts is Counts.UNAUTHORISED and compulsory(born, mark.day)
    )


@needs(Right.WRITE_CASE)
def record_reference(
    context: Context, referral: int, given: str, words: str = "", on: date | None = None
) -> tuple[int, Changes]:
    """Record the reference that the authority gave to what was sent."""
    named = said(given, "Write down the reference it gave.")
    return record_answer(context, referral, "answered", words or f"Their reference: {named}", on, given=named)


@needs(Right.READ_CASE)
def sent_of(context: Context, pupil: int) -> Mapping[str, tuple[Sent, ...]]:
    """What was sent of a child’s bundles, by our reference, in order."""
    with context.store.reading() as reading:
        check_children(context, read_roll(reading.book), [pupil])
        entries = reading.entries.of(pupil)
    told = [one for one in entries if one.kind is EntryKind.LA_REFERRAL and one.withdrawn is None]
    found: dict[str, tuple[Sent, ...]] = {}
    for one in told:
        if one.adds_to is None and (reference := one.details.get(BUNDLE, "")):
            answers = [answer for answer in told if answer.adds_to == one.id]
            found[reference] = (*found.get(reference, ()), _sent(one, reference, answers))
    return found


def _sent(entry: Entry, reference: str, answers: list[Entry]) -> Sent:
    given = [one.details[GIVEN] for one in (entry, *answers) if one.details.get(GIVEN)]
    return Sent(
        entry=entry.id,
        reference=reference,
        by=entry.author.name,
        on=entry.happened_at.date(),
        to=entry.details.get(SENT_TO, ""),
        how=entry.details.get(HOW_SENT, ""),
        given=given[-1] if given else "",
        answers=tuple(Answered(one.happened_at.date(), one.outcome, one.note) for one in answers),
    )
