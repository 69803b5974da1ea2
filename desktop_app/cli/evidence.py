"""Bundles at the door: what a referral needs, and what meets it; made; made again; and a file checked."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from datetime import date

from desktop_app.actions.bundle import build, plan
from desktop_app.actions.families import contacts
from desktop_app.actions.frozen import save_again, verify_file
from desktop_app.cli.answers import Answer, find_pupil, finish
from desktop_app.cli.kinds import PUPIL, Adder, Parser, day, file, session
from desktop_app.context import Context
from desktop_app.domain.bundle import BundleRequest, Choice, Finding, Readiness, Relied
from desktop_app.domain.errors import Refused
from desktop_app.domain.frozen import Ours
from desktop_app.domain.people import Pupil
from desktop_app.domain.sessions import school_year_start


def add(command: Adder) -> None:
    """The arguments of `bundle`."""
    bundle = command("bundle", "make the referral bundle of a pupil")
    bundle.add_argument("--again", metavar="REF", help="the bundle of that reference as it was made, byte for byte")
    add_request(bundle)
    bundle.add_argument("--out", type=file, required=True, help="the PDF to make")


def add_request(command: Parser, *, required: bool = False) -> None:
    """The arguments that say of whom, for what and of which days: those of `request_of`."""
    command.add_argument("--pupil", required=required, help=PUPIL)
    command.add_argument("--referral", required=required, help="the key of one of the pack’s referrals: see packs")
    command.add_argument("--on", required=required, type=day, help="the day of the referral, YYYY-MM-DD")
    command.add_argument(
        "--from", dest="first", type=day, help="the first day; 1 September of the school year if left out"
    )
    command.add_argument("--to", dest="last", type=day, help="the last day; else the day of the referral")
    command.add_argument("--parent", help="the full name of the parent whose bundle it is, where it is made per parent")
    command.add_argument("--laying", type=day, help="the day on which it is to be laid before the court")
    command.add_argument("--witness", default="", help="who produces the exhibits and makes the statement; else you")
    command.add_argument(
        *("--offence",), action="append", default=[], type=session, metavar="'YYYY-MM-DD AM'",
        help="a session relied on, as often as needed; else all",
    )  # fmt: skip
    command.add_argument(
        "--let-out", nargs=2, action="append", default=[], metavar=("ENTRY", "WHY"),
        help="a restricted note that goes into a bundle for safeguarding, and why",
    )  # fmt: skip
    command.add_argument("--duplex", action="store_true", help="each part begins on a sheet of its own")


def add_readiness(command: Adder) -> None:
    """The arguments of `readiness`."""
    told = command("readiness", "what a referral needs: what of the record meets each line, or what to do")
    add_request(told, required=True)


def add_verify(command: Adder) -> None:
    """The arguments of `verify`."""
    verify = command("verify", "say whether a file is a document of this school and unchanged")
    verify.add_argument("file", type=file, help="the file to check")


def verify(context: Context, asked: Namespace) -> Answer:
    """Check a file: 0 where it is ours and unchanged, else 2."""
    found = verify_file(context, asked.file)
    said = {"state": found.state.value, "says": found.says, "sha256": found.sha256, "reference": found.reference}
    return Answer(said, 0 if found.state is Ours.UNCHANGED else 2)


def bundle(context: Context, asked: Namespace) -> Answer:
    """Make a bundle at a path, or take again one that was made."""
    if asked.again:
        kept = save_again(context, asked.again, asked.out)
        reference = asked.again.strip().upper()
        return Answer({"path": str(asked.out), "sha256": kept.attachment.sha256, "reference": reference})
    if not (asked.pupil and asked.referral and asked.on):
        raise Refused("Say --pupil, --referral and --on of the bundle to make, or --again and the reference of one.")
    built = finish(build(context, request_of(context, asked), asked.out))
    return Answer(
        {
            "path": str(asked.out),
            "sha256": built.sha256,
            "pages": built.pages,
            "reference": built.reference,
            "missing": [{"part": one.part, "why": one.why} for one in built.missing],
        }
    )


def readiness(context: Context, asked: Namespace) -> Answer:
    """What was found of each line of a referral, in its order. Nothing is drawn and nothing recorded."""
    return Answer([_line(one) for one in plan(context, request_of(context, asked)).findings])


def _line(found: Finding) -> Mapping[str, object]:
    do = found.do
    return {
        "line": found.key,
        "title": found.title,
        "met": found.state is Readiness.MET,
        "state": found.state.value,
        "says": found.says,
        "by": [_relied(one) for one in found.by],
        "do": {"at": do.at.value, "about": do.about, "says": do.says} if do is not None else None,
        "part": found.part,
        "source": found.source,
    }


def _relied(relied: Relied) -> Mapping[str, object]:
    session = relied.session
    return {
        "says": relied.says,
        "entry": relied.entry,
        "session": f"{session.day.isoformat()} {session.half.value}" if session is not None else None,
    }


def request_of(context: Context, asked: Namespace) -> BundleRequest:
    """What is asked for: by default of the school year up to the day."""
    pupil = find_pupil(context, asked.pupil)
    last: date = asked.last or asked.on
    first: date = asked.first or school_year_start(asked.on)
    if last < first:
        raise Refused(f"The period ends ({last}) before it begins ({first}).")
    parent = parent_named(context, pupil, asked.parent) if asked.parent else None
    return BundleRequest(
        *(pupil.id, asked.referral, asked.on, first, last),
        parent=parent,
        laying=asked.laying,
        let_out=tuple(Choice(f"entry:{entry}", why) for entry, why in asked.let_out),
        duplex=asked.duplex,
        witness=asked.witness,
        offences=tuple(sorted(set(asked.offence))),
    )


def parent_named(context: Context, pupil: Pupil, name: str) -> int:
    """The contact of that full name, case-blind."""
    cards = contacts(context, [pupil.id])
    found = [card for card in cards if card.person.full_name.casefold() == name.casefold()]
    if len(found) != 1:
        known = ", ".join(card.person.full_name for card in cards if card.is_parent)
        raise Refused(f"“{name}” names {'nobody' if not found else 'several'} of the parents: {known or 'none'}.")
    return found[0].person.id
