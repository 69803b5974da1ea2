"""Signed pages that were scanned back in: which stand for what a bundle shows, and why another does not.

Practice 26: until it is signed a certificate is a draft, and the signed page takes its place. A page is signed as it
stood: where the register has changed since, the signed certificate no longer says what the record says, and a new one
is asked for. A statement is the witness’s own words, so it stands until it is taken back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256

from desktop_app.domain.entries import Attachment, Entry, EntryKind
from desktop_app.domain.evidence import OF, Certificate, SignedOf, SignedPages
from desktop_app.rules.attachments import JPEG, PDF, PNG, TIFF
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.certificate import certificate
from desktop_app.rules.disclosed import disclose_to_court
from desktop_app.rules.display import long_date
from desktop_app.rules.exhibits import exhibits

FIRST, LAST, PARENT, WITNESS, REFERENCE = "first", "last", "parent", "witness", "reference"
REFERRAL, PARTICULARS, EXHIBITS = "referral", "particulars", "exhibits"
"""The other details of an entry of signed pages. `PARTICULARS` is the fingerprint of what a certificate stated,
`EXHIBITS` the files that a statement called by their labels, by number and in the order of those."""
SCANS = (PDF, PNG, JPEG, TIFF)
"""The media types a signed page is scanned as."""

AGAIN = "The register, the sessions chosen or the day of laying is another now: print it again and have it signed."


def fingerprint(found: Certificate) -> str:
    """What tells a certificate from any other: its period, its figures and every session it lists."""
    listed = ";".join(f"{one.day} {'+'.join(half.value for half in one.halves)} {one.code}" for one in found.absences)
    figures = f"{found.possible} {found.attended} {found.authorised} {found.unauthorised}"
    return sha256(f"{found.first} {found.last} {figures} {listed}".encode()).hexdigest()


def labelled(file: CaseFile) -> str:
    """The files that have labels in a pack for the court, in the order of those: what a statement calls KH/2 is KH/2
    only while these are the same."""
    return " ".join(str(one.attachment.id) for one in exhibits(disclose_to_court(file), "") if one.label)


def signed_pages(file: CaseFile) -> tuple[SignedPages, ...]:
    """All signed pages kept about the child up to the day, oldest first, each with why it does not stand for this
    bundle, if it does not. `file` is the whole one: it decides whether a certificate is still true."""
    found = [one for entry in file.entries if _is_signed(file, entry) for one in _pages(file, entry)]
    latest: dict[tuple[SignedOf, str], int] = {
        (one.of, one.witness.casefold()): one.entry for one in found if not one.why_not
    }
    return tuple(
        one
        if one.why_not or latest[one.of, one.witness.casefold()] == one.entry
        else replace(one, why_not="A later one was signed.")
        for one in found
    )


def standing(file: CaseFile, of: SignedOf) -> tuple[SignedPages, ...]:
    """The signed pages that take the place of a document in this bundle; for readiness."""
    return tuple(one for one in signed_pages(file) if one.of is of and not one.why_not)


def fallen(file: CaseFile, of: SignedOf) -> str:
    """Why the last signed one does not stand, where none does; empty where one stands or there is none."""
    mine = [one for one in signed_pages(file) if one.of is of]
    return mine[-1].why_not if mine and all(one.why_not for one in mine) else ""


def _is_signed(file: CaseFile, entry: Entry) -> bool:
    told = entry.kind is EntryKind.SIGNED and entry.withdrawn is None and not entry.restricted
    return told and entry.happened_at.date() <= file.today


def _pages(file: CaseFile, entry: Entry) -> Iterator[SignedPages]:
    """One for the entry’s own file; what somebody kept with it later is not what was signed."""
    files: list[Attachment] = sorted((one for one in file.files if one.entry == entry.id), key=lambda one: one.id)
    if files and entry.details.get(OF) in list(SignedOf):
        of = SignedOf(entry.details[OF])
        day = entry.happened_at.date()
        why_not = _why_not(file, of, entry)
        yield SignedPages(of, files[0], entry.id, day, entry.details.get(WITNESS, ""), why_not)


def _why_not(file: CaseFile, of: SignedOf, entry: Entry) -> str:
    details, request = entry.details, file.request
    day = long_date(entry.happened_at.date())
    if request.parent is not None and details.get(PARENT, "") not in ("", str(request.parent)):
        return f"The {of.words} signed on {day} is of the other parent’s bundle."
    if of is SignedOf.STATEMENT:
        return ""
    if (details.get(FIRST), details.get(LAST)) != (request.first.isoformat(), request.last.isoformat()):
        return f"The {of.words} signed on {day} is of another period."
    if of is SignedOf.DECLARATION:
        other = details.get(REFERRAL, "") not in ("", request.referral)
        return f"The declaration signed on {day} is of another referral." if other else ""
    if details.get(PARTICULARS) != fingerprint(certificate(file)):
        return f"What the certificate states has changed since it was signed on {day}. {AGAIN}"
    return ""
