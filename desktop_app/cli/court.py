"""`court`: what was considered, referrals to the authority and its answers, supervision orders and prosecutions."""

from __future__ import annotations

from argparse import Namespace

from desktop_app.actions.court import (
    ANSWERS,
    HEARINGS,
    LAID,
    NewReferral,
    OrderStep,
    consider,
    record_answer,
    record_hearing,
    record_order,
    refer,
)
from desktop_app.actions.formal_page import formal_page
from desktop_app.cli.answers import Answer, find_contact, find_contacts, find_pupil, why_left
from desktop_app.cli.kinds import PUPIL, Adder, Parser, day, nested, on_day, parents, session, whole
from desktop_app.context import Context
from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.errors import Refused
from desktop_app.domain.referrals import DECIDED, EQUALITY, FOR
from desktop_app.rules.orders import STATES


def add(command: Adder) -> None:
    """Add the command with its parts."""
    part = nested(command("court", "what was considered, referred, ordered and prosecuted about a pupil"), "court")
    _whom(part("list", "the orders, what was done about courts, and the six months"))
    order = part("order", "say what was done about an education supervision order")
    _deed(order, STATES, "why, or what the court said")
    order.add_argument("--until", type=day, help="with extended, its new last day; with made, if it is no year")
    hearing = part("hearing", "say what happened in a prosecution")
    _deed(hearing, HEARINGS, "what was laid, decided or said")
    hearing.add_argument("--parent", required=True, help="the full name of the parent whose prosecution it is")
    hearing.add_argument("--begun", type=whole, default=0, help="with heard and ended: the number that list has of it")
    hearing.add_argument(
        "--session", action="append", default=[], type=session, help="with information laid: “YYYY-MM-DD AM”, each"
    )
    considered = part("consider", "say that a measure was considered, and what was decided")
    _deed(considered, DECIDED, "the reasons")
    considered.add_argument("--what", required=True, help="the measure, such as prosecution or parenting order")
    considered.add_argument("--equality", default="", help="what was thought of under the Equality Act")
    _add_referral(part)


def _add_referral(part: Adder) -> None:
    sent = part("refer", "say that a referral went to the authority")
    _whom(sent)
    sent.add_argument("--referral", required=True, help="its key in the school’s pack")
    parents(sent)
    sent.add_argument("--session", action="append", default=[], type=session, help="relied on: “YYYY-MM-DD AM”, each")
    sent.add_argument("--to", default="", help="to whom it went")
    sent.add_argument("--how", default="", help="how it went")
    sent.add_argument("--bundle", default="", help="the reference of our bundle, where it was one")
    sent.add_argument("--given", default="", help="the authority’s reference")
    sent.add_argument("--chase", type=day, help="the day on which to ask for the answer, YYYY-MM-DD: a task is made")
    _said(sent, required=False, words="a note")
    answer = part("answer", "say what the authority answered to a referral")
    answer.add_argument("--referral", required=True, type=whole, help="the number that list has of it")
    answer.add_argument("--state", required=True, choices=ANSWERS, help=", ".join(ANSWERS))
    answer.add_argument("--given", default="", help="the authority’s reference")
    _said(answer, required=True, words="what it said")


def _said(part: Parser, *, required: bool, words: str) -> None:
    part.add_argument("--words", required=required, default="", help=words)
    on_day(part)


def _whom(part: Parser) -> None:
    part.add_argument("--pupil", required=True, help=PUPIL)


def _deed(part: Parser, states: tuple[str, ...], words: str) -> None:
    _whom(part)
    part.add_argument("--state", required=True, choices=states, help=", ".join(states))
    _said(part, required=True, words=words)


def run_list(context: Context, asked: Namespace) -> Answer:
    """How it stands."""
    page = formal_page(context, find_pupil(context, asked.pupil).id)
    return Answer(
        {
            "orders": [{"first": one.first.isoformat(), "last": one.last.isoformat()} for one in page.orders],
            "clock": page.clock.says if page.clock else None,
            "done": [_done(one) for one in page.court],
        }
    )


def run_order(context: Context, asked: Namespace) -> Answer:
    """Record it."""
    pupil = find_pupil(context, asked.pupil)
    made, _ = record_order(context, OrderStep(pupil.id, asked.state, asked.words, last=asked.until, on=asked.on))
    return Answer({"id": made, "upn": pupil.upn or None, "state": asked.state})


def run_hearing(context: Context, asked: Namespace) -> Answer:
    """Record it."""
    if asked.state == LAID and asked.begun:
        raise Refused("--begun goes with heard and ended: an information that is laid begins a prosecution.")
    if asked.state != LAID and asked.session:
        raise Refused("--session goes with information laid: the sessions are those of that.")
    pupil = find_pupil(context, asked.pupil)
    parent = find_contact(context, pupil.id, asked.parent)
    made, _ = record_hearing(
        context, pupil.id, parent, asked.state, asked.words, begun=asked.begun, on=asked.on,
        sessions=tuple(asked.session),
    )  # fmt: skip
    return Answer({"id": made, "upn": pupil.upn or None, "state": asked.state})


def run_consider(context: Context, asked: Namespace) -> Answer:
    """Record it."""
    pupil = find_pupil(context, asked.pupil)
    made, _ = consider(
        context, pupil.id, asked.what, asked.state == FOR, asked.words, asked.on, equality=asked.equality
    )  # fmt: skip
    return Answer({"id": made, "upn": pupil.upn or None, "state": asked.state})


def run_refer(context: Context, asked: Namespace) -> Answer:
    """Record it, and say how many days it leaves the authority."""
    pupil = find_pupil(context, asked.pupil)
    new = NewReferral(
        pupil.id, asked.referral, find_contacts(context, pupil.id, asked.parent), tuple(asked.session), asked.words,
        why_left(context, pupil.id, asked.left), asked.on, asked.to, asked.how, asked.given, asked.bundle,
        asked.chase,
    )  # fmt: skip
    made, clock, _ = refer(context, new)
    return Answer({"id": made, "upn": pupil.upn or None, "clock": clock.says if clock else None})


def run_answer(context: Context, asked: Namespace) -> Answer:
    """Record it."""
    made, _ = record_answer(context, asked.referral, asked.state, asked.words, asked.on, given=asked.given)
    return Answer({"id": made, "referral": asked.referral, "state": asked.state})


def _done(one: Entry) -> dict[str, object]:
    return {
        "id": one.id,
        "kind": one.kind.value,
        "on": one.happened_at.date().isoformat(),
        "what": one.details.get("what") or one.outcome,
        "words": one.note or None,
        "equality": one.details.get(EQUALITY),
        "begun": one.adds_to if one.kind is EntryKind.PROSECUTION else None,
        "answers": one.adds_to if one.kind is EntryKind.LA_REFERRAL else None,
    }
