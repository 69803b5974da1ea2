"""`log`: what was done about a child, with its form and its files."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from datetime import datetime

from desktop_app.actions.attachments import read_files
from desktop_app.actions.log import log
from desktop_app.actions.meetings import meetings_due
from desktop_app.cli.answers import Answer, find_contact, find_pupil
from desktop_app.cli.kinds import PUPIL, Adder, choice, file, moment, whole
from desktop_app.context import Context
from desktop_app.domain.cases import MEETING
from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.errors import Refused
from desktop_app.domain.people import Pupil

FIELDS = "one field of the form of the kind; may be given several times"
OTHER = "other"
"""What is said of a meeting that is none of those the pack has."""
FILES = "a file to keep with it; may be given several times"


def add(command: Adder) -> None:
    """Add the command."""
    asked = command("log", "log what was done")
    asked.add_argument("--pupil", required=True, help=PUPIL)
    choice(asked, "--kind", EntryKind, list(EntryKind), required=True)
    asked.add_argument("--at", required=True, type=moment, help="YYYY-MM-DD[THH:MM[:SS]]")
    asked.add_argument("--with", dest="with_name", help="the full name of a contact; left out: nobody was reached")
    asked.add_argument("--outcome", required=True, help="what came of it")
    asked.add_argument("--note", default="", help="more about it")
    asked.add_argument(
        "--set",
        dest="details",
        action="append",
        default=[],
        metavar="FIELD=VALUE",
        help=FIELDS,
    )
    asked.add_argument(
        "--meeting",
        help=f"with meeting: which of the pack’s, by its key; left out, the one that is due; {OTHER}: another",
    )
    asked.add_argument(
        "--attach",
        dest="files",
        action="append",
        default=[],
        type=file,
        help=FILES,
    )
    asked.add_argument(
        "--answers", type=whole, metavar="ENTRY", help="the entry it answers, by the number log said; its task is done"
    )


def run(context: Context, asked: Namespace) -> Answer:
    """Log it."""
    pupil = find_pupil(context, asked.pupil)
    happened = _happened(context, asked.at)
    persons = (find_contact(context, pupil.id, asked.with_name),) if asked.with_name is not None else ()
    details, meeting, words = _details(asked.details), "", ()
    if asked.kind is EntryKind.MEETING and MEETING not in details:
        meeting, words = _meeting(context, pupil, happened, asked.meeting)
    elif asked.meeting is not None:
        raise Refused("--meeting goes with --kind meeting, and not with --set meeting as well.")
    details |= {MEETING: meeting} if meeting else {}
    entry = NewEntry(
        asked.kind, happened, (pupil.id,), asked.outcome, persons, asked.note, details, adds_to=asked.answers
    )  # fmt: skip
    recorded, _ = log(context, entry, read_files(asked.files))
    return Answer(
        {
            "id": recorded,
            "upn": pupil.upn or None,
            "kind": asked.kind.value,
            "at": happened.isoformat(timespec="seconds"),
            **({"meeting": details.get(MEETING) or None} if asked.kind is EntryKind.MEETING else {}),
        },
        words=words,
    )


def _meeting(context: Context, pupil: Pupil, happened: datetime, said: str | None) -> tuple[str, tuple[str, ...]]:
    """Which meeting of the pack it was, and a sentence where nobody said so: the one for which the case waits."""
    if said is not None:
        return _named(context, said), ()
    due = meetings_due(context, [pupil.id], happened.date())
    if len(due) == 1:
        (one,) = due
        return one.key, (f"Kept as “{one.title}”, which the case waits for; --meeting {OTHER}: it was another.",)
    keys = ", ".join(one.key for one in due)
    return "", (f"The case waits for several meetings: say which it was with --meeting ({keys}).",) if due else ()


def _named(context: Context, said: str) -> str:
    if said == OTHER:
        return ""
    with context.store.reading() as reading:
        known = context.pack(reading.book.school()).casework.meetings
    if said not in {one.key for one in known}:
        raise Refused(f"The pack has no meeting “{said}”; it has {', '.join(one.key for one in known) or 'none'}.")
    return said


def _details(typed: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in typed:
        key, sign, value = one.partition("=")
        if not sign or not key or key in found:
            raise Refused(f"“{one}”: write each field once, as --set FIELD=VALUE.")
        found[key] = value
    return found


def _happened(context: Context, at: datetime) -> datetime:
    """The moment named. The end of today is still to come, so a bare date of today means now."""
    now = context.now()
    ends_today = at.date() == now.date() and at.microsecond > 0
    return (now if ends_today else at).replace(microsecond=0)
