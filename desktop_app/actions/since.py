"""What changed since a bundle was made: its own request read again as at its moment, and now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from desktop_app.actions.bundle import LET_OUT, REDACTED, WITHOUT
from desktop_app.actions.casefiles import read_case
from desktop_app.actions.court import BUNDLE
from desktop_app.actions.frozen import kept_of
from desktop_app.actions.needs import needs
from desktop_app.actions.own_children import check_children
from desktop_app.actions.roll import read_roll
from desktop_app.context import Context, own_pack
from desktop_app.domain.bundle import BundleRequest, Choice, Redaction
from desktop_app.domain.entries import Entry, Issue
from desktop_app.domain.errors import Refused
from desktop_app.domain.frozen import Since
from desktop_app.domain.marks import MarkChange
from desktop_app.domain.rights import Right
from desktop_app.domain.sessions import Session
from desktop_app.ports import Reading
from desktop_app.rules.bundle import plan_and_shown
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.notices import read_sessions
from desktop_app.rules.since import (
    amendments_since,
    book_since,
    entries_since,
    figures_since,
    files_since,
    marks_since,
    plan_since,
)


@needs(Right.READ_CASE)
def changed_since(context: Context, reference: str) -> tuple[Since, ...]:
    """Marks, entries, people, figures and lines of readiness that are otherwise now than when the bundle of that
    reference was made; nothing where it would be the same again. Raises `Refused` where there is none, or where it
    could not be made any more."""
    with context.store.reading() as reading:
        issue, entry = kept_of(context, reading, reference)
        check_children(context, read_roll(reading.book), entry.pupils)
        request = request_of(issue, entry)
        now = read_case(context, reading, request)
        then = _then(context, issue, request)
        by = _by(reading, then, now)
    (plan_then, seen_then), (plan_now, seen_now) = (plan_and_shown(file, context.user) for file in (then, now))
    return (
        *marks_since(then, now, by),
        *amendments_since(then, now),
        *entries_since(seen_then, told := _without_sending(seen_now, issue.reference)),
        *files_since(seen_then, told),
        *book_since(seen_then, seen_now),
        *figures_since(then, now),
        *plan_since(plan_then, plan_now),
    )


def _without_sending(file: CaseFile, reference: str) -> CaseFile:
    """That the bundle itself was sent is no news."""
    own = {one.id for one in file.entries if one.details.get(BUNDLE) == reference}
    kept = tuple(one for one in file.entries if one.id not in own and one.adds_to not in own)
    return replace(file, entries=kept)


def request_of(issue: Issue, entry: Entry) -> BundleRequest:
    """What was asked for when a bundle was made, as it is kept with it."""
    details = entry.details
    laying = details.get("laying", "")
    try:
        first, last, on = (date.fromisoformat(details[key]) for key in ("first", "last", "on"))
    except KeyError as error:
        raise Refused(f"{issue.reference} was made before what was asked for was kept with it.") from error
    return BundleRequest(
        pupil=issue.pupil,
        referral=details["referral"],
        on=on,
        first=first,
        last=last,
        parent=entry.persons[0] if entry.persons else None,
        laying=date.fromisoformat(laying) if laying else None,
        left_out=_choices(details, WITHOUT),
        let_out=_choices(details, LET_OUT),
        redacted=tuple(_blacked(text) for key, text in details.items() if key.startswith(REDACTED)),
        witness=details.get("witness", ""),
        duplex="duplex" in details,
        offences=read_sessions(details.get("offences", "")),
    )


def _choices(details: Mapping[str, str], prefix: str) -> tuple[Choice, ...]:
    return tuple(Choice(key.removeprefix(prefix), why) for key, why in details.items() if key.startswith(prefix))


def _blacked(text: str) -> Redaction:
    exhibit, page, left, top, right, bottom, why = text.split(" ", 6)
    return Redaction(int(exhibit), int(page), float(left), float(top), float(right), float(bottom), why)


def _then(context: Context, issue: Issue, request: BundleRequest) -> CaseFile:
    """The case as it was known at the bundle’s moment, by whoever stands at the desk now."""
    with context.store.reading(as_at=issue.as_at) as reading:
        own = own_pack(reading, context.rulebook)
        return read_case(replace(context, clock=lambda: issue.as_at, own=own), reading, request)


def _by(reading: Reading, then: CaseFile, now: CaseFile) -> Mapping[Session, MarkChange]:
    """The newest change of each session whose mark is otherwise."""
    before, after = set(then.marks), set(now.marks)
    days = [mark.day for mark in before ^ after]
    if not days:
        return {}
    changes = reading.marks.history(now.pupil.id, min(days), max(days))
    return {Session(one.day, one.half): one for one in sorted(changes, key=lambda one: one.seq)}
