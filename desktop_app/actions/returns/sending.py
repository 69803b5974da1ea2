"""That a return was sent: who, when, how and with which reference; and each child’s record says it was reported."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from desktop_app.actions.moments import moment_of
from desktop_app.actions.needs import needs
from desktop_app.actions.returns.book import check_whole_school, national_returns
from desktop_app.actions.returns.kept import read_made
from desktop_app.context import Context
from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.errors import Refused
from desktop_app.domain.progress import Changes
from desktop_app.domain.returns import Answered, MadeReturn, ReturnLine, Sent
from desktop_app.domain.rights import Right
from desktop_app.ports import EntriesReading
from desktop_app.rules.display import date_year, long_month
from desktop_app.rules.returns.keeping import details_of_sent
from desktop_app.rules.returns.lines import LINE, RETURN, line_key
from desktop_app.rules.triggers.facts import DECIDED, DUE, SINCE


@needs(Right.LOG)
def mark_sent(context: Context, made: int, how: str, day: date | None = None, reference: str = "") -> Changes:
    """Record that a return went to its authority on a day (today, where none is given): each child on it has an entry
    that says so, whoever was left out one that says why, and the watch list asks no more. Refused for a return that is
    not there, was taken back or was sent already, and for a day before it was made or still to come."""
    check_whole_school(context)
    for right in (Right.READ_LOG, Right.ALL_CLASSES):
        context.require(right)
    sent = Sent(context.today() if day is None else day, " ".join(how.split()), " ".join(reference.split()))
    with context.store.writing(context.deed("send return", sent.how)) as writing:
        found = next((one for one in read_made(writing.entries) if one.id == made), None)
        if found is None:
            raise Refused("That is no return that was made here.")
        _check(context, found, sent)
        title = national_returns()[found.kind].title
        words = f"{title}, {long_month(found.month)}: sent to {found.authority} on {date_year(sent.day)}, {sent.how}"
        at = moment_of(context.now(), sent.day)
        if at < found.made_at:
            at = context.now()
        new = NewEntry(EntryKind.RETURN, at, (), words, details=details_of_sent(sent), adds_to=found.id)
        writing.entries.add(new)
        pupils: set[int] = set()
        for told in _told(found, sent, writing.entries, at):
            writing.entries.add(told)
            pupils |= {*told.pupils}
    return Changes(entries=True, pupils=frozenset(pupils))


@needs(Right.LOG)
def take_back_return(context: Context, made: int, reason: str) -> Changes:
    """Take a return back that was not sent: it stays readable, with why."""
    check_whole_school(context)
    context.require(Right.ALL_CLASSES)
    why = " ".join(reason.split())
    if not why:
        raise Refused("Say why it is taken back; it stays in the list, with the reason beside it.")
    with context.store.writing(context.deed("take back return", why)) as writing:
        found = next((one for one in read_made(writing.entries) if one.id == made), None)
        if found is None:
            raise Refused("That is no return that was made here.")
        if found.withdrawn:
            raise Refused("That return has been taken back already.")
        if found.sent:
            raise Refused("That return was sent: it cannot be taken back. Make another that says what was wrong.")
        writing.entries.withdraw(made, why)
    return Changes(entries=True)


def _check(context: Context, found: MadeReturn, sent: Sent) -> None:
    if found.withdrawn:
        raise Refused("That return was taken back: make it anew.")
    if found.sent:
        raise Refused(f"That return was sent on {date_year(found.sent.day)} already.")
    if not sent.how:
        raise Refused("Say how it was sent: secure e-mail, the authority’s portal, by hand.")
    if sent.day > context.today():
        raise Refused("That day is still to come: a return is put down as sent once it went.")
    if sent.day < found.made_at.date():
        raise Refused(f"It was made on {date_year(found.made_at.date())}, and cannot have gone before.")


def _told(found: MadeReturn, sent: Sent, entries: EntriesReading, at: datetime) -> Iterator[NewEntry]:
    """What each child’s record says: one entry for each trigger that is answered, or one for the line. Who was left out
    is told of once, with the first of several authorities."""
    spec = national_returns()[found.kind]
    of = f"{spec.title} of {long_month(found.month)}" if spec.monthly else spec.title
    for line in found.lines:
        words = f"Reported to {found.authority}: {of}, {sent.how}"
        words += f", reference {sent.reference}" if sent.reference else ""
        yield from _entries(found, line, words, at)
    decisions = entries.all(kinds=(EntryKind.DECISION,)) if found.left_out else []
    known = {(key, one.details.get(LINE)) for one in decisions if one.withdrawn is None for key in one.pupils}
    for line, reason in found.left_out:
        if (line.pupil, line_key(spec, line)) not in known:
            yield from _entries(found, line, f"Left out of the {of}: {reason}", at)


def _entries(found: MadeReturn, line: ReturnLine, words: str, at: datetime) -> Iterator[NewEntry]:
    spec = national_returns()[found.kind]
    details = {LINE: line_key(spec, line), RETURN: str(found.id)}
    answers = [_answer(one) for one in line.answers] or [{}]
    for more in answers:
        yield NewEntry(EntryKind.DECISION, at, (line.pupil,), words, note=line.why, details={**details, **more})


def _answer(answer: Answered) -> dict[str, str]:
    month = {DUE: answer.month.isoformat()} if answer.month else {}
    return {DECIDED: answer.key, SINCE: answer.since.isoformat(), **month}
