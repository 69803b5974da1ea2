"""`school-log`: training, assemblies, versions of the policy. Lists what there is, or adds to it."""

from __future__ import annotations

from argparse import Namespace

from desktop_app.actions.school_log import log_school, school_log
from desktop_app.cli.answers import Answer
from desktop_app.cli.kinds import AS_AT, Adder, choice, day, end_of_moment
from desktop_app.context import Context, as_aware
from desktop_app.domain.errors import Refused
from desktop_app.domain.school_log import SchoolKind, SchoolLine

WHEN_ADDED = ("day", "what", "who", "policy_version", "approved", "review")


def add(command: Adder) -> None:
    """Add the command."""
    asked = command("school-log", "what the school did that is about no pupil: list it, or put something down")
    asked.add_argument("--list", dest="lists", action="store_true", help="say what there is, the newest first")
    choice(asked, "--add", SchoolKind, help="put down something of this kind")
    asked.add_argument("--day", type=day, help="the day it was; today if left out")
    asked.add_argument("--what", default="", help="what it was, in a few words")
    asked.add_argument("--who", default="", help="who gave it, who took part, who approved it")
    asked.add_argument("--policy-version", default="", help="of a policy: which version, such as 3 or 2026")
    asked.add_argument("--approved", type=day, help="of a policy: the day on which it was approved")
    asked.add_argument("--review", type=day, help="of a policy: the day by which it is to be reviewed")
    asked.add_argument("--as-at", type=end_of_moment, help=AS_AT)


def run(context: Context, asked: Namespace) -> Answer:
    """List it, or add to it."""
    if asked.lists == (asked.add is not None):
        raise Refused("Say --list, or --add with the kind of what was done.")
    if asked.lists:
        if any(getattr(asked, name) for name in WHEN_ADDED):
            raise Refused("What was done goes with --add and its kind.")
        as_at = as_aware(asked.as_at) if asked.as_at else None
        return Answer([_told(one) for one in school_log(context, as_at)])
    if asked.as_at:
        raise Refused("--as-at goes with the list alone.")
    line = SchoolLine(
        *(asked.add, asked.day or context.today(), asked.what, asked.who),
        *(asked.policy_version, asked.approved, asked.review),
    )
    entry, _ = log_school(context, line)
    return Answer(next(_told(one) for one in school_log(context) if one.entry == entry))


def _told(line: SchoolLine) -> dict[str, object]:
    return {
        "id": line.entry,
        "kind": line.kind.value,
        "day": line.day.isoformat(),
        "what": line.what,
        "who": line.who or None,
        "version": line.version or None,
        "approved": line.approved.isoformat() if line.approved else None,
        "review": line.review.isoformat() if line.review else None,
        "by": line.author.name if line.author else None,
        "withdrawn": line.withdrawn or None,
    }
