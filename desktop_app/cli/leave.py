"""`leave ask`, `leave decide` and `leave list`: leave of absence."""

from __future__ import annotations

from argparse import ArgumentTypeError, Namespace

from desktop_app.actions.leave import ask_leave, decide_leave, leave_line, leave_page
from desktop_app.actions.leave_reading import LeaveLine
from desktop_app.cli.answers import Answer, find_pupil
from desktop_app.cli.kinds import PUPIL, Adder, choice, day, nested, whole
from desktop_app.cli.plan import end
from desktop_app.context import Context
from desktop_app.domain.leave import LeaveState, NewDecision, NewLeave, Span
from desktop_app.domain.sessions import Half
from desktop_app.rules.leave import span_text

DECISIONS = (LeaveState.GRANTED, LeaveState.PART, LeaveState.REFUSED)


def add(command: Adder) -> None:
    """Add the command with its three parts."""
    part = nested(command("leave", "leave of absence: ask for it, decide it, or list what was asked"), "leave")
    asked = part("ask", "put down that leave was asked for")
    asked.add_argument("--pupil", required=True, action="append", help=f"{PUPIL}; again for a brother or sister")
    asked.add_argument("--from", dest="first", type=end, required=True, metavar="D[:AM|PM]")
    asked.add_argument("--to", dest="last", type=end, required=True, metavar="D[:AM|PM]")
    asked.add_argument("--reason", required=True, help="what it is for, as it was asked")
    asked.add_argument("--person", type=whole, action="append", default=[], help="the number of a contact who asks")
    asked.add_argument("--asked-on", type=day, help="on which day it was asked for; today if left out")
    asked.add_argument("--evidence", default="", help="what came with it")
    asked.add_argument("--late", action="store_true", help="it was asked for after it had begun")
    decided = part("decide", "decide a request")
    decided.add_argument("--request", type=whole, required=True, help="the number of a request")
    choice(decided, "--decision", LeaveState, DECISIONS, required=True)
    decided.add_argument("--ground", default="", help="the key of a ground; needed unless it is refused")
    decided.add_argument("--reasons", required=True, help="why, as it stands in the letter")
    decided.add_argument("--days", type=days, action="append", default=[], metavar="D[:AM|PM]/D[:AM|PM]",
                         help="days granted, where not all are")  # fmt: skip
    part("list", "what was asked for: what waits first")


def days(text: str) -> Span:
    """Days from one end to another."""
    first, slash, last = text.partition("/")
    if not slash:
        raise ArgumentTypeError(f"“{text}” are not days; write YYYY-MM-DD/YYYY-MM-DD")
    (begins, half), (ends, last_half) = end(first), end(last)
    return Span(begins, ends, half or Half.AM, last_half or Half.PM)


def run_ask(context: Context, asked: Namespace) -> Answer:
    """Put it down."""
    pupils = [find_pupil(context, one).id for one in asked.pupil]
    (first, half), (last, last_half) = asked.first, asked.last
    span = Span(first, last, half or Half.AM, last_half or Half.PM)
    asked_on = asked.asked_on or context.today()
    new = NewLeave(span, asked.reason, asked_on, tuple(asked.person), asked.evidence, asked.late)
    made, _ = ask_leave(context, pupils, new)
    return Answer([_shown(leave_line(context, one)) for one in made])


def run_decide(context: Context, asked: Namespace) -> Answer:
    """Decide it."""
    new = NewDecision(asked.decision, asked.reasons, asked.ground, tuple(asked.days))
    decide_leave(context, asked.request, new)
    return Answer(_shown(leave_line(context, asked.request)))


def run_list(context: Context, asked: Namespace) -> Answer:
    """Everything, what waits first."""
    del asked
    found = leave_page(context)
    return Answer(
        [_shown(one) for one in (*found.waiting, *found.decided)], words=(found.policy,) if found.policy else ()
    )


def _shown(line: LeaveLine) -> dict[str, object]:
    request = line.request
    done = request.decided
    return {
        "request": request.entry,
        "upn": line.child.upn or None,
        "pupil": line.child.name,
        "asked_by": request.by,
        "asked_on": request.asked_on.isoformat(),
        "days": span_text(request.span),
        "sessions": line.sessions,
        "reason": request.reason,
        "late": request.late,
        "state": request.state.value,
        "ground": done.ground if done else None,
        "granted": [span_text(one) for one in done.granted] if done else [],
        "says": line.says,
        "told": list(line.told),
        "family": [{"pupil": name, "request": one.entry, "state": one.state.value} for name, one in line.same],
        "taken": [f"{one.day.isoformat()} {one.half.value}" for one in line.taken],
        "clock": line.clock,
    }
