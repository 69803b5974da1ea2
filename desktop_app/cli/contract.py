"""`contract`: attendance contracts of a pupil, made, checked, broken, decided and ended."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping

from desktop_app.actions.contracts import (
    OUTCOMES,
    SIGNED,
    NewContract,
    break_contract,
    check_contract,
    decide_contract,
    end_contract,
    make_contract,
)
from desktop_app.actions.formal_page import formal_page
from desktop_app.cli.answers import Answer, find_contacts, find_pupil, why_left
from desktop_app.cli.kinds import PUPIL, Adder, Parser, day, nested, on_day, parents, whole
from desktop_app.context import Context
from desktop_app.domain.notices import Contract
from desktop_app.rules.contracts import KEPT, NOT_KEPT

CHECKS, DECISIONS = (KEPT, NOT_KEPT), ("goes on", "ends")


def add(command: Adder) -> None:
    """Add the command with its parts."""
    part = nested(command("contract", "attendance contracts of a pupil"), "contract")
    part("list", "the contracts, with what was checked of each").add_argument("--pupil", required=True, help=PUPIL)
    _add_make(part("make", "record a contract that was signed, or offered and not signed"))
    check = part("check", "say how a contract is kept")
    check.add_argument("--state", required=True, choices=CHECKS, help=", ".join(CHECKS))
    _add_later(check, "what the parent did, and what the school did")
    _add_later(part("broken", "say that a contract was broken"), "how, and what the parent said when asked")
    decided = part("decided", "say what the authority decided about one that was broken")
    decided.add_argument("--state", required=True, choices=DECISIONS, help=", ".join(DECISIONS))
    _add_later(decided, "who decided it, and why")
    _add_later(part("end", "end a contract before its last day"), "why it ends")


def _add_make(made: Parser) -> None:
    made.add_argument("--pupil", required=True, help=PUPIL)
    parents(made)
    made.add_argument("--state", choices=OUTCOMES, default=SIGNED, help=", ".join(OUTCOMES))
    made.add_argument("--first", type=day, help="its first day, YYYY-MM-DD; today if left out")
    made.add_argument("--weeks", type=whole, help="for how many weeks; as the school’s pack says if left out")
    made.add_argument("--part", action="append", default=[], help="one of its required parts, in the order of the law")
    on_day(made)


def _add_later(part: Parser, words: str) -> None:
    part.add_argument("--contract", required=True, type=whole, help="the number that list has of it")
    part.add_argument("--words", required=True, help=words)
    on_day(part)


def run_list(context: Context, asked: Namespace) -> Answer:
    """How they stand."""
    page = formal_page(context, find_pupil(context, asked.pupil).id)
    names = {one.parent: one.name for one in page.notices.parents}
    return Answer([_told(one, names) for one in page.contracts])


def run_make(context: Context, asked: Namespace) -> Answer:
    """Record it."""
    pupil = find_pupil(context, asked.pupil)
    new = NewContract(
        pupil.id, find_contacts(context, pupil.id, asked.parent), tuple(asked.part),
        asked.first or asked.on or context.today(), asked.weeks, asked.state,
        why_left(context, pupil.id, asked.left), asked.on,
    )  # fmt: skip
    made, _ = make_contract(context, new)
    return Answer({"id": made, "upn": pupil.upn or None, "state": asked.state})


def run_check(context: Context, asked: Namespace) -> Answer:
    """Record it."""
    made, _ = check_contract(context, asked.contract, asked.state == KEPT, asked.words, asked.on)
    return Answer({"id": made, "contract": asked.contract, "state": asked.state})


def run_broken(context: Context, asked: Namespace) -> Answer:
    """Record it."""
    made, _ = break_contract(context, asked.contract, asked.words, asked.on)
    return Answer({"id": made, "contract": asked.contract, "state": "broken"})


def run_decided(context: Context, asked: Namespace) -> Answer:
    """Record it."""
    made, _ = decide_contract(context, asked.contract, asked.state == DECISIONS[0], asked.words, asked.on)
    return Answer({"id": made, "contract": asked.contract, "state": asked.state})


def run_end(context: Context, asked: Namespace) -> Answer:
    """Record it."""
    made, _ = end_contract(context, asked.contract, asked.words, asked.on)
    return Answer({"id": made, "contract": asked.contract, "state": "ended"})


def _told(one: Contract, names: Mapping[int, str]) -> dict[str, object]:
    return {
        "contract": one.entry,
        "parents": [names.get(key, "no longer a contact") for key in one.parents],
        "first": one.first.isoformat(),
        "last": one.last.isoformat(),
        "parts": list(one.parts),
        "checks": [{"on": on.isoformat(), "kept": kept, "words": words} for on, kept, words in one.checks],
        "broken": one.broken,
        "ended": one.ended.isoformat() if one.ended else None,
        "later": [{"on": on.isoformat(), "what": what, "words": words} for on, what, words in one.later],
    }
