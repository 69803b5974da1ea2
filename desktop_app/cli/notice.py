"""`notice`: the penalty-notice ledger of a child, what may come next, and what is asked for and recorded."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping
from datetime import date

from desktop_app.actions.notice_page import NoticeLine, ParentNext, notice_page
from desktop_app.actions.notices import (
    AskNotice,
    Became,
    Elsewhere,
    ask_notice,
    decide_against,
    record_elsewhere,
    record_notice,
    record_received,
    take_back_last,
)
from desktop_app.cli.answers import Answer, find_contact, find_contacts, find_pupil, why_left
from desktop_app.cli.kinds import PUPIL, Adder, Parser, choice, day, on_day, parents, session, whole
from desktop_app.context import Context
from desktop_app.domain.errors import Refused
from desktop_app.domain.notices import NoticeScheme, NoticeState
from desktop_app.domain.people import Pupil

READS = ("list", "next")
WHAT = ("list", "next", "ask", "against", "record", "received", "elsewhere", "back")


def add(command: Adder) -> None:
    """Add the command `notice`."""
    asked = command(
        "notice",
        "the penalty-notice ledger: list, next (what may come next for each parent), ask, against (considered and "
        "decided against), record (what became of one), received, elsewhere (known from another school), back (take "
        "back what was entered last of one)",
    )
    asked.add_argument("what", choices=WHAT, help=", ".join(WHAT))
    _whom(asked)
    _said(asked)


def _whom(asked: Parser) -> None:
    asked.add_argument("--pupil", help=PUPIL)
    parents(asked)
    asked.add_argument("--notice", type=whole, help="the number of the notice, as list has it")
    asked.add_argument(
        "--session", action="append", default=[], type=session, help="YYYY-MM-DD AM or PM; may be given again"
    )


def _said(asked: Parser) -> None:
    choice(asked, "--state", NoticeState, help="with record and elsewhere: what became of it")
    choice(asked, "--scheme", NoticeScheme, default=NoticeScheme.ABSENCE, help="which notice it is")
    on_day(asked)
    asked.add_argument("--received", type=day, help="the day of receipt, YYYY-MM-DD")
    asked.add_argument("--reasons", default="", help="why")
    asked.add_argument("--equality", default="", help="what was thought of under the Equality Act")
    asked.add_argument("--reference", default="", help="the authority’s reference")
    asked.add_argument("--school", default="", help="with elsewhere: the other school")


def only_reads(asked: Namespace) -> bool:
    """Whether it is a `notice` command that writes nothing: it works while somebody else has the school open."""
    return bool(asked.command == "notice" and asked.what in READS)


def run(context: Context, asked: Namespace) -> Answer:
    """Do it."""
    return DEEDS[asked.what](context, asked)


def _list(context: Context, asked: Namespace) -> Answer:
    page = notice_page(context, _pupil(context, asked).id, asked.on)
    return Answer([_line(one) for one in page.lines])


def _next(context: Context, asked: Namespace) -> Answer:
    page = notice_page(context, _pupil(context, asked).id, asked.on)
    return Answer([_parent(one) for one in page.parents])


def _ask(context: Context, asked: Namespace) -> Answer:
    pupil = _pupil(context, asked)
    new = AskNotice(
        pupil.id,
        find_contacts(context, pupil.id, asked.parent),
        tuple(asked.session),
        asked.reasons,
        asked.equality,
        why_left(context, pupil.id, asked.left),
        asked.scheme,
        asked.on,
    )
    made, _ = (ask_notice if asked.what == "ask" else decide_against)(context, new)
    return Answer({"upn": pupil.upn or None, "notices": list(made)})


def _record(context: Context, asked: Namespace) -> Answer:
    if asked.state is None:
        raise Refused("Say what became of it: --state.")
    became = Became(asked.state, _day(context, asked), asked.received, asked.reference, asked.reasons)
    made, _ = record_notice(context, _notice(asked), became)
    return Answer({"id": made, "notice": asked.notice, "state": asked.state.value})


def _received(context: Context, asked: Namespace) -> Answer:
    made, _ = record_received(context, _notice(asked), asked.received or _day(context, asked))
    return Answer({"id": made, "notice": asked.notice, "state": "received"})


def _back(context: Context, asked: Namespace) -> Answer:
    undone, _ = take_back_last(context, _notice(asked), asked.reasons)
    return Answer({"id": undone, "notice": asked.notice, "state": "taken back"})


def _elsewhere(context: Context, asked: Namespace) -> Answer:
    pupil = _pupil(context, asked)
    if len(asked.parent) != 1:
        raise Refused("Name the parent it was issued to: --parent.")
    if asked.on is None:
        raise Refused("Give the day on which it was issued: --on.")
    state = asked.state or NoticeState.ISSUED
    told = Elsewhere(
        pupil.id,
        find_contact(context, pupil.id, asked.parent[0]),
        asked.on,
        asked.school,
        state,
        asked.received,
        asked.reference,
        tuple(asked.session),
        asked.scheme,
    )
    made, _ = record_elsewhere(context, told)
    return Answer({"id": made, "upn": pupil.upn or None, "state": state.value})


def _pupil(context: Context, asked: Namespace) -> Pupil:
    if not asked.pupil:
        raise Refused("Say which pupil: --pupil.")
    return find_pupil(context, asked.pupil)


def _notice(asked: Namespace) -> int:
    if not asked.notice:
        raise Refused("Say which notice: --notice, with the number that list has.")
    return int(asked.notice)


def _day(context: Context, asked: Namespace) -> date:
    return asked.on or context.today()


def _line(line: NoticeLine) -> dict[str, object]:
    one = line.notice
    return {
        "notice": one.entry,
        "parent": line.name,
        "state": one.state.value,
        "scheme": one.scheme.value,
        "issued": _iso(one.issued),
        "received": _iso(one.received),
        "paid": _iso(one.paid),
        "early_until": _iso(line.early),
        "pay_until": _iso(line.late),
        "counts": line.counts,
        "elsewhere": one.elsewhere,
        "reference": one.reference or None,
        "sessions": [{"date": s.day.isoformat(), "half": s.half.value} for s in one.sessions],
        "says": line.says,
    }


def _parent(one: ParentNext) -> dict[str, object]:
    return {
        "parent": one.name,
        "number": one.next.number,
        "sums": [{"pounds": pounds, "days": days} for pounds, days in one.next.sums],
        "counted": [notice.entry for notice in one.next.counted],
        "says": one.next.says,
        "instead": one.next.instead or None,
        "source": one.next.source or None,
    }


def _iso(on: date | None) -> str | None:
    return on.isoformat() if on else None


DEEDS: Mapping[str, Callable[[Context, Namespace], Answer]] = {
    "list": _list,
    "next": _next,
    "ask": _ask,
    "against": _ask,
    "record": _record,
    "received": _received,
    "elsewhere": _elsewhere,
    "back": _back,
}
