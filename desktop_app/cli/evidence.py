"""Bundles at the door: what a referral needs, and what meets it; made; made again; and a file checked."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping, Sequence
from datetime import date

from desktop_app.actions.bundle import build, plan
from desktop_app.actions.bundle_batch import batch_lines, build_batch
from desktop_app.actions.families import contacts
from desktop_app.actions.frozen import save_again, verify_file
from desktop_app.actions.since import changed_since
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
    bundle.add_argument("--since", metavar="REF", help="say what changed since the bundle of that reference was made")
    bundle.add_argument("--from-list", type=file, metavar="FILE", help="a bundle for each UPN of a list, one a line")
    add_request(bundle)
    bundle.add_argument("--out", type=file, help="the PDF to make; with --from-list, the folder to make them in")


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
    """Make a bundle at a path, or many in a folder; take again one that was made, or say what changed since."""
    if asked.since:
        found = changed_since(context, asked.since)
        return Answer({"reference": asked.since.strip().upper(), "since": [one.says for one in found]})
    if not asked.out:
        raise Refused("Say with --out where it is to lie.")
    if asked.from_list:
        return _batch(context, asked)
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


def only_reads(asked: Namespace) -> bool:
    """Whether it is a `bundle` command that writes nothing into the school."""
    return bool(asked.command == "bundle" and (asked.again or asked.since))


def _batch(context: Context, asked: Namespace) -> Answer:
    """A bundle for each line of a list: 0 where each was made, else 2."""
    if not (asked.referral and asked.on):
        raise Refused("Say --referral and --on of the bundles to make.")
    try:
        lines = asked.from_list.read_text(encoding="utf-8-sig").split()
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(f"{asked.from_list} cannot be read as a list of UPNs, one a line.") from error
    pupils = [find_pupil(context, line) for line in lines]
    upns = {pupil.id: line for pupil, line in zip(pupils, lines, strict=True)}
    batch = finish(build_batch(context, _requests(context, asked, pupils), asked.out))
    made = [
        {"upn": upns[one.request.pupil], "path": str(one.path), "sha256": one.sha256, "pages": one.pages,
         "reference": one.reference, "lacks": one.lacks}
        for one in batch.made
    ]  # fmt: skip
    refused = [{"upn": upns[one.request.pupil], "why": one.why} for one in batch.refused]
    return Answer({"made": made, "refused": refused}, 2 if refused else 0)


def _requests(context: Context, asked: Namespace, pupils: Sequence[Pupil]) -> list[BundleRequest]:
    """One for each child, or for each parent of each child where the referral is made per parent and none is named."""
    every = [request_for(context, asked, pupil) for pupil in pupils]
    if asked.parent or not every:
        return every
    return [line.request for line in batch_lines(context, [one.id for one in pupils], every[0])]


def request_of(context: Context, asked: Namespace) -> BundleRequest:
    """What is asked for: by default of the school year up to the day."""
    return request_for(context, asked, find_pupil(context, asked.pupil))


def request_for(context: Context, asked: Namespace, pupil: Pupil) -> BundleRequest:
    """What is asked for, of one pupil."""
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
