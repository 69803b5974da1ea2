"""`register` and `history`: what a register says, and everything that was ever written in it of one pupil."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from hashlib import sha256
from pathlib import Path

from desktop_app.actions.changes import Scope, change_report, change_rows, print_changes
from desktop_app.actions.mark_history import HistoryLine, mark_history
from desktop_app.actions.register_page import Cell, ColumnState, Row, page
from desktop_app.actions.saving import check_target, save
from desktop_app.cli.answers import Answer, find_pupil, finish
from desktop_app.cli.kinds import PUPIL, Adder, day, file, half
from desktop_app.context import Context
from desktop_app.domain.errors import Refused
from desktop_app.domain.sessions import Session, school_year_start


def add(command: Adder) -> None:
    """Add the command `register`."""
    asked = command("register", "read a class’s register of one session")
    asked.add_argument("--class", dest="class_name", required=True)
    asked.add_argument("--date", type=day, required=True, help="YYYY-MM-DD")
    asked.add_argument("--half", type=half, required=True, metavar="AM|PM")


def run(context: Context, asked: Namespace) -> Answer:
    """Read it."""
    shown = page(context, asked.class_name, asked.date)
    session = Session(asked.date, asked.half)
    column = next((one for one in shown.columns if one.session == session), None)
    if not shown.rows:
        raise Refused(f"There is nobody in a class “{asked.class_name}” then.")
    if column is None:
        raise Refused("Registers are taken from Monday to Friday.")
    place = shown.columns.index(column)
    pupils = [_pupil(row, row.cells[place]) for row in shown.rows]
    return Answer(
        {
            "class": shown.class_name,
            "date": session.day.isoformat(),
            "half": session.half.value,
            "state": column.state.value,
            "why": column.why if column.state is ColumnState.NO_SCHOOL else None,
            "taken_by": column.taken_by or None,
            "taken_at": column.taken_at.isoformat(timespec="seconds") if column.taken_at else None,
            "blank": sum(one["code"] is None and one["why"] is None for one in pupils),
            "pupils": pupils,
        }
    )


def add_history(command: Adder) -> None:
    """Add the command `history`."""
    words = (
        "every change of a pupil’s marks: what stood, what stands, why, when and by whom; or the report of amendments"
    )
    asked = command("history", words)
    whose = asked.add_mutually_exclusive_group()
    whose.add_argument("--pupil", help=PUPIL)
    whose.add_argument("--class", dest="class_name", default="", help="with --out: a class; neither: the whole school")
    asked.add_argument("--out", type=file, help="make the history-of-change report: .pdf, or .xlsx for its rows")
    asked.add_argument("--from", dest="first", type=day, help="the first day; 1 September if left out")
    asked.add_argument("--to", dest="last", type=day, help="the last day; today if left out")


def run_history(context: Context, asked: Namespace) -> Answer:
    """Read it; with `--out` the amendments of a pupil, a class or the school are put on paper."""
    last = asked.last or context.today()
    first = asked.first or school_year_start(last)
    pupil = find_pupil(context, asked.pupil) if asked.pupil else None
    if asked.out:
        return _report(context, Scope(asked.class_name, pupil.id if pupil else 0), first, last, asked.out)
    if pupil is None:
        raise Refused("Say whose history with --pupil, or where the report is to go with --out.")
    lines = mark_history(context, pupil.id, first, last)
    return Answer([_line(pupil.upn, line) for line in lines])


def _report(context: Context, scope: Scope, first: date, last: date, out: Path) -> Answer:
    check_target(out)
    report = change_report(context, scope, first, last)
    rows = out.suffix.lower() == ".xlsx"
    made = None if rows else finish(print_changes(context, report))
    content = made.content if made else change_rows(context, report)
    save(content, out)
    return Answer(
        {
            "path": str(out),
            "whose": report.whose,
            "from": first.isoformat(),
            "to": last.isoformat(),
            "amendments": len(report.lines),
            "pages": made.pages if made else None,
            "sha256": sha256(content).hexdigest(),
        }
    )


def _pupil(row: Row, cell: Cell) -> dict[str, object]:
    mark = cell.mark
    return {
        "upn": row.pupil.upn or None,
        "admission_number": row.pupil.admission_number or None,
        "name": row.pupil.name,
        "code": mark.code if mark else None,
        "minutes": mark.minutes if mark else None,
        "note": (mark.note or None) if mark else None,
        "planned": cell.planned or None,
        "to_confirm": cell.confirm,
        "why": cell.why or None,
    }


def _line(upn: str, line: HistoryLine) -> dict[str, object]:
    change = line.change
    return {
        "upn": upn or None,
        "date": change.day.isoformat(),
        "half": change.half.value,
        "was": line.was or None,
        "code": change.code or None,
        "minutes": change.minutes,
        "note": change.note or None,
        "reason": change.reason or None,
        "amended": change.amends,
        "source": change.source.value,
        "by": change.author.name,
        "position": change.author.position,
        "at": line.at.isoformat(timespec="seconds"),
    }
