"""`call-list`, `early-calls` and `texts`: whom to ring, who is on the early-call list, and a file of texts."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence

from desktop_app.actions.calling import Family
from desktop_app.actions.early_calls import (
    call_book,
    early_list,
    early_proposals,
    put_on_list,
    spells_of,
    take_off_list,
)
from desktop_app.actions.texting import children_to_call, children_to_ring_early, save_texts, text_plan
from desktop_app.actions.today import today
from desktop_app.cli.answers import Answer, find_pupil
from desktop_app.cli.kinds import PUPIL, Adder, day, file
from desktop_app.cli.letter import listed
from desktop_app.context import Context
from desktop_app.domain.calls import EarlyLine, PlannedText
from desktop_app.domain.errors import Refused
from desktop_app.domain.rights import Right
from desktop_app.rules.early_calls import helped

CALLING, EARLY = "calling", "early"
LISTS = f"“{CALLING}” (today’s calling list), “{EARLY}” (the early-call list), or as letter --from-list has it"


def add(command: Adder) -> None:
    """Add the command that lists whom to ring."""
    asked = command("call-list", "whom to ring today, a family at a time; with --early before the registers")
    asked.add_argument("--early", action="store_true", help="the early-call list")
    asked.add_argument("--on", type=day, help="with --early, of that morning; today if left out")


def add_early(command: Adder) -> None:
    """Add the command that keeps the early-call list."""
    asked = command("early-calls", "the early-call list: who might be on it, put a child on it, or take one off")
    what = asked.add_mutually_exclusive_group(required=True)
    what.add_argument("--proposed", dest="lists", action="store_true", help="who might be on it, with why")
    what.add_argument("--put", metavar="PUPIL", help=f"put on: {PUPIL}")
    what.add_argument("--end", metavar="PUPIL", help=f"take off: {PUPIL}")
    asked.add_argument("--from", dest="first", type=day, help="with --put, the first morning; today if left out")
    asked.add_argument("--until", type=day, help="with --put, the day it is looked at again")
    asked.add_argument("--reason", default="", help="why")


def add_texts(command: Adder) -> None:
    """Add the command that makes a file of texts."""
    asked = command("texts", "put a text to each parent of some children into a CSV, and log each")
    asked.add_argument("--from-list", required=True, metavar="FILE|LIST", help=LISTS)
    said = asked.add_mutually_exclusive_group(required=True)
    said.add_argument("--text", help="the text, with fields such as [child]")
    said.add_argument("--words", help="the key of words that are shipped: an unknown one names them all")
    asked.add_argument("--out", type=file, required=True, help="the CSV to make; it is not there yet")
    asked.add_argument("--reason", default="", help="why texts go that the guard doubts; else they are left out")
    asked.add_argument("--dry-run", action="store_true", help="say what would go, and write nothing")


def run(context: Context, asked: Namespace) -> Answer:
    """List the families to ring, in the order to do it."""
    if asked.early:
        found = early_list(context, asked.on)
        lines = {one.pupil.id: one for one in found.lines}
        value = [_family(one, lines) for one in found.families]
        return Answer(value, words=(f"No school on that day: {found.closed}.",) if found.closed else ())
    if asked.on:
        raise Refused("--on goes with --early: the other list is of what nobody has explained by now.")
    context.require(Right.READ_LOG)
    return Answer([_family(one, {}) for one in today(context).calling])


def run_early(context: Context, asked: Namespace) -> Answer:
    """List who might be on it, put on or take off."""
    if asked.lists:
        return Answer(
            [
                {
                    "upn": one.pupil.upn or None,
                    "admission_number": one.pupil.admission_number or None,
                    "class": one.class_name,
                    "says": list(one.says),
                }
                for one in early_proposals(context)
            ]
        )
    child = find_pupil(context, asked.put or asked.end)
    if asked.put:
        if asked.until is None:
            raise Refused("Say with --until on which day it is looked at again.")
        entry, _ = put_on_list(context, child.id, asked.first or context.today(), asked.until, asked.reason)
        return Answer({"id": entry, "admission_number": child.admission_number or None})
    spells = [one for one in spells_of(context, child.id) if one.last >= context.today()]
    if not spells:
        raise Refused(f"{child.name} is not on the early-call list.")
    entry, _ = take_off_list(context, spells[0].entry, asked.reason)
    return Answer({"id": entry, "admission_number": child.admission_number or None})


def run_texts(context: Context, asked: Namespace) -> Answer:
    """Plan the texts; unless it is a dry run, make the file and log each."""
    words = asked.text if asked.text is not None else _shipped(asked.words)
    planned = text_plan(context, _children(context, asked.from_list), words)
    if asked.dry_run:
        return Answer([_row(one, one.why_not) for one in planned])
    reason = asked.reason.strip()
    reasons = {one.key: reason for one in planned if one.asks and not one.stopped} if reason else {}
    saved, _ = save_texts(context, planned, words, asked.out, reasons=reasons)
    left = dict(saved.left)
    return Answer([_row(one, left.get(one.key, "")) for one in planned])


def _shipped(key: str) -> str:
    texts = call_book().texts
    if key not in texts:
        raise Refused(f"There are no words “{key}”. There are: {', '.join(texts)}.")
    return texts[key].words


def _children(context: Context, named: str) -> Sequence[int]:
    if named not in (CALLING, EARLY):
        return listed(context, named)
    found = children_to_call(context) if named == CALLING else children_to_ring_early(context)
    if not found:
        raise Refused("Nobody is on that list today.")
    return found


def _family(one: Family, lines: dict[int, EarlyLine]) -> dict[str, object]:
    return {
        "children": [
            {
                "upn": child.pupil.upn or None,
                "admission_number": child.pupil.admission_number or None,
                "class": child.class_name,
                "until": lines[child.pupil.id].spell.review.isoformat() if child.pupil.id in lines else None,
                "why": lines[child.pupil.id].spell.reason if child.pupil.id in lines else None,
                "helped": helped(lines[child.pupil.id].before, lines[child.pupil.id].since)
                if child.pupil.id in lines
                else None,
            }
            for child in one.pupils
        ],
        "held": one.held,
        "to": one.dial.person.formal_name if one.dial else None,
        "number": one.number or None,
        "reached": one.reached,
        "last": one.last_words or None,
    }


def _row(one: PlannedText, left: str) -> dict[str, object]:
    return {
        "upn": one.pupil.upn or None,
        "admission_number": one.pupil.admission_number or None,
        "to": one.name or None,
        "mobile": one.mobile or None,
        "text": one.words or None,
        "left_out": left or None,
    }
