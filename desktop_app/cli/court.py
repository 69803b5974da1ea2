"""`court list`, `court order` and `court hearing`: an education supervision order and a prosecution, deed by deed."""

from __future__ import annotations

from argparse import Namespace

from desktop_app.actions.court import HEARINGS, LAID, OrderStep, record_hearing, record_order
from desktop_app.actions.formal_page import formal_page
from desktop_app.cli.answers import Answer, find_contact, find_pupil
from desktop_app.cli.kinds import PUPIL, Adder, Parser, day, nested, session, whole
from desktop_app.context import Context
from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.errors import Refused
from desktop_app.rules.orders import STATES


def add(command: Adder) -> None:
    """Add the command with its parts."""
    part = nested(command("court", "supervision orders and prosecutions of a pupil’s parents"), "court")
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


def _whom(part: Parser) -> None:
    part.add_argument("--pupil", required=True, help=PUPIL)


def _deed(part: Parser, states: tuple[str, ...], words: str) -> None:
    _whom(part)
    part.add_argument("--state", required=True, choices=states, help=", ".join(states))
    part.add_argument("--words", required=True, help=words)
    part.add_argument("--on", type=day, help="the day, YYYY-MM-DD; today if left out")


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


def _done(one: Entry) -> dict[str, object]:
    return {
        "id": one.id,
        "kind": one.kind.value,
        "on": one.happened_at.date().isoformat(),
        "what": one.details.get("what") or one.outcome,
        "words": one.note or None,
        "begun": one.adds_to if one.kind is EntryKind.PROSECUTION else None,
    }
