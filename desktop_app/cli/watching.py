"""`due`, `decide` and `expect-illness`: what must be looked at on a day, and what was decided about it."""

from __future__ import annotations

from argparse import Namespace

from desktop_app.actions.decisions import decide, expect_illness
from desktop_app.actions.watching import due
from desktop_app.cli.answers import Answer, find_pupil
from desktop_app.cli.kinds import PUPIL, Adder, choice, day, end_of_moment, whole
from desktop_app.context import Context, as_aware
from desktop_app.domain.people import Pupil
from desktop_app.domain.triggers import Trigger, TriggerKind


def add(command: Adder) -> None:
    """Add the command `due`."""
    words = (
        "what must be looked at on a day, each with its sessions, its source and the last lawful day to act. The "
        f"kinds are: {', '.join(TriggerKind)}"
    )
    asked = command("due", words)
    asked.add_argument("--on", type=day, required=True, help="sessions and entries up to this day, YYYY-MM-DD")
    choice(asked, "--kind", TriggerKind, help="one kind alone")
    asked.add_argument("--as-at", type=end_of_moment, help="only what was recorded by then, YYYY-MM-DD[THH:MM[:SS]]")


def run(context: Context, asked: Namespace) -> Answer:
    """Read it."""
    as_at = as_aware(asked.as_at) if asked.as_at else None
    found = due(context, asked.on, as_at, [asked.kind] if asked.kind else None)
    with context.store.reading() as reading:
        pupils = {one.id: one for one in reading.book.all(Pupil)}
    return Answer([_row(one, pupils.get(one.pupil)) for one in found])


def _row(one: Trigger, pupil: Pupil | None) -> dict[str, object]:
    return {
        "kind": one.kind.value,
        "key": one.key,
        "title": one.title,
        "upn": (pupil.upn or None) if pupil else None,
        "admission_number": (pupil.admission_number or None) if pupil else None,
        "class": one.class_name or None,
        "since": one.since.isoformat(),
        "due": one.due.isoformat() if one.due else None,
        "says": one.says,
        "source": one.source,
        "provisional": one.provisional,
        "sessions": [{"date": s.day.isoformat(), "half": s.half.value, "code": s.code or None} for s in one.sessions],
    }


def add_decide(command: Adder) -> None:
    """Add the command `decide`."""
    asked = command("decide", "record what was decided about something that is due: it is not listed again")
    asked.add_argument("--pupil", required=True, help=PUPIL)
    asked.add_argument("--key", required=True, help="the key of what is due: see due")
    asked.add_argument("--what", required=True, help="what was decided, such as: return sent")
    asked.add_argument("--on", type=day, help="the day of the decision, YYYY-MM-DD; today if left out")


def run_decide(context: Context, asked: Namespace) -> Answer:
    """Record it."""
    pupil = find_pupil(context, asked.pupil)
    made, _ = decide(context, asked.key, pupil.id, asked.what, asked.on)
    return Answer(
        {
            "id": made.entry,
            "upn": pupil.upn or None,
            "kind": made.trigger.kind.value,
            "key": made.trigger.key,
            "since": made.trigger.since.isoformat(),
        }
    )


def add_expect(command: Adder) -> None:
    """Add the command `expect-illness`."""
    asked = command("expect-illness", "note that illness is expected, for the sickness return")
    asked.add_argument("--pupil", required=True, help=PUPIL)
    asked.add_argument("--days", type=whole, required=True, help="how many school days")
    asked.add_argument("--from", dest="first", type=day, help="the first day, YYYY-MM-DD; today if left out")
    asked.add_argument("--why", required=True, help="what was heard, such as: surgery, six weeks")


def run_expect(context: Context, asked: Namespace) -> Answer:
    """Note it."""
    pupil = find_pupil(context, asked.pupil)
    first = asked.first or context.today()
    recorded, _ = expect_illness(context, pupil.id, asked.days, first, asked.why)
    return Answer({"id": recorded, "upn": pupil.upn or None, "days": asked.days, "from": first.isoformat()})
