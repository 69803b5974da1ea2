"""`explain`: how a figure is reached, and why another system may show another."""

from __future__ import annotations

from argparse import Namespace

from desktop_app.actions.explain import explain
from desktop_app.actions.figures import Grouping
from desktop_app.cli.answers import Answer, find_pupil
from desktop_app.cli.kinds import PUPIL, Adder, choice, day, end_of_moment
from desktop_app.context import Context, as_aware
from desktop_app.domain.errors import Refused

NAMED = [one for one in Grouping if one not in (Grouping.PUPIL, Grouping.SCHOOL)]


def add(command: Adder) -> None:
    """Add the command."""
    asked = command("explain", "how an attendance figure is reached, and why another system may show another")
    asked.add_argument(
        "--upn", "--pupil", dest="pupil", help=f"{PUPIL}; left out: of the school, or of --by and --name"
    )
    choice(asked, "--by", Grouping, NAMED, default=None, help="of one class, year, phase or group: say which by --name")
    asked.add_argument("--name", default="", help="the class, year or phase, or the key of the group")
    asked.add_argument("--from", dest="first", type=day, required=True, help="the first day, YYYY-MM-DD")
    asked.add_argument("--to", dest="last", type=day, required=True, help="the last day, inclusive")
    asked.add_argument("--comparable", action="store_true", help="as the DfE counts; not of one pupil")
    asked.add_argument("--as-at", type=end_of_moment, help="only what was recorded by then, YYYY-MM-DD[THH:MM[:SS]]")


def run(context: Context, asked: Namespace) -> Answer:
    """Explain it."""
    by, key = asked.by or Grouping.SCHOOL, asked.name
    if asked.pupil:
        if asked.by or asked.comparable:
            raise Refused("Of one pupil there is neither --by nor --comparable.")
        by, key = Grouping.PUPIL, str(find_pupil(context, asked.pupil).id)
    elif (by is Grouping.SCHOOL) != (not key):
        raise Refused("Give --by and --name together: which class, year, phase or group.")
    as_at = as_aware(asked.as_at) if asked.as_at else None
    found = explain(context, by, key, asked.first, asked.last, as_at, asked.comparable)
    figures = found.figures
    return Answer(
        {
            "title": found.title,
            "from": found.first.isoformat(),
            "to": found.last.isoformat(),
            "as_at": found.as_at.isoformat(timespec="seconds"),
            "counts": found.counts,
            "pupils": found.pupils,
            "possible": figures.possible,
            "attended": figures.attended,
            "authorised": figures.authorised,
            "unauthorised": figures.unauthorised,
            "unmarked": figures.unmarked,
            "attendance_pct": None if figures.attendance is None else float(figures.attendance),
            "says": list(found.says),
            "codes": [
                {
                    "code": line.code.key,
                    "title": line.code.title,
                    "counts_as": line.code.counts.value,
                    "possible": line.code.counts.possible,
                    "sessions": line.sessions,
                }
                for line in found.codes
            ],
            "left_out": [{"why": line.why, "sessions": line.sessions} for line in found.left_out],
            "dates": list(found.dates),
            "amended": list(found.amended),
            "elsewhere": list(found.elsewhere),
        }
    )
