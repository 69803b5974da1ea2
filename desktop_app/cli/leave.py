"""`leave ask`, `leave decide`, `leave letters`, `leave take-back` and `leave list`: leave of absence."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace

from desktop_app.actions.leave import ask_leave, decide_leave, leave_line, leave_page, take_back_leave
from desktop_app.actions.leave_letters import leave_letters
from desktop_app.actions.leave_reading import LeaveLine
from desktop_app.actions.letters import letter_plan
from desktop_app.cli.answers import Answer, find_pupil
from desktop_app.cli.kinds import PUPIL, Adder, choice, day, file, nested, whole
from desktop_app.cli.letter import check_folder, write_letters
from desktop_app.cli.plan import end
from desktop_app.context import Context
from desktop_app.domain.errors import Refused
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
    decided.add_argument("--listed", default="", help="the line of the school’s published list that it rests on")
    decided.add_argument("--again", action="store_true", help="decide once more what was decided before")
    decided.add_argument("--letters", type=file, metavar="DIR", help="make the letter to each parent, into this folder")
    _letters(decided)
    back = part("take-back", "the parent does not want the leave any more")
    back.add_argument("--request", type=whole, required=True, help="the number of a request")
    back.add_argument("--words", required=True, help="who took it back, and how")
    written = part("letters", "make the letters of a decision that are still to be written")
    written.add_argument("--request", type=whole, required=True, help="the number of a request")
    written.add_argument("--out", dest="letters", type=file, required=True, help="the folder; it is there already")
    _letters(written)
    part("list", "what was asked for: what waits first")


def _letters(command: ArgumentParser) -> None:
    command.add_argument("--reason", default="", help="why a letter is sent where the guard has doubts")


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
    if asked.letters is not None:
        check_folder(asked.letters)
    new = NewDecision(asked.decision, asked.reasons, asked.ground, tuple(asked.days), asked.listed, asked.again)
    decide_leave(context, asked.request, new)
    if asked.letters is None:
        return Answer(_shown(leave_line(context, asked.request)))
    try:
        written, words = _written(context, asked)
    except Refused as refused:
        written, words = [], (f"It is decided, and no letter was made: {refused}",)
    return Answer({**_shown(leave_line(context, asked.request)), "letters": written}, words=words)


def run_letters(context: Context, asked: Namespace) -> Answer:
    """Make the letters that are still to be written."""
    check_folder(asked.letters)
    written, words = _written(context, asked)
    return Answer(written, words=words)


def _written(context: Context, asked: Namespace) -> tuple[list[dict[str, object]], tuple[str, ...]]:
    """Make each letter that can go; of one that cannot the task stays, and it is said why."""
    wanted = leave_letters(context, asked.request)
    planned = letter_plan(context, wanted.kind, [wanted.pupil], wanted.options)
    return write_letters(context, planned, wanted.options, asked.reason.strip(), asked.letters)


def run_take_back(context: Context, asked: Namespace) -> Answer:
    """Take it back."""
    take_back_leave(context, asked.request, asked.words)
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
