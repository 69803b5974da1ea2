"""`exports`: which lists there are; `export`: one of them as a workbook."""

from __future__ import annotations

from argparse import Namespace

from desktop_app.actions.exports.making import exports, write_export
from desktop_app.actions.exports.spec import ListAsked
from desktop_app.actions.saving import check_target
from desktop_app.cli.answers import Answer, find_pupil, finish
from desktop_app.cli.kinds import PUPIL, Adder, day, file
from desktop_app.context import Context
from desktop_app.domain.report import TableBlock


def add(command: Adder) -> None:
    """Add the command that makes one."""
    asked = command("export", "put a list of a screen into a workbook; what there is: exports")
    asked.add_argument("name", help="the key of a list")
    asked.add_argument("--out", type=file, required=True, help="the .xlsx to make")
    asked.add_argument("--on", type=day, help="the day the list is of, YYYY-MM-DD; today if left out")
    asked.add_argument("--from", dest="first", type=day, help="the first day, where the list is of a span")
    asked.add_argument("--pupil", default="", help=f"that child alone: {PUPIL}")
    asked.add_argument("--class", dest="class_name", default="", help="that class alone")


def add_list(command: Adder) -> None:
    """Add the command that lists them."""
    command("exports", "list the lists that whoever signs in may have as a workbook")


def run(context: Context, asked: Namespace) -> Answer:
    """Make it, and say where it is."""
    check_target(asked.out)
    pupil = find_pupil(context, asked.pupil).id if asked.pupil else 0
    wanted = ListAsked(asked.on, asked.first, pupil, asked.class_name)
    made = finish(write_export(context, asked.name, wanted, asked.out))
    report = made.report
    tables = [one for one in report.blocks if isinstance(one, TableBlock)]
    return Answer(
        {
            "path": str(made.path),
            "sha256": made.sha256,
            "list": report.key,
            "title": report.title,
            "subtitle": report.subtitle,
            "as_at": report.as_at.isoformat(timespec="seconds"),
            "sheets": [{"title": one.title, "rows": len(one.rows)} for one in tables],
        }
    )


def run_list(context: Context, asked: Namespace) -> Answer:  # noqa: ARG001 - nothing is asked
    """Say which there are."""
    return Answer(
        [
            {"list": one.key, "title": one.title, "says": one.says, "asks": sorted(one.asks), "must": sorted(one.must)}
            for one in exports(context)
        ]
    )
