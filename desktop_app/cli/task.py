"""`task list` and `task give`: what is owed, by whom and by when; and a task handed to somebody else."""

from __future__ import annotations

from argparse import Namespace

from desktop_app.actions.agenda import AgendaLine, agenda
from desktop_app.actions.tasks import own_task
from desktop_app.cli.answers import Answer, find_staff
from desktop_app.cli.kinds import Adder, day, nested, whole
from desktop_app.context import Context


def add(command: Adder) -> None:
    """Add the command with its part."""
    part = nested(command("task", "tasks, reviews, meetings to arrange and what steps ask for"), "task")
    listed = part("list", "list them, person by person")
    listed.add_argument("--owner", default="", help="the name with which whoever owes them signs in; else everybody’s")
    listed.add_argument("--to", type=day, help="what is due up to and including this day, YYYY-MM-DD; else all")
    given = part("give", "hand a task to somebody, or set it another day")
    given.add_argument("--task", type=whole, required=True, help="the number of the task, as list has it")
    whom = given.add_mutually_exclusive_group(required=True)
    whom.add_argument("--owner", default="", help="the name with which whoever has it from now on signs in")
    whom.add_argument("--nobody", action="store_true", help="nobody has it any more")
    given.add_argument("--due", type=day, help="by which day, YYYY-MM-DD; as before if left out")


def run_list(context: Context, asked: Namespace) -> Answer:
    """List them."""
    owner = find_staff(context, asked.owner) if asked.owner else None
    return Answer([_row(one) for one in agenda(context, owner, asked.to)])


def run_give(context: Context, asked: Namespace) -> Answer:
    """Hand one on."""
    owner = find_staff(context, asked.owner) if asked.owner else 0
    own_task(context, asked.task, owner, due=asked.due)
    found = next((one for one in agenda(context, owner) if one.task == asked.task), None)
    return Answer(_row(found) if found is not None else {"id": asked.task, "owner": asked.owner or None})


def _row(one: AgendaLine) -> dict[str, object]:
    return {
        "kind": one.kind.value,
        "id": one.task or None,
        "case": one.case or None,
        "upn": one.pupil.upn or None,
        "admission_number": one.pupil.admission_number or None,
        "class": one.class_name or None,
        "text": one.title,
        "due": one.due.isoformat() if one.due else None,
        "overdue": one.overdue,
        "owner": one.owner_name or None,
        "who": one.who or None,
        "source": one.source or None,
    }
