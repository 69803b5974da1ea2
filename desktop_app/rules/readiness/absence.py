"""Readiness of the absence itself: how long without a reason, in time for a court, and what provision was told of.

Sources: School Attendance (Pupil Registration) (England) Regulations 2024 (continuous absence: G, N or O, and any other
code breaks it, practice 16); Magistrates' Courts Act 1980 section 127 (six months, practice 25); practice 24: without
the day on which each parent was told in writing, sessions at a provision are not evidence.
"""

from __future__ import annotations

from itertools import groupby

from desktop_app.domain.bundle import Do, DoAt
from desktop_app.domain.codes import Counts
from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.marks import Mark
from desktop_app.domain.people import Pattern, PatternKind
from desktop_app.domain.referrals import Requirement
from desktop_app.domain.sessions import Session
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.certificate import certificate
from desktop_app.rules.contacts import ContactCard
from desktop_app.rules.court_clock import court_clock
from desktop_app.rules.display import long_date
from desktop_app.rules.expected import pattern_off
from desktop_app.rules.readiness.answers import (
    NO_PARENT,
    Answered,
    add_parent,
    check,
    evidence,
    judged,
    met,
    missing,
    of_entries,
    of_mark,
    of_session,
)
from desktop_app.rules.readiness.contact import came_about
from desktop_app.rules.session_lists import count_words, sessions_list


def absent_without_reason(file: CaseFile, requirement: Requirement) -> Answered:
    """Up to the day the child was absent without leave or reason on so many school days in a row."""
    needed = int(requirement.params["days"])
    marks = _without_reason(file)
    days = sorted({mark.day for mark in marks})
    by = tuple(map(of_mark, marks))
    if not days:
        return missing("The last session with a mark is no absence without leave or reason.", _wait(), by)
    says = (
        f"{count_words(len(days), 'school day', 'school days')} in a row without leave or reason, from "
        f"{long_date(days[0])} to {long_date(days[-1])}; {count_words(needed, 'is asked for', 'are asked for')}."
    )
    return met(says, by) if len(days) >= needed else missing(says, _wait(), by)


def _wait() -> Do:
    return Do(DoAt.LOG, "Look for the child: log each call, visit and enquiry.", EntryKind.PHONE_CALL.value)


def _without_reason(file: CaseFile) -> list[Mark]:
    """The marks of the school days up to the day, back to the last one with any other mark or a session without one.
    Days at the end that have no mark at all yet tell nothing."""
    codes = file.rulebook.codes
    away = {key for key, code in codes.items() if code.counts is Counts.UNAUTHORISED and not code.late}
    if not file.marks:
        return []
    by_session = {Session(mark.day, mark.half): mark for mark in file.marks}
    due = file.expected(min(mark.day for mark in file.marks), file.request.on)
    days = [(day, list(of_day)) for day, of_day in groupby(due, key=lambda session: session.day)]
    while days and not any(session in by_session for session in days[-1][1]):
        days.pop()
    found: list[Mark] = []
    for _, of_day in reversed(days):
        marks = [by_session[session] for session in of_day if session in by_session]
        open_ = [session for session in of_day if session not in by_session and session not in file.not_begun]
        if open_ or any(mark.code not in away for mark in marks):
            break
        found += marks
    return sorted(found, key=lambda mark: (mark.day, mark.half.ordinal))


def within_time(file: CaseFile, requirement: Requirement) -> Answered:
    """The earliest session relied on leaves the authority so many days before six months are over. Where a laying day
    is known, it must lie within them too."""
    needed = int(requirement.params["days"])
    stated = certificate(file)
    absences = stated.absences
    sessions = [Session(one.day, half) for one in absences for half in one.halves]
    months = file.rulebook.formalities.court_months
    clock = court_clock(sessions, file.request.on, file.calendar, months)
    another = Do(DoAt.PERIOD, "Begin the period later, so that it relies on later sessions.")
    if clock is None:
        return missing("No unauthorised session is relied on in the period.", another)
    earliest = next(one for one in absences if one.day == clock.earliest)
    by = (of_session(Session(earliest.day, earliest.halves[0]), earliest.code),)
    laying = file.request.laying
    if laying is not None and laying > clock.last:
        too_late = f"It is to be laid on {long_date(laying)}, after the last day, {long_date(clock.last)}."
        return missing(f"{clock.says} {too_late}", another, by)
    if clock.left < 0:
        return missing(clock.says, another, by)
    if clock.left < needed:
        return check(f"{clock.says} The authority asks for {needed}.", another, by)
    return met(f"{clock.says} {stated.left_out}".strip() if laying is not None else clock.says, by)


def provision_told(file: CaseFile, _: Requirement) -> Answered:
    """Each parent was told in writing of every alternative provision before its sessions of the period."""
    away = _at_provision(file)
    if not away:
        return met("No session of the period is at an alternative provision.")
    parents = judged(file)
    if not parents:
        return missing(NO_PARENT, add_parent())
    told: list[Entry] = []
    untold: list[str] = []
    early: list[Session] = []
    for pattern, sessions in away:
        for parent in parents:
            entry = _told(file, pattern, parent)
            if entry is None:
                untold.append(f"{parent.person.formal_name}, of {pattern.provider or 'the provision'}")
                continue
            told.append(entry)
            early += [session for session in sessions if session.day < entry.happened_at.date()]
    by = of_entries(told)
    if untold:
        do = Do(DoAt.LETTER, "Tell each parent in writing when and where the child is expected; log it with its name.")
        return missing(f"Not told in writing: {'; '.join(untold)}. Without that its sessions are not evidence.", do, by)
    if early:
        days = sessions_list(sorted(set(early)))
        do = Do(DoAt.PERIOD, "Begin the period on the day they were told.")
        return check(f"They were told only after some sessions, which are not evidence: {days}.", do, by)
    return met("Each parent was told in writing before the sessions at the provision.", by)


def _at_provision(file: CaseFile) -> list[tuple[Pattern, list[Session]]]:
    found: dict[int, tuple[Pattern, list[Session]]] = {}
    for mark in file.counted(file.request.first, file.request.last):
        session = Session(mark.day, mark.half)
        pattern = pattern_off(file.patterns, session)
        if pattern is not None and pattern.kind == PatternKind.ALTERNATIVE:
            found.setdefault(pattern.id, (pattern, []))[1].append(session)
    return list(found.values())


def _told(file: CaseFile, pattern: Pattern, parent: ContactCard) -> Entry | None:
    """The first letter or e-mail to a parent that names the provision; of one without a name, that speaks of one."""
    name = (pattern.provider.strip() or "provision").casefold()
    written = (
        entry
        for entry in evidence(file)
        if entry.kind in (EntryKind.LETTER, EntryKind.EMAIL)
        and parent.person.id in entry.persons
        and came_about(entry)
        and name in _text(entry)
    )
    return min(written, key=lambda entry: (entry.happened_at, entry.id), default=None)


def _text(entry: Entry) -> str:
    return " ".join([entry.outcome, entry.note, *entry.details.values()]).casefold()
