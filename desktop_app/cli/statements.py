"""Witness statements and signed pages at the door."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace

from desktop_app.actions.signing import NewSigned, keep_signed, signed_pages
from desktop_app.actions.statements import save_statement, statements
from desktop_app.cli.answers import Answer
from desktop_app.cli.evidence import add_request, request_of
from desktop_app.cli.kinds import Adder, choice, day, file
from desktop_app.context import Context
from desktop_app.domain.bundle import BundleRequest
from desktop_app.domain.errors import Refused
from desktop_app.domain.evidence import SignedOf
from desktop_app.domain.referrals import Referral


def add(command: Adder) -> None:
    """The arguments of `statement`."""
    statement = command("statement", "write the draft of a witness statement as a Word file")
    add_request(statement)
    statement.add_argument("--out", type=file, required=True, help="the Word file to write, .docx")


def add_list(command: Adder) -> None:
    """The arguments of `statements`."""
    add_request(command("statements", "list who could give a witness statement"))


def add_sign(command: Adder) -> None:
    """The arguments of `sign`."""
    sign = command("sign", "keep a page that was signed on paper and scanned")
    add_request(sign)
    choice(sign, "--of", SignedOf, required=True, help="what was signed")
    sign.add_argument("--file", type=file, required=True, help="the scan: PDF, JPEG, PNG or TIFF")
    sign.add_argument("--signed-on", type=day, help="the day beside the signature; today if left out")
    sign.add_argument("--reference", default="", help="the reference of the bundle it was printed from")


def run(context: Context, asked: Namespace) -> Answer:
    """Write the draft of a statement."""
    made = save_statement(context, _request(context, asked), asked.out)
    paragraphs = sum(len(passage.paragraphs) for passage in made.passages)
    return Answer({"path": str(asked.out), "witness": made.witness.name, "paragraphs": paragraphs})


def run_list(context: Context, asked: Namespace) -> Answer:
    """Who could give a statement, and of how many entries."""
    found = statements(context, _request(context, asked))
    return Answer(
        [
            {"name": one.witness.name, "position": one.witness.position, "entries": one.entries}
            for one in found
        ]
    )  # fmt: skip


def run_sign(context: Context, asked: Namespace) -> Answer:
    """Keep a signed page, and say whether it stands for the bundle it was named for."""
    asked.on = asked.on or asked.last or context.today()
    asked.referral = asked.referral or _referral(context, asked.of).key
    request = _request(context, asked)
    number, _ = keep_signed(context, NewSigned(asked.of, request, asked.file, asked.signed_on, asked.reference))
    kept = next((one for one in signed_pages(context, request) if one.entry == number), None)
    return Answer({"entry": number, "stands": kept is not None and not kept.why_not})


def _referral(context: Context, of: SignedOf) -> Referral:
    """A referral of the school’s pack with that part, one that is not made per parent first."""
    with context.store.reading() as reading:
        pack = context.pack(reading.book.school())
    having = [one for one in pack.referrals if one.has(of.value)]
    found = sorted(having or pack.referrals, key=lambda one: one.per_parent)
    if not found:
        raise Refused(f"The {pack.title} pack has no referral: say --referral.")
    return found[0]


def _request(context: Context, asked: Namespace) -> BundleRequest:
    if not (asked.pupil and asked.referral and asked.on):
        raise Refused("Say --pupil, --referral and --on.")
    request = request_of(context, asked)
    return replace(request, witness=asked.witness.strip())
