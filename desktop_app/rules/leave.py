"""Leave of absence: requests folded from their entries, what is wrong with one, and what follows from a decision.

Sources: School Attendance (Pupil Registration) (England) Regulations 2024, regulation 11 (leave is asked for in advance
and given by a person the proprietor authorised, on its grounds alone); "Working together to improve school attendance"
(a holiday is generally not granted; G where it is taken all the same); practice, point 45 (the school's own list).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.leave import (
    Decided,
    LeaveGround,
    LeaveLaw,
    LeaveList,
    LeaveRequest,
    LeaveState,
    NewDecision,
    NewLeave,
    Span,
)
from desktop_app.domain.sessions import Half, Session
from desktop_app.rules.chasing import says_holiday
from desktop_app.rules.display import date_year, short_date
from desktop_app.rules.session_lists import count_words

FIRST, LAST = "first", "last"
"""The details of a request: its first and last half day, as `2026-11-30 AM`."""
ASKED_ON, BY, EVIDENCE, LATE = "asked_on", "by", "evidence", "late"
GRANTED, GROUND, LISTED, DECIDED_BY, PLANS = "granted", "ground", "listed", "decided_by", "plans"
"""The details of a decision: the days granted, on which ground, the line of the school’s list, by whom, the plans."""
ASKED = "asked"
LIST = "leave.list"
"""The setting that holds the school’s own published list of exceptional circumstances, divided by semicolons."""
PROTEST = re.compile(r"\bprotest(?:s|ing|ers?)?\b|\b(?:climate|school|students?[’']?) strikes?\b", re.IGNORECASE)
"""What speaks of taking part in protest. A Protestant wedding does not, nor does a demonstration of a dance school."""
WEEK = timedelta(days=7)
ASK_LATE = (
    "is over, or had begun when it was asked for. Leave is asked for in advance: where it was not, say “asked late”, "
    "and it stands on record as that."
)


def requests(entries: Iterable[Entry]) -> tuple[LeaveRequest, ...]:
    """Every request that the entries tell of, oldest first. What was withdrawn from the chronology is not told."""
    found: dict[int, LeaveRequest] = {}
    for entry in sorted(entries, key=lambda one: one.id):
        if entry.withdrawn is not None or entry.restricted:
            continue
        if entry.kind is EntryKind.LEAVE_REQUEST and entry.adds_to is None and FIRST in entry.details:
            found[entry.id] = _asked(entry)
        elif entry.adds_to in found and entry.kind is EntryKind.LEAVE_DECISION:
            found[entry.adds_to] = _with_decision(found[entry.adds_to], entry)
        elif entry.adds_to in found and entry.kind is EntryKind.LEAVE_REQUEST:
            found[entry.adds_to] = _taken_back(found[entry.adds_to], entry)
    return tuple(found.values())


def _asked(entry: Entry) -> LeaveRequest:
    details = entry.details
    return LeaveRequest(
        entry=entry.id,
        pupil=entry.pupils[0],
        persons=entry.persons,
        by=details.get(BY, ""),
        asked_on=date.fromisoformat(details[ASKED_ON]),
        span=read_span(f"{details[FIRST]} – {details[LAST]}"),
        reason=entry.note,
        evidence=details.get(EVIDENCE, ""),
        late=bool(details.get(LATE)),
        state=LeaveState.WAITING,
    )


def _with_decision(request: LeaveRequest, entry: Entry) -> LeaveRequest:
    details = entry.details
    state = LeaveState(entry.outcome)
    decided = Decided(
        entry=entry.id,
        on=entry.happened_at.date(),
        by=details.get(DECIDED_BY, entry.author.name),
        ground=details.get(GROUND, ""),
        reasons=entry.note,
        granted=tuple(map(read_span, filter(None, details.get(GRANTED, "").split("; ")))),
        listed=details.get(LISTED, ""),
        plans=tuple(map(int, filter(None, details.get(PLANS, "").split("; ")))),
        state=state,
    )
    earlier = request.earlier if request.decided is None else (*request.earlier, request.decided)
    return replace(request, state=state, decided=decided, earlier=earlier)


def _taken_back(request: LeaveRequest, entry: Entry) -> LeaveRequest:
    return replace(request, state=LeaveState.TAKEN_BACK, taken_back=entry.note)


def in_force(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The decisions that stand: of those about one request the latest, and none about one that was taken back."""
    latest: dict[int, Entry] = {}
    for entry in sorted(entries, key=lambda one: one.id):
        if entry.withdrawn is not None or entry.restricted or entry.adds_to is None:
            continue
        if entry.kind is EntryKind.LEAVE_DECISION:
            latest[entry.adds_to] = entry
        elif entry.kind is EntryKind.LEAVE_REQUEST:
            latest.pop(entry.adds_to, None)
    return tuple(latest.values())


def span_text(span: Span) -> str:
    """A span as it is kept in the details: `2026-11-30 AM – 2026-12-04 PM`."""
    return f"{_end_text(span.begins)} – {_end_text(span.ends)}"


def read_span(text: str) -> Span:
    """The span of such a text."""
    first, last = (_read_end(one) for one in text.split(" – "))
    return Span(first.day, last.day, first.half, last.half)


def _end_text(session: Session) -> str:
    return f"{session.day.isoformat()} {session.half.value}"


def _read_end(text: str) -> Session:
    day, half = text.split(" ")
    return Session(date.fromisoformat(day), Half(half))


def ends_details(span: Span) -> dict[str, str]:
    """The two ends of a span as details."""
    return {FIRST: _end_text(span.begins), LAST: _end_text(span.ends)}


def span_words(span: Span) -> str:
    """`Mon 30 Nov to Fri 4 Dec 2026`; the halves where it is not whole days."""
    first = f", {span.first_half.value}" if span.first_half is Half.PM else ""
    last = f", {span.last_half.value}" if span.last_half is Half.AM else ""
    if span.first == span.last:
        return f"{date_year(span.first)}{first or last}"
    return f"{short_date(span.first)}{first} to {date_year(span.last)}{last}"


def asking_fault(new: NewLeave, today: date, calendar_ends: date | None, due: Sequence[Session]) -> str | None:
    """Why leave cannot be put down as asked for; None where all is well. `due` are the sessions of the child in it."""
    span = new.span
    past = span.first < today or new.asked_on > span.first
    faults = (
        (not new.reason.strip(), "Say what the leave is for, as it was asked."),
        (span.ends < span.begins, f"It ends ({date_year(span.last)}) before it begins ({date_year(span.first)})."),
        (new.asked_on > today, f"{date_year(new.asked_on)} is still to come: say on which day it was asked for."),
        (
            past and not new.late,
            f"{date_year(span.first)} {ASK_LATE}",
        ),
        (
            calendar_ends is None or span.last > (calendar_ends or span.last),
            "The calendar reaches "
            + (f"only to {date_year(calendar_ends)}" if calendar_ends else "nowhere")
            + ": put the terms of those days in first (The school year).",
        ),
        (
            not any(span.covers(one) for one in due),
            f"There is no session of the child in {span_words(span)}: no leave is needed.",
        ),
    )
    return next((words for wrong, words in faults if wrong), None)


def overlapping(span: Span, others: Iterable[LeaveRequest]) -> LeaveRequest | None:
    """The first request that has a half day in common with a span and still stands."""
    standing = (one for one in others if one.state is not LeaveState.TAKEN_BACK)
    return next((one for one in standing if one.span.meets(span)), None)


def says_protest(reason: str) -> bool:
    """Whether what was asked for speaks of protest."""
    return PROTEST.search(reason) is not None


def grounds_for(law: LeaveLaw, *, bound: bool) -> tuple[LeaveGround, ...]:
    """The grounds a school may choose from: the regulation’s, or, where it does not bind the school, its own policy
    first and the others to go by."""
    own = tuple(one for one in law.grounds if one.own)
    others = tuple(one for one in law.grounds if not one.own)
    return others if bound else (*own, *others)


def told(
    request: LeaveRequest, law: LeaveLaw, listed: LeaveList | None, lives_with: bool | None, *, bound: bool = True
) -> tuple[str, ...]:
    """What is to be known of a request before it is decided, in sentences; the law of it only where it is `bound`."""
    notice = (request.span.first - request.asked_on).days
    weeks = listed.weeks if listed is not None else 0
    said = (
        (request.late, "It was asked for late: leave is given in advance, and only for days that were still to come."),
        (
            not request.late and notice < weeks * WEEK.days,
            f"Asked for {count_words(notice, 'day', 'days')} before it begins; {weeks} weeks are asked for.",
        ),
        (bound and says_holiday(request.reason), law.holiday),
        (bound and says_protest(request.reason), law.protest),
        (lives_with is False, "It was asked for by a parent with whom the child is not said to live."),
        (not request.persons, "The pupil asked, being over compulsory school age."),
        (not request.evidence, "No evidence came with it; the head may ask for some."),
    )
    return tuple(words for holds, words in said if holds)


def deciding_fault(
    request: LeaveRequest, new: NewDecision, law: LeaveLaw, due: Sequence[Session], today: date, *, bound: bool
) -> str | None:
    """Why a request cannot be decided so; None where all is well. `due` are the sessions of the child in it."""
    if fault := _again_fault(request, new, today):
        return fault
    if not new.state.decided:
        return "Say whether it is granted, granted in part or refused."
    if not new.reasons.strip():
        return "Give the reasons: they stand in the letter to each parent."
    if new.state is LeaveState.REFUSED:
        return "Refused leave has no days that are granted." if new.parts else None
    return _ground_fault(request, new, law, bound=bound) or _days_fault(request, new, due)


def _again_fault(request: LeaveRequest, new: NewDecision, today: date) -> str | None:
    """Why a request cannot be decided (again)."""
    before = request.decided
    if request.state is LeaveState.TAKEN_BACK:
        return "This request was taken back already. If the leave is wanted after all, it is asked for again."
    if before is None:
        return None
    if not new.again:
        return f"This request was {request.state.value} already. If more is known now, decide it again."
    same = (before.state, before.ground if before.granted else "", before.granted)
    if same == (new.state, new.ground, granted_spans(request, new)):
        return f"It was {request.state.value} so already: nothing would change."
    if new.state is LeaveState.REFUSED and any(one.first < today for one in before.granted):
        return "Days of it are over, with leave. Grant those in part, and no more."
    return None


def _ground_fault(request: LeaveRequest, new: NewDecision, law: LeaveLaw, *, bound: bool) -> str | None:
    ground = law.ground(new.ground)
    if ground is None or ground not in grounds_for(law, bound=bound):
        return "Choose the ground on which leave is granted; without one it is refused."
    if ground.timetable:
        return f"{ground.title} is agreed as the child’s timetable (T on the child’s page), not as days of leave."
    return f"{law.protest} Refuse it." if bound and says_protest(request.reason) else None


def _days_fault(request: LeaveRequest, new: NewDecision, due: Sequence[Session]) -> str | None:
    spans = granted_spans(request, new)
    asked = [one for one in due if request.span.covers(one)]
    if new.state is LeaveState.PART and not new.parts:
        return "Say which days are granted."
    for span in spans:
        if span.ends < span.begins or span.begins < request.span.begins or request.span.ends < span.ends:
            return f"{span_words(span)} is not within what was asked for ({span_words(request.span)})."
        if not any(span.covers(one) for one in asked):
            return f"There is no session of the child in {span_words(span)}."
        if span.first < request.asked_on or (request.late and span.first == request.asked_on):
            return (
                f"Leave is asked for in advance: it was asked for on {date_year(request.asked_on)}, so "
                f"{date_year(span.first)} cannot be granted. Grant the days after it, or refuse."
            )
    if any(one.meets(other) for at, one in enumerate(spans) for other in spans[at + 1 :]):
        return "Two of the parts have a day in common."
    whole = all(any(span.covers(one) for span in spans) for one in asked)
    return "That is all of it: say granted." if new.state is LeaveState.PART and whole else None


def granted_spans(request: LeaveRequest, new: NewDecision) -> tuple[Span, ...]:
    """The days that a decision grants."""
    if new.state is LeaveState.REFUSED:
        return ()
    return new.parts if new.state is LeaveState.PART else (request.span,)


def refuses(entry: Entry, session: Session) -> bool:
    """Whether an entry is the decision that leave for a session was asked for and not granted."""
    if entry.kind is not EntryKind.LEAVE_DECISION or entry.withdrawn is not None or entry.restricted:
        return False
    details = entry.details
    asked = read_span(f"{details[FIRST]} – {details[LAST]}")
    granted = map(read_span, filter(None, details.get(GRANTED, "").split("; ")))
    return asked.covers(session) and not any(one.covers(session) for one in granted)


def state_words(request: LeaveRequest, law: LeaveLaw) -> str:
    """How a request stands, in one sentence."""
    if request.state is LeaveState.TAKEN_BACK:
        return f"Taken back by the parent. {request.taken_back}".strip()
    if request.decided is None:
        return "Waits for a decision."
    done = request.decided
    when = f"{request.state.value[:1].upper()}{request.state.value[1:]} on {date_year(done.on)} by {done.by}"
    ground = law.ground(done.ground)
    on = f", {ground.title[:1].lower()}{ground.title[1:]}" if ground else ""
    days = f": {', '.join(map(span_words, done.granted))}" if request.state is LeaveState.PART else ""
    before = "".join(f" Before that it was {one.state.value}, on {date_year(one.on)}." for one in request.earlier)
    return f"{when}{on}{days}. {done.reasons}{before}"


def taken_words(law: LeaveLaw, *, counts: bool = True) -> str:
    """What follows where refused leave is taken all the same. `counts`: such a session can come to a penalty notice,
    since the school has that measure and the child is of compulsory school age then.

    Source: "Working together to improve school attendance", codes G (absent for a holiday that was not granted) and O.
    """
    said = (
        f"Leave was asked for and not granted: {law.taken} if the child is on holiday all the same, O if away for "
        "anything else without a good reason."
    )
    return f"{said} Each such session counts towards a penalty notice." if counts else said
