"""`clock`: what is doubtful about the computer's clock, and the word that it is right."""

from __future__ import annotations

from argparse import Namespace

from desktop_app.actions.clock import doubt_of_clock, say_clock_is_right
from desktop_app.cli.answers import Answer
from desktop_app.cli.kinds import Adder
from desktop_app.context import Context


def add(command: Adder) -> None:
    """Add the command."""
    asked = command("clock", "say what is doubtful about the computer’s clock")
    asked.add_argument("--right", action="store_true", help="somebody has looked at the clock, and it is right")


def run(context: Context, asked: Namespace) -> Answer:
    """Say it, or record the word."""
    if asked.right:
        say_clock_is_right(context)
    doubt = doubt_of_clock(context)
    value: dict[str, object] = {
        "now": context.now().isoformat(timespec="seconds"),
        "doubt": doubt.kind.value if doubt else None,
        "words": doubt.words if doubt else None,
        "blocks": bool(doubt and doubt.blocks),
    }
    return Answer(value, words=(doubt.words,) if doubt else ())
