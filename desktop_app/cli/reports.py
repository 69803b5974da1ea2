"""`reports`: which there are; `report`: one of them as a PDF or a workbook."""

from __future__ import annotations

from argparse import Namespace

from desktop_app.actions.reports.making import available, make_report, write_report
from desktop_app.actions.reports.spec import Asked
from desktop_app.actions.saving import check_target
from desktop_app.cli.answers import Answer, find_pupil, finish
from desktop_app.cli.kinds import PUPIL, Adder, day, end_of_moment, file
from desktop_app.context import Context, as_aware
from desktop_app.domain.errors import Refused

OPTIONS = {
    "first": "--from", "class_name": "--class", "pupil": "--pupil", "group": "--group", "meeting": "--meeting",
    "comparable": "--comparable",
}  # fmt: skip
"""What a report may heed besides the day and the moment, as it is asked for here."""


def add(command: Adder) -> None:
    """Add the command that makes one."""
    asked = command("report", "make a report; what there is: reports")
    asked.add_argument("name", help="the key of a report")
    asked.add_argument("--out", type=file, required=True, help="the .pdf or .xlsx to make")
    asked.add_argument("--on", type=day, help="up to and including this day, YYYY-MM-DD; today if left out")
    asked.add_argument("--from", dest="first", type=day, help="the first day; the report’s own if left out")
    asked.add_argument("--as-at", type=end_of_moment, help="only what was recorded by then, YYYY-MM-DD[THH:MM[:SS]]")
    asked.add_argument("--class", dest="class_name", default="", help="the class it is about")
    asked.add_argument("--pupil", default="", help=f"the child it is about: {PUPIL}")
    asked.add_argument("--group", default="", help="the key of the group it is about")
    asked.add_argument("--meeting", default="", help="the key of the meeting of the pack it is about")
    asked.add_argument("--comparable", action="store_true", help="count the pupils whom the DfE counts")


def add_list(command: Adder) -> None:
    """Add the command that lists them."""
    command("reports", "list the reports that whoever signs in may see")


def run(context: Context, asked: Namespace) -> Answer:
    """Make it, and say where it is."""
    check_target(asked.out)
    _check_asked(context, asked)
    pupil = find_pupil(context, asked.pupil).id if asked.pupil else 0
    wanted = Asked(
        on=asked.on or context.today(),
        first=asked.first,
        as_at=as_aware(asked.as_at) if asked.as_at else None,
        comparable=asked.comparable,
        pupil=pupil,
        class_name=asked.class_name,
        group=asked.group,
        meeting=asked.meeting,
    )
    report = make_report(context, asked.name, wanted)
    made = finish(write_report(context, report, asked.out))
    return Answer(
        {
            "path": str(made.path),
            "sha256": made.sha256,
            "report": report.key,
            "title": report.title,
            "subtitle": report.subtitle,
            "counts": report.counts,
            "as_at": report.as_at.isoformat(timespec="seconds"),
            "public": report.public,
        }
    )


def _check_asked(context: Context, asked: Namespace) -> None:
    """Refuse what the report does not heed: a whole school must not be taken for the class that was asked for."""
    spec = next((one for one in available(context) if one.key == asked.name), None)
    if spec is None:
        return  # refused in words where it is made
    unheeded = [words for field, words in OPTIONS.items() if getattr(asked, field) and field not in spec.asks]
    if unheeded:
        heeds = ", ".join(words for field, words in OPTIONS.items() if field in spec.asks) or "--on and --as-at alone"
        raise Refused(f"{spec.title} does not take {', '.join(unheeded)}. It takes: {heeds}.")


def run_list(context: Context, asked: Namespace) -> Answer:  # noqa: ARG001 - nothing is asked
    """Say which there are."""
    return Answer(
        [
            {"report": one.key, "title": one.title, "says": one.says, "asks": sorted(one.asks), "public": one.public}
            for one in available(context)
        ]
    )
