"""Readiness of a holiday in term time: coded for what it was, long enough, and its leave answered.

Sources: "Working together to improve school attendance" (a holiday not granted is G, and counts towards a penalty
notice); practice 30: holidays coded O are found by their own log entry and shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from desktop_app.domain.bundle import Do, DoAt, Relied
from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.leave import LeaveRequest, LeaveState
from desktop_app.domain.marks import Mark
from desktop_app.domain.referrals import HOLIDAY, Requirement
from desktop_app.domain.sessions import Session
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.chasing import UNKNOWN
from desktop_app.rules.display import long_date
from desktop_app.rules.holiday_read import answers, is_answer, of_none
from desktop_app.rules.leave import requests, span_words
from desktop_app.rules.readiness.answers import (
    Answered,
    at_register,
    check,
    evidence,
    met,
    missing,
    of_entries,
    of_entry,
    of_mark,
)
from desktop_app.rules.session_lists import count_words, sessions_list
from desktop_app.rules.triggers.holidays import speaks
from desktop_app.rules.unauthorised import offences

PLACES = (
    *("spain", "turkey", "greece", "portugal", "france", "italy", "egypt", "cyprus", "malta", "morocco", "tunisia"),
    *("tenerife", "majorca", "mallorca", "menorca", "ibiza", "lanzarote", "benidorm", "florida", "disney", "dubai"),
    *("pakistan", "india", "bangladesh", "poland", "romania", "ireland", "nigeria", "america", "australia", "canada"),
    *("airport", "villa", "caravan", "butlin", "center parcs", "cruise", "skiing"),
)
"""Words by which an office writes down a holiday without the word: “in Spain till Friday”."""


def holidays_coded(file: CaseFile, _: Requirement) -> Answered:
    """No session is coded O of which the log says, on its own day or earlier in the same absence, that it was a
    holiday; or somebody read what the log says, and there was none."""
    marks, told = file.counted(file.request.first, file.request.last), evidence(file)
    read, found = answers(told), tuple(_coded_o(told, marks))
    if not found:
        cleared = {entry.id: entry for _, entry in _heard(marks, _speaking(told, marks))}
        no = "".join(f" {_quoted(one)} was read: no holiday." for one in cleared.values())
        by = [one for key, entry in cleared.items() for one in (of_entry(entry), _said_by(read[key]))]
        return met(f"No session coded O has a log entry of a holiday on its day.{no}", by)
    entries = {entry.id: entry for _, entry in found}
    says = f"Coded O: {sessions_list(_sessions([mark for mark, _ in found]))}. The log says: "
    quoted = "; ".join(map(_quoted, entries.values()))
    unread = next((one for key, one in entries.items() if key not in read), None)
    if unread is not None:
        do = Do(DoAt.CONSIDER, f"Read {_quoted(unread)}: was it a holiday?", f"{HOLIDAY}{unread.id}")
    else:
        do = at_register(_sessions([found[0][0]])[0], f"It was a holiday: code it {file.rulebook.leave.taken}.")
    return check(f"{says}{quoted}.", do, [*(of_mark(mark) for mark, _ in found), *of_entries(entries.values())])


def _said_by(answer: Entry) -> Relied:
    """Who has read an entry, when, and why it is about no holiday."""
    why = " ".join(answer.note.split())
    read = f"Read on {long_date(answer.happened_at.date())} by {answer.author.name}: no holiday. {why}"
    return Relied(read.strip(), entry=answer.id)


def _coded_o(told: Sequence[Entry], marks: Sequence[Mark]) -> Iterator[tuple[Mark, Entry]]:
    """Each mark O with the entry that speaks of a holiday, but for those that were read and are of none."""
    none = of_none(told)
    return _heard(marks, [one for one in _speaking(told, marks) if one.id not in none])


def _speaking(told: Sequence[Entry], marks: Sequence[Mark]) -> list[Entry]:
    """The entries of days with an O that speak of a holiday."""
    days = {mark.day for mark in marks if mark.code == UNKNOWN}
    return [one for one in told if one.happened_at.date() in days and _speaks(one)]


def _heard(marks: Sequence[Mark], speaking: Iterable[Entry]) -> Iterator[tuple[Mark, Entry]]:
    """Each mark O with an entry of its day, or of an earlier day of one unbroken absence."""
    said: dict[date, Entry] = {}
    for entry in speaking:
        said.setdefault(entry.happened_at.date(), entry)
    heard: Entry | None = None
    for mark in marks:
        heard = (said.get(mark.day) or heard) if mark.code == UNKNOWN else None
        if heard is not None:
            yield mark, heard


def _speaks(entry: Entry) -> bool:
    if speaks(entry):
        return True
    if is_answer(entry) or entry.kind in (EntryKind.LEAVE_DECISION, EntryKind.LEAVE_REQUEST):
        return False
    words = "".join(sign if sign.isalnum() else " " for sign in f" {entry.outcome} {entry.note}".casefold())
    return any(f" {place}" in words for place in PLACES)


def _quoted(entry: Entry) -> str:
    words = " ".join((entry.note or entry.outcome).split())
    return f"“{words}” ({long_date(entry.happened_at.date())})"


def _sessions(marks: Sequence[Mark]) -> list[Session]:
    return [Session(mark.day, mark.half) for mark in marks]


def _taken(file: CaseFile) -> list[Mark]:
    """The sessions of the period that stand as a holiday without leave, while of compulsory school age."""
    marks = file.counted(file.request.first, file.request.last)
    return offences(marks, {file.rulebook.leave.taken}, file.pupil.date_of_birth)


def holiday_taken(file: CaseFile, requirement: Requirement) -> Answered:
    """So many sessions of the period were missed for a holiday without leave."""
    needed, code = int(requirement.params["sessions"]), file.rulebook.leave.taken
    taken = _taken(file)
    by = tuple(map(of_mark, taken))
    asked = f"{needed} {'is' if needed == 1 else 'are'} asked for"
    says = f"{count_words(len(taken), 'session', 'sessions')} coded {code} in the period"
    if len(taken) >= needed:
        return met(f"{says}; {asked}.", by)
    doubtful = [mark for mark, _ in _coded_o(evidence(file), file.counted(file.request.first, file.request.last))]
    if len(taken) + len(doubtful) >= needed:
        do = at_register(_sessions(doubtful)[0], f"Where the log says that it was a holiday, code it {code}.")
        says = f"{says}, and {len(doubtful)} coded O of which the log speaks of a holiday"
        return check(f"{says}; {asked}.", do, (*by, *map(of_mark, doubtful)))
    return missing(f"{says}; {asked}.", Do(DoAt.PERIOD, "Choose the period of the holiday."), by)


def leave_answered(file: CaseFile, _: Requirement) -> Answered:
    """Leave for the days was asked for and refused before they began, or was never asked for."""
    first, last = file.request.first, file.request.last
    asked = [
        one
        for one in requests(evidence(file))
        if one.span.first <= last and first <= one.span.last and one.state is not LeaveState.TAKEN_BACK
    ]
    taken = _sessions(_taken(file))
    if taken:
        asked = [one for one in asked if any(one.span.covers(session) for session in taken)]
    entries = {entry.id: entry for entry in file.entries}
    by = of_entries(entries[number] for one in asked for number in _numbers(one))
    waits = [one for one in asked if one.state is LeaveState.WAITING]
    if waits:
        do = Do(DoAt.LEAVE, "Decide it, and tell each parent.")
        return missing(f"Leave was asked for and not answered: {_spans(waits)}.", do, by)
    granted = [session for session in taken if any(one.granted(session) for one in asked)]
    if granted:
        do = at_register(granted[0], "Correct the mark, or the decision.")
        return missing(f"Leave was granted for {sessions_list(granted)}, which stand as without leave.", do, by)
    late = [one for one in asked if one.decided is not None and one.decided.on >= one.span.first]
    if late:
        do = Do(DoAt.LEAVE, "Read what was asked and answered, and when: a court will.")
        return check(f"Leave was answered only when the absence had begun: {_spans(late)}.", do, by)
    return met(_answered(asked, taken), by)


def _answered(asked: Sequence[LeaveRequest], taken: Sequence[Session]) -> str:
    rest = [session for session in taken if not any(one.span.covers(session) for one in asked)]
    if not asked:
        return "No leave was asked for."
    never = f" For {sessions_list(rest)} none was asked for." if rest else ""
    return f"Leave was answered before: {_spans(asked)}.{never}"


def _spans(asked: Sequence[LeaveRequest]) -> str:
    return "; ".join(
        f"{span_words(one.span)}" + (f", {one.state.value} {long_date(one.decided.on)}" if one.decided else "")
        for one in asked
    )


def _numbers(one: LeaveRequest) -> Iterator[int]:
    yield one.entry
    if one.decided is not None:
        yield one.decided.entry
