"""`figures`: attendance figures of pupils, classes, years, phases, groups and the school."""

from __future__ import annotations

from argparse import Namespace
from fractions import Fraction

from desktop_app.actions.figures import FigureRow, Grouping, figures
from desktop_app.actions.group_figures import group_figures
from desktop_app.cli.answers import Answer
from desktop_app.cli.kinds import Adder, choice, day, end_of_moment
from desktop_app.context import Context, as_aware
from desktop_app.domain.errors import Refused
from desktop_app.domain.figures import Figures
from desktop_app.domain.groups import GroupFigures, Tally
from desktop_app.rules.comparable import who_is_counted
from desktop_app.rules.groups import find_group

GROUP = (
    "only the members of one group, on the last day: fsm, ehcp, send, sex:F, ethnicity:WBRI, home-la:343, own:NAME; "
    "--by group lists those there are"
)
COMPARABLE = (
    "only those whom the DfE counts: aged 5 to 15 on 31 August before the school year, no nursery or sixth form, and "
    "not the second half of the summer term of those aged 15"
)


def add(command: Adder) -> None:
    """Add the command."""
    asked = command("figures", "attendance figures")
    asked.add_argument("--from", dest="first", type=day, required=True, help="the first day, YYYY-MM-DD")
    asked.add_argument("--to", dest="last", type=day, required=True, help="the last day, inclusive")
    choice(asked, "--by", Grouping, default=Grouping.PUPIL)
    asked.add_argument("--group", default="", metavar="KEY", help=GROUP)
    asked.add_argument("--comparable", action="store_true", help=COMPARABLE)
    asked.add_argument("--as-at", type=end_of_moment, help="only what was recorded by then, YYYY-MM-DD[THH:MM[:SS]]")


def run(context: Context, asked: Namespace) -> Answer:
    """Reckon them."""
    if asked.last < asked.first:
        raise Refused(f"The period ends ({asked.last}) before it begins ({asked.first}).")
    as_at = as_aware(asked.as_at) if asked.as_at else None
    by: Grouping = asked.by
    group = "" if by is Grouping.GROUP else asked.group
    rows = figures(context, asked.first, asked.last, by, as_at, asked.comparable, group)
    values = [_row(row, by) for row in rows]
    if by is Grouping.GROUP:
        found = group_figures(context, asked.first, asked.last, as_at, asked.comparable)
        wanted = find_group([one.group for one in found], asked.group).key if asked.group else ""
        told = {row.key: value for row, value in zip(rows, values, strict=True)}
        values = [told[one.group.key] | _group(one) for one in found if wanted in ("", one.group.key)]
    words = (who_is_counted(context.rulebook, comparable=True),) if asked.comparable else ()
    return Answer(values, words=words)


def _row(row: FigureRow, by: Grouping) -> dict[str, object]:
    counted = row.figures
    value: dict[str, object] = {
        "upn": (row.pupil.upn or None) if row.pupil else None,
        "admission_number": (row.pupil.admission_number or None) if row.pupil else None,
        "name": row.pupil.name if row.pupil else None,
        "class": row.class_name if by in (Grouping.PUPIL, Grouping.CLASS) else None,
        "year": row.year if by in (Grouping.PUPIL, Grouping.YEAR) else None,
        **_counts(counted),
        "minutes_late": row.minutes_late,
        "band": row.band.key if row.band else None,
        "persistent": row.persistent,
        "severe": row.severe,
        "too_early": row.too_early,
        "codes": dict(counted.codes),
    }
    if by is Grouping.PHASE:
        value["phase"] = row.key
    return value if by is Grouping.PUPIL else {**value, "pupils": row.pupils, "counted": row.counted}


def _counts(counted: Figures) -> dict[str, object]:
    return {
        "possible": counted.possible,
        "attended": counted.attended,
        "authorised": counted.authorised,
        "unauthorised": counted.unauthorised,
        "late": counted.late,
        "unmarked": counted.unmarked,
        "attendance_pct": _number(counted.attendance),
    }


def _group(one: GroupFigures) -> dict[str, object]:
    here, there = one.members.figures.attendance, one.rest.figures.attendance
    return {
        "group": one.group.key,
        "title": one.group.title,
        "small": one.small,
        "persistent_pct": _rate(one.members.persistent, one.members),
        "severe_pct": _rate(one.members.severe, one.members),
        "gap": None if here is None or there is None else float(here - there),
        "rest": {
            "pupils": one.rest.pupils,
            "counted": one.rest.counted,
            **_counts(one.rest.figures),
            "minutes_late": one.rest.minutes_late,
            "persistent": one.rest.persistent,
            "severe": one.rest.severe,
            "persistent_pct": _rate(one.rest.persistent, one.rest),
            "severe_pct": _rate(one.rest.severe, one.rest),
        },
    }


def _rate(pupils: int, of: Tally) -> float | None:
    return _number(Fraction(100 * pupils, of.counted) if of.counted else None)


def _number(exact: Fraction | None) -> float | None:
    return None if exact is None else float(exact)
