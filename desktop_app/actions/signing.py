"""Signed pages scanned back in: a certificate, a statement or a declaration that was printed and signed on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop_app.actions.attachments import NewFile, files_kept, keep_files, read_files
from desktop_app.actions.casefiles import read_case
from desktop_app.actions.moments import moment_of
from desktop_app.actions.needs import needs
from desktop_app.actions.own_children import check_children
from desktop_app.actions.roll import read_roll
from desktop_app.context import Context
from desktop_app.domain.bundle import BundleRequest
from desktop_app.domain.entries import Attachment, EntryKind, NewEntry
from desktop_app.domain.errors import Refused
from desktop_app.domain.evidence import OF, SignedOf, SignedPages
from desktop_app.domain.exhibits import Exhibit
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.rules import signing as rules
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.certificate import certificate, why_not_drawn
from desktop_app.rules.display import long_date
from desktop_app.rules.exhibits import TAKEN_AS
from desktop_app.rules.file_names import visible


@dataclass(frozen=True, slots=True)
class NewSigned:
    """Signed pages about to be kept. `request` is the bundle that the document was printed for: its period, parent and
    witness are those of the page. `signed_on` is the day beside the signature, `reference` that of the bundle it was
    printed from, where it was."""

    of: SignedOf
    request: BundleRequest
    scan: Path
    signed_on: date | None = None
    reference: str = ""


@needs(Right.WRITE_CASE)
def keep_signed(context: Context, new: NewSigned) -> tuple[int, Changes]:
    """Keep a signed page: the number of its entry. A certificate is kept only as it stands: it has to be one that can
    be drawn now, and whoever keeps it needs the right to sign it. Raises `Refused`, changing nothing."""
    if new.of is SignedOf.CERTIFICATE:
        context.require(Right.SIGN_CERTIFICATE)
    scan = _scan(new.scan)
    day = new.signed_on or context.today()
    if day > context.today():
        raise Refused(f"{long_date(day)} is still to come: nothing can have been signed on it.")
    with context.store.reading() as reading:
        file = read_case(context, reading, new.request)
        check_children(context, read_roll(reading.book), [file.pupil.id])
    _check(file, new, day)
    _check_pages(new.of, scan)
    entry = NewEntry(
        kind=EntryKind.SIGNED,
        happened_at=moment_of(context.now(), day),
        pupils=(file.pupil.id,),
        outcome=_outcome(file, new),
        persons=_persons(file, new),
        details=_details(file, new),
    )
    with context.store.writing(context.deed("keep signed pages")) as writing:
        number = writing.entries.add(entry)
        keep_files(writing.entries, number, [scan])
    return number, Changes(entries=True, pupils=frozenset({file.pupil.id}))


@needs(Right.READ_CASE)
def signed_pages(context: Context, request: BundleRequest) -> tuple[SignedPages, ...]:
    """The signed pages kept about a child, oldest first, each with why it does not stand for that bundle."""
    with context.store.reading() as reading:
        return rules.signed_pages(read_case(context, reading, request))


def _scan(path: Path) -> NewFile:
    (scan,) = read_files([path])
    if scan.media_type not in rules.SCANS:
        kinds = ", ".join(files_kept().types[one].endings[0].upper() for one in rules.SCANS)
        raise Refused(f"“{visible(scan.name)}” is no scan of a signed page. Scan it as one of {kinds}.")
    return scan


def _check(file: CaseFile, new: NewSigned, day: date) -> None:
    if day < file.request.last and new.of is SignedOf.CERTIFICATE:
        raise Refused(
            f"It was signed on {long_date(day)}, before its period ended on {long_date(file.request.last)}. "
            "Look at the days again."
        )
    if new.of is SignedOf.CERTIFICATE and (why := why_not_drawn(file)):
        raise Refused(f"That certificate cannot be made as the register stands now, so none is kept. {why}")
    if new.of is SignedOf.STATEMENT and not new.request.witness.strip():
        raise Refused("Say whose statement it is: --witness and the name, as it stands in the log.")


def _check_pages(of: SignedOf, scan: NewFile) -> None:
    """A scan that no bundle could show is refused now, not when the bundle is made."""
    from desktop_app.documents.taken import take  # noqa: PLC0415 - loads the library that draws

    attachment = Attachment(0, 0, scan.name, scan.media_type, "", len(scan.content))
    taken = take(Exhibit("", attachment, 0, date.min, of.words, TAKEN_AS[scan.media_type]), scan.content)
    if taken.why or not taken.pages:
        raise Refused(f"“{visible(scan.name)}” cannot be read as pages. Scan the signed page again.")


def _outcome(file: CaseFile, new: NewSigned) -> str:
    words = new.of.words.capitalize()
    if new.of is SignedOf.STATEMENT:
        return f"{words} of {new.request.witness.strip()}, signed"
    return f"{words}, {long_date(file.request.first)} to {long_date(file.request.last)}, signed"


def _persons(file: CaseFile, new: NewSigned) -> tuple[int, ...]:
    """Of whose bundle it is. A certificate states particulars of the child, and is the same for each parent."""
    parent = file.request.parent
    return () if parent is None or new.of is SignedOf.CERTIFICATE else (parent,)


def _details(file: CaseFile, new: NewSigned) -> dict[str, str]:
    request = file.request
    certified = new.of is SignedOf.CERTIFICATE
    details = {
        OF: new.of.value,
        rules.FIRST: request.first.isoformat(),
        rules.LAST: request.last.isoformat(),
        rules.PARENT: ",".join(str(one) for one in _persons(file, new)),
        rules.WITNESS: request.witness.strip() if new.of is SignedOf.STATEMENT else "",
        rules.REFERENCE: new.reference.strip(),
        rules.REFERRAL: request.referral if new.of is SignedOf.DECLARATION else "",
        rules.EXHIBITS: rules.labelled(file) if new.of is SignedOf.STATEMENT else "",
        rules.PARTICULARS: rules.fingerprint(certificate(file)) if certified else "",
    }
    return {key: value for key, value in details.items() if value}
