"""`paper`: registers, the roll-call, contact sheets or the continuity pack as a PDF."""

from __future__ import annotations

import os
from argparse import Namespace

from desktop_app.actions.paper import PaperKind, paper
from desktop_app.actions.saving import check_target, save
from desktop_app.cli.answers import Answer, finish
from desktop_app.cli.kinds import Adder, choice, day, file
from desktop_app.context import Context

PASSWORD = "ROLLBOOK_PACK_PASSWORD"  # noqa: S105 - the name of a variable


def add(command: Adder) -> None:
    """Add the command."""
    asked = command("paper", f"print to a PDF; {PASSWORD} in the environment puts it under a password")
    asked.add_argument("--date", type=day, required=True, help="YYYY-MM-DD")
    asked.add_argument("--to", dest="last", type=day, help="with --kind registers: every week up to this day")
    asked.add_argument("--out", type=file, required=True, help="the PDF to make")
    choice(asked, "--kind", PaperKind, default=PaperKind.PACK)
    asked.add_argument("--class", dest="classes", action="append", default=[], help="this class alone; may be repeated")
    asked.add_argument("--blank", action="store_true", help="registers to be filled in by hand")


def run(context: Context, asked: Namespace) -> Answer:
    """Print it."""
    check_target(asked.out)
    password = os.environ.get(PASSWORD, "")
    made = finish(
        paper(context, asked.kind, asked.date, asked.classes, last=asked.last, blank=asked.blank, password=password)
    )
    save(made.content, asked.out)
    return Answer(
        {
            "path": str(asked.out),
            "kind": asked.kind.value,
            "pages": made.pages,
            "sha256": made.sha256,
            "classes": list(made.classes),
            "locked": bool(password),
        }
    )
