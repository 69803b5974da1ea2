"""Notices to Improve: the period, what sufficient improvement is, how it goes, and what its end proposes.

Source: "Working together to improve school attendance", Notices to Improve: three to six weeks, eight contents, a last
chance to engage with support before a penalty notice; practice 22: the outcome is proposed, a person decides, and
authorised illness does not fail it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from desktop_app.domain.codes import Code, Counts
from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.forecast import Improvement as Stretch
from desktop_app.domain.marks import Mark
from desktop_app.domain.notices import Improvement, ImprovementState, Order
from desktop_app.domain.sessions import Session
from desktop_app.domain.triggers import Seen
from desktop_app.rules.calendar import SchoolCalendar
from desktop_app.rules.display import date_year
from desktop_app.rules.notices import order_on
from desktop_app.rules.session_lists import count_words

FIRST, LAST, ALLOWED, SUFFICIENT, WEEKS, CONTENT = "first", "last", "allowed", "sufficient", "weeks", "content."
"""The details of a notice: its days, both inclusive, the unauthorised sessions that still are sufficient improvement,
what that is in words, and its eight contents, `content.1` to `content.8` in the order of the guidance."""
STATE, GROUND = "state", "ground"
GROUNDS = (
    "the parent is not engaging with the support",
    "there is further unauthorised absence, so that sufficient improvement is out of reach",
    "the family takes, or is about to take, leave that was not granted",
)
"""On which a penalty notice may come before the end, as the notice itself says."""
DECIDED = (
    ImprovementState.IMPROVED,
    ImprovementState.NOT_IMPROVED,
    ImprovementState.ENDED_EARLY,
    ImprovementState.WITHDRAWN,
)
"""What a person decides."""


@dataclass(frozen=True, slots=True)
class Period:
    """The days of a notice, both inclusive, and the school weeks it holds."""

    first: date
    last: date
    weeks: int


@dataclass(frozen=True, slots=True)
class Sufficient:
    """What sufficient improvement is: the most unauthorised sessions, and the words of the notice."""

    allowed: int
    words: str


def period_of(first: date, weeks: int, calendar: SchoolCalendar) -> Period | None:
    """The period of so many school weeks that begins on a day: a school week has a session, so that a holiday within
    makes it longer by the calendar; the last day is the last school day of the last week. None where the calendar does
    not reach."""
    days = calendar.school_days(first, date.max)
    mondays = sorted({SchoolCalendar.monday(day) for day in days})[:weeks]
    if len(mondays) < weeks or not days:
        return None
    ends = mondays[-1] + timedelta(days=6)
    return Period(days[0], max(day for day in days if day <= ends), weeks)


def sufficient(stretch: Stretch) -> Sufficient:
    """What sufficient improvement is over a stretch of the forecast: no more sessions without leave than the child may
    miss in it and not be persistently absent over it; none where that is out of reach."""
    may = max((one.sessions for one in stretch.may_miss if one.sessions is not None), default=0)
    return Sufficient(may, sufficient_words(stretch.first, stretch.last, stretch.sessions, may))


def sufficient_words(first: date, last: date, sessions: int, allowed: int) -> str:
    """The sentence of the notice."""
    if allowed:
        missed = f"no more than {count_words(allowed, 'session', 'sessions')} of them is"
        if allowed > 1:
            missed = f"no more than {allowed} of them are"
    else:
        missed = "none of them is"
    return (
        f"From {date_year(first)} to {date_year(last)} there are {count_words(sessions, 'session', 'sessions')}. "
        f"Attendance has improved enough if {missed} missed without the school’s leave. Illness and other absence that "
        "the school authorises is not held against it."
    )


def missing_contents(contents: Mapping[int, str], required: Sequence[str]) -> tuple[str, ...]:
    """Those of the required contents that are empty or not there, in the words of the guidance."""
    return tuple(what for number, what in enumerate(required, 1) if not contents.get(number, "").strip())


@dataclass(frozen=True, eq=False)
class Course:
    """What tells how a notice goes: the marks of its days, those of sessions that were no session left out, with what
    each code counts as; the sessions expected in it; the child’s orders; and today."""

    marks: Sequence[Mark]
    expected: Collection[Session]
    codes: Mapping[str, Code]
    orders: Sequence[Order]
    today: date


def taken_back(entries: Iterable[Entry]) -> frozenset[int]:
    """The Notices to Improve, by the number of their entry, that somebody decided to withdraw: what such a notice said
    stands no longer, so it warned nobody and nothing can rest on it. A decision that was itself withdrawn decided
    nothing. Source: practice 20 (withdrawn notices do not count) and 22 (a person decides what comes of one)."""
    return frozenset(
        one.adds_to
        for one in entries
        if one.kind is EntryKind.IMPROVEMENT
        and one.withdrawn is None
        and one.adds_to is not None
        and one.details.get(STATE) == ImprovementState.WITHDRAWN
    )


def improvements(entries: Iterable[Entry], course: Course) -> tuple[Improvement, ...]:
    """Every Notice to Improve of a child, the oldest first, as it stands. Withdrawn entries are not told."""
    told = sorted((one for one in entries if one.withdrawn is None), key=lambda one: one.id)
    decided = {one.adds_to: one for one in told if one.kind is EntryKind.IMPROVEMENT}
    return tuple(
        _standing(one, decided.get(one.id), course)
        for one in told
        if one.kind is EntryKind.NOTICE_TO_IMPROVE and FIRST in one.details
    )


def _standing(entry: Entry, decided: Entry | None, course: Course) -> Improvement:
    details = entry.details
    first, last = date.fromisoformat(details[FIRST]), date.fromisoformat(details[LAST])
    blank = Improvement(
        entry=entry.id,
        pupil=entry.pupils[0],
        parent=entry.persons[0] if entry.persons else 0,
        first=first,
        last=last,
        allowed=int(details.get(ALLOWED, "0")),
        state=ImprovementState.RUNNING,
        sufficient=details.get(SUFFICIENT, ""),
    )
    ends = decided.happened_at.date() if decided is not None else last
    found = _counted(blank, course, min(ends, last))
    if decided is not None:
        return replace(found, state=ImprovementState(decided.details[STATE]), says=decided.note or decided.outcome)
    return _proposed(found, course)


def _counted(notice: Improvement, course: Course, until: date) -> Improvement:
    inside = [one for one in course.marks if notice.first <= one.day <= until]

    def seen(counts: Counts) -> tuple[Seen, ...]:
        return tuple(Seen(one.day, one.half, one.code) for one in inside if course.codes[one.code].counts is counts)

    return replace(
        notice,
        unauthorised=seen(Counts.UNAUTHORISED),
        authorised=seen(Counts.AUTHORISED),
        possible=sum(course.codes[one.code].counts.possible for one in inside),
    )


def _proposed(notice: Improvement, course: Course) -> Improvement:
    """What the marks say: while it runs how it goes, and from the day after its last what its outcome would be."""
    number, allowed = len(notice.unauthorised), notice.allowed
    missed = f"{count_words(number, 'session was', 'sessions were')} missed without leave, of {allowed} at most"
    provisional = sum(course.codes[one.code].provisional for one in notice.unauthorised)
    if provisional:
        missed += f"; {provisional} of them {'is' if provisional == 1 else 'are'} N, provisional"
    if order := order_on(course.orders, notice.pupil, course.today):
        says = (
            f"An education supervision order stands until {date_year(order.last)}: nothing is proposed while it does."
        )
        return replace(notice, says=f"{missed}. {says}")
    if course.today <= notice.last:
        return replace(notice, says=f"{missed}. {_still(notice, course, provisional)}")
    gaps = _gaps(notice, course)
    if gaps or (provisional and number > allowed >= number - provisional):
        open_ = f"{count_words(gaps, 'session has', 'sessions have')} no mark. " if gaps else ""
        says = f"{missed}. {open_}Settle the register before its outcome is decided."
        return replace(notice, state=ImprovementState.DUE, says=says)
    outcome = ImprovementState.IMPROVED if number <= allowed else ImprovementState.NOT_IMPROVED
    words = "attendance has improved enough" if number <= allowed else "attendance has not improved enough"
    says = f"{missed}. It ended on {date_year(notice.last)}: by the register, {words}. A person decides."
    return replace(notice, state=ImprovementState.DUE, proposed=outcome, says=says)


def _still(notice: Improvement, course: Course, provisional: int) -> str:
    left = notice.allowed - len(notice.unauthorised)
    if course.today < notice.first:
        return f"It begins on {date_year(notice.first)}."
    if left < 0 <= left + provisional:
        return "Settle each N before anything is decided: without them it would still be enough."
    if left < 0:
        return "Sufficient improvement is out of reach: it may be ended early, on a ground it names."
    return f"{count_words(left, 'more', 'more')} would still be enough, until {date_year(notice.last)}."


def _gaps(notice: Improvement, course: Course) -> int:
    marked = {Session(one.day, one.half) for one in course.marks}
    return sum(notice.first <= one.day <= notice.last and one not in marked for one in course.expected)


@dataclass(frozen=True, slots=True)
class DayLine:
    """One school day of a notice: its marks, how many of them were unauthorised, and how many up to it."""

    day: date
    codes: tuple[str, ...]
    unauthorised: int
    so_far: int


def day_by_day(notice: Improvement, course: Course) -> tuple[DayLine, ...]:
    """Each day of a notice on which a session was expected, up to today, with what its marks are."""
    by_session = {Session(one.day, one.half): one.code for one in course.marks}
    days = sorted({one.day for one in course.expected if notice.first <= one.day <= min(notice.last, course.today)})
    lines: list[DayLine] = []
    so_far = 0
    for day in days:
        codes = tuple(by_session.get(one, "") for one in sorted(course.expected) if one.day == day)
        missed = sum(code != "" and course.codes[code].counts is Counts.UNAUTHORISED for code in codes)
        so_far += missed
        lines.append(DayLine(day, codes, missed, so_far))
    return tuple(lines)
