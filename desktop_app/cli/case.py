"""`case open`, `case step` and `case show`: a case of a child, under the authority's pack."""

from __future__ import annotations

from argparse import Namespace

from desktop_app.actions.case_page import CasePage, case_page, cases_of, proposals_of
from desktop_app.actions.casework import move, open_at
from desktop_app.cli.answers import Answer, find_pupil, find_staff
from desktop_app.cli.kinds import PUPIL, Adder, Parser, nested, on_day, whole
from desktop_app.context import Context
from desktop_app.domain.cases import Proposal, ProposalKind
from desktop_app.domain.errors import Refused
from desktop_app.rules.casework.facts import Share
from desktop_app.rules.casework.state import open_case_of


def add(command: Adder) -> None:
    """Add the command with its three parts."""
    part = nested(command("case", "a case of a pupil: open it, move it to a step, or show it"), "case")
    opened = part("open", "open a case at a step of the authority’s pack")
    opened.add_argument("--pupil", required=True, help=PUPIL)
    opened.add_argument("--step", default="", help="the key of a step; else that of a trigger met, else the first")
    opened.add_argument("--lead", default="", help="the name with which whoever leads it signs in")
    opened.add_argument("--note", default="", help="more about it")
    opened.add_argument("--despite", default="", help="why it begins at a step that is meant for where risk has grown")
    on_day(opened)
    moved = part("step", "move a case up or down to a step")
    _which(moved)
    moved.add_argument("--to", required=True, help="the key of a step")
    moved.add_argument("--reason", required=True, help="why")
    moved.add_argument("--agreed", required=True, help="who agreed")
    moved.add_argument("--despite", default="", help="why it goes on without what must be done, or out of order")
    on_day(moved)
    _which(part("show", "where a case is, since when, what is next, who owes it, and whether it works"))


def _which(part: Parser) -> None:
    which = part.add_mutually_exclusive_group(required=True)
    which.add_argument("--case", type=whole, help="the number of a case")
    which.add_argument("--pupil", help=f"{PUPIL}: its case that is worked")


def run_open(context: Context, asked: Namespace) -> Answer:
    """Open one."""
    pupil = find_pupil(context, asked.pupil)
    lead = find_staff(context, asked.lead) if asked.lead else 0
    step, trigger = asked.step, ""
    if not step:
        step, trigger = _first_step(context, pupil.id)
    case, _ = open_at(
        context, pupil.id, step, lead=lead, opened_on=trigger, note=asked.note, on=asked.on, despite=asked.despite
    )
    return _answer(case_page(context, case))


def run_step(context: Context, asked: Namespace) -> Answer:
    """Move one."""
    case = _case(context, asked)
    move(context, case, asked.to, asked.reason, asked.agreed, on=asked.on, despite=asked.despite)
    return _answer(case_page(context, case))


def run_show(context: Context, asked: Namespace) -> Answer:
    """Show one."""
    return _answer(case_page(context, _case(context, asked)))


def _first_step(context: Context, pupil: int) -> tuple[str, str]:
    """The step that a trigger opens, else the first of the pack; and the trigger."""
    for one in proposals_of(context, pupil):
        if one.kind is ProposalKind.OPEN:
            return one.step, one.trigger
    with context.store.reading() as reading:
        steps = context.pack(reading.book.school()).casework.steps
    return (steps[0].key if steps else ""), ""


def _case(context: Context, asked: Namespace) -> int:
    if asked.case is not None:
        return int(asked.case)
    pupil = find_pupil(context, asked.pupil)
    known = open_case_of(cases_of(context, pupil.id))
    if known is None:
        raise Refused(f"{pupil.name} has no open case; give the number of a closed one with --case.")
    return known.id


def _answer(page: CasePage) -> Answer:
    state = page.state
    return Answer(
        {
            "case": state.id,
            "upn": page.child.upn or None,
            "admission_number": page.child.admission_number or None,
            "status": state.status.value,
            "opened": state.opened.isoformat(),
            "opened_on": state.opened_on or None,
            "pack": state.pack,
            "version": state.version,
            "level": page.level.title if page.level else None,
            "step": state.step or None,
            "step_title": page.step.title if page.step else None,
            "since": state.since.isoformat(),
            "lead": page.lead or None,
            "review_due": page.review_due.isoformat() if page.review_due else None,
            "stay_until": page.stay_due.isoformat() if page.stay_due else None,
            "next": _proposal(page.next) if page.next else None,
            "proposals": [_proposal(one) for one in page.proposals],
            "tasks": [
                {
                    "id": one.task.id,
                    "kind": one.task.kind,
                    "due": one.task.due.isoformat(),
                    "owner": one.owner or None,
                    "text": one.task.text,
                    "overdue": one.overdue,
                }
                for one in page.owed
            ],
            "working": {
                "verdict": page.how.verdict.value,
                "says": page.how.says,
                "before": _share(page.how.before),
                "since": _share(page.how.after),
                "lately": _share(page.how.lately),
            },
            "steps": [
                {
                    "step": one.key,
                    "title": one.title,
                    "since": one.since.isoformat(),
                    "until": one.until.isoformat() if one.until else None,
                    "reason": one.reason or None,
                    "agreed": one.agreed_by or None,
                    "despite": one.despite or None,
                }
                for one in page.steps
            ],
        }
    )


def _share(share: Share) -> dict[str, object]:
    rate = share.rate
    return {
        "possible": share.possible,
        "attended": share.attended,
        "attendance_pct": None if rate is None else float(rate),
    }


def _proposal(one: Proposal) -> dict[str, object]:
    return {
        "kind": one.kind.value,
        "title": one.title,
        "says": one.says,
        "source": one.source,
        "step": one.step,
        "ask": one.ask or None,
        "due": one.due.isoformat() if one.due else None,
        "must": one.must,
        "done": one.done.id if one.done else None,
    }
