"""Readiness of what is signed: the headteacher’s certificate, and the witness’s statement.

Sources: Education Act 1996 section 566; Criminal Justice Act 1967 section 9; practice 26 and 27: unsigned they are
drafts, and the scanned signed page takes their place.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desktop_app.domain.bundle import Do, DoAt
from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.evidence import OF
from desktop_app.domain.referrals import Requirement
from desktop_app.domain.sessions import Session
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.certificate import certificate, why_not_drawn
from desktop_app.rules.display import long_date
from desktop_app.rules.readiness.answers import Answered, check, evidence, met, missing, of_entries
from desktop_app.rules.session_lists import sessions_list
from desktop_app.rules.signing import (
    AGAIN,
    EXHIBITS,
    FIRST,
    LAST,
    PARENT,
    PARTICULARS,
    WITNESS,
    fingerprint,
    labelled,
)

LABELS = "Leave the new ones out, or have the statement signed again."
CERTIFICATE, STATEMENT = "certificate", "statement"


def certificate_possible(file: CaseFile, _: Requirement) -> Answered:
    """The certificate can be drawn: nothing in its period is open."""
    why = why_not_drawn(file)
    if why:
        return missing(why, Do(DoAt.PERIOD, "Settle the register of the period, or choose one that is settled."))
    return met("Every session it covers has a settled mark.")


def certificate_signed(file: CaseFile, requirement: Requirement) -> Answered:
    """The certificate of this period is signed and scanned back in, and the register was not changed since."""
    possible = certificate_possible(file, requirement)
    if possible.do is not None:
        return missing(f"It cannot be signed yet. {possible.says}", possible.do)
    signed = _signed(file, CERTIFICATE)
    do = Do(DoAt.SIGN, "Print it, have the headteacher sign it, and scan it back in.", CERTIFICATE)
    fitting = [one for one in signed if _period(one) == (file.request.first, file.request.last)]
    if not fitting:
        return check(f"The certificate is a draft, not signed.{_others(signed)}", do, of_entries(signed))
    latest = fitting[-1]
    stated = latest.details.get(PARTICULARS, "")
    if stated and stated != fingerprint(certificate(file)):
        return check(f"What it states has changed since it was signed. {AGAIN}", do, of_entries([latest]))
    changed = not stated and [
        Session(one.day, one.half)
        for one in file.changes
        if file.request.first <= one.day <= file.request.last and one.recorded_at > latest.recorded_at
    ]
    if changed:
        days = sessions_list(sorted(set(changed)))
        return check(f"The register was changed after it was signed: {days}.", do, of_entries([latest]))
    return met(f"Signed, and kept on {long_date(latest.happened_at.date())}.", of_entries([latest]))


def statement_signed(file: CaseFile, _: Requirement) -> Answered:
    """A witness’s statement for this period is signed and scanned back in: that of the witness the bundle names, where
    it names one."""
    signed = _signed(file, STATEMENT)
    witness = file.request.witness.strip()
    fitting = [one for one in signed if _period(one) in ((file.request.first, file.request.last), None)]
    do = Do(DoAt.SIGN, "Finish it in Word, have the witness sign each page, and scan it back in.", STATEMENT)
    if not fitting:
        return check(f"The statement is a draft, not signed.{_others(signed)}", do, of_entries(signed))
    if witness and all(one.details.get(WITNESS, "").casefold() not in ("", witness.casefold()) for one in fitting):
        said = ", ".join(dict.fromkeys(one.details.get(WITNESS, "") for one in fitting))
        return check(f"{said} signed; the statement of {witness} is a draft, not signed.", do, of_entries(fitting))
    called = [one for one in fitting if one.details.get(EXHIBITS)]
    before = called[-1].details[EXHIBITS].split() if called else []
    if labelled(file).split()[: len(before)] != before:
        says = f"The exhibits are in another order than when it was signed, so their labels are others. {LABELS}"
        return check(says, do, of_entries(called[-1:]))
    names = ", ".join(dict.fromkeys(one.details.get(WITNESS, "") or one.author.name for one in fitting))
    return met(f"Signed by {names}.", of_entries(fitting))


def _signed(file: CaseFile, of: str) -> list[Entry]:
    """What was signed of that kind: for the parent whose bundle it is, or for no parent’s alone."""
    parent = str(file.request.parent) if file.request.parent is not None else ""
    return [
        one
        for one in evidence(file)
        if one.kind is EntryKind.SIGNED
        and one.details.get(OF) == of
        and (not parent or one.details.get(PARENT, "") in ("", parent))
    ]


def _period(entry: Entry) -> tuple[date, date] | None:
    """The period of what was signed; None where it says none."""
    try:
        return date.fromisoformat(entry.details.get(FIRST, "")), date.fromisoformat(entry.details.get(LAST, ""))
    except ValueError:
        return None


def _others(signed: Sequence[Entry]) -> str:
    """What is signed of another period, which is no use here."""
    periods = [period for one in signed if (period := _period(one)) is not None]
    if not periods:
        return ""
    said = "; ".join(f"{long_date(first)} to {long_date(last)}" for first, last in dict.fromkeys(periods))
    return f" What is signed is of another period: {said}."
