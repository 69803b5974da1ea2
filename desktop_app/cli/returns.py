"""`returns`: who is on a return; with `--out` it is made and kept. `returns due`, `returns made`, `returns sent`."""

from __future__ import annotations

from argparse import ArgumentTypeError, Namespace
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from desktop_app.actions.returns.due import returns_due
from desktop_app.actions.returns.making import made_of, make_return, save_return
from desktop_app.actions.returns.reading import list_return
from desktop_app.actions.returns.sending import mark_sent
from desktop_app.actions.saving import check_target
from desktop_app.cli.answers import Answer, find_pupil, finish
from desktop_app.cli.kinds import PUPIL, Adder, choice, day, file, whole
from desktop_app.context import Context
from desktop_app.domain.errors import Refused
from desktop_app.domain.people import Pupil
from desktop_app.domain.returns import (
    Checked,
    ListedLine,
    MadeReturn,
    ReturnDue,
    ReturnForm,
    ReturnKind,
    ReturnLine,
    ReturnList,
)
from desktop_app.rules.returns.checking import line_id

LIST, DUE, MADE, SENT = "list", "due", "made", "sent"


def add(command: Adder) -> None:
    """Add the command."""
    asked = command("returns", "returns to the authority: who is on one, making it, and that it was sent")
    asked.add_argument("what", nargs="?", choices=(LIST, DUE, MADE, SENT), default=LIST, metavar="list|due|made|sent")
    choice(asked, "--kind", ReturnKind, help="which return")
    asked.add_argument("--month", type=month, help="YYYY-MM; the present month if left out")
    asked.add_argument("--out", type=file, help="the .xlsx or .pdf to make; both are kept in the school")
    asked.add_argument(
        "--leave-out", type=said, action="append", default=[], metavar="ID=REASON", help=f"{PUPIL}, and why not"
    )
    asked.add_argument(
        "--add", type=said, action="append", default=[], metavar="ID=REASON", help=f"{PUPIL}, and why added by hand"
    )
    asked.add_argument("--id", type=whole, help="with sent: the number of the return that was made")
    asked.add_argument("--how", default="", help="with sent: secure e-mail, the authority’s portal, by hand")
    asked.add_argument("--day", type=day, help="with sent: the day it went; today if left out")
    asked.add_argument("--reference", default="", help="with sent: the reference that the authority gave")


def only_reads(asked: Namespace) -> bool:
    """Whether what is asked writes nothing."""
    return asked.command == "returns" and asked.what != SENT and asked.out is None


def month(text: str) -> date:
    """A month as YYYY-MM: its first day."""
    try:
        return day(f"{text}-01")
    except ArgumentTypeError:
        raise ArgumentTypeError(f"“{text}” is not a month; write it as YYYY-MM") from None


def said(text: str) -> tuple[str, str]:
    """A child and a reason, as ID=REASON."""
    key, found, reason = text.partition("=")
    if not found or not key.strip():
        raise ArgumentTypeError(f"“{text}” is not a child and a reason; write ID=REASON")
    return key, reason


def run(context: Context, asked: Namespace) -> Answer:
    """List, make, say what is due, or record that one was sent."""
    _check(asked)
    if asked.what == SENT:
        return _sent(context, asked)
    if asked.what == DUE:
        return Answer([_due(one) for one in returns_due(context)])
    if asked.what == MADE:
        return Answer([_made(context, one) for one in made_of(context, asked.kind)])
    if asked.kind is None:
        raise Refused(f"Say which return: --kind {'|'.join(ReturnKind)}.")
    on: date = asked.month or context.today()
    found = list_return(context, asked.kind, on)
    return _make(context, asked, found, on) if asked.out else Answer(_list(found), words=found.doubts)


def _check(asked: Namespace) -> None:
    """Refuse what goes with another word: nothing that was asked for is passed over."""
    if asked.what != SENT and (asked.id is not None or asked.how or asked.day or asked.reference):
        raise Refused("--id, --how, --day and --reference go with: returns sent.")
    if asked.what != LIST and (asked.out or asked.leave_out or asked.add or asked.month):
        raise Refused("--month, --out, --leave-out and --add go with the list of one --kind.")
    if (asked.leave_out or asked.add) and not asked.out:
        raise Refused("--leave-out and --add go with --out: nothing is kept without a file.")
    if asked.what in (DUE, SENT) and asked.kind:
        raise Refused(f"--kind does not go with: returns {asked.what}.")


def _make(context: Context, asked: Namespace, found: ReturnList, on: date) -> Answer:
    """Keep every line that is still owed, but those that were left out; make it; put the files where they were asked
    for: that of the first authority under the name given, of another beside it with its name."""
    out: Path = asked.out
    if out.suffix.lower().removeprefix(".") not in list(ReturnForm):
        raise Refused(f"A return is put into a .xlsx or a .pdf file: “{out.name}” is neither.")
    form = ReturnForm(out.suffix.lower().removeprefix("."))
    names = sorted({name for one in found.lines for name in one.line.authorities})
    targets = [out, *(_beside(out, name) for name in names if name != found.school_authority)]
    for target in targets:
        check_target(target)
    left = {find_pupil(context, key).id: reason for key, reason in asked.leave_out}
    if strange := left.keys() - {one.pupil.id for one in found.lines if one.owed}:
        raise Refused(f"{_name(context, min(strange))} is not on the list, or was told of already.")
    checked = Checked(
        kept=frozenset(line_id(one.line) for one in found.lines if one.owed and one.pupil.id not in left),
        left_out={line_id(one.line): left[one.pupil.id] for one in found.lines if one.owed and one.pupil.id in left},
        added={find_pupil(context, key).id: reason for key, reason in asked.add},
    )
    made, _ = finish(make_return(context, asked.kind, on, checked))
    files: list[dict[str, object]] = []
    for place, one in enumerate(made):
        target = out if place == 0 else _beside(out, one.authority)
        kept = next(file for file in one.files if file.form is form)
        save_return(context, kept, target)
        files.append({"id": one.id, "authority": one.authority, "path": str(target), "sha256": kept.sha256})
    return Answer({**files[0], "lines": _lines(context, made), "files": files}, words=found.doubts)


def _beside(out: Path, authority: str) -> Path:
    bare = "".join(letter for letter in authority if letter.isalnum() or letter in " -").strip()
    return out.with_name(f"{out.stem} {bare}{out.suffix}")


def _sent(context: Context, asked: Namespace) -> Answer:
    if asked.id is None:
        raise Refused("Say which return was sent: --id, as “returns made” lists it.")
    mark_sent(context, asked.id, asked.how, asked.day, asked.reference)
    return Answer(next(_made(context, one) for one in made_of(context) if one.id == asked.id))


def _list(found: ReturnList) -> dict[str, object]:
    return {
        "kind": found.spec.kind.value,
        "title": found.spec.title,
        "month": found.month.isoformat()[:7],
        "source": found.spec.source,
        "doubts": list(found.doubts),
        "lines": [_listed(one) for one in found.lines],
    }


def _listed(one: ListedLine) -> dict[str, object]:
    told = one.line.told.isoformat() if one.line.told else None
    more: dict[str, object] = {
        "class": one.class_name,
        "overdue": one.overdue,
        "told": told,
        "told_words": one.line.told_words or None,
    }
    more["made"] = one.made or None
    return {**_line(one.pupil, one.line), "authorities": list(one.line.authorities), **more}


def _line(child: Pupil, line: ReturnLine) -> dict[str, object]:
    return {
        "upn": child.upn or None,
        "admission_number": child.admission_number or None,
        "name": child.name,
        "why": line.why,
        "source": line.source,
        "since": line.since.isoformat(),
        "due": line.due.isoformat() if line.due else None,
        "by_hand": line.by_hand,
        "sessions": [{"date": one.day.isoformat(), "half": one.half.value, "code": one.code} for one in line.sessions],
    }


def _lines(context: Context, made: Sequence[MadeReturn]) -> list[dict[str, object]]:
    children = _children(context)
    return [{**_line(children[line.pupil], line), "authority": one.authority} for one in made for line in one.lines]


def _made(context: Context, one: MadeReturn) -> dict[str, object]:
    children = _children(context)
    sent = one.sent
    return {
        "id": one.id,
        "kind": one.kind.value,
        "month": one.month.isoformat()[:7],
        "authority": one.authority,
        "made": one.made_at.isoformat(timespec="seconds"),
        "by": one.author.name,
        "due": one.due.isoformat() if one.due else None,
        "files": [{"name": file.name, "sha256": file.sha256} for file in one.files],
        "lines": [_line(children[line.pupil], line) for line in one.lines],
        "left_out": [{**_line(children[line.pupil], line), "reason": reason} for line, reason in one.left_out],
        "sent": sent.day.isoformat() if sent else None,
        "how": sent.how if sent else None,
        "reference": (sent.reference or None) if sent else None,
        "withdrawn": one.withdrawn or None,
    }


def _due(one: ReturnDue) -> dict[str, object]:
    return {
        "kind": one.kind.value,
        "title": one.title,
        "month": one.month.isoformat()[:7],
        "due": one.due.isoformat() if one.due else None,
        "overdue": one.overdue,
        "owed": list(one.owed),
        "made": one.made or None,
        "authority": one.authority or None,
    }


def _children(context: Context) -> dict[int, Pupil]:
    with context.store.reading() as reading:
        return {one.id: one for one in reading.book.all(Pupil)}


def _name(context: Context, pupil: int) -> str:
    return _children(context)[pupil].name
