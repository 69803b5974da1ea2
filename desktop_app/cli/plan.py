"""`plan`: a planned absence or attendance elsewhere, of one pupil or a class."""

from __future__ import annotations

import argparse
from argparse import Namespace
from datetime import date

from desktop_app.actions.plans import in_class, plan
from desktop_app.cli.answers import Answer, find_pupil
from desktop_app.cli.kinds import PUPIL, Adder, day, half
from desktop_app.context import Context
from desktop_app.domain.school import Plan
from desktop_app.domain.sessions import Half


def add(command: Adder) -> None:
    """Add the command."""
    asked = command("plan", "plan an absence or attendance elsewhere")
    whose = asked.add_mutually_exclusive_group(required=True)
    whose.add_argument("--pupil", help=PUPIL)
    whose.add_argument("--class", dest="class_name", help="everybody in a class on the first day")
    asked.add_argument("--code", required=True, help="an attendance code")
    asked.add_argument("--from", dest="first", type=end, required=True, metavar="D[:AM|PM]")
    asked.add_argument("--to", dest="last", type=end, required=True, metavar="D[:AM|PM]")
    asked.add_argument("--note", default="", help="what it is; K and B need it")
    asked.add_argument("--provider", default="", help="where the child is; K and B need it")
    asked.add_argument("--asked-by", default="", help="who asked for leave")
    asked.add_argument("--asked-on", type=day, help="on which day")
    asked.add_argument("--decided-by", default="", help="who gave it")


def end(text: str) -> tuple[date, Half | None]:
    """A day, and perhaps a half of it."""
    when, _, which = text.partition(":")
    try:
        return day(when), half(which) if which else None
    except argparse.ArgumentTypeError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a day; write YYYY-MM-DD, or YYYY-MM-DD:AM") from None


def run(context: Context, asked: Namespace) -> Answer:
    """Plan it."""
    first, first_half = asked.first
    last, last_half = asked.last
    pupils = [find_pupil(context, asked.pupil)] if asked.pupil else in_class(context, asked.class_name, first)
    wanted = Plan(
        0, 0, str(asked.code).strip().upper(), first, first_half or Half.AM, last, last_half or Half.PM,
        note=asked.note, asked_by=asked.asked_by, asked_on=asked.asked_on, decided_by=asked.decided_by,
        decided_on=context.today() if asked.decided_by else None, provider=asked.provider,
    )  # fmt: skip
    made, _ = plan(context, wanted, [pupil.id for pupil in pupils])
    upns = {pupil.id: pupil.upn or None for pupil in pupils}
    return Answer(
        {
            "plans": [
                {
                    "id": one.id,
                    "upn": upns[one.pupil],
                    "code": one.code,
                    "from": f"{one.first.isoformat()}:{one.first_half.value}",
                    "to": f"{one.last.isoformat()}:{one.last_half.value}",
                }
                for one in made.plans
            ],
            "marks": made.marks,
        }
    )
