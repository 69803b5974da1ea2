"""`close-week`: what a week still lacks, and its signing off."""

from __future__ import annotations

from argparse import Namespace

from desktop_app.actions.week import check_week, close_week, week
from desktop_app.cli.answers import Answer
from desktop_app.cli.kinds import Adder, day
from desktop_app.context import Context
from desktop_app.domain.errors import NotAllowed, Refused
from desktop_app.domain.week import Finding, Found


def add(command: Adder) -> None:
    """Add the command."""
    asked = command("close-week", "sign off a school week, or say what it still lacks")
    asked.add_argument("--date", type=day, required=True, help="any day of the week, YYYY-MM-DD")
    asked.add_argument("--note", default="", help="what is to be remembered of it")
    asked.add_argument("--dry-run", action="store_true", help="say what it lacks, and write nothing")


def run(context: Context, asked: Namespace) -> Answer:
    """Close it. Exit code 2, with what it lacks, where it cannot be closed; a dry run says and ends the same."""
    words: tuple[str, ...] = ()
    try:
        if asked.dry_run:
            check_week(context, asked.date)
        else:
            close_week(context, asked.date, asked.note)
    except NotAllowed:
        raise
    except Refused as refused:
        words = (str(refused),)
    found = week(context, asked.date)
    value: dict[str, object] = {
        "monday": found.monday.isoformat(),
        "closed": found.signed_off,
        "signed_by": found.signed_by or None,
        "open_n": [_line(one) for one in found.of(Finding.OPEN_N)],
        "gaps": [_line(one) for one in found.of(Finding.GAP)],
        "notes": [_line(one) for one in found.of(Finding.NOTE)],
        "clashes": [_line(one) for one in found.of(Finding.CLASH)],
    }
    return Answer({**value, "error": words[0]} if words else value, 2 if words else 0, words)


def _line(found: Found) -> dict[str, object]:
    line: dict[str, object] = {
        "upn": found.pupil.upn or None,
        "admission_number": found.pupil.admission_number or None,
        "class": found.class_name,
        "date": found.session.day.isoformat(),
        "half": found.session.half.value,
        "code": found.code or None,
        "says": found.says,
    }
    if found.kind is Finding.OPEN_N:
        due = found.due.isoformat() if found.due else None
        line |= {"age": found.days, "due": due, "overdue": found.overdue}
    return line
