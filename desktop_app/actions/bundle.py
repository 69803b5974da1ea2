"""The referral bundle: what it would hold, and making it."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.actions.casefiles import read_case
from desktop_app.actions.needs import needs
from desktop_app.actions.saving import check_target, save
from desktop_app.context import Context
from desktop_app.domain.bundle import Bundle, BundlePlan, BundleRequest, Missing, Redaction, Stamp
from desktop_app.domain.clock import school_time
from desktop_app.domain.entries import EntryKind, Issue, NewEntry
from desktop_app.domain.errors import Locked, Refused
from desktop_app.domain.evidence import SignedPages
from desktop_app.domain.exhibits import Exhibit, TakenAs
from desktop_app.domain.progress import Progress
from desktop_app.domain.rights import Right
from desktop_app.ports import Store
from desktop_app.rules.bundle import plan as plan_of, plan_and_shown
from desktop_app.rules.bundle_words import bundle_name
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.chronology import ChronologyLine, chronology
from desktop_app.rules.exhibits import TAKEN_AS
from desktop_app.rules.notices import session_text

if TYPE_CHECKING:
    from desktop_app.documents.press import PrintedPart
    from desktop_app.documents.taken import TakenFile

KIND = "bundle"
PDF = "application/pdf"
EXHIBITS, COVER = "exhibits", "cover"
WITHOUT, LET_OUT, REDACTED = "without:", "let-out:", "redacted:"
"""In the details of a kept bundle: before what was left out of it, let out, or blacked."""
BOXES = "Letters that documents are not set in print as empty boxes"
LATIN = "Write the name in Latin letters too, as the name that is used, or add a scan of the text as an exhibit."


@dataclass(frozen=True, slots=True)
class _Draft:
    """A bundle about to be made: the case as its reader may see it, plan, stamp, and moment (aware, UTC)."""

    file: CaseFile
    plan: BundlePlan
    stamp: Stamp
    as_at: datetime
    contents: Mapping[int, bytes]


@needs(Right.READ_CASE)
def plan(context: Context, request: BundleRequest) -> BundlePlan:
    """What the bundle would hold and what is missing, without drawing any of it. Raises `Refused`."""
    with context.store.reading() as reading:
        file = read_case(context, reading, request)
    return plan_of(file, context.user)


@needs(Right.READ_CASE)
def plan_with_entries(context: Context, request: BundleRequest) -> tuple[BundlePlan, tuple[ChronologyLine, ...]]:
    """The same, and the entries of the chronology as its reader would see them. Raises `Refused`."""
    with context.store.reading() as reading:
        file = read_case(context, reading, request)
    planned, shown = plan_and_shown(file, context.user)
    return planned, chronology(shown)


@needs(Right.WRITE_CASE)
def make(context: Context, request: BundleRequest) -> Generator[Progress, None, Bundle]:
    """Make the bundle in memory, to be looked at before it is saved or printed, and record that it was issued.

    Nothing of it touches the disk. A generator: drive it to its end. Raises `Refused`, and `Locked` where another
    window has the school open for writing.
    """
    check_open_for_writing(context.store)
    draft = _draft(context, request)
    bundle = yield from _print(draft)
    _record(context, draft, bundle)
    return bundle


@needs(Right.WRITE_CASE)
def build(context: Context, request: BundleRequest, target: Path) -> Generator[Progress, None, Bundle]:
    """Make the bundle at `target`, whole or not at all, and record that it was issued.

    A generator: drive it to its end; closing it earlier leaves no file. Raises `Refused` for a target that exists or
    cannot be written, and `Locked` where another window has the school open for writing.
    """
    check_open_for_writing(context.store)
    check_target(target)
    draft = _draft(context, request)
    bundle = yield from _print(draft)
    _issue(context, draft, bundle, target)
    return bundle


@needs(Right.WRITE_CASE)
def build_in(context: Context, request: BundleRequest, folder: Path) -> Generator[Progress, None, tuple[Bundle, Path]]:
    """Make the bundle in a folder, under the name that the program gives it, and record that it was issued. As `build`,
    but also returns where it lies."""
    check_open_for_writing(context.store)
    draft = _draft(context, request)
    target = folder / bundle_name(draft.stamp.reference, request.referral, request.on)
    check_target(target)
    bundle = yield from _print(draft)
    _issue(context, draft, bundle, target)
    return bundle, target


def _issue(context: Context, draft: _Draft, bundle: Bundle, target: Path) -> None:
    """Save it, and record it; without its record it is not left there."""
    check_target(target)
    save(bundle.content, target)
    try:
        _record(context, draft, bundle)
    except BaseException:
        # A document that the record does not know must not leave the school.
        target.unlink(missing_ok=True)
        raise


def check_open_for_writing(store: Store) -> None:
    """What is issued is recorded, so a school open to read only makes no bundle."""
    if not store.read_only:
        return
    if store.holder:
        raise Locked(store.holder)
    raise Refused("This school is open to read only; a bundle is recorded as it is made, so open it for writing first.")


def _draft(context: Context, request: BundleRequest) -> _Draft:
    """Everything the bundle needs, in one short read."""
    moment = context.clock().astimezone(UTC)
    with context.store.reading() as reading:
        file = read_case(context, reading, request)
        year = school_time(moment).year
        reference = _reference(year, reading.issues.count(year) + 1)
        head = reading.chain_head
        planned, shown = plan_and_shown(file, context.user)
        read = (one for one in _exhibits_in(planned) if one.taken_as is not TakenAs.BESIDE)
        wanted = [one.attachment.id for one in (*read, *signed_in(planned))]
        contents = {key: reading.entries.attachment_bytes(key) for key in wanted}
    stamp = Stamp(reference, school_time(moment), head, context.user)
    return _Draft(shown, planned, stamp, moment, contents)


def _exhibits_in(planned: BundlePlan) -> tuple[Exhibit, ...]:
    """The exhibits of the bundle: none where no part shows them."""
    return planned.exhibits if any(part.kind == EXHIBITS and part.drawn for part in planned.parts) else ()


def signed_in(planned: BundlePlan) -> tuple[SignedPages, ...]:
    """The signed pages that take the place of a part of the bundle."""
    return tuple(one for part in planned.parts if part.drawn for one in planned.signed_of(part.kind))


def _reference(year: int, number: int) -> str:
    return f"RB-{year}-{number:04d}"


def _print(draft: _Draft) -> Generator[Progress, None, Bundle]:
    """Lay out part after part, then print them with their cover."""
    # The library that draws is loaded when something is drawn: no start of the window waits for it.
    from desktop_app.documents.bundle import bind, drawn_parts, lay_out  # noqa: PLC0415
    from desktop_app.documents.type import load_type  # noqa: PLC0415

    type_ = load_type()
    taken = yield from _take_in(draft)
    total = len(taken) + len(drawn_parts(draft.plan)) + 1
    parts: list[PrintedPart] = []
    for part in lay_out(draft.file, draft.plan, draft.stamp, type_, taken):
        parts.append(part)
        yield Progress(len(taken) + part.number, total, part.title)
    printed = bind(draft.file, draft.stamp, parts, type_, taken)
    yield Progress(total, total, "Cover and index")
    digest = sha256(printed.content).hexdigest()
    of_part = {one.attachment.id: one.of.value for one in draft.plan.signed}
    unread = (Missing(of_part.get(key, EXHIBITS), file.why) for key, file in taken.items() if file.why)
    missing = (*draft.plan.missing, *unread)
    if printed.lacking:
        missing = (*missing, Missing(COVER, f"{BOXES}: {printed.lacking[:40]}. {LATIN}"))
    return Bundle(printed.content, digest, printed.pages, draft.stamp.reference, missing)


def _take_in(draft: _Draft) -> Generator[Progress, None, dict[int, TakenFile]]:
    """The exhibits as pages; one that cannot be read says why, and the bundle is made without it."""
    from desktop_app.documents.taken import take  # noqa: PLC0415

    exhibits = (*_exhibits_in(draft.plan), *map(_as_exhibit, signed_in(draft.plan)))
    total = len(exhibits) + len(draft.plan.parts)
    taken: dict[int, TakenFile] = {}
    for number, exhibit in enumerate(exhibits, start=1):
        key = exhibit.attachment.id
        taken[key] = take(exhibit, draft.contents.get(key, b""), draft.plan.request.redacted)
        yield Progress(number, total, f"Exhibit {exhibit.label}" if exhibit.label else exhibit.says)
    return taken


def _as_exhibit(signed: SignedPages) -> Exhibit:
    """Signed pages as a file that is taken in: they have no label and no slip."""
    attachment = signed.attachment
    says = f"Signed {signed.of.words}"
    return Exhibit("", attachment, signed.entry, signed.day, says, TAKEN_AS[attachment.media_type])


def _record(context: Context, draft: _Draft, bundle: Bundle) -> None:
    """Record what was issued: the document by its digest, the moment, the pack and the head of the chain."""
    stamp, file = draft.stamp, draft.file
    year = stamp.as_at.year
    issue = Issue(
        id=0,
        reference=stamp.reference,
        kind=KIND,
        pupil=file.pupil.id,
        as_at=draft.as_at,
        sha256=bundle.sha256,
        pages=bundle.pages,
        pack=file.pack.key,
        pack_version=file.pack.version,
        chain_head=stamp.chain_head,
    )
    with context.store.writing(context.deed("issue bundle", stamp.reference)) as writing:
        if _reference(year, writing.issues.count(year) + 1) != stamp.reference:
            raise Refused("Another document was issued meanwhile and took this reference. Make the bundle again.")
        writing.issues.add(issue)
        entry = writing.entries.add(_kept(draft))
        writing.entries.attach(entry, f"{stamp.reference}.pdf", PDF, bundle.content)


def _kept(draft: _Draft) -> NewEntry:
    """The entry with which the bundle is kept byte for byte: what it was of, and what was chosen for it. One that holds
    restricted notes is as restricted as they are."""
    request, file = draft.plan.request, draft.file
    details = {
        "reference": draft.stamp.reference,
        "referral": request.referral,
        "on": request.on.isoformat(),
        "first": request.first.isoformat(),
        "last": request.last.isoformat(),
        "laying": request.laying.isoformat() if request.laying else "",
        "duplex": "yes" if request.duplex else "",
        "witness": request.witness,
        "offences": session_text(request.offences),
        **{f"{WITHOUT}{choice.what}": choice.why for choice in request.left_out},
        **{f"{LET_OUT}{choice.what}": choice.why for choice in request.let_out},
        **{f"{REDACTED}{number}": _blacked(one) for number, one in enumerate(request.redacted, start=1)},
    }
    return NewEntry(
        kind=EntryKind.BUNDLE,
        happened_at=draft.stamp.as_at.replace(tzinfo=None),
        pupils=(file.pupil.id,),
        outcome=f"{draft.stamp.reference} · {file.referral.title}",
        persons=(file.parent.person.id,) if file.parent is not None else (),
        details={key: value for key, value in details.items() if value},
        restricted=bool(request.let_out),
    )


def _blacked(one: Redaction) -> str:
    """A redaction as it is kept: attachment, page, the four edges, and why."""
    edges = " ".join(f"{edge:.4f}" for edge in (one.left, one.top, one.right, one.bottom))
    return f"{one.exhibit} {one.page} {edges} {one.why}"
