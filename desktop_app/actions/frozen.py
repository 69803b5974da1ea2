"""Bundles that were made: which there are, the same bytes again, and whether a file is one of ours."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from pathlib import Path

from desktop_app.actions.attachments import KeptFile
from desktop_app.actions.needs import needs
from desktop_app.actions.own_children import check_children
from desktop_app.actions.roll import read_roll
from desktop_app.actions.saving import save
from desktop_app.context import Context
from desktop_app.domain.clock import school_time
from desktop_app.domain.entries import Entry, EntryKind, Issue
from desktop_app.domain.errors import Damaged, Refused
from desktop_app.domain.frozen import COPY_OF, KeptBundle, Ours, Verdict
from desktop_app.domain.rights import Right
from desktop_app.ports import Reading
from desktop_app.rules.bundle_words import cover_email
from desktop_app.rules.display import clock_time, long_date

REFERENCE = re.compile(rb"RB-\d{4}-\d{4,}")
OWN_TITLE = re.compile(rb"/Title\s*\([^\r\n]*?(RB-\d{4}-\d{4,})\)")
OWN_FOOT = re.compile(rb"Reference (RB-\d{4}-\d{4,}) \S+ record as at")
"""How a document of ours bears its reference: in its title, and at the foot of each page (`documents/bundle.py`)."""
OWN_PROGRAM = b"Rollbook"
LARGEST = 500_000_000
"""Bytes of a file that is looked at: no bundle is nearly as large."""
LOCKED = "locked"
"""In the details of an entry that tells of a copy under a password: the SHA-256 of the copy."""


@needs(Right.READ_CASE)
def bundles_of(context: Context, pupil: int) -> tuple[KeptBundle, ...]:
    """The bundles made of a pupil, the newest first. Of before they were kept byte for byte there is none; one that
    holds restricted notes is there for those alone who read them."""
    with context.store.reading() as reading:
        check_children(context, read_roll(reading.book), [pupil])
        issues = {one.reference: one for one in reading.issues.of(pupil)}
        entries = [one for one in reading.entries.of(pupil) if is_bundle(one) and _may_see(context, one)]
        files = {one.entry: one.id for one in reading.entries.attachments_of([one.id for one in entries])}
    kept = [_kept(one, files[one.id], issues[one.details["reference"]]) for one in entries]
    return tuple(sorted(kept, key=lambda one: one.entry.id, reverse=True))


def _may_see(context: Context, entry: Entry) -> bool:
    return entry.kind is EntryKind.BUNDLE and (context.store.opens_sealed or not entry.restricted)


def _kept(entry: Entry, attachment: int, issue: Issue) -> KeptBundle:
    return KeptBundle(
        entry=entry,
        attachment=attachment,
        reference=issue.reference,
        referral=entry.details["referral"],
        title=entry.outcome.partition(" · ")[2],
        on=date.fromisoformat(entry.details["on"]),
        made=school_time(issue.as_at),
        pages=issue.pages,
        sha256=issue.sha256,
    )


@needs(Right.READ_CASE)
def email_for(context: Context, reference: str, *, locked: bool = True) -> str:
    """The text of the e-mail with which a bundle is sent; no child is named in it."""
    with context.store.reading() as reading:
        issue, entry = kept_of(context, reading, reference)
        school = reading.book.school()
        attached = reading.entries.attachments(entry.id)
    return cover_email(_kept(entry, attached[0].id, issue), school, context.user, locked=locked)


@needs(Right.READ_CASE)
def again(context: Context, reference: str) -> KeptFile:
    """The bundle of that reference as it was made, byte for byte. Raises `Refused` where there is none, and `Damaged`
    where its bytes are not those that were kept."""
    with context.store.reading() as reading:
        issue, entry = kept_of(context, reading, reference)
        check_children(context, read_roll(reading.book), entry.pupils)
        attachment = reading.entries.attachments(entry.id)[0]
        content = reading.entries.attachment_bytes(attachment.id)
    if sha256(content).hexdigest() != issue.sha256:
        raise Damaged(f"{issue.reference} is not as it was kept. Restore the school from a backup, or ask for help.")
    return KeptFile(attachment, content)


@needs(Right.READ_CASE)
def save_again(context: Context, reference: str, target: Path) -> KeptFile:
    """Save the bundle of that reference again at `target`, whole or not at all."""
    kept = again(context, reference)
    save(kept.content, target)
    return kept


def kept_of(context: Context, reading: Reading, reference: str) -> tuple[Issue, Entry]:
    """The record of a bundle and the entry it is kept with. Raises `Refused` where there is none that the present user
    may see."""
    wanted = reference.strip().upper()
    issue = reading.issues.named(wanted)
    made = reading.entries.of(issue.pupil) if issue is not None else []
    entry = next((one for one in made if is_bundle(one) and one.details.get("reference") == wanted), None)
    if issue is None or entry is None or not _may_see(context, entry):
        raise Refused(f"No bundle {reference.strip()} is kept in this school. Look at the case’s own list of them.")
    return issue, entry


def is_bundle(entry: Entry) -> bool:
    """Whether a bundle is kept with the entry; not one that only tells of a copy of one."""
    return entry.kind is EntryKind.BUNDLE and entry.adds_to is None


@needs(Right.READ_CASE)
def verify_file(context: Context, path: Path) -> Verdict:
    """Whether a file is ours and unchanged. Raises `Refused` where it cannot be read."""
    try:
        if path.stat().st_size > LARGEST:
            raise Refused(f"“{path.name}” is too large to be a document of ours.")
        content = path.read_bytes()
    except OSError as error:
        raise Refused(f"“{path.name}” cannot be read: {error.strerror}. Choose another file.") from error
    return verify(context, content)


@needs(Right.READ_CASE)
def verify(context: Context, content: bytes) -> Verdict:
    """Whether bytes are those of a document or file that is kept here, or of one of ours that was changed since."""
    digest = sha256(content).hexdigest()
    with context.store.reading() as reading:
        kept = reading.entries.file_of(digest)
        if kept is not None:
            entry = reading.entries.get(kept.entry)
            return Verdict(Ours.UNCHANGED, _unchanged(entry), digest, _reference(entry))
        locked = _is_locked(content)
        if locked and (copy := _copy_of(reading, digest)) is not None:
            return Verdict(Ours.UNCHANGED, _unchanged_copy(copy), digest, _reference(copy))
        borne, named = _references(content)
        for reference in borne:
            issue = reading.issues.named(reference)
            if issue is not None:
                return Verdict(Ours.CHANGED, _changed(issue, locked=locked), digest, issue.reference)
        about = next((one for one in named if reading.issues.named(one) is not None), "")
    if about:
        return Verdict(Ours.FOREIGN, f"Not a document of this school: it speaks of {about}, and is not it.", digest)
    return Verdict(Ours.FOREIGN, LOCKED_FOREIGN if locked else FOREIGN, digest)


FOREIGN = "Not a document of this school, or so changed that nothing shows it was one."
LOCKED_FOREIGN = (
    "Not a document of this school, as far as can be seen: it is locked with a password, and no locked copy that this"
    " school made is like it. Ask for the file as this school sent it; one saved without its password is another file."
)


def _is_locked(content: bytes) -> bool:
    """Whether it is a PDF that asks for a password: what `documents/locked.py` says, without what it loads."""
    return content.startswith(b"%PDF") and b"/Encrypt" in content


def _copy_of(reading: Reading, digest: str) -> Entry | None:
    """The entry that tells of the locked copy with that SHA-256."""
    told = reading.entries.all(kinds=(EntryKind.BUNDLE,))
    return next((one for one in told if one.details.get(LOCKED) == digest), None)


def _unchanged_copy(entry: Entry) -> str:
    if entry.restricted:
        return "Ours and unchanged: a copy under a password of a file that is kept in this school’s record."
    when = school_time(entry.recorded_at)
    return (
        f"Ours and unchanged: a copy of {_reference(entry)} under a password, made on {long_date(when.date())} at"
        f" {clock_time(when)} by {entry.author.name}."
    )


def _reference(entry: Entry | None) -> str:
    return entry.details.get("reference", "") if entry is not None else ""


def _unchanged(entry: Entry | None) -> str:
    if entry is None or entry.restricted:
        return "Ours and unchanged: a file that is kept in this school’s record."
    when = school_time(entry.recorded_at)
    made = f"kept on {long_date(when.date())} at {clock_time(when)} by {entry.author.name}"
    return f"Ours and unchanged: {_reference(entry) or entry.kind.label}, {made}."


def _changed(issue: Issue, *, locked: bool) -> str:
    made = school_time(issue.as_at)
    if locked:
        return (
            f"Ours but changed, or locked by somebody else: it says it is a locked copy of {issue.reference}, and no"
            f" locked copy that this school made is like it. Do not rely on it; make another of {issue.reference}."
        )
    return (
        f"Ours but changed: it says it is {issue.reference}, made on {long_date(made.date())} at {clock_time(made)},"
        " and is not as it was made: something in it was changed, or another program saved it anew. Do not"
        f" rely on it; take {issue.reference} from the case again."
    )


def _references(content: bytes) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The references that a file bears as ours do, in the clear, or on its pages where it still is a PDF that can be
    read; and those that it only names, as an answer of the authority does."""
    copy = content.rpartition(COPY_OF)
    borne = OWN_TITLE.findall(content) if OWN_PROGRAM in content else []
    borne += REFERENCE.findall(copy[2]) if copy[1] else []
    named = REFERENCE.findall(content)
    if not borne and content.startswith(b"%PDF"):
        from desktop_app.documents.raster import first_text  # noqa: PLC0415 - loaded with the first file looked at

        said = first_text(content).encode()
        borne, named = OWN_FOOT.findall(said), [*named, *REFERENCE.findall(said)]
    return _plain(borne), _plain(named)


def _plain(found: Iterable[bytes]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.decode() for one in found))
